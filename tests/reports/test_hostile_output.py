"""What a post or a file name says never reaches a terminal, a CI log or a report as a command."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import FRONT_MATTER
from lxml import etree

from newslint.reports import FORMATS

ATTACKS = (
    "\x1b[31mred\x1b]8;;http://evil.example\x07link\x1b]0;title\x07",
    "\x9b31m\x90\x85",
    "[red]markup[/red] [link=http://evil.example]x[/link] :boom:",
    "::error::done",
    "\n::add-mask::secret",
    "##[error]x ##vso[task.complete]y ##teamcity[z]",
    "%0A::error::x%0D",
    "]]><!-- --></testcase>",
    "<script>alert(1)</script>",
    "\u202eright to left\u2066\u200b",
    "\u2028\u2029\x0b\x0c",
    "\0\x7f\ud800\udfff\udc80",
    "\U000e0041",
)
NAMES: tuple[str | bytes, ...] = (
    "a.md",
    "::error::name.html",
    "line\n::error::end.md",
    "[red]x[link=y].md",
    "\x1b[31m.md",
    "]]><script>alert(1)<%0A.html",
    "##[error]x.md",
    "-dash.md",
    b"not-utf8-\xff\xfe\x9b.md",
)
ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def body(attack: str) -> str:
    return (
        f"<p>{attack}</p>\n"
        f"<a href='http://[{attack}'>{attack}</a><a href='#{attack}'>x</a>\n"
        f"<img src='http://1.example/{attack}' alt=''><p id='{attack}'></p><p id='{attack}'></p>\n"
        f"<style>.{attack}{{a:{attack}}}</style>{{{{ {attack} }}}}{{% {attack} %}}\n"
        f"<!-- newslint-disable {attack} --><!-- {attack} --></{attack}>\n"
        f"<iframe src='//evil.example/{attack}'></iframe><p on{attack}=x>责任编辑：{attack}</p>\n"
    )


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder of posts whose names and texts are attacks."""
    for number, attack in enumerate(ATTACKS):
        title = json.dumps(attack)
        head = FRONT_MATTER.replace("title: A title", f"title: {title}\n{title}: {title}")
        text = (head + body(attack)).encode("utf-8", "surrogateescape" if number < 0 else "replace")
        (tmp_path / f"{number}.md").write_bytes(text.replace(b"?", b"\xff"))
    for name in NAMES:
        raw = os.fsencode(name) if isinstance(name, str) else name
        try:
            descriptor = os.open(os.fsencode(tmp_path) + b"/" + raw, os.O_WRONLY | os.O_CREAT)
        except OSError:
            continue  # a file system that wants UTF-8
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(body("::error::x").encode())
    return tmp_path


def run(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "--select", "ALL", *args],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONWARNINGS": "error", **environment},
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


FORMS = {
    **{name: ("--output-format", name) for name in FORMATS},
    "statistics": ("--statistics",),
    "statistics-json": ("--statistics", "--output-format", "json"),
    "timing": ("--timing",),
    "verbose": ("-v",),
    "baseline": ("baseline",),
}
LOGS = {"GITHUB_ACTIONS": "true"}
OWN_COMMAND = re.compile(r"::(?:error|warning|notice|group|endgroup)(?: [\w=:,./%\[\]#<>() -]*)?::")


def is_command(line: str) -> bool:
    return (
        bool(re.match(r"\s*::", line)) or re.search(r"##(?:\[|vso\[|teamcity\[)", line) is not None
    )


@pytest.mark.parametrize("form", [name for name in FORMS if name != "baseline"])
def test_no_format_lets_a_command_through(hostile: Path, form: str) -> None:
    for environment in ({}, LOGS):
        done = run(hostile, "--color", "never", *FORMS[form], **environment)
        out = done.stdout.decode("utf-8")
        for text in (out, done.stderr.decode("utf-8")):
            assert not ACTIVE.search(text), repr(ACTIVE.search(text))
        assert form in ("html",) or "<script>alert(1)" not in out or form not in ("junit", "html")
        if environment:
            commands = [line for line in out.split("\n") if is_command(line)]
            if form not in ("github", "verbose"):
                assert not commands, commands
            assert all(
                re.match(r"::(error|warning|notice|group|endgroup)\b", one) for one in commands
            )
            logged = [line for line in out.split("\n") if not line.startswith("::")]
            assert not any(is_command(line) for line in logged)
    assert out


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif"])
def test_json_says_all_of_it(hostile: Path, form: str) -> None:
    found = json.loads(run(hostile, "--output-format", form).stdout)
    text = json.dumps(found, ensure_ascii=False)
    assert "::error::name" in text or "%3A%3Aerror" in text or "%3aerror" in text.lower()
    if form == "json":
        paths = {one["path"] for one in found}
        assert "line\n::error::end.md" in paths
        assert any("\x1b[31m" in one["message"] or "\x1b[31m" in one["path"] for one in found)
        lines = run(hostile, "--output-format", "jsonl").stdout.splitlines()
        assert [json.loads(line) for line in lines] == found


