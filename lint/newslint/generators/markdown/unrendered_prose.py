"""Images, links and emphasis in prose that miss the form of Markdown by a sign (rule MD005).

Each finding is one that the renderer confirms: the page has the signs as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.markdown.blocks import prose_parser
from newslint.generators.markdown.definitions import normal_label
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.markdown.prose_blocks import prose_blocks

_SUFFIX = r"\.(?:png|jpe?g|gif|webp|svg|bmp|avif)"
_IMAGE = lazy.pattern(
    r"(?P<sign>!|(?:(?<=\n)|\A)[ \t]*+(?:! |！ ?))\[(?P<alt>[^\[\]\n]*+)\](?P<gap>[ \t]?)"
    r"(?P<open>[(（])(?P<address>[^\n()（）]*+)(?P<close>[)）]?)"
)
_LINK = lazy.pattern(r"(?<![!！\\])\[[^\[\]\n]++\]\((?P<address>https?://[^\n()\"'<>{}]*+)\)")
_REFERENCE = lazy.pattern(
    r"(?<![\\!\]\w])(?P<sign>!?)\[(?P<alt>[^\[\]\n]*+)\]\[(?P<label>[^\[\]\n]++)\]"
)
_EMBED = lazy.pattern(rf"(?<!\\)!\[\[[^\[\]\n|]*?{_SUFFIX}(?:\|[^\[\]\n]*+)?\]\]", re.IGNORECASE)
_DEFINED = lazy.pattern(r"\[([^\[\]]++)\]:")
_INCLUDES = lazy.pattern(r"\{%-?\s*+(?:include|render|capture)")
"""What may define labels."""
_IS_LINK = lazy.pattern(r"https?://[^\s\[\]]++\Z")
_TITLE = lazy.pattern(r"[ \t]++(?:\"[^\"]*+\"|'[^']*+')[ \t]*+\Z")
_IS_ADDRESS = lazy.pattern(rf"https?://|[^\s][^\n]*?{_SUFFIX}(?![A-Za-z0-9])", re.IGNORECASE)
_IS_IMAGE = lazy.pattern(rf"[^\n]*?{_SUFFIX}(?![A-Za-z0-9])", re.IGNORECASE)
_STRONG = lazy.pattern(r"(?<![*\\])\*\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*\*(?!\*)")
_TAG = lazy.pattern(r"<[^<>]*+>")
_MAY_IMAGE = (
    # An image whose form is right is passed over at once.
    lazy.pattern(
        r"!\[[^\[\]\n]*+\]"
        r"(?!\([^\s()（）]*+(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'))?[ \t]*+\))[ \t]?[(（]"
    ),
    lazy.pattern(r"(?:\A|\n)[ \t]*+(?:! |！ ?)\["),
)
_MAY_LABEL = lazy.pattern(r"\]\[https?://|!\[(?:\[|[^\[\]\n]*+\]\[[^\]])")
_MAY_LINK = lazy.pattern(r"\]\(https?://[^ \t\n()\"'<>{}]*+[ \t]++[^ \t\n()\"'<>{}]")
_MAY_STRONG = lazy.pattern(r"\*\*(?:[^\w\s*][^*\n]*+|[^*\n]*[^\w\s*])\*\*")

SPACE = msg("the URL contains a space; write %20")
SIZE = msg("Markdown has no size of images; write an <img> with width and height")
GAP = msg("no space may be between ] and (")
FULL_WIDTH = msg("Markdown needs the ASCII signs !, ( and )")
OPEN = msg("the closing ) is missing")
LABEL = msg("the URL must be in parentheses")
EMBED = msg("![[…]] is not Markdown, and only a plug-in reads it; write ![text](URL)")
BANG = msg("no space may be between ! and [")
STRONG = msg(
    "the renderer does not read ** between a punctuation mark and a letter; write <strong>"
)


class Shown(NamedTuple):
    """A piece of prose that is shown as source: its place, the reason, whether an image is lost.

    ``is_link`` is true where the page has a link in place of the image.
    """

    start: int
    end: int
    why: str
    is_image: bool = False
    is_link: bool = False
    edits: tuple[tuple[int, int, str], ...] = ()


def may_be_shown(text: str, rules: Dialect | None) -> bool:
    """Return a cheap test: whether anything has one of the wrong forms."""
    if "[" in text and any(one.search(text) for one in (*_MAY_IMAGE, _MAY_LABEL)):
        return True
    if rules is None:
        return False
    if "](" in text and _MAY_LINK.search(text) is not None:
        return True
    return "**" in text and _MAY_STRONG.search(text) is not None


def shown(text: str, rules: Dialect | None) -> Iterator[Shown]:
    """Yield what the page of a body shows as source; ``rules`` are None for kramdown."""
    is_labelled = _MAY_LABEL.search(text) is not None
    labels = _labels(text) if is_labelled else frozenset()
    for block in prose_blocks(text, rules):
        raw = text[block.start : block.end]
        if "[" in block.text:
            yield from _of_images(raw, block.text, block.start, rules)
            if is_labelled:
                yield from _of_references(raw, block.text, block.start, labels, text)
            if rules is not None:
                yield from _of_links(raw, block.text, block.start, rules)
        if rules is not None and "**" in block.text:
            yield from _of_strong(raw, block.text, block.start, rules)


# --- images and links --------------------------------------------------------------------------


def _of_images(raw: str, masked: str, at: int, rules: Dialect | None) -> Iterator[Shown]:
    for found in _IMAGE.finditer(raw):
        bracket = found.start("alt") - 1
        if (
            masked[bracket] != "["
            or "{" in found[0]
            or raw[found.start() - 1 : found.start()] == "\\"
        ):
            continue
        fault = _fault(found, raw, is_kramdown=rules is None)
        if fault is None:
            continue
        why, edits = fault
        if rules is not None and "<img" in prose_parser(rules).render(found[0].strip()):
            continue
        start = at + found.start() + len(found[0]) - len(found[0].lstrip())
        moved = tuple((at + first, at + last, to) for first, last, to in edits)
        is_link = found["sign"].strip(" \t") != "!" or found["sign"][-1:] != "!"
        yield Shown(start, at + found.end(), why, is_image=True, is_link=is_link, edits=moved)


def _of_references(
    raw: str, masked: str, at: int, labels: frozenset[str], text: str
) -> Iterator[Shown]:
    """Images with a label that nothing defines, and links with a URL in place of the label."""
    for found in _REFERENCE.finditer(raw):
        label, is_image = found["label"], bool(found["sign"])
        start, end = at + found.start("label") - 1, at + found.end()
        if (
            masked[found.start("label") - 1] != "["
            or "{" in found[0]
            or normal_label(label) in labels
        ):
            continue
        is_address = (_IS_ADDRESS if is_image else _IS_LINK).match(label) is not None
        if is_address:
            fits = not any(sign in label for sign in " \t()<>")
            edits = ((start, end, f"({label})"),) if fits else ()
            yield Shown(at + found.start(), end, LABEL, is_image=is_image, edits=edits)
        elif is_image and not _INCLUDES.search(text):
            why = msg("no line defines [{label}]", label=label)
            yield Shown(at + found.start(), end, why, is_image=True)
    for found in _EMBED.finditer(raw):
        if masked[found.start() + 1] == "[":
            yield Shown(at + found.start(), at + found.end(), EMBED)


def _labels(text: str) -> frozenset[str]:
    """Return the labels that the lines of a body define, as Markdown compares them."""
    return frozenset(normal_label(found[1]) for found in _DEFINED.finditer(text))


Fault = tuple[str, tuple[tuple[int, int, str], ...]]


def _fault(found: re.Match[str], raw: str, *, is_kramdown: bool) -> Fault | None:
    """Return what is wrong with an image, and the edits that repair it."""
    address = _TITLE.sub("", found["address"]).strip()
    if not _IS_ADDRESS.match(address):
        return None
    sign = found["sign"].strip()
    edits: list[tuple[int, int, str]] = []
    why = ""
    if sign == "！" or found["open"] == "（" or found["close"] == "）":
        why = FULL_WIDTH
    if found["sign"].lstrip(" \t") != "!":
        if not _IS_IMAGE.match(address):
            return None
        why = why or BANG
        start = found.start("sign") + len(found["sign"]) - len(found["sign"].lstrip())
        edits.append((start, found.end("sign"), "!"))
    if found["gap"] or found["open"] == "（":
        why = why or GAP
        edits.append((found.start("gap"), found.end("open"), "("))
    if not found["close"]:
        # A title or the sign may be on the next line.
        rest = raw[found.end() :]
        is_open = not rest or (rest[0] in "\r\n" and rest.lstrip()[:1] not in tuple(")\"'("))
        return (OPEN, ()) if is_open and " " not in address else None
    if found["close"] == "）":
        edits.append((*found.span("close"), ")"))
    if " " in address or "\t" in address:
        if is_kramdown and not why:
            return None  # It takes the space for a part of the URL.
        if _SIZE.search(address):
            return SIZE, ()
        if _QUOTED.search(address):
            return FULL_WIDTH, ()
        why = why or SPACE
        first = found.start("address") + found["address"].index(address)
        edits.append((first, first + len(address), re.sub(r"[ \t]", "%20", address)))
    return (why, tuple(edits)) if why else None


_SIZE = lazy.pattern(r"[ \t]=[0-9]*%?x[0-9]*%?\Z")
_QUOTED = lazy.pattern(r"[ \t][“”‘’「『]")


def _of_links(raw: str, masked: str, at: int, rules: Dialect) -> Iterator[Shown]:
    for found in _LINK.finditer(raw):
        address = found["address"].strip()
        if masked[found.start()] != "[" or not re.search(r"[ \t]", address):
            continue
        if "<a" not in prose_parser(rules).render(found[0].replace("http", "x")):
            first = at + found.start("address")
            edit = (first, first + len(address), re.sub(r"[ \t]", "%20", address))
            yield Shown(at + found.start(), at + found.end(), SPACE, edits=(edit,))


# --- emphasis ----------------------------------------------------------------------------------


def _of_strong(raw: str, masked: str, at: int, rules: Dialect) -> Iterator[Shown]:
    # Before version 15, marked knows no other punctuation.
    is_sign = _is_ascii_sign if rules.name in ("marked 2", "marked 4") else _is_sign
    is_shown = False
    for found in _STRONG.finditer(masked):
        start, end = found.span()
        if _opens(raw, start, is_sign) and _closes(raw, end - 2, is_sign):
            continue
        is_shown = is_shown or "**" in _TAG.sub("", str(prose_parser(rules).render(raw)))
        if not is_shown:
            return
        edits = ((at + start, at + start + 2, "<strong>"), (at + end - 2, at + end, "</strong>"))
        yield Shown(at + start, at + end, STRONG, edits=edits)


def _opens(text: str, at: int, is_sign: Callable[[str], bool]) -> bool:
    """Return whether the two signs at an offset are left-flanking (CommonMark 0.31, 6.2)."""
    before, after = text[at - 1 : at] if at else "", text[at + 2 : at + 3]
    return not is_sign(after) or not before.strip() or is_sign(before)


def _closes(text: str, at: int, is_sign: Callable[[str], bool]) -> bool:
    before, after = text[at - 1 : at], text[at + 2 : at + 3]
    return not is_sign(before) or not after.strip() or is_sign(after)


def _is_sign(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "PS"


def _is_ascii_sign(sign: str) -> bool:
    return sign.isascii() and _is_sign(sign)
