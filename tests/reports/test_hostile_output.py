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
SYSTEMS = {
    "github": LOGS,
    "azure": {"TF_BUILD": "True"},
    "teamcity": {"TEAMCITY_VERSION": "2024.1"},
    "another": {"CI": "true"},
    "none that says so": {},
}
"""The CI systems by the variables that they set; a container or a wrapper may not hand them on."""
NO_SYSTEM = dict.fromkeys(("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "CI"), "")
OWN_COMMAND = re.compile(r"::(?:error|warning|notice|group|endgroup)(?: [\w=:,./%\[\]#<>() -]*)?::")


def is_command(line: str) -> bool:
    return (
        bool(re.match(r"\s*::", line))
        or re.search(r"##[^\s\[]*\[", line, re.IGNORECASE) is not None
    )


@pytest.mark.parametrize("system", ["github", "none that says so"])
@pytest.mark.parametrize("form", [name for name in FORMS if name != "baseline"])
def test_no_format_lets_a_command_through(hostile: Path, form: str, system: str) -> None:
    done = run(hostile, "--color", "never", *FORMS[form], **NO_SYSTEM | SYSTEMS[system])
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    for text in (out, err):
        assert not ACTIVE.search(text), repr(ACTIVE.search(text))
    assert form in ("html",) or "<script>alert(1)" not in out or form not in ("junit", "html")
    commands = [line for line in (out + err).split("\n") if is_command(line)]
    if form == "github" or (form in ("verbose",) and system == "github"):
        assert all(re.match(r"::(error|warning|notice) file=", one) for one in commands)
        assert all("##" not in one for one in commands)
    else:
        assert not commands, commands
    assert out


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("args", [("--fix",), ("--diff",)])
def test_no_run_lets_a_command_through(hostile: Path, args: tuple[str, ...], system: str) -> None:
    """In a pipe; without a CI system a diff is exact, so that it can be applied."""
    done = run(hostile, *args, "--color", "never", **NO_SYSTEM | SYSTEMS[system])
    text = done.stdout.decode("utf-8", "surrogateescape") + done.stderr.decode()
    commands = [line for line in text.split("\n") if is_command(line)]
    if system == "github":
        commands = [one for one in commands if not re.match(r"::(error|warning|notice) file=", one)]
    assert not commands or (system == "none that says so" and "--diff" in args)


def test_a_diff_is_exact_in_a_file_whatever_system_runs(tmp_path: Path) -> None:
    post = FRONT_MATTER + "\n::error::x\n<p>##vso[x]y</p><img src='https://a.cn/1.jpg' alt=''>\n"
    (tmp_path / "a.html").write_text(post)
    diffs = []
    for environment in SYSTEMS.values():
        with (tmp_path / "out.patch").open("wb") as patch:
            subprocess.run(
                [sys.executable, "-m", "newslint", "--diff", "--select", "IMG001"],
                cwd=tmp_path, stdout=patch, stderr=subprocess.PIPE, check=False,
                env={**os.environ, **NO_SYSTEM, **environment},
            )  # fmt: skip
        diffs.append((tmp_path / "out.patch").read_text())
        run(tmp_path, "--diff", "--select", "IMG001", "-o", "other.patch", **environment)
        diffs.append((tmp_path / "other.patch").read_text())
    assert len(set(diffs)) == 1
    assert "\n ::error::x\n" in diffs[0] and "##vso[x]y" in diffs[0]


COMMANDS = (
    "::stop-commands::resume124.md",
    "\u3000::add-mask::error.md",
    "\xa0\t::error::x.md",
    "##vso[task.complete result=Succeeded;]ok.md",
    "##VSO[task.complete]ok.md",
    "##v\xadso[task.complete]ok.md",
    "##teamcity[buildStop]x.md",
    "##[endgroup]x.md",
)


@pytest.mark.parametrize("form", ["full", "concise", "grouped", "github"])
def test_a_file_s_name_at_the_beginning_of_a_line_is_no_command(tmp_path: Path, form: str) -> None:
    for name in COMMANDS:
        (tmp_path / name).write_text(FRONT_MATTER + "<p>x</p></div>\n")
    done = run(tmp_path, "--output-format", form, **NO_SYSTEM)
    lines = (done.stdout + done.stderr).decode().splitlines()
    own = [
        line for line in lines if form == "github" and re.match(r"::(error|warning) file=", line)
    ]
    assert not [line for line in lines if is_command(line) and line not in own]
    assert not any("##" in line for line in own)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_path_that_is_wrong_is_said_without_its_commands(tmp_path: Path, name: str) -> None:
    for path in (f"no-{name}", f"-{name}"):
        done = run(tmp_path, "--isolated", path, **NO_SYSTEM)
        assert done.returncode == 2
        assert not [line for line in done.stderr.decode().splitlines() if is_command(line)]


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
