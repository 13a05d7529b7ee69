"""What addresses answered lately: one SQLite file for all projects of a user.

Addresses are kept as digests, since some hold what is nobody's business. As with the posts' cache,
the file is an aid and never a need.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from newslint.database import Layout, opened
from newslint.message import Message, say
from newslint.online.answer import Answer, Request, State
from newslint.online.options import Online

FORMAT = 1
"""Counts up when the table or what it holds changes."""

DEAD_AGE = 3_600.0
"""Seconds for which a dead address is known at most: somebody may be mending it."""

NAME = "network.sqlite"
_LAYOUT = Layout(
    FORMAT,
    "CREATE TABLE answers (key BLOB PRIMARY KEY, time REAL, answer TEXT) WITHOUT ROWID",
    ("answers",),
    ("SELECT key, time, answer FROM answers LIMIT 1",),
)


class Memory:
    """The cache of answers. Every method does its best and never fails."""

    def __init__(self, file: Path) -> None:
        """Open the file, or make it; with one that cannot be used nothing is known."""
        self._base: sqlite3.Connection | None = None
        with suppress(Exception):
            self._base = opened(file, _LAYOUT)

    def look_up(self, requests: Iterable[Request], options: Online) -> dict[Request, Answer]:
        """What is known of some requests and not too old."""
        known: dict[Request, Answer] = {}
        if self._base is None:
            return known
        now = time.time()
        query = "SELECT time, answer FROM answers WHERE key = ?"
        with suppress(Exception):
            for request in requests:
                row = self._base.execute(query, (_key(request, options),)).fetchone()
                answer = _loaded(row[1]) if row is not None else None
                if answer is None:
                    continue
                age = options.max_age
                if answer.state is not State.ALIVE:
                    age = min(age, DEAD_AGE)
                if 0 <= now - row[0] < age:
                    known[request] = answer
        return known

    def store(self, answers: Mapping[Request, Answer], options: Online) -> None:
        """Keep the answers that will be true for a while, and forget those that are too old."""
        if self._base is None:
            return
        now = time.time()
        rows = [
            (_key(request, options), now, _dumped(answer))
            for request, answer in answers.items()
            if answer.state in (State.ALIVE, State.DEAD)
        ]
        with suppress(Exception), self._base:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("REPLACE INTO answers VALUES (?, ?, ?)", rows)
            old = now - max(options.max_age, DEAD_AGE)
            self._base.execute("DELETE FROM answers WHERE time < ?", (old,))

    def close(self) -> None:
        """Close the file."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None


def _key(request: Request, options: Online) -> bytes:
    """What stands for a request; another where other networks or another name are used."""
    said = json.dumps([*request, options.allow, options.user_agent])
    return hashlib.blake2b(said.encode(), digest_size=16).digest()


def _dumped(answer: Answer) -> str:
    """An answer to be kept; its words so that they can be told in another language."""
    words = answer.words
    if isinstance(words, Message):
        kept = [words.template, {name: str(value) for name, value in words.values}]
        return json.dumps([*answer._replace(words=""), kept])
    return json.dumps([*answer, None])


def _loaded(text: object) -> Answer | None:
    """An answer as it was kept; None for what is none."""
    try:
        *fields, words = json.loads(str(text))
        answer = Answer(State(fields[0]), *fields[1:])
        if words is not None:
            answer = answer._replace(words=say(words[0], **words[1]))
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    sound = all(
        isinstance(one, type(two)) for one, two in zip(answer[1:], Answer()[1:], strict=True)
    )
    return answer if sound else None
