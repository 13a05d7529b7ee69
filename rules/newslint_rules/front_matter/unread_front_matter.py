"""FM025."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Finding,
    Fix,
    Good,
    Impact,
    PostRule,
    Safety,
    Severity,
    Span,
    find_bounds,
    lazy,
    msg,
)
from newslint_rules.front_matter import _scalars
from newslint_rules.front_matter._impact import of_effect

if TYPE_CHECKING:
    from newslint import Post

_USUAL = lazy.pattern(
    r"\A(?!.*\n[ \t\r]*\n).*^(?:title|date|categories|tags|author|layout):(?:[ \t]|$)",
    re.MULTILINE | re.DOTALL,
)
"""One of the usual names among lines of which none is blank: no heading that contains a colon."""
_MAY_GO_ON = lazy.pattern(r"---[ \t]*+(?:[\r\n]|\Z)|[ \t]*+[^\W\d][\w-]*+:")
_SPLIT = lazy.pattern(
    r"(?![#<`~|>*+-])[^\r\n]{1,200}?(?<!:)[ \t]*+(?:\r\n?|\n)"
    r"(?=(?:[^\r\n]++(?:\r\n?|\n)){0,20}?(?:title|date|categories|tags|author|layout):[ \t\r\n])"
    r"(?:[A-Za-z_][\w-]{1,30}+:(?![^ \t\r\n])[^\r\n]*+[\r\n]++"
    r"(?:(?:[ \t]|-[ \t])[^\r\n]*+[\r\n]++)*+){2,}+-{3,}+[ \t]*+(?:[\r\n]|\Z)"
)
"""The rest of a value that a fence cuts off, and the fields after it, up to the next fence."""
_FIELD = lazy.pattern(
    r"(?P<line>(?P<key>title|date|categories|tags):[ \t]++[^\s#][^\r\n]*+)"
    r"(?:\Z|(?:\r\n?|\n)[ \t]*+(?:[\r\n]|\Z))"
)
"""A line that is a field, with a blank line after it."""
_KINDS = frozenset({"fence", "empty", "unclosed"})


class UnreadFrontMatter(PostRule):
    """Front matter must be in a format that the target supports.

    Only Hugo supports TOML (`+++`), only Hexo `;;;`, only Eleventy `---json`; Hexo does not allow
    text after `---`, and only Jekyll allows `...` as the end. A target prints other formats as
    text, and the post has no title, date or categories; Hugo stops the build.

    A line `---` between the fields ends the front matter, and the fields after it are printed. A
    second line `---` after the end is printed too; this is a warning, since it may be a horizontal
    rule in a Markdown post. A title, date, categories or tags on the first line of the text, which
    the front matter lacks, are a warning too.

    All targets support YAML between two lines `---`. The unsafe fix writes this format.
    """

    code, name, severity, fix = "FM025", "unread-front-matter", Severity.ERROR, Safety.UNSAFE
    impact = Impact.CONTENT
    bad = [
        Bad(
            "⟦+++⟧\ntitle = 'A title'\ndraft = false\n+++\n<p>Text</p>\n",
            fixed="---\ntitle: A title\ndraft: false\n---\n<p>Text</p>\n",
            message="front matter between +++ fences is not read here, and is printed as text",
        ),
        Bad(
            '⟦;;;⟧\n"title": "A title"\n;;;\n<p>Text</p>\n',
            fixed='---\n{\n"title": "A title"\n}\n---\n<p>Text</p>\n',
            target="jekyll",
        ),
        Bad(
            '⟦---json⟧\n{"title": "A title"}\n---\n',
            fixed='---\n{"title": "A title"}\n---\n',
        ),
        Bad("⟦---⟧ \ntitle: A title\n---\n", fixed="---\ntitle: A title\n---\n"),
        Bad("⟦---⟧\ntitle: A title\n...\n", fixed="---\ntitle: A title\n---\n"),
        Bad(
            "⟦----⟧\ntitle: A title\n----\n",
            fixed="---\ntitle: A title\n---\n",
            target="hugo",
        ),
        Bad("⟦⟧title: A title\n---\n", fixed="---\ntitle: A title\n---\n", target="jekyll"),
        Bad("⟦---⟧\n---\n<p>Text</p>\n"),
        Bad("⟦---⟧\n \n---\n<p>Text</p>\n"),
        Bad("⟦---⟧\ntitle: A title\n--- x\n<p>Text</p>\n", target="hugo"),
        Bad("⟦---⟧\ntitle: A title\n----\n<p>Text</p>\n", target="hugo"),
        Bad("⟦---⟧\n---\ntitle: A title\n---\n<p>Text</p>\n", target="jekyll"),
        Bad("---\ntitle: A title\n⟦---⟧\nauthor: Wire\n---\n<p>Text</p>\n", target="jekyll"),
        Bad("---\ntitle: A title\n⟦---⟧\n---\n\n<p>Text</p>\n"),
        Bad("---\ntitle: A title\nmore:\n⟦---⟧\n a: b\nauthor: Wire\n---\n", target="hugo"),
        Bad(
            "title: A part\n\n⟦---⟧\nof a title\ndate: 2021-12-02\ntags:\n\n---\nText\n",
            path="post.md",
        ),
        Bad("---\ntitle: A title\n⟦---⟧ \nauthor: Wire\n---\n<p>Text</p>\n", target="jekyll"),
        Bad(
            "---\ndate: 2021-12-02\n---\n⟦title: A title⟧\n\n<p>Text</p>\n",
            message="title is below the front matter, and is printed as text",
        ),
    ]
    good = [
        Good("---\ntitle: A title\n---\n"),
        Good("+++\ntitle = 'A title'\n+++\n", target="hugo"),
        Good('---\n{"title": "A title"}\n---\n'),
        Good("---\ntitle: A title\n...\n", target="jekyll"),
        Good("---\ntitle: A title\n---\nA word: and its sense\n\nmore text\n", path="post.md"),
        Good("---\ntitle: A title\n---\n\n---\n\nText\n", path="post.md"),
        Good("---\ntitle: A title\n---\nUpdate: this heads a part\n---\n", path="post.md"),
        Good(
            "---\ntitle: A title\n---\nA post begins so:\ntitle: B\ndate: 2021-12-02\n\n---\n",
            path="post.md",
        ),
        Good("---\ntitle: A title\n---\ntitle: is a word\n\nmore text\n", path="post.md"),
        Good("---\ntitle: A title\n---\nauthor: is a word\n\n# Heading\n---\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        place = post.boundaries
        unread, bounds = place.read_error, place.bounds
        if bounds is None or bounds.closing is None:
            return
        if unread is None:
            yield from self._loose_ends(post)
            return
        if unread.kind in _KINDS:
            detail = unread.detail
            if unread.kind == "unclosed":
                closing = post.text[bounds.closing.start : bounds.closing.end].strip()
                detail = msg(
                    "{closing} does not close the front matter here: {detail}",
                    closing=closing,
                    detail=detail,
                )
            fix, impact = self._fix(post), of_effect(unread.outcome)
            yield self.finding(bounds.opening, detail, fix, impact=impact)

    def _loose_ends(self, post: Post) -> Iterable[Finding]:
        """Yield what is printed though the target reads the front matter: of a fence too much."""
        bounds = post.bounds
        if bounds is None or bounds.closing is None:
            return
        if bounds.body <= bounds.closing.end:
            end = _scalars.line_end(post.text, bounds.closing.end)
            if post.text[bounds.closing.end : end].strip():
                # No one but the writer knows whether the rest is text or a slip: no fix.
                detail = msg(
                    "the closing line of the front matter contains more text, which is printed"
                )
                yield self.finding(bounds.opening, detail)
        elif not post.text[slice(*bounds.content)].strip():
            if post.target.name == "hexo":
                yield self.finding(bounds.opening, "empty front matter is printed as text")
            elif _fields(post.text[bounds.body :]):
                detail = msg(
                    "the front matter is empty, and the fields after it are printed as text"
                )
                yield self.finding(bounds.opening, detail)
        elif _SPLIT.match(post.text, bounds.body):
            detail = msg("the front matter ends here, and the fields below are printed as text")
            yield self.finding(bounds.closing, detail)
        elif _MAY_GO_ON.match(post.text, bounds.body) is None:
            return
        elif post.text.startswith("---", bounds.body):
            # The writer of a Markdown post may have meant the rule that is drawn.
            detail = msg("the second line --- is not part of the front matter, and is printed")
            yield self.finding(bounds.closing, detail, severity=Severity.WARNING)
        elif _USUAL.search(_fields(post.text[bounds.body :])):
            detail = msg("the front matter ends here, and the fields below are printed as text")
            yield self.finding(bounds.closing, detail)
        else:
            yield from self._below(post, bounds.body)

    def _below(self, post: Post, start: int) -> Iterable[Finding]:
        """Yield a field that the front matter lacks, alone on the first line of the body."""
        field = _FIELD.match(post.text, start)
        header = post.front_matter
        if field is None or header is None or header.error or field["key"] in header.data:
            return
        detail = msg("{key} is below the front matter, and is printed as text", key=field["key"])
        yield self.finding(Span(*field.span("line")), detail, severity=Severity.WARNING)

    def _fix(self, post: Post) -> Fix | None:
        """YAML between two lines ``---``, where the target then reads it."""
        bounds = post.bounds
        closing = (
            "" if bounds is None or bounds.closing is None else post.text[slice(*bounds.closing)]
        )
        if bounds is None or bounds.closing is None or not bounds.content or ">" in closing:
            return None
        end = post.source.line_end
        content = _yaml(post)
        if content is None:
            return None
        written = f"---{end}{content}---"
        start = bounds.opening.start
        if not content.endswith(("\n", "\r")):
            written = f"---{end}{content}{end}---"
        after = post.text[:start] + written + post.text[bounds.closing.end :]
        reading = post.with_text(after).boundaries
        if reading.bounds is None or reading.read_error is not None:
            return None
        edit = (Span(start, bounds.closing.end), written)
        return self.make_fix("Write YAML between two lines ---", edit)


def _fields(text: str) -> str:
    """The fields that a text begins with, where a line ``---`` is after them; else nothing."""
    meant = find_bounds(text)
    if meant is None or meant.closing is None or meant.fence:
        return ""
    return text[slice(*meant.content)]


def _yaml(post: Post) -> str | None:
    """Return the front matter as YAML; JSON is YAML, but for Hexo's, which lacks the braces."""
    bounds, matter = post.bounds, post.front_matter
    if bounds is None or matter is None or matter.error is not None or not matter.text.strip():
        return None
    end = post.source.line_end
    if bounds.form == "toml":
        import yaml

        try:
            dumped = str(yaml.safe_dump(dict(matter.data), allow_unicode=True, sort_keys=False))
        except yaml.YAMLError:
            return None  # a time of day: YAML has none
        return dumped.replace("\n", end)
    if bounds.form == "json" and (bounds.fence == "" or bounds.fence.startswith(";")):
        return f"{{{end}{matter.text.strip()}{end}}}{end}"
    return matter.text
