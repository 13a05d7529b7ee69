"""Whether a host is on a list."""

from __future__ import annotations

from collections.abc import Iterable


def is_on(host: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of ``hosts`` or a subdomain of one; letter case does not matter."""
    host = host.lower().rstrip(".")
    return any(host == name.lower() or host.endswith(f".{name.lower()}") for name in hosts)
