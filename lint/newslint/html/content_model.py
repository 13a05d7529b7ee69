"""Which elements need an end tag, which close others, and how far an end tag reaches.

From the HTML standard: void elements (13.1.2), optional tags (13.1.2.4), the stack of open
elements and its scopes (13.2.4.2), the "in body" and "in table" insertion modes (13.2.6.4).
"""

from __future__ import annotations

from newslint.html.tokenizer import VOID


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID_TO_BROWSERS = VOID | {"basefont", "bgsound", "frame", "image", "keygen"}
"""Elements that a browser never leaves open, including obsolete ones; ``<image>`` is an img."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

CLOSES_P = HEADINGS | _names(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search"
    " section summary table ul xmp"
)
"""Start tags that close an open paragraph."""

TABLE_PARTS = _names("caption col colgroup tbody td tfoot th thead tr")
"""Elements that a browser drops outside of a table."""

OPTIONAL_END = (TABLE_PARTS - {"col"}) | _names("dd dt li optgroup option p rb rp rt rtc")
"""Elements whose end tag is optional: the end of their parent, or a sibling, closes them."""

NEEDS_P_END = frozenset({"a", "audio", "del", "ins", "map", "noscript", "video"})
"""Parents in which the end tag of a paragraph is required."""

CLOSES_BLOCKS = (
    HEADINGS
    | TABLE_PARTS
    | _names(
        "address applet article aside blockquote button center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form header hgroup li listing main marquee menu nav"
        " object ol pre search section select summary table template ul"
    )
)
"""End tags that close all elements open inside."""

AROUND_A_POST = _names("article div main section")
"""Elements that layouts put around the post: a stray end tag closes the layout's element."""

SPECIAL = (CLOSES_BLOCKS - {"dialog"}) | frozenset({"iframe", "noembed", "noscript", "p"})
"""Open elements at which the search for a list item to close ends."""

FOREIGN = frozenset({"math", "svg"})
"""Roots of content in which ``<x/>`` is a complete element."""

HTML_AGAIN = _names("annotation-xml desc foreignobject mi mn mo ms mtext")
"""Elements of SVG and MathML that contain HTML (``title`` is raw text to our tokenizer)."""

FORMATTING_OUTSIDE = _names(
    "b big body br code em embed head i img meta nobr ruby s small span strike strong sub sup tt"
    " u var"
)
"""Start tags besides blocks that end an enclosing SVG or MathML."""

SCOPE = FOREIGN | HTML_AGAIN | _names("applet caption marquee object table td template th")
"""Open elements that end tags of outer elements do not cross."""

TABLE_SCOPE = FOREIGN | HTML_AGAIN | frozenset({"table", "template"})
"""The same for end tags of the parts of a table."""

NO_NESTING = frozenset({"a", "button", "form", "nobr"})
"""Elements that cannot be nested in their own kind: the parser closes or drops one."""

_ANYWHERE = frozenset({"form", "input", "script", "style", "template"})
_ROWS = frozenset({"td", "th", "tr"})

CHILDREN: dict[str, frozenset[str]] = {
    "table": _ANYWHERE | TABLE_PARTS,
    "tbody": _ANYWHERE | TABLE_PARTS,
    "thead": _ANYWHERE | TABLE_PARTS,
    "tfoot": _ANYWHERE | TABLE_PARTS,
    "tr": _ANYWHERE | TABLE_PARTS,
}
"""Allowed children of the parts of a table; browsers move others before the table."""

CLOSED_BY: dict[str, frozenset[str]] = {
    "caption": frozenset({"caption", "colgroup"}),
    "col": frozenset({"caption"}),
    "colgroup": frozenset({"caption", "colgroup"}),
    "tbody": _ROWS | {"caption", "colgroup", "tbody", "tfoot", "thead"},
    "td": frozenset({"caption", "colgroup", "td", "th"}),
    "tr": _ROWS | {"caption", "colgroup"},
}
CLOSED_BY |= {"th": CLOSED_BY["td"], "tfoot": CLOSED_BY["tbody"], "thead": CLOSED_BY["tbody"]}
"""Open parts of a table that the start tag of another part closes."""

CLOSED_AT_TOP: dict[str, frozenset[str]] = {
    "optgroup": frozenset({"optgroup", "option"}),
    "option": frozenset({"option"}),
    "rb": frozenset({"rb", "rp", "rt", "rtc"}),
    "rp": frozenset({"rb", "rp", "rt"}),
    "rt": frozenset({"rb", "rp", "rt"}),
    "rtc": frozenset({"rb", "rp", "rt", "rtc"}),
}
"""The innermost open elements that a start tag closes."""
