"""FM003."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Fix, Good, PostRule, Safety, Severity, Span, lazy
from newslint_rules.front_matter import requoting

if TYPE_CHECKING:
    from newslint import Header, Post

_OTHERWISE_TOLD = frozenset({"fence", "unclosed", "empty"})
"""Why a target does not read front matter at all; FM002 and FM025 say so."""


_FIRST_DOCUMENT = frozenset({"jekyll", "hugo"})
"""The targets whose loaders read the first YAML document and drop the others without a word."""

_DOCUMENT_END = lazy.pattern(r"(?<=[\r\n])(?:\.\.\.|---)(?=[ \t\r\n])")


class InvalidYaml(PostRule):
    """Front matter must be what the target can parse.

    One quote too many, and Hexo leaves the post out, Jekyll publishes it without title and date,
    and Hugo and Eleventy stop the build of the whole site. What is invalid is the target's to say:
    a tab that begins a line is fine for Hexo and deadly for the others.

    Put a value that holds quotes, a colon and a space, or that begins with `[ { * & ! % @` or a
    backtick, in single quotes, and write `''` for a single quote inside. Where that is all there
    is to mend, the fix does it.
    """

    code, name, severity, fix = "FM003", "invalid-yaml", Severity.ERROR, Safety.SAFE
    bad = [
        Bad(
            '---\ntitle: "say "⟦stop" now"⟧\n---\n',
            fixed="---\ntitle: 'say \"stop\" now'\n---\n",
            message='the title holds quotes inside quotes: put it in single quotes, or write \\"',
        ),
        Bad("---\ntitle: ⟦@at⟧\n---\n", fixed="---\ntitle: '@at'\n---\n"),
        Bad("---\ntitle: ⟦[快讯] news⟧\n---\n", fixed="---\ntitle: '[快讯] news'\n---\n"),
        Bad("---\ntitle: a⟦: b⟧\n---\n", fixed="---\ntitle: 'a: b'\n---\n"),
        Bad('---\ntitle: "a⟦\\d"⟧\n---\n', fixed="---\ntitle: 'a\\d'\n---\n"),
        Bad("---\ntitle: a\nauthor⟦:b⟧\n---\n"),
        Bad("---\nlist:\n⟦\t- a⟧\n---\n", target="jekyll"),
        Bad("---\ntitle: a\n⟦...⟧\nauthor: b\n---\n", target="hugo"),
        Bad("+++\ntitle = ⟦⟧\n+++\n", target="hugo"),
    ]
    good = [
        Good("---\ntitle: 'it''s'\nauthor: it's\n---\n"),
        Good("---\nlist:\n\t- a\n---\n"),
        Good('---\ntitle: "说 \\"停\\""\n---\n'),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        header = post.front_matter
        if header is None:
            return
        if header.error is None:
            yield from self._second_document(header)
            return
        unread = post.place.unread
        if unread is not None and unread.kind in _OTHERWISE_TOLD:
            return
        start = header.error.offset
        span = Span(start, max(start, _line_end(post.text, start, header.bounds.content.end)))
        yield self.finding(span, requoting.words(header), self._fix(header))

    def _second_document(self, header: Header) -> Iterable[Finding]:
        """What stands behind a line `...` or `---` in the middle: only js-yaml refuses that."""
        text = header.text
        if header.target.name not in _FIRST_DOCUMENT or not ("\n..." in text or "\n---" in text):
            return
        end = _DOCUMENT_END.search(text)
        if end is not None and header.bounds.form == "yaml" and text[end.end() :].strip():
            start = header.bounds.content.start + end.start()
            message = f"{end[0]} ends the front matter: what stands behind it is not read"
            yield self.finding(Span(start, start + len(end[0])), message)

    def _fix(self, header: Header) -> Fix | None:
        edits = requoting.edits(header)
        return self.mend("Put the value in single quotes", *edits) if edits else None


def _line_end(text: str, start: int, limit: int) -> int:
    end = limit
    for mark in "\r\n":
        at = text.find(mark, start, limit)
        end = at if 0 <= at < end else end
    return end
