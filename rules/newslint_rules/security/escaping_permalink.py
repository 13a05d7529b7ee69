"""SEC008."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Impact, Severity, msg
from newslint_rules.front_matter._fast_path import is_unusual

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_BYPASS = "permalinkBypassOutputDir"


class EscapingPermalink(FrontMatterRule):
    """A permalink must not be outside of the output folder.

    Hexo joins the permalink to its output folder and writes there: with enough `..`, a scraped post
    overwrites any file of the user who builds the site (measured). So does Eleventy, unless the
    permalink begins with `/`; with `permalinkBypassOutputDir` it writes to any path. Jekyll and
    Hugo keep such a post inside of the folder, and nothing is reported for them.

    Remove the `..` or `permalinkBypassOutputDir`.
    """

    code, name, severity = "SEC008", "escaping-permalink", Severity.ERROR
    impact = Impact.SECURITY
    applies_to = is_unusual
    targets = ("hexo", "eleventy")
    bad = [
        Bad(
            "---\ntitle: A title\n⟦permalink⟧: /a/../../x/\n---\n",
            message="permalink is outside of the output folder, so the post is written outside "
            "of the"
            " site",
        ),
        Bad("---\ntitle: A title\n⟦permalink⟧: '..\\..\\x'\n---\n"),
        Bad("---\ntitle: A title\n⟦permalink⟧: ../x.html\n---\n", target="eleventy"),
        Bad(
            "---\ntitle: A title\npermalink: x.js\n⟦permalinkBypassOutputDir⟧: true\n---\n",
            message="permalinkBypassOutputDir writes the post outside of the output folder",
            target="eleventy",
        ),
    ]
    good = [
        Good("---\ntitle: A title\npermalink: /../x/\n---\n", target="eleventy"),
        Good("---\ntitle: A title\npermalink: /a/../x/\n---\n"),
        Good("---\ntitle: A title\npermalink: /a..b/\n---\n"),
        Good("---\ntitle: A title\npermalink: /a/../../x/\n---\n", target="jekyll"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if ".." not in front_matter.text and _BYPASS not in front_matter.data:
            return
        from newslint import reserved_keys

        key = reserved_keys.escaping_permalink(front_matter.data, post.target.name)
        if key == _BYPASS:
            message = msg("{key} writes the post outside of the output folder", key=key)
            yield self.finding(front_matter.key_span((key,)), message)
        elif key is not None:
            message = msg(
                "{key} is outside of the output folder, so the post is written outside of the site",
                key=key,
            )
            yield self.finding(front_matter.key_span((key,)), message)
