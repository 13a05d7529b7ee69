"""Default settings of requests."""

from __future__ import annotations

from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg

_HOST = lazy.pattern(r"(?:[\w-]++\.)*+[\w-]++\.?\Z")


class Online(NamedTuple):
    """The ``[online]`` table."""

    allow: tuple[str, ...] = ()
    """Hosts (including subdomains) and networks that may be requested although not public."""
    timeout: float = 15.0
    """Seconds for one response."""
    seconds: float = 600.0
    """Seconds for all requests of a run; 0 for no limit."""
    connections: int = 32
    """Maximum number of concurrent requests."""
    per_host: int = 4
    """Maximum number of concurrent requests to one host; browsers use six."""
    retries: int = 2
    """Number of retries after a temporary failure."""
    longest_wait: float = 60.0
    """Longest ``Retry-After`` in seconds; after a longer one there is no retry."""
    redirects: int = 10
    """Maximum number of redirects; browsers follow twenty."""
    max_age: float = 86_400.0
    """Seconds for which a response is cached; 0 for no cache."""
    user_agent: str = ""
    """The User-Agent header; empty for newslint's name and version."""


def fault(word: str) -> str | None:
    """Return what is wrong with an entry of ``allow``; None for a valid network or host."""
    from ipaddress import ip_network

    try:
        ip_network(word, strict=False)
    except ValueError:
        looks_like_network = "/" in word or word.replace(".", "").isdigit()
        if looks_like_network or not _HOST.match(word):
            return msg("is neither a network such as 10.0.0.0/8 nor a host such as a.example")
    return None