def test_junit_is_xml_whatever_a_post_says(hostile: Path) -> None:
    root = etree.fromstring(run(hostile, "--output-format", "junit").stdout)
    assert not list(root.iter("script"))


@pytest.mark.parametrize("form", ["full", "concise", "grouped"])
def test_in_colour_only_our_own_colours_are_commands(hostile: Path, form: str) -> None:
    out = run(hostile, "--color", "always", "--output-format", form).stdout.decode()
    assert COLOUR.search(out)
    rest = COLOUR.sub("", out)
    assert not ACTIVE.search(rest), repr(ACTIVE.search(rest))
    assert "[red]x[link=y].md" in rest


@pytest.mark.parametrize("form", ["text", "json"])
def test_stats_let_no_command_through(hostile: Path, form: str) -> None:
    for number, (attack, name) in enumerate(zip(ATTACKS, NAMES, strict=False)):
        text = json.dumps(f"{attack}{name!r}")
        head = FRONT_MATTER.replace(" - One", f" - {text}\n - {text}").replace("Wire", text)
        post = head + f"<img src={text} alt=''><img src='//{attack}/' alt=''><p>责编：{attack}</p>"
        (hostile / f"stats{number}.md").write_text(post, "utf-8", errors="replace")
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "stats", "--output-format", form],
        cwd=hostile, capture_output=True, check=False,
        env={**os.environ, **LOGS, "PYTHONWARNINGS": "error"},
    )  # fmt: skip
    out = done.stdout.decode()
    assert out
    assert b"Traceback" not in done.stderr
    assert not ACTIVE.search(out), repr(ACTIVE.search(out))
    assert not [line for line in out.split("\n") if is_command(line)]
    if form == "text":
        assert "[red]markup[/red]" in out


def on_a_terminal(folder: Path, *args: str, stdin: bytes = b"") -> str:
    """What a terminal gets."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", *args],
        cwd=folder, stdin=subprocess.PIPE, stdout=theirs, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    assert process.stdin
    process.stdin.write(stdin)
    process.stdin.close()
    seen = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.wait(timeout=60)
    os.close(ours)
    return seen.decode("utf-8").replace("\r\n", "\n")


POST = (
    FRONT_MATTER + "<p>\x1b]0;x\x07 \x9b31m \u202e</p><img src='https://a.cn/\x1b[31m' alt=''>\n"
).encode()


def test_a_diff_on_a_terminal_is_written_out_and_in_a_pipe_it_is_exact(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(POST)
    args = ("--diff", "--select", "IMG001", "--color", "never")
    shown = on_a_terminal(tmp_path, *args)
    assert not ACTIVE.search(shown)
    assert "\\x1b[31m" in shown
    assert b"https://a.cn/\x1b[31m" in run(tmp_path, *args).stdout


def test_a_fixed_post_on_a_terminal_is_written_out(tmp_path: Path) -> None:
    shown = on_a_terminal(tmp_path, "-", "--fix", "--select", "IMG001", "-q", stdin=POST)
    assert "no-referrer" in shown
    assert not ACTIVE.search(COLOUR.sub("", shown))
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "-", "--fix", "--select", "IMG001"],
        input=POST, capture_output=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert b"https://a.cn/\x1b[31m" in done.stdout


def test_a_wrong_configuration_is_said_without_its_commands(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('ignore = ["\\u001b[31m::error::"]\n"\\u009b" = 1\n')
    assert tomllib.loads((tmp_path / "newslint.toml").read_text())
    (tmp_path / "a.md").write_bytes(POST)
    done = run(tmp_path)
    assert done.returncode == 2
    assert not ACTIVE.search(done.stderr.decode())
    done = run(tmp_path, "--isolated", "no\x1b[31m\n::error::such.md")
    assert done.returncode == 2
    assert not ACTIVE.search(done.stderr.decode()), done.stderr
