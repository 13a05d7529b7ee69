"""STY001."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Good,
    RuleOptions,
    Safety,
    Severity,
    Span,
    say,
)
from newslint.core import lazy
from newslint_rules.styles._braces import ENCODED, RAW, REFERENCE, brace, content, is_foreign

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_KEPT = lazy.pattern(r"\{%-?[ \t]*+raw\b")


class RawBraceInStyle(ElementRule):
    """The braces of a style must be written as the site generator needs them.

    Hexo, Jekyll, Eleventy and Hugo look for `{{`, `{%` and `{#` in the whole post before they see
    any HTML, and CSS is full of braces: a minified `@media…{#id{…}}` kills the build of the whole
    site, or cuts the post off. So a scraper writes each brace of a `<style>` as `&#123;` and
    `&#125;`, which no template engine reads.

    A browser does not read them either (see STY005): encoded braces make a build safe, and a
    style idle. Where the post is taken as it is, with the target `html`, braces have to be raw;
    the option says so for other targets too, as with `{% raw %}` around each style.

    The fix writes all braces of the style the right way.
    """

    code, name, severity = "STY001", "raw-brace-in-style", Severity.ERROR
    house = True
    fix = Safety.SAFE
    tags = ("style",)

    class Options(RuleOptions):
        """How braces are written."""

        braces: Literal["encoded", "raw"] | None = Field(
            None,
            description="`encoded` as `&#123;`, or `raw`. Without it: raw for the target `html`,"
            " encoded for all others.",
        )

    bad = [
        Bad(
            "<style>.bare⟦{⟧color:red}</style>",
            fixed="<style>.bare&#123;color:red&#125;</style>",
            message="{ in a style can be read as a template: write &#123;",
        ),
        Bad(
            "<style>\n.a&#123;color:red&#125;\n.b&#x7b;color:red⟦}⟧\n</style>",
            fixed="<style>\n.a&#123;color:red&#125;\n.b&#x7b;color:red&#125;\n</style>",
        ),
        Bad(
            "<style>.a⟦&#123;⟧color:red&#125;</style>",
            fixed="<style>.a{color:red}</style>",
            target="html",
            message="&#123; in a style is no brace to a browser: write {",
        ),
    ]
    good = [
        Good("<style>.a&#123;color:red&#125;</style>"),
        Good("<style>.a{color:red}</style>", target="html"),
        Good("<style>.a{color:red}</style>", options={"braces": "raw"}),
        Good("<!-- <style>.a{color:red}</style> -->"),
    ]

    def may_speak(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        if self.wants_raw(post):
            return "&" in text and ENCODED.search(text) is not None
        return "{" in text or "}" in text

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        text = element.text
        if not text:
            return ()
        if self.wants_raw(post):
            if "&" not in text or not ENCODED.search(text) or is_foreign(element):
                return ()
            wrong = ENCODED
        elif "{" not in text and "}" not in text:
            return ()
        else:
            wrong = RAW
        return self.report(element, post, wrong)

    def wants_raw(self, post: Post) -> bool:
        """Whether braces have to be raw."""
        if self.options.braces is None:
            return post.target.name == "html"
        return bool(self.options.braces == "raw")

    def report(self, style: etree._Element, post: Post, wrong: re.Pattern[str]) -> list[Finding]:
        """The finding at the first wrong brace, and the fix of them all."""
        place = content(post, style)
        if place is None:
            return []
        span, closed = place
        # A post's own text, not the parsed one, in which code samples are blanked out.
        found = list(wrong.finditer(post.text, *span))
        if not found:
            return []
        first = found[0][0]
        if wrong is RAW:
            message = say(
                "{first} in a style can be read as a template: write {reference}",
                first=first,
                reference=REFERENCE[first],
            )
            edits = [(Span(*m.span()), REFERENCE[m[0]]) for m in found]
            fixable = closed and not _KEPT.search(post.text, *span)
        else:
            message = say(
                "{first} in a style is no brace to a browser: write {brace}",
                first=first,
                brace=brace(found[0]),
            )
            edits = [(Span(*m.span()), brace(m)) for m in found]
            fixable = closed
        fix = self.mend("Write the braces right", *edits) if fixable else None
        return [self.finding(Span(*found[0].span()), message, fix)]
