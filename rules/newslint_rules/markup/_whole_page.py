"""Files of a site that are pages by themselves, written by hand: no article, and no layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import Effect, Finding, Severity, SiteAnswer, lazy

if TYPE_CHECKING:
    from newslint import Post

_DOCUMENT = lazy.pattern(r"(?i)\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype|html)\b")
_HUGO_BUILDS_ALL = (0, 131)
"""The version from which Hugo puts an HTML file without front matter into a layout."""


def is_whole_page(post: Post) -> bool:
    """Whether a file of a site is a complete document, and the generator adds no layout to it."""
    site = post.site
    if site is None or _DOCUMENT.match(post.body_text) is None:
        return False
    if post.target.name == "hugo":
        return is_copied(post)
    if post.target.name not in ("jekyll", "eleventy"):
        return False
    if post.is_given("layout") or site.open_defaults(post.site_path):
        return False
    header = post.front_matter
    return header is None or header.data.get("layout") in (None, "", "none")


def is_copied(post: Post) -> bool:
    """Return whether the Hugo of the site copies a file because it has no front matter."""
    version, error = post.target.version, post.boundaries.read_error
    is_old = version is not None and version < _HUGO_BUILDS_ALL
    return is_old and error is not None and error.outcome is Effect.SKIPPED


def on_page(finding: Finding, post: Post, message: str) -> Finding:
    """Return the finding; as a warning with another message, if the file is a page of its site."""
    if finding.severity is not Severity.ERROR or not post.is_page:
        return finding
    return finding._replace(message=message, severity=Severity.WARNING)


def is_own_file(address: str, post: Post) -> bool:
    """Return whether an address without host finds a file of the site."""
    if post.site is None or not address or address.startswith(("//", "#")) or ":" in address:
        return False
    post.depends_on_site = True
    return post.site.serves(address.partition("?")[0], post.site_path) is not SiteAnswer.NO
