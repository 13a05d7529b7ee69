"""Where Eleventy writes a template: its ``permalink``, or its path.

Measured with Eleventy 3.1.8.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from newslint.core import lazy

_DATED = lazy.pattern(r".*?\d{4}-\d{2}-\d{2}-(.*)", re.DOTALL)
_PAGE = lazy.pattern(r"\{\{-?\s*page\.(fileSlug|filePathStem)\s*-?\}\}")


def output(below: str, stem: str, data: Mapping[str, Any], *, renders: bool = True) -> str | None:
    """Return the file of the output folder; None where it is not known, or none is written.

    ``below`` is the template's folder below the input folder, ``stem`` its name without the
    suffix of its format. ``renders`` says that templates in ``permalink`` are rendered.
    """
    computed = data.get("eleventyComputed")
    permalink = data.get("permalink")
    if isinstance(computed, Mapping) and computed.get("permalink") is not None:
        permalink = computed["permalink"]
    if isinstance(permalink, Mapping) and permalink:
        permalink = permalink.get("build", False)
    if permalink is True or permalink is False or data.get("pagination") is not None:
        return None
    if data.get("permalinkBypassOutputDir"):
        return None
    if not permalink or isinstance(permalink, Mapping):
        return _default(below, stem)
    if not isinstance(permalink, str):
        return None
    return _stated(permalink, below, stem, renders)


def _stated(permalink: str, below: str, stem: str, renders: bool) -> str | None:
    if renders:
        path_stem = "/" + posixpath.join(below, _undated(stem))
        known = {"fileSlug": _slug(below, stem), "filePathStem": path_stem}
        permalink = _PAGE.sub(lambda match: known[match[1]], permalink)
        if "{{" in permalink or "{%" in permalink:
            return None
    path = f"{permalink}index.html" if permalink.endswith("/") else permalink
    path = posixpath.normpath(path.lstrip("/"))
    return None if path.startswith("..") else path


def _default(below: str, stem: str) -> str:
    if stem == "index" or (below and stem == posixpath.basename(below)):
        stem = ""
    return posixpath.join(below, stem, "index.html")


def _undated(text: str) -> str:
    match = _DATED.match(text)
    return match[1] if match else text


def _slug(below: str, stem: str) -> str:
    """``page.fileSlug``: the name without a date; of an index, that of its folder."""
    slug = _undated(stem)
    return _undated(posixpath.basename(below)) if slug == "index" else slug
