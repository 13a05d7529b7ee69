"""The grammar of kramdown 2.4.0 as far as a post that is HTML is concerned."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newslint.core import lazy

S = r"[ \t\r\n\f\v]"
NAME = r"(?>(?:[^\W\d][-\w.]*+:)?[^\W\d][-\w.]*+)"
TAG = lazy.pattern(
    rf"<(?P<name>{NAME})"
    rf"(?P<attributes>(?:{S}++{NAME}(?:{S}*+={S}*+(?:\w++|\"[^\"]*+\"|'[^']*+'))?+)*+)"
    rf"{S}*+(?P<closed>/)?+>"
)
ATTRIBUTE = lazy.pattern(
    rf"{S}*+(?P<name>{NAME})(?:{S}*+={S}*+(?:(?P<bare>\w++)|\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'))?+"
)
CLOSE = lazy.pattern(rf"</(?P<name>{NAME}){S}*+>")
RAW_START = lazy.pattern(r"<(?=[^\W\d]|/|!--|\?)")
REFERENCE = r"&(?:[A-Za-z0-9_:][-A-Za-z0-9_.:]*+;|#[0-9]++;|#x[0-9a-fA-F]++;)"
ESCAPED = lazy.pattern(rf"{REFERENCE}|[<>&]")
ESCAPED_ATTRIBUTE = lazy.pattern(rf"{REFERENCE}|[<>&\"]")
ESCAPES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}

SPAN = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "big",
        "bdo",
        "br",
        "button",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "option",
        "q",
        "rb",
        "rbc",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "samp",
        "select",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "command",
        "embed",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
BLOCK = frozenset(
    (  # noqa: SIM905
        "address article aside applet body blockquote caption col colgroup dd div dl dt"
        " fieldset figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head"
        " iframe legend menu li main map nav ol optgroup p pre section summary table tbody"
        " td th thead tfoot tr ul"
    ).split()
)
"""The block elements of kramdown 2.4 (``HTML_BLOCK_ELEMENTS``)."""
KNOWN = (
    SPAN
    | VOID
    | BLOCK
    | frozenset({"details", "figure", "math", "noscript", "object", "script", "style", "textarea"})
)
CODE_ELEMENTS = frozenset({"pre", "code", "kbd", "samp", "textarea", "math", "svg"})
"""Elements whose text is no prose."""
SWITCH = lazy.pattern(r"\bmarkdown\s*+=")
"""The attribute by which a writer says what kramdown is to do with the content."""
BLANK = lazy.pattern(r"(?:[ \t\r\f\v]*+\n)++")
CODE = lazy.pattern(r"(?:\t| {4})[ \t]*+\S")
BLOCK_TAG = lazy.pattern(r" {0,3}(?=<)")
_LAZY_SPAN = "|".join(sorted(SPAN | {"script"}))
TEXT_END = lazy.pattern(
    rf"[ \t\r\f\v]*+(?:\n|\Z)| {{0,3}}</?(?!(?:{_LAZY_SPAN})\b){NAME}|\^[ \t]*+\n|\{{:"
)
FENCE = lazy.pattern(r" {0,3}(?P<mark>~{3,}|`{3,})[^\n]*+\n")
DEPTH_LIMIT = 1500
"""Open elements at which kramdown overflows Ruby's stack and the build stops: 1,500 were still
built, 2,000 were not (Ruby 3.1, default stack)."""
TRAILING = lazy.pattern(r"[ \t]*+\n")


class Event(StrEnum):
    """What kramdown does with a piece of a post."""

    TEXT = "text"
    """Text outside of all elements, read as Markdown."""
    CODE = "code"
    """Indented lines outside of all elements, shown as code."""
    STRAY = "stray"
    """An end tag that closes nothing here, printed as text."""
    UNREAD = "unread"
    """A tag that it cannot read, printed as text."""
    UNCLOSED = "unclosed"
    """An element without its end tag: closed where the text around it ends."""
    PARAGRAPH = "paragraph"
    """A paragraph that ended at a block before it gets an end tag, which makes an empty one."""
    MARKDOWN = "markdown"
    """An element with the attribute ``markdown``: its content is read as Markdown."""
    ATTRIBUTE = "attribute"
    """An attribute duplicated: the last one counts, in HTML the first."""
    DEPTH = "depth"
    """Elements nested so deep that the build stops."""
    ENTITY = "entity"
    """A character reference that is printed as it is written."""


class Rendered(NamedTuple):
    """The HTML that kramdown writes, and what it did to get there: (start, end, event)."""

    html: str
    events: list[tuple[int, int, Event]]
    elements: list[tuple[int, int]]
    """The elements that stand outside of all others, as (start, end)."""
    texts: list[tuple[int, int]]
    """The text within them, but for what is code and what is Markdown by the writer's will."""

    def size(self) -> int:
        """Return the bytes that this takes in memory, by a span or an event of 130 (measured)."""
        spans = len(self.events) + len(self.elements) + len(self.texts)
        return 2 * len(self.html) + 130 * spans


_CLEAN_TOKEN = lazy.pattern(
    rf"<(?:(?P<end>/)?+(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<closed>(?:{S}++[A-Za-z_][-\w.:]*+"
    rf"(?:=(?:\"[^\"]*+\"|'[^']*+'|\w++))?+)*+{S}*+/?+)>|!--(?:[^-]|-(?!->))*+-->)"
)
_BAD_AMPERSAND = lazy.pattern(r"&(?!(?:[A-Za-z][A-Za-z0-9]*+;|#[0-9]++;|#x[0-9a-fA-F]++;|[ \n]))")
_CLEAN_START = lazy.pattern(r"(?:[ \t]*+\n)*+ {0,3}<div(?=[ \t\r\n>])")


def is_clean(text: str) -> bool:
    """Return whether a body passes kramdown unchanged for certain: one element, well nested inside.

    Quick and cautious: False says only that a closer look is needed.
    """
    body = text.strip(" \t\n")
    if not body.endswith("</div>") or not _CLEAN_START.match(text) or "markdown" in body:
        return not body
    found = _CLEAN_TOKEN.findall(body)
    if len(found) != body.count("<") or _BAD_AMPERSAND.search(body):
        return False
    stack: list[str] = []
    last = len(found) - 1
    for number, (end, name, rest) in enumerate(found):
        if end:
            if not stack or stack.pop() != name or (not stack and number < last):
                return False
        elif name:
            if rest.count("=") > 1 and _repeats(rest):
                return False
            if name not in VOID and rest[-1:] != "/":
                stack.append(name)
    return not stack and len(found) < DEPTH_LIMIT


def _repeats(attributes: str) -> bool:
    """Return whether an attribute is duplicated."""
    names = [found[0].lower() for found in ATTRIBUTE.findall(attributes)]
    return len(set(names)) < len(names)
