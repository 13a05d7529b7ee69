"""Where Hugo finds front matter."""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators import fences
from newslint.generators.effects import Effect
from newslint.generators.hugo_changes import BYTE_ORDER_MARK, GOCCY, LEXER
from newslint.generators.reading import ReadError, Reading, skip_crlf, unread
from newslint.generators.target import Version

_HUGO_LEAD = lazy.pattern(r"[ \t\r\n\ufeff]*+")

_HUGO_NEW_LEAD = lazy.pattern(r"\ufeff?+[ \t\r\n\f\v]*+")

_HUGO_COPIED = lazy.pattern(r"\s*+(?:<(?!!--)|\Z)")

_COMMENTS = lazy.pattern(r"<!--(?:(?!-->).)*+(?:-->|\Z)", re.DOTALL)

_HUGO_NAMES = {"-": "yaml", "+": "toml"}

_HUGO_CLOSING = {
    "-": lazy.pattern(r"(?<=[\r\n])---"),
    "+": lazy.pattern(r"(?<=[\r\n])\+\+\+"),
}

_HUGO_TAB = lazy.pattern(r" *+\t[ \t]*+[\r\n]")


def read_hugo(text: str, version: Version | None, html_file: bool) -> Reading:
    """The header of a post as all versions that are meant find it, or as one that does not."""
    ways = LEXER.in_force(version)
    readings = [_read_new(text, version) if new else _read_old(text, html_file) for new in ways]
    failed = [one for one in readings if one.error is not None]
    if len(failed) == len(readings) or not failed:
        return readings[-1]
    (reading,) = failed
    assert reading.error is not None
    told = LEXER.named(reading.error.detail, version, with_it=ways[readings.index(reading)])
    return reading._replace(error=reading.error._replace(detail=told))


def _read_new(text: str, version: Version | None) -> Reading:
    """Since `LEXER` neither a comment nor HTML means anything before the header."""
    lead = _HUGO_NEW_LEAD if BYTE_ORDER_MARK.may_hold(version) else _HUGO_LEAD
    found = lead.match(text)
    assert found is not None  # the pattern also matches nothing
    at = found.end()
    reading = _hugo_form(text, at, text[at : at + 1], GOCCY.in_force(version))
    if text.startswith("<!--", at) and reading.error is None:
        hidden = _read_old(text, html_file=False)
        if hidden.form is not None and hidden.error is None:
            detail = msg("front matter in or after a comment is not read")
            error = ReadError("not-first", at, Effect.DROPPED, detail)
            return reading._replace(error=error)
    return reading


def _read_old(text: str, html_file: bool) -> Reading:
    if html_file and _HUGO_COPIED.match(text):
        detail = msg("an HTML file without front matter is copied without changes, not built")
        return Reading(None, 0, 0, 0, error=ReadError("missing", 0, Effect.SKIPPED, detail))
    begin = at = _skip_lead(text, 0)
    while text.startswith("<!--", at):
        # Front matter may stand in a comment, after its first line.
        newline = text.find("\n", at)
        at = len(text) if newline < 0 else _skip_lead(text, newline + 1)
    first = text[at : at + 1]
    if first == "<":
        if at > begin:
            detail = msg("a file that begins with a comment and HTML must have front matter")
        else:
            detail = msg("a Markdown file that begins with HTML must have front matter")
        return Reading(None, at, at, at, error=ReadError("missing", at, Effect.SITE_DIES, detail))
    reading = _hugo_form(text, at, first, (False,))
    if at > begin and reading.error is None:
        return _end_of_comment(text, begin, at, reading)
    return reading


def _hugo_form(text: str, at: int, first: str, goccy: tuple[bool, ...]) -> Reading:
    if first in _HUGO_NAMES:
        return _read_hugo_fenced(text, at, first, goccy)
    if text.startswith("{{", at):
        detail = msg("it begins with {{, which Hugo reads as the beginning of a JSON object")
        return Reading(None, at, at, at, error=ReadError("missing", at, Effect.SITE_DIES, detail))
    if first == "{":
        end = fences.object_end(text, at)
        if end is None:
            error = ReadError(
                "unclosed", at, Effect.SITE_DIES, msg("the JSON front matter is not closed")
            )
            return Reading("json", at, len(text), len(text), error=error)
        return Reading("json", at, end, skip_crlf(text, end))
    if text.startswith("#+", at):
        end = at
        while text.startswith("#+", end):
            newline = text.find("\n", end)
            end = len(text) if newline < 0 else newline + 1
        return Reading("org", at, end, end)
    return unread(text, 0, lambda rest: read_hugo(rest, None, html_file=False))


def _skip_lead(text: str, at: int) -> int:
    lead = _HUGO_LEAD.match(text, at)
    assert lead is not None  # the pattern also matches nothing
    return lead.end()


def _read_hugo_fenced(text: str, at: int, mark: str, goccy: tuple[bool, ...]) -> Reading:
    form = _HUGO_NAMES[mark]
    if not text.startswith(mark * 3, at):
        detail = msg(
            "a post that begins with {written} must begin with {fence}",
            written=mark,
            fence=mark * 3,
        )
        return Reading(form, at, at, at, error=ReadError("fence", at, Effect.SITE_DIES, detail))
    start = skip_crlf(text, at + 3)
    if mark == "-" and False in goccy and _HUGO_TAB.match(text, start):
        detail = msg("the opening --- is followed by a tab, which YAML does not accept as a space")
        error = ReadError("fence", at, Effect.SITE_DIES, detail)
        return Reading(form, start, start, start, error=error)
    closing = _HUGO_CLOSING[mark].search(text, start)
    if closing is None:
        detail = msg("the front matter is not closed; no line begins with {mark}", mark=mark * 3)
        error = ReadError("unclosed", at, Effect.SITE_DIES, detail)
        return Reading(form, start, len(text), len(text), error=error)
    return Reading(form, start, closing.start(), skip_crlf(text, closing.end()))


def _end_of_comment(text: str, begin: int, at: int, reading: Reading) -> Reading:
    """The post after the first ``-->`` behind the header, or behind the lines that were read.

    What a browser shows before it is lost: the comment may end in its first line.
    """
    start = reading.body if reading.form else at
    end = text.find("-->", start)
    if end < 0 and start < len(text):
        detail = msg(
            "the post begins with a comment, and --> is not found after the first line or the "
            "front matter"
        )
        return _failed(text, at, reading, Effect.SITE_DIES, detail)
    body = len(text) if end < 0 else end + 3
    if _COMMENTS.sub("", text[begin:at] + text[start:body]).strip():
        detail = msg("the text after the comment at the beginning of the post is lost")
        return _failed(text, at, reading, Effect.CUT, detail)
    return Reading(reading.form, reading.start, reading.end, body)


def _failed(text: str, at: int, reading: Reading, effect: Effect, detail: str) -> Reading:
    error = ReadError("fence" if reading.form else "missing", at, effect, detail)
    return Reading(reading.form, reading.start, reading.end, len(text), error=error)
