"""Where a block of raw HTML begins and ends, for each Markdown renderer but kramdown.

Raw HTML is the only thing in a Markdown text that reaches the page as it was written. The rules
are CommonMark's (0.31.2, section 4.6); each renderer has ways of its own, read off its source:
marked 2.1, 4.3 and 15.0 (Hexo 5 to 8), goldmark 1.5 (Hugo 0.111), markdown-it 14 (Eleventy 3)
and 13 (Eleventy 2, hexo-renderer-markdown-it 7).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators import target as targets
from newslint.generators.target import Version, major

_COMMON = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option"
    "|p|param|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_RAW = "script|pre|style|textarea"

_VALUE = r"[^\"'=<>`\x00-\x20]++|'[^'\n]*+'|\"[^\"\n]*+\""
_TAG_7 = (
    # Attributes end a line earlier than in HTML: a tag over two lines begins no block.
    rf"<(?:NOT_RAW[A-Za-z][A-Za-z0-9-]*+(?:[^\S\n]++[A-Za-z_:][A-Za-z0-9:._-]*+"
    rf"(?:[^\S\n]*+=[^\S\n]*+(?:{_VALUE}))?+)*+[^\S\n]*+/?+|/NOT_RAW[A-Za-z][A-Za-z0-9-]*+[^\S\n]*+)>"
    r"[^\S\n]*+(?:\n|\Z)"
)
_TAG_7_MARKED = (
    rf"<(?:(?!{_RAW})[a-z][a-z0-9_-]*+(?:[ ]++[a-z:_][a-z0-9_.:-]*+"
    r"(?:[ ]*+=[ ]*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'=<>`]++))?+)*+[ ]*+/?+"
    rf"|/(?!{_RAW})[a-z][a-z0-9_-]*+\s*+)>(?=[ \t]*+(?:\n|\Z))"
)
_BLANK_LINE = lazy.pattern(r"\n[ \t]*+(?=\n|\Z)")
_LINE_END = lazy.pattern(r"\n|\Z")
_USUAL = ("<p>", "<div>", "</div>")
"""What most blocks begin with, known without the complete pattern, which takes long to compile."""


class Dialect(NamedTuple):
    """How one renderer reads raw HTML.

    ``opening`` matches at the start of a line that begins a block of raw HTML; its groups tell
    the kind. ``marked`` is true for marked, whose blocks end at other places. ``tables_first``
    is true where a table is looked for before HTML. ``indented_code`` is false where lines
    that are indented by four are paragraphs. ``nul_shown``: NUL becomes U+FFFD. ``lone_cr``:
    a CR without LF ends a line. ``hexo``: Hexo takes fenced code out before, and shows
    line breaks. ``polished``: typography, and links made of plain URLs. ``html`` is false
    where tags are printed. ``dashed_comments`` is false where a comment within a text may hold no
    ``--``.
    """

    name: str
    opening: re.Pattern[str]
    marked: bool = False
    tables_first: bool = False
    indented_code: bool = True
    nul_shown: bool = True
    lone_cr: bool = True
    hexo: bool = False
    polished: bool = True
    html: bool = True
    dashed_comments: bool = True

    def html_end(self, text: str, start: int) -> int | None:
        """Where the HTML block that begins at ``start`` (a line's or block's first character) ends.

        The end is the start of the next block, exclusive. None: what begins there is no HTML.
        """
        if self.marked and text.startswith(_USUAL, start):
            found = _BLANK_LINE.search(text, start)
            return found.end() if found else len(text)
        opening = self.opening.match(text, start)
        if opening is None:
            return None
        if self.tables_first and _is_table(text, start):
            return None
        kind = opening.lastgroup
        if self.marked:
            return _marked_end(text, opening, kind)
        if kind is None or kind == "lone":
            return _after_line(text, _BLANK_LINE, opening.end() - 1)
        return _after_line(text, _ENDS[kind], opening.start())


_ENDS = {
    "raw": lazy.pattern(rf"</(?:{_RAW})>", re.IGNORECASE),
    "comment": lazy.pattern("-->"),
    "instruction": lazy.pattern(r"\?>"),
    "cdata": lazy.pattern(r"\]\]>"),
    "declaration": lazy.pattern(">"),
}


def _after_line(text: str, end: re.Pattern[str], start: int) -> int:
    """Return the start of the line after the one in which ``end`` is found; else the text's end."""
    found = end.search(text, start)
    if found is None:
        return len(text)
    line_end = text.find("\n", found.end())
    return len(text) if line_end < 0 else line_end + 1


def _marked_end(text: str, opening: re.Match[str], kind: str | None) -> int:
    if kind == "raw":
        closing = re.compile(rf"</{opening['raw']}>", re.IGNORECASE)
        return _skip_newlines(text, _after_line(text, closing, opening.end() - 1))
    if kind == "comment":
        return _skip_newlines(text, _after_line(text, _ENDS["comment"], opening.end("comment")))
    if kind == "empty":
        return _skip_newlines(text, _after_line(text, _LINE_END, opening.end()))
    if kind in ("instruction", "cdata", "declaration"):
        # What follows on the same line is a block of its own.
        found = _ENDS[kind].search(text, opening.end())
        return _skip_newlines(text, found.end()) if found else len(text)
    found = _BLANK_LINE.search(text, opening.end())
    return found.end() if found else len(text)


def _skip_newlines(text: str, position: int) -> int:
    while text.startswith("\n", position):
        position += 1
    return position


