"""On a real terminal: what is shown fits it, and every progress bar ends well, at every width."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from rich.cells import cell_len
from terminal import CURSOR_SHOWN, NEWSLINT, Session, drawn, drawn_text, on_terminal

Write = Callable[..., Path]

FEW, MANY = 3, 500
COMMANDS = {
    "check": ("check", "--isolated", "posts"),
    "fix": ("--isolated", "--fix", "posts"),
    "stats": ("stats", "--isolated", "posts"),
    "baseline": ("baseline", "--isolated", "posts"),
    "init": ("init", "posts"),
}
SAID = {
    "check": ("IMG001", "IMG001"),
    "fix": ("Fixed 1", "修复 1"),
    "stats": ("IMG001", "IMG001"),
    "baseline": ("newslint-baseline.json", "newslint-baseline.json"),
    "init": ("newslint.toml", "newslint.toml"),
}
"""What each says when all posts were read, in English and in Chinese."""


def archive(write: Write, number: int) -> None:
    """So many posts, of which the last one lacks a referrerpolicy."""
    for at in range(1, number):
        text = CLEAN.replace("A title", f"Title {at}").replace("Text", f"Text {at}")
        write(f"posts/{at:03}.md", text)
    write(f"posts/{number:03}.md", NO_REFERRER)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_long_run_shows_a_bar_of_the_terminals_width_and_ends_well(
    write: Write, tmp_path: Path, command: str, columns: int, language: str
) -> None:
    archive(write, MANY)
    done = on_terminal(tmp_path, *COMMANDS[command], columns=columns, NEWSLINT_LANG=language)
    assert "Traceback" not in done.shown
    assert done.returncode == (1 if command in ("check", "stats") else 0), done.shown
    bars = [line for line in done.lines if f"/{MANY} " in line]
    assert bars, done.lines
    assert all(cell_len(line) <= columns for line in bars), bars
    taken_away, after = done.shown.rpartition(CURSOR_SHOWN)[::2]
    assert bars[-1] in drawn(taken_away)
    assert f"/{MANY} " not in after
    assert SAID[command][language == "zh"] in after, after


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_short_run_shows_no_bar(
    write: Write, tmp_path: Path, command: str, columns: int, language: str
) -> None:
    archive(write, FEW)
    done = on_terminal(tmp_path, *COMMANDS[command], columns=columns, NEWSLINT_LANG=language)
    assert done.returncode == (1 if command in ("check", "stats") else 0), done.shown
    assert f"/{FEW} " not in done.shown
    assert SAID[command][language == "zh"] in done.shown


LONG = NO_REFERRER.replace("Text", "Words before the picture, " * 8)
"""A post whose line is longer than a terminal is wide."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_full_shows_what_a_fix_changes_as_a_coloured_diff(
    write: Write, tmp_path: Path, columns: int, language: str
) -> None:
    write("a.md", LONG)
    done = on_terminal(tmp_path, "--isolated", "a.md", columns=columns, NEWSLINT_LANG=language)
    removed, added = (
        next(line for line in done.shown.split("\r\n") if re.match(start, drawn_text(line)))
        for start in (r" 13 - ", r"    \+ ")
    )
    assert 'alt=""></p>' in drawn_text(removed)
    assert 'alt="" referrerpolicy="no-referrer"></p>' in drawn_text(added)
    assert re.search(r'\x1b\[1;4;32m referrerpolicy="no-referrer"\x1b', added), "only this is new"
    assert "\x1b[31m" in removed
    assert all(cell_len(line) <= columns for line in done.lines), done.lines


def test_a_diff_shows_where_a_long_line_changes_and_how_much_is_left_out(
    write: Write, tmp_path: Path
) -> None:
    scripts = "".join(f"<p>{'word ' * 40}</p>\n<script>x({n})</script>\n" for n in range(12))
    write("a.md", CLEAN.replace("</div>", f"<p onclick='x()'>{'字' * 300}</p>{scripts}</div>"))
    done = on_terminal(tmp_path, "--isolated", "--select", "SEC002,SEC001", "a.md", columns=60)
    added = next(line for line in done.lines if line.startswith("    + <p>字"))
    assert added.endswith("…")
    assert all(cell_len(line) <= 60 for line in done.lines), done.lines


