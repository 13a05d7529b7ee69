"""Where newslint breaks on one post: that is reported, and the others are linted."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command

from newslint import check_paths, check_text, fix_text
from newslint.config.project import Project
from newslint.core.fault import ISSUES
from newslint.core.report import FileReport
from newslint.runner.executors import Lost, Processes

Write = Callable[..., Path]

BREAKER = """\
import newslint.post.post as post

class Post(post.Post):
    def __init__(self, source, *rest):
        if "BREAKS HERE" in source.text:
            raise KeyError("a thing that nobody expected")
        super().__init__(source, *rest)

post.Post = Post
"""
"""Run before newslint is: a bug in the heart of it, which some posts meet."""
BAD = CLEAN.replace("A title", "Another").replace("Text of", "BREAKS HERE, on")


@pytest.fixture
def breaks(write: Write, tmp_path: Path) -> dict[str, str]:
    """The environment in which newslint has the bug; a folder with one post that meets it."""
    write("bug/sitecustomize.py", BREAKER)
    write("posts/bad.md", BAD)
    write("posts/good.md", NO_REFERRER)
    return {"PYTHONPATH": str(tmp_path / "bug")}


def told(text: str) -> bool:
    """Whether a text says that newslint is to blame, what happened and whom to tell."""
    return all(
        words in text
        for words in ("newslint failed: KeyError: 'a thing that nobody expected'", "bug", ISSUES)
    )


@pytest.mark.parametrize(
    "args",
    [
        ("posts",),
        ("posts", "--jobs", "2"),
        ("posts", "--no-cache", "--statistics", "--output-format", "json"),
        ("--diff", "posts"),
        ("--fix", "posts"),
        ("stats", "posts"),
        ("--select", "IMG", "posts"),
        ("posts/bad.md", "posts/good.md", "--whole-archive"),
    ],
)
def test_a_post_on_which_newslint_breaks_is_io001_and_the_others_are_linted(
    newslint: Command, breaks: dict[str, str], args: tuple[str, ...], tmp_path: Path
) -> None:
    done = newslint(*args, **breaks)
    assert done.returncode == 2
    if "--diff" not in args:
        assert "IO001" in done.stdout
        assert "IMG001" in done.stdout or "--fix" in args
    assert (tmp_path / "posts/bad.md").read_text() == BAD
    fixed = "no-referrer" in (tmp_path / "posts/good.md").read_text()
    assert fixed == ("--fix" in args)


def test_the_report_says_what_happened_and_whom_to_tell(
    newslint: Command, breaks: dict[str, str]
) -> None:
    done = newslint("posts", "--output-format", "json", **breaks)
    bad, good = json.loads(done.stdout)
    assert (bad["path"], bad["code"], good["code"]) == ("posts/bad.md", "IO001", "IMG001")
    assert told(bad["message"])
    assert "sitecustomize.py:6" in bad["message"]
    chinese = newslint("posts/bad.md", NEWSLINT_LANG="zh", **breaks)
    assert "这是 newslint 的缺陷" in chinese.stdout


def test_each_of_many_posts_is_told_apart_by_processes_and_from_the_cache(
    newslint: Command, breaks: dict[str, str], write: Write
) -> None:
    for number in range(400):
        write(f"many/{number:03}.md", BAD if number % 100 == 7 else NO_REFERRER)
    runs = [
        newslint("many", "--select", "IMG", "--jobs", jobs, "--output-format", "json", **breaks)
        for jobs in ("1", "2", "2")
    ]
    assert len({done.stdout for done in runs}) == 1
    assert {done.returncode for done in runs} == {2}
    found = json.loads(runs[0].stdout)
    broken = [one["path"] for one in found if one["code"] == "IO001"]
    assert broken == [f"many/{number:03}.md" for number in (7, 107, 207, 307)]
    assert len(found) == 400


@pytest.mark.parametrize(
    ("args", "where"),
    [
        (("posts", "--add-suppressions"), "stdout"),
        (("posts", "--timing"), "stderr"),
        (("-", "--stdin-filename", "posts/bad.md"), "stdout"),
        (("-", "--stdin-filename", "posts/bad.md", "--fix"), "stderr"),
    ],
)
def test_other_ways_to_lint_tell_of_it_too(
    newslint: Command, breaks: dict[str, str], args: tuple[str, ...], where: str, tmp_path: Path
) -> None:
    done = newslint(*args, stdin=BAD, **breaks)
    assert done.returncode == 2
    assert told(done.stdout if where == "stdout" else done.stderr), done
    assert (tmp_path / "posts/bad.md").read_text() == BAD
    if "--add-suppressions" in args:
        assert "newslint-disable" in (tmp_path / "posts/good.md").read_text()
    if args[0] == "-" and "--fix" in args:
        assert done.stdout == BAD


def test_a_baseline_is_written_for_the_others(
    newslint: Command, breaks: dict[str, str], tmp_path: Path
) -> None:
    assert newslint("baseline", "posts", **breaks).returncode == 2
    known = json.loads((tmp_path / "newslint-baseline.json").read_text())["posts"]
    assert list(known) == ["posts/good.md"]
    done = newslint("posts", "--baseline", "newslint-baseline.json", **breaks)
    assert done.returncode == 2
    assert "IO001" in done.stdout and "IMG001" not in done.stdout


def test_a_configuration_is_learned_from_the_others(
    newslint: Command, breaks: dict[str, str], tmp_path: Path
) -> None:
    done = newslint("init", "posts", **breaks)
    assert done.returncode == 0
    assert "inferred from 1 post" in done.stderr
    assert "posts/bad.md" in done.stderr
    assert (tmp_path / "newslint.toml").exists()


def test_a_bug_outside_of_all_posts_ends_the_run_in_words(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md")
    broken = "import newslint.reports.summary as s\ns.RunSummary.add = lambda self, report: 1 / 0\n"
    write("bug/sitecustomize.py", broken)
    done = newslint("a.md", PYTHONPATH=str(tmp_path / "bug"))
    assert done.returncode == 2
    assert "newslint failed: ZeroDivisionError: division by zero (" in done.stderr
    assert ISSUES in done.stderr


def test_the_library_reports_it_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RecursionError("too deep for us")

    monkeypatch.setattr("newslint.runner.lint.engine.lint_all", broken)
    project = Project(tmp_path, isolated=True)
    (only,) = check_text(NO_REFERRER, "a.md", project)
    assert only.finding.code == "IO001"
    assert "RecursionError: too deep for us" in only.finding.message
    assert fix_text(NO_REFERRER, "a.md", project).text == NO_REFERRER


def test_a_thread_goes_on_behind_such_a_post(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: Write
) -> None:
    from newslint.post.post import Post

    def front_matter(post: Post) -> None:
        raise MemoryError if "BREAKS HERE" in post.text else AttributeError

    monkeypatch.setattr(Post, "front_matter", property(front_matter))
    files = [write("bad.md", BAD), write("other.md", NO_REFERRER)]
    reports: list[FileReport] = []
    project = Project(tmp_path, isolated=True)
    work = threading.Thread(target=lambda: reports.extend(check_paths(files, project)))
    work.start()
    work.join()
    assert [report.unreadable for report in reports] == [True, True]


def test_a_file_that_cannot_be_written_for_a_reason_nobody_knows_is_as_it_was(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", NO_REFERRER)
    other = write("b.md", NO_REFERRER.replace("A title", "B").replace("Text", "Words"))
    broken = (
        "import newslint.files.atomic_writer as w\n"
        "write = w.write\n"
        "def broken(file, *rest):\n"
        "    if file.name == 'a.md': raise LookupError('no such luck')\n"
        "    return write(file, *rest)\n"
        "w.write = broken\n"
    )
    write("bug/sitecustomize.py", broken)
    for option in ("--fix", "--add-suppressions"):
        done = newslint(option, PYTHONPATH=str(tmp_path / "bug"))
        assert done.returncode == 2
        assert "newslint: a.md newslint failed: LookupError: no such luck" in done.stderr
        assert (tmp_path / "a.md").read_text() == NO_REFERRER
        assert other.read_text() != NO_REFERRER


RULE = """
from newslint import ArchiveRule, StreamingArchiveRule, Severity, Span

