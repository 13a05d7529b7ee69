"""HTML007."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Post, Severity, msg

if TYPE_CHECKING:
    from lxml import etree

_INSTEAD = {
    "acronym": "<abbr>",
    "applet": "<object>",
    "basefont": "CSS",
    "bgsound": "<audio>",
    "big": "CSS",
    "blink": "CSS",
    "center": "CSS: text-align",
    "dir": "<ul>",
    "font": "CSS",
    "frame": "<iframe>",
    "frameset": "<iframe>",
    "isindex": "<form>",
    "keygen": "nothing",
    "listing": "<pre>",
    "marquee": msg("plain text"),
    "multicol": "CSS: columns",
    "nextid": "nothing",
    "nobr": "CSS: white-space",
    "noembed": "<object>",
    "noframes": "<iframe>",
    "plaintext": "<pre>",
    "spacer": "CSS",
    "strike": msg("<s> or <del>"),
    "tt": "<code>",
    "xmp": "<pre>",
}
"""Elements that the HTML standard calls obsolete (section 16.2), and what to use."""


class ObsoleteElement(ElementRule):
    """An element is obsolete in HTML, such as `<font>`, `<center>` or `<marquee>`.

    Such elements bring the style of the old site into the new one: colors, sizes, moving text.
    Browsers still support them, so the rule is off by default.

    Use the element or CSS that the message names, or keep only the text.
    """

    code, name, severity, default = "HTML007", "obsolete-element", Severity.WARNING, False
    tags = tuple(_INSTEAD)
    bad = [
        Bad(
            '<p>⟦<font color="red">⟧text</font></p>\n',
            message="<font> is obsolete; use CSS",
        ),
        Bad("⟦<center>⟧⟦<marquee>⟧text</marquee></center>\n"),
    ]
    good = [Good('<p style="text-align: center"><s>text</s></p>\n')]

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        instead = _INSTEAD[element.tag]
        told = msg("<{tag}> is obsolete; use {instead}", tag=element.tag, instead=instead)
        if instead == "nothing":
            told = msg("<{tag}> is obsolete; remove it", tag=element.tag)
        yield self.finding(post.span(element), told)
