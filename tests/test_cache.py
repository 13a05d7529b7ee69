"""The cache: a run with it says what a run without it says, whatever happens to it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st
from test_runner import CLEAN, KINDS

from newslint import cache, runner, stored
from newslint.cache import Cache
from newslint.config.project import Project
from newslint.discovery import discover
from newslint.finding import FileReport
from newslint.runner import lint_files

OLD = 1_600_000_000


def write(file: Path, text: str, at: float = OLD) -> None:
    file.write_text(text, encoding="utf-8")
    os.utime(file, (at, at))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for number, text in enumerate(KINDS * 2):
        write(folder / f"{number}.md", text)
    return folder


def fresh(folder: Path, **project: object) -> list[FileReport]:
    run = Project(folder, **project)  # type: ignore[arg-type]
    return list(lint_files(discover([folder], run), run))


def cached(folder: Path, file: Path, **project: object) -> list[FileReport]:
    run = Project(folder, **project)  # type: ignore[arg-type]
    with contextlib.closing(Cache(file)) as known:
        return list(lint_files(discover([folder], run), run, cache=known))


@contextlib.contextmanager
def nothing_linted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(runner, "lint_source", lambda *args: pytest.fail("linted anew"))
        patch.setattr(runner, "_lint_sources", lambda *args: pytest.fail("linted anew"))
        yield


def test_an_unchanged_post_is_not_linted_again(site: Path, tmp_path: Path, monkeypatch):
    file = tmp_path / "cache" / "c.sqlite"
    said = fresh(site)
    assert cached(site, file) == said
    with nothing_linted(monkeypatch):
        assert cached(site, file) == said
        for post in site.iterdir():
            os.utime(post, (OLD + 5, OLD + 5))
        assert cached(site, file) == said


def test_details_are_made_for_posts_that_are_known_without_them(
    site: Path, tmp_path: Path, monkeypatch
):
    file = tmp_path / "c.sqlite"

    def linted(*, detail: bool) -> list[FileReport]:
        return cached(site, file, detail=detail)

    plain, detailed = linted(detail=False), linted(detail=True)
    assert not any(one.profile for one in plain)
    assert all(one.profile for one in detailed if not one.unreadable)
    with nothing_linted(monkeypatch):
        assert linted(detail=True) == detailed
    assert linted(detail=False) == plain


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 4), st.sampled_from(KINDS), st.booleans()),
        st.tuples(st.just("delete"), st.integers(0, 4)),
        st.tuples(st.just("rename"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("swap"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("config"), st.sampled_from(['ignore = ["IMG"]', "", 'target = "jekyll"', '[severity]\nIMG001 = "info"', '[rules.IMG001]\nexempt = ["a.cn"]', '[[overrides]]\nfiles = ["1.md"]\nignore = ["ALL"]'])),
        st.tuples(st.just("run")),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_a_run_with_the_cache_says_what_one_without_says(steps: list[tuple[object, ...]]):
    from newslint.config import load

    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name, "site"), Path(name, "c.sqlite")
        folder.mkdir()
        for step in (*steps, ("run",)):
            kind, *what = step
            posts = [folder / f"{number}.md" for number in what if isinstance(number, int)]
            if kind == "write":
                write(posts[0], str(what[1]), *([] if what[2] else [os.path.getmtime(folder)]))
            elif kind == "delete":
                posts[0].unlink(missing_ok=True)
            elif kind == "rename" and posts[0].exists():
                posts[0].rename(posts[1])
            elif kind == "swap" and posts[0].exists() and posts[1].exists():
                texts = [post.read_bytes() for post in posts]
                for post, text in zip(posts, reversed(texts), strict=True):
                    post.write_bytes(text)
            elif kind == "config":
                (folder / "newslint.toml").write_text(str(what[0]))
            elif kind == "run":
                load.find_layers.cache_clear()
                load.layer_from_file.cache_clear()
                assert cached(folder, file) == fresh(folder)
                assert cached(folder, file) == fresh(folder)


def test_a_change_within_the_clock_s_grain_is_seen(site: Path, tmp_path: Path):
    file, post = tmp_path / "c.sqlite", site / "0.md"
    post.write_text(CLEAN.replace("<p>Some", "<p> <br>"))
    now = post.stat().st_mtime_ns
    cached(site, file)
    inode = post.stat().st_ino
    with post.open("r+") as same:
        same.write(CLEAN.replace("<p>Some", "{% foo %"))
    os.utime(post, ns=(now, now))
    assert post.stat().st_ino == inode
    assert cached(site, file) == fresh(site)


def test_a_finding_that_passes_with_time_is_not_kept(site: Path, tmp_path: Path):
    for post in site.iterdir():
        post.unlink()
    write(site / "a.md", CLEAN.replace("2021", "2999"))
    (site / "newslint.toml").write_text('target = "jekyll"\nselect = ["FM013"]\n')
    file = tmp_path / "c.sqlite"
    (said,) = cached(site, file)
    assert [d.finding.code for d in said.diagnostics] == ["FM013"]
    with sqlite3.connect(file) as base:
        assert base.execute("SELECT count(*) FROM posts").fetchone() == (0,)


def _no_base(file: Path) -> None:
    file.write_bytes(b"no data base at all" * 99)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _other_table(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE posts (a)")
        base.execute(f"PRAGMA user_version = {cache.FORMAT}")


def _rotten_rows(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE posts SET report = x'80054b', facts = x'00'")


def _other_values(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE posts SET report = ?, facts = ?", [stored.to_bytes((1, 2))] * 2)


def _other_format(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA user_version = 99")


def _zeros(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[2000:9000] = bytes(7000)
    file.write_bytes(data)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [_no_base, _cut, _other_table, _rotten_rows, _other_values, _other_format, _zeros, _folder, Path.unlink])  # fmt: skip
def test_a_damaged_cache_changes_nothing(site: Path, tmp_path: Path, damage):
    file = tmp_path / "c.sqlite"
    said = cached(site, file)
    damage(file)
    assert cached(site, file) == said
    assert cached(site, file) == said


def test_a_cache_runs_no_code(site: Path, tmp_path: Path):
    file, sign = tmp_path / "c.sqlite", tmp_path / "sign"

    class Evil:
        def __reduce__(self) -> object:
            return os.mkdir, (str(sign),)

    said = cached(site, file)
    with sqlite3.connect(file) as base:
        data = pickle.dumps((Evil(), {}))
        sealed = hashlib.blake2b(data, digest_size=8).digest() + data
        base.execute("UPDATE posts SET report = ?, facts = ?", (sealed, sealed))
        base.execute("UPDATE wholes SET said = ?", (sealed,))
    assert cached(site, file) == said
    assert not sign.exists()


def test_it_may_be_deleted_or_locked_meanwhile(site: Path, tmp_path: Path):
    folder = tmp_path / "cache"
    file, said = folder / "c.sqlite", fresh(site)
    project = Project(site)
    with contextlib.closing(Cache(file)) as known:
        stream = lint_files(discover([site], project), project, cache=known)
        first = next(stream)
        shutil.rmtree(folder)
        assert [first, *stream] == said
    cached(site, file)
    with contextlib.closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cached(site, file) == said


def test_a_folder_that_cannot_be_written_does_without(site: Path, tmp_path: Path):
    blocked = tmp_path / "a file"
    blocked.touch()
    assert cached(site, blocked / "c.sqlite") == fresh(site)


def test_the_options_and_clean(tmp_path: Path, newslint: Command):
    for number in range(120):
        write(tmp_path / f"{number:03}.md", KINDS[number % len(KINDS)])
    plain = newslint("--no-cache", "--jobs", "1")
    assert not (tmp_path / "there").exists()
    for _ in range(2):
        made = newslint("--cache-dir", "there", "--jobs", "2")
        assert (made.stdout, made.returncode) == (plain.stdout, plain.returncode)
    assert list((tmp_path / "there").glob("*.sqlite"))
    assert newslint("clean", "--cache-dir", "there").returncode == 0
    assert not list((tmp_path / "there").iterdir())
    assert newslint("clean", "--cache-dir", "there").returncode == 0
    assert newslint("--jobs", "0").returncode == 2
