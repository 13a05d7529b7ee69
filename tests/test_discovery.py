"""Which files are posts, and in which order they come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newslint.config.project import Project
from newslint.discovery import discover
from newslint.errors import UsageError

Write = Callable[..., Path]


def found(folder: Path, *paths: str, force_exclude: bool = False) -> list[str]:
    project = Project(folder)
    given = [folder / path for path in paths or (".",)]
    return [one.shown for one in discover(given, project, force_exclude=force_exclude)]


def test_posts_are_found_by_suffix_in_the_order_of_their_paths(
    write: Write, tmp_path: Path
) -> None:
    for name in ("b.md", "a/c.html", "a.markdown", "x.HTM", "no.txt", "a/新闻.md", "README"):
        write(name)
    assert found(tmp_path) == sorted(["b.md", "a/c.html", "a.markdown", "x.HTM", "a/新闻.md"])


def test_the_usual_folders_are_left_out(write: Write, tmp_path: Path) -> None:
    for name in (".git/a.md", "node_modules/x/a.md", "_site/a.html", ".venv/a.md", "ok/a.md"):
        write(name)
    assert found(tmp_path) == ["ok/a.md"]


def test_gitignore_is_honoured_at_every_level(write: Write, tmp_path: Path) -> None:
    write(".gitignore", "drafts/\n*.tmp.md\n")
    write("a/.gitignore", "/secret.md\n!keep.tmp.md\n")
    for name in (
        "drafts/a.md",
        "a/secret.md",
        "a/b/secret.md",
        "x.tmp.md",
        "a/keep.tmp.md",
        "a/a.md",
    ):
        write(name)
    assert found(tmp_path) == ["a/a.md", "a/b/secret.md", "a/keep.tmp.md"]


def test_include_and_exclude_are_relative_to_their_file(write: Write, tmp_path: Path) -> None:
    write("site/newslint.toml", 'include = ["posts/**/*.txt"]\nexclude = ["posts/old/"]\n')
    for name in ("site/posts/a.txt", "site/posts/a.md", "site/posts/old/b.txt", "site/c.txt"):
        write(name)
    assert found(tmp_path, "site") == ["site/posts/a.txt"]


def test_a_named_file_is_linted_unless_exclusion_is_forced(write: Write, tmp_path: Path) -> None:
    write("newslint.toml", 'exclude = ["drafts/"]')
    write("drafts/a.md")
    write("notes.txt")
    assert found(tmp_path, "drafts/a.md", "notes.txt") == ["drafts/a.md", "notes.txt"]
    assert found(tmp_path, "drafts/a.md", "notes.txt", force_exclude=True) == ["notes.txt"]


def test_each_post_is_found_once(write: Write, tmp_path: Path) -> None:
    write("a/b.md")
    assert found(tmp_path, "a", "a/b.md", ".", "a/../a/b.md") == ["a/b.md"]


def test_links_to_folders_are_not_followed_and_links_to_files_are(
    write: Write, tmp_path: Path
) -> None:
    write("a/b.md")
    (tmp_path / "a" / "round").symlink_to("..", target_is_directory=True)
    (tmp_path / "a" / "c.md").symlink_to("b.md")
    assert found(tmp_path) == ["a/b.md", "a/c.md"]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        found(tmp_path, "nowhere")
