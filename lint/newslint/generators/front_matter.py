"""How each generator finds and splits the front matter of a file.

Each reader follows its generator's own splitter: hexo-front-matter 2 to 4 (after hexo-fs has taken
CRLF and the byte order mark away), Jekyll's ``Document::YAML_FRONT_MATTER_REGEXP``, Hugo's
page lexer, and Eleventy's gray-matter. What is between the fences is not looked at here:
that is `newslint.generators.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.core.source import BOM
from newslint.generators import fences
from newslint.generators.effects import Effect
from newslint.generators.hugo_front_matter import read_hugo
from newslint.generators.reading import ReadError, Reading, skip_crlf, unread
from newslint.generators.target import Version


def read(
    text: str, target: str, version: Version | None = None, *, html_file: bool = False
) -> Reading:
    """Find the header of ``text`` as ``target`` does.

    ``version`` is the generator's; where several are meant that differ, the result is that of the
    one that does not read the header. ``html_file`` says that the name ends in ``.html`` or
    ``.htm``, which old versions of Hugo treat differently.
    """
    if target == "hugo":
        return read_hugo(text, version, html_file)
    return _READERS.get(target, _read_neutral)(text)


# Hexo: hexo-front-matter 2.0.0, 3.0.0 and 4.2.1 split alike.

_HEXO_SEPARATOR = lazy.pattern(r"-{3,}+|;{3,}+")
_HEXO_CLOSING = lazy.pattern(r"\n(?P<separator>-{3,}+|;{3,}+)")


def _read_hexo(text: str) -> Reading:
    begin = 1 if text.startswith(BOM) else 0
    separator = _HEXO_SEPARATOR.match(text, begin)
    if separator is None:
        return _read_hexo_open(text, begin)
    start = _line_break(text, separator.end())
    if start == separator.end():
        return unread(text, begin, _read_hexo)
    # One character, a line break too, belongs to the content before a closing fence is looked for.
    close = text.find("\n" + separator[0], max(_line_break(text, start), start + 1))
    if close < 0:
        return unread(text, begin, _read_hexo)
    body = _line_break(text, close + 1 + len(separator[0]))
    return Reading(_hexo_form(separator[0]), start, _before_break(text, close, start), body)


def _read_hexo_open(text: str, begin: int) -> Reading:
    closing = _HEXO_CLOSING.search(text, max(_line_break(text, begin), begin + 1))
    if closing is None:
        return unread(text, begin, _read_hexo)
    end = _before_break(text, closing.start(), begin)
    form = _hexo_form(closing["separator"])
    meant = fences.find(text)
    if meant is not None and not text[begin:end].strip():
        # Hexo takes the empty line before an opening fence for the complete header.
        return unread(text, begin, _read_hexo)
    body = _line_break(text, closing.end())
    error = None
    if meant is not None and meant.fence.startswith("+"):
        detail = msg("+++ is parsed as YAML and is invalid; the post is lost")
        error = ReadError("unclosed", len(meant.lead), Effect.POST_LOST, detail)
    elif meant is not None and text[begin : len(meant.lead)].strip("\r\n"):
        error = _hexo_lead(text[begin:end])
    return Reading(form, begin, end, body, fenced=meant is not None, error=error)


def _hexo_lead(content: str) -> ReadError | None:
    """Hexo takes what is before the fence, and the fence, for the first lines of the YAML."""
    from newslint.generators import yaml

    if not yaml.load_problems(content, "hexo"):
        return None
    detail = msg(
        "the text before the opening fence is parsed as YAML and is invalid; the post is lost"
    )
    return ReadError("not-first", 0, Effect.POST_LOST, detail)


def _hexo_form(separator: str) -> str:
    return "json" if separator.startswith(";") else "yaml"


def _line_break(text: str, offset: int) -> int:
    """After the line break (LF or CRLF) at ``offset``; ``offset`` itself where there is none."""
    if text.startswith("\r\n", offset):
        return offset + 2
    return offset + 1 if text.startswith("\n", offset) else offset


def _before_break(text: str, newline: int, least: int) -> int:
    return newline - 1 if newline > least and text[newline - 1] == "\r" else newline


# Jekyll 4.3: \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?), where ^ and $ are lines' ends.

_JEKYLL_OPENING = lazy.pattern(r"---[ \t\r\n\f\v]*+")
_JEKYLL_CLOSING = lazy.pattern(r"^(?:---|\.\.\.)[ \t\r\f\v]*+$", re.MULTILINE)
_JEKYLL_BLANK = lazy.pattern(r"[ \t\r\n\f\v]*+")


def _read_jekyll(text: str) -> Reading:
    begin = 1 if text.startswith(BOM) else 0
    opening = _JEKYLL_OPENING.match(text, begin)
    first = text.find("\n", begin + 3, opening.end()) if opening else -1
    if first < 0:
        return unread(text, begin, _read_jekyll)
    closing = _JEKYLL_CLOSING.search(text, first + 1)
    if closing is None:
        return unread(text, begin, _read_jekyll)
    blank = _JEKYLL_BLANK.match(text, closing.end())
    assert blank is not None  # the pattern also matches nothing
    last = text.rfind("\n", closing.end(), blank.end())
    body = blank.end() if blank.end() == len(text) else last + 1 if last >= 0 else closing.end()
    return Reading("yaml", first + 1, closing.start(), body)


# Eleventy 3: gray-matter, with Eleventy's own engines.

_ENGINES = {"yaml": "yaml", "yml": "yaml", "json": "json", "js": "js", "javascript": "js"}


def _read_eleventy(text: str) -> Reading:
    begin = 1 if text.startswith(BOM) else 0
    if not text.startswith("---", begin) or text.startswith("-", begin + 3):
        return unread(text, begin, _read_eleventy)
    at = begin + 3
    newline = text.find("\n", at)
    # Without a line break gray-matter takes all but the last character for the language.
    line_end = max(len(text) - 1, at) if newline < 0 else _before_break(text, newline, at)
    language = text[at:line_end].strip(_SPACE)
    start = line_end if language else at
    close = text.find("\n---", start)
    end = len(text) if close < 0 else close
    body = end if close < 0 else skip_crlf(text, close + 4)
    form = "yaml" if _is_blank(text, start, end) else _engine(language)
    error = None
    if form is None:
        detail = msg(
            "{language!r} after the opening --- is read as the name of a language",
            language=language,
        )
        error = ReadError("fence", begin, Effect.SITE_DIES, detail)
    elif close < 0:
        detail = msg("the front matter is not closed; the complete file is read as front matter")
        error = ReadError("unclosed", begin, Effect.CUT, detail)
    return Reading(form, start, end, body, error=error)


# JavaScript's white space.
_SPACE = (
    "\t\n\v\f\r \xa0\ufeff\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + ("\u2028\u2029\u202f\u205f\u3000")
)
_COMMENT_OR_BLANK = lazy.pattern(rf"(?:[{_SPACE}]++|\#[^\n]++)*+")


def _is_blank(text: str, start: int, end: int) -> bool:
    """gray-matter asks no parser where there are only comments."""
    blank = _COMMENT_OR_BLANK.match(text, start, end)
    return blank is not None and blank.end() == end


def _engine(language: str) -> str | None:
    """gray-matter knows the names of JSON in lower case only, the others in any case."""
    if not language:
        return "yaml"
    name = language if language.lower() == "json" else language.lower()
    return _ENGINES.get(name)


# Hugo 0.111: the page lexer.


# No generator: what a writer means.


def _read_neutral(text: str) -> Reading:
    meant = fences.find(text)
    if meant is None:
        begin = 1 if text.startswith(BOM) else 0
        return Reading(None, begin, begin, begin)
    error = None
    if meant.closing is None:
        detail = msg("the front matter is not closed")
        error = ReadError("unclosed", len(meant.lead), Effect.PRINTED, detail)
    return Reading(meant.form, meant.start, meant.end, meant.body, error=error)


_READERS: dict[str, Callable[[str], Reading]] = {
    "hexo": _read_hexo,
    "jekyll": _read_jekyll,
    "eleventy": _read_eleventy,
    "hugo": lambda text: read_hugo(text, None, html_file=False),
}
