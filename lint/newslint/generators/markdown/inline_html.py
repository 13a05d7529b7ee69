r"""Which ``<`` in the prose of a Markdown text begin a tag, by the CommonMark specification.

In a paragraph ``<https://a.cn>`` is a link, ``\<b>`` and ``a <b and c`` are text; only what has
the full form of a tag or comment is HTML (0.31.2, section 6.6). In a block of raw HTML the
browser's own rules hold, and nothing is to be done here.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from newslint.core import lazy
from newslint.core.span import LineIndex
from newslint.generators.commonmark_tags import END_TAG, START_TAG
from newslint.generators.markdown.recent import kept

_TAG = rf"{START_TAG}|{END_TAG}|<[?!][^>]*+>"
_ESCAPE = r"\\[^<]|(?P<escaped>\\<)"
_CLOSED_COMMENT = r"<!--(?:-?>|(?:(?!-->).)*+-->)"
_HEAD = lazy.pattern(rf"{_ESCAPE}|{_CLOSED_COMMENT}|{_TAG}|(?P<text><)", re.DOTALL)
_TAIL = lazy.pattern(rf"{_ESCAPE}|(?P<open><!--)|{_TAG}|(?P<text><)", re.DOTALL)

_NO_TAGS = lazy.pattern(rf"{_ESCAPE}|(?P<text><)", re.DOTALL)

_STAND_IN = "\u2039"


def _size(text: str) -> int:
    return 2 * len(text)


@kept(_size)
def without_text_tags(text: str, target: str = "") -> str:
    """Return the text with each ``<`` replaced that a Markdown renderer shows as text: same length.

    A text that is too large for the Markdown parser comes back as it is. Without a ``target`` the
    text is read as CommonMark has it.
    """
    from newslint.generators.markdown.blocks import SIZE_LIMIT, body_tokens

    if len(text) > SIZE_LIMIT:
        return text
    lines = LineIndex(text)
    pieces: list[str] = []
    blocks: list[tuple[int, int]] = []
    position = 0
    definitions = [found.start("address") for found in _DEFINITION.finditer(text)]
    for token in body_tokens(text, target):
        if definitions and token.type == "html_block" and token.map:
            first, end = token.map
            blocks.append((lines.span(first + 1).start, lines.span(min(end, len(lines))).end))
        if token.type != "inline" or token.map is None:
            continue
        first, end = token.map
        start = max(position, lines.span(first + 1).start)
        stop = lines.span(min(end, len(lines))).end
        if start < stop:
            pieces += (text[position:start], _masked(text[start:stop]))
            position = stop
    starts = [at for at in definitions if not _is_inside(at, blocks)]
    return _without_addresses("".join((*pieces, text[position:])), starts)


def _is_inside(offset: int, blocks: list[tuple[int, int]]) -> bool:
    at = bisect_right(blocks, (offset, float("inf"))) - 1
    return at >= 0 and offset < blocks[at][1]


_DEFINITION = lazy.pattern(
    r"^(?:[ \t>]|[-+*][ \t])*+\[[^\]\n]++\]:[ \t]*+(?:\r?\n[ \t]*+)?(?P<address><)"
    r"(?=[A-Za-z][A-Za-z0-9+.-]*+:|[/#.])",
    re.MULTILINE,
)
"""The definition of a link or note, whose address is in angle brackets."""


def _without_addresses(text: str, starts: list[int]) -> str:
    """Return the text without the ``<`` of some addresses."""
    if not starts:
        return text
    bounds = [0, *(at + 1 for at in starts)]
    pieces = [text[left:right] for left, right in zip(bounds, starts, strict=False)]
    return _STAND_IN.join([*pieces, text[bounds[-1] :]])


def _masked(prose: str) -> str:
    """One paragraph; after its last comment end, no comment is scanned for in vain."""
    if "<" not in prose:
        return prose
    cut = prose.rfind("-->") + 3 if "-->" in prose else 0
    # After the last ">" no tag ends.
    last = max(prose.rfind(">") + 1, cut)
    parts = (_HEAD, prose[:cut]), (_TAIL, prose[cut:last]), (_NO_TAGS, prose[last:])
    return "".join(pattern.sub(_mask, part) for pattern, part in parts)


def _mask(match: re.Match[str]) -> str:
    if match["escaped"]:
        return "\\" + _STAND_IN
    if match.lastgroup in ("text", "open"):
        return _STAND_IN + match[0][1:]
    return match[0]
