"""Explain the YAML error of a loader in a message for writers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.js_nodes import YamlSyntaxError


@dataclass(frozen=True, slots=True)
class Told:
    """Where to look, what is wrong, and the text (start, end) that needs quotes, if that is it."""

    offset: int
    message: str
    value: tuple[int, int] | None = None


_ENTRY = lazy.pattern(
    r"(?P<lead>[ \t]*+(?:-[ \t]++)*+)(?:(?P<key>[^\s\"'#\[\]{},&*!|>%@`:][^:\r\n]{0,60}+):"
    r"(?P<gap>[ \t]*+))?(?P<value>[^\r\n]*)"
)
_INDICATORS = {
    "*": msg("a value must not begin with *, which refers to an anchor; put it in quotes"),
    "&": msg("a value must not begin with &, which defines an anchor; put it in quotes"),
    "!": msg("a value must not begin with !, which is a tag; put it in quotes"),
    "%": msg("a value must not begin with %; put it in quotes"),
    "@": msg("a value must not begin with @; put it in quotes"),
    "`": msg("a value must not begin with a backtick; put it in quotes"),
    "|": msg("a value must not begin with | unless indented text follows; put it in quotes"),
    ">": msg("a value must not begin with > unless indented text follows; put it in quotes"),
    "[": msg("a value that begins with [ is a list; put it in quotes if it is a text"),
    "{": msg("a value that begins with { is a mapping; put it in quotes if it is a text"),
    ",": msg("a value must not begin with a comma; put it in quotes"),
    "]": msg("a value must not begin with ]; put it in quotes"),
    "}": msg("a value must not begin with }; put it in quotes"),
}


def explain(content: str, error: YamlSyntaxError) -> Told:
    """Return the likely mistake after a syntax error of ``content``."""
    at = min(error.offset, len(content))
    if error.kind in ("depth", "long-key"):
        return Told(at, error.what)
    if error.kind in ("control", "null"):
        return Told(at, msg("{what} is not allowed in front matter", what=error.what))
    start = content.rfind("\n", 0, at) + 1
    if not content[start:at].strip() and start:
        # Parsers notice a mistake at the beginning of the next line.
        here = _line_told(content, start)
        if here is None or not _is_suspect(content, start):
            before = _suspect_before(content, start)
            if before is not None:
                return before
        if here is not None:
            return here
    told = _line_told(content, start)
    if told is not None:
        return told
    before = _suspect_before(content, start)
    return before or Told(at, error.what)


def _is_suspect(content: str, start: int) -> bool:
    return _line_told(content, start) is not None


def _suspect_before(content: str, start: int) -> Told | None:
    while start > 0:
        start = content.rfind("\n", 0, start - 1) + 1
        end = content.find("\n", start)
        if content[start:end].strip():
            return _line_told(content, start)
    return None


def _line_told(content: str, start: int) -> Told | None:
    entry = _ENTRY.match(content, start)
    if entry is None:
        return None
    if "\t" in entry["lead"]:
        return Told(start + entry["lead"].index("\t"), msg("indent with spaces, not with a tab"))
    value = entry["value"].rstrip()
    if not value or value.startswith("#"):
        return None
    at = entry.start("value")
    span = (at, at + len(value))
    if entry["key"] is not None and not entry["gap"]:
        return Told(at - 1, msg("a space is missing after the colon"))
    quoted = _quoted_told(value, at)
    if quoted is not None:
        return Told(quoted.offset, quoted.message, span)
    first = value[0]
    if first in _INDICATORS and not _is_whole_flow(value):
        return Told(at, _INDICATORS[first], span)
    if entry["key"] is not None:
        colon = re.search(r":(?=[ \t]|\Z)", value)
        if colon is not None and first not in "'\"[{":
            message = msg("the value contains a colon and a space; put it in quotes")
            return Told(at + colon.start(), message, span)
    elif not entry["lead"].strip() and ":" not in value:
        return Told(
            at, msg("a line has no key and colon; indent it, or put the value in quotes"), span
        )
    elif not entry["lead"].strip() and re.match(r"[^\s:]+:\S", value):
        return Told(at + value.index(":"), msg("a space is missing after the colon"))
    return None


def _is_whole_flow(value: str) -> bool:
    return (value[0], value[-1]) in (("[", "]"), ("{", "}")) and len(value) > 1


_ESCAPE = lazy.pattern(
    r"\\(?!x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0abt\tnvfre \"/\\N_LP]|\Z)"
)
_DOUBLE = lazy.pattern(r'"(?:[^"\\]|\\.)*+(?P<closing>"?)')
_SINGLE = lazy.pattern(r"'(?:[^']|'')*+(?P<closing>'?)")


def _quoted_told(value: str, at: int) -> Told | None:
    if value[0] == '"':
        escape = _ESCAPE.search(value)
        if escape is not None:
            message = msg(
                "a backslash in double quotes begins an escape sequence; write \\\\, or use"
                " single quotes"
            )
            return Told(at + escape.start(), message)
        whole, name, remedy = (
            _DOUBLE.match(value),
            msg("double quote"),
            msg('write \\" for a quote inside it'),
        )
    elif value[0] == "'":
        whole, name, remedy = (
            _SINGLE.match(value),
            msg("single quote"),
            msg("write '' for a quote inside it"),
        )
    else:
        return None
    assert whole is not None  # the value begins with the quote
    if not whole["closing"]:
        return Told(at, msg("a {name} is not closed", name=name))
    rest = value[whole.end() :].strip()
    if rest and not rest.startswith(("#", ":", ",")):
        return Told(
            at + whole.end(),
            msg("text after the closing {name}; {remedy}", name=name, remedy=remedy),
        )
    return None
