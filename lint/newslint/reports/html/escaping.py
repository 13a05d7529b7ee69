"""Text of posts and rules, made fit for the page: it is shown, and never acts."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from newslint.core.escaping import plain


def escaped(text: str) -> str:
    """A text for HTML: nothing in it is a tag, turns text round, or is a command in a CI log."""
    return escape(plain(text)).replace("##", "#&#35;")


def fragment(**filters: str) -> str:
    """Return the address, within the page, that sets some filters."""
    return "#" + escape(urlencode({name: plain(value) for name, value in filters.items()}))


def number(value: int) -> str:
    """``12,345``."""
    return f"{value:,}"
