"""SEC005."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Impact, Post, Safety, msg
from newslint_rules.markup import _text_tags
from newslint_rules.markup._whole_page import is_own_file, is_whole_page
from newslint_rules.security import _own_pages

if TYPE_CHECKING:
    from lxml import etree


class BaseOrRefresh(ElementRule):
    """A tag applies to the complete page: `<base>`, `<meta http-equiv>` or `<link>`.

    `<base>` redirects all relative links of the page to another host, `<meta http-equiv="refresh">`
    sends your readers to another page, and `<link rel="stylesheet">` loads the style of another
    site. Browsers apply these tags in the middle of an article too.

    Remove the tag; the fix does this. In a code sample it is part of the article: write `&lt;` for
    `<` (HTML013). `<meta>` and `<link>` that only have `itemprop` are data, and are not reported.

    In a page of the site that is not a post, this is a warning. `<link>` to a file of a site that
    newslint can read is not reported, nor is a complete document without a layout.
    """

    code, name, fix = "SEC005", "base-or-refresh", Safety.UNSAFE
    impact = Impact.SECURITY
    tags = ("base", "meta", "link")
    bad = [
        Bad(
            '⟦<base href="https://a.cn/">⟧<p>text</p>\n',
            fixed="<p>text</p>\n",
            message="<base> changes all relative links of the page; remove it",
        ),
        Bad(
            '<p>⟦<META HTTP-EQUIV="refresh" content="0;url=https://a.cn/">⟧text</p>\n',
            fixed="<p>text</p>\n",
            message='<meta http-equiv="refresh"> applies to the complete page; remove it',
        ),
        Bad('⟦<link rel="stylesheet" href="https://a.cn/x.css"/>⟧\n', fixed=""),
        Bad(
            '<pre><code>⟦<link rel="stylesheet" href="https://a.cn/x.css">⟧</code></pre>\n',
            message="<link> of this code sample applies to the complete page; write &lt; for <",
        ),
    ]
    good = [
        Good('<p>text <meta itemprop="date" content="2021"><link itemprop="url" href="/1"></p>\n'),
        Good("<!-- <base href=x> -->\n"),
    ]

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        tag = element.tag
        if (
            post.drops_html
            or is_whole_page(post)
            or (tag == "link" and is_own_file(element.get("href", ""), post))
        ):
            return
        if tag == "base":
            message = msg("<base> changes all relative links of the page; remove it")
        elif tag == "meta" and "http-equiv" in element.attrib:
            kind = " ".join(element.get("http-equiv", "")[:40].lower().split())
            message = msg(
                '<meta http-equiv="{kind}"> applies to the complete page; remove it', kind=kind
            )
        elif tag == "link" and ("rel" in element.attrib or "itemprop" not in element.attrib):
            kind = " ".join(element.get("rel", "")[:40].lower().split())
            message = msg(
                '<link rel="{kind}"> loads a resource for the complete page; remove it', kind=kind
            )
        else:
            return
        span = post.span(element)
        if _text_tags.in_sample(post, span.start):
            # Part of the article: it is escaped, not removed (HTML013).
            message = msg(
                "<{tag}> of this code sample applies to the complete page; write &lt; for <",
                tag=tag,
            )
            yield _own_pages.judged(self.finding(span, message), post)
            return
        edits = post.remove_element(element)
        fix = self.make_fix(msg("Remove <{tag}>", tag=tag), *edits) if edits else None
        yield _own_pages.judged(self.finding(span, message, fix), post)
