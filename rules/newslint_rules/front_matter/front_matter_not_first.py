"""FM014."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, PostRule, Safety, Severity, Span
from newslint_rules.front_matter._fast_path import is_uncommon

if TYPE_CHECKING:
    from newslint import Post


class FrontMatterNotFirst(PostRule):
    """Front matter must be the first thing in the file, where the target wants it so.

    Jekyll and Eleventy look for `---` at the very beginning. With a blank line before it they print
    the fields as text, and know no title, date or categories. Hexo allows for one empty line, and
    not for one of spaces; Hugo for any. A byte order mark is fine for all of them (measured).

    The fix removes what stands before the front matter.
    """

    code, name, severity, fix = "FM014", "front-matter-not-first", Severity.ERROR, Safety.SAFE
    trigger = is_uncommon
    bad = [
        Bad(
            "⟦\n⟧---\ntitle: A title\n---\n",
            fixed="---\ntitle: A title\n---\n",
            target="jekyll",
            message="a blank line stands before the front matter, which is then printed as text",
        ),
        Bad("⟦\n\n⟧---\ntitle: A title\n---\n", fixed="---\ntitle: A title\n---\n"),
        Bad("⟦  \n⟧---\ntitle: A title\n---\n", fixed="---\ntitle: A title\n---\n"),
        Bad(
            "⟦\ufeff\n⟧---\ntitle: A title\n---\n",
            fixed="---\ntitle: A title\n---\n",
            target="eleventy",
        ),
    ]
    good = [
        Good("\n---\ntitle: A title\n---\n"),
        Good("\ufeff---\ntitle: A title\n---\n", target="jekyll"),
        Good(" \n\n---\ntitle: A title\n---\n", target="hugo"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        place = post.place
        unread = place.unread
        if unread is None or unread.kind != "not-first" or place.bounds is None:
            return
        before = Span(0, place.bounds.opening.start)
        fix = self.mend("Remove what stands before the front matter", (before, ""))
        yield self.finding(before, unread.detail, fix)
