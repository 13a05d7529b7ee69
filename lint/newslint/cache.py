"""What was found in posts that have not changed since: one SQLite file for each project root.

A post is known again by its size, time and inode, or else by its content; what is said of it holds
as long as the settings, newslint, the plug-ins and the packages that judge are the same. The file
is an aid and never a need: whatever is wrong with it, posts are linted anew.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.finding import FileReport

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.discovery import Found

Linted = tuple[FileReport | None, Mapping[str, Any]]

FORMAT = 1
"""Counts up when the tables or what they hold change; a file of another format is made anew."""

SETTLED = 2.0
"""Seconds after which a file's time tells a later change for certain: the coarsest clock that file
systems have (FAT). Until then its content decides."""

_SCHEMA = """
    CREATE TABLE posts (
        path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inode INTEGER,
        content BLOB, settings BLOB, linted BLOB
    ) WITHOUT ROWID
"""
_CLASSES = frozenset(
    [
        ("newslint.finding", "Diagnostic"),
        ("newslint.finding", "Edit"),
        ("newslint.finding", "Excerpt"),
        ("newslint.finding", "FileReport"),
        ("newslint.finding", "Finding"),
        ("newslint.finding", "Fix"),
        ("newslint.finding", "Safety"),
        ("newslint.finding", "Severity"),
        ("newslint.span", "Position"),
        ("newslint.span", "Span"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("copyreg", "_reconstructor"),
        ("datetime", "date"),
        ("datetime", "datetime"),
    ]
)
"""What a cache may hold: plain data. A cache from elsewhere must not run code."""


class _Row(NamedTuple):
    path: str
    size: int
    mtime: int
    inode: int
    content: bytes
    settings: bytes
    linted: bytes | None


class Cache:
    """The cache of one project root. Every method does its best and never fails."""

    def __init__(self, file: Path) -> None:
        """Open the file, or make it; with one that cannot be used nothing is known."""
        self.file = file
        self._digests: dict[int, tuple[Settings, bytes | None]] = {}
        self._base: sqlite3.Connection | None = None
        with suppress(sqlite3.Error, OSError):
            self._base = _open(file)

    def look_up(self, batch: Sequence[Found], project: Project) -> Mapping[Found, Linted]:
        """What is known of some files; those that are not known are left out."""
        if self._base is None:
            return {}
        paths = {str(found.file): found for found in batch}
        marks = ",".join("?" * len(paths))
        query = f"SELECT * FROM posts WHERE path IN ({marks})"  # noqa: S608 - question marks alone
        try:
            rows = [_Row(*row) for row in self._base.execute(query, list(paths))]
        except (sqlite3.Error, TypeError):
            self._close()
            return {}
        known: dict[Found, Linted] = {}
        for row in rows:
            found = paths[row.path]
            linted = None
            with suppress(Exception):  # a damaged row may hold anything
                linted = self._valid(row, found, project)
            if linted is not None:
                known[found] = linted
        return known

    def _valid(self, row: _Row, found: Found, project: Project) -> Linted | None:
        """What a row says, if the post and the settings are still those that it was made for."""
        settings = project.settings(found.file)
        if row.settings != self._digest(settings):
            return None
        status = os.stat(row.path)
        if (status.st_size, status.st_mtime_ns, status.st_ino) != (row.size, row.mtime, row.inode):
            if status.st_size != row.size or _content(found.file) != row.content:
                return None
        return _loaded(row.linted, found.shown)

    def store(self, made: Iterable[tuple[Found, Linted]], project: Project) -> None:
        """Keep what was found in some files, as far as it will be true the next time."""
        if self._base is None:
            return
        rows = []
        now = time.time()
        for found, linted in made:
            settings = project.settings(found.file)
            digest = self._digest(settings)
            if digest is None or _passes(linted[0], settings):
                continue
            row = _row(found, linted, digest, now)
            if row is not None:
                rows.append(row)
        try:
            self._base.executemany("REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, UnicodeError, OverflowError):
            self._close()

    def close(self) -> None:
        """Write what was kept."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.commit()
            self._close()

    def _close(self) -> None:
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None

    def _digest(self, settings: Settings) -> bytes | None:
        """What stands for the settings; None where their verdicts hang on the site's own code."""
        known = self._digests.get(id(settings))
        if known is None:
            # The settings are kept as well, so that no others get their id.
            known = self._digests[id(settings)] = settings, _digest(settings)
        return known[1]


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(file)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        remove(file)
        return _connected(file)


