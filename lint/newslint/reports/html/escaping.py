"""Escape texts of posts and rules for the page."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from newslint.core.escaping import plain


def escaped(text: str) -> str:
    """Return a text for HTML, without tags, bidirectional controls and commands to CI logs."""
    return escape(plain(text)).replace("##", "#&#35;")


def fragment(**filters: str) -> str:
    """Return the URL fragment that sets some filters."""
    return "#" + escape(urlencode({name: plain(value) for name, value in filters.items()}))


def number(value: int) -> str:
    """Return a number as ``12,345``."""
    return f"{value:,}"
