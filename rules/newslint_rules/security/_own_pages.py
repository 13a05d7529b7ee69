"""Code in the pages of a site: an index or an about page is no scraped post, its code is meant."""

from __future__ import annotations

from newslint import Finding, Post, msg
from newslint_rules.markup._whole_page import on_page


def judged(finding: Finding, post: Post) -> Finding:
    """Return the finding, as a warning with its reason where the file is a page of its site."""
    message = msg(
        "{message} (a warning, since a page may contain code of the site's own)",
        message=finding.message,
    )
    return on_page(finding, post, message)
