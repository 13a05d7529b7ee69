"""LNK003."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newslint import Bad, Field, Finding, Good, Impact, PostRule, RuleOptions, Severity, lazy, msg

if TYPE_CHECKING:
    from newslint import Post

_HEADING = lazy.pattern(r"^ {0,3}(?:#{1,6}[ \t]|(?:=++|-++)[ \t]*+$)|\[\^", re.MULTILINE)
"""Markdown that gets an id: headings and footnotes."""


def _may_have_fragments(post: Post) -> bool:
    """Return whether a link may lead to a place within the post."""
    return "#" in post.attribute_text


class BrokenFragment(PostRule):
    """A link within the post must have a target.

    A click on `#note-1` does nothing if no element of the post has that `id`: the table of contents
    or the footnotes were scraped without their targets.

    Add the `id` to the target, or remove the link. `#` and `#top` lead to the top of the page. In
    Markdown files with Markdown headings, the renderer creates the ids, and nothing is reported.
    """

    code, name, severity = "LNK003", "broken-fragment", Severity.WARNING
    impact = Impact.CONTENT
    applies_to = _may_have_fragments

    class Options(RuleOptions):
        """What the page has around the post."""

        ignore: tuple[str, ...] = Field(
            ("top", "comments", "respond", "disqus_thread"),
            description="Ids of the site's layout, which posts may link to.",
        )

    bad = [
        Bad(
            '<p>⟦<a href="#note-1">⟧[1]</a></p>',
            message="the post has no element with the id 'note-1'",
        ),
        Bad('<p id="a">a ⟦<a href="#A">⟧b</a></p>'),
    ]
    good = [
        Good('<p><a href="#note-1">[1]</a></p><p id="note-1">Note</p>'),
        Good('<p><a href="#%E6%B3%A8">[1]</a></p><a name="注"></a>'),
        Good('<p><a href="#">top</a> <a href="#top">top</a> <a href="#/path">app</a></p>'),
        Good('<a href="#more-about-it">a</a>\n\n## More about it\n', path="post.md"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        links = [
            (link, href[1:])
            for link in post.body.iter("a", "area")
            if (href := link.get("href", "").strip()).startswith("#") and len(href) > 1
        ]
        if not links or (post.is_markdown and _HEADING.search(post.body_text)):
            return
        known = _ids(post)
        for link, fragment in links:
            name = fragment.partition(":~:")[0]
            if not name or name[0] in "/!" or {name, unquote(name)} & known:
                continue
            if name.lower() not in self.options.ignore and name not in self.options.ignore:
                message = msg("the post has no element with the id {name!r}", name=unquote(name))
                yield self.finding(post.span(link), message)


def _ids(post: Post) -> set[str]:
    """Return what a fragment can lead to: ids, and names of ``<a>``."""
    known = {value for e in post.body.iter("*") if (value := e.get("id"))}
    known.update(value for e in post.body.iter("a") if (value := e.get("name")))
    if post.target.name == "hexo" and "more" in post.text:
        known.add("more")  # What <!-- more --> becomes.
    return known
