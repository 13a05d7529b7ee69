"""The names of variables in a template, and those that a page of a site has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import lazy

if TYPE_CHECKING:
    from newslint import Post, Site

ROOT = lazy.pattern(r"[A-Za-z_][\w-]*+")
STRING = lazy.pattern(r"\"[^\"]*+\"|'[^']*+'")
_ASSIGNED = lazy.pattern(
    r"\{%-?\s*+(?:assign|capture|set|for|increment|decrement|tablerow|asyncEach|asyncAll)\s++"
    r"(?P<names>[A-Za-z_]\w*+(?:\s*+,\s*+[A-Za-z_]\w*+)*+)"
)
_MACRO = lazy.pattern(r"\{%-?\s*+macro\s++(?P<name>\w++)\s*+\((?P<parameters>[^)%]*+)\)")
_IMPORT = lazy.pattern(r"\{%-?\s*+(?:import|from)\s(?P<rest>[^%]*+)%\}")
OPERATORS = frozenset(
    (  # noqa: SIM905
        "and or not in is contains true false nil null blank empty none if else elsif elif unless"
        " for reversed limit offset by assign capture case when set"
    ).split()
)
USUAL_FIELDS = frozenset(
    (  # noqa: SIM905
        "title date updated layout comments tags categories permalink excerpt lang published author"
        " description keywords content id name url"
    ).split()
)
"""Fields that many posts of Hexo have, and that samples of code name too."""
_GLOBALS = {
    "jekyll": frozenset(
        (  # noqa: SIM905
            "site page layout theme content paginator jekyll forloop tablerowloop include"
        ).split()
    ),
    "eleventy": frozenset(
        (  # noqa: SIM905
            "page eleventy collections pkg content pagination env forloop loop tablerowloop"
            " caller super"
        ).split()
    ),
}
"""Variables that the generator gives every page (jekyllrb.com/docs/variables,
11ty.dev/docs/data-eleventy-supplied)."""


def known_names(post: Post, site: Site) -> frozenset[str]:
    """Return the variables that a post has: the generator's, those that it sets, its own data."""
    names = set(_GLOBALS.get(post.target.name, ()))
    for match in _ASSIGNED.finditer(post.body_text):
        names.update(name.strip() for name in match["names"].split(","))
    if post.target.name == "eleventy":
        for match in _MACRO.finditer(post.body_text):
            names.update((match["name"], *roots(match["parameters"])))
        for match in _IMPORT.finditer(post.body_text):
            names.update(roots(STRING.sub(" ", match["rest"])))
        names.update(site.defaults(post.site_path))
        header = post.front_matter
        data = header.data if header is not None else {}
        names.update(data)
        computed = data.get("eleventyComputed")
        names.update(computed if isinstance(computed, dict) else ())
        pages = data.get("pagination")
        if isinstance(pages, dict):
            names.add(str(pages.get("alias")))
    return frozenset(names)


def layout_names(post: Post, site: Site) -> frozenset[str]:
    """Return the names in the front matter of the layouts, which Eleventy gives to the post."""
    if post.target.name != "eleventy":
        return frozenset()
    header = post.front_matter
    own = header.data.get("layout") if header is not None else None
    layout = own if own is not None else post.given.get("layout")
    if not isinstance(layout, str) or not layout:
        return frozenset()
    post.depends_on_site = True
    return site.layout_names(layout)


def roots(text: str) -> list[str]:
    """Return the names that paths begin with: ``site`` of ``site.posts``."""
    return [m[0] for m in ROOT.finditer(text) if text[m.start() - 1 : m.start()] not in (".", "[")]
