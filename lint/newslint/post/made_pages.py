"""Pages that templates make: neither their tags nor their format are those of the file."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.core import lazy
from newslint.generators.effects import TagBlock

_BRANCHES = lazy.pattern(r"\{%-?\s*+(?:if|unless|case|for|tablerow)\s")
_PARTS = lazy.pattern(
    r"\{%-?\s*+(?:if|unless|case|for|tablerow|include\w*+|render|capture|block|extends|call)\s"
)
"""Statements that put other files in too: a page may open in one what it closes in another."""

_FORMATS = (
    ".xml", ".rss", ".atom", ".json", ".jsonld", ".webmanifest", ".txt", ".js", ".css", ".csv",
    ".ics", ".svg", ".xsl", ".opml", ".yml", ".yaml",
)  # fmt: skip
"""The ends of addresses whose pages are no HTML."""

_NO_HTML = lazy.pattern(
    r"\ufeff?\s*+(?:<\?xml\s|<(?:rss|feed|urlset|sitemapindex|OpenSearch\w*+)[\s>])"
)
"""The beginning of a document that is XML."""


def has_varying_tags(body: str, blocks: Sequence[TagBlock], *, is_page: bool) -> bool:
    """Return whether template statements decide which tags the built page has.

    ``blocks`` are those of the engine; what is in one of them is no statement.
    """
    if "{%" not in body:
        return False
    pattern = _PARTS if is_page else _BRANCHES
    inside = [range(one.start, one.end) for one in blocks]
    return any(not any(found.start() in one for one in inside) for found in pattern.finditer(body))


def is_other_format(body: str, permalink: object) -> bool:
    """Return whether a page is built to something other than HTML, by its address or beginning."""
    is_named = isinstance(permalink, str) and permalink.lower().endswith(_FORMATS)
    return is_named or _NO_HTML.match(body) is not None
