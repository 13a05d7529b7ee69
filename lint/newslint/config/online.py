"""Default settings of requests."""

from __future__ import annotations

from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg

_HOST = lazy.pattern(r"(?:[\w-]++\.)*+[\w-]++\.?\Z")


class Online(NamedTuple):
    """The ``[online]`` table."""

    allow: tuple[str, ...] = ()
    """Hosts (with their subdomains) and networks that may be asked though they are not public."""
    timeout: float = 15.0
    """Seconds that one answer may take."""
    seconds: float = 600.0
    """Seconds that a complete run may ask; 0 for as long as it takes."""
    connections: int = 32
    """Answers that are waited for at once, in total."""
    per_host: int = 4
    """Answers of one host that are waited for at once; browsers take six."""
    retries: int = 2
    """How often an address is asked again after a failure that may pass."""
    longest_wait: float = 60.0
    """Seconds that a server may bid us wait (``Retry-After``); it is not asked again if longer."""
    redirects: int = 10
    """Redirects that are followed; browsers follow twenty."""
    max_age: float = 86_400.0
    """Seconds for which an answer is known; 0 to ask each time."""
    user_agent: str = ""
    """What newslint calls itself to servers; empty for its name and version."""


def fault(word: str) -> str | None:
    """Return what is wrong with a word of ``allow``; None for a network or a host."""
    from ipaddress import ip_network

    try:
        ip_network(word, strict=False)
    except ValueError:
        looks_like_network = "/" in word or word.replace(".", "").isdigit()
        if looks_like_network or not _HOST.match(word):
            return msg("is neither a network such as 10.0.0.0/8 nor a host such as a.example")
    return None
