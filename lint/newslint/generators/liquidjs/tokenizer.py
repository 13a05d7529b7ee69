"""How liquidjs cuts a text into tags, outputs and the rest.

Unlike Liquid for Ruby it reads the complete text first, and anything that is not closed stops the
build, wherever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newslint.core import lazy

# What liquidjs takes for white space (its own table, not Unicode's) …
BLANK = "\t\n\v\f\r \u00a0\u1680\u180e" + "".join(map(chr, range(0x2000, 0x200B)))
BLANK += "\u2028\u2029\u202f\u205f\u3000"
# … and for a letter of a name: these, and nearly all that is not ASCII.
WORD = rf"[^\x00-,./:->@\[-^`{{-\x7f{BLANK}\u201c\u201d]"

_OPENER = lazy.pattern(r"\{[{%]")
_OUTPUT_STOP = lazy.pattern(r"""["']|\}\}""")
_QUOTED = lazy.pattern(r'"(?:[^"\\]|\\.)*+"|' + r"'(?:[^'\\]|\\.)*+'", re.S)
_SKIP_BLANK = lazy.pattern(f"[{BLANK}]*+")
_NAME = lazy.pattern(f"#|{WORD}*+")
_WORD_HERE = lazy.pattern(f"[{BLANK}]*+({WORD}*+)")
_TAG_EDGE = lazy.pattern(r"\{%|%\}")

# So many openers that nothing closes are worth telling of: the first already stops the build.
_MAX_UNCLOSED = 10


@dataclass(frozen=True, slots=True)
class Token:
    """A tag (with a name, empty if it has none) or an output (name None).

    ``inner`` and ``inner_end`` delimit the markup after the name, without dashes and white
    space at its ends. ``closed`` is false where the end is missing.
    """

    start: int
    end: int
    name: str | None
    inner: int
    inner_end: int
    closed: bool = True


def tokenize(text: str) -> Iterator[Token]:
    """Yield all tags and outputs; within ``raw`` there are none but its end."""
    place = unclosed = 0
    while match := _OPENER.search(text, place):
        start = match.start()
        is_tag = match[0] == "{%"
        end = _end_of_tag(text, start) if is_tag else _end_of_output(text, start)
        if end < 0:
            yield Token(start, start + 2, None, start + 2, start + 2, closed=False)
            unclosed += 1
            if unclosed >= _MAX_UNCLOSED:
                return
            place = start + 2
            continue
        token = _tag(text, start, end) if is_tag else _output(text, start, end)
        yield token
        place = end
        if token.name == "raw":
            closing = _raw_end(text, end)
            if closing is None:
                yield Token(start, end, None, end, end, closed=False)
                return
            yield closing
            place = closing.end


def _end_of_tag(text: str, start: int) -> int:
    # "{%}" is complete for liquidjs: the percent sign serves both ends.
    found = text.find("%}", start + 1)
    return found + 2 if found >= 0 else -1


def _end_of_output(text: str, start: int) -> int:
    place = start + 2
    while match := _OUTPUT_STOP.search(text, place):
        if match[0] == "}}":
            return match.end()
        quoted = _QUOTED.match(text, match.start())
        if quoted is None:
            return -1
        place = quoted.end()
    return -1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the content of a token without dashes and white space at its ends."""
    left, right = start + 2, end - 2
    dash_left, dash_right = text[left] == "-", text[right - 1] == "-"
    left += dash_left
    right -= dash_right
    match = _SKIP_BLANK.match(text, left, max(left, right))
    left = match.end() if match else left
    return left, left + len(text[left:right].rstrip(BLANK))


def _output(text: str, start: int, end: int) -> Token:
    left, right = _trimmed(text, start, end)
    return Token(start, end, None, left, right)


def _tag(text: str, start: int, end: int) -> Token:
    left, right = _trimmed(text, start, end)
    name, left = read_name(text, left, right)
    return Token(start, end, name, left, right)


def read_name(text: str, left: int, right: int) -> tuple[str, int]:
    """Return the name of a tag, empty if there is none, and where its markup begins."""
    match = _NAME.match(text, left, right) if right > left else None
    if match is None:
        return "", left
    blank = _SKIP_BLANK.match(text, match.end(), right)
    return match[0], blank.end() if blank else match.end()


def _raw_end(text: str, begin: int) -> Token | None:
    """Return the tag endraw; one with a dash before its name is none."""
    opener = text.find("{%", begin)
    place = opener + 2
    while opener >= 0:
        word = _WORD_HERE.match(text, place)
        if word is None or word[1] != "endraw":
            opener = text.find("{%", word.end() if word else place)
            place = opener + 2
            continue
        edge = _TAG_EDGE.search(text, word.end())
        if edge is None:
            return None
        place = edge.end()
        if edge[0] == "%}":
            return Token(opener, place, "endraw", place, place)
    return None
