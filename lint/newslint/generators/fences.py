"""Detect text that a writer means as front matter, whether or not a generator reads it."""

from __future__ import annotations

import re
from typing import NamedTuple

from newslint.core import lazy

_LEAD = lazy.pattern(r"(?:[\s\ufeff\u200b-\u200d\u2060]++|<!--(?:[^-]++|-(?!->))*+-->)*+")
"""White space of any kind, what no one sees, and comments."""
_FENCE = lazy.pattern(r"(?P<marks>-{3,}|\+{3,}|;{3,})(?P<rest>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_CLOSING = {
    "-": lazy.pattern(r"(?<![^\r\n])(?:-{3,}|\.{3})[ \t]*+(?=[\r\n]|\Z)"),
    "+": lazy.pattern(r"(?<![^\r\n])\+{3,}[ \t]*+(?=[\r\n]|\Z)"),
    ";": lazy.pattern(r"(?<![^\r\n]);{3,}[ \t]*+(?=[\r\n]|\Z)"),
}
_FORMS = {"-": "yaml", "+": "toml", ";": "json"}
_LANGUAGE = lazy.pattern(r"[ \t]*+(?P<name>[A-Za-z]*+)[ \t]*+\Z")
_KEY = lazy.pattern(
    r"(?:[ \t\r\n]|^[ \t]*+\#[^\r\n]*+$)*+"
    r"(?:[{\[]|(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'|[^\s:=#<>\"'{}\[\]][^\r\n:=<>]{0,60}+)[ \t]*+[:=])",
    re.MULTILINE,
)
_JSON = lazy.pattern(r"\{\s*+\"[^\"\r\n]*+\"\s*+:")
_JSON_MEMBER = lazy.pattern(r"\"[^\"\r\n]*+\"[ \t]*+:")
_YAML_KEY = lazy.pattern(r"[^\W\d][\w-]*+:(?:[ \t]|$)", re.MULTILINE)
_LINE_END = lazy.pattern(r"\r\n|\r|\n")
"""Not ``str.splitlines``, which also splits at a form feed."""
_YAML_LINE = lazy.pattern(r"[^\W\d][\w-]*+:(?:[ \t]|\Z)|[ \t]|-[ \t]|#|\Z")


class Fenced(NamedTuple):
    """A piece of text that looks like front matter, in code points of the file's text.

    ``form`` is yaml, toml, json or js; ``fence`` is the opening line without the white space at its
    end, and empty where the first line is already content; ``lead`` is what is before it
    (empty lines, spaces, a byte order mark). ``start`` and ``end`` bound the content;
    ``closing`` is the line that closes it, or None; ``body`` is where the body begins.
    """

    form: str
    fence: str
    lead: str
    start: int
    end: int
    closing: str | None
    body: int


def find(text: str) -> Fenced | None:
    """Return the front matter that a writer meant, or None where the text has none."""
    lead = _LEAD.match(text)
    assert lead is not None  # the pattern also matches nothing
    at = lead.end()
    fence = _FENCE.match(text, at)
    if fence is not None:
        return _between(text, lead[0], fence)
    if text.startswith("{", at):
        return _object(text, lead[0]) if _JSON.match(text, at) else None
    return _open(text, lead[0])


def _between(text: str, lead: str, fence: re.Match[str]) -> Fenced | None:
    mark = fence["marks"][0]
    closing = _CLOSING[mark].search(text, fence.end())
    if not _means_front_matter(text, fence, closing):
        return None
    form = _FORMS[mark]
    language = _LANGUAGE.match(fence["rest"])
    if language is not None and language["name"]:
        form = {"yml": "yaml", "javascript": "js"}.get(
            language["name"].lower(), language["name"].lower()
        )
    end = len(text) if closing is None else closing.start()
    return Fenced(
        form,
        fence[0].rstrip(),
        lead,
        fence.end(),
        end,
        None if closing is None else closing[0].rstrip(),
        len(text) if closing is None else _next_line(text, closing.end()),
    )


def _means_front_matter(text: str, fence: re.Match[str], closing: re.Match[str] | None) -> bool:
    """Return a fence that opens a header, and not a rule across the page."""
    if closing is not None and not text[fence.end() : closing.start()].strip():
        return not fence["rest"].strip()
    key = _KEY.match(text, fence.end())
    return key is not None and (closing is None or key.end() <= closing.start())


def _object(text: str, lead: str) -> Fenced:
    start = len(lead)
    end = object_end(text, start)
    return Fenced(
        "json",
        "{",
        lead,
        start,
        len(text) if end is None else end,
        None if end is None else "}",
        len(text) if end is None else _next_line(text, end),
    )


def _open(text: str, lead: str) -> Fenced | None:
    """Hexo's short form: the first line is content, and one fence ends it."""
    start = len(lead)
    member = _JSON_MEMBER.match(text, start)
    if member is None and not _YAML_KEY.match(text, start):
        return None
    closing = _CLOSING[";" if member else "-"].search(text, start)
    if closing is None or closing[0].startswith("."):
        return None
    lines = _LINE_END.split(text[start : closing.start()])
    if member is None and not all(_YAML_LINE.match(line) for line in lines):
        return None
    body = _next_line(text, closing.end())
    form = "json" if member else "yaml"
    return Fenced(form, "", lead, start, closing.start(), closing[0].rstrip(), body)


_JSON_TOKEN = lazy.pattern(r"[{}\"]|\\.?", re.DOTALL)


def object_end(text: str, start: int) -> int | None:
    """Just after the ``}`` that closes the ``{`` at ``start``; None where nothing does.

    Counts as Hugo's lexer does: braces outside of quotes, a backslash hides the next character.
    """
    depth = 0
    quoted = False
    for token in _JSON_TOKEN.finditer(text, start):
        if token[0] == '"':
            quoted = not quoted
        elif not quoted and token[0] in "{}":
            depth += 1 if token[0] == "{" else -1
            if depth == 0:
                return token.end()
    return None


def _next_line(text: str, offset: int) -> int:
    if text.startswith("\r\n", offset):
        return offset + 2
    return offset + 1 if offset < len(text) and text[offset] in "\r\n" else offset
