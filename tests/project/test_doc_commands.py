"""Every command that the documentation shows is one that newslint understands."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from conftest import CLEAN, NO_REFERRER, Command

from newslint.cli.commands import main_command

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = ("posts", "content", "source/_posts", "_posts", "archive")
BEYOND = (
    "server",
    "--online",
    "--engine",
    "--watch",
    "s3://",
    "gs://",
    "az://",
    "memory://",
    "--changed-since",
)
"""What needs a network, a store, another program or the user's Ctrl+C; each has tests of its own."""


def commands(*, is_beyond: bool = False) -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"^ *```sh\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE):
            for line in block.replace("\\\n", " ").splitlines():
                line = line.strip().partition(" #")[0].strip()
                if line.startswith("newslint") and is_beyond == any(one in line for one in BEYOND):
                    found.append((page.relative_to(ROOT).as_posix(), line))
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number, folder in enumerate(FOLDERS):
        (tmp_path / folder).mkdir(parents=True)
        text = (CLEAN, NO_REFERRER)[number % 2].replace("A title", f"Title {number}")
        (tmp_path / folder / f"{number}.md").write_text(text.replace("Text", f"Text {number}"))
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def test_there_are_commands_on_many_pages() -> None:
    assert len({page for page, _ in commands()}) >= 8


@pytest.mark.parametrize(("page", "line"), commands(), ids=lambda value: value)
def test_the_command_runs(page: str, line: str, newslint: Command, site: Path) -> None:
    line, _, _ = line.partition(" > ")
    line, _, given = line.partition(" | ")[0].partition(" < ")
    words = shlex.split(line)[1:]
    if "--baseline" in words:
        newslint("baseline", *[word for word in words if (site / word).is_dir()])
    done = newslint(*words, stdin=CLEAN) if given else newslint(*words)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("page", "line"), commands(is_beyond=True), ids=lambda value: value)
def test_the_command_that_needs_more_than_this_machine_is_understood(page: str, line: str) -> None:
    words = shlex.split(line.partition(" > ")[0].partition(" | ")[0])[1:]
    group = main_command()
    with click.Context(group, info_name="newslint", **group.context_settings) as context:
        name = words.pop(0) if words[0] in group.list_commands(context) else "check"
        command = group.get_command(context, name)
        assert command is not None
        assert command.make_context(name, words, parent=context).params
