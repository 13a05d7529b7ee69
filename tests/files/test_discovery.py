"""Which files are posts, and in which order they come."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from newslint.config.loader import layer_from_option
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.files.discovery import Posts, discover
from newslint.files.ignore import forget

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


@pytest.mark.parametrize("paths", [(".",), ("b", "a"), ("b/b.md", "a", "b"), ("a/b-c.md", "a")])
def test_the_order_is_that_of_the_whole_paths(
    write: Write, tmp_path: Path, paths: tuple[str, ...]
) -> None:
    for name in ("a/b.md", "a/b-c.md", "a/b/z.md", "a/b/y/z.md", "a/c/no.txt", "a/d.md", "a!.md"):
        write(name)
        write(name.replace("a", "b", 1))
    shown = found(tmp_path, *paths)
    assert shown == sorted(set(shown))
    assert len(shown) >= 5


def test_a_folder_above_the_current_one_shows_paths_as_they_are_typed(
    write: Write, tmp_path: Path
) -> None:
    for name in ("a/x.md", "b/y.md", "c/z.md", "d.md"):
        write(name)
    posts = discover([tmp_path], Project(tmp_path / "b"))
    assert [one.shown for one in posts] == ["../a/x.md", "../c/z.md", "../d.md", "y.md"]
    assert all(one.file.is_file() for one in posts)


def test_posts_are_a_sequence_however_they_are_shelved(write: Write, tmp_path: Path) -> None:
    for name in ("a/1.md", "a/2.md", "b/3.md", "c.md"):
        write(name)
    posts = discover([tmp_path], Project(tmp_path))
    every = list(posts)
    assert [posts[at] for at in range(-4, 4)] == every * 2
    assert posts[1:3] == every[1:3]
    assert list(Posts.of(every)) == every
    with pytest.raises(IndexError):
        posts[4]


def test_folders_may_be_deep(write: Write, tmp_path: Path) -> None:
    write("d/" * 400 + "a.md")
    write("d/" * 200 + "a.md")
    assert found(tmp_path) == ["d/" * 200 + "a.md", "d/" * 400 + "a.md"]


_PARTS = ["a", "b.md", "*.md", "?.md", "*", "**", "[ab].md", "a*", "c", "*.tmp.md", "b*.*"]
_LINES = st.builds(
    lambda start, parts, end: start + "/".join(parts) + end,
    st.sampled_from(["", "!", "/", "!/", " ", "#"]),
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=3),
    st.sampled_from(["", "", "/", " ", "\\ "]),
)


_NAMES = ["a.md", "b.md", "c.tmp.md", "a.html", "ab.md", "*.md"]


@settings(max_examples=40, deadline=None)
@given(st.lists(_LINES, max_size=5), st.lists(_LINES, max_size=2), st.lists(_LINES, max_size=3))
def test_patterns_say_of_each_post_what_they_say_of_it_alone(
    ignored: list[str], inner: list[str], included: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        forget()
        for inside in (".git", "a", "c/a"):
            (folder / inside).mkdir(parents=True)
        files = [folder / inside / post for inside in ("", "a", "c/a") for post in _NAMES]
        for file in files:
            file.touch()
        (folder / ".gitignore").write_text("\n".join(ignored))
        (folder / "a" / ".gitignore").write_text("\n".join(inner))
        project = Project(folder)
        alone = [discover([file], project, force_exclude=True) for file in files]
        together = [one.shown for one in discover([folder], project)]
        assert together == sorted(one.shown for posts in alone for one in posts)
        for ignoring in folder.rglob(".gitignore"):
            ignoring.unlink()
        forget()
        layer = layer_from_option(f"include = {included!r}", folder)
        wanted = GitIgnoreSpec.from_lines(included)
        shown = sorted(one.relative_to(folder).as_posix() for one in files)
        together = [one.shown for one in discover([folder], Project(folder, last=(layer,)))]
        assert together == [one for one in shown if wanted.match_file(one)]
