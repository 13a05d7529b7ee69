"""Which shortcodes of a post belong together, as Hugo's parser has it, and what is wrong in that.

A start tag is open where its template uses the inner text. An end tag closes the innermost that is
open, whatever its name is: only an earlier tag must have that name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newslint.core.messages import msg
from newslint.generators.hugo.shortcode_lexer import Shortcode

Paired = Callable[[str], bool | None]
"""Whether the template of a shortcode uses its inner text; None where that is not known."""


def faults(shortcodes: Sequence[Shortcode], paired: Paired) -> dict[int, str]:
    """Return the starts of the shortcodes at which the build stops, each with the reason.

    Those with an ``error`` of their own are left out.
    """
    last_end = {one.name: one.start for one in shortcodes if one.closing}
    named: set[str] = set()
    opened: list[Shortcode] = []
    found: dict[int, str] = {}
    for one in shortcodes:
        if one.error:
            continue
        if one.closing:
            reason = _end(one.name, named, opened, paired)
            if reason:
                found[one.start] = reason
            continue
        named.add(one.name)
        wants_end = True if one.is_inline else paired(one.name)
        if wants_end is None:
            wants_end = last_end.get(one.name, -1) > one.start
        elif one.self_closing and not wants_end:
            found[one.start] = _accepts_none(one.name)
        if wants_end and not one.self_closing:
            opened.append(one)
    for one in opened:
        if paired(one.name):
            found[one.start] = msg("the shortcode {name!r} is not closed", name=one.name)
    return found


def _end(name: str, named: set[str], opened: list[Shortcode], paired: Paired) -> str:
    """Close the innermost shortcode; return what is wrong with the end tag, or nothing."""
    if name in named and opened:
        opened.pop()
        return ""
    if name in named and paired(name) is False:
        return _accepts_none(name)
    return msg("the shortcode {name!r} has an end tag, but no start tag", name=name)


def _accepts_none(name: str) -> str:
    return msg("the shortcode {name!r} has an end tag, but accepts no content", name=name)
