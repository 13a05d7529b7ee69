"""Fixes: minimal, in rounds, honest about rules that misbehave."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from hypothesis import given
from hypothesis import strategies as st
from inputs import any_posts

import newslint as nl
from newslint import Finding, Post, PostRule, Safety, Severity, Span
from newslint.config.project import Project
from newslint.core.finding import Edit, Fix
from newslint.core.source import Source
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.fixer import fix
from newslint.linter.ruleset import RuleSet

Write = Callable[..., Path]
FIXED = NO_REFERRER.replace('alt="">', 'alt="" referrerpolicy="no-referrer">')


def test_fix_writes_the_safe_fixes_and_nothing_else(newslint: Command, write: Write) -> None:
    path = write("a.md", NO_REFERRER)
    done = newslint("--fix")
    assert done.returncode == 0
    assert path.read_bytes().decode() == FIXED
    assert "Fixed 1 in 1 post" in done.stderr
    assert newslint("--fix").stderr.startswith("1 post checked: no issues found.\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_byte_outside_the_edits_stays(
    newslint: Command, write: Write, end: str, mark: str
) -> None:
    def shaped(text: str) -> bytes:
        odd = text.replace("author: Wire", "author:   Wire   # a comment").replace("\n", end)
        return (mark + odd).encode()

    path = write("a.md", shaped(NO_REFERRER))
    newslint("--fix", "--select", "IMG001")
    assert path.read_bytes() == shaped(FIXED)


def test_unsafe_fixes_are_counted_and_made_only_when_asked(newslint: Command, write: Write) -> None:
    text = NO_REFERRER.replace(' alt=""', "")
    path = write("a.md", text)
    done = newslint("--fix")
    assert " alt" not in path.read_text()
    assert "1 fixable with --fix --unsafe-fixes" in done.stderr
    newslint("--fix", "--unsafe-fixes")
    assert ' alt=""' in path.read_text()


def test_diff_writes_nothing_and_git_applies_it(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    names = ["a.md", "名字 with space.md", 'b"q".md', "sub/crlf.md", "no-end.md", "gbk.md"]
    texts: dict[str, bytes] = {name: NO_REFERRER.encode() for name in names}
    texts["sub/crlf.md"] = NO_REFERRER.replace("\n", "\r\n").encode()
    texts["no-end.md"] = (
        NO_REFERRER.rstrip("\n").replace("</div>", '<img src="https://x/y" alt>').encode()
    )
    texts["gbk.md"] = NO_REFERRER.replace("刘万里", "X").replace("Text", "中文").encode("gb18030")
    for name, text in texts.items():
        write(name, text)
    args = ("--select", "IMG001")
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "--diff", *args],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert {name: (tmp_path / name).read_bytes() for name in names} == texts
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=done.stdout, check=True)
    applied = {name: (tmp_path / name).read_bytes() for name in names}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    newslint("--fix", *args)
    assert applied == {name: (tmp_path / name).read_bytes() for name in names}
    assert applied != texts
    clean = newslint("--diff", *args)
    assert (clean.returncode, clean.stdout) == (0, "")


def test_standard_input_gives_the_fixed_text_on_standard_output(newslint: Command) -> None:
    done = newslint("-", "--fix", "--stdin-filename", "a.md", stdin=NO_REFERRER)
    assert (done.returncode, done.stdout) == (0, FIXED)
    assert newslint("-", "--fix", stdin=CLEAN).stdout == CLEAN
    shown = newslint("-", "--diff", "--stdin-filename", "a.md", stdin=NO_REFERRER)
    assert shown.returncode == 1
    assert shown.stdout.startswith("--- a/a.md\n+++ b/a.md\n")


def test_the_library_fixes_a_text(tmp_path: Path) -> None:
    assert nl.fix_text(NO_REFERRER, "a.md", Project(tmp_path, isolated=True)).text == FIXED


SPANS = st.tuples(st.integers(0, 20), st.integers(0, 5)).map(
    lambda t: Span(t[0], min(t[0] + t[1], 20))
)
FIXES = st.lists(
    st.builds(
        lambda span, text: Fix("", (Edit(span, text),), Safety.SAFE),
        SPANS,
        st.text("xyz", max_size=3),
    ),
    max_size=8,
)


@given(FIXES)
def test_applied_fixes_do_not_touch_and_the_first_come_first(fixes: list[Fix]) -> None:
    text = "abcdefghijklmnopqrst"
    fixed, applied = apply(text, fixes)
    if fixes:
        assert applied[0] is fixes[0]
    edits = sorted((edit for one in applied for edit in one.edits), key=lambda edit: edit.span)
    for left, right in pairwise(edits):
        assert left.span.end <= right.span.start
        assert left.span != right.span
    removed = sum(edit.span.end - edit.span.start for edit in edits)
    assert len(fixed) == len(text) - removed + sum(len(edit.content) for edit in edits)


class Swap(PostRule):
    """Turns one word into another, for the tests of quarrels."""

    code, name, severity, fix = "TST001", "swap", Severity.ERROR, Safety.SAFE
    old, new = "left", "right"

    def check(self, post: Post) -> Iterator[Finding]:
        at = post.text.find(self.old)
        if at >= 0:
            span = Span(at, at + len(self.old))
            yield self.finding(span, "turned", self.make_fix("Turn", (span, self.new)))


class Back(Swap):
    """Turns it back."""

    code, name, old, new = "TST002", "back", "right", "left"


class Grow(Swap):
    """Never comes to rest."""

    code, name, old, new = "TST003", "grow", "left", "left left"


class Break(Swap):
    """Breaks the front matter."""

    code, name, old, new = "TST004", "break", "title: A", 'title: "A'


class Meddle(Swap):
    """Changes a value that it is not about: puts a key where there was none."""

    code, name, old, new = "TST005", "meddle", "\n---\n\n<div>", "\nnew: 1\n---\n\n<div>"


def run(text: str, rules: Iterable[type[Swap]]) -> tuple[str, list[Finding]]:
    rule_set = RuleSet([rule() for rule in rules])

    def parse(content: str) -> Post:
        return Post(Source.from_text(content), PurePosixPath("a.html"))

    fixed = fix(text, parse, lambda post: lint(post, rule_set))
    return fixed.text, fixed.remaining


def test_rules_that_undo_each_other_are_named_and_the_post_stays() -> None:
    text, findings = run("<p>left</p>", [Swap, Back])
    assert text == "<p>left</p>"
    assert findings[0].code == "NL999"
    assert "TST001 and TST002 undo each other" in findings[0].message


def test_a_rule_that_never_rests_is_named_and_the_post_stays() -> None:
    text, findings = run("<p>left</p>", [Grow])
    assert text == "<p>left</p>"
    assert "TST003" in findings[0].message


@pytest.mark.parametrize("rule", [Break, Meddle])
def test_a_fix_that_damages_front_matter_is_left_out_and_reported(rule: type[Swap]) -> None:
    text = CLEAN.replace("Text", "left Text")
    fixed, findings = run(text, [rule, Swap])
    assert fixed == text.replace("left", "right")
    bug = next(one for one in findings if one.code == "NL999")
    assert rule.code in bug.message


@pytest.mark.parametrize("unsafe", [False, True])
def test_on_the_corpus_fixing_twice_is_fixing_once_and_brings_no_error(
    tmp_path: Path, unsafe: bool
) -> None:
    project = Project(tmp_path, isolated=True)
    for path in any_posts():
        text = Source(path.read_bytes()).text
        before = [one.finding for one in nl.check_text(text, "a.md", project)]
        fixed = nl.fix_text(text, "a.md", project, unsafe=unsafe).text
        assert nl.fix_text(fixed, "a.md", project, unsafe=unsafe).text == fixed
        after = [one.finding for one in nl.check_text(fixed, "a.md", project)]
        assert not any(one.fix and (unsafe or one.fix.safety == "safe") for one in after)
        new = {one.code for one in after if one.severity == "error"} - {one.code for one in before}
        assert not new, text[:200]
