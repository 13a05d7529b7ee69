"""SQLite files for caches: opened, and recreated if they are not newslint's."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple


class Layout(NamedTuple):
    """What a file holds. ``version`` counts up when the tables, or what they hold, change.

    ``schema`` makes the ``tables``; ``probes`` are queries that fail where they are not ours,
    whatever their number says.
    """

    version: int
    schema: str
    tables: tuple[str, ...]
    probes: tuple[str, ...]


def opened(file: Path, layout: Layout) -> sqlite3.Connection:
    """A connection that commits each statement by itself; the file, and its folder, are made.

    One that is no database, or a broken one, is deleted first. Raises sqlite3.Error and OSError
    where that cannot be done, and whatever `sqlite3` makes of damaged bytes.
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
    """Return whether an error says that a file contains what newslint did not write.

    `sqlite3` raises more than its own errors: UnicodeDecodeError for a table's name that is no
    UTF-8, MemoryError for a length that cannot be. A locked file or a full disk is no damage.
    """
    return not isinstance(error, (sqlite3.OperationalError, OSError))


def connected(file: Path, layout: Layout) -> sqlite3.Connection:
    """As `opened`, for a file that is there, or can be made."""
    # Another process may be writing: it is waited for a little, then done without.
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
    """Delete a file and what belongs to it; whether there was one."""
    there = os.path.exists(file)
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    return there
