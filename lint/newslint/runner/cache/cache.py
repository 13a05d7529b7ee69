"""What was found in posts that have not changed since: one SQLite file for each project root.

A post is known again by its size, time and inode, or else by its content; what is said of it holds
as long as the settings, newslint, the plug-ins and the packages that judge are the same. The posts
of a folder are compared at once. The file is an aid and never a need: whatever is wrong with it,
posts are linted again.
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
from newslint.runner.cache.rows import HOLDS, LAYOUT, WHOLES, Compared, Row
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
"""Posts of a transaction: a run that is broken off loses no more."""


class Cache:
    """The cache of one project root. Every method does its best and never fails."""

    def __init__(self, file: Path) -> None:
        """Open the file, or make it; with one that cannot be used nothing is known."""
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
            # What is read in one run is of one moment, whatever others write meanwhile.
            self._base.execute("BEGIN")
        with suppress(Exception):
            self._writing = connected(file, LAYOUT) if self._base is not None else None

    def compare(self, shelf: FolderPosts, project: Project) -> Compared:
        """Return which posts of a shelf are not as they were when they were linted."""
        every = Compared(range(len(shelf.names)))
        sealed = self._settings_key(shelf.folder, project)
        if self._base is None or sealed is None:
            return every
        stamps = file_states_of(shelf.folder, shelf.names)
        try:
            rows = self._known_stamps(shelf, sealed)
            if rows == stamps:
                return Compared((), state_of(shelf.folder, sealed, stamps))
            missing = self._missing(stamps, rows, shelf, sealed)
        except Exception as error:
            self._note(error)
            return every
        newest = settled()
        is_settled = all(stamps[at][1] >= 0 and stamps[at][2] < newest for at in missing)
        return Compared(missing, state_of(shelf.folder, sealed, stamps) if is_settled else None)

    def _missing(
        self, stamps: list[FileState], rows: list[FileState], shelf: FolderPosts, sealed: bytes
    ) -> list[int]:
        known, names = set(rows), set(shelf.names)
        self._deleted += ((shelf.folder, row[0]) for row in rows if row[0] not in names)
        sizes = {name: size for name, size, *_ in rows}
        return [
            at
            for at, stamp in enumerate(stamps)
            if stamp not in known
            and not (
                sizes.get(stamp[0]) == stamp[1] and self._has_same_content(stamp, shelf, sealed)
            )
        ]

    def _known_stamps(self, shelf: FolderPosts, sealed: bytes) -> list[FileState]:
        assert self._base is not None
        what = "SELECT name, size, mtime, inode FROM posts JOIN folders ON folder = id"
        of = self._scope(shelf, sealed)
        most = 2 * len(shelf.names) + 100
        where = f"WHERE path = ? AND seal = ? AND holds = {HOLDS} AND name"
        query = f"{what} {where} BETWEEN ? AND ? ORDER BY name LIMIT {most}"
        rows = self._base.execute(query, of).fetchall()
        if len(rows) < most:
            return rows
        # A few posts of a large folder were named: each is asked for.
        one = f"{what} {where} = ?"
        names = filter(is_text, shelf.names)
        asked = (self._base.execute(one, (*of[:2], name)).fetchone() for name in names)
        return [row for row in asked if row is not None]

    @staticmethod
    def _scope(shelf: FolderPosts, sealed: bytes) -> tuple[str, bytes, str, str]:
        first, last = shelf.names[0], shelf.names[-1]
        # Names that are no text are not kept, and cannot be asked for.
        return (
            shelf.folder, sealed, first if is_text(first) else "",
            last if is_text(last) else "\U0010ffff",
        )  # fmt: skip

    def _has_same_content(self, stamp: FileState, shelf: FolderPosts, sealed: bytes) -> bool:
        """Whether a post that was touched, moved or written again has the content that it had."""
        assert self._base is not None
        query = (
            "SELECT content, report, facts FROM posts JOIN folders ON folder = id "  # noqa: S608
            f"WHERE path = ? AND seal = ? AND holds = {HOLDS} AND name = ?"
        )
        row = self._base.execute(query, (shelf.folder, sealed, stamp[0])).fetchone()
        if row is None or row[0] != digest_of(shelf.folder + stamp[0], stamp[1]):
            return False
        self._keep(shelf.folder, sealed, Row(stamp, *row))
        return True

    def reports(self, shelf: FolderPosts, project: Project) -> Mapping[str, FileReport]:
        """What is reported of the posts of a shelf of which something is reported, by their names.

        Raises DamagedError where that cannot be told.
        """
        rows = self._column("report", shelf, project)
        with self._noting():
            return {name: report_from_bytes(data, shelf.shown + name) for name, data in rows}

    def facts(self, shelf: FolderPosts, project: Project) -> Mapping[str, Mapping[str, Any]]:
        """Return the facts of the posts of a shelf, by their names. Raises DamagedError."""
        rows = self._column("facts", shelf, project)
        with self._noting():
            return {name: facts_from_bytes(data) for name, data in rows}

    def _column(
        self, what: str, shelf: FolderPosts, project: Project
    ) -> Iterable[tuple[str, bytes]]:
        sealed = self._settings_key(shelf.folder, project)
        if self._base is None or sealed is None:
            return ()
        query = (
            f"SELECT name, {what} FROM posts JOIN folders ON folder = id "  # noqa: S608 - ours
            f"WHERE path = ? AND seal = ? AND name BETWEEN ? AND ? AND {what} IS NOT NULL"
        )
        with self._noting():
            return self._base.execute(query, self._scope(shelf, sealed)).fetchall()

    def file_state(self, found: PostFile) -> FileState | None:
        """What a post is before it is read, for `store`; None where it cannot be looked at."""
        folder, name = os.path.split(found.place)
        stamp = file_state_of(os.path.join(folder, ""), name)
        return stamp if stamp[1] >= 0 and is_text(name) else None

    def store(
        self, found: PostFile, stamp: FileState | None, project: Project, linted: LintResult
    ) -> bool:
        """Keep what was found in a post, as far as it will be true the next time.

        ``stamp`` is what the post was before it was read. False where the post could not be read,
        or was written to meanwhile.
        """
        if stamp is None or linted.content is None or self.file_state(found) != stamp:
            return False
        folder = found.place[: -len(stamp[0])]
        sealed = self._settings_key(folder, project)
        # Whether a link is followed depends on what else is linted in a run.
        is_lasting = not (os.path.islink(found.place) or is_passing(linted.report, found, project))
        if sealed is not None and is_lasting:
            with suppress(Exception):  # facts of a plug-in may be what cannot be pickled
                report, facts = report_to_bytes(linted.report), facts_to_bytes(linted.facts)
                self._keep(folder, sealed, Row(stamp, linted.content, report, facts))
        return True

    def _keep(self, folder: str, sealed: bytes, row: Row) -> None:
        if row.stamp[2] > settled():
            # It may have been written again since it was read, and may be at the same time.
            return
        self._rows.setdefault((folder, sealed), []).append(row)
        self._waiting += 1
        if self._waiting >= _WRITTEN_AT_ONCE:
            self._write()

    def _write(self) -> None:
        """Write what waits."""
        waiting, deleted = self._rows, self._deleted
        self._rows, self._deleted, self._waiting = {}, [], 0
        if self._writing is None or not (waiting or deleted):
            return
        try:
            with self._writing as base:
                base.execute("BEGIN IMMEDIATE")
                for (path, sealed), rows in waiting.items():
                    folder = folder_row(base, path, sealed)
                    values = ((folder, *row.stamp, *row[1:], row.holds) for row in rows)
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

    def whole(self, key: bytes) -> bytes | None:
        """Return what was kept of an archive by `keep_whole`."""
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT said FROM wholes WHERE key = ?", (key,)).fetchone()
        except Exception as error:
            self._note(error)
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep_whole(self, key: bytes, said: bytes) -> None:
        """Keep what the posts of an archive say together."""
        if self._writing is None:
            return
        try:
            with self._writing as base:
                base.execute("BEGIN IMMEDIATE")
                base.execute("REPLACE INTO wholes VALUES (?, ?, ?)", (key, time.time(), said))
                newest = "SELECT key FROM wholes ORDER BY used DESC LIMIT ?"
                base.execute(f"DELETE FROM wholes WHERE key NOT IN ({newest})", (WHOLES,))  # noqa: S608
        except Exception as error:
            self._note(error)
            self._stop_writing()

    def close(self) -> None:
        """Write what was kept; a file that turned out to be damaged is deleted."""
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
        """Remember that the file is damaged, where an error says so."""
        self._is_damaged |= is_damage(error)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Note whatever goes wrong, and raise DamagedError for it."""
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
        """What represents the settings; None where their verdicts depend on the site's own code."""
        place = project.folder_settings(Path(folder))
        if place.key not in self._settings_keys:
            self._settings_keys[place.key] = settings_key(place, project)
        sealed, site = self._settings_keys[place.key], place.site
        if sealed is None or site is None:
            return sealed
        below = os.path.relpath(folder, site.root).replace(os.sep, "/")
        beside = site.defaults_fingerprint("" if below == "." else below)
        return sealed if not beside else joined_keys(sealed, beside)
