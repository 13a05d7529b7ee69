"""Open SQLite files for caches, and recreate them if they are not newslint's."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple


class Layout(NamedTuple):
    """The contents of a file. ``version`` increases when the tables or their values change.

    ``schema`` creates the ``tables``; ``probes`` are queries that fail if the tables are not
    newslint's although the version matches.
    """

    version: int
    schema: str
    tables: tuple[str, ...]
    probes: tuple[str, ...]


def opened(file: Path, layout: Layout) -> sqlite3.Connection:
    """Return a connection in autocommit mode; creates the file and its folder.

    A file that is not a database, or is damaged, is deleted first. Raises sqlite3.Error and OSError
    if that fails, and whatever `sqlite3` raises for damaged bytes.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(file) and not os.path.isfile(file):
        raise OSError("is no file")
    try:
        return connected(file, layout)
    except Exception as error:
        if not is_damage(error):
            raise
        remove(file)
        return connected(file, layout)


def is_damage(error: Exception) -> bool:
    """Return whether an error means that a file contains data that newslint did not write.

    `sqlite3` also raises UnicodeDecodeError for a table name that is not UTF-8, and MemoryError for
    an impossible length. A locked file or a full disk is not damage.
    """
    return not isinstance(error, (sqlite3.OperationalError, OSError))


def connected(file: Path, layout: Layout) -> sqlite3.Connection:
    """Return a connection as `opened`, without recovery from damage."""
    # While another process writes, wait a little, then continue without the cache.
    base = sqlite3.connect(file, timeout=1.0, isolation_level=None)
    try:
        if base.execute("PRAGMA user_version").fetchone() != (layout.version,):
            base.execute("PRAGMA journal_mode = WAL")
            tables = "".join(f"DROP TABLE IF EXISTS {name};" for name in layout.tables)
            version = f"PRAGMA user_version = {layout.version};"
            base.executescript(f"BEGIN IMMEDIATE; {tables} {layout.schema}; {version} COMMIT;")
        base.execute("PRAGMA synchronous = OFF")
        for query in layout.probes:
            base.execute(query).fetchall()
    except BaseException:
        base.close()
        raise
    return base


def remove(file: Path) -> bool:
    """Delete a file and its journals; return whether it existed."""
    there = os.path.exists(file)
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    return there
