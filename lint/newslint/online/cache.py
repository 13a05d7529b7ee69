"""The cache of responses: one SQLite file for all projects of a user.

URLs are stored as digests, since some contain private data. As with the posts' cache, every failure
is tolerated.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from newslint.config.online import Online
from newslint.core.messages import Message, msg
from newslint.files.sqlite import Layout, is_damage, opened, remove
from newslint.linter.http_request import Answer, Request, State

FORMAT = 2
"""Version of the table and its values; must increase when they change."""

DEAD_AGE = 3_600.0
"""Maximum seconds for which a dead URL is cached: it may be repaired soon."""

NAME = "network.sqlite"
_LAYOUT = Layout(
    FORMAT,
    "CREATE TABLE answers (key BLOB PRIMARY KEY, time REAL, answer TEXT) WITHOUT ROWID",
    ("answers",),
    ("SELECT key, time, answer FROM answers LIMIT 1",),
)


class AnswerCache:
    """The cache of responses. Its methods never fail."""

    def __init__(self, file: Path) -> None:
        """Open or create the file; if that is not possible, the cache stays empty."""
        self._file = file
        self._is_damaged = False
        self._base: sqlite3.Connection | None = None
        with suppress(Exception):
            self._base = opened(file, _LAYOUT)

    def look_up(self, requests: Iterable[Request], options: Online) -> dict[Request, Answer]:
        """Return the cached answers to some requests that are not too old."""
        known: dict[Request, Answer] = {}
        if self._base is None:
            return known
        now = time.time()
        query = "SELECT time, answer FROM answers WHERE key = ?"
        for request in requests:
            try:
                row = self._base.execute(query, (_key(request, options),)).fetchone()
                answer = _loaded(*row) if row is not None else None
            except Exception as error:
                self._is_damaged |= is_damage(error)
                return known
            if answer is None:
                continue
            age = options.max_age
            if answer.state is not State.ALIVE:
                age = min(age, DEAD_AGE)
            if 0 <= now - row[0] < age:
                known[request] = answer
        return known

    def store(self, answers: Mapping[Request, Answer], options: Online) -> None:
        """Store answers that remain valid for a while, and delete those that are too old."""
        if self._base is None:
            return
        now = time.time()
        rows = [
            (_key(request, options), now, _dumped(now, answer))
            for request, answer in answers.items()
            if answer.state in (State.ALIVE, State.DEAD)
        ]
        try:
            with self._base:
                self._base.execute("BEGIN IMMEDIATE")
                self._base.executemany("REPLACE INTO answers VALUES (?, ?, ?)", rows)
                old = now - max(options.max_age, DEAD_AGE)
                self._base.execute("DELETE FROM answers WHERE time < ?", (old,))
        except Exception as error:
            self._is_damaged |= is_damage(error)

    def close(self) -> None:
        """Close the file; delete it if it is damaged."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None
        if self._is_damaged:
            with suppress(OSError):
                remove(self._file)


def _key(request: Request, options: Online) -> bytes:
    """Return the digest of a request and of the options that its answer depends on."""
    identity = json.dumps([*request, options.allow, options.user_agent])
    return hashlib.blake2b(identity.encode(), digest_size=16).digest()


def _dumped(when: float, answer: Answer) -> str:
    """Return an answer as text, with its messages translatable.

    Begins with a digest, by which damaged data is detected.
    """
    words = answer.words
    kept = None
    if isinstance(words, Message):
        kept = [words.template, {name: str(value) for name, value in words.values}]
        answer = answer._replace(words="")
    text = json.dumps([*answer, kept])
    return _digest(when, text) + text


def _loaded(when: float, kept: str) -> Answer | None:
    """Return a stored answer; None if the data is damaged."""
    digest, text = kept[:_DIGITS], kept[_DIGITS:]
    if digest != _digest(when, text):
        return None
    *fields, words = json.loads(text)
    answer = Answer(State(fields[0]), *fields[1:])
    return answer if words is None else answer._replace(words=msg(words[0], **words[1]))


_DIGITS = 16


def _digest(when: float, text: str) -> str:
    return hashlib.blake2b(f"{when!r} {text}".encode(), digest_size=_DIGITS // 2).hexdigest()
