"""The location of the cache, and helpers to decide what it stores."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.core.reader import UnreadableError, read
from newslint.linter.own_findings import BROKEN_RULE
from newslint.runner.cache.file_state import (
    content_digest,
)

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.report import FileReport
    from newslint.files.posts import PostFile


def digest_of(place: str, size: int) -> bytes | None:
    """Return the digest of a post's content; None if its size is not ``size``."""
    try:
        return content_digest(read(place, size))
    except UnreadableError:
        return None


def is_text(name: str) -> bool:
    """Return whether a name is UTF-8, which SQLite requires of text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def folder_row(base: sqlite3.Connection, path: str, key: bytes) -> int:
    """Return the number of a folder's row; deletes its results under other settings."""
    row = base.execute("SELECT id, settings_key FROM folders WHERE path = ?", (path,)).fetchone()
    if row is not None and row[1] == key:
        return int(row[0])
    if row is not None:
        base.execute("DELETE FROM posts WHERE folder = ?", (row[0],))
        base.execute("DELETE FROM folders WHERE id = ?", (row[0],))
    made = base.execute("INSERT INTO folders (path, settings_key) VALUES (?, ?)", (path, key))
    assert made.lastrowid is not None
    return made.lastrowid


def place(root: Path, folder: Path | None = None) -> Path:
    """Return the path of a project's cache, in ``folder`` or the user's cache folder."""
    name = hashlib.blake2b(os.fsencode(root), digest_size=10).hexdigest() + ".sqlite"
    return folder_of(folder) / name


def folder_of(given: Path | None) -> Path:
    """Return the folder of all caches: the given one, else one in the user's cache folder."""
    if given is not None:
        return given
    from platformdirs import user_cache_path

    return user_cache_path("newslint", appauthor=False)


def is_passing(report: FileReport | None, found: PostFile, project: Project) -> bool:
    """Return whether a report may change although the post does not: by time, or by other files."""
    if report is None:
        return False
    if report.unreadable or report.problem or report.diff or report.fixed or report.depends_on_site:
        return True
    diagnostics = (*report.diagnostics, *report.suppressed)
    if not diagnostics:
        return False
    passing = {
        rule.code for rule in project.settings(found.place).rules.rules if rule.time_dependent
    }
    passing.add(BROKEN_RULE[0])
    return any(one.finding.code in passing for one in diagnostics)


def joined_keys(key: bytes, beside: bytes) -> bytes:
    """Return one key for two."""
    import hashlib

    return hashlib.blake2b(key + beside, digest_size=16).digest()
