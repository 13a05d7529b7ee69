"""What the template engine of a target does with the body of a post."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.core import lazy
from newslint.core.span import Span
from newslint.generators.effects import BlockKind, TagBlock, TemplateReading
from newslint.generators.site_roles import UNKNOWN_ENGINE
from newslint.generators.target import DEBIAN, GENERATORS, Target

if TYPE_CHECKING:
    from newslint.generators.hugo.shortcode_lexer import Shortcode
    from newslint.generators.site import Site

__all__ = [
    "GENERATORS",
    "UNKNOWN_ENGINE",
    "BlockKind",
    "hexo_tags",
    "is_refused_by_nunjucks",
    "read_template",
    "shortcode_at",
    "tag_families",
]


def read_template(
    target: Target,
    body: str,
    *,
    markdown: bool,
    engine: str | None = "",
    renderer: str = "",
    site: Site | None = None,
    data: Callable[[], Mapping[str, Any]] = dict,
) -> TemplateReading:
    """Return what a target's template engine would execute or choke on in a body, and its blocks.

    ``engine`` is that of Eleventy for the file: None for none, empty for the default. ``site`` and
    ``data`` give its templates what they may use. ``renderer`` is the name of
    `Post.markdown_target`.
    """
    if target.name == "hexo":
        from newslint.generators.hexo import templates

        return templates.read(body, version=target.major, markdown=markdown, renderer=renderer)
    if target.name == "jekyll":
        from newslint.generators import liquid

        strict = site.strictness if site is not None else ()
        return liquid.read(body, markdown=markdown, is_4=target.version != DEBIAN, strict=strict)
    if target.name == "hugo":
        from newslint.generators.hugo import fence_attributes, shortcodes

        reading = shortcodes.read(
            body,
            markdown=markdown,
            version=target.version,
            site=site,
        )
        reading.problems.extend(fence_attributes.scan(body, target.version) if markdown else ())
        return reading
    if target.name == "eleventy":
        return _with_rendered(_read_eleventy(body, engine, markdown, site, data), body)
    return TemplateReading([], [])


def _read_eleventy(
    body: str,
    engine: str | None,
    markdown: bool,
    site: Site | None,
    data: Callable[[], Mapping[str, Any]],
) -> TemplateReading:
    """Read a body with its engine; with both that are modelled where the site computes it."""
    reading = TemplateReading([], [])
    if engine in ("", "liquid", UNKNOWN_ENGINE):
        from newslint.generators import liquidjs

        reading = liquidjs.read(body, markdown=markdown)
    if engine in ("nunjucks", UNKNOWN_ENGINE):
        from newslint.generators.eleventy import nunjucks

        other = nunjucks.read(body, site, data())
        known = {problem.start for problem in reading.problems}
        problems = reading.problems + [one for one in other.problems if one.start not in known]
        problems.sort(key=lambda problem: problem.start)
        reading = TemplateReading(problems, reading.blocks or other.blocks)
    return reading


_RENDERED = lazy.pattern(
    r"\{%-?\s*+renderTemplate\b(?:[^%]|%(?!\}))*+%\}(?P<inner>.*?)"
    r"\{%-?\s*+endrenderTemplate\s*+-?%\}",
    re.DOTALL,
)


def _with_rendered(reading: TemplateReading, body: str) -> TemplateReading:
    """Add the blocks that Eleventy's RenderPlugin renders by another engine, such as WebC."""
    if "endrenderTemplate" not in body:
        return reading
    blocks = [
        TagBlock(BlockKind.HIDDEN, match.start(), *match.span("inner"), match.end())
        for match in _RENDERED.finditer(body)
    ]
    every = sorted([*reading.blocks, *blocks], key=lambda block: block.outer_start)
    return TemplateReading(reading.problems, every)


def shortcode_at(text: str, at: int) -> Shortcode:
    """Return the shortcode of Hugo that begins at an offset of a text."""
    from newslint.generators.hugo import shortcode_lexer

    return shortcode_lexer.at(text, at)


def hexo_tags() -> Collection[str]:
    """Return the tags that Hexo itself brings."""
    from newslint.generators.hexo.tags import TAGS

    return TAGS


def is_refused_by_nunjucks(text: str) -> bool:
    """Return whether plain Nunjucks stops at a text, whatever tags a site defines."""
    from newslint.generators import nunjucks

    return nunjucks.is_refused(text)


def tag_families(body: str, target: str, skipped: Sequence[Span]) -> Sequence[Sequence[Span]]:
    """Return the tags that belong together; see `newslint.generators.tag_pairs`."""
    from newslint.generators.tag_pairs import families

    return families(body, target, skipped)
