"""Which renderers a Hexo site has, and what they keep."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.hexo.extensions import Extensions
from newslint.generators.hexo.options import HexoOptions
from newslint.generators.hexo.suffixes import MARKDOWN, PLAIN
from newslint.generators.site import Renderer
from newslint.generators.target import ESCAPED, FOOTNOTES, MARKDOWN_IT

_RENDERER_KEYS = {
    "hexo-renderer-marked": "marked", "hexo-renderer-kramed": "kramed",
    "hexo-renderer-markdown-it": "markdown", "hexo-renderer-markdown-it-plus": "markdown_it_plus",
    "hexo-renderer-multi-markdown-it": "markdown", "hexo-renderer-pandoc": "pandoc",
}  # fmt: skip
"""Where the configuration has the options of each Markdown renderer."""


_MARKED = "hexo-renderer-marked"
_MARKDOWN_IT = "hexo-renderer-markdown-it"
_INLINE_PLUGINS = frozenset(
    {
        "markdown-it-abbr", "markdown-it-anchor", "markdown-it-cjk-breaks", "markdown-it-emoji",
        "markdown-it-external-links", "markdown-it-ins", "markdown-it-link-attributes",
        "markdown-it-mark", "markdown-it-pangu", "markdown-it-sub", "markdown-it-sup",
    }
)  # fmt: skip
"""Plug-ins of markdown-it that only add marks within a line of text, or attributes."""
_SIGNS = {
    "markdown-it-attrs": ("{",),
    "markdown-it-container": (":::",),
    "markdown-it-task-checkbox": ("[ ]", "[x]", "[X]"),
    "markdown-it-task-lists": ("[ ]", "[x]", "[X]"),
    "markdown-it-toc-done-right": ("toc]", "TOC]", "toc}", "TOC}"),
}
"""What a text has that a plug-in of markdown-it changes."""
_MATH = ("$", "\\(", "\\[", "\\begin")
_IS_MATH = lazy.pattern(r"katex|mathjax|texmath", re.IGNORECASE)
_FOOTNOTES = "markdown-it-footnote"
_HARMLESS_RULES = frozenset({"linkify", "replacements", "smartquotes"})
"""Rules of markdown-it that only change what text looks like."""


def renderer_of(options: HexoOptions, extensions: Extensions) -> Renderer:
    """Return the Markdown renderer of a site."""
    names = list(dict.fromkeys(extensions.markdown)) or [_MARKED]
    name = names[0]
    said = options.data.get(_RENDERER_KEYS.get(name, ""))
    settings = dict(said) if isinstance(said, Mapping) else {}
    if len(names) > 1:
        reason = msg("several Markdown renderers are installed: {names}", names=", ".join(names))
        return Renderer(name, modelled=False, reason=reason)
    if name == _MARKED and extensions.has_old_marked:
        reason = msg("newslint does not support marked 0.3, which {name} 0 has", name=name)
        return Renderer(name, modelled=False, options=settings, reason=reason, renders_html=True)
    if name == _MARKED:
        return Renderer(name, options=settings)
    if name != _MARKDOWN_IT:
        reason = msg("newslint does not support {name}", name=name)
        return Renderer(name, modelled=False, options=settings, reason=reason)
    plugins = _names(settings.get("plugins"))
    reason = _unsupported(settings, plugins) or extensions.parser
    dialect = FOOTNOTES if _FOOTNOTES in plugins else MARKDOWN_IT
    if not _is_on(settings, "html"):
        dialect = ESCAPED if _is_on(settings, "typographer") else MARKDOWN_IT
        reason = reason or msg("with {option}, HTML is shown as source", option="html: false")
    signs = dict.fromkeys(sign for one in plugins for sign in _signs(one))
    return Renderer(name, not reason, settings, reason, dialect, signs=tuple(signs))


def _signs(plugin: str) -> tuple[str, ...]:
    return _MATH if _IS_MATH.search(plugin) else _SIGNS.get(plugin, ())


def _is_on(settings: Mapping[str, object], option: str) -> bool:
    """Return whether an option of hexo-renderer-markdown-it that is on by default stays on."""
    render = settings.get("render")
    return bool(render.get(option, True)) if isinstance(render, Mapping) else True


def _unsupported(settings: Mapping[str, object], plugins: list[str]) -> str:
    """Return why newslint has no dialect for options of hexo-renderer-markdown-it, if so."""
    preset = settings.get("preset", "default")
    if preset != "default":
        return msg("newslint does not support the option {option}", option=f"preset: {preset}")
    disabled = _names(settings.get("disable_rules"))
    if not _HARMLESS_RULES.issuperset(disabled):
        option = f"disable_rules: [{', '.join(disabled)}]"
        return msg("newslint does not support the option {option}", option=option)
    known = {*_INLINE_PLUGINS, _FOOTNOTES}
    unknown = [one for one in plugins if one not in known and not _signs(one)]
    if unknown:
        return msg("newslint does not support the plug-ins {names}", names=", ".join(unknown))
    return ""


def _names(said: object) -> list[str]:
    """Return the names in a list whose items are names or mappings that have one."""
    items = said if isinstance(said, list) else [] if said is None else [said]
    return [str(one.get("name") if isinstance(one, Mapping) else one) for one in items]


def engines_of(renderer: Renderer) -> dict[str, str | None]:
    """Return the template engine of posts, by suffix."""
    markdown = None if renderer.options.get("disableNunjucks") is True else "nunjucks"
    return {**dict.fromkeys(MARKDOWN, markdown), **dict.fromkeys(PLAIN, "nunjucks")}


def keeps_html(renderer: Renderer) -> bool:
    """Return whether the renderer keeps raw HTML."""
    return _is_on(renderer.options, "html") and not renderer.options.get("dompurify")
