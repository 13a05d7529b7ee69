"""How Jekyll processes template syntax in a post (Liquid for Ruby, before Markdown).

Jekyll hands the body to Liquid first, so that code fences and HTML comments protect nothing;
only ``{% raw %}`` does. The parser is modelled token by token; of what would happen when the
template runs, everything that can be known without the site.
"""

from __future__ import annotations

from collections.abc import Container

from newslint.generators.effects import TemplateProblem, TemplateReading

from .tokenizer import tokenize
from .values import Exists, Strictness
from .walker import Walker


def scan(
    text: str, *, markdown: bool, exists: Exists | None = None, is_4: bool = True
) -> list[TemplateProblem]:
    """Return the problems of `read` alone."""
    return read(text, markdown=markdown, exists=exists, is_4=is_4).problems


def read(
    text: str,
    *,
    markdown: bool,
    exists: Exists | None = None,
    is_4: bool = True,
    strict: Container[str] = (),
) -> TemplateReading:
    """List what Jekyll would run, choke on or cut off, in the order of the text, and the blocks.

    ``text`` is the body of a post, without its front matter; ``markdown`` makes no difference,
    as Liquid comes before Markdown. A post with ``render_with_liquid: false`` in its front
    matter needs no reading. Nothing is reported of ``raw``, ``comment`` and ``highlight``, which
    do what their author meant: they are the blocks.

    ``include``, ``include_relative``, ``link`` and ``post_url`` stop the build if the file that
    they name does not exist. ``exists(kind, name)`` is asked for it, with kind ``include``,
    ``include_relative``, ``link`` or ``post`` and the name as written. Without ``exists`` they
    count as fatal: scraped text that is about such a tag is far from the site that has it.
    So does a name that the template computes and only the site knows.

    ``is_4`` says Liquid 4.0, which Jekyll's gems want; else it is 5.4, of Debian's package.

    ``strict`` is `Site.strictness`.

    ``code`` is never set: ``constructor`` and the like are no variables here, and print nothing.
    """
    if "{{" not in text and "{%" not in text:
        return TemplateReading([], [])
    strictness = Strictness(*(name in strict for name in Strictness._fields))
    walker = Walker(text, exists, is_4=is_4, strict=strictness)
    walker.walk(tokenize(text))
    return walker.finish()