def test_a_finding_without_a_fix_has_no_diff(write: Write, tmp_path: Path) -> None:
    write("a.md", CLEAN.replace("author: Wire\n", ""))
    done = on_terminal(tmp_path, "--isolated", "a.md")
    assert "FM005" in done.shown
    assert not [line for line in done.lines if re.match(r" +\d* [-+] ", line)]


def test_several_missing_fields_are_one_finding(write: Write, tmp_path: Path) -> None:
    write("a.md", CLEAN.replace("author: Wire\n", "").replace("comments: false\n", ""))
    done = on_terminal(tmp_path, "--isolated", "--output-format", "grouped", "a.md")
    assert [line for line in done.lines if "FM005" in line] == [
        "  1:1  error    FM005  author and comments are missing"
    ]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_grouped_names_a_post_once_and_keeps_its_columns(
    write: Write, tmp_path: Path, columns: int
) -> None:
    write("posts/a.md", NO_REFERRER.replace("</div>", "<script>x()</script></div>"))
    done = on_terminal(
        tmp_path, "--isolated", "--output-format", "grouped", "posts", columns=columns
    )
    assert [line for line in done.lines if "posts/a.md" in line] == ["posts/a.md"]
    first = next(at for at, line in enumerate(done.lines) if "IMG001" in line)
    column = done.lines[first].index("[*]")
    rest = [line for line in done.lines[first + 1 :] if line.startswith("   " * 5)]
    assert bool(rest) == (columns < 120)
    assert all(line[:column].isspace() and line[column] != " " for line in rest), rest
    assert all(cell_len(line) <= columns for line in done.lines), done.lines


def test_messages_of_codes_of_different_length_begin_in_one_column(
    write: Write, tmp_path: Path
) -> None:
    write("a.md", NO_REFERRER.replace("</div>", "<script>x()</script></div></div>"))
    done = on_terminal(
        tmp_path, "--isolated", "--output-format", "grouped", "--ignore", "ED", "a.md", columns=200
    )
    found = [re.match(r" +\S+ +error +([A-Z]+\d+) +", line) for line in done.lines]
    lines = [one for one in found if one]
    assert len({len(one[1]) for one in lines}) > 1
    assert len({one.end() for one in lines}) == 1, done.lines


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_name_of_a_rule_is_never_broken(write: Write, tmp_path: Path, columns: int) -> None:
    path = f"posts/{'harbour-' * 3}.md"
    write(path, NO_REFERRER.replace("</div>", "<script>x()</script></div></div>"))
    done = on_terminal(tmp_path, "--isolated", "--output-format", "full", "posts", columns=columns)
    heads = [at for at, line in enumerate(done.lines) if re.match(rf"{path}:\d", line)]
    names = ("no-referrer", "script", "stray-end-tag")
    shown = [
        next((name for name in names if name in "\n".join(done.lines[at : at + 2])), "")
        for at in heads
    ]
    assert set(shown) == set(names)
    assert all(cell_len(done.lines[at]) <= columns for at in heads), done.lines


@pytest.mark.parametrize("output_format", ["full", "concise", "grouped"])
def test_joined_emoji_are_shown_and_other_joiners_written_out(
    write: Write, tmp_path: Path, output_format: str
) -> None:
    joined = "👨\u200d👩\u200d👧 🏳\ufe0f\u200d🌈"
    write(f"{joined}.md", NO_REFERRER.replace("Text", f"{joined} a\u200db"))
    done = on_terminal(tmp_path, "--isolated", "--output-format", output_format, columns=200)
    assert f"{joined}.md" in drawn_text(done.shown)
    assert "a\u200db" not in done.shown
    if output_format == "full":
        assert f"{joined} a\\u200db" in drawn_text(done.shown)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("shown", ["full", "concise", "grouped", "stats"])
