"""TXT006."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Finding,
    Good,
    Impact,
    PostRule,
    Safety,
    Severity,
    Span,
    TokenKind,
    lazy,
    msg,
)
from newslint_rules.text import _places

if TYPE_CHECKING:
    from newslint import Post, Token

_ENTITY = lazy.pattern(
    r"&(?P<amps>amp;(?:amp;)*+)"
    r"(?P<name>#[0-9]{1,7}+;|#[xX][0-9A-Fa-f]{1,6}+;|[A-Za-z][A-Za-z0-9]{1,31}+;)?+"
)
_CODE = frozenset({"pre", "code", "samp", "kbd", "tt"})


class DoubleEscapedEntity(PostRule):
    """An entity must not be escaped twice.

    Readers see `&amp;nbsp;` as the text `&nbsp;`. The feed escaped a text that was already escaped,
    which is common in RSS: HTML inside XML.

    The fix removes one level of escaping. It is unsafe, since a post may be about entities: put
    them in `<code>`, which the rule does not check.
    """

    code, name, severity = "TXT006", "double-escaped-entity", Severity.WARNING
    impact = Impact.CONTENT
    fix = Safety.UNSAFE

    bad = [
        Bad(
            "<p>one⟦&amp;nbsp;&amp;nbsp;⟧two</p>",
            fixed="<p>one&nbsp;&nbsp;two</p>",
            message="escaped twice; readers see &nbsp;",
        ),
        Bad(
            '<img src="https://a.cn/1.jpg" alt="⟦&amp;quot;⟧A⟦&amp;#34;⟧">',
            fixed='<img src="https://a.cn/1.jpg" alt="&quot;A&#34;">',
        ),
        Bad("<p>AT⟦&amp;amp;⟧T</p>", fixed="<p>AT&amp;T</p>"),
    ]
    good = [
        Good("<p>AT&amp;T; a &amp; b; &amp;copy</p>"),
        Good('<a href="https://a.cn/?x=1&amp;copy;=2">a</a>'),
        Good("<p><code>&amp;nbsp;</code></p>"),
        Good("Write `&amp;nbsp;`\n", path="post.md"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        if "&" not in post.text or "&amp;" not in post.text:
            return ()
        html = post.html.html
        runs = list(_runs(html))
        return list(self.search(post, html, runs)) if runs else ()

    def search(self, post: Post, html: str, runs: list[Span]) -> Iterator[Finding]:
        """Report the runs that stand in text or in an attribute that is text."""
        tokens = post.html.tokens
        samples = _samples(tokens)
        number = 0
        for run in runs:
            while number < len(tokens) and tokens[number].span.end <= run.start:
                number += 1
            inside = tokens[number] if number < len(tokens) else None
            if inside is not None and inside.span.start <= run.start:
                if not _places.is_read(post, inside, run.start):
                    continue
            elif any(start <= run.start < end for start, end in samples):
                continue
            text = html[run.start : run.end]
            once = _ENTITY.sub(_unescaped, text)
            first = _ENTITY.sub(_unescaped, text[: text.index(";", 5) + 1])
            yield self.finding(
                run.shift(post.html.start),
                msg("escaped twice; readers see {first}", first=first),
                self.make_fix("Remove one level of escaping", (run.shift(post.html.start), once)),
            )


def _runs(html: str) -> Iterator[Span]:
    """Yield the entities that are escaped twice; those that follow one another are one run."""
    run: Span | None = None
    for match in _ENTITY.finditer(html):
        name = match["name"]
        if name is None and match["amps"] == "amp;":
            continue
        if name is not None and name[0] != "#":
            from html.entities import html5

            if name not in html5:
                continue
        if run is not None and run.end == match.start():
            run = Span(run.start, match.end())
            continue
        if run is not None:
            yield run
        run = Span(*match.span())
    if run is not None:
        yield run


def _unescaped(match: re.Match[str]) -> str:
    return f"&{match['amps'][4:]}{match['name'] or ''}"


def _samples(tokens: Iterable[Token]) -> list[Span]:
    """Return the elements that show code, from start tag to end tag."""
    opened: list[tuple[str, int]] = []
    samples: list[Span] = []
    for token in tokens:
        if token.name not in _CODE:
            continue
        if token.kind is TokenKind.START:
            opened.append((token.name, token.span.end))
        elif token.kind is TokenKind.END:
            for number in range(len(opened) - 1, -1, -1):
                if opened[number][0] == token.name:
                    samples.append(Span(opened.pop(number)[1], token.span.start))
                    break
    return samples
