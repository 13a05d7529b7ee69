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
    """Front matter must be the first thing in the file, where the target wants it so.

    Jekyll and Eleventy look for `---` at the very beginning. With a blank line before it they print
    the fields as text, and know no title, date or categories. Hexo allows for one empty line, and
    not for one of spaces; Hugo for any. A byte order mark is fine for all of them (measured).

    The fix removes what stands before the front matter. It is unsafe where the target would then
    stumble over what it reads: a date that stops the build, a key given twice.
    """

    code, name, severity, fix = "FM014", "front-matter-not-first", Severity.ERROR, Safety.SAFE
    impact = Impact.CONTENT
    applies_to = is_uncommon
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
        place = post.boundaries
        unread = place.read_error
        if unread is None or unread.kind != "not-first" or place.bounds is None:
            return
        before = Span(0, place.bounds.opening.start)
        safety = Safety.SAFE if is_sound(post) else Safety.UNSAFE
        fix = self.make_fix(
            "Remove what stands before the front matter", (before, ""), safety=safety
        )
        yield self.finding(before, unread.detail, fix)
