"""Edits of a post's HTML that rules build their fixes of: an attribute more or less, an element.

Each is a span of the file and the text that replaces it, as `Rule.make_fix` takes them.
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
"""White space, and what ends a tag."""
_QUOTES = {'"': "&quot;", "'": "&#39;"}


def attribute_added(
    tag: Tag, name: str, value: str, *, after: str | None, first: bool
) -> list[Edit]:
    """Return what gives an element an attribute; see `Post.add_attribute`."""
    text = f'{name}="{_escaped(value)}"'
    written = tag.written
    if (old := next((one for one in written if one.name == name), None)) is not None:
        if old.quote == "'":
            text = f"{name}='{_escaped(value, old.quote)}'"
        # What an attribute that ends in a bare "=" swallowed was a space.
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
    """Return what takes an attribute away, with the spaces before it; ``html`` begins at ``shift``.

    The spaces stay where they still part what is left: ``a=1 b="2"c=3``, ``a=1 b="2"/>``,
    ``a/ b>``. So does a slash in their place; ``<svg/b>`` must not become ``<svg/>``.
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
    """What takes an element away, with its line if it is alone; see `Post.remove_element`."""
    start, end = body.start_tag(element), body.end_tag(element)
    if start is None or end is None:
        return []
    whole = Span(start.span.start + body.start, end.end)
    return [(with_line(text, whole), "")]
