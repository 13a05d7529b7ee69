"""``ref`` and ``relref`` of Hugo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint import SiteAnswer, msg, templates
from newslint_rules.templates._verdict import NO, Verdict, Works, answered

if TYPE_CHECKING:
    from newslint import Post, Site


def reference(post: Post, site: Site, at: int) -> Verdict:
    """Return whether the page is there, in the language that is named."""
    shortcode = templates.shortcode_at(post.body_text, at)
    named = {name.lower(): value for name, value in shortcode.named.items()}
    if named:
        name = named.get("path", "")
    elif 0 < len(shortcode.positional) < 3:
        name = shortcode.positional[0]
    else:
        return NO
    post.depends_on_site = True
    answer = site.has_post(name, post.site_path, named.get("lang", ""))
    form = named.get("outputformat", "".join(shortcode.positional[1:]))
    if answer is SiteAnswer.YES and form.lower() not in ("", "html"):
        reason = msg("the page may have no output format {name}", name=form)
        return Verdict(Works.UNKNOWN, reason)
    return answered(answer, msg("the page may exist: {name}", name=name))
