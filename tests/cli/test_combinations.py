"""Options that do not go together are bad usage: none is ignored silently."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NO_REFERRER, Command

Write = Callable[..., Path]
SCRIPT = NO_REFERRER.replace("<div>", "<div><script>x()</script>")
"""A post with a safe fix (IMG001) and an unsafe one (SEC001)."""

APART = [
    ("--diff", "--output-format", "json"),
    ("--diff", "--output-format", "concise"),
    ("--diff", "--statistics"),
    ("--diff", "--fail-on", "warning"),
    ("--statistics", "--output-format", "sarif"),
    ("--statistics", "--output-format", "html"),
    ("--statistics", "--output-format", "github"),
    ("--statistics", "--output-format", "full"),
    ("--timing", "--output-format", "json"),
    ("--timing", "--statistics"),
    ("--timing", "--output-file", "x"),
    ("--timing", "--fix"),
    ("--timing", "--unsafe-fixes"),
    ("--timing", "--baseline", "x.json"),
    ("--timing", "--changed-since", "HEAD"),
    ("--timing", "--whole-archive"),
    ("--timing", "--fail-on", "error"),
    ("--timing", "-"),
    ("--timing", "--engine", "dask"),
    ("--watch", "--fix"),
    ("--watch", "--timing"),
    ("--watch", "--output-file", "x"),
    ("--watch", "--fail-on", "error"),
    ("--watch", "--whole-archive"),
    ("--watch", "--baseline", "x.json"),
    ("--watch", "--scheduler", "tcp://127.0.0.1:1"),
    ("--watch", "-"),
    ("-", "--whole-archive"),
    ("-", "--engine", "dask"),
    ("-", "--changed-since", "HEAD"),
    ("--add-suppressions", "--fix"),
    ("--add-suppressions", "--diff"),
    ("--add-suppressions", "-"),
    ("--changed-since", "HEAD", "--fix"),
]


def names(args: tuple[str, ...]) -> list[str]:
    return [one for one in args if one.startswith("-")]


@pytest.mark.parametrize("args", APART, ids=" ".join)
def test_what_does_not_go_together_is_bad_usage(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    post = write("a.md", SCRIPT)
    done = newslint(*args, stdin=SCRIPT)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be used with" in done.stderr
    assert all(name in done.stderr for name in names(args))
    assert post.read_text() == SCRIPT


@pytest.mark.parametrize(
    "args",
    [
        ("--fix", "--statistics"),
        ("--fix", "--output-format", "json"),
        ("--statistics", "--output-format", "jsonl"),
        ("--statistics", "--unsafe-fixes"),
        ("--diff", "-o", "out.patch"),
        ("--diff", "--fix"),
        ("--no-cache", "--cache-dir", "cache"),
        ("-q", "-v"),
    ],
    ids=" ".join,
)
def test_what_goes_together_works(
    newslint: Command, write: Write, args: tuple[str, ...], tmp_path: Path
) -> None:
    post = write("a.md", SCRIPT)
    assert newslint(*args).returncode == 1
    assert (post.read_text() == SCRIPT) == ("--fix" not in args or "--diff" in args)
    if "-o" in args:
        assert "+++" in (tmp_path / "out.patch").read_text()


@pytest.mark.parametrize("form", ["full", "concise", "grouped", "json", "github", "html"])
def test_unsafe_fixes_alone_write_nothing_and_are_shown_as_fixable(
    newslint: Command, write: Write, form: str
) -> None:
    post = write("a.md", SCRIPT)
    plain = newslint("--output-format", form)
    shown = newslint("--output-format", form, "--unsafe-fixes")
    assert plain.returncode == shown.returncode == 1
    assert post.read_text() == SCRIPT
    marks = [done.stdout.count("[*]") for done in (plain, shown)]
    assert marks == ([0, 0] if form in ("json", "html") else [1, 2])
    if form in ("full", "grouped"):
        assert "2 fixable with --fix --unsafe-fixes." in " ".join(shown.stdout.split())
        assert "1 fixable with --fix, 1 more with --unsafe-fixes." in " ".join(plain.stdout.split())
    elif form == "concise":
        assert "2 fixable with --fix --unsafe-fixes." in shown.stderr


def test_standard_input_stays_unfixed_with_unsafe_fixes_alone(newslint: Command) -> None:
    done = newslint("-", "--unsafe-fixes", "--output-format", "json", stdin=SCRIPT)
    assert {one["code"] for one in json.loads(done.stdout)} >= {"IMG001", "SEC001"}
    fixed = newslint("-", "--unsafe-fixes", "--fix", stdin=SCRIPT).stdout
    assert "<script>" not in fixed and "no-referrer" in fixed


def test_statistics_count_what_the_options_would_fix(newslint: Command, write: Write) -> None:
    write("a.md", SCRIPT)
    for option, fixable in (((), {"IMG001": 1, "SEC001": 0}), (("--unsafe-fixes",), None)):
        rows = json.loads(
            newslint(
                "--statistics", "--output-format", "json", *option, "--select", "IMG001,SEC001"
            ).stdout
        )
        found = {row["code"]: row["fixable"] for row in rows}
        assert found == (fixable or {"IMG001": 1, "SEC001": 1})


@pytest.mark.parametrize("args", [("--fix",), ("--diff",), ("--fix", "--unsafe-fixes")])
def test_unsafe_fixes_widen_what_is_fixed(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    post = write("a.md", SCRIPT)
    done = newslint(*args)
    after = post.read_text() if "--fix" in args else done.stdout
    assert "no-referrer" in after
    assert ("<script>" in post.read_text()) == ("--unsafe-fixes" not in args)
    if "--diff" in args:
        wider = newslint(*args, "--unsafe-fixes").stdout
        assert "-<div><script>x()</script>" in wider and "-<div><script>" not in done.stdout
