"""Results for the texts that were asked for last: several rules ask the same of one post."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Result = TypeVar("Result")
Given = ParamSpec("Given")

LIMIT = 20_000_000
"""Bytes of memory that one function's results and their texts may take: those of the 16 posts that
rules check together take 3 MB (measured)."""

_CODE_POINT = 2
"""Bytes of a code point: 1 in ASCII, 2 in Chinese."""


def kept(
    size_of: Callable[[Result], int],
) -> Callable[
    [Callable[Concatenate[str, Given], Result]], Callable[Concatenate[str, Given], Result]
]:
    """Keep what a function returns for a text; ``size_of`` returns the bytes that it takes.

    All is dropped when the limit is reached. Threads may share it: at worst a text is read twice.
    The results must not be changed.
    """

    def decorate(
        make: Callable[Concatenate[str, Given], Result],
    ) -> Callable[Concatenate[str, Given], Result]:
        known: dict[Hashable, Result] = {}
        size = 0

        @wraps(make)
        def get(text: str, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
            nonlocal size
            key = (text, *args, *kwargs.values())
            found = known.get(key)
            if found is None:
                found = make(text, *args, **kwargs)
                own = _CODE_POINT * len(text) + size_of(found)
                if size + own > LIMIT:
                    known.clear()
                    size = 0
                if own < LIMIT:
                    size += own
                    known[key] = found
            return found

        return get

    return decorate