def test_the_summary_never_breaks_inside_a_word(
    write: Write, tmp_path: Path, shown: str, language: str
) -> None:
    write("a.md", NO_REFERRER.replace("</div>", "<script>x()</script></div>"))
    args = ("stats",) if shown == "stats" else ("--output-format", shown)

    def shown_at(columns: int) -> list[str]:
        done = on_terminal(
            tmp_path, *args, "--isolated", "a.md", columns=columns, NEWSLINT_LANG=language
        )
        start = next(at for at, line in enumerate(done.lines) if line.startswith(FIRST[language]))
        return done.lines[start:]

    whole = shown_at(400)[0]
    assert "--unsafe-fixes" in whole
    words = re.findall(r"[A-Za-z0-9,-]+", whole)
    for columns in (24, 37, 60, 80):
        lines: list[str] = []
        for line in shown_at(columns):
            if "".join(lines).replace(" ", "") == whole.replace(" ", ""):
                break
            lines.append(line)
        assert re.findall(r"[A-Za-z0-9,-]+", "\n".join(lines)) == words, columns
        assert all(cell_len(line) <= columns for line in lines), lines
        assert len(lines) <= 2 + 2 * cell_len(whole) // columns, "lines are filled"


FIRST = {"en": "1 post ", "zh": "1 篇文章"}
"""How the summary begins."""

WATCHED = ("check", "--watch", "--isolated", "posts")


def test_watching_clears_the_screen_tells_the_time_and_says_once_how_to_end(
    write: Write, tmp_path: Path
) -> None:
    pytest.importorskip("watchfiles")
    write("posts/a.md", NO_REFERRER)
    write("posts/b.md", CLEAN.replace("A title", "B").replace("Text", "Other words"))
    session = Session(tmp_path, *NEWSLINT, *WATCHED)
    try:
        first = session.until("Ctrl+C")
        assert re.search(r"newslint: \d\d:\d\d:\d\d watching 2 posts; .*Ctrl\+C", first)
        assert CLEARED not in first, "what the terminal showed before stays"
        write("posts/b.md", NO_REFERRER.replace("A title", "B").replace("Text", "Other words"))
        second = session.until("checked posts/b.md")
        before, _, after = second.partition(CLEARED)
        assert not before.strip()
        assert "posts/b.md:13:31:" in drawn_text(after)
        assert "posts/a.md" not in after
        assert "\n    + " in drawn_text(after), "the fix as a diff"
        assert re.search(r"newslint: \d\d:\d\d:\d\d checked posts/b.md", after)
        assert session.interrupt() == 0
        assert session.shown.count("Ctrl+C") == 1
    finally:
        session.kill()


CLEARED = "\x1b[H\x1b[J"


@pytest.mark.parametrize(
    ("environment", "is_colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "3"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_variables_ask_for_colours_in_a_pipe(
    newslint: Command, write: Write, environment: dict[str, str], is_colored: bool
) -> None:
    write("a.md", NO_REFERRER)
    named = {"FORCE_COLOR": "", "CLICOLOR_FORCE": "", "NO_COLOR": "", **environment}
    assert ("\x1b[" in newslint("a.md", **named).stdout) == is_colored


def test_variables_colour_no_file_and_are_heeded_on_a_terminal(
    write: Write, tmp_path: Path
) -> None:
    write("a.md", NO_REFERRER)
    on_terminal(tmp_path, "a.md", "-o", "out.txt", FORCE_COLOR="1")
    assert "\x1b" not in (tmp_path / "out.txt").read_text()
    assert "\x1b[" not in on_terminal(tmp_path, "a.md", NO_COLOR="1").shown
    assert "\x1b[" not in on_terminal(tmp_path, "a.md", FORCE_COLOR="0").shown
    assert "\x1b[" in on_terminal(tmp_path, "a.md").shown
