"""What the site of a post defines by itself: its own tags, parameters and code samples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslint import SiteAnswer, lazy

if TYPE_CHECKING:
    from newslint import Post, Site, TemplateProblem

_HIGHLIGHTER = "@11ty/eleventy-plugin-syntaxhighlight"
_HIGHLIGHT = lazy.pattern(
    r"(\{%-?\s*+highlight\b[^%]*+%\}).*?(?=\{%-?\s*+endhighlight\b)", re.DOTALL
)


def is_highlighted(post: Post, site: Site, at: int) -> bool:
    """Return whether Liquid does not run what is at an offset: the plug-in shows it as code."""
    if "endhighlight" not in post.body_text or post.template_engine == "nunjucks":
        return False
    if site.lookup("tag", "highlight").source != _HIGHLIGHTER:
        return False
    return any(match.end(1) <= at < match.end() for match in _HIGHLIGHT.finditer(post.body_text))


def has_parameter(post: Post, site: Site, name: str) -> bool:
    """Return whether Hugo finds a parameter: in the front matter, a cascade, or the site's own."""
    header = post.front_matter
    own = {**post.given, **(header.data if header is not None else {})}
    root = name.lower().partition(".")[0]
    if any(str(key).lower() == root for key in own):
        return True
    return site.lookup("parameter", name).answer is SiteAnswer.YES


def stands_alone(body: str, problem: TemplateProblem) -> bool:
    """Return whether a comment fills its lines: an author leaves out what it holds."""
    before = body[body.rfind("\n", 0, problem.start) + 1 : problem.start]
    after = body[problem.end :].partition("\n")[0]
    is_whole = body.endswith("#}", problem.start, problem.end)
    return is_whole and not before.strip() and not after.strip()
