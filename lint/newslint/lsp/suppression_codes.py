"""Rule codes in suppressions: their places, and the place that is being edited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newslint.core.span import Span
from newslint.linter import suppressions
from newslint.linter.rule import Rule
from newslint.lsp.workspace import LintedDocument
from newslint.post.post import Post

_OPEN = re.compile(r"(?:<!--\s*+|#[ \t]*+)newslint-(?P<verb>[a-z-]*+)(?P<rest>[^\r\n]*+)\Z")
_LAST_WORD = re.compile(r"[^\s,]*\Z")


@dataclass(frozen=True, slots=True)
class Writing:
    """The edited part of a suppression: its verb, or (``verb`` is False) one of its codes."""

    typed: Span
    verb: bool


def writing(post: Post, offset: int) -> Writing | None:
    """Return the part of a suppression that is being edited at an offset, or None."""
    _, column, _ = post.source.lines.position(offset)
    line = post.text[offset - column + 1 : offset]
    begins = max(line.rfind("<!--"), line.rfind("#") if offset < post.body_start else -1)
    if begins < 0 or (match := _OPEN.match(line, begins)) is None:
        return None
    rest = match["rest"]
    if not rest:
        return Writing(Span(offset - len(match["verb"]), offset), verb=True)
    if match["verb"] not in suppressions.VERBS or "-->" in rest or " -- " in rest:
        return None
    word = _LAST_WORD.search(rest)
    assert word is not None
    return Writing(Span(offset - len(word[0]), offset), verb=False)


def rule_at(linted: LintedDocument, offset: int) -> tuple[type[Rule], Span] | None:
    """Return the rule that a suppression names at an offset, and the span of the name."""
    known = linted.settings.rules.known
    names = {code: rule.name for code, rule in known.items()}
    for one in suppressions.parse(linted.post, names):
        for word in one.words:
            if word.exact and word.span.start <= offset <= word.span.end:
                return known[next(iter(word.codes))], word.span
    return None
