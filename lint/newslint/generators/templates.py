"""What the template engine of a target does with the body of a post."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from newslint.core.span import Span
from newslint.generators.effects import BlockKind, TemplateReading
from newslint.generators.target import DEBIAN, GENERATORS, Target

__all__ = [
    "GENERATORS",
    "BlockKind",
    "hexo_tags",
    "is_refused_by_nunjucks",
    "read_template",
    "tag_families",
]


def read_template(
    target: Target, body: str, *, markdown: bool, engine: str | None = "", renderer: str = ""
) -> TemplateReading:
    """Return what a target's template engine would execute or choke on in a body, and its blocks.

    ``engine`` is that of Eleventy for the file: ``liquid``, ``nunjucks``, None for none, or
    empty for the default. ``renderer`` is the name of `Post.markdown_target`.
    """
    if engine is None:
        body = ""
    if target.name == "hexo":
        from newslint.generators.hexo import templates

        return templates.read(body, version=target.major, markdown=markdown, renderer=renderer)
    if target.name == "jekyll":
        from newslint.generators import liquid

        return liquid.read(body, markdown=markdown, is_4=target.version != DEBIAN)
    if target.name == "hugo":
        from newslint.generators.hugo import fence_attributes, shortcodes

        reading = shortcodes.read(body, markdown=markdown, version=target.version)
        reading.problems.extend(fence_attributes.scan(body, target.version) if markdown else ())
        return reading
    if target.name == "eleventy" and engine == "nunjucks":
        from newslint.generators import nunjucks

        return nunjucks.read_plain(body)
    if target.name == "eleventy":
        from newslint.generators import liquidjs

        return liquidjs.read(body, markdown=markdown)
    return TemplateReading([], [])


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
