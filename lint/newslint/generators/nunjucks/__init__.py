"""What the template engine Nunjucks 3.2.4 does with a text, as Eleventy gives it to it."""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import BlockKind, Effect, TemplateProblem, TemplateReading

_COMMENT = lazy.pattern(r"\{#(?:(?!#\}).)*+#\}", re.DOTALL)


def read_plain(text: str) -> TemplateReading:
    """Return what Nunjucks makes of a text that nothing was done to before, as Eleventy gives it.

    Code and comments of HTML are templates too.
    """
    from newslint.generators.nunjucks.block_tags import OPENERS
    from newslint.generators.nunjucks.statements import Statements

    if not any(mark in text for mark in ("{{", "{%", "{#")):
        return TemplateReading([], [])
    statements = Statements(text, OPENERS)
    problems = list(statements.read())
    known = {problem.start for problem in problems}
    detail = msg("it is read as a comment and removed")
    problems += (
        TemplateProblem(*match.span(), Effect.EXECUTED, detail)
        for match in _COMMENT.finditer(text)
        if match.start() not in known
        and not any(
            block.start <= match.start() < block.end
            for block in statements.blocks
            if block.kind is BlockKind.RAW
        )
    )
    problems.sort(key=lambda problem: problem.start)
    return TemplateReading(problems, [*statements.blocks])


def is_refused(text: str) -> bool:
    """Whether Nunjucks cannot even parse what begins with a delimiter, whatever a site defines."""
    from newslint.generators.nunjucks.block_tags import OPENERS
    from newslint.generators.nunjucks.statements import Statements

    first = next(iter(Statements(text, OPENERS).read()), None)
    return first is not None and first.start == 0 and first.malformed
