"""SEC002."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import (
    Attribute,
    Bad,
    Finding,
    Good,
    Impact,
    Post,
    PostRule,
    Safety,
    join_and,
    lazy,
    msg,
)
from newslint_rules.markup import _text_tags
from newslint_rules.markup._whole_page import is_whole_page
from newslint_rules.security import _own_pages
from newslint_rules.security._tags import found_tags

_MAYBE = lazy.pattern(r"[ \t\n\r\f]on[a-z]{3}")
_HANDLER = lazy.pattern(r"on[a-z]{3,}")

_WORDS = frozenset({"onboarding", "ongoing", "online", "onsale", "onset", "onsite", "onward"})
"""Names of attributes that begin with ``on`` and are no handlers in any browser."""


def _may_have_handlers(post: Post) -> bool:
    """Return whether a tag may have a handler."""
    text = post.attribute_text
    return "srcdoc" in text or ("on" in text and _MAYBE.search(text) is not None)


class EventHandler(PostRule):
    """An attribute such as `onclick`, `onerror` or `onload` runs a script.

    `<img src="x" onerror="…">` runs as soon as the page is shown, on your site, with the cookies of
    your readers. Filters that look for `<script>` miss it.

    Remove the attributes; the fix does this. In a code sample they are part of the article: write
    `&lt;` for `<` (HTML013).

    In a page of the site that is not a post, this is a warning. A complete document of a site,
    without a layout, is not reported.
    """

    code, name, fix = "SEC002", "event-handler", Safety.UNSAFE
    impact = Impact.SECURITY
    applies_to = _may_have_handlers
    bad = [
        Bad(
            '⟦<p onclick="go()">⟧press</p>\n',
            fixed="<p>press</p>\n",
            message="onclick runs a script on your site; remove it",
        ),
        Bad(
            '⟦<img src=x OnError=go() alt="" onload = "a>b" class="c">⟧\n',
            fixed='<img src=x alt="" class="c">\n',
            message="onerror and onload run scripts on your site; remove them",
        ),
        Bad('⟦<svg/onload="go()">⟧</svg>\n', fixed="<svg></svg>\n"),
        Bad(
            '<pre><code>⟦<p onclick="go()">⟧a</p><template></template></code></pre>\n',
            message="onclick of this code sample can run a script on your site; write &lt; for <",
        ),
        Bad('⟦<iframe srcdoc="<img src=x onerror=go()>">⟧</iframe>\n'),
    ]
    good = [
        Good('<p title="onclick=go()" data-onclick="x">onclick="go()"</p>\n'),
        Good('<p on="tap:x" one="1" online>text</p>\n'),
        Good("<!-- <p onclick=x> -->\n"),
        Good('<p onclick="" onload=" ">an empty handler runs nothing</p>\n'),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        if is_whole_page(post):
            return
        for tag in found_tags(post):
            handlers = [a for a in tag.written if _is_handler(a)]
            if not handlers:
                continue
            names = list(dict.fromkeys(handler.name for handler in handlers))
            told = msg("{names} runs a script on your site; remove it", names=join_and(names))
            if len(names) > 1:
                told = msg("{names} run scripts on your site; remove them", names=join_and(names))
            edits = [] if tag.inner else post.cut_attributes(handlers)
            if _text_tags.in_sample(post, tag.outer.span.start):
                # Part of the article: it is escaped, not removed (HTML013).
                edits = []
                told = msg(
                    "{names} of this code sample can run a script on your site; write &lt; for <",
                    names=join_and(names),
                )
            fix = self.make_fix("Remove the event handlers", *edits) if edits else None
            yield _own_pages.judged(self.finding(tag.outer.span, told, fix), post)


def _is_handler(attribute: Attribute) -> bool:
    """Return whether an attribute runs script: an empty one runs nothing."""
    name = attribute.name
    if not name.startswith("on") or not _HANDLER.fullmatch(name) or name in _WORDS:
        return False
    return bool((attribute.value or "").strip())
