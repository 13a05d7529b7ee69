"""Tags of an Eleventy site in posts that Liquid reads: shortcodes, and includes beside a post."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from newslint import SiteAnswer
from newslint_rules.templates._verdict import NO, YES, Verdict

if TYPE_CHECKING:
    from newslint import Definition, Post, Site


def is_refused(post: Post, site: Site, definition: Definition, rest: str) -> bool:
    """Return whether a shortcode of the site stops at its arguments.

    A tag that reads itself (``addLiquidTag``) is not known, as those of some plug-ins are.
    """
    if post.target.name != "eleventy" or post.template_engine == "nunjucks":
        return False
    is_own = site.has_file(definition.source) is SiteAnswer.YES
    return is_own and definition.paired is not None and not site.reads_arguments(rest.strip())


def is_beside(post: Post, word: str) -> bool:
    """Return whether an include names a file as seen from the post."""
    return post.target.name == "eleventy" and word.startswith(("./", "../"))


def beside(post: Post, site: Site, word: str) -> Verdict:
    """Return whether the file of such an include is there."""
    post.depends_on_site = True
    path = posixpath.normpath(posixpath.join(posixpath.dirname(post.site_path), word))
    found = (site.has_file(path), site.has_file(f"{path}.liquid"))
    return YES if SiteAnswer.YES in found else NO


def has_end(post: Post, name: str) -> bool:
    """Return whether a post has the end of a tag."""
    return re.search(rf"\{{%[-~]?\s*end{re.escape(name)}\b", post.body_text) is not None
