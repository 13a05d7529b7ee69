"""What the template engine of a target does with the body of a post."""

from __future__ import annotations

from newslint.generators.effects import TemplateReading
from newslint.generators.target import Target


def read_template(
    target: Target, body: str, *, markdown: bool, engine: str | None = ""
) -> TemplateReading:
    """What a target's template engine would execute or choke on in a body, and its blocks.

    ``engine`` is that of Eleventy for the file: ``liquid``, ``nunjucks``, None for none, or
    empty for the default.
    """
    if engine is None:
        body = ""
    if target.name == "hexo":
        from newslint.generators.hexo import templates

        return templates.read(body, version=target.major, markdown=markdown)
    if target.name == "jekyll":
        from newslint.generators import liquid

        return liquid.read(body, markdown=markdown)
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
