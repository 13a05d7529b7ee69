"""The rows of the cache: their layout, and what one holds."""

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


FORMAT = 4
"""Counts up when the tables or what they hold change; a file of another format is made again."""

LAYOUT = Layout(
    FORMAT,
    """
    CREATE TABLE folders (id INTEGER PRIMARY KEY, path TEXT UNIQUE, seal BLOB);
    CREATE TABLE posts (
        folder INTEGER, name TEXT, size INTEGER, mtime INTEGER, inode INTEGER,
        content BLOB, report BLOB, facts BLOB, holds INTEGER, PRIMARY KEY (folder, name)
    ) WITHOUT ROWID;
    CREATE TABLE wholes (key BLOB PRIMARY KEY, used REAL, said BLOB) WITHOUT ROWID
    """,
    ("posts", "folders", "wholes"),
    (
        "SELECT name, size, mtime, inode, content, report, facts, holds "
        "FROM posts WHERE folder = 0",
        "SELECT id, path, seal FROM folders LIMIT 1",
        "SELECT key, used, said FROM wholes LIMIT 1",
    ),
)


class Row(NamedTuple):
    """One post in the cache."""

    stamp: FileState
    content: bytes
    report: bytes | None
    facts: bytes | None

    @property
    def holds(self) -> int:
        """See `HOLDS`."""
        return (self.report is not None) + 2 * (self.facts is not None)


class Compared(NamedTuple):
    """Which posts of a shelf must be linted, by number, and what represents the posts as they are.

    ``state`` is None where a post may still change without a trace.
    """

    missing: Sequence[int]
    state: bytes | None = None


WHOLES = 8
"""Archives whose findings are kept: those of the last runs."""

HOLDS = "(report IS NOT NULL) + 2 * (facts IS NOT NULL)"
"""The value of ``holds`` for a row: whether it has a report and facts is stored twice, since one
damaged byte can make a value null."""
