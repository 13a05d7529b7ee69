"""FM014."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span
from newslint_rules.front_matter._fast_path import is_uncommon
from newslint_rules.front_matter._impact import is_sound

if TYPE_CHECKING:
    from newslint import Post


class FrontMatterNotFirst(PostRule):
    """Front matter must be at the beginning of the file if the target requires it.

    Jekyll and Eleventy look for `---` at the beginning of the file. After an empty line, they print
    the fields as text and find no title, date or categories. Hexo allows one empty line, but no
    line of spaces; Hugo allows both. All of them allow a byte order mark (measured).

    The fix removes the text before the front matter. It is unsafe if the target then fails on the
    front matter, for example because of an invalid date or a duplicate key.
    """

    code, name, severity, fix = "FM014", "front-matter-not-first", Severity.ERROR, Safety.SAFE
    impact = Impact.CONTENT
    applies_to = is_uncommon
    bad = [
        Bad(
            "⟦\n⟧---\ntitle: A title\n---\n",
            fixed="---\ntitle: A title\n---\n",
            target="jekyll",
            message="the file begins with an empty line, so the front matter is printed as text",
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
        place = post.boundaries
        unread = place.read_error
        if unread is None or unread.kind != "not-first" or place.bounds is None:
            return
        before = Span(0, place.bounds.opening.start)
        safety = Safety.SAFE if is_sound(post) else Safety.UNSAFE
        fix = self.make_fix("Remove the text before the front matter", (before, ""), safety=safety)
        yield self.finding(before, unread.detail, fix)
