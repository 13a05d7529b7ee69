"""Results for the texts that were asked for last: several rules ask the same of one post."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Item = TypeVar("Item")
Given = ParamSpec("Given")

LIMIT = 20_000_000
"""Bytes of memory that one function's results and their texts may take: those of the 16 posts that
rules check together take 3 MB (measured)."""

_CODE_POINT = 2
"""Bytes of a code point: 1 in ASCII, 2 in Chinese."""


def kept(
    item_size: int,
) -> Callable[
    [Callable[Concatenate[str, Given], Sequence[Item]]],
    Callable[Concatenate[str, Given], Sequence[Item]],
]:
    """Keep what a function returns for a text, an item of which takes ``item_size`` bytes.

    All is dropped when the limit is reached. Threads may share it: at worst a text is read twice.
    The results must not be changed.
    """

    def decorate(
        make: Callable[Concatenate[str, Given], Sequence[Item]],
    ) -> Callable[Concatenate[str, Given], Sequence[Item]]:
        known: dict[Hashable, Sequence[Item]] = {}
        size = 0

        @wraps(make)
        def get(text: str, /, *args: Given.args, **kwargs: Given.kwargs) -> Sequence[Item]:
            nonlocal size
            key = (text, *args, *kwargs.values())
            found = known.get(key)
            if found is None:
                found = make(text, *args, **kwargs)
                own = _CODE_POINT * len(text) + item_size * len(found)
                if size + own > LIMIT:
                    known.clear()
                    size = 0
                if own < LIMIT:
                    size += own
                    known[key] = found
            return found

        return get

    return decorate
