"""A quick scan of a body for its tags: exact for texts that it can read, empty for others.

Most posts are balanced, with plain lower-case tags. Splitting the text at ``<`` and ``>`` and one
loop prove that in microseconds. Texts for which they cannot (a ``<`` or ``>`` in a comment, a style
or a value, upper case) are left to the exact tokenizer. Only `newslint.html.outline` reads the
lists of this module and decides which of the two is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from newslint.core import lazy
from newslint.html import balance

_ATTRIBUTES = (
    r"(?:[ \t\n\r]++[a-z][a-z0-9_:.-]*+"
    r"(?:=(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\r\f\"'=`]++))?+)*+"
)
_HEAD = lazy.pattern(rf"(/?[a-z][a-z0-9-]*+)(?:{_ATTRIBUTES}[ \t\n\r]*+/?+)?+|(?s:!--.*--)")
"""The text between ``<`` and the first ``>`` of a complete tag or comment.

It matches less than a browser accepts, never more: each ``<`` that it matches begins a tag or
comment. No form feed, which separates attributes for a browser and ends a tag for Markdown.
"""

_PARTED = lazy.pattern(r"(?:\r\n?+|\n)[ \t]*+(?:[\r\n*+=#_`~|:0-9-]|\Z)")
"""Where a paragraph of Markdown may end inside a tag, which is then text; a ``>`` at the beginning
of a line begins a quotation."""

_ATTRIBUTE = lazy.pattern(
    r"[ \t\n]([a-z][a-z0-9_:.-]*+)"
    r"(?:=(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\"'=`]++)))?+"
)
"""An attribute in one of `QuickScan.tag_sources`."""

_REFERENCE = lazy.pattern(r"&(?!amp;|[A-Za-z0-9_]++=)")
"""A possible character reference; in an attribute, ``&b=2`` is none (13.2.5.73)."""

_HEADS_KEPT, _HEAD_KEPT = 1_000, 100
"""Maximum number of tags whose names are cached, and of code points of each: except for images,
the posts of a site share few tags."""

_names: dict[str, str] = {}

_BARE = {
    head: head
    for name in (  # noqa: SIM905
        "a b blockquote br code div em figcaption figure h1 h2 h3 h4 h5 h6 hr i li ol p pre section"
        " span strong style sub sup table tbody td tfoot th thead tr u ul"
    ).split()
    for head in (name, f"/{name}")
}
"""Common tags without attributes, as a fast path."""


class QuickScan:
    """The tags and comments of a text that was split at each ``<``.

    If the scan could read the text, ``tag_sources`` is the text between ``<`` and ``>`` of each tag
    and comment (including end tags), with lower-case names and no white space around ``=``,
    ``tag_names`` the name of each (``/p`` for an end tag, empty for a comment), and
    ``following_text`` the text up to the next one; ``leading_text`` is the text before the first
    one, ``names`` are all names. They may include tags inside raw text, but none is missing.
    Otherwise ``names`` is None and the others, except ``leading_text``, are empty.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self.tag_sources: Sequence[str] = ()
        self.tag_names: Sequence[str] = ()
        self.following_text: Sequence[str] = ()
        self.names: frozenset[str] | None = None
        self.attributed: Sequence[tuple[str, str]] = ()
        """The names of the tags that have attributes, or end in ``/``, with their sources."""
        self._attributes: dict[str, Mapping[str, str] | None] = {}
        self.is_balanced = False
        """Whether all tags are proved to be closed and correctly nested."""
        self.leading_text = pieces[0]
        self._read(pieces)

    def _read(self, pieces: Sequence[str]) -> None:
        """Read the tags from the pieces of text between ``<`` and ``<``."""
        heads: list[str] = []
        order: list[str] = []
        texts: list[str] = []
        attributed: list[tuple[str, str]] = []
        known = _BARE.get
        for piece in islice(pieces, 1, None):
            head, end, text = piece.partition(">")
            name = known(head)
            if name is None:
                name = _name(head)
                if name is None:
                    return
                if name and len(name) != len(head):
                    attributed.append((name, head))
            if not end:
                return
            heads.append(head)
            order.append(name)
            texts.append(text)
        self.tag_sources, self.tag_names, self.following_text = heads, order, texts
        self.attributed = attributed
        self.names = frozenset(order)
        self.is_balanced = balance.is_balanced(order)

    def attributes(self, head: str) -> Mapping[str, str] | None:
        """Return the decoded attributes of a tag, given one of ``tag_sources``.

        None if the scan cannot decode them: a repeated name, a character reference, a line end.
        """
        try:
            return self._attributes[head]
        except KeyError:
            found = self._attributes[head] = _attributes_of(head)
            return found


def _attributes_of(head: str) -> dict[str, str] | None:
    if "\r" in head or ("&" in head and _REFERENCE.search(head)):
        return None
    found = _ATTRIBUTE.findall(head)
    attributes = {name: double or single or bare for name, double, single, bare in found}
    if "&" in head:
        attributes = {name: value.replace("&amp;", "&") for name, value in attributes.items()}
    return attributes if len(attributes) == len(found) else None


def _name(head: str) -> str | None:
    """Return the name of a tag, given the text between ``<`` and ``>``; None if not a plain tag."""
    known = _names.get(head)
    if known is not None:
        return known
    match = _HEAD.fullmatch(head)
    if match is None:
        return None
    name = match[1] or ""
    if name and ("\n" in head or "\r" in head) and _PARTED.search(head):
        return None
    if len(head) <= _HEAD_KEPT:
        if len(_names) >= _HEADS_KEPT:
            _names.clear()
        _names[head] = name
    return name
