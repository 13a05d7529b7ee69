"""HTML012."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import Bad, Finding, Good, Impact, Post, PostRule, Safety, Severity, lazy, msg
from newslint_rules.markup import _text_tags

SHOWN = 40
"""Code points of the tag that a message repeats."""


_HEADING = lazy.pattern(
    r"[ \t>*+\-0-9.)]*+"
    r"(?:#{1,6}[ \t]|[^\r\n]*+(?:\r\n|\n|\r)[ \t>]*+(?:=++|-++)[ \t]*+(?:[\r\n]|\Z))"
)
"""A line that is a heading, be it in quotes and lists."""


class TextAsTag(PostRule):
    """Text in angle brackets must not become an element.

    Browsers read `List<String>`, `press <Esc>` and `<your name>` as tags of unknown elements,
    closed or not, and do not show them: readers see `List` and `press`. The same happens to
    `i<num;i++)`, up to the next `>`.

    Write `&lt;String&gt;`, or put the text in backticks in Markdown. The fix writes character
    references. It is unsafe if the name has a hyphen, since the site may define such a custom
    element, if the element contains text, if the tag contains another `<`, in a table at a place
    that does not allow text, and in a Markdown heading, whose id would change.

    HTML001 reports names that HTML, SVG or MathML define. Of these, this rule reports elements that
    have no end tag and are useless without attributes: `<meta>`, or `<input>` in a sentence. Text
    that Markdown shows as written is not reported: names with `_` are tags in Hexo and Jekyll, and
    text in Hugo and Eleventy. An unknown element with attributes, and a custom element with
    content, count as markup. An element with an end tag is a warning, since a script or a style of
    the site may show something there; so is every one of a post with a script.
    """

    code, name, severity = "HTML012", "text-as-tag", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.SAFE
    applies_to = _text_tags.may_have_any

    bad = [
        Bad(
            "<p>Use a List⟦<String>⟧ here.</p>\n",
            fixed="<p>Use a List&lt;String&gt; here.</p>\n",
            message="readers do not see <String>, which browsers read as an element; write &lt; "
            "for <",
        ),
        Bad(
            "Press ⟦<Esc>⟧ or ⟦<your name>⟧.\n",
            fixed="Press &lt;Esc&gt; or &lt;your name&gt;.\n",
            path="post.md",
            message="readers do not see <Esc>, which browsers read as an element; write &lt; "
            "for <, or"
            " use backticks",
        ),
        Bad(
            "Use the ⟦<input>⟧ element.\n",
            fixed="Use the &lt;input&gt; element.\n",
            path="post.md",
        ),
        Bad("Set ⟦<param_name>⟧ here.\n", fixed="Set &lt;param_name&gt; here.\n", path="post.md"),
        Bad(
            "<p>What is ⟦<ng-content>⟧</ng-content> for?</p>\n",
            fixed="<p>What is &lt;ng-content&gt;&lt;/ng-content&gt; for?</p>\n",
            message="readers do not see <ng-content>, which browsers read as an element; write "
            "&lt; for <, unless the site defines it",
        ),
    ]
    good = [
        Good("<p>Use a List&lt;String&gt; here.</p>\n"),
        Good("Use a `List<String>`, see <https://a.cn/>.\n", path="post.md"),
        Good("Set <param_name> here.\n", path="post.md", target="hugo"),
        Good('<p><my-map zoom="3"></my-map> <my-note>text</my-note></p>\n'),
        Good('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><p>a<o:p></o:p></p>\n'),
        Good("<p>a<o :p></o></p>\n"),
        Good("<form>Name: <input></form>\n"),
    ]

    def check(self, post: Post) -> Iterator[Finding]:
        html = post.html.html
        for tag in _text_tags.found(post).prose:
            start, end = tag.token.span
            text = " ".join(html[start : min(end, start + SHOWN)].split())
            if end - start > SHOWN:
                text += "…"
            if post.is_markdown:
                message = msg(
                    "readers do not see {text}, which browsers read as an element; write &lt;"
                    " for <, or use backticks",
                    text=text,
                )
            else:
                message = msg(
                    "readers do not see {text}, which browsers read as an element; write &lt;"
                    " for <",
                    text=text,
                )
            tokens = (tag.token, tag.end) if tag.end else (tag.token,)
            edits = _text_tags.escaped(post, tokens)
            # Generators make the id of a heading, to which links lead, from its source.
            in_heading = post.is_markdown and _in_heading(html, start)
            is_unsafe = tag.doubtful or tag.holds or in_heading
            safety = Safety.UNSAFE if is_unsafe else Safety.SAFE
            fix = self.make_fix("Write the angle brackets as &lt; and &gt;", *edits, safety=safety)
            # A script or a style may show something in place of an element.
            is_defined = post.has_tag("script") or (tag.end is not None and not tag.holds)
            if is_defined:
                message = msg("{message}, unless the site defines it", message=message)
            weaker = (is_defined or tag.end is not None) and self.severity_in_force is self.severity
            severity = Severity.WARNING if weaker else None
            span = tag.token.span.shift(post.body_start)
            yield self.finding(span, message, fix if tag.token.closed else None, severity)


def _in_heading(text: str, at: int) -> bool:
    """Return whether the line of an offset is a heading of Markdown, with # or underlined."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return _HEADING.match(text, start) is not None
