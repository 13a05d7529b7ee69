"""Which renderers a Hexo site has, and what they keep."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.core.messages import msg
from newslint.generators.hexo.extensions import Extensions
from newslint.generators.hexo.options import HexoOptions
from newslint.generators.hexo.roles import MARKDOWN, PLAIN
from newslint.generators.site import (
    Renderer,
)

_RENDERER_KEYS = {
    "hexo-renderer-marked": "marked", "hexo-renderer-kramed": "kramed",
    "hexo-renderer-markdown-it": "markdown", "hexo-renderer-markdown-it-plus": "markdown_it_plus",
    "hexo-renderer-multi-markdown-it": "markdown", "hexo-renderer-pandoc": "pandoc",
}  # fmt: skip
"""Where the configuration has the options of each Markdown renderer."""


def renderer_of(options: HexoOptions, extensions: Extensions) -> Renderer:
    """Return the Markdown renderer of a site."""
    names = list(dict.fromkeys(extensions.markdown)) or ["hexo-renderer-marked"]
    name = names[0]
    said = options.data.get(_RENDERER_KEYS.get(name, ""))
    settings = dict(said) if isinstance(said, Mapping) else {}
    if len(names) > 1:
        reason = msg("several Markdown renderers are installed: {names}", names=", ".join(names))
        return Renderer(name, modelled=False, reason=reason)
    if name != "hexo-renderer-marked":
        reason = msg("newslint does not support {name}", name=name)
        return Renderer(name, modelled=False, options=settings, reason=reason)
    if extensions.has_old_marked:
        reason = msg("newslint does not support marked 0.3, which {name} 0 has", name=name)
        return Renderer(name, modelled=False, options=settings, reason=reason, renders_html=True)
    return Renderer(name, options=settings)


def engines_of(renderer: Renderer) -> dict[str, str | None]:
    """Return the template engine of posts, by suffix."""
    markdown = None if renderer.options.get("disableNunjucks") is True else "nunjucks"
    return {**dict.fromkeys(MARKDOWN, markdown), **dict.fromkeys(PLAIN, "nunjucks")}


def keeps_html(renderer: Renderer) -> bool:
    """Return whether the renderer keeps raw HTML."""
    inner = renderer.options.get("render")
    html = inner.get("html") if isinstance(inner, Mapping) else None
    return html is not False and not renderer.options.get("dompurify")
