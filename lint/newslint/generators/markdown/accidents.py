"""Text that a Markdown renderer reads as markup by accident (rule MD003).

Only what hardly anybody means: each kind has its own narrow sign, measured on real posts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.markdown.accident import Accident
from newslint.generators.markdown.dialects import dialect
from newslint.generators.markdown.find_code import without_fences
from newslint.generators.markdown.prose_blocks import MASK, Block, prose_blocks
from newslint.generators.target import Version

STRUCK = msg("the text between two ~ is struck through; write \\~")
STRUCK_BY_NEW = msg("Hugo 0.152 and later strike through the text between two ~; write \\~")
EMPHASISED = msg("the text between two * becomes emphasis, and the * are not shown; write \\*")
HEADING = msg("the line of dashes turns this paragraph into a heading; put an empty line before it")

SINGLE_TILDE = (0, 152)
"""The version of Hugo whose Markdown renderer first strikes out text between single tildes."""


def accidents(text: str, target: str, version: Version | None) -> list[Accident]:
    """Return the accidents of a Markdown body, in order."""
    if target == "html":
        return []
    # A sign is found many times faster than a pattern that begins with any letter.
    may = text.count("~") > 1 or ("*" in text and _MAY_STAR.search(text) is not None)
    prose = without_fences(text, target) if may else text
    tilde = _tilde(target, version) if prose.count("~") > 1 else ""
    stars = may and _MAY_STAR.search(prose) is not None
    found: list[Accident] = []
    if target == "jekyll":
        from newslint.generators.markdown import kramdown_accidents

        found += kramdown_accidents.accidents(text)
    dashes = _may_head(text)
    if tilde or stars or dashes:
        rules = dialect(target, version)
        for block in prose_blocks(text, rules):
            if tilde:
                found += _struck(block, tilde, flanking=target == "hugo")
            if stars:
                found += _emphasised(block)
            if dashes and rules is not None and block.kind == "heading":
                found += _headed(block, text, one_line=rules.name == "marked 2")
    return sorted(found)


def _tilde(target: str, version: Version | None) -> str:
    """Return what a target makes of single tildes, in words; empty where it leaves them alone."""
    if target == "hexo":
        return STRUCK
    if target != "hugo":
        return ""
    if version is None or len(version) < 2:
        return STRUCK_BY_NEW
    return STRUCK if tuple(version) >= SINGLE_TILDE else ""


def _may_head(text: str) -> bool:
    return _MAY_UNDERLINE.search(text) is not None and _MAY_HEAD.search(text) is not None


_DEL = lazy.pattern(r"(?<!~)~(?=[^\s~])([^~]*?[^\s~])~(?=[^~]|\Z)")


def _struck(block: Block, words: str, *, flanking: bool) -> Iterator[Accident]:
    """Ranges such as ``5~7 … 100~200``: no space parts the ~ from what is before it."""
    text = block.text
    for found in _DEL.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        content = found[1]
        is_range = _is_word(before) and not (block.kind == "row" and "|" in content)
        ends_in_range = content[-1:].isdigit() and after.isdigit()
        if flanking and (
            _parts_label(content)
            or not (_opens(text, found.start()) and _closes(text, found.end() - 1))
        ):
            continue
        if (is_range or ends_in_range) and "\n\n" not in content:
            start, end = block.start + found.start(), block.start + found.end()
            yield Accident(start, end, words, ((start, start, "\\"), (end - 1, end - 1, "\\")))


def _parts_label(content: str) -> bool:
    """Return whether a bracket opens or closes in the text that does not close or open there."""
    depth = 0
    for sign in content:
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return True
    return depth != 0


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == MASK


_MAY_STAR = lazy.pattern(r"[0-9A-Za-z)\]]\*[0-9A-Za-z(\[]")
_STAR = lazy.pattern(r"(?<![*\\])\*(?!\*)")
_PLAIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _emphasised(block: Block) -> Iterator[Accident]:
    """Products such as ``a*b … c*d``: both * stand between letters or figures."""
    text = block.text
    stars = [found.start() for found in _STAR.finditer(text)]
    at = 0
    while at + 1 < len(stars):
        first, second = stars[at], stars[at + 1]
        if not (_opens(text, first) and _closes(text, second)):
            at += 1
            continue
        content = text[first + 1 : second]
        is_cell = block.kind == "row" and "|" in content
        if not is_cell and _is_product(text, first) and _is_product(text, second):
            is_word = content.isalpha() and len(content) > 1
            if not is_word and not _parts_label(content) and "\n\n" not in content:
                start, end = block.start + first, block.start + second
                yield Accident(start, end + 1, EMPHASISED, ((start, start, "\\"), (end, end, "\\")))
        at += 2


def _is_product(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before in _PLAIN or before in tuple(")]")) and (after in _PLAIN or after in tuple("(["))


def _opens(text: str, at: int) -> bool:
    """Return whether a run of delimiters is left-flanking (CommonMark 0.31, section 6.2)."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return bool(after.strip()) and (not _is_sign(after) or not before.strip() or _is_sign(before))


def _closes(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return bool(before.strip()) and (not _is_sign(before) or not after.strip() or _is_sign(after))


def _is_sign(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "PS"


_MAY_HEAD = lazy.pattern(r"\S[ \t]*+\r?\n {0,3}-{2,}+[ \t]*+(?:\r?\n|\Z)")
_MAY_UNDERLINE = lazy.pattern(r"\n {0,3}--")
"""Begins with a sign, and so is found many times faster than what is before the line."""
_SENTENCE = lazy.pattern(r"[.。；;，,]\Z")
_DASHES = lazy.pattern(r"^[ \t>]*+-++[ \t]*+\r?$", re.MULTILINE)
"""The line below a heading: one dash is enough."""
_SHORT = {True: 30, False: 70}
"""Code points of what may be meant as a heading though it ends as a sentence does: by whether it
is Chinese."""


def _headed(block: Block, text: str, *, one_line: bool) -> Iterator[Accident]:
    """A paragraph above a line of dashes: of several lines, or one that ends as a sentence does."""
    if block.markup != "-":
        return
    lines = block.text.rstrip().splitlines()
    if lines and set(lines[-1].strip()) == {"-"}:
        lines.pop()
    content = "\n".join(lines).strip()
    is_sentence = (
        len(content) > _SHORT[not content.isascii()] and _SENTENCE.search(content) is not None
    )
    if content and ((len(lines) > 1 and not one_line) or is_sentence):
        start = block.start + len(block.text) - len(block.text.lstrip())
        dashes = _DASHES.search(text, block.start + len("\n".join(lines)))
        if dashes is not None and not _is_in_tag(text, dashes.start()):
            line = dashes.start()
            end = block.start + len("\n".join(lines).rstrip())
            yield Accident(start, end, HEADING, ((line, line, "\n"),))


_TAG = lazy.pattern(r"\{%-?[ \t]*+(?P<end>end)?(?P<name>[A-Za-z]\w*+)")


def _is_in_tag(text: str, at: int) -> bool:
    """Return whether a place is between a template's tag and its end tag, which may render it."""
    if "{%" not in text:
        return False
    opened = {one["name"] for one in _TAG.finditer(text, 0, at) if not one["end"]}
    for one in _TAG.finditer(text, at):
        if one["end"]:
            return one["name"] in opened
        opened.discard(one["name"])
    return False
