"""The problems of front matter keys in the site of a post: what the site gives is no problem."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from newslint import SiteAnswer, lazy, reserved_keys, templates

if TYPE_CHECKING:
    from newslint import FrontMatter, Post, Site

_TAG = lazy.pattern(r"\{%-?\s*+(\w++)")
_FILTER = lazy.pattern(r"(?<!\|)\|(?!\|)\s*+([A-Za-z_]\w*+)")


def key_problems(front_matter: FrontMatter, post: Post) -> list[reserved_keys.KeyProblem]:
    """Return the keys that mean something else to the target than to the writer."""
    found = front_matter.key_problems
    if post.target.name == "hugo" and found:
        is_meant = _has_outputs(front_matter, post)
        return [one for one in found if one.key != "outputs" or not is_meant]
    if post.target.name == "eleventy" and (found or "permalink" in front_matter.data):
        return [*_in_eleventy(found, front_matter, post)]
    if post.target.name == "jekyll" and found and _has_page_url(front_matter, post):
        return [one for one in found if one.key != "permalink"]
    return found


def _has_page_url(front_matter: FrontMatter, post: Post) -> bool:
    """Whether the permalink is that of a page, in which Jekyll keeps unknown names."""
    if post.site is None or not isinstance(front_matter.data.get("permalink"), str):
        return False
    return post.is_page and post.site.output(post.site_path, post.data) is not None


def _has_outputs(front_matter: FrontMatter, post: Post) -> bool:
    """Return whether the formats of a page are as they are meant: the site's own, or a list's."""
    if post.site is None:
        return False
    value = front_matter.data.get("outputs")
    names = [str(name) for name in (value if isinstance(value, list) else [value])]
    if any(post.site.lookup("output", name).answer is SiteAnswer.YES for name in names):
        return True
    return post.is_page


def _in_eleventy(
    found: list[reserved_keys.KeyProblem], front_matter: FrontMatter, post: Post
) -> Iterator[reserved_keys.KeyProblem]:
    rendered = None
    if post.template_engine == "nunjucks" or post.site is not None:
        # The engine of the post renders its permalink too.
        permalink = front_matter.data.get("permalink")
        engine = post.template_engine or "liquid"
        defines = None if post.site is None else partial(_defines, post.site, engine)
        rendered = reserved_keys.templated_permalink(permalink, engine, defines)
    for problem in found:
        if problem.key == "permalink" and rendered is not None:
            continue
        if problem.key == "pagination" and _has_list(front_matter.data.get("pagination"), post):
            continue
        yield problem
    yield from rendered or ()


def _defines(site: Site, engine: str, text: str) -> bool:
    """Return whether a site may have all tags and filters that a template uses."""
    if engine == templates.UNKNOWN_ENGINE:
        return True
    tags = [site.lookup_in("tag", match[1], engine) for match in _TAG.finditer(text)]
    filters = [site.lookup_in("filter", match[1], engine) for match in _FILTER.finditer(text)]
    return all(one.answer is not SiteAnswer.NO for one in (*tags, *filters))


def _has_list(paging: object, post: Post) -> bool:
    """Return whether the site may have the data that a page is split by."""
    source = paging.get("data") if isinstance(paging, dict) else None
    if not isinstance(source, str) or post.site is None:
        return False
    name = source.partition(".")[0].partition("[")[0]
    if name in post.given or post.site.open_defaults(post.site_path):
        return True
    return post.site.lookup("data", name).answer is not SiteAnswer.NO