class Broken({base}):
    \"\"\"Never works.\"\"\"
    code, name = "BROKE001", "always-breaks"
    def facts(self, post):
        {facts}
    def check_archive(self, facts, archive):
        {check}
        yield from ()
    def start(self, archive):
        {check}
        return lambda path, fact: ()

def rules():
    return [Broken]
"""


@pytest.fixture
def plugin(write: Write, tmp_path: Path) -> Iterator[Callable[..., dict[str, str]]]:
    def install(
        base: str = "ArchiveRule", facts: str = "return 1", check: str = "pass"
    ) -> dict[str, str]:
        write("packages/broken-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: broken\n")
        entry = "[newslint.rules]\nbroken = broken_rules:rules\n"
        write("packages/broken-1.0.dist-info/entry_points.txt", entry)
        module = RULE.format(base=base, facts=facts, check=check)
        if base == "StreamingArchiveRule":
            module = module.replace("def check_archive", "def unused")
        write("packages/broken_rules.py", module)
        return {"PYTHONPATH": str(tmp_path / "packages")}

    yield install


@pytest.mark.parametrize(
    "parts",
    [
        {"facts": "return 1 / (post.name != 'b.md')"},
        {"facts": "return 1 / (post.name != 'b.md')", "base": "StreamingArchiveRule"},
        {"check": "[1 / (path != 'b.md') for path, _ in facts]"},
        {
            "base": "StreamingArchiveRule",
            "check": "return lambda path, fact: [1 / (path != 'b.md')] and ()",
        },
    ],
)
@pytest.mark.parametrize("args", [(), ("--fix",), ("--jobs", "2", "--no-cache")])
def test_an_archive_rule_that_raises_is_told_at_its_post_and_the_others_go_on(
    newslint: Command, write: Write, plugin, parts: dict[str, str], args: tuple[str, ...]
) -> None:
    for name in "abc":
        write(f"{name}.md", CLEAN.replace("A title", f"Title {name}"))
    environment = plugin(**parts)
    select = ("--select", "BROKE001,ARC002", "--output-format", "json")
    done = newslint(*select, *args, **environment)
    assert done.returncode == 2
    found = json.loads(done.stdout)
    assert [one["path"] for one in found if one["code"] == "IO001"] == ["b.md"]
    assert [one["path"] for one in found if one["code"] == "ARC002"] == ["b.md", "c.md"]
    (broken,) = (one["message"] for one in found if one["code"] == "IO001")
    assert broken.startswith("rule BROKE001 (always-breaks) failed: ZeroDivisionError")
    assert ISSUES not in broken


def test_an_archive_that_was_not_checked_whole_is_checked_again(
    newslint: Command, write: Write, plugin, tmp_path: Path
) -> None:
    for number in range(120):
        write(f"posts/{number}.md", CLEAN.replace("A title", f"Title {number}"))
    check = "[1 / (path != 'posts/7.md') for path, _ in facts]"
    environment = plugin(check=check)
    long_ago = tmp_path.stat().st_mtime - 3600
    for post in (tmp_path / "posts").iterdir():
        os.utime(post, (long_ago, long_ago))
    args = ("posts", "--select", "BROKE001", "--cache-dir", "cache")
    runs = [newslint(*args, **environment) for _ in range(3)]
    assert {done.returncode for done in runs} == {2}
    assert len({done.stdout for done in runs}) == 1
    assert "posts/7.md:1:1: error IO001 rule BROKE001" in runs[0].stdout


def test_facts_that_cannot_be_sent_cost_their_post_alone(
    newslint: Command, write: Write, plugin
) -> None:
    for number in range(400):
        write(f"posts/{number:03}.md", NO_REFERRER)
    environment = plugin(facts="return (lambda: 0) if post.name.endswith('123.md') else 1")
    args = ("posts", "--select", "BROKE001,IMG001", "--no-cache", "--output-format", "json")
    done = newslint(*args, "--jobs", "2", **environment)
    assert done.returncode == 2
    found = json.loads(done.stdout)
    (lost,) = (one for one in found if one["code"] == "IO001")
    assert lost["path"] == "posts/123.md"
    assert "cannot be sent between processes" in lost["message"]
    assert len(found) == 400


def unsendable(batch: Sequence[int]) -> list[object]:
    return [(lambda: 0) if number == 3 else number for number in batch]


def test_a_result_that_cannot_be_pickled_is_lost_alone() -> None:
    ((first, second, lost, last),) = Processes(1).map(unsendable, [[1, 2, 3, 4]])
    assert (first, second, last) == (1, 2, 4)
    assert isinstance(lost, Lost)


@pytest.mark.parametrize("code", ["IMG001", "FM005", "SEC001"])
def test_a_rule_of_newslints_own_that_raises_is_newslints_fault(
    newslint: Command, write: Write, tmp_path: Path, code: str
) -> None:
    broken = (
        "from newslint.linter import registry\n"
        "def check(self, *args): raise KeyError('a thing that nobody expected')\n"
        f"registry.rules()[{code!r}].check = check\n"
    )
    write("bug/sitecustomize.py", broken)
    write("a.md", NO_REFERRER.replace("author: Wire\n", "").replace("<p>", "<p><script></script>"))
    done = newslint("a.md", "--output-format", "json", PYTHONPATH=str(tmp_path / "bug"))
    assert done.returncode == 2
    messages = [one["message"] for one in json.loads(done.stdout) if one["code"] == "IO001"]
    assert any(one.startswith(f"rule {code} (") and ISSUES in one for one in messages)
    assert {one["code"] for one in json.loads(done.stdout)} > {"IO001"}
