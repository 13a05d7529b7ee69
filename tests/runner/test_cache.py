"""The cache: a run with it says what a run without it says, whatever happens to it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st
from runner.test_runner import CLEAN, KINDS

from newslint.config.project import Project
from newslint.core.report import Detail, FileReport
from newslint.files.discovery import discover
from newslint.files.posts import PostFile
from newslint.linter import archive_rules
from newslint.runner import batches, lint
from newslint.runner import task as tasks
from newslint.runner.cache import rows, serialization
from newslint.runner.cache.cache import Cache
from newslint.runner.pipeline import lint_files

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
        patch.setattr(lint, "lint_source", lambda *args: pytest.fail("linted anew"))
        patch.setattr(lint, "_lint_sources", lambda *args: pytest.fail("linted anew"))
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

    def linted(*, detail: Detail) -> list[FileReport]:
        return cached(site, file, detail=detail)

    plain, detailed = linted(detail=Detail.NONE), linted(detail=Detail.ALL)
    assert not any(one.profile for one in plain)
    assert all(one.profile for one in detailed if not one.unreadable)
    with nothing_linted(monkeypatch):
        assert linted(detail=Detail.ALL) == detailed
    assert linted(detail=Detail.NONE) == plain


_CONFIGS = [
    "", 'ignore = ["IMG"]', 'target = "jekyll"', '[severity]\nIMG001 = "info"',
    '[rules.IMG001]\nexempt = ["a.cn"]', '[[overrides]]\nfiles = ["1.md"]\nignore = ["ALL"]',
    'ignore = ["ARC", "LNK004"]', '[[overrides]]\nfiles = ["a/"]\nignore = ["ARC002"]',
]  # fmt: skip
_POST = st.integers(0, 5)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), _POST, st.sampled_from(KINDS), st.booleans()),
        st.tuples(st.just("delete"), _POST),
        st.tuples(st.just("rename"), _POST, _POST),
        st.tuples(st.just("swap"), _POST, _POST),
        st.tuples(st.just("touch"), _POST, st.integers(1, 3)),
        st.tuples(st.just("file"), st.sampled_from(["no-such-post.html", "none.html"])),
        st.tuples(st.just("config"), st.sampled_from(_CONFIGS)),
        st.tuples(st.just("run"), st.integers(0, 6)),
    ),
    max_size=12,
)


def post_of(folder: Path, number: int) -> Path:
    """Posts beside each other, in a folder, and in one that comes between the others."""
    names = ("0.md", "1.md", "2.md", "a/0.md", "a/1.md", "1.d/0.md")
    return folder / names[number]


def said_of(folder: Path, named: int, known: Cache | None) -> list[FileReport]:
    """The reports of the first posts, with the others as the rest of the archive."""
    run = Project(folder)
    posts = discover([folder], run)
    if named == 0:
        return list(lint_files(posts, run, cache=known))
    return list(lint_files(posts[:named], run, cache=known, others=posts[named:]))


def do(step: tuple[object, ...], folder: Path) -> None:
    """Do what happens to an archive between two runs."""
    kind, *what = step
    posts = [post_of(folder, number) for number in what if isinstance(number, int)]
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
    elif kind == "touch" and posts[0].exists():
        os.utime(posts[0], (OLD + int(str(what[1])), OLD + int(str(what[1]))))
    elif kind == "file" and not (folder / str(what[0])).exists():
        (folder / str(what[0])).write_text(CLEAN)
    elif kind == "file":
        (folder / str(what[0])).unlink()
    elif kind == "config":
        (folder / "newslint.toml").write_text(str(what[0]))


@pytest.mark.parametrize("page", [2, 5000])
@settings(max_examples=40, deadline=None)
@given(_STEPS, st.lists(st.sampled_from(KINDS), min_size=6, max_size=6))
def test_a_run_with_the_cache_says_what_one_without_says(
    page: int, steps: list[tuple[object, ...]], texts: list[str]
):
    from newslint.config import loader

    with tempfile.TemporaryDirectory() as name, mock.patch.object(batches, "CHUNK", page):
        folder, file = Path(name, "site"), Path(name, "c.sqlite")
        for number, text in enumerate(texts):
            post_of(folder, number).parent.mkdir(parents=True, exist_ok=True)
            write(post_of(folder, number), text)
        for step in (("run", 0), *steps, ("run", 0), ("run", 3)):
            if step[0] != "run":
                do(step, folder)
                continue
            loader.find_layers.cache_clear()
            loader.layer_from_file.cache_clear()
            named = int(str(step[1]))
            expected = said_of(folder, named, None)
            for _ in range(2):
                with contextlib.closing(Cache(file)) as known:
                    assert said_of(folder, named, known) == expected


def test_a_file_that_comes_or_goes_is_seen_where_no_post_changed(site: Path, tmp_path: Path):
    file, there = tmp_path / "c.sqlite", site / "no-such-post.html"
    for expected in (True, False, True):
        for _ in range(2):
            codes = {d.finding.code for one in cached(site, file) for d in one.diagnostics}
            assert ("LNK004" in codes) is expected
        there.rmdir() if there.exists() else there.mkdir()


def test_what_an_archive_says_together_is_not_found_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    said = cached(site, tmp_path / "c.sqlite")
    assert {"ARC001", "ARC002"} <= {d.finding.code for one in said for d in one.diagnostics}
    monkeypatch.setattr(archive_rules, "check", lambda *args: pytest.fail("compared anew"))
    assert cached(site, tmp_path / "c.sqlite") == said


def test_posts_that_are_gone_are_forgotten(site: Path, tmp_path: Path):
    file = tmp_path / "c.sqlite"
    cached(site, file)
    for name in ("1.md", "3.md"):
        (site / name).unlink()
    cached(site, file)
    with contextlib.closing(sqlite3.connect(file)) as base:
        names = {name for (name,) in base.execute("SELECT name FROM posts")}
    assert names == {post.name for post in site.glob("*.md")}


def test_a_name_that_is_no_text_keeps_the_others_known(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    odd = os.fsdecode(os.fsencode(site) + b"/\xff.md")
    with open(odd, "w") as post:
        post.write(CLEAN)
    os.utime(odd, (OLD, OLD))
    said = cached(site, tmp_path / "c.sqlite")
    linted: list[PostFile] = []
    lint_together = tasks.lint_together

    def noted(files: Sequence[PostFile], project: Project, **options: bool):
        linted.extend(files)
        return lint_together(files, project, **options)

    monkeypatch.setattr(tasks, "lint_together", noted)
    assert cached(site, tmp_path / "c.sqlite") == said
    assert len(linted) == 1


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
    with changing(file) as base:
        assert base.execute("SELECT count(*) FROM posts").fetchone() == (0,)


@contextlib.contextmanager
def changing(file: Path) -> Iterator[sqlite3.Connection]:
    """A database whose changes are kept, and which is closed then."""
    with contextlib.closing(sqlite3.connect(file)) as base, base:
        yield base


def _no_base(file: Path) -> None:
    file.write_bytes(b"no data base at all" * 99)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _other_table(file: Path) -> None:
    file.unlink()
    with changing(file) as base:
        base.execute("CREATE TABLE posts (a)")
        base.execute(f"PRAGMA user_version = {rows.FORMAT}")


def _rotten_rows(file: Path) -> None:
    with changing(file) as base:
        base.execute("UPDATE posts SET report = x'80054b', facts = x'00'")


def _other_values(file: Path) -> None:
    with changing(file) as base:
        base.execute("UPDATE posts SET report = ?, facts = ?", [serialization.to_bytes((1, 2))] * 2)


def _other_format(file: Path) -> None:
    with changing(file) as base:
        base.execute("PRAGMA user_version = 99")


def _zeros(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[2000:9000] = bytes(7000)
    file.write_bytes(data)


def _rotten_whole(file: Path) -> None:
    with changing(file) as base:
        base.execute("UPDATE archives SET findings = ?", (serialization.to_bytes((1, 2)),))


def _rotten_facts(file: Path) -> None:
    with changing(file) as base:
        base.execute("DELETE FROM archives")
        base.execute("UPDATE posts SET facts = x'00'")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [_no_base, _cut, _other_table, _rotten_rows, _rotten_whole, _rotten_facts, _other_values, _other_format, _zeros, _folder, Path.unlink])  # fmt: skip
def test_a_damaged_cache_changes_nothing(site: Path, tmp_path: Path, damage):
    file = tmp_path / "c.sqlite"
    said = cached(site, file)
    damage(file)
    assert cached(site, file) == said
    assert cached(site, file) == said


def test_whatever_bytes_are_damaged_posts_are_linted_anew(site: Path, tmp_path: Path):
    file = tmp_path / "c.sqlite"
    said = cached(site, file)
    whole = file.read_bytes()
    for seed in range(120):
        random = Random(seed)
        data = bytearray(whole)
        for _ in range(random.choice((1, 1, 3, 30))):
            data[random.randrange(len(data))] = random.choice((0, 1, 13, random.randrange(256)))
        file.write_bytes(data)
        for _ in range(2):
            assert cached(site, file) == said, seed


def _no_number(file: Path) -> None:
    with changing(file) as base:
        base.executescript(
            "CREATE TABLE f (id, path, settings_key);"
            "INSERT INTO f SELECT NULL, path, settings_key FROM folders;"
            "DROP TABLE folders; ALTER TABLE f RENAME TO folders;"
        )


def _no_text(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE folders", b"CREATE TABLE fold\xe1rs"))


def _nothing_said(file: Path) -> None:
    """One byte of a row can do it: that nothing is reported of a post, though something is."""
    with changing(file) as base:
        base.execute("DELETE FROM archives")
        base.execute("UPDATE posts SET report = NULL")


@pytest.mark.parametrize("damage", [_no_number, _no_text, _nothing_said])
def test_damage_that_sqlite_takes_for_data_is_seen(
    site: Path, tmp_path: Path, damage, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "c.sqlite"
    said = cached(site, file)
    (site / "0.md").write_text(KINDS[1])
    damage(file)
    expected = fresh(site)
    assert expected != said
    for _ in range(3):
        assert cached(site, file) == expected
    os.utime(site / "0.md", (OLD, OLD))
    cached(site, file)
    with nothing_linted(monkeypatch):
        assert cached(site, file) == expected


def test_a_cache_that_is_no_file_is_left_alone(site: Path, tmp_path: Path):
    os.mkfifo(tmp_path / "c.sqlite")
    assert cached(site, tmp_path / "c.sqlite") == fresh(site)
    assert (tmp_path / "c.sqlite").is_fifo()


def test_a_cache_runs_no_code(site: Path, tmp_path: Path):
    file, sign = tmp_path / "c.sqlite", tmp_path / "sign"

    class Evil:
        def __reduce__(self) -> object:
            return os.mkdir, (str(sign),)

    said = cached(site, file)
    with changing(file) as base:
        data = pickle.dumps((Evil(), {}))
        sealed = hashlib.blake2b(data, digest_size=8).digest() + data
        base.execute("UPDATE posts SET report = ?, facts = ?", (sealed, sealed))
        base.execute("UPDATE archives SET findings = ?", (sealed,))
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
