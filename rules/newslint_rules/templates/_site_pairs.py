"""The tags of a site that have no partner in a post: an end without a start, or the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import SiteAnswer, lazy
from newslint_rules.templates._verdict import lookup

if TYPE_CHECKING:
    from newslint import Post, Site

_NAME = lazy.pattern(r"\{%[-~]?\s*+(?P<name>[^\s%}|]++)")


def unpaired(post: Post) -> frozenset[int]:
    """Return where the tags begin, among the template problems of a post, that have no partner.

    The engine reports each tag of the site, since it does not know them, and nothing that it does
    not read, such as what is in code.
    """
    site = post.site
    assert site is not None
    alone: set[int] = set()
    opened: list[tuple[str, int]] = []
    for problem in post.template.problems:
        match = _NAME.match(post.body_text, problem.start)
        name = match["name"] if match else ""
        if _is_paired(post, site, name):
            opened.append((name, problem.start))
            continue
        base = name.removeprefix("end")
        if base == name or not _is_paired(post, site, base):
            continue
        if base not in [one for one, _ in opened]:
            alone.add(problem.start)
            continue
        while opened and (last := opened.pop())[0] != base:
            alone.add(last[1])
    return frozenset(alone.union(start for _, start in opened))


def _is_paired(post: Post, site: Site, name: str) -> bool:
    if not name:
        return False
    definition = lookup(post, site, "tag", name)
    return definition.answer is SiteAnswer.YES and definition.paired is True
