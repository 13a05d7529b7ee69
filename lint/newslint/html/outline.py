"""The outline of a post's HTML: its tags, its text, and its nesting errors.

The quick scan answers for texts that it can read, which are most, in microseconds. For others the
exact tokenizer, `newslint.html.nesting` or the tree does. Only this module makes the choice.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from newslint.core.lazy import cached_property
from newslint.html import content_model as model
from newslint.html.problems import Problem, ProblemKind
from newslint.html.quick_scan import QuickScan
from newslint.html.tags import Tag
from newslint.html.tokenizer import RAW_TEXT, Token, TokenKind, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from lxml import etree

    from newslint.html.tokenizer import Attribute
    from newslint.html.tree import Body

__all__ = ["Problem", "ProblemKind", "Structure", "Tag"]

_TEXT_ONLY = RAW_TEXT | {"plaintext"}
"""Elements in which ``<`` is text."""

_UNSEEN = frozenset({"script", "style"})
_HIDING = (RAW_TEXT | {"noscript", "template"}) - _UNSEEN
"""Elements that show nothing or whose text differs from its source."""

_NEVER_SHOWN = ("style", "script", "template", "noscript", "title")
"""Elements whose text readers do not see."""


class Structure:
    """The tags of a body and their nesting. Offsets are those of ``body.html``."""

    def __init__(self, body: Body, without_text: Callable[[str], str] | None = None) -> None:
        """``without_text`` masks each ``<`` that is text to Markdown; None outside of Markdown."""
        self._html = body.html
        self._body = body
        self._without_text = without_text
        self._scan = QuickScan(body.pieces)
        self.names = self._scan.names
        """The names of all tags, ``/p`` for an end tag; None if the quick scan gave up."""

    @cached_property
    def element_names(self) -> frozenset[str]:
        """The names of all start tags, whether for a browser, for Markdown or for both."""
        if self.names is not None:
            return frozenset([name for name in self.names if name and name[0] != "/"])
        both = (self._body.tokens, self.tokens)
        return frozenset(one.name for some in both for one in some if one.kind is TokenKind.START)

    def tags(self, names: frozenset[str] | None = None) -> Sequence[Tag]:
        """Return the start tags with the given names, or all, in order."""
        if names is not None and self.element_names.isdisjoint(names):
            return ()
        scan, start = self._scan, self._body.start
        if self.names is None or not (scan.is_balanced or self.names.isdisjoint(_TEXT_ONLY)):
            return [one for one in self._exact_tags if names is None or one.name in names]
        return [
            Tag(name, scan.tag_sources[at], at, start, scan.attributes, self._quick_place)
            for at, name in enumerate(scan.tag_names)
            if (name in names if names is not None else name and name[0] != "/")
        ]

    @cached_property
    def _exact_tags(self) -> Sequence[Tag]:
        html, start = self._html, self._body.start
        return [
            Tag(one.name, html[one.span.start + 1 : one.span.end - 1], one.span.start, start)
            for one in self.tokens
            if one.kind is TokenKind.START and one.closed
        ]

    def _quick_place(self, at: int) -> int:
        return self._quick_places[at]

    @cached_property
    def _quick_places(self) -> Sequence[int]:
        """The offset of each tag of the quick scan."""
        return [*accumulate(map(len, self._body.pieces), lambda end, more: end + more + 1)]

    def quick_tags(
        self, names: Container[str]
    ) -> Iterator[tuple[str, Mapping[str, str] | None, str]] | None:
        """Return each start tag with one of some names: name, decoded attributes, following text.

        None if the quick scan cannot read the text; None for attributes that it cannot decode.
        """
        return None if self.names is None else self._quick_tags(names)

    def _quick_tags(
        self, names: Container[str]
    ) -> Iterator[tuple[str, Mapping[str, str] | None, str]]:
        scan = self._scan
        for at, name in enumerate(scan.tag_names):
            if name in names:
                known = scan.is_balanced or name not in RAW_TEXT
                attributes = scan.attributes(scan.tag_sources[at]) if known else None
                yield name, attributes, scan.following_text[at]

    @property
    def attribute_text(self) -> str:
        """The start tags that have attributes, joined, for a quick search.

        Names are in lower case, without white space around ``=``; values are as written.
        """
        if self.names is not None:
            return "\n".join([head for _, head in self._scan.attributed])
        return "\n".join(_plain(one) for one in self._exact_tags)

    @cached_property
    def repeated_attributes(self) -> Sequence[tuple[Tag, tuple[Attribute, ...]]]:
        """The tags with a repeated attribute, and the repetitions."""
        if self.names is not None and not self._may_repeat():
            return ()
        return [(tag, repeated) for tag in self._exact_tags if (repeated := tag.repeated)]

    def _may_repeat(self) -> bool:
        attributes = self._scan.attributes
        for _, head in self._scan.attributed:
            # A name and one attribute are two words, whatever white space is between them.
            if len(head.split(None, 2)) > 2 and attributes(head) is None:
                return True
        return False

    @property
    def visible_text(self) -> str:
        """The text of the body, with references decoded, without styles, scripts and templates.

        Also without ``noscript`` and ``title``. White space may differ.
        """
        shown = self._shown()
        if shown is not None and "&" not in shown and "\0" not in shown:
            return shown
        from lxml import etree

        root = self.root
        if (self.names is None or not self.names.isdisjoint(_NEVER_SHOWN)) and (
            next(root.iter(*_NEVER_SHOWN), None) is not None
        ):
            from copy import deepcopy

            root = deepcopy(root)
            etree.strip_elements(root, *_NEVER_SHOWN, with_tail=False)
        return str(etree.tostring(root, method="text", encoding="unicode"))

    def _shown(self) -> str | None:
        """Return the text between the tags, or None if the quick scan cannot tell what is shown."""
        scan = self._scan
        if not scan.is_balanced or self.names is None or not self.names.isdisjoint(_HIDING):
            return None
        texts = scan.following_text
        if not self.names.isdisjoint(_UNSEEN):
            both = zip(scan.tag_names, texts, strict=True)
            texts = [text for name, text in both if name not in _UNSEEN]
        return scan.leading_text + "".join(texts)

    def last_block_text(self, inline: frozenset[str]) -> str | None:
        """Return the text of the last block if that is one line of plain text, else None.

        ``inline`` are the names of inline elements.
        """
        scan = self._scan
        if not scan.is_balanced:
            block = last_block(self.root, inline)
            return None if block is None else block.text
        order, texts = scan.tag_names, scan.following_text
        for at in range(len(order) - 1, 0, -1):
            name, tail = order[at], texts[at]
            if name[:1] != "/" or name[1:] in inline or (tail and not tail.isspace()):
                return None
            if order[at - 1] == name[1:]:
                text = texts[at - 1]
                odd = "\n" in text or "\r" in text or "&" in text or not text or text.isspace()
                return None if odd else text
        return None

    @property
    def root(self) -> etree._Element:
        """The tree."""
        return self._body.root_among(self.names)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The nesting errors, in the order of the text."""
        if self._scan.is_balanced:
            return ()
        from newslint.html.nesting import problems

        return problems(self.tokens)

    @cached_property
    def comments(self) -> Sequence[Token]:
        """The closed comments."""
        # The quick scan lists comments as tags with an empty name.
        if "<!--" not in self._html if self.names is None else "" not in self.names:
            return ()
        return [one for one in self.tokens if one.kind is TokenKind.COMMENT and one.closed]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tags, comments and raw text; in Markdown, without tags that it reads as text."""
        if self._without_text is not None and self.names is None:
            text = self._without_text(self._html)
            if text != self._html:
                return tuple(_tokens(text))
        if "<svg" in self._html or "<math" in self._html:
            return tuple(_tokens(self._html))
        return self._body.tokens

    def next_token(self, offset: int) -> Token | None:
        """Return the first token that begins after an offset."""
        at = bisect_right(self.tokens, offset, key=lambda other: other.span.start)
        return self.tokens[at] if at < len(self.tokens) else None


def last_block(root: etree._Element, inline: frozenset[str]) -> etree._Element | None:
    """Return the last block of a tree if it contains one line of text and nothing else, else None.

    ``inline`` are the names of inline elements.
    """
    block = root
    while len(block):
        block = block[-1]
        tag, tail = block.tag, block.tail
        if not isinstance(tag, str) or tag in inline or (tail and not tail.isspace()):
            return None
    text = block.text
    return block if text and not text.isspace() and "\n" not in text else None


def _plain(tag: Tag) -> str:
    """Return a tag in its usual spelling."""
    written = [
        one.name if one.value is None else f'{one.name}="{one.value}"' for one in tag.written
    ]
    return " ".join((tag.name, *written)) if written else ""


def _tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text; in SVG ``<title/>`` is a complete element, without raw text."""
    position, foreign = 0, 0
    while True:
        for token in tokens(text, position):
            yield token
            if token.name in model.FOREIGN and not token.self_closing:
                foreign = max(0, foreign + (1 if token.kind is TokenKind.START else -1))
            elif foreign and token.self_closing and token.name in RAW_TEXT:
                position = token.span.end
                break
        else:
            return
