"""Requests and responses: plain values that can be stored and compared."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Request(NamedTuple):
    """One address to ask for. ``referer`` is sent; a ``picture`` must answer with an image."""

    url: str
    picture: bool = False
    referer: str = ""


class State(StrEnum):
    """What an answer says of an address."""

    ALIVE = "alive"
    DEAD = "dead"
    """Gone for certain: it will answer readers no better."""
    UNSURE = "unsure"
    """No one can tell from here: a time-out, a busy or failing server, one that turns away
    programs."""
    BARRED = "barred"
    """Not asked, since it may not be: no public address."""


class Answer(NamedTuple):
    """What an address answers."""

    state: State = State.ALIVE
    status: int = 0
    """The last status; 0 where there was no answer at all."""
    words: str = ""
    """What is wrong, as a message that follows the address: ``answers 404 Not Found``."""
    moved: str = ""
    """Where redirects that are for good lead, if there are any."""
    kind: str = ""
    """The media type of an image, as browsers tell it: by the first bytes."""
    size: int = -1
    """Bytes of an image; -1 where the server does not say."""
    digest: str = ""
    """What represents the first bytes of an image."""
    differs: bool = False
    """Whether it is another image than without the Referer, though that one stays the same."""


class OfflineError(Exception):
    """No host at all can be reached; ``hosts`` is how many were tried."""

    def __init__(self, hosts: int) -> None:
        super().__init__(hosts)
        self.hosts = hosts
