"""The edits that a fix of the HTML in a post is made of."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint.html import edits
from newslint.post import prose

if TYPE_CHECKING:
    from lxml import etree

    from newslint.generators import Target
    from newslint.html.edits import Edit
    from newslint.html.tokenizer import Attribute, Token
    from newslint.html.tree import Body


class HtmlEdits:
    """What a `Post` offers to change its tags: offsets are those of the file."""

    text: str
    target: Target

    @property
    @abstractmethod
    def html(self) -> Body:
        """The body as HTML."""

    @property
    @abstractmethod
    def is_markdown(self) -> bool:
        """Whether Markdown renders the body."""

    @property
    @abstractmethod
    def body_start(self) -> int:
        """Where the body begins."""

    @abstractmethod
    def is_rendered(self, offset: int) -> bool:
        """Whether Markdown renders what stands at an offset of the file."""

    def add_attribute(
        self,
        element: etree._Element,
        name: str,
        value: str,
        *,
        after: str | None = None,
        first: bool = False,
    ) -> list[Edit]:
        """The edits that give an element an attribute, or another value to the one it has.

        A new one stands last, behind the attribute ``after``, or ``first``. ``value`` is text: what
        HTML needs is escaped. Empty for an element without a tag.
        """
        tag = self.html.start_tag(element)
        if tag is None or not self._is_markup(tag):
            return []
        return edits.attribute_added(self.html, element, name, value, after=after, first=first)

    def remove_attribute(self, element: etree._Element, name: str) -> list[Edit]:
        """The edits that take an attribute away, each time that it is given; empty without it."""
        given = [one for one in self.html.attributes(element) if one.name == name]
        return self.cut_attributes(given)

    def cut_attributes(self, attributes: Iterable[Attribute]) -> list[Edit]:
        """The edits that take away some attributes of ``structure.tags``.

        Empty, as those of the other methods, in a tag that the Markdown renderer prints as text.
        """
        found = ((one, self.html.token_at(one.span.start)) for one in attributes)
        return [
            edits.attribute_removed(self.html, attribute)
            for attribute, token in found
            if token is not None and self._is_markup(token)
        ]

    def _is_markup(self, tag: Token) -> bool:
        """Whether a start tag is one to the Markdown renderer too."""
        start = tag.span.start
        return (
            not self.is_markdown
            or prose.is_markup(self.html.html, start, self.target)
            or not (self.target.name == "jekyll" or self.is_rendered(start + self.body_start))
        )

    def remove_element(self, element: etree._Element) -> list[Edit]:
        """The edits that take an element away, with its line where it stands alone.

        Empty for one without a tag, or whose end tag is missing.
        """
        return edits.element_removed(self.html, self.text, element)
