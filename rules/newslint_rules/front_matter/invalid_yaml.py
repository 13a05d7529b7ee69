"""FM003."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Fix, Good, Impact, PostRule, Safety, Severity, Span, lazy, msg
from newslint_rules.front_matter import _impact, _quoting
from newslint_rules.front_matter._fast_path import is_uncommon

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_OTHERWISE_TOLD = frozenset({"fence", "unclosed", "empty"})
"""Why a target does not read front matter at all; FM002 and FM025 say so."""


_FIRST_DOCUMENT = frozenset({"jekyll", "hugo"})
"""The targets whose loaders read the first YAML document and drop the others silently."""

_BLANK = lazy.pattern(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_NOTHING = lazy.pattern(r"(?:[ \t\r\n]++|[#%][^\r\n]*+|(?:\.\.\.|---)(?=[ \t\r\n]|\Z))*+\Z")


class InvalidYaml(PostRule):
    """Front matter must be valid for the target.

    Because of one misplaced quote, Hexo ignores the post, Jekyll publishes it without title and
    date, and Hugo and Eleventy stop the build. What is invalid depends on the target: Hexo accepts
    a tab at the beginning of a line, the others do not.

    Put a value in single quotes if it contains quotes, or a colon and a space, or if it begins with
    `[ { * & ! % @` or a backtick. Write `''` for a single quote inside it. If nothing else is
    wrong, the fix does this. It also removes nested quotes that several tools added to the same
    text. It is unsafe if the value may be a list without its `]`.
    """

    code, name, severity, fix = "FM003", "invalid-yaml", Severity.ERROR, Safety.SAFE
    impact = Impact.CONTENT
    applies_to = is_uncommon
    bad = [
        Bad(
            '---\ntitle: "say "⟦stop" now"⟧\n---\n',
            fixed="---\ntitle: 'say \"stop\" now'\n---\n",
            message="the title contains quotes inside quotes; put it in single quotes, or write "
            '\\"',
        ),
        Bad(
            """---\ntitle: \"\"⟦"'A title'\"""⟧\n---\n""",
            fixed="---\ntitle: 'A title'\n---\n",
        ),
        Bad("---\ntitle: ⟦@at⟧\n---\n", fixed="---\ntitle: '@at'\n---\n"),
        Bad("---\ntitle: ⟦[快讯] news⟧\n---\n", fixed="---\ntitle: '[快讯] news'\n---\n"),
        Bad("---\ntitle: a⟦: b⟧\n---\n", fixed="---\ntitle: 'a: b'\n---\n"),
        Bad('---\ntitle: "a⟦\\d"⟧\n---\n', fixed="---\ntitle: 'a\\d'\n---\n"),
        Bad("---\ntitle: a\nauthor⟦:b⟧\n---\n"),
        Bad("---\nlist:\n⟦\t- a⟧\n---\n", target="jekyll"),
        Bad("---\ntitle: a\n⟦...⟧\nauthor: b\n---\n", target="hugo"),
        Bad("---\ntitle: a\n⟦%YAML 1.2⟧\nauthor: b\n---\n", target="jekyll"),
        Bad("---\n  title: a\n⟦author: b⟧\n---\n", target="hugo"),
        Bad("+++\ntitle = ⟦⟧\n+++\n", target="hugo"),
    ]
    good = [
        Good("---\ntitle: 'it''s'\nauthor: it's\n---\n"),
        Good("---\nlist:\n\t- a\n---\n"),
        Good("---\ntitle: A title\n%YAML 1.2\n---\n", target="jekyll"),
        Good('---\ntitle: "说 \\"停\\""\n---\n'),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        header = post.front_matter
        if header is None:
            return
        if header.error is None:
            yield from self._unread_rest(post, header)
            return
        unread = post.boundaries.read_error
        if unread is not None and unread.kind in _OTHERWISE_TOLD:
            return
        start = header.error.offset
        span = Span(start, max(start, _line_end(post.text, start, header.bounds.content.end)))
        impact = _impact.unreadable(post)
        yield self.finding(span, _quoting.words(header), self._fix(header, post), impact=impact)

    def _unread_rest(self, post: Post, header: FrontMatter) -> Iterable[Finding]:
        """Yield what is after the end of the first YAML document: only js-yaml refuses it."""
        if (
            post.boundaries.simple
            or header.node is None
            or header.target.name not in _FIRST_DOCUMENT
        ):
            return
        rest = _NOTHING.match(header.text, header.node.end_mark.index)
        if rest is None:
            behind = _BLANK.match(header.text, header.node.end_mark.index)
            start = header.bounds.content.start + (behind.end() if behind else 0)
            end = _line_end(post.text, start, header.bounds.content.end)
            message = msg("the front matter ends here; the text after it is not read")
            impact = _impact.unreadable(post)
            yield self.finding(Span(start, end), message, impact=impact)

    def _fix(self, header: FrontMatter, post: Post) -> Fix | None:
        edits, safety = _quoting.edits(header)
        if not edits:
            return None
        if safety is Safety.SAFE and not _is_no_worse(post, edits):
            safety = Safety.UNSAFE
        return self.make_fix("Put the value in single quotes", *edits, safety=safety)


def _is_no_worse(post: Post, edits: Iterable[tuple[Span, str]]) -> bool:
    """Return whether front matter that is read does no harm that one that is not read did not do.

    What was not read has no date that stops the build, and no key that replaces the article.
    """
    if _impact.unreadable(post) is Impact.BUILD:
        return True
    return _impact.is_sound(post.with_edits(edits))


def _line_end(text: str, start: int, limit: int) -> int:
    end = limit
    for mark in "\r\n":
        at = text.find(mark, start, limit)
        end = at if 0 <= at < end else end
    return end
