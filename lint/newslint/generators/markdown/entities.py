"""Ampersands that do not begin an entity."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.core import lazy

_BARE_ENTITY = lazy.pattern(
    r"&(?:[A-Za-z][A-Za-z0-9]{0,40}+(?!;)|#[0-9]++(?!;)|#[xX][0-9a-fA-F]++(?!;)|#X[0-9a-fA-F]++;)"
)


def bare_entities(text: str) -> Iterator[tuple[int, int]]:
    """References that a browser reads and kramdown escapes: no semicolon, or ``&#X``."""
    import html

    for found in _BARE_ENTITY.finditer(text):
        if html.unescape(found[0]) != found[0]:
            yield found.span()
