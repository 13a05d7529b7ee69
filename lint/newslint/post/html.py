"""The HTML of a post for rules: tags, text, tree, problems, and edits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from newslint.core.lazy import cached_property
from newslint.core.span import Span
from newslint.html import edits
from newslint.html.outline import Structure
from newslint.html.problems import ProblemKind
from newslint.html.tags import Tag
from newslint.html.tokenizer import TokenKind
from newslint.html.tree import Body
from newslint.post import made_pages, prose

if TYPE_CHECKING:
    from lxml import etree

    from newslint.generators import Target
    from newslint.generators.effects import TagBlock
    from newslint.generators.site import Site
    from newslint.html.edits import Edit
    from newslint.html.problems import Problem
    from newslint.html.tokenizer import Attribute, Token


_CERTAIN = frozenset({ProblemKind.DOCUMENT, ProblemKind.SWALLOWS})
"""What is wrong with a tag whatever the others are."""


class PostHtml:
    """The HTML of a `Post`. Spans are those of the file, except those of tokens."""

    text: str
    target: Target
    site: Site | None

    @property
    @abstractmethod
    def is_page(self) -> bool:
        """Whether the generator takes the file for a page and no post."""

    @property
    @abstractmethod
    def data(self) -> Mapping[str, Any]:
        """The front matter, with what the site gives to the post."""

    @property
    @abstractmethod
    def is_markdown(self) -> bool:
        """Whether Markdown renders the body."""

    @property
    @abstractmethod
    def body_start(self) -> int:
        """The offset of the body."""

    @property
    @abstractmethod
    def body_text(self) -> str:
        """The body as in the file."""

    @property
    @abstractmethod
    def code_spans(self) -> Sequence[Span]:
        """The spans of code in the body."""

    @property
    @abstractmethod
    def tag_blocks(self) -> Sequence[TagBlock]:
        """Blocks of template tags whose content is not prose."""

    @abstractmethod
    def is_rendered(self, offset: int) -> bool:
        """Return whether Markdown renders the text at an offset of the file."""

    @abstractmethod
    def with_text(self, text: str) -> Self:
        """Return the post for another text."""

    def with_edits(self, edits: Iterable[Edit]) -> Self:
        """Return the post after some edits, which do not overlap."""
        pieces: list[str] = []
        position = 0
        for span, content in sorted(edits):
            pieces += (self.text[position : span.start], content)
            position = span.end
        return self.with_text("".join([*pieces, self.text[position:]]))

    @cached_property
    def html(self) -> Body:
        """The body as HTML: text, tokens, tree and spans, with code replaced by spaces."""
        text = self.body_text
        if self.code_spans or self.tag_blocks:
            code = [span.shift(-self.body_start) for span in self.code_spans]
            text = prose.html_text(text, self.tag_blocks, code)
        if self.site is not None and self.is_other_format:
            text = ""
        return Body(text, self.body_start)

    @cached_property
    def is_other_format(self) -> bool:
        """Whether the file is a page of its site that is built to no HTML, such as a feed."""
        if self.site is None or not self.is_page:
            return False
        return made_pages.is_other_format(self.body_text, self.data.get("permalink"))

    @cached_property
    def has_varying_tags(self) -> bool:
        """Whether template statements of the site decide which tags the built page has.

        Whether they are balanced shows in the build alone.
        """
        if self.site is None or "{%" not in self.body_text:
            return False
        return made_pages.has_varying_tags(self.body_text, self.tag_blocks, is_page=self.is_page)

    @cached_property
    def structure(self) -> Structure:
        """The tags of the body and their nesting, for the engine. Rules use the members below."""
        if not self.is_markdown:
            return Structure(self.html)
        if self.target.name == "jekyll":
            return Structure(self.html, _without_text_of_kramdown)
        return Structure(self.html, partial(_without_text, target=self.target.name))

    @cached_property
    def body(self) -> etree._Element:
        """The lxml tree of the body, ``<html>`` at its root."""
        return self.structure.root

    def has_tag(self, *names: str) -> bool:
        """Return whether the body may have a start tag with one of some names: a cheap test."""
        return not self.structure.element_names.isdisjoint(names)

    @cached_property
    def element_names(self) -> frozenset[str]:
        """The names of all start tags of the body, including a few that are text to Markdown."""
        return self.structure.element_names

    def tags(self, *names: str) -> Sequence[Tag]:
        """Return the start tags with the given names, or all, in order, without building a tree."""
        return self.structure.tags(frozenset(names) if names else None)

    @cached_property
    def attribute_text(self) -> str:
        """The start tags that have attributes, joined, for a quick search.

        Names are in lower case, without white space around ``=``; values are as written.
        """
        return self.structure.attribute_text

    @property
    def repeated_attributes(self) -> Sequence[tuple[Tag, tuple[Attribute, ...]]]:
        """The tags with a repeated attribute, and the repetitions."""
        found = self.structure.repeated_attributes
        return () if found and self.has_varying_tags else found

    @cached_property
    def visible_text(self) -> str:
        """The text of the body, with references decoded, without styles, scripts and templates.

        Also without ``noscript`` and ``title``. White space may differ.
        """
        return self.structure.visible_text

    def last_block_text(self, inline: frozenset[str]) -> str | None:
        """Return the text of the last block if that is one line of plain text, else None.

        ``inline`` are the names of inline elements.
        """
        return self.structure.last_block_text(inline)

    @property
    def tokens(self) -> Sequence[Token]:
        """The tags, comments and raw text of the body, in offsets of ``html.html``.

        Without tags that Markdown reads as text.
        """
        return self.structure.tokens

    @property
    def comments(self) -> Sequence[Token]:
        """The closed comments among the tokens."""
        return self.structure.comments

    @property
    def html_problems(self) -> Sequence[Problem]:
        """The problems of tags and their nesting, in offsets of ``html.html``.

        Without problems of nesting if template statements decide which tags the page has.
        """
        found = self.structure.problems
        if found and self.has_varying_tags:
            return [one for one in found if one.kind in _CERTAIN]
        return found

    def span(self, element: etree._Element, attribute: str | None = None) -> Span:
        """Return the span of an element's start tag, or of one of its attributes."""
        return self.html.span(element, attribute)

    def leaf_span(self, tag: Tag | etree._Element) -> Span | None:
        """Return the span from a start tag to its end tag; None if tags or comments are between."""
        found = self._tag(tag)
        if found is None:
            return None
        first = found.span.start - self.body_start
        last = self.structure.next_token(first)
        if last is not None and last.kind is TokenKind.TEXT:
            last = self.structure.next_token(last.span.start)
        if last is None or last.kind is not TokenKind.END or last.name != found.name:
            return None
        return Span(first, last.span.end).shift(self.body_start) if last.closed else None

    def add_attribute(
        self,
        tag: Tag | etree._Element,
        name: str,
        value: str,
        *,
        after: str | None = None,
        first: bool = False,
    ) -> list[Edit]:
        """Return the edits that add an attribute to an element, or replace its value.

        A new attribute is the last one, follows ``after``, or is the ``first``. ``value`` is text,
        and is escaped. Empty for an element without a tag.
        """
        found = self._tag(tag)
        if found is None or not self._is_markup(found.span.start):
            return []
        return edits.attribute_added(found, name, value, after=after, first=first)

    def remove_attribute(self, tag: Tag | etree._Element, name: str) -> list[Edit]:
        """Return the edits that remove an attribute and its repetitions; empty if there is none."""
        found = self._tag(tag)
        given = () if found is None else found.written
        return self.cut_attributes(one for one in given if one.name == name)

    def cut_attributes(self, attributes: Iterable[Attribute]) -> list[Edit]:
        """Return the edits that remove some attributes of a tag, given those of ``Tag.written``.

        Empty, as those of the other methods, in a tag that the Markdown renderer prints as text.
        """
        start, html = self.body_start, self.html
        found = ((one, html.token_at(one.span.start - start)) for one in attributes)
        return [
            edits.attribute_removed(html.html, attribute, start)
            for attribute, token in found
            if token is not None and self._is_markup(token.span.start + start)
        ]

    def remove_element(self, element: etree._Element) -> list[Edit]:
        """Return the edits that remove an element, with its line if it is alone there.

        Empty for an element without a tag, or without an end tag.
        """
        return edits.element_removed(self.html, self.text, element)

    def _tag(self, tag: Tag | etree._Element) -> Tag | None:
        """Return a start tag as written; None for an implied element."""
        if isinstance(tag, Tag):
            return tag
        token = self.html.start_tag(tag)
        if token is None:
            return None
        source = self.html.html[token.span.start + 1 : token.span.end - 1]
        return Tag(token.name, source, token.span.start, self.body_start)

    def _is_markup(self, start: int) -> bool:
        """Return whether the Markdown renderer also reads the start tag at an offset as a tag."""
        return (
            not self.is_markdown
            or prose.is_markup(self.html.html, start - self.body_start, self.target)
            or not (self.target.name == "jekyll" or self.is_rendered(start))
        )


def _without_text(html: str, target: str = "") -> str:
    """Return the body with tags masked that a target's Markdown renderer reads as text."""
    from newslint.generators.markdown.inline_html import without_text_tags

    return without_text_tags(html, target)


def _without_text_of_kramdown(html: str) -> str:
    """As `_without_text`: kramdown reads a tag that begins a line to its end, over any line."""
    return prose.with_block_tags(_without_text(html), html)
