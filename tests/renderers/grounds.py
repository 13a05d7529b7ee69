"""Which rules answer for which harm, so that what was missed can be counted for each rule."""

from __future__ import annotations

import re

from .damage import DIES, LOST, SKIPPED

_HEADER = ("FM001", "FM002", "FM003", "FM014", "FM025")
"""Where the front matter is not read, all of its fields are wrong."""
_ANSWERABLE = {
    "title": ("FM006", "FM015", "FM016", "FM022"),
    "date": ("FM006", "FM010"),
    "categories": ("FM006", "FM021", "FM022"),
    "tags": ("FM006",),
    "keys": ("FM004",),
    "published": ("FM024",),
    "layout": ("FM023", "HTML001", "HTML002", "HTML006", "HTML011"),
    "bytes": ("TXT001",),
    "words": ("HTML012", "HTML013"),
    "image": ("IMG002",),
    "field": ("FM026",),
    SKIPPED: ("FM001", "FM013", "FM023", "SEC008"),
}
_CAUSES = (
    (re.compile(r"Nunjucks|Template render|Liquid|liquid template|shortcode|TokenizationError"),
     ("TPL001",)),
    (re.compile(r"YAML|unmarshal|front matter|frontmatter", re.IGNORECASE), (*_HEADER, "FM004")),
    (re.compile(r"Invalid date|Data cascade value for .date"), ("FM010",)),
)  # fmt: skip
"""What a generator that gives up says, and the rules whose business that is."""
_OTHERWISE = ("FM006", "FM023", "SEC008")


def answerable(harms: frozenset[str], log: str, *, markdown: bool) -> frozenset[str]:
    """The codes of the rules of which one should have spoken: each of them missed the post."""
    if harms & {DIES, LOST}:
        return frozenset(next((rules for said, rules in _CAUSES if said.search(log)), _OTHERWISE))
    if "header" in harms or {"title", "date"} <= harms:
        return frozenset(_HEADER)
    if harms == {"article"}:
        return frozenset(("FM025", "MD001", "MD002", "TPL001") if markdown else ("FM025", "TPL001"))
    return frozenset(code for harm in harms for code in _ANSWERABLE.get(harm, ()))
