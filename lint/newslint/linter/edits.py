"""Edits of a post's HTML that rules build their fixes of: an attribute more or less, an element.

Each is a span of the file and the text that replaces it, as `Rule.mend` takes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import Span, with_line
from newslint.html.tokenizer import Attribute, Token

if TYPE_CHECKING:
    from lxml import etree

    from newslint.post.post import Post

Edit = tuple[Span, str]

_BLANKS = (" ", "\t", "\n", "\r", "\f")
_ENDS = (*_BLANKS, ">")
"""White space, and what ends a tag."""
_QUOTES = {'"': "&quot;", "'": "&#39;"}


def attribute_added(
    post: Post,
    element: etree._Element,
    name: str,
    value: str,
    *,
    after: str | None,
    first: bool,
) -> list[Edit]:
    """What gives an element an attribute; see `Post.add_attribute`."""
    token = post.html.start_tag(element)
    if token is None or not _is_tag(post, token):
        return []
    text = f'{name}="{_escaped(value)}"'
    written = post.html.attributes(element)
    if (old := next((one for one in written if one.name == name), None)) is not None:
        if old.quote == "'":
            text = f"{name}='{_escaped(value, old.quote)}'"
        # What an attribute that ends in a bare "=" swallowed was a space.
        edit = (old.span, text + " " * _is_bare(old))
    elif first or not written:
        at = token.span.start + 1 + len(token.name)
        edit = (Span(at, at), f" {text}")
    else:
        place = next((one for one in written if one.name == after), written[-1])
        at, text = place.span.end, f" {text}"
        if _is_bare(place):
            # Behind a bare "src= " the new attribute would become its value.
            text = f'""{text}' + " " * (place is not written[-1])
        edit = (Span(at, at), text)
    return [(edit[0].shift(post.body_start), edit[1])]


def _is_bare(attribute: Attribute) -> bool:
    return attribute.value == "" and not attribute.quote


def _escaped(value: str, quote: str = '"') -> str:
    return value.replace("&", "&amp;").replace(quote, _QUOTES[quote])


_IN_MARKDOWN = lazy.pattern(
    r"<[A-Za-z][A-Za-z0-9-]*+(?:[ \t\r\n]++[A-Za-z_:][A-Za-z0-9:._-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:[^\"'=<>`\x00-\x20]++|'[^']*+'|\"[^\"]*+\"))?+)*+[ \t\r\n]*+/?+>"
)
_IN_KRAMDOWN = lazy.pattern(
    r"<[A-Za-z][\w:.-]*+(?:[ \t\r\n]++[A-Za-z_:][\w:.-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:'[^']*+'|\"[^\"]*+\"))?+)*+[ \t\r\n]*+/?+>"
)
"""A start tag as CommonMark (section 6.6) and kramdown take it for one, in the text of Markdown.

What does not fit is printed, and an edit of it would change what readers read.
"""


def _is_tag(post: Post, token: Token) -> bool:
    """Whether a start tag is one to the Markdown renderer too."""
    if not post.is_markdown:
        return True
    html, start = post.html.html, token.span.start
    if post.target.name == "jekyll":
        return _IN_KRAMDOWN.match(html, start) is not None
    return bool(_IN_MARKDOWN.match(html, start)) or not post.is_rendered(start + post.body_start)


def attribute_removed(post: Post, attribute: Attribute) -> list[Edit]:
    """What takes an attribute away (offsets of ``post.html``), with the blanks before it.

    The blanks stay where they still part what is left: ``a=1 b="2"c=3``, ``a=1 b="2"/>``,
    ``a/ b>``. So does a slash in their place; ``<svg/b>`` must not become ``<svg/>``.
    """
    html, (start, end) = post.html.html, attribute.span
    token = post.html.token_at(start)
    if token is None or not _is_tag(post, token):
        return []
    if html[end : end + 1] in _ENDS:
        if html[start - 1] == "/":
            start -= 1
        while html[start - 1] in _BLANKS:
            start -= 1
        if html[start - 1] == "/":
            start = attribute.span.start
    return [(Span(start, end).shift(post.body_start), "")]


def element_removed(post: Post, element: etree._Element) -> list[Edit]:
    """What takes an element away, with its line if it stands alone; see `Post.remove_element`."""
    start, end = post.html.start_tag(element), post.html.end_tag(element)
    if start is None or end is None:
        return []
    whole = Span(start.span.start + post.body_start, end.end)
    return [(with_line(post.text, whole), "")]
