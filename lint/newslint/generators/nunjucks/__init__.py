"""The template engine Nunjucks 3.2.4, which Hexo and Eleventy run."""

from __future__ import annotations

from newslint.generators.effects import TemplateProblem


def read_plain(text: str) -> list[TemplateProblem]:
    """Return what plain Nunjucks, to which no site adds anything, makes of a text."""
    from newslint.generators.nunjucks.block_tags import OPENERS
    from newslint.generators.nunjucks.environment import Environment
    from newslint.generators.nunjucks.statements import Statements

    return list(Statements(text, OPENERS, Environment()).read())


def is_refused(text: str) -> bool:
    """Whether Nunjucks cannot even parse what begins with a delimiter, whatever a site defines."""
    first = next(iter(read_plain(text)), None)
    return first is not None and first.start == 0 and first.malformed
