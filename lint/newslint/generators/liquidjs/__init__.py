"""How Eleventy 3 processes template syntax in a post (liquidjs 10, before Markdown).

Eleventy cuts the front matter off and hands the rest to liquidjs, for ``.md`` and ``.html``
alike, so that code fences and HTML comments protect nothing; only ``{% raw %}`` does. The
tokenizer and the expression parser are modelled closely, as every mistake there stops the
build; of what would happen when the template runs, everything that can be known without the site.
"""

from __future__ import annotations

from newslint.generators.effects import TemplateProblem, TemplateReading
from newslint.generators.liquid.values import Exists

from .tokenizer import tokenize
from .walker import Walker


def scan(text: str, *, markdown: bool, exists: Exists | None = None) -> list[TemplateProblem]:
    """Return the problems of `read` alone."""
    return read(text, markdown=markdown, exists=exists).problems


def read(text: str, *, markdown: bool, exists: Exists | None = None) -> TemplateReading:
    """List what Eleventy would run, choke on or cut off, in the order of the text, and the blocks.

    ``text`` is the body of a post, without its front matter; ``markdown`` makes no difference,
    as liquidjs comes before Markdown. A post whose front matter has a ``templateEngineOverride``
    without liquid needs no reading. Nothing is reported of ``raw`` and ``comment``, which do what
    their author meant: they are the blocks.

    ``include``, ``render`` and ``layout`` stop the build if the file that they name is not
    there. ``exists(kind, name)`` is asked for it, with kind ``include`` (both of the first) or
    ``layout`` (or ``page`` for the filter ``inputPathToUrl``) and the name as written. Without
    ``exists`` they count as fatal: scraped text that is about such a tag is far from the site
    that has it. So does a name that the template computes and only the site knows.

    ``code`` is never set: liquidjs reads own properties only, and its own objects just fail.
    """
    if "{{" not in text and "{%" not in text:
        return TemplateReading([], [])
    walker = Walker(text, exists)
    walker.walk(tokenize(text))
    return walker.finish()
