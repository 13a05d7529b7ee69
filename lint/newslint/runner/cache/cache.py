"""The results of unchanged posts: one SQLite file for each project root.

A post is unchanged if its size, time and inode are the same, or else its content. Its result is
valid while the settings, newslint, the plug-ins and their dependencies are the same. The posts of a
folder are compared at once. Every failure of the cache is tolerated: the posts are linted again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newslint.files.sqlite import connected, is_damage, opened, remove
from newslint.runner.cache.file_state import (
    FileState,
    file_state_of,
    file_states_of,
    settled,
    state_of,
)
from newslint.runner.cache.key import settings_key
from newslint.runner.cache.location import (
    digest_of,
    folder_row,
    is_passing,
    is_text,
    joined_keys,
)
from newslint.runner.cache.rows import ARCHIVES, HOLDS, LAYOUT, Compared, Row
from newslint.runner.cache.serialization import (
    facts_from_bytes,
    facts_to_bytes,
    report_from_bytes,
    report_to_bytes,
)
from newslint.runner.results import DamagedError

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.report import FileReport
    from newslint.files.posts import FolderPosts, PostFile
    from newslint.runner.results import LintResult


_WRITTEN_AT_ONCE = 1000
"""Posts of a transaction: an interrupted run loses at most this many results."""


class Cache:
    """The cache of one project root. Its methods never fail, except with DamagedError."""

    def __init__(self, file: Path) -> None:
        """Open or create the file; if that is not possible, the cache stays empty."""
        self.file = file
        self._settings_keys: dict[object, bytes | None] = {}
        self._base: sqlite3.Connection | None = None
        self._writing: sqlite3.Connection | None = None
        self._rows: dict[tuple[str, bytes], list[Row]] = {}
        self._waiting = 0
        self._deleted: list[tuple[str, str]] = []
        self._is_damaged = False
        with suppress(Exception):
            self._base = opened(file, LAYOUT)
            # A run sees one snapshot, whatever other processes write.
            self._base.execute("BEGIN")
        with suppress(Exception):
            self._writing = connected(file, LAYOUT) if self._base is not None else None

    def compare(self, folder: FolderPosts, project: Project) -> Compared:
        """Return which posts of a folder must be linted."""
        every = Compared(range(len(folder.names)))
        key = self._settings_key(folder.path, project)
        if self._base is None or key is None:
            return every
        states = file_states_of(folder.path, folder.names)
        try:
            rows = self._known_states(folder, key)
            if rows == states:
                return Compared((), state_of(folder.path, key, states))
            missing = self._missing(states, rows, folder, key)
        except Exception as error:
            self._note(error)
            return every
        newest = settled()
        is_settled = all(states[at][1] >= 0 and states[at][2] < newest for at in missing)
        return Compared(missing, state_of(folder.path, key, states) if is_settled else None)

    def _missing(
        self, states: list[FileState], rows: list[FileState], folder: FolderPosts, key: bytes
    ) -> list[int]:
        known, names = set(rows), set(folder.names)
        self._deleted += ((folder.path, row[0]) for row in rows if row[0] not in names)
        sizes = {name: size for name, size, *_ in rows}
        return [
            at
            for at, state in enumerate(states)
            if state not in known
            and not (sizes.get(state[0]) == state[1] and self._has_same_content(state, folder, key))
        ]

    def _known_states(self, folder: FolderPosts, key: bytes) -> list[FileState]:
        assert self._base is not None
        what = "SELECT name, size, mtime, inode FROM posts JOIN folders ON folder = id"
        of = self._scope(folder, key)
        most = 2 * len(folder.names) + 100
        where = f"WHERE path = ? AND settings_key = ? AND holds = {HOLDS} AND name"
        query = f"{what} {where} BETWEEN ? AND ? ORDER BY name LIMIT {most}"
        rows = self._base.execute(query, of).fetchall()
        if len(rows) < most:
            return rows
        # A few posts of a large folder were named: query each of them.
        one = f"{what} {where} = ?"
        names = filter(is_text, folder.names)
        found = (self._base.execute(one, (*of[:2], name)).fetchone() for name in names)
        return [row for row in found if row is not None]

    @staticmethod
    def _scope(folder: FolderPosts, key: bytes) -> tuple[str, bytes, str, str]:
        first, last = folder.names[0], folder.names[-1]
        # Names that are not UTF-8 are not stored.
        return (
            folder.path, key, first if is_text(first) else "",
            last if is_text(last) else "\U0010ffff",
        )  # fmt: skip

    def _has_same_content(self, state: FileState, folder: FolderPosts, key: bytes) -> bool:
        """Return whether a post that was touched, moved or written has its old content."""
        assert self._base is not None
        query = (
            "SELECT content, report, facts FROM posts JOIN folders ON folder = id "  # noqa: S608
            f"WHERE path = ? AND settings_key = ? AND holds = {HOLDS} AND name = ?"
        )
        row = self._base.execute(query, (folder.path, key, state[0])).fetchone()
        if row is None or row[0] != digest_of(folder.path + state[0], state[1]):
            return False
        self._add(folder.path, key, Row(state, *row))
        return True

    def reports(self, folder: FolderPosts, project: Project) -> Mapping[str, FileReport]:
        """Return the reports of a folder's posts that are not empty, by name.

        Raises DamagedError if the data is damaged.
        """
        rows = self._column("report", folder, project)
        with self._noting():
            return {name: report_from_bytes(data, folder.shown + name) for name, data in rows}

    def facts(self, folder: FolderPosts, project: Project) -> Mapping[str, Mapping[str, Any]]:
        """Return the facts of a folder's posts, by name. Raises DamagedError."""
        rows = self._column("facts", folder, project)
        with self._noting():
            return {name: facts_from_bytes(data) for name, data in rows}

    def _column(
        self, what: str, folder: FolderPosts, project: Project
    ) -> Iterable[tuple[str, bytes]]:
        key = self._settings_key(folder.path, project)
        if self._base is None or key is None:
            return ()
        query = (
            f"SELECT name, {what} FROM posts JOIN folders ON folder = id "  # noqa: S608 - ours
            f"WHERE path = ? AND settings_key = ? AND name BETWEEN ? AND ? AND {what} IS NOT NULL"
        )
        with self._noting():
            return self._base.execute(query, self._scope(folder, key)).fetchall()

    def file_state(self, found: PostFile) -> FileState | None:
        """Return the state of a post before it is read, for `store`; None if not accessible."""
        folder, name = os.path.split(found.place)
        state = file_state_of(os.path.join(folder, ""), name)
        return state if state[1] >= 0 and is_text(name) else None

    def store(
        self, found: PostFile, state: FileState | None, project: Project, linted: LintResult
    ) -> bool:
        """Store the result of a post, if it stays valid while the post is unchanged.

        ``state`` is the post's state before it was read. Returns False if the post could not be
        read, or was written in the meantime.
        """
        if state is None or linted.content is None or self.file_state(found) != state:
            return False
        folder = found.place[: -len(state[0])]
        key = self._settings_key(folder, project)
        # Whether a link is followed depends on the other paths of the run.
        is_lasting = not (os.path.islink(found.place) or is_passing(linted.report, found, project))
        if key is not None and is_lasting:
            with suppress(Exception):  # a plug-in's facts may not be picklable
                report, facts = report_to_bytes(linted.report), facts_to_bytes(linted.facts)
                self._add(folder, key, Row(state, linted.content, report, facts))
        return True

    def _add(self, folder: str, key: bytes, row: Row) -> None:
        if row.state[2] > settled():
            # The post may be written again within the resolution of its time.
            return
        self._rows.setdefault((folder, key), []).append(row)
        self._waiting += 1
        if self._waiting >= _WRITTEN_AT_ONCE:
            self._write()

    def _write(self) -> None:
        """Write the waiting rows."""
        waiting, deleted = self._rows, self._deleted
        self._rows, self._deleted, self._waiting = {}, [], 0
        if self._writing is None or not (waiting or deleted):
            return
        try:
            with self._writing as base:
                base.execute("BEGIN IMMEDIATE")
                for (path, key), rows in waiting.items():
                    folder = folder_row(base, path, key)
                    values = ((folder, *row.state, *row[1:], row.holds) for row in rows)
                    base.executemany(
                        "REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values
                    )
                for path, name in deleted:
                    if not os.path.lexists(path + name):
                        of = "SELECT id FROM folders WHERE path = ?"
                        where = f"name = ? AND folder = ({of})"
                        base.execute(f"DELETE FROM posts WHERE {where}", (name, path))  # noqa: S608
        except Exception as error:
            self._note(error)
            self._stop_writing()

    def archive(self, key: bytes) -> bytes | None:
        """Return the data that `keep_archive` stored for a key, or None."""
        if self._base is None:
            return None
        try:
            row = self._base.execute(
                "SELECT findings FROM archives WHERE key = ?", (key,)
            ).fetchone()
        except Exception as error:
            self._note(error)
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep_archive(self, key: bytes, findings: bytes) -> None:
        """Store the findings of archive rules for a key."""
        if self._writing is None:
            return
        try:
            with self._writing as base:
                base.execute("BEGIN IMMEDIATE")
                base.execute("REPLACE INTO archives VALUES (?, ?, ?)", (key, time.time(), findings))
                newest = "SELECT key FROM archives ORDER BY used DESC LIMIT ?"
                base.execute(f"DELETE FROM archives WHERE key NOT IN ({newest})", (ARCHIVES,))  # noqa: S608
        except Exception as error:
            self._note(error)
            self._stop_writing()

    def close(self) -> None:
        """Write the waiting rows and close the file; delete it if it is damaged."""
        self._write()
        for base in (self._base, self._writing):
            if base is not None:
                with suppress(sqlite3.Error):
                    base.close()
        self._base = self._writing = None
        if self._is_damaged:
            with suppress(OSError):
                remove(self.file)

    def _note(self, error: Exception) -> None:
        """Record whether an error means that the file is damaged."""
        self._is_damaged |= is_damage(error)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Record errors, and raise DamagedError for them."""
        try:
            yield
        except Exception as error:
            self._note(error)
            raise DamagedError from error

    def _stop_writing(self) -> None:
        if self._writing is not None:
            with suppress(sqlite3.Error):
                self._writing.close()
        self._writing = None

    def _settings_key(self, folder: str, project: Project) -> bytes | None:
        """Return the digest of the settings; None if results depend on the site's own code."""
        place = project.folder_settings(Path(folder))
        if place.key not in self._settings_keys:
            self._settings_keys[place.key] = settings_key(place, project)
        key, site = self._settings_keys[place.key], place.site
        if key is None or site is None:
            return key
        below = os.path.relpath(folder, site.root).replace(os.sep, "/")
        beside = site.defaults_fingerprint("" if below == "." else below)
        return key if not beside else joined_keys(key, beside)
