"""How each generator finds and splits the front matter of a file.

Each reader follows its generator's own splitter: hexo-front-matter 2 to 4 (after hexo-fs has taken
CRLF and the byte order mark away), Jekyll's ``Document::YAML_FRONT_MATTER_REGEXP``, Hugo's
page lexer, and Eleventy's gray-matter. What stands between the fences is not looked at here:
that is `newslint.generators.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators import fences
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import BYTE_ORDER_MARK, GOCCY, LEXER
from newslint.generators.target import Version

BOM = "\ufeff"


class ReadError(NamedTuple):
    """Why a target does not read a post's header as its author meant it.

    ``kind`` is ``not-first`` (something stands before the fence), ``fence`` (a form or fence that
    the target does not know), ``unclosed``, ``empty``, or ``missing`` (there is none, and the
    target needs one). ``offset`` is where to look, in code points of the file's text.
    """

    kind: str
    offset: int
    outcome: Effect
    detail: str


class Reading(NamedTuple):
    """The header of a file as one target sees it, in code points of the file's text.

    ``form`` is yaml, toml, json, js or org, or None where the target sees no header. ``start`` and
    ``end`` bound what goes to the form's parser; ``body`` is where the article begins. Hexo also
    takes a file's first lines for a header where no fence opens them: ``fenced`` is then False.
    """

    form: str | None
    start: int
    end: int
    body: int
    fenced: bool = True
    error: ReadError | None = None

    @property
    def outcome(self) -> Effect | None:
        """What becomes of the post for the way its header is fenced; None where it is read."""
        return self.error.outcome if self.error else None


def read(
    text: str, target: str, version: Version | None = None, *, html_file: bool = False
) -> Reading:
    """Find the header of ``text`` as ``target`` does.

    ``version`` is the generator's; where several are meant that differ, the
    one is told that does not read the header. ``html_file`` says that the name ends in ``.html`` or
    ``.htm``, which Hugo before 0.150 treats differently.
    """
    if target == "hugo":
        return _read_hugo(text, version, html_file)
    return _READERS.get(target, _read_neutral)(text)


def _unread(text: str, body: int, target: str) -> Reading:
    """No header for this target: say so where the text looks as if it had one."""
    meant = fences.find(text)
    error = None if meant is None else _why(text, meant, target)
    return Reading(None, body, body, body, error=error)


def _why(text: str, meant: fences.Fenced, target: str) -> ReadError:
    lead = meant.lead.removeprefix(BOM)
    at = len(meant.lead)
    alone = _READERS[target](text[at:]) if lead else None
    if alone is not None and alone.form is not None:
        what = msg("a blank line") if "\n" in lead or "\r" in lead else msg("white space")
        what = "a comment" if "<!--" in lead else what
        detail = msg(
            "{what} stands before the front matter, which is then printed as text", what=what
        )
        return ReadError("not-first", 0, Effect.PRINTED, detail)
    if meant.fence and meant.closing is None:
        detail = msg("the front matter is never closed, and is printed as text")
        return ReadError("unclosed", at, Effect.PRINTED, detail)
    if meant.fence and not text[meant.start : meant.end].strip():
        return ReadError(
            "empty", at, Effect.PRINTED, msg("an empty front matter is printed as text")
        )
    detail = msg(
        "{name} is not read as front matter here, and is printed as text", name=_name(meant)
    )
    return ReadError("fence", at, Effect.PRINTED, detail)


def _name(meant: fences.Fenced) -> str:
    if meant.fence == "{":
        return msg("a JSON object")
    if not meant.fence:
        return msg("a header without an opening fence")
    if meant.closing == "...":
        return msg("a header that ends in ...")
    return msg("a header between {fence} fences", fence=meant.fence)


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
        return _unread(text, begin, "hexo")
    # One character, a line break too, belongs to the content before a closing fence is looked for.
    close = text.find("\n" + separator[0], max(_line_break(text, start), start + 1))
    if close < 0:
        return _unread(text, begin, "hexo")
    body = _line_break(text, close + 1 + len(separator[0]))
    return Reading(_hexo_form(separator[0]), start, _before_break(text, close, start), body)


def _read_hexo_open(text: str, begin: int) -> Reading:
    closing = _HEXO_CLOSING.search(text, max(_line_break(text, begin), begin + 1))
    if closing is None:
        return _unread(text, begin, "hexo")
    end = _before_break(text, closing.start(), begin)
    form = _hexo_form(closing["separator"])
    meant = fences.find(text)
    if meant is not None and not text[begin:end].strip():
        # Hexo takes the blank line before an opening fence for the whole header.
        return _unread(text, begin, "hexo")
    body = _line_break(text, closing.end())
    error = None
    if meant is not None and meant.fence.startswith("+"):
        detail = msg("the +++ is read as YAML, and is none: the post is lost")
        error = ReadError("unclosed", len(meant.lead), Effect.POST_LOST, detail)
    elif meant is not None and text[begin : len(meant.lead)].strip("\r\n"):
        error = _hexo_lead(text[begin:end])
    return Reading(form, begin, end, body, fenced=meant is not None, error=error)


def _hexo_lead(content: str) -> ReadError | None:
    """Hexo takes what stands before the fence, and the fence, for the first lines of the YAML."""
    from newslint.generators import yaml

    if not yaml.load_problems(content, "hexo"):
        return None
    detail = msg(
        "what stands before the opening fence is read as YAML, and is none: the post is lost"
    )
    return ReadError("not-first", 0, Effect.POST_LOST, detail)


def _hexo_form(separator: str) -> str:
    return "json" if separator.startswith(";") else "yaml"


def _line_break(text: str, offset: int) -> int:
    """Behind the line break (LF or CRLF) at ``offset``; ``offset`` itself where there is none."""
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
        return _unread(text, begin, "jekyll")
    closing = _JEKYLL_CLOSING.search(text, first + 1)
    if closing is None:
        return _unread(text, begin, "jekyll")
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
        return _unread(text, begin, "eleventy")
    at = begin + 3
    newline = text.find("\n", at)
    # Without a line break gray-matter takes all but the last character for the language.
    line_end = max(len(text) - 1, at) if newline < 0 else _before_break(text, newline, at)
    language = text[at:line_end].strip(_SPACE)
    start = line_end if language else at
    close = text.find("\n---", start)
    end = len(text) if close < 0 else close
    body = end if close < 0 else _skip_crlf(text, close + 4)
    form = "yaml" if _is_blank(text, start, end) else _engine(language)
    error = None
    if form is None:
        detail = msg(
            "{language!r} behind the opening --- is taken for the name of a language",
            language=language,
        )
        error = ReadError("fence", begin, Effect.SITE_DIES, detail)
    elif close < 0:
        detail = msg("the front matter is never closed: the whole file is taken for it")
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


# Hugo's page lexer.

_HUGO_LEAD = lazy.pattern(r"[ \t\r\n\ufeff]*+")
_HUGO_NEW_LEAD = lazy.pattern(r"\ufeff?+[ \t\r\n\f\v]*+")
_HUGO_COPIED = lazy.pattern(r"\s*+(?:<(?!!--)|\Z)")
_HUGO_NAMES = {"-": "yaml", "+": "toml"}
_HUGO_CLOSING = {
    "-": lazy.pattern(r"(?<=[\r\n])---"),
    "+": lazy.pattern(r"(?<=[\r\n])\+\+\+"),
}

_HUGO_TAB = lazy.pattern(r" *+\t[ \t]*+[\r\n]")


def _read_hugo(text: str, version: Version | None, html_file: bool) -> Reading:
    """The header as all versions that are meant read it, or as one that does not."""
    ways = LEXER.in_force(version)
    readings = [
        _read_new_hugo(text, version) if new else _read_old_hugo(text, html_file) for new in ways
    ]
    unread = [one for one in readings if one.error is not None]
    if len(unread) == len(readings) or not unread:
        return readings[-1]
    (reading,) = unread
    assert reading.error is not None
    told = LEXER.named(reading.error.detail, version, with_it=ways[readings.index(reading)])
    return reading._replace(error=reading.error._replace(detail=told))


def _read_new_hugo(text: str, version: Version | None) -> Reading:
    """Since 0.150 neither a comment nor HTML means anything before the header."""
    lead = _HUGO_NEW_LEAD if BYTE_ORDER_MARK.may_hold(version) else _HUGO_LEAD
    found = lead.match(text)
    assert found is not None  # the pattern also matches nothing
    at = found.end()
    reading = _hugo_form(text, at, text[at : at + 1], GOCCY.in_force(version))
    if text.startswith("<!--", at) and reading.error is None:
        hidden = _read_old_hugo(text, html_file=False)
        if hidden.form is not None and hidden.error is None:
            detail = msg("front matter in a comment, or after one, is not read")
            error = ReadError("not-first", at, Effect.DROPPED, detail)
            return reading._replace(error=error)
    return reading


def _read_old_hugo(text: str, html_file: bool) -> Reading:
    if html_file and _HUGO_COPIED.match(text):
        detail = msg("an HTML file without front matter is copied as it is and gets no page")
        return Reading(None, 0, 0, 0, error=ReadError("missing", 0, Effect.SKIPPED, detail))
    at = _skip_lead(text, 0)
    comment = False
    while text.startswith("<!--", at):
        # Front matter may stand in a comment, behind its first line.
        comment = True
        newline = text.find("\n", at)
        at = len(text) if newline < 0 else _skip_lead(text, newline + 1)
    first = text[at : at + 1]
    if first == "<":
        detail = msg("a Markdown file that begins with HTML must have front matter")
        return Reading(None, at, at, at, error=ReadError("missing", at, Effect.SITE_DIES, detail))
    reading = _hugo_form(text, at, first, (False,))
    if comment and reading.error is None:
        return _end_of_comment(text, at, reading)
    return reading


def _hugo_form(text: str, at: int, first: str, goccy: tuple[bool, ...]) -> Reading:
    if first in _HUGO_NAMES:
        return _read_hugo_fenced(text, at, first, goccy)
    if text.startswith("{{", at):
        detail = msg("it begins with {{, which is taken for the beginning of a JSON object")
        return Reading(None, at, at, at, error=ReadError("missing", at, Effect.SITE_DIES, detail))
    if first == "{":
        end = fences.object_end(text, at)
        if end is None:
            error = ReadError(
                "unclosed", at, Effect.SITE_DIES, msg("the JSON front matter is never closed")
            )
            return Reading("json", at, len(text), len(text), error=error)
        return Reading("json", at, end, _skip_crlf(text, end))
    if text.startswith("#+", at):
        end = at
        while text.startswith("#+", end):
            newline = text.find("\n", end)
            end = len(text) if newline < 0 else newline + 1
        return Reading("org", at, end, end)
    return _unread(text, 0, "hugo")


def _skip_lead(text: str, at: int) -> int:
    lead = _HUGO_LEAD.match(text, at)
    assert lead is not None  # the pattern also matches nothing
    return lead.end()


def _skip_crlf(text: str, at: int) -> int:
    at += text.startswith("\r", at)
    return at + text.startswith("\n", at)


def _read_hugo_fenced(text: str, at: int, mark: str, goccy: tuple[bool, ...]) -> Reading:
    form = _HUGO_NAMES[mark]
    if not text.startswith(mark * 3, at):
        detail = msg(
            "a post that begins with {written} must begin with {fence}",
            written=mark,
            fence=mark * 3,
        )
        return Reading(form, at, at, at, error=ReadError("fence", at, Effect.SITE_DIES, detail))
    start = _skip_crlf(text, at + 3)
    if mark == "-" and False in goccy and _HUGO_TAB.match(text, start):
        detail = msg("a tab stands behind the opening ---, which is no blank to YAML")
        error = ReadError("fence", at, Effect.SITE_DIES, detail)
        return Reading(form, start, start, start, error=error)
    closing = _HUGO_CLOSING[mark].search(text, start)
    if closing is None:
        detail = msg("the front matter is never closed: no line begins with {mark}", mark=mark * 3)
        error = ReadError("unclosed", at, Effect.SITE_DIES, detail)
        return Reading(form, start, len(text), len(text), error=error)
    return Reading(form, start, closing.start(), _skip_crlf(text, closing.end()))


def _end_of_comment(text: str, at: int, reading: Reading) -> Reading:
    start = reading.body if reading.form else at
    if start == len(text):
        return reading
    end = text.find("-->", start)
    if end < 0:
        detail = msg("the comment that the post begins with is never closed")
        error = ReadError("unclosed", at, Effect.SITE_DIES, detail)
        return Reading(reading.form, reading.start, reading.end, len(text), error=error)
    return Reading(reading.form, reading.start, reading.end, end + 3)


# No generator: what a writer means.


def _read_neutral(text: str) -> Reading:
    meant = fences.find(text)
    if meant is None:
        begin = 1 if text.startswith(BOM) else 0
        return Reading(None, begin, begin, begin)
    error = None
    if meant.closing is None:
        detail = msg("the front matter is never closed")
        error = ReadError("unclosed", len(meant.lead), Effect.PRINTED, detail)
    return Reading(meant.form, meant.start, meant.end, meant.body, error=error)


_READERS: dict[str, Callable[[str], Reading]] = {
    "hexo": _read_hexo,
    "jekyll": _read_jekyll,
    "eleventy": _read_eleventy,
    "hugo": lambda text: _read_hugo(text, None, html_file=False),
}
