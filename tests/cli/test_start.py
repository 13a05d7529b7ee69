"""What a start loads: one post, from the shell, waits for nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newslint.cli.check_options import CheckOptions
from newslint.cli.commands import check as command
from newslint.cli.subcommands import COMMANDS

CLEAN = """---
title: A title
categories: [World]
headimg: https://a.cn/1.jpg
author: Wire
comments: false
date: Tue, 02 Feb 2021 15:10:00 GMT
thumbnail: https://a.cn/1.jpg
---
<div><p>Some words that say enough.</p>
<p><img src="https://a.cn/1.jpg" alt="A map" referrerpolicy="no-referrer"></p>
<p>(Editor: Ann Lee)</p></div>
"""
DIRTY = CLEAN.replace(' referrerpolicy="no-referrer"', "")

HEAVY = {
    "click", "pydantic", "rich", "yaml", "markdown_it", "linkify_it", "tinycss2", "cssselect",
    "ftfy", "charset_normalizer", "pathspec", "platformdirs", "tomllib", "json", "dataclasses",
    "pickle", "sqlite3", "hashlib", "copy", "multiprocessing", "concurrent", "subprocess", "tempfile",
    "difflib", "pkgutil", "html", "importlib.metadata", "newslint.runner.cache.cache", "newslint.linter.fixer",
    "newslint.files.atomic_writer", "newslint.linter.rule_docs", "newslint.linter.inference", "newslint.post.schema.builder",
    "newslint.generators.nunjucks", "newslint.generators.markdown.kramdown",
    "newslint.generators.markdown.accidents", "newslint_rules.templates._site_templates",
}  # fmt: skip
"""What only other runs need; each takes a part of the time that a post may take."""


def loaded(*args: str, cwd: Path, code: int) -> set[str]:
    """The modules that a run of the command has loaded when it ends."""
    script = (
        "import sys; from newslint.cli.main import run; code = run(sys.argv[1:]);"
        "sys.stderr.write('\\n' + ' '.join(sys.modules)); sys.exit(code)"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**environment, "NEWSLINT_LANG": "en"},
    )
    assert done.returncode == code, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_a_post_without_a_finding_loads_nothing_heavy(tmp_path: Path):
    (tmp_path / "post.md").write_text(CLEAN)
    assert loaded("post.md", cwd=tmp_path, code=0) & {*HEAVY, "lxml"} == set()


def test_a_post_with_findings_loads_nothing_heavy_either(tmp_path: Path):
    (tmp_path / "post.md").write_text(DIRTY)
    assert loaded("post.md", cwd=tmp_path, code=1) & HEAVY == set()


def test_no_time_is_lost_at_the_end_in_looking_through_what_the_run_has_made(tmp_path: Path):
    (tmp_path / "post.md").write_text(CLEAN)
    script = (
        "import atexit, gc, sys; from newslint.cli.main import main; sys.argv[1:] = ['post.md'];"
        "atexit.register(lambda: sys.stderr.write('\\n%d' % len(gc.get_objects()))); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stderr.splitlines()[-1]) < 500


def test_the_hooks_options_cost_click_alone(tmp_path: Path):
    (tmp_path / "post.md").write_text(CLEAN)
    line = ("check", "--force-exclude", "--whole-archive", "--no-progress", "post.md")
    assert loaded(*line, cwd=tmp_path, code=0) & HEAVY == {"click"}


@pytest.mark.parametrize("line", [["post.md"], ["check", "post.md"], [], ["check"]])
def test_a_line_without_options_says_what_click_would_have_read(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
):
    from newslint.cli.commands import run as with_click
    from newslint.cli.main import run

    (tmp_path / "post.md").write_text(DIRTY)
    monkeypatch.chdir(tmp_path)
    assert run(line) == 1
    without = capfd.readouterr()
    assert "IMG001" in without.out
    assert with_click(line) == 1
    assert capfd.readouterr() == without


def test_an_option_that_is_not_given_is_the_same_with_click_and_without():
    said = dict(command.make_context("check", []).params)
    assert said.pop("paths") == ()
    assert CheckOptions.of(said) == CheckOptions()


def test_every_subcommand_is_where_it_is_looked_for():
    from importlib import import_module

    for name, module in COMMANDS.items():
        assert getattr(import_module(module), name).name == name
