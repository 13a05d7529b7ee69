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
    lazy,
    msg,
    templates,
)
from newslint_rules.styles._braces import (
    ENCODED,
    RAW,
    REFERENCE,
    brace,
    content,
    decoded,
    is_foreign,
)
from newslint_rules.templates import _template_problems

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_KEPT = lazy.pattern(r"\{%-?[ \t]*+raw\b")


class RawBraceInStyle(ElementRule):
    """The braces of a style must follow the house rule.

    News desks let their scraper write each brace of a `<style>` as `&#123;` and `&#125;`. No
    template engine decodes them, so a scraped style cannot stop the build. Browsers do not decode
    them either: **an encoded style has no effect** (STY005). With `braces = "raw"`, the default for
    the target `html`, the rule requires raw braces.

    The result of raw braces (measured; a single brace has no meaning for any generator):

    | target | braces of a template | result |
    | --- | --- | --- |
    | Hexo 5 | `{{`, `{%` and `{#`, closed or not; a single `#}` | the build stops |
    | Hexo 6 | the same | the post is truncated, or the build stops |
    | Hexo 7 | the same | the build stops |
    | Hexo 8 | closed ones: `{{ … }}`, `{% … %}`, `{# … #}` | the build stops, or the text is lost |
    | Jekyll | `{{` and `{%`, closed or not | the build stops, or the text is lost |
    | Eleventy | `{{` and `{%`, closed or not | the build stops, or the text is lost |
    | Hugo | `{{<` and `{{%` only | the build stops |
    | `html` | none | the style works |

    With encoded braces, the style has no effect in any of them; Hugo and Eleventy decode them only
    if the style is in the middle of a paragraph of a `.md` post.

    The fix rewrites all braces of the style. It is unsafe, since a style that worked has no effect
    afterwards. It is safe if the style contains braces that the target reads as a template and that
    the site does not define, since they affect the build. TPL001 reports them too, and its fix
    keeps the style.
    """

    code, name, severity = "STY001", "raw-brace-in-style", Severity.ERROR
    house = True
    fix = Safety.SAFE
    tags = ("style",)

    class Options(RuleOptions):
        """How braces are written."""

        braces: Literal["encoded", "raw"] | None = Field(
            None,
            description="`encoded` (`&#123;`) or `raw`. Default: raw for the target `html`, "
            "encoded for the"
            " others.",
        )

    bad = [
        Bad(
            "<style>.bare⟦{⟧color:red}</style>",
            fixed="<style>.bare&#123;color:red&#125;</style>",
            message="{ in a style; house rules require &#123;, with which browsers ignore the "
            "style",
        ),
        Bad(
            "<style>\n.a&#123;color:red&#125;\n.b&#x7b;color:red⟦}⟧\n</style>",
            fixed="<style>\n.a&#123;color:red&#125;\n.b&#x7b;color:red&#125;\n</style>",
        ),
        Bad(
            "<style>@media print⟦{⟧{.a{color:red}</style>",
            fixed="<style>@media print&#123;&#123;.a&#123;color:red&#125;</style>",
            target="jekyll",
        ),
        Bad(
            "<style>.a⟦&#123;⟧color:red&#125;</style>",
            fixed="<style>.a{color:red}</style>",
            target="html",
            message="browsers do not decode &#123; in a style; write {",
        ),
    ]
    good = [
        Good("<style>.a&#123;color:red&#125;</style>"),
        Good("<style>.a{color:red}</style>", target="html"),
        Good("<style>.a{color:red}</style>", options={"braces": "raw"}),
        Good("<!-- <style>.a{color:red}</style> -->"),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
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
        """Return whether braces have to be raw."""
        if self.options.braces is None:
            return post.target.name == "html"
        return bool(self.options.braces == "raw")

    def report(self, style: etree._Element, post: Post, wrong: re.Pattern[str]) -> list[Finding]:
        """Return the finding at the first wrong brace, and the fix of them all."""
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
            message = msg(
                "{first} in a style; house rules require {reference}, with which browsers"
                " ignore the style",
                first=first,
                reference=REFERENCE[first],
            )
            edits = [(Span(*m.span()), REFERENCE[m[0]]) for m in found]
            fixable = closed and not _KEPT.search(post.text, *span)
            safety = Safety.SAFE if _stops_build(post, span, edits) else Safety.UNSAFE
        else:
            message = msg(
                "browsers do not decode {first} in a style; write {brace}",
                first=first,
                brace=brace(found[0]),
            )
            edits = [(Span(*m.span()), brace(m)) for m in found]
            fixable = closed and not _becomes_template(post, span)
            # A style that did nothing comes alive.
            safety = Safety.UNSAFE
        fix = self.make_fix("Rewrite the braces", *edits, safety=safety) if fixable else None
        return [self.finding(Span(*found[0].span()), message, fix)]


def _stops_build(post: Post, style: Span, edits: list[tuple[Span, str]]) -> bool:
    """Whether the target takes something in a style for a template, and it is none of the site's.

    Then the style does not reach the page as it is written, if there is a page. A style with a
    empty line in it, of which Markdown makes text, is not fixed by anything.
    """
    inside = [
        one
        for one in _template_problems.problems(post, code=False)
        if style.start <= one.start + post.body_start < style.end
    ]
    if not inside or any(_template_problems.may_be_meant(post, one) for one in inside):
        return False
    return not any(post.is_rendered(span.start) for span, _ in edits)


def _becomes_template(post: Post, style: Span) -> bool:
    """Return whether raw braces would be read as a template where encoded ones are not."""
    if post.target.name not in templates.GENERATORS:
        return False
    css = decoded(post.text[slice(*style)])
    engine = post.template_engine
    reading = templates.read_template(post.target, css, markdown=False, engine=engine)
    return bool(reading.problems)
