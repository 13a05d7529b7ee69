"""Which tags of a template stand and fall together: a tag, its end tag, and the branches between.

Pairs are found by their names alone (``x`` and ``endx``, Hugo's ``x`` and ``/x``), so that those
that a site defines are found too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.span import Span

_TAG = lazy.pattern(r"\{%-?\s*+(?P<end>end)?(?P<name>[^\W\d]\w*+)(?:(?!%\}).)*+%\}", re.DOTALL)
_SHORTCODE = lazy.pattern(
    r"\{\{(?P<mark>[<%])\s*+(?P<end>/)?\s*+(?P<name>[\w/-]++)"
    r"(?:(?![<>%]\}\}).)*+(?P<close>[<>%])\}\}",
    re.DOTALL,
)
_BRANCHES = frozenset({"case", "default", "elif", "else", "elseif", "elsif", "empty", "when"})
_BRANCHED = frozenset({"asyncAll", "asyncEach", "case", "for", "if", "ifAsync", "switch", "unless"})
"""The tags that may have branches."""
_DEEPEST = 100
"""Blocks within blocks above which no more are remembered, so that the time stays linear."""


class _Tag(NamedTuple):
    span: Span
    name: str
    is_end: bool


def families(body: str, target: str, skipped: Sequence[Span] = ()) -> list[tuple[Span, ...]]:
    """The spans of tags that belong together, two or more in order; ``skipped`` hold no tags.

    Offsets are those of the body.
    """
    tags = list(_tags(body, target, skipped))
    paired = {tag.name for tag in tags if tag.is_end}
    found: list[tuple[Span, ...]] = []
    opened: list[tuple[str, list[Span]]] = []
    for tag in tags if paired else ():
        if tag.is_end:
            at = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == tag.name), -1)
            if at >= 0:
                found.append((*opened[at][1], tag.span))
                del opened[at:]
        elif (above := _branched(tag.name, opened)) is not None:
            above.append(tag.span)
        elif tag.name in paired and len(opened) < _DEEPEST:
            opened.append((tag.name, [tag.span]))
    return found


_KNOWN = frozenset(
    {
        # Of Nunjucks, Liquid, Hexo and Jekyll.
        "asyncAll", "asyncEach", "block", "blockquote", "call", "capture", "case", "code",
        "codeblock", "comment", "filter", "for", "highlight", "if", "ifAsync", "ifchanged", "macro",
        "pullquote", "quote", "raw", "set", "switch", "tablerow", "unless", "verbatim",
        # Of well-known themes and plug-ins: boxes whose text they render as Markdown.
        "alert", "callout", "centerquote", "cq", "details", "fold", "folding", "hideBlock",
        "hideToggle", "message", "note", "spoiler", "subnote", "subsubtabs", "subtabs", "tabs",
        "timeline", "timenode", "tip",
    }
)  # fmt: skip
"""The blocks whose text becomes a part of the page."""


def own_blocks(body: str, target: str) -> list[Span]:
    """Return what is between the tags of each block that only its site or a plug-in knows.

    Such a tag may read its text as data, such as JSON.
    """
    if "{%" not in body:
        return []
    return [
        Span(spans[0].end, spans[-1].start)
        for spans in families(body, target)
        if (name := _NAME.match(body, spans[0].start)) and name[1] not in _KNOWN
    ]


_NAME = lazy.pattern(r"\{%-?\s*+([^\W\d]\w*+)")


def _branched(name: str, opened: list[tuple[str, list[Span]]]) -> list[Span] | None:
    """Return the tags of the open block that a tag is a branch of, or None."""
    if not opened or name not in _BRANCHES or opened[-1][0] not in _BRANCHED:
        return None
    # Liquid's case has branches, Nunjucks' is one.
    return None if name == "case" and opened[-1][0] != "switch" else opened[-1][1]


def _tags(body: str, target: str, skipped: Sequence[Span]) -> Iterator[_Tag]:
    starts = [span.start for span in skipped]
    pattern, closing = (_SHORTCODE, "}}") if target == "hugo" else (_TAG, "%}")
    # After the last one nothing is closed: else each opening would be followed to the end.
    for match in pattern.finditer(body, 0, body.rfind(closing) + 2):
        if target == "hugo" and match["close"] == "<":
            continue
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or match.start() >= skipped[at].end:
            yield _Tag(Span(*match.span()), match["name"], match["end"] is not None)