def _connected(file: Path) -> sqlite3.Connection:
    # Another process may be writing: it is waited for a little, then done without.
    base = sqlite3.connect(file, timeout=1.0)
    try:
        if base.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            with base:
                base.execute("PRAGMA journal_mode = WAL")
                base.execute("DROP TABLE IF EXISTS posts")
                base.execute(_SCHEMA)
                base.execute(f"PRAGMA user_version = {FORMAT}")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("SELECT * FROM posts LIMIT 1").fetchall()
    except sqlite3.Error:
        base.close()
        raise
    return base


def remove(file: Path) -> bool:
    """Delete a cache file and what belongs to it; whether there was one."""
    there = file.exists()
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    return there


def place(root: Path, folder: Path | None = None) -> Path:
    """Where the cache of a project root lies: in ``folder``, else in the user's cache folder."""
    name = hashlib.blake2b(os.fsencode(root), digest_size=10).hexdigest() + ".sqlite"
    return folder_of(folder) / name


def folder_of(given: Path | None) -> Path:
    """The folder of all caches: the given one, else newslint's in the user's cache folder."""
    if given is not None:
        return given
    from platformdirs import user_cache_path

    return user_cache_path("newslint", appauthor=False)


def _content(file: Path) -> bytes:
    return hashlib.blake2b(file.read_bytes(), digest_size=16).digest()


def _row(found: Found, linted: Linted, digest: bytes, now: float) -> _Row | None:
    """What is kept of a file; None where it is gone, or changed while it was linted."""
    try:
        path = str(found.file)
        path.encode()
        before = os.stat(path)
        if before.st_mtime > now - SETTLED:
            # It may have been written again since it was read, and may be at the same time.
            return None
        content = _content(found.file)
        after = os.stat(path)
    except (OSError, UnicodeError):
        return None
    if before.st_mtime_ns != after.st_mtime_ns or before.st_size != after.st_size:
        return None
    return _Row(
        path, after.st_size, after.st_mtime_ns, after.st_ino, content, digest, _dumped(linted)
    )


def _passes(report: FileReport | None, settings: Settings) -> bool:
    """Whether what a report says changes by itself: with the time, or with other files."""
    if report is None:
        return False
    if report.unreadable or report.problem or report.diff or report.fixed:
        return True
    passing = {rule.code for rule in settings.rules.rules if rule.passes}
    said = (*report.diagnostics, *report.suppressed)
    return any(one.finding.code in passing or one.finding.code == "NL999" for one in said)


def _dumped(linted: Linted) -> bytes | None:
    """A result as bytes, nothing for the usual one: no finding, no facts."""
    report, facts = linted
    if report is None and not facts:
        return None
    if report is None:
        return pickle.dumps((None, dict(facts)), 5)
    return pickle.dumps((report._replace(path=""), dict(facts)), 5)


def _loaded(data: bytes | None, shown: str) -> Linted:
    if data is None:
        return None, {}
    report, facts = _Reader(io.BytesIO(data)).load()
    if not isinstance(facts, dict) or not isinstance(report, FileReport | None):
        raise TypeError
    return report and report._replace(path=shown), facts


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is not in a cache of ours")
        return super().find_class(module, name)


def _digest(settings: Settings) -> bytes | None:
    if "model" in settings.schema_table:
        return None
    rules = [(rule.code, rule.severity_in_force, rule.options) for rule in settings.rules.rules]
    said = (
        *(str(settings.root), settings.target, rules, sorted(settings.rules.known)),
        *(settings.said, settings.schema_table, settings.limits, settings.fail_on),
        *(settings.site_url, settings.run_code),
        _judges(frozenset(type(rule).__module__ for rule in settings.rules.rules)),
    )
    return hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=16).digest()


@cache
def _judges(modules: frozenset[str]) -> str:
    """What stands for all the code that judges: newslint's, the rules', the packages'."""
    from lxml import etree

    from newslint import plugins

    packages = {"newslint", *(module.partition(".")[0] for module in modules)}
    parts = [sys.version, str(etree.LIBXML_VERSION), *plugins.installed()]
    for package in sorted(packages):
        file = getattr(sys.modules.get(package), "__file__", None)
        if file is not None:
            parts += _sources(Path(file))
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _sources(file: Path) -> list[str]:
    """The Python files of a package (or the one of a module), each with its size and time."""
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    return [f"{one} {one.stat().st_size} {one.stat().st_mtime_ns}" for one in files]
