"""Attributes of a code fence that Hugo cannot read, which ends the build since `PAGES`.

What is between the last ``{`` of the line that opens a fence and the ``}`` after it is taken
for a list of attributes: ``{.class #id name="value" n=1}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import Effect, TemplateProblem
from newslint.generators.hugo_changes import PAGES
from newslint.generators.target import Version

_MAY_HAVE = lazy.pattern(r"(?:`{3}|~{3})[^\r\n]*\{[^\r\n]*\}")
_OPENING = lazy.pattern(r"(?:`{3,}+|~{3,}+)(?P<info>[^\r\n]*+)")
_INDENT = 3
"""Spaces before a fence; with more it is shown as code."""
_VALUE = (
    r"(?:\"(?:[^\"\\]|\\.)*+\"|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\[[^\[\]{}]*+\]"
    r"|(?!null(?![\w:.-]))[A-Za-z_:][\w:.-]*+)"
)
_ONE = rf"(?:[.#][^\s,}}=]*+|[A-Za-z_:][\w:.-]*+\s*+=\s*+{_VALUE})"
_ATTRIBUTES = lazy.pattern(rf"\{{(?:\s*+{_ONE}(?:[\s,]++{_ONE})*+[\s,]*+)?\}}", re.ASCII)


def scan(body: str, version: Version | None) -> Iterator[TemplateProblem]:
    """Yield the lists of attributes in a Markdown body that end the build."""
    if not PAGES.may_hold(version) or _MAY_HAVE.search(body) is None:
        return
    from newslint.generators.markdown import code_spans

    for start, _ in code_spans(body, "hugo"):
        opening = _OPENING.match(body, start)
        line = body[body.rfind("\n", 0, start) + 1 : start]
        if opening is None or (len(line) > _INDENT and not line.strip(" ")):
            continue
        info = opening["info"]
        brace = info.rfind("{")
        end = info.find("}", brace)
        if brace < 0 or end < 0 or _ATTRIBUTES.fullmatch(info, brace, end + 1):
            continue
        at = opening.start("info")
        detail = msg("the braces do not contain a list of attributes; write {.name}")
        yield TemplateProblem(
            at + brace, at + end + 1, Effect.SITE_DIES, PAGES.named(detail, version)
        )
