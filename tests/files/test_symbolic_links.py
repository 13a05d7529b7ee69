"""Posts that are symbolic links: followed within what is linted, and nowhere else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NO_REFERRER, Command

from newslint import check_paths
from newslint.config.project import Project

if sys.platform == "win32":
    pytest.skip("links need rights there", allow_module_level=True)

Write = Callable[..., Path]
SECRET = NO_REFERRER.replace("Text of", "hunter2 in")


def codes(newslint: Command, *args: str) -> dict[str, set[str]]:
    done = newslint(*args, "--output-format", "json", "--select", "IMG001")
    found: dict[str, set[str]] = {}
    for one in json.loads(done.stdout):
        found.setdefault(one["path"], set()).add(one["code"])
    assert done.returncode == (2 if {"IO001"} in found.values() else 1)
    return found


@pytest.fixture
def outside(write: Write, tmp_path: Path) -> Path:
    """A file beside the folder ``repo``, to which ``repo/a.md`` and ``repo/deep/b.md`` lead."""
    file = write("outside/private.html", SECRET)
    (tmp_path / "repo/deep").mkdir(parents=True)
    (tmp_path / "repo/a.md").symlink_to("../outside/private.html")
    (tmp_path / "repo/deep/b.md").symlink_to(file)
    (tmp_path / "repo/c.md").symlink_to("a.md")
    return file


LINKS = ("repo/a.md", "repo/c.md", "repo/deep/b.md")


@pytest.mark.parametrize(
    "form", ["full", "json", "jsonl", "html", "sarif", "gitlab", "junit", "github", "grouped"]
)
def test_a_link_out_of_the_folder_is_io001_and_what_it_leads_to_reaches_no_report(
    newslint: Command, outside: Path, form: str
) -> None:
    done = newslint("--isolated", "--output-format", form, "repo")
    assert done.returncode == 2
    assert done.stdout.count("IO001") >= 3
    assert "hunter2" not in done.stdout + done.stderr
    words = f"is a symbolic link to {outside}, outside of the checked folders, and is not read"
    assert (
        " ".join(words.split()) in " ".join(done.stdout.replace("│", "").split()) or form != "json"
    )


@pytest.mark.parametrize(
    "args",
    [
        ("--fix", "repo"),
        ("--fix", "--isolated", "repo"),
        ("--fix", "--unsafe-fixes", "repo"),
        ("--add-suppressions", "repo"),
        ("--diff", "repo"),
        ("stats", "repo"),
        ("init", "repo"),
    ],
)
def test_it_is_never_written_to(
    newslint: Command, outside: Path, args: tuple[str, ...], tmp_path: Path
) -> None:
    done = newslint(*args)
    assert done.returncode == 2
    assert outside.read_text() == SECRET
    assert "hunter2" not in done.stdout + done.stderr
    assert all((tmp_path / link).is_symlink() for link in LINKS)


def test_the_environment_of_the_process_reaches_no_report(
    newslint: Command, tmp_path: Path
) -> None:
    (tmp_path / "env.md").symlink_to("/proc/self/environ")
    for form in ("full", "html", "json"):
        done = newslint("--isolated", "--output-format", form, SECRET_TOKEN="hunter2")
        assert done.returncode == 2
        assert "hunter2" not in done.stdout
        assert "IO001" in done.stdout


def test_within_what_is_linted_links_are_followed_and_fixed(
    newslint: Command, write: Write, outside: Path, tmp_path: Path
) -> None:
    assert codes(newslint, "repo") == {key: {"IO001"} for key in LINKS}
    # Where the folder that contains both is linted, nothing leads out of it.
    assert codes(newslint) == {key: {"IMG001"} for key in (*LINKS, "outside/private.html")}
    newslint("--fix", "--select", "IMG001")
    assert "no-referrer" in outside.read_text()
    assert all((tmp_path / link).is_symlink() for link in LINKS)


@pytest.mark.parametrize("where", ["..", "../outside", "outside"])
def test_the_configuration_can_allow_other_folders(
    newslint: Command, write: Write, outside: Path, where: str
) -> None:
    write("repo/newslint.toml", f'linked-folders = ["{where}"]\n')
    allowed = where != "outside"
    expected = {key: {"IMG001" if allowed else "IO001"} for key in LINKS}
    assert codes(newslint, "repo") == expected
    assert codes(newslint, "repo", "--isolated") == {key: {"IO001"} for key in LINKS}
    newslint("repo", "--fix", "--select", "IMG001")
    assert ("no-referrer" in outside.read_text()) == allowed


def test_a_named_link_may_lead_anywhere_below_the_current_folder(
    newslint: Command, outside: Path, tmp_path: Path
) -> None:
    assert codes(newslint, "repo/a.md") == {"repo/a.md": {"IMG001"}}
    (tmp_path / "away.md").symlink_to("/proc/self/environ")
    assert codes(newslint, "away.md") == {"away.md": {"IO001"}}
    (report,) = check_paths([tmp_path / "repo" / "a.md"], Project(tmp_path / "elsewhere"))
    assert report.unreadable


@pytest.mark.parametrize("folder", [".git", ".hg"])
def test_nothing_of_version_control_is_a_post(
    newslint: Command, write: Write, tmp_path: Path, folder: str
) -> None:
    """.git/config contains the token with which a CI system checked the site out."""
    write(f"{folder}/config", SECRET)
    (tmp_path / "a.md").symlink_to(f"{folder}/config")
    assert codes(newslint) == {"a.md": {"IO001"}}


def test_a_link_in_the_way_of_the_folder_itself_changes_nothing(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("real/posts/a.md", NO_REFERRER)
    (tmp_path / "real/posts/b.md").symlink_to("a.md")
    (tmp_path / "posts").symlink_to("real/posts")
    expected = {"posts/a.md": {"IMG001"}, "posts/b.md": {"IMG001"}}
    assert codes(newslint, "posts") == expected
    assert codes(newslint, "posts/a.md", "posts/b.md") == expected


def test_what_a_link_said_is_not_kept_for_a_run_that_may_not_follow_it(
    newslint: Command, write: Write, outside: Path, tmp_path: Path
) -> None:
    for number in range(110):
        write(f"repo/{number}.md", NO_REFERRER.replace("<img", "<br><img"))
    for file in (tmp_path / "repo").rglob("*.md"):
        os.utime(file, (1e9, 1e9), follow_symlinks=False)
    os.utime(outside, (1e9, 1e9))
    cache = ("--cache-dir", str(tmp_path / "cache"))
    assert codes(newslint, ".", *cache)["repo/a.md"] == {"IMG001"}
    assert codes(newslint, "repo", *cache)["repo/a.md"] == {"IO001"}
    assert codes(newslint, ".", *cache)["repo/a.md"] == {"IMG001"}


def test_broken_links_are_told_as_before(newslint: Command, tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "ring.md").symlink_to("ring.md")
    done = newslint()
    assert (
        "gone.md:1:1: error IO001 the file is a link to 'nowhere.md', which does not exist"
        in done.stdout
    )
    assert "ring.md:1:1: error IO001 the file is a circular link" in done.stdout
