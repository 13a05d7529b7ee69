"""Where Hugo finds front matter."""

from __future__ import annotations

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators import fences
from newslint.generators.effects import Effect
from newslint.generators.reading import ReadError, Reading, skip_crlf, unread

_HUGO_LEAD = lazy.pattern(r"[ \t\r\n\ufeff]*+")

_HUGO_COPIED = lazy.pattern(r"\s*+(?:<(?!!--)|\Z)")

_HUGO_NAMES = {"-": "yaml", "+": "toml"}

_HUGO_CLOSING = {
    "-": lazy.pattern(r"(?<=[\r\n])---"),
    "+": lazy.pattern(r"(?<=[\r\n])\+\+\+"),
}

_HUGO_TAB = lazy.pattern(r" *+\t[ \t]*+[\r\n]")


def read_hugo(text: str, html_file: bool) -> Reading:
    """The header of a post as Hugo finds it."""
    if html_file and _HUGO_COPIED.match(text):
        detail = msg("an HTML file without front matter is copied without changes, not built")
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
    reading = _hugo_form(text, at, first)
    if comment and reading.error is None:
        return _end_of_comment(text, at, reading)
    return reading


def _hugo_form(text: str, at: int, first: str) -> Reading:
    if first in _HUGO_NAMES:
        return _read_hugo_fenced(text, at, first)
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
    return unread(text, 0, lambda rest: read_hugo(rest, html_file=False))


def _skip_lead(text: str, at: int) -> int:
    lead = _HUGO_LEAD.match(text, at)
    assert lead is not None  # the pattern also matches nothing
    return lead.end()


def _read_hugo_fenced(text: str, at: int, mark: str) -> Reading:
    form = _HUGO_NAMES[mark]
    if not text.startswith(mark * 3, at):
        detail = msg(
            "a post that begins with {written} must begin with {fence}",
            written=mark,
            fence=mark * 3,
        )
        return Reading(form, at, at, at, error=ReadError("fence", at, Effect.SITE_DIES, detail))
    start = skip_crlf(text, at + 3)
    if mark == "-" and _HUGO_TAB.match(text, start):
        detail = msg("the opening --- is followed by a tab, which YAML does not accept as a space")
        error = ReadError("fence", at, Effect.SITE_DIES, detail)
        return Reading(form, start, start, start, error=error)
    closing = _HUGO_CLOSING[mark].search(text, start)
    if closing is None:
        detail = msg("the front matter is not closed; no line begins with {mark}", mark=mark * 3)
        error = ReadError("unclosed", at, Effect.SITE_DIES, detail)
        return Reading(form, start, len(text), len(text), error=error)
    return Reading(form, start, closing.start(), skip_crlf(text, closing.end()))


def _end_of_comment(text: str, at: int, reading: Reading) -> Reading:
    start = reading.body if reading.form else at
    if start == len(text):
        return reading
    end = text.find("-->", start)
    if end < 0:
        detail = msg("the comment at the beginning of the post is not closed")
        error = ReadError("unclosed", at, Effect.SITE_DIES, detail)
        return Reading(reading.form, reading.start, reading.end, len(text), error=error)
    return Reading(reading.form, reading.start, reading.end, end + 3)
