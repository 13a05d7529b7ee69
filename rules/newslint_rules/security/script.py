"""SEC001."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from newslint import (
    Bad,
    Field,
    Finding,
    Fix,
    Good,
    Impact,
    Post,
    PostRule,
    RuleOptions,
    Safety,
    msg,
    with_line,
)
from newslint_rules.images._known_hosts import Hosts, listed
from newslint_rules.markup import _text_tags
from newslint_rules.markup._whole_page import is_own_file, is_whole_page
from newslint_rules.security import _own_pages
from newslint_rules.security._script_urls import scheme
from newslint_rules.security._tags import FoundTag, found_tags

_RUNS = frozenset(
    {
        "",
        "importmap",
        "module",
        "speculationrules",
        *(f"application/{name}" for name in ("ecmascript", "javascript")),
        *(f"application/x-{name}" for name in ("ecmascript", "javascript")),
        *(f"text/{name}" for name in ("ecmascript", "javascript", "jscript", "livescript")),
        *(f"text/x-{name}" for name in ("ecmascript", "javascript")),
        *(f"text/javascript1.{number}" for number in range(6)),
    }
)
"""Types of a script that a browser runs or obeys (HTML standard, 4.12.1; MIME Sniffing, 4.6)."""


def _may_have_scripts(post: Post) -> bool:
    """Return whether a script may exist, or a frame that contains one."""
    return post.has_tag("script", "iframe")


class Script(PostRule):
    """A post contains a script.

    A scraped script runs on your site, with the cookies of your readers, for every reader:
    trackers, advertisements, or worse. The same applies to a script in an `<iframe srcdoc>`.

    Data that browsers do not run, such as `<script type="application/ld+json">`, is not reported.
    Remove the script; the fix does this. Scripts that the site needs can be allowed by host. A
    script in a code sample is part of the article: write `&lt;` for `<` (HTML013).

    In a page of the site that is not a post, this is a warning. Files of a site that newslint can
    read are not reported, nor are complete documents without a layout.
    """

    code, name, fix = "SEC001", "script", Safety.UNSAFE
    impact = Impact.SECURITY
    applies_to = _may_have_scripts

    class Options(RuleOptions):
        """Where a script may come from."""

        hosts: Hosts = Field(
            (), description="Hosts, including subdomains, whose scripts are allowed."
        )

    bad = [
        Bad(
            "<p>one</p>\n⟦<script>⟧track()</script>\n",
            fixed="<p>one</p>\n",
            message="the script runs on your site for every reader; remove it",
        ),
        Bad('⟦<SCRIPT type="module" src="//a.cn/x.js">⟧</SCRIPT>', fixed=""),
        Bad("<svg>⟦<script>⟧go()</script></svg>", fixed="<svg></svg>"),
        Bad(
            "<pre><code>⟦<script>⟧go()</script></code></pre>\n",
            message="the script of this code sample runs on your site for every reader; "
            "write &lt; for <",
        ),
        Bad('⟦<iframe srcdoc="&lt;script>go()&lt;/script>">⟧</iframe>\n'),
    ]
    good = [
        Good('<script type="application/ld+json">{"@type": "NewsArticle"}</script>\n'),
        Good(
            '<script async src="https://platform.twitter.com/widgets.js"></script>\n',
            options={"hosts": ["twitter.com"]},
        ),
        Good("Write `<script>` here.\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        if is_whole_page(post):
            return
        for tag in found_tags(post):
            if tag.name == "script" and _runs(tag) and not self._allowed(tag, post):
                if _text_tags.in_sample(post, tag.outer.span.start):
                    # Part of the article: it is escaped, not removed (HTML013).
                    message = msg(
                        "the script of this code sample runs on your site for every reader; "
                        "write &lt; for <"
                    )
                    yield _own_pages.judged(self.finding(tag.outer.span, message), post)
                    continue
                message = "the script runs on your site for every reader; remove it"
                found = self.finding(tag.outer.span, message, self._removal(post, tag))
                yield _own_pages.judged(found, post)

    def _allowed(self, tag: FoundTag, post: Post) -> bool:
        source = tag.value("src") or tag.value("xlink:href") or tag.value("href")
        if not source or scheme(source) not in ("", "http", "https"):
            return False
        if is_own_file(source.strip(), post):
            return True
        try:
            host = urlsplit(source.strip()).hostname
        except ValueError:
            return False
        hosts = frozenset(self.options.hosts)
        return host is not None and listed(host.rstrip("."), hosts) is not None

    def _removal(self, post: Post, tag: FoundTag) -> Fix | None:
        span = None if tag.inner else post.leaf_span(tag.outer)
        return (
            self.make_fix("Remove the script", (with_line(post.text, span), "")) if span else None
        )


def _runs(tag: FoundTag) -> bool:
    kind = tag.value("type")
    if kind is None:
        language = tag.value("language")
        kind = f"text/{language}" if language else ""
    elif kind:
        # A type of spaces alone is no type at all, and runs nothing.
        kind = kind.strip(" \t\n\r\f") or "none"
    return kind.lower() in _RUNS
