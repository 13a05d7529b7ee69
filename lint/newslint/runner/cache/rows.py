"""The tables and rows of the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.runner.cache.file_state import (
    FileState,
)

if TYPE_CHECKING:
    pass

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from newslint.files.sqlite import Layout

if TYPE_CHECKING:
    pass


FORMAT = 5
"""Version of the tables and their values, which must increase when they change; files of other
versions are recreated."""

LAYOUT = Layout(
    FORMAT,
    """
    CREATE TABLE folders (id INTEGER PRIMARY KEY, path TEXT UNIQUE, settings_key BLOB);
    CREATE TABLE posts (
        folder INTEGER, name TEXT, size INTEGER, mtime INTEGER, inode INTEGER,
        content BLOB, report BLOB, facts BLOB, holds INTEGER, PRIMARY KEY (folder, name)
    ) WITHOUT ROWID;
    CREATE TABLE archives (key BLOB PRIMARY KEY, used REAL, findings BLOB) WITHOUT ROWID
    """,
    ("posts", "folders", "archives"),
    (
        "SELECT name, size, mtime, inode, content, report, facts, holds "
        "FROM posts WHERE folder = 0",
        "SELECT id, path, settings_key FROM folders LIMIT 1",
        "SELECT key, used, findings FROM archives LIMIT 1",
    ),
)


class Row(NamedTuple):
    """One post in the cache."""

    state: FileState
    content: bytes
    report: bytes | None
    facts: bytes | None

    @property
    def holds(self) -> int:
        """See `HOLDS`."""
        return (self.report is not None) + 2 * (self.facts is not None)


class Compared(NamedTuple):
    """The numbers of a folder's posts that must be linted, and a digest of the posts' states.

    ``state`` is None if a post may still change without being noticed.
    """

    missing: Sequence[int]
    state: bytes | None = None


ARCHIVES = 8
"""Number of archives whose findings are stored: those of the last runs."""

HOLDS = "(report IS NOT NULL) + 2 * (facts IS NOT NULL)"
"""The value of ``holds`` for a row: records again whether it has a report and facts, since one
damaged byte can make a value null."""
