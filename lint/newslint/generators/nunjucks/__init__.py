"""The template engine Nunjucks 3.2.4, which Hexo and Eleventy run."""

from __future__ import annotations


def is_refused(text: str) -> bool:
    """Whether Nunjucks cannot even parse what begins with a delimiter, whatever a site defines."""
    from newslint.generators.nunjucks.block_tags import OPENERS
    from newslint.generators.nunjucks.environment import Environment
    from newslint.generators.nunjucks.statements import Statements

    first = next(iter(Statements(text, OPENERS, Environment()).read()), None)
    return first is not None and first.start == 0 and first.malformed
