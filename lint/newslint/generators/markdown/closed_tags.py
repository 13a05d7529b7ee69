"""Tags within a text whose elements end with their paragraph, with or without an end tag."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newslint.core import lazy
from newslint.generators.markdown.context import blanked, is_inside
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.markdown.kramdown_span_tags import RAW, in_element
from newslint.generators.markdown.prose_blocks import prose_blocks

_ENDED = "abbr|acronym|bdo|cite|del|dfn|ins|kbd|label|mark|q|samp|span|sub|sup|var"
"""Elements whose text is shown, and that browsers end with the paragraph around them."""
_BY_BROWSERS = lazy.pattern(rf"<(?:{_ENDED})(?=[\s/>])", re.IGNORECASE)
_BY_KRAMDOWN = lazy.pattern(
    rf"<(?:{_ENDED}|a|b|big|code|em|figure|i|small|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
"""kramdown writes the end tag of those too that browsers open again in the next paragraph."""


def closed_starts(
    text: str, code: Sequence[tuple[int, int]], rules: Dialect | None
) -> frozenset[int]:
    """Return where the start tags of such elements are; ``rules`` are None for kramdown."""
    plain = blanked(text, code)
    tags = _BY_KRAMDOWN if rules is None else _BY_BROWSERS
    if tags.search(plain) is None:
        return frozenset()
    raw = [found.span() for found in RAW.finditer(plain)]
    found = (
        tag.start()
        for block in prose_blocks(plain, rules)
        for tag in tags.finditer(plain, block.start, block.end)
    )
    return frozenset(at for at in found if not is_inside(at, raw) and not in_element(plain, at))
