"""Compares the page that a Markdown renderer makes of a post with the post's own HTML.

Loaded for a body that is not raw HTML from the first line to the last, as nearly all are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.core.span import LineIndex
from newslint.generators.markdown import (
    code_fences,
    dom_equal,
    kramdown,
    losses,
    meant,
    own_markdown,
    printed_tags,
    prose_changes,
)
from newslint.generators.markdown.blocks import (
    LINE_LIMIT,
    SIZE_LIMIT,
    block_tokens,
    is_too_long,
    prose_parser,
)
from newslint.generators.markdown.change import Change
from newslint.generators.markdown.code_fences import is_open_fence
from newslint.generators.markdown.context import Context, blanked, is_inside
from newslint.generators.markdown.dialects import Dialect, dialect
from newslint.generators.markdown.find_code import block_span, code_spans, has_tag
from newslint.generators.markdown.kramdown_grammar import Event
from newslint.generators.markdown.raw_html import first_change, output, plain_lines
from newslint.generators.target import Version
from newslint.html.tokenizer import tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

CHANGES_LIMIT = 50
"""How many changes of one post are reported."""


def compared(text: str, target: str, version: Version | None) -> tuple[Change, ...]:
    """Return the changes of a body that is not clean at first sight."""
    if is_too_long(text):
        detail = msg(
            "not checked: more than {size_limit:,} characters or {line_limit:,} lines of Markdown",
            size_limit=SIZE_LIMIT,
            line_limit=LINE_LIMIT,
        )
        return (Change(0, 0, detail, checked=False),)
    rules = dialect(target, version)
    found = _kramdown(text) if rules is None else _commonmark(text, rules, version)
    return tuple(sorted(found, key=lambda change: change.start)[:CHANGES_LIMIT])


# --- marked, goldmark, markdown-it -------------------------------------------------------------


def _commonmark(text: str, rules: Dialect, version: Version | None) -> list[Change]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n" if rules.lone_cr else " ")
    if first_change(plain_lines(text, rules), rules) is None:
        return list(_quiet_changes(text, plain, rules, version))
    if not has_tag(text):
        return []
    lines = LineIndex(text)
    found = block_tokens(plain, rules)
    blocks = list(_blocks(found, lines))
    indented = [block_span(text, lines, b[0]) for b in blocks if b[0].type == "code_block"]
    code = [c for c in code_spans(text) if c not in indented and not is_open_fence(text, c)]
    context = Context(text, code, indented)
    printed = printed_tags.commonmark(text, found, lines)
    if not rules.dashed_comments:
        printed += printed_tags.comments(text, found, lines)
    if not context.is_html:
        return printed + [
            _as_code(text, start, end)
            for start, end in indented
            if context.in_html(start) and "<" in text[start:end]
        ]
    if dom_equal.pieces(plain) == dom_equal.pieces(prose_changes.rendered(found)):
        return []
    own_blocks = own_markdown.commonmark(blocks, text, lines, rules, context)
    changes = [*_nul(text, rules)]
    if rules.hexo:
        spans = list(own_blocks.values())
        changes += (one for one in _fenced(text) if not is_inside(one.start, spans))
    changes += _regions(blocks, own_blocks, text, lines, rules)
    return printed + [c for c in changes if c.code or not _overlaps(c, printed)]


def _regions(
    blocks: list[list[Token]],
    own_blocks: Container[int],
    text: str,
    lines: LineIndex,
    rules: Dialect,
) -> Iterator[Change]:
    """Yield one change for each region between raw HTML, and for each piece that becomes code.

    What looks like Markdown on purpose is no loss: its author sees what becomes of it.
    """
    region: list[list[Token]] = []
    for number, block in enumerate([*blocks, []]):
        is_code = bool(block) and block[0].type == "code_block" and "<" in block[0].content
        is_own = number in own_blocks or (bool(block) and meant.holds_html(block))
        if block and not is_code and not is_own and block[0].type != "html_block":
            region.append(block)
            continue
        is_meant = bool(region) and meant.is_markdown(region, _text_of(region, text, lines), text)
        for change in _close(region, text, lines, rules):
            yield change._replace(loss="") if is_meant else change
        if is_code:
            yield _as_code(text, *block_span(text, lines, block[0]))


def _text_of(region: list[list[Token]], text: str, lines: LineIndex) -> str:
    spans = [block_span(text, lines, block[0]) for block in region]
    return text[min(span[0] for span in spans) : max(span[1] for span in spans)]


def _overlaps(change: Change, printed: list[Change]) -> bool:
    return any(one.start < change.end and change.start < one.end for one in printed)


def _as_code(text: str, start: int, end: int) -> Change:
    """Return a piece of HTML that is shown as code."""
    at = _first_tag(text, start, end)
    return Change(at, end, prose_changes.CODE, code=True, loss=losses.of_code(text[start:end]))


def _blocks(tokens: Sequence[Token], lines: LineIndex) -> Iterator[list[Token]]:
    """The tokens of each block at the top level; a link definition, which has none, gets one."""
    from markdown_it.token import Token

    block: list[Token] = []
    line = 0
    for token in tokens:
        if not block and token.map:
            if any(lines.line(n + 1).strip() for n in range(line, min(token.map[0], len(lines)))):
                yield [Token("definition", "", 0, map=[line, token.map[0]])]
            line = token.map[1]
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []
    if any(lines.line(number).strip() for number in range(line + 1, len(lines) + 1)):
        yield [Token("definition", "", 0, map=[line, len(lines)])]


def _close(region: list[list[Token]], text: str, lines: LineIndex, rules: Dialect) -> list[Change]:
    """One change for the blocks that stand together between raw HTML."""
    if not region:
        return []
    spans = [block_span(text, lines, block[0]) for block in region]
    detail = prose_changes.detail([token for block in region for token in block], rules)
    region.clear()
    start = min(span[0] for span in spans)
    end = max(start + 1, *(span[1] for span in spans))
    piece = text[start:end]
    if meant.is_shortcodes(piece):
        return []
    # Indented code is code by its indentation only.
    first = text.rfind("\n", 0, start) + 1
    whole = text[first:end] if not text[first:start].strip() else piece
    loss = losses.between(piece, str(prose_parser(rules).render(whole)))
    return [Change(start, end, detail, loss=loss)]


_TAG = lazy.pattern(r"<[A-Za-z]")
_ANY_TAG = lazy.pattern(r"</?[A-Za-z]")


def _first_tag(text: str, start: int, end: int) -> int:
    """The first start tag of a block; without one its first tag, else its first character."""
    found = _TAG.search(text, start, end) or _ANY_TAG.search(text, start, end)
    return found.start() if found else start


def _quiet_changes(
    text: str, plain: str, rules: Dialect, version: Version | None
) -> Iterator[Change]:
    """Changes though all is raw HTML: characters replaced, empty lines lost, fences."""
    yield from _nul(text, rules)
    if rules.hexo:
        yield from _fenced(text)
    if dom_equal.pieces(plain) != dom_equal.pieces(output(plain, rules, version)):
        found = re.search(r"<(?:pre|textarea)\b", text, re.IGNORECASE)
        if rules.marked:
            at = text.find("\t")
            yield Change(at, at + 1, msg("a tab is replaced by four spaces"))
        elif found:
            yield Change(*found.span(), msg("its empty lines are removed"))


def _nul(text: str, rules: Dialect) -> Iterator[Change]:
    if not rules.nul_shown or "\0" not in text:
        return
    # In a tag a browser shows U+FFFD too.
    at = blanked(text, ((t.span.start, t.span.end) for t in tokens(text))).find("\0")
    if at >= 0:
        yield Change(at, at + 1, msg("the NUL character is shown as \ufffd; browsers drop it"))


def _fenced(text: str) -> Iterator[Change]:
    for start, end in code_fences.fences(text):
        yield Change(start, end, msg("the text between the fences becomes a code block"))


# --- kramdown ----------------------------------------------------------------------------------


def _kramdown(text: str) -> list[Change]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rendered = kramdown.render(plain)
    events = rendered.events
    if not events and dom_equal.same(plain, rendered.html):
        return []
    code = [c for c in code_spans(text) if not is_open_fence(text, c)]
    printed = printed_tags.kramdown(text, code)
    # A writer who asks kramdown to render what is in an element writes Markdown.
    by_hand = any(event is Event.MARKDOWN for _, _, event in events)
    if by_hand or not Context(text, code).is_html:
        return printed
    events = [
        e for e in events if e[2] is not Event.TEXT or not own_markdown.kramdown(plain, *e[:2])
    ]
    if rendered.events and not events:
        return printed
    if dom_equal.same(plain, rendered.html):
        # The tree of libxml2 has no empty paragraph where a browser's has one.
        events = [e for e in events if e[2] in (Event.DEPTH, Event.PARAGRAPH)]
        if not events:
            return []
    changes = _of_events(text, events[:CHANGES_LIMIT], printed)
    if not changes:
        at = _first_tag(text, 0, len(text))
        changes.append(Change(at, at + 1, msg("the element is rewritten differently")))
    return changes


def _of_events(
    text: str, events: list[tuple[int, int, Event]], printed: list[Change]
) -> list[Change]:
    """Return what kramdown did, as changes; tags that it prints are reported once."""
    # Offsets of the text with its own line ends.
    back = _line_ends_back(text)
    changes = [*printed]
    for start, end, event in events:
        first, last = back(start), back(end)
        while first < last - 1 and text[first] in " \t\r\n":
            first += 1
        while last > first + 1 and text[last - 1] in " \t\r\n":
            last -= 1
        if event is Event.CODE and "<" in text[first:last]:
            changes.append(_as_code(text, first, last))
            continue
        if event is Event.STRAY and _ends_printed(text, first, last, printed):
            continue
        change = Change(first, last, prose_changes.KRAMDOWN[event], stops=event is Event.DEPTH)
        if event not in (Event.TEXT, Event.UNREAD) or not _overlaps(change, printed):
            changes.append(change)
    return changes


def _ends_printed(text: str, start: int, end: int, printed: list[Change]) -> bool:
    """Return whether an end tag is that of a start tag which is printed, too."""
    name = text[start + 2 : end - 1].strip().lower()
    return any(text.startswith(f"<{name}", one.start) for one in printed if one.start < start)


def _line_ends_back(text: str) -> Callable[[int], int]:
    """Turns offsets of the text with LF for CRLF into offsets of the text itself."""
    if "\r\n" not in text:
        return lambda offset: min(offset, len(text))
    # The offset, in the shortened text, of each LF that had a CR before it.
    cuts = [m.start() - number for number, m in enumerate(re.finditer("\r\n", text))]
    return lambda offset: min(offset + bisect_right(cuts, offset - 1), len(text))
