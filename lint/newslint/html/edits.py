"""Edits of a post's HTML for fixes: add or remove an attribute, remove an element.

Each edit is a span of the file and its replacement, as `Rule.make_fix` takes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core.span import Span, with_line

if TYPE_CHECKING:
    from lxml import etree

    from newslint.html.tags import Tag
    from newslint.html.tokenizer import Attribute
    from newslint.html.tree import Body

Edit = tuple[Span, str]

_BLANKS = (" ", "\t", "\n", "\r", "\f")
_ENDS = (*_BLANKS, ">")
"""White space and the end of a tag."""
_QUOTES = {'"': "&quot;", "'": "&#39;"}


def attribute_added(
    tag: Tag, name: str, value: str, *, after: str | None, first: bool
) -> list[Edit]:
    """Return the edits that add an attribute to an element; see `Post.add_attribute`."""
    text = f'{name}="{_escaped(value)}"'
    written = tag.written
    if (old := next((one for one in written if one.name == name), None)) is not None:
        if old.quote == "'":
            text = f"{name}='{_escaped(value, old.quote)}'"
        # An attribute that ends in a bare "=" would take the next one as its value.
        edit = (old.span, text + " " * _is_bare(old))
    elif first or not written:
        at = tag.span.start + 1 + len(tag.name)
        edit = (Span(at, at), f" {text}")
    else:
        place = next((one for one in written if one.name == after), written[-1])
        at, text = place.span.end, f" {text}"
        if _is_bare(place):
            # After a bare "src= " the new attribute would become its value.
            text = f'""{text}' + " " * (place is not written[-1])
        edit = (Span(at, at), text)
    return [edit]


def _is_bare(attribute: Attribute) -> bool:
    return attribute.value == "" and not attribute.quote


def _escaped(value: str, quote: str = '"') -> str:
    return value.replace("&", "&amp;").replace(quote, _QUOTES[quote])


def attribute_removed(html: str, attribute: Attribute, shift: int) -> Edit:
    """Return the edit that removes an attribute and the space before it.

    ``html`` begins at offset ``shift`` of the file. Space that separates the remaining parts is
    kept: ``a=1 b="2"c=3``, ``a=1 b="2"/>``, ``a/ b>``. So is a slash that separates them:
    ``<svg/b>`` must not become ``<svg/>``.
    """
    start, end = first, _ = attribute.span.shift(-shift)
    if html[end : end + 1] in _ENDS:
        if html[start - 1] == "/":
            start -= 1
        while html[start - 1] in _BLANKS:
            start -= 1
        if html[start - 1] == "/":
            start = first
    return Span(start, end).shift(shift), ""


def element_removed(body: Body, text: str, element: etree._Element) -> list[Edit]:
    """Return the edits that remove an element, with its line if it is alone there."""
    start, end = body.start_tag(element), body.end_tag(element)
    if start is None or end is None:
        return []
    span = Span(start.span.start + body.start, end.end)
    return [(with_line(text, span), "")]
