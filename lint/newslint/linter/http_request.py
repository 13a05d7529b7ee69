"""Requests and answers: values that can be pickled and compared."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Request(NamedTuple):
    """A URL to request. ``referer`` is sent; for ``picture`` the response must be an image."""

    url: str
    picture: bool = False
    referer: str = ""


class State(StrEnum):
    """The result of a request."""

    ALIVE = "alive"
    DEAD = "dead"
    """Permanently unavailable, for readers too."""
    UNSURE = "unsure"
    """Unknown: a time-out, an overloaded or failing server, or one that rejects programs."""
    BARRED = "barred"
    """Not requested, since the address is not public."""


class Answer(NamedTuple):
    """The answer for a URL."""

    state: State = State.ALIVE
    status: int = 0
    """The last status; 0 if there was no response."""
    words: str = ""
    """What is wrong, as a message that follows the URL: ``returns status 404 Not Found``."""
    moved: str = ""
    """The target of permanent redirects; empty for none."""
    kind: str = ""
    """The media type of an image, detected from the first bytes as in browsers."""
    size: int = -1
    """Bytes of an image; -1 if unknown."""
    digest: str = ""
    """A digest of the first bytes of an image."""
    differs: bool = False
    """Whether the image differs with a Referer, while it is stable without one."""


class OfflineError(Exception):
    """No host can be reached; ``hosts`` is the number of hosts that were tried."""

    def __init__(self, hosts: int) -> None:
        super().__init__(hosts)
        self.hosts = hosts
