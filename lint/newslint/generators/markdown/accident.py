"""A piece of text that a Markdown renderer reads as markup."""

from __future__ import annotations

from typing import NamedTuple


class Accident(NamedTuple):
    """A piece of text that becomes markup; ``edits`` are (start, end, content)."""

    start: int
    end: int
    detail: str
    edits: tuple[tuple[int, int, str], ...] = ()
