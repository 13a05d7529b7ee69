"""ARC002."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, Severity, Span, StreamingArchiveRule, lazy, msg
from newslint_rules.archive._digest import digest
from newslint_rules.archive._visible_text import seen

if TYPE_CHECKING:
    from newslint import Archive, Post


class DuplicateBody(StreamingArchiveRule):
    """No two posts may be the same article.

    The same article came from two feeds, or from two URLs. Readers find it twice in every list, and
    search engines lower the rank of both.

    Delete one post. Two bodies are the same if their visible text is the same: white space,
    entities, tags, styles, comments and front matter are ignored. If there is hardly any text,
    images are compared too. The rule reports the post with the later path. Pages of a manual that
    differ in the folder of the version alone (`docs/2.0/`, `docs/2.1/`) are not reported.
    """

    code, name, severity = "ARC002", "duplicate-body", Severity.WARNING
    compares = True

    bad = [
        Bad(
            "⟦⟧---\ntitle: B\n---\n<div><p>One &amp; the same&nbsp;article.</p></div>\n",
            path="b.html",
            files={"a.md": "---\ntitle: A\n---\n<p>One &#38;\n<b>the same</b> article.</p>\n"},
            message="'a.md' has the same body",
        ),
        Bad(
            "⟦⟧<style>.b{}</style><p>　　同一篇文章。</p>",
            path="b.html",
            files={"a.html": "<p>同一篇文章。</p><!-- a -->"},
        ),
    ]
    good = [
        Good("<p>One article.</p>", path="b.html", files={"a.html": "<p>Another article.</p>"}),
        Good("<p></p>", path="b.html", files={"a.html": "<p></p>"}),
        Good("<p>A page.</p>", path="docs/2.1/a.md", files={"docs/2.0/a.md": "<p>A page.</p>"}),
        Good(
            '<p>图集</p><img src="2.jpg">',
            path="b.html",
            files={"a.html": '<p>图集</p><img src="1.jpg">'},
        ),
    ]

    def facts(self, post: Post) -> Any:
        """Return a digest of what readers read."""
        return digest(text) if (text := seen(post)) else None

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        first: dict[int, str] = {}

        def look(path: str, fact: int) -> Iterable[Finding]:
            earlier = first.setdefault(fact, path)
            if earlier is path or _are_versions(earlier, path):
                return ()
            return (
                self.finding(Span(0, 0), msg("{earlier!r} has the same body", earlier=earlier)),
            )

        return look


_VERSION = lazy.pattern(
    r"(?:v\d++(?:[._]\d++)*|\d++(?:\.\d++)++(?:\.x)?|\d++\.x)(?:[-_.]\w++)*"
    r"|(?:\d++-)?(?:latest|next|edge|stable|main|master|current|dev|nightly)",
    re.IGNORECASE,
)


def _are_versions(one: str, other: str) -> bool:
    """Return whether two paths differ in one folder, and that of either is named by a version."""
    ones, others = one.split("/"), other.split("/")
    if len(ones) != len(others) or ones[-1] != others[-1]:
        return False
    apart = [names for names in zip(ones, others, strict=True) if names[0] != names[1]]
    return len(apart) == 1 and any(map(_VERSION.fullmatch, apart[0]))
