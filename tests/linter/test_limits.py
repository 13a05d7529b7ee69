"""Limits: each says as a message that it was reached; none ends in a crash, or in half an hour."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest
from conftest import BODY, CLEAN, FRONT_MATTER, NO_REFERRER, Command

from newslint import (
    ArchiveRule,
    ElementRule,
    Finding,
    FrontMatterRule,
    Post,
    PostRule,
    Rule,
    Severity,
    SuppressionRule,
)
from newslint.config.project import Project
from newslint.core.limits import Limits
from newslint.core.report import FileReport
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.files.posts import PostFile
from newslint.linter.limit_findings import cut
from newslint.linter.ruleset import RuleSet
from newslint.runner.fix import FixMode, fix_source
from newslint.runner.lint import lint_source, lint_together

Write = Callable[..., Path]
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
CASES = {
    "file-size": (CLEAN, 100, "IO001", "the file has 265 bytes, more than the limit of 100", 2),
    "tokens": (
        CLEAN.replace("<p>", "<p>" + "<i></i>" * 30, 1), 50, "IO001",
        "tags, braces, front matter values and control characters, more than the limit of 50", 2,
    ),
    "yaml-depth": (
        "---\ntitle: x\na: [[[[1]]]]\n---\n<p>x</p>",
        3, "FM003", "nested deeper than 3 levels (limits.yaml-depth)", 1,
    ),
    "yaml-values": (f"---\n{BOMB}---\n<p>x</p>", 500, "FM003", "aliases expand to more than 500", 1),
    "html-depth": (
        FRONT_MATTER + "<div>" * 12 + BODY + "</div>" * 12,
        10, "IO001", "elements nest deeper than 10 levels (limits.html-depth)", 2,
    ),
    "findings": (
        NO_REFERRER.replace("<img", '<img src="https://a.cn/1.jpg" alt="">' * 20 + "<img"),
        5, "IO001", "and 16 more findings (limits.findings)", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", CASES)
def test_a_limit_is_an_option_and_is_said_in_words(
    newslint: Command, write: Write, key: str
) -> None:
    text, limit, code, words, exit_code = CASES[key]
    write("a.html", text)
    done = newslint("--config", f"limits.{key}={limit}", "--output-format", "json")
    said = [one["message"] for one in json.loads(done.stdout) if one["code"] == code]
    assert any(words in one for one in said), done.stdout
    assert done.returncode == exit_code
    relaxed = newslint("--output-format", "json")
    if key != "yaml-values":
        assert words.split(" (")[0] not in relaxed.stdout


def test_what_was_cut_off_decides_the_exit_code(newslint: Command, write: Write) -> None:
    write("a.html", CLEAN.replace("<p>", "<p>" + "<img src=https://a.cn/x.jpg alt=''>" * 3, 1))
    few = ("--config", "limits.findings=1", "--select", "IMG001")
    done = newslint(*few)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "and 2 more findings" in done.stdout
    assert newslint(*few, "--config", "severity.IMG001='warning'").returncode == 0
    everything = newslint("--config", "limits.findings=0", "--select", "IMG001")
    assert len(everything.stdout.splitlines()) == 3


def test_the_rest_is_as_severe_as_its_worst() -> None:
    found = [
        Finding("T001", "t", severity, "m", Span(at, at))
        for at, severity in enumerate(
            [Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.INFO]
        )
    ]
    assert cut(found, 2)[-1].severity is Severity.ERROR
    assert cut(found, 4) == found
    assert cut(found, 0) == found


def test_a_fix_goes_on_behind_the_last_finding_that_is_shown(
    newslint: Command, write: Write
) -> None:
    path = write(
        "a.html", CLEAN.replace("<p>", "<p>" + "<img src=https://a.cn/x.jpg alt=''>" * 5, 1)
    )
    newslint("--fix", "--config", "limits.findings=2", "--select", "IMG001")
    assert path.read_text().count("no-referrer") == 5


class Sleeper(PostRule):
    """Hangs: in Python, or in a regular expression that doubles its work with each character."""

    code, name, severity = "TST001", "sleeper", Severity.ERROR

    def check(self, post: Post) -> Iterator[Finding]:
        if "regex" in post.text:
            re.search(r"^(a|a)*b$", "a" * 40)
        seconds = 60 if "python" in post.text else 0.05 if "between" in post.text else 0
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            pass
        if "waits" in post.text:
            time.sleep(0.1)
        return iter(())


def slow(text: str, tmp_path: Path, rules: int = 1) -> tuple[Source, PostFile, object]:
    file = tmp_path / "a.html"
    settings = Project(tmp_path, isolated=True).settings(file)
    unreadable = [rule for rule in settings.rules.rules if rule.code == "IO001"]
    settings = settings._replace(
        rules=RuleSet([*(Sleeper() for _ in range(rules)), *unreadable]),
        limits=Limits(seconds=0.2),
    )
    return Source.from_text(text), PostFile(str(file), "a.html"), settings


@pytest.mark.parametrize("text", ["python", "regex"])
def test_a_file_that_takes_too_long_is_given_up_in_words(text: str, tmp_path: Path) -> None:
    report, facts = lint_source(*slow(text, tmp_path))  # It would take a minute, or for ever.
    assert report.unreadable
    assert facts == {}
    (only,) = report.diagnostics
    assert only.finding.code == "IO001"
    assert "takes more than 0.2 seconds to check (limits.seconds)" in only.finding.message
    source, found, settings = slow(text, tmp_path)
    assert fix_source(source, found, settings, FixMode()).source is source


def test_outside_of_the_main_thread_the_clock_is_looked_at_between_the_rules(
    tmp_path: Path,
) -> None:
    reports = []
    work = threading.Thread(
        target=lambda: reports.append(lint_source(*slow("between", tmp_path, rules=20))[0])
    )
    work.start()
    work.join()
    assert reports[0].unreadable


HANGS = """
[limits]
seconds = {seconds}
[[rule]]
code = "SITE001"
name = "hangs"
pattern = '^(a|a)*b$'
message = "x"
"""
HANGING = CLEAN + "a" * 60 + "\n"


@pytest.mark.parametrize("args", [("a.html",), ("--fix", "a.html"), ("-",), ("--timing", "a.html")])
def test_a_short_post_has_a_deadline_too(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    write("newslint.toml", HANGS.format(seconds=1))
    post = write("a.html", HANGING)
    done = newslint(*args, stdin=HANGING)
    assert done.returncode == 2
    assert "takes more than 1 seconds to check (limits.seconds)" in done.stdout + done.stderr
    assert post.read_text() == HANGING


@pytest.mark.parametrize("args", [(), ("--fix",), ("--jobs", "2"), ("--no-cache", "--jobs", "1")])
def test_one_short_post_that_hangs_costs_itself_alone(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    write("newslint.toml", HANGS.format(seconds=0.3))
    for number in range(310):
        write(f"{number:03}.html", NO_REFERRER if number != 150 else HANGING)
    done = newslint(*args, "--select", "IMG001,SITE001", "--output-format", "json")
    assert done.returncode == 2
    found = [(one["path"], one["code"]) for one in json.loads(done.stdout)]
    rest = (
        [] if "--fix" in args else [(f"{at:03}.html", "IMG001") for at in range(310) if at != 150]
    )
    assert found == sorted([*rest, ("150.html", "IO001")])


CALLS: list[str] = []
"""The posts that a slow rule looked at."""


def busy(post: Post) -> None:
    """Takes a tenth of a second of a processor."""
    CALLS.append(post.name)
    end = time.thread_time() + 0.1
    while time.thread_time() < end:
        pass


class Slow:
    severity = Severity.ERROR
    tags = ("p",)

    def check(self, *args: object) -> Iterator[Finding]:
        busy(args[-1])
        yield from ()

    def facts(self, post: Post) -> int:
        busy(post)
        return 1

    def check_archive(self, facts: object, archive: object) -> Iterator[tuple[str, Finding]]:
        yield from ()


@pytest.mark.parametrize(
    "base", [PostRule, FrontMatterRule, ElementRule, SuppressionRule, ArchiveRule]
)
@pytest.mark.parametrize("posts", [1, 3])
def test_in_a_thread_every_kind_of_rule_ends_at_the_limit(
    base: type[Rule], posts: int, tmp_path: Path, write: Write
) -> None:
    kinds = [
        type(f"Slow{n}", (Slow, base), {"code": f"TST{n:03}", "name": f"s{n}"}) for n in range(9)
    ]
    rules = RuleSet([kind() for kind in kinds])
    text = CLEAN.replace("<div>", "<div><!-- newslint-disable-line TST001 -->")
    settings = Project(tmp_path, isolated=True).settings(tmp_path / "a.html")
    settings = settings._replace(rules=rules, limits=Limits(seconds=0.4))
    project = Project(tmp_path, isolated=True)
    project.settings = lambda file: settings  # type: ignore[method-assign]
    files = [PostFile(str(write(f"{at}.html", text)), f"{at}.html") for at in range(posts)]
    reports: list[FileReport] = []

    def work() -> None:
        reports.extend(report for report, *_ in lint_together(files, project))

    CALLS.clear()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [report.unreadable for report in reports] == [True] * posts
    assert 0 < len(CALLS) < len(kinds) * posts, "the limit was only looked at in the end"


@pytest.mark.parametrize("by_clock", [False, True])
def test_time_in_which_the_machine_does_something_else_does_not_count(
    tmp_path: Path, by_clock: bool
) -> None:
    reports = []

    def work() -> None:
        reports.append(lint_source(*slow("waits", tmp_path, rules=5))[0])

    if by_clock:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    else:
        work()
    assert not reports[0].unreadable


def test_a_deadline_leaves_no_alarm_behind() -> None:
    import signal

    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(OutOfTimeError), Deadline(0.05):
        while True:
            pass
    with Deadline(0.05):
        pass
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ("<div>" * 990 + BODY + "</div>" * 990, []),
        ("<div>" * 50_000 + BODY, ["IO001"]),
        ("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>" + BODY, ["IO001"]),
        ("<p>x</p>\n" * 45_000 + '<img src="https://a.cn/1.jpg" alt="">' + BODY, ["IMG001"]),
        ("<p>\0\u2028\u2029\u202e\u2066\ud800\udfff x</p>" + BODY, []),
        ("<p>" + "word " * 1_500_000 + "</p>" + BODY, []),
    ],
    ids=["deep", "deeper", "attributes", "lines", "characters", "one line"],
)
def test_what_is_large_is_read(body: str, findings: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    settings = Project(tmp_path, isolated=True).settings(file)
    settings = settings._replace(limits=settings.limits._replace(seconds=600))
    source = Source.from_text(FRONT_MATTER + body)
    report, _ = lint_source(source, PostFile(str(file), "a.html"), settings)
    errors = [one for one in report.diagnostics if one.finding.severity is Severity.ERROR]
    assert [one.finding.code for one in errors] == findings
    if findings == ["IMG001"]:
        assert errors[0].start.line == FRONT_MATTER.count("\n") + 45_001


def test_attributes_that_are_not_looked_at_keep_their_place() -> None:
    many = " ".join(f"a{n}" for n in range(25_000))
    post = Post(Source.from_text(f"<p {many}><img src=x>"), PurePosixPath("a.html"))
    assert len(post.html.html) == len(post.text)
    image = next(post.body.iter("img"))
    assert post.span(image).start == post.text.index("<img")
    assert len(next(post.body.iter("p")).attrib) == 1_000
    assert (
        post.limit_violations[0][1]
        == "<p> has 25,000 attributes; only the first 1,000 were checked"
    )


def test_a_toml_key_of_many_parts_takes_no_memory(newslint: Command, write: Write) -> None:
    write("a.md", "+++\n" + "a." * 20_000 + "a = 1\n+++\ntext\n")
    done = newslint("--target", "hugo", "--output-format", "json", "a.md")
    said = [one["message"] for one in json.loads(done.stdout)]
    assert any("a key has more than 1,000 parts" in one for one in said), said


CROWDED = {
    "tags": CLEAN + "</p>" * 60_000,
    "images": CLEAN + "<img src=x>" * 60_000,
    "styles": CLEAN + "<style>" + "a{" * 60_000,
    "templates": CLEAN + "{{ a }} " * 60_000,
    "fields": "---\n" + "".join(f"k{n}: x\n" for n in range(60_000)) + "---\n" + BODY,
    "list": "---\na: [" + "b," * 60_000 + "c]\n---\n" + BODY,
    "controls": CLEAN + "a\u200b" * 60_000,
    "line ends": CLEAN + "a\r\nb\n" * 60_000,
}
"""Posts of which each piece takes memory, and that are over a limit of 50,000."""


@pytest.mark.parametrize("kind", CROWDED)
def test_what_takes_too_much_memory_is_refused_before_it_is_parsed(
    kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.html"
    settings = Project(tmp_path, isolated=True).settings(file)
    settings = settings._replace(limits=Limits(tokens=50_000))
    source, found = Source.from_text(CROWDED[kind]), PostFile(str(file), "a.html")
    tracemalloc.start()
    try:
        report, facts = lint_source(source, found, settings)
        fixed = fix_source(source, found, settings, FixMode(unsafe=True))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (only,) = report.diagnostics
    assert (only.finding.code, report.unreadable, facts) == ("IO001", True, {})
    assert "more than the limit of 50,000 (limits.tokens)" in only.finding.message
    assert fixed.source is source
    assert peak < 10 * len(source.text)


@pytest.mark.parametrize(
    "text", [CLEAN + "word " * 60_000, CLEAN + "a\n" * 60_000, CLEAN + "图，" * 60_000]
)
def test_plain_text_may_be_long(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    settings = Project(tmp_path, isolated=True).settings(file)
    settings = settings._replace(limits=Limits(tokens=1_000))
    report, _ = lint_source(Source.from_text(text), PostFile(str(file), "a.html"), settings)
    assert not report.unreadable


@pytest.mark.parametrize("args", [("a.html",), ("--fix", "a.html"), ("-",), ("--jobs", "2", ".")])
def test_the_limit_of_tokens_holds_for_files_and_standard_input(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    text = CROWDED["images"]
    post = write("a.html", text)
    write("b.html", NO_REFERRER)
    done = newslint(*args, "--no-cache", "--config", "limits.tokens=50000", stdin=text)
    assert done.returncode == 2
    assert "more than the limit of 50,000 (limits.tokens)" in done.stdout + done.stderr
    assert post.read_text() == text
    assert args[-1] != "." or "b.html" in done.stdout


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not say what memory it took")
@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("</p>", 95_000), ("<img src=x>", 95_000), ("a\u200b", 95_000), ("word ", 1_900_000),
        ("\udcb0\udca1", 4_500_000),
    ],
    ids=["tags", "images", "controls", "words", "GBK"],
)  # fmt: skip
def test_a_post_just_below_the_limits_takes_little_memory(
    tmp_path: Path, piece: str, count: int
) -> None:
    text = CLEAN + piece * count
    (tmp_path / "a.html").write_bytes(text.encode("utf-8", "surrogateescape"))
    command = [
        sys.executable,
        "-m",
        "newslint",
        "--isolated",
        "--no-cache",
        "--jobs",
        "1",
        "a.html",
    ]
    started = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    assert started.returncode in (0, 1)
    unit = 1 if sys.platform == "darwin" else 1024
    assert used.ru_maxrss * unit < 600_000_000
