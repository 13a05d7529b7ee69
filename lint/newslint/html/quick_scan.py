"""A quick scan of a body for its tags: exact where it understands the text, empty elsewhere.

Most posts are balanced, in plain lower-case tags. Cutting the text at ``<`` and ``>`` and a small
loop prove that in some microseconds. Whatever they cannot prove (a ``<`` or ``>`` in a comment, a
style or a value, upper case) is left to the exact tokenizer. `newslint.html.outline` decides which
of the two answers; no one else reads the lists of this one.
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
"""What is between ``<`` and the first ``>`` of a tag or comment that is whole by then.

It takes less than a browser does, never more: each ``<`` that it fits begins a tag or comment.
No form feed, which parts attributes to a browser and ends a tag for Markdown.
"""

_PARTED = lazy.pattern(r"(?:\r\n?+|\n)[ \t]*+(?:[\r\n*+=#_`~|:0-9-]|\Z)")
"""Where a paragraph of Markdown may end within a tag, which is then none; a ``>`` that begins a
line begins a quotation."""

_ATTRIBUTE = lazy.pattern(
    r"[ \t\n]([a-z][a-z0-9_:.-]*+)"
    r"(?:=(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\"'=`]++)))?+"
)
"""An attribute in one of `QuickScan.tag_sources`."""

_REFERENCE = lazy.pattern(r"&(?!amp;|[A-Za-z0-9_]++=)")
"""What may represent another character; in an attribute, ``&b=2`` does not (13.2.5.73)."""

_HEADS_KEPT, _HEAD_KEPT = 1_000, 100
"""Tags whose names are kept, and their code points at most: those of a site's posts are the same
few, but for the images."""

_names: dict[str, str] = {}

_BARE = {
    head: head
    for name in (  # noqa: SIM905
        "a b blockquote br code div em figcaption figure h1 h2 h3 h4 h5 h6 hr i li ol p pre section"
        " span strong style sub sup table tbody td tfoot th thead tr u ul"
    ).split()
    for head in (name, f"/{name}")
}
"""Tags without attributes as they nearly all are: known at once."""


class QuickScan:
    """The tags and comments of a text, as it was cut at each ``<``.

    Where the scan understood the text, ``tag_sources`` is what is between ``<`` and ``>`` of
    each tag and comment (end tags too), with lower-case names and no white space around ``=``,
    ``tag_names`` the name of each (``/p`` of an end tag, nothing of a comment), and
    ``following_text`` what follows each up to the next; ``leading_text`` is the text before the
    first, ``names`` are all names. A tag inside of raw text may be among them, none is missing.
    Where it did not understand, ``names`` is None and the others, but for ``leading_text``, are
    empty.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self.tag_sources: Sequence[str] = ()
        self.tag_names: Sequence[str] = ()
        self.following_text: Sequence[str] = ()
        self.names: frozenset[str] | None = None
        self.attributed: Sequence[tuple[str, str]] = ()
        """The names of the tags that have attributes, or end in ``/``, each with its source."""
        self._attributes: dict[str, Mapping[str, str] | None] = {}
        self.is_balanced = False
        """Whether it is proved that all tags are closed and nested as they should be."""
        self.leading_text = pieces[0]
        self._read(pieces)

    def _read(self, pieces: Sequence[str]) -> None:
        """Read the tags off the text between ``<`` and ``<``."""
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
        """Return the attributes of a tag, decoded, from one of ``tag_sources``.

        None where that is no matter of a glance: a name duplicated, a reference, a line end.
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
    """Return the name of a tag, by what is between ``<`` and ``>``; None where it is odd."""
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
