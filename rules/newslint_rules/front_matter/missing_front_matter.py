"""FM001."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, lazy, msg, schema
from newslint_rules.front_matter._fast_path import is_uncommon
from newslint_rules.front_matter._impact import of_effect
from newslint_rules.markup._whole_page import is_whole_page

if TYPE_CHECKING:
    from newslint import Post


_LOOKS_LIKE_FIELDS = lazy.pattern(
    r"\ufeff?\s*+(?:[^\w\s<]{1,10}+[ \t]*+[\r\n]++)?"
    r"(?:(?:title|date)(?::[ \t]|[ \t]*+=[ \t]*+[\"'\d])|[\"'](?:title|date)[\"'][ \t]*+:"
    r"|[A-Za-z_][\w-]{1,30}+:(?![^ \t\r\n])[^\r\n]*+[\r\n]++(?:(?:[ \t]|-[ \t])[^\r\n]*+[\r\n]++)*+"
    r"[A-Za-z_][\w-]{1,30}+:(?![^ \t\r\n]))"
)
"""Two keys with their values at the very beginning, or one of a key that says what it is (in
YAML, TOML or JSON); under a line of signs maybe."""

_LOOKS_LATE = lazy.pattern(
    r"\ufeff?(?:[^\r\n]{0,200}+[\r\n]){1,3}?-{3,}+[ \t]*+[\r\n]++"
    r"(?=(?:(?!---)[^\r\n]*+[\r\n]++){0,30}?(?:title|date|categories|tags|author|layout):[ \t])"
    r"(?:(?:[A-Za-z_][\w-]{1,30}+:(?![^ \t\r\n])|[ \t]|-[ \t])[^\r\n]*+[\r\n]++)++"
    r"-{3,}+[ \t]*+(?:[\r\n]|\Z)"
)
"""Front matter after some lines of text: fields between two fences, one of a usual name."""

_USUAL = frozenset(
    {
        "author", "categories", "category", "comments", "cover", "date", "description",
        "disableNunjucks", "excerpt", "id", "keywords", "lang", "layout", "link", "permalink",
        "photos", "published", "slug", "sticky", "subtitle", "tag", "tags", "thumbnail", "title",
        "toc", "top", "type", "updated",
    }
)  # fmt: skip
"""Keys of front matter: text of which none begins a line is no front matter."""

_LATE = msg("; lines that look like front matter are not at the beginning")


class MissingFrontMatter(PostRule):
    """A post must have front matter.

    Without front matter, a post has no title, categories or date: the site lists it without a title
    and with the current date, or the build stops (Hugo, if the text begins with HTML).

    Hexo needs no opening line `---`: if the first lines are a list of keys and values, such as
    `Note: see below`, it reads all above a horizontal rule of dashes as front matter, and does not
    print it.

    Begin the post with a line `---`, then the fields, then another line `---`. If the schema
    requires no fields (the presets `hexo`, `jekyll`, `hugo` and `minimal`), the rule only reports
    posts that the target cannot build without front matter.
    """

    code, name, severity = "FM001", "missing-front-matter", Severity.ERROR
    impact = Impact.CONTENT
    applies_to = is_uncommon
    bad = [
        Bad("⟦⟧<p>Text</p>\n", message="the post has no front matter"),
        Bad("⟦⟧"),
        Bad("⟦⟧Text\n\n---\n\nmore text\n", path="post.md"),
        Bad(
            "⟦⟧Note: see below\n  * [One](#one)\n\n-----\n\nText\n",
            path="post.md",
            message="the post has no front matter; the text above line 4 is read as front matter, "
            "and is not printed",
        ),
        Bad(
            "⟦⟧***\ntitle: A title\nauthor: Wire\n***\n",
            message="the post has no front matter; its first lines look like front matter, but "
            "are not"
            " between lines ---",
        ),
    ]
    good = [
        Good("---\ntitle: A title\n---\n<p>Text</p>\n"),
        Good("\n---\ntitle: A title\n---\n"),
        Good("title: A title\n---\n<p>Text</p>\n"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        place = post.boundaries
        if post.source.utf16_or_32:  # TXT001's
            return
        if place.bounds is not None:
            yield from self._late(post)
            yield from self._swallowed(post)
            return
        unread = place.read_error
        if unread is not None and unread.kind == "unclosed":
            return  # FM002
        if is_whole_page(post):
            return  # copied as it is meant
        why, impact = "", None
        if unread is not None:
            why, impact = msg(": {detail}", detail=unread.detail), of_effect(unread.outcome)
        elif _LOOKS_LIKE_FIELDS.match(post.text):
            why = msg("; its first lines look like front matter, but are not between lines ---")
        elif _LOOKS_LATE.match(post.text):
            why = _LATE
        elif post.is_page or not any(kind.required for kind in schema.kinds(post.schema).values()):
            return
        severity = None if why else schema.severity_of_missing(post.schema)
        message = msg("the post has no front matter{why}", why=why)
        yield self.finding(post.start_span(), message, severity=severity, impact=impact)

    def _late(self, post: Post) -> Iterable[Finding]:
        """Hexo takes a comment line over the opening fence for the complete front matter."""
        header = post.front_matter
        if header is not None and not header.data and header.error is None:
            if post.boundaries.read_error is None and _LOOKS_LATE.match(post.text):
                yield self.finding(
                    post.start_span(), msg("the post has no front matter{late}", late=_LATE)
                )

    def _swallowed(self, post: Post) -> Iterable[Finding]:
        """Hexo takes text above a horizontal rule for front matter that has no opening fence."""
        bounds, header = post.boundaries.bounds, post.front_matter
        if bounds is None or bounds.closing is None or bounds.fence or header is None:
            return
        if post.target.name != "hexo" or bounds.form != "yaml" or header.error or not header.data:
            return
        if not any(isinstance(value, str) for value in header.data.values()):
            return  # no text is lost: a switch, a number, a list
        known = _USUAL | {path[0] for path in schema.kinds(post.schema)}
        if known.isdisjoint(map(str, header.data)):
            why = msg(
                "; the text above line {line} is read as front matter, and is not printed",
                line=post.source.lines.position(bounds.closing.start).line,
            )
            yield self.finding(post.start_span(), msg("the post has no front matter{why}", why=why))
