"""What `newslint check --timing` says that a run costs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from conftest import CLEAN, Command

from newslint.config.project import Project
from newslint.files.discovery import discover
from newslint.html.tree import Body
from newslint.runner.timing import measure

LONG = CLEAN.replace("article.", "article. " * 100)
"""A post of which no rule needs a tree; of the short one ARC002 looks for images in it."""


def rows(out: str) -> dict[str, float]:
    lines = out.splitlines()[1:]
    return {words[0]: float(words[1]) for line in lines if (words := line.rsplit(maxsplit=2))}


def test_no_tree_is_told_where_a_run_makes_none(newslint: Command, write) -> None:
    write("World/a.md", LONG)
    assert rows(newslint("check", "--timing").stdout)["HTML tree"] == 0


def test_a_tree_is_told_where_an_archive_rule_alone_needs_one(newslint: Command, write) -> None:
    write("World/a.md", CLEAN)
    assert rows(newslint("check", "--timing").stdout)["HTML tree"] > 0


def test_no_rule_pays_for_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    make = Body.root_among

    def slow(self: Body, names: frozenset[str] | None) -> object:
        nonlocal now
        now += 1
        return make(self, names)

    monkeypatch.setattr(time, "perf_counter", lambda: now)
    monkeypatch.setattr(Body, "root_among", slow)
    (tmp_path / "a.md").write_text(LONG, encoding="utf-8")
    (tmp_path / "b.md").write_text(CLEAN, encoding="utf-8")
    project = Project(tmp_path, isolated=True)
    posts, costs = measure(discover([tmp_path], project), project)
    assert posts == 2
    assert {cost.name: cost.seconds for cost in costs if cost.seconds} == {"HTML tree": 1}
