"""Find front matter in a text, and whether the target reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.core.source import BOM
from newslint.core.span import Span
from newslint.generators import Target, yaml

if TYPE_CHECKING:
    from newslint.generators.reading import ReadError, Reading

_COMMON = lazy.pattern(rf"(?:\r?\n)?---\r?\n(?=\w)(?P<content>{yaml.SIMPLE})---\r?\n")
"""Nearly every post: one empty line at most, plain fences, and YAML in which no line can be read as
a fence. All generators that read it find the same bounds."""

_BLANK_LINE_READ = frozenset({"hexo", "hugo", "html"})
"""Targets that read front matter after one empty line (docs/generators.md, row 2)."""

_FENCE_MARKS = lazy.pattern(r"-{3,}+|\+{3,}+|;{3,}+|\.{3}|\}")


class Bounds(NamedTuple):
    """The place of front matter in a text, in offsets.

    ``form`` is ``yaml``, ``toml``, ``json``, or a language that newslint does not read (``js``);
    ``fence`` is the opening fence as written (``---``, ``---json``, ``+++``, ``;;;``, ``{``, or
    empty if the first line is content). ``closing`` is None if the fence is not closed. ``body`` is
    the offset of the body.
    """

    form: str
    fence: str
    opening: Span
    content: Span
    closing: Span | None
    body: int


class Boundaries(NamedTuple):
    """The intended front matter of a post, and why the target does not read it, if so.

    ``simple`` is true if all targets parse the YAML alike, except for the types of plain scalars.
    """

    bounds: Bounds | None
    read_error: ReadError | None = None
    simple: bool = False


def find_bounds(text: str) -> Bounds | None:
    """Return the intended front matter of a text, in any form that a generator reads, or None."""
    from newslint.generators import fences

    meant = fences.find(text)
    if meant is None:
        return None
    start = len(meant.lead)
    closing = None if meant.closing is None else Span(meant.end, meant.end + len(meant.closing))
    opening = Span(start, start + len(meant.fence))
    end = meant.end
    if meant.fence == "{" and closing is not None:
        closing = Span(end - 1, end)
    return Bounds(meant.form, meant.fence, opening, Span(meant.start, end), closing, meant.body)


def find_boundaries(text: str, target: Target, *, html_file: bool = False) -> Boundaries:
    """Return the front matter of a text as the target reads it; else the intended one."""
    common = _COMMON.match(text)
    if common is not None:
        start, end = common.span("content")
        at = text.index("-")
        if (at == 0 or target.name in _BLANK_LINE_READ) and not yaml.has_odd(text, start, end):
            closing, opening = Span(end, end + 3), Span(at, at + 3)
            bounds = Bounds("yaml", "---", opening, Span(start, end), closing, common.end())
            return Boundaries(bounds, None, simple=True)
    return _place_uncommon(text, target, html_file)


def _place_uncommon(text: str, target: Target, html_file: bool) -> Boundaries:
    from newslint.generators import front_matter
    from newslint.generators.effects import Effect
    from newslint.generators.reading import ReadError

    reading = front_matter.read(text, target.name, target.version, html_file=html_file)
    meant = find_bounds(text)
    if reading.form is None or reading.error is not None:
        return Boundaries(meant if reading.error is not None else None, reading.error)
    if not reading.fenced and not _is_mapping_or_broken(text[reading.start : reading.end], target):
        return Boundaries(None)
    bounds = _as_read(text, reading, meant)
    rest = text[bounds.content.start : meant.opening.end] if meant is not None else ""
    is_comment = rest[:1] in (" ", "\t") and rest.lstrip().startswith("#")
    if (
        meant is not None
        and meant.opening.start < bounds.content.start < meant.opening.end
        and not is_comment
    ):
        # Hugo reads three marks as the fence, and the rest as content.
        detail = msg(
            "{fence} is not a fence here; only its first three characters are", fence=meant.fence
        )
        unread = ReadError("fence", meant.opening.start, Effect.SITE_DIES, detail)
        return Boundaries(meant, unread)
    return Boundaries(bounds)


def _is_mapping_or_broken(content: str, target: Target) -> bool:
    """Return whether the first lines of a text without opening fence are front matter.

    Text that is not a mapping is part of the body.
    """
    problems = yaml.load_problems(content, target.name, target.version)
    return not any(problem.kind == "not-a-mapping" for problem in problems)


def _as_read(text: str, reading: Reading, meant: Bounds | None) -> Bounds:
    """Return the bounds that the target reads: the intended ones, or its own if they differ."""
    form = reading.form or "yaml"
    opening = _opening(text, reading, meant)
    start = reading.start
    if not text.startswith("{", opening.start):
        start = max(start, min(opening.end, reading.end))
        start = min(_next_line(text, start), reading.end)
    if meant is not None and meant.closing is not None and meant.form == form:
        if (
            _is_same(text, start, meant.content.start)
            and _is_same(text, reading.end, meant.content.end)
            and _is_same(text, reading.body, meant.body)
        ):
            return meant
    end = _next_line(text, reading.end)
    marks = _FENCE_MARKS.match(text, end)
    closing = Span(end, max(end, min(marks.end(), reading.body))) if marks else Span(end, end)
    fence = text[opening.start : opening.end]
    return Bounds(form, fence, opening, Span(min(start, end), end), closing, reading.body)


def _opening(text: str, reading: Reading, meant: Bounds | None) -> Span:
    """Return the part of the opening fence that the target reads as one; may be empty."""
    if meant is not None and reading.start <= meant.opening.start:
        return meant.opening if reading.fenced else Span(reading.start, reading.start)
    before = text[: reading.start].rstrip()
    at = max(before.rfind("\n"), before.rfind("\r")) + 1
    at += text.startswith(BOM, at)
    return Span(at, max(at, len(before)))


def _is_same(text: str, one: int, other: int) -> bool:
    return not text[min(one, other) : max(one, other)].strip()


def _next_line(text: str, offset: int) -> int:
    if text.startswith("\r\n", offset):
        return offset + 2
    return offset + 1 if offset < len(text) and text[offset] in "\r\n" else offset
