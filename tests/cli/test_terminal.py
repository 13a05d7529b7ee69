"""On a real terminal: every command that shows a progress bar ends well, at every width."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from rich.cells import cell_len
from terminal import CURSOR_SHOWN, drawn, on_terminal

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
