"""The referrer policy that all pages of a Hugo site have, by a meta element of their templates."""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.generators.hugo.templates import Templates
from newslint.generators.site.files import RecordedFiles

_DEPTH = 5
_PIECE = lazy.pattern(
    r"\{\{-?\s*/\*.*?\*/\s*-?\}\}|<!--.*?-->"
    r"|\{\{-?\s*(?P<word>\w+)(?P<code>(?:[^}]|\}(?!\}))*+)\}\}"
    r"|<meta\s(?P<meta>[^<>]*+)>",
    re.DOTALL,
)
_ATTRIBUTE = lazy.pattern(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_CALLED = lazy.pattern(r"""\s+["`]([^"`]+)["`]""")
_DEFINES = lazy.pattern(r"\{\{-?\s*define\b")
_OPENS = frozenset({"if", "with", "range", "block", "define"})


def policy(files: RecordedFiles, templates: Templates) -> str | None:
    """Return the policy that every template of a complete page states, outside of any condition."""
    if templates.missing:
        return None
    found: set[str | None] = set()
    for path, source in templates.files.items():
        if not path.endswith(".html") or _is_part(path):
            continue
        text = files.text(source) or ""
        if "<" not in text or _DEFINES.search(text) is not None:
            continue  # a part of the base template
        found.add(_stated(files, templates, text, _DEPTH))
        if None in found:
            return None
    return found.pop() if len(found) == 1 else None


def _is_part(path: str) -> bool:
    return path.startswith(("partials/", "_partials/", "shortcodes/", "_shortcodes/")) or (
        "/_shortcodes/" in path or "_markup/" in path
    )


def _stated(files: RecordedFiles, templates: Templates, text: str, depth: int) -> str | None:
    """Return the policy that a template states itself, or by a partial that it always calls."""
    inside = 0
    for piece in _PIECE.finditer(text):
        word = piece["word"]
        if word in _OPENS:
            inside += 1
        elif word == "end":
            inside -= 1
        elif inside > 0:
            continue
        elif piece["meta"] is not None:
            stated = _of_meta(piece["meta"])
            if stated:
                return stated
        elif word in ("partial", "partialCached", "template") and depth:
            called = _CALLED.match(piece["code"])
            source = templates.partial(called[1].removeprefix("partials/")).source if called else ""
            if source:
                stated = _stated(files, templates, files.text(source) or "", depth - 1)
                if stated:
                    return stated
    return None


def _of_meta(attributes: str) -> str | None:
    found = {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in _ATTRIBUTE.finditer(attributes)
    }
    is_static = "{{" not in attributes
    return (
        found.get("content") if is_static and found.get("name", "").lower() == "referrer" else None
    )