_DELIMITERS = lazy.pattern(r"[ \t]*+[-:|][-:|\s]*+\Z")


def _is_table(text: str, start: int) -> bool:
    """Whether a line and the next look like a table's head (GFM): markdown-it then makes one."""
    first_end = text.find("\n", start)
    if first_end < 0 or text.find("|", start, first_end) < 0:
        return False
    second_end = text.find("\n", first_end + 1)
    second = text[first_end + 1 : len(text) if second_end < 0 else second_end]
    return bool(_DELIMITERS.match(second))


def _opening(names: str, *, seventh: str, comment: str, after_name: str, raw_after: str) -> str:
    return (
        rf"[ ]{{0,3}}(?:<(?:(?P<raw>{_RAW})(?:{raw_after})|{comment}|(?P<instruction>\?)"
        rf"|(?P<cdata>!\[CDATA\[)|(?P<declaration>![A-Za-z])|/?(?:{names})(?:{after_name}))"
        rf"|(?P<lone>{seventh}))"
    )


_LINE = r"(?=\s|/?>|\Z)"
_COMMENT = "(?P<comment>!--)"


def _markdown_it(names: str) -> re.Pattern[str]:
    return lazy.pattern(
        _opening(
            names,
            seventh=_TAG_7.replace("NOT_RAW", ""),
            comment=_COMMENT,
            after_name=_LINE,
            raw_after=r"(?=[\s>]|\Z)",
        ),
        re.IGNORECASE,
    )


MARKDOWN_IT = Dialect(
    "markdown-it",
    _markdown_it(_COMMON + "|search"),
    tables_first=True,
    indented_code=False,
    polished=False,
)
MARKDOWN_IT_13 = MARKDOWN_IT._replace(
    name="markdown-it 13",
    opening=_markdown_it(_COMMON + "|source"),
    dashed_comments=False,
)
"""That of Eleventy 2."""
MARKDOWN_IT_HEXO = MARKDOWN_IT_13._replace(
    name="markdown-it of Hexo", indented_code=True, hexo=True, polished=True
)
"""That of hexo-renderer-markdown-it 7, with the options that it sets."""
GOLDMARK = Dialect(
    "goldmark",
    lazy.pattern(
        _opening(
            _COMMON + "|meta|source",
            seventh=_TAG_7.replace("NOT_RAW", rf"(?!(?:{_RAW})\b)"),
            comment=_COMMENT,
            after_name=r"(?=[ \n]|/?>|\Z)",
            raw_after=r"(?=[\s>]|/>|\Z)",
        ),
        re.IGNORECASE,
    ),
    lone_cr=False,
)
GOLDMARK_1_5 = GOLDMARK._replace(dashed_comments=False)
"""That of Hugo 0.111 (measured)."""
NEWER_GOLDMARK = (0, 123)
"""The version of Hugo that came with goldmark 1.7, which reads comments as CommonMark 0.31 does."""


def _marked(names: str, comment: str, blank: str = "[ ]") -> re.Pattern[str]:
    return lazy.pattern(
        _opening(
            names,
            seventh=_TAG_7_MARKED.replace("[ ]", blank),
            comment=comment,
            after_name=rf"{blank}++|\n|/?>",
            raw_after=r"[\s>]",
        ),
        re.IGNORECASE,
    )


_NOT_EMPTY = "(?P<comment>!--(?!-?>))"
MARKED_15 = Dialect(
    "marked 15",
    _marked(_COMMON + "|meta|search", f"(?P<empty>!---?>)|{_COMMENT}"),
    marked=True,
    nul_shown=False,
    hexo=True,
)
MARKED_4 = Dialect(
    "marked 4",
    _marked(_COMMON + "|meta|source", _NOT_EMPTY),
    marked=True,
    nul_shown=False,
    hexo=True,
)
# It makes spaces of all tabs before it looks at anything.
MARKED_2 = Dialect(
    "marked 2",
    _marked(_COMMON + "|meta|source", _NOT_EMPTY, r"[ \t]"),
    marked=True,
    nul_shown=False,
    hexo=True,
)


@lru_cache(maxsize=64)
def dialect(target: str, version: Version | None) -> Dialect | None:
    """The dialect of a target's Markdown renderer; None for kramdown (Jekyll) and plain HTML."""
    if target == "hexo":
        return {5: MARKED_2, 6: MARKED_4, 7: MARKED_4}.get(major(version) or 8, MARKED_15)
    if target == "eleventy" and major(version) == 2:
        return MARKDOWN_IT_13
    if target == "hugo" and version is not None and (0,) < tuple(version) < NEWER_GOLDMARK:
        return GOLDMARK_1_5
    return _DIALECTS.get(target)


def structure(target: str) -> Dialect | None:
    """The dialect of a target whose paragraphs are not CommonMark's; None for the others.

    Eleventy has no indented code: such lines are paragraphs, with code, tags and text in them.
    """
    return MARKDOWN_IT if target == "eleventy" else None


_DIALECTS = {
    "hugo": GOLDMARK,
    "eleventy": MARKDOWN_IT,
    targets.MARKDOWN_IT: MARKDOWN_IT_HEXO,
    targets.FOOTNOTES: MARKDOWN_IT_HEXO,
    targets.ESCAPED: MARKDOWN_IT_HEXO._replace(name="markdown-it of Hexo, escaped", html=False),
}
