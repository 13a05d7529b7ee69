"""The editors' lines of a post: found once, for all the rules that ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

from newslint import Checked, Field, RuleOptions, lazy, msg
from newslint_rules.editor._chinese_credits import Credit, Grammar
from newslint_rules.editor._visible_lines import (
    Line,
    last_plain_line,
    last_plain_text,
    lines_upwards,
)

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post, Span

_SIGNS = ("编", "編", "dit", "DIT")
"""Every role that is known by itself has one of these in it; a Chinese one has one of the first
two."""
_VERBS = frozenset({"编辑", "采编", "编校", "editor", "editing"})
"""Words that end in a colon for other reasons ("edit: …"): as an empty label they count only in
the very last line or beside another credit."""
_ENCODED_SIGN = lazy.pattern(
    r"&#(?:0*+(?:32534|32232)|[xX]0*+(?:7[fF]16|7[dD]e8|7[dD]E8))(?![0-9])"
)
_MARKS = str.maketrans("", "", "*`")


def _role_words(roles: tuple[str, ...]) -> tuple[str, ...]:
    if not all(role.strip() for role in roles):
        raise ValueError(msg("a role is empty; write the label before the name"))
    return tuple("".join(role.split()) for role in roles)


def _patterns(patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        try:
            lazy.compiled(pattern)
        except ValueError as error:
            raise ValueError(
                msg(
                    "{pattern!r} is not a valid regular expression: {error}",
                    pattern=pattern,
                    error=str(error),
                )
            ) from None
    return patterns


class EditorOptions(RuleOptions):
    """What counts as the editor's line, and where it is looked for."""

    roles: Annotated[tuple[str, ...], Checked(_role_words)] = Field(
        (), description="More labels of the editor's role, such as `整理`."
    )
    patterns: Annotated[tuple[str, ...], Checked(_patterns)] = Field(
        (),
        description="Regular expressions. A line of text that matches one of them is an editor "
        "line.",
    )
    head: int = Field(
        10, ge=0, description="The number of lines at the beginning that may be the editor line."
    )
    tail: int = Field(
        20, ge=0, description="The number of lines at the end that may be the editor line."
    )


class CreditLine(NamedTuple):
    """A line that names an editor: its credits, its text, and its number from the end.

    ``number`` is 0 for the last line with text. ``line`` is None for the last one, so that no tree
    is made for it: ask `block` and `place`.
    """

    credits: tuple[Credit, ...]
    text: str
    line: Line | None
    number: int

    def block(self, post: Post) -> etree._Element:
        """Return the block that contains the line."""
        line = self.line or last_plain_line(post)
        return post.body if line is None else line.block

    def place(self, post: Post) -> Span:
        """Return where the line is found: see `Line.place`."""
        line = self.line or last_plain_line(post)
        return post.span(post.body) if line is None else line.place(post)


grammar = cache(Grammar)
"""The grammar for some roles and patterns: one object for all the rules that share them."""


def credit_lines(
    post: Post, grammar: Grammar, head: int, tail: int | None
) -> tuple[CreditLine, ...]:
    """The editors' lines in their order: those in the first ``head`` and last ``tail`` lines.

    All of them where ``tail`` is None. Found once, for the rules that ask next of the same post.
    """
    return post.once(_found, grammar, head, tail)


def _found(post: Post, grammar: Grammar, head: int, tail: int | None) -> tuple[CreditLine, ...]:
    expected = _signs(post, grammar)
    if expected == 0:
        return ()
    if expected == 1 and tail and not post.tag_blocks and (raw := last_plain_text(post)):
        # The one sign is in the very last line: no other line needs to be looked at.
        text = _unmarked(" ".join(raw.split()), post)
        if sum(map(text.count, _SIGNS)) == 1 and (names := grammar.credits(text)):
            return (CreditLine(tuple(names), text, None, 0),)
    found: list[CreditLine] = []
    seen = number = 0
    for line in lines_of(post):
        signs = sum(map(line.text.count, _SIGNS)) if expected is not None else 1
        if signs:
            seen += signs
            names = grammar.credits(line.text)
            if number and names:
                alone = len(names) == 1
                names = [c for c in names if c.name or c.role not in _VERBS or not alone]
            if names:
                found.append(CreditLine(tuple(names), line.text, line, number))
        number += 1
        if expected is not None and seen >= expected:
            if tail is None or not found or found[-1].number < tail:
                break
    if tail is not None:
        first = number - head
        found = [line for line in found if line.number < tail or line.number >= first]
    return tuple(reversed(found))


def _signs(post: Post, grammar: Grammar) -> int | None:
    """Return how many signs of a role the body has in all; None where they cannot be counted."""
    if grammar.roles or grammar.patterns:
        return None
    text = post.body_text
    # English is not counted in a Chinese article: its forms are found on the way.
    count = text.count("编") + text.count("編") or text.count("dit")
    if count == 0 and "D" in text:
        count = text.count("DIT")
    if count == 0 and "&" in text and _ENCODED_SIGN.search(text):
        return None
    return count


def _unmarked(text: str, post: Post) -> str:
    """Return a line without the marks of Markdown."""
    if not post.is_markdown or ("*" not in text and "`" not in text):
        return text
    return text.translate(_MARKS)


def lines_of(post: Post) -> Iterator[Line]:
    """Yield the lines from the end; in Markdown a line of the file is one, where it is not in HTML.

    What the generator's own tags show as code is no line of the article.
    """
    for line in _all_lines(post):
        if not (post.tag_blocks and _is_sample(post, line.raw.strip())):
            yield line


def _is_sample(post: Post, written: str) -> bool:
    """Return whether a line is in code, as far as it is found in the file as it is shown."""
    at = post.text.rfind(written, post.body_start)
    return at >= 0 and post.is_code(at)


def _all_lines(post: Post) -> Iterator[Line]:
    if not post.is_markdown:
        yield from lines_upwards(post)
        return
    for line in lines_upwards(post):
        written = line.raw.strip().splitlines() if "\n" in line.raw else ()
        if len(written) < 2 or (line.block.tag not in ("body", "html") and len(written) < 4):
            yield line._replace(text=_unmarked(line.text, post))
        else:
            end = len(line.raw.rstrip())
            for part in reversed(written):
                at = line.raw.rindex(part, 0, end)
                end = at
                if text := " ".join(part.split()).translate(_MARKS).strip(" _#>"):
                    yield Line(text, line.block, part, line.pieces, at)
