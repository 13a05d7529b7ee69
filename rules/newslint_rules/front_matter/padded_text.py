"""FM016."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from newslint import (
    Bad,
    Finding,
    Fix,
    FrontMatterRule,
    Good,
    Safety,
    Severity,
    Span,
    lazy,
    msg,
)
from newslint_rules.front_matter import _quoting
from newslint_rules.front_matter._examples import GOOD_MATTER, example, key_span

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

Path = tuple[str | int, ...]

# Control characters that are not written as escapes are no YAML, or TXT003's.
_CONTROL = lazy.pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_AROUND = " \t\r\n\v\f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""Unicode's white space. Characters that no one sees are TXT003's."""
_NEXT_LINE = "\x85"
"""A line break to some loaders, and a character of the value to others."""
_CONTROLLING = frozenset(
    {
        "aliases",
        "layout",
        "path",
        "permalink",
        "redirect_from",
        "redirect_to",
        "slug",
        "type",
        "url",
    }
)
"""Keys that decide where and how a post is written."""


class PaddedText(FrontMatterRule):
    """A value should not have leading or trailing white space, or control characters.

    `' World'` and `'World'` are two categories, with two pages that look the same. A title that
    begins with a wide space is misaligned in every list. Control characters break feeds.

    The fix removes them. It is unsafe for `permalink`, `slug`, `layout` and similar fields, which
    decide where the page is written.
    """

    code, name, severity, fix = "FM016", "padded-text", Severity.WARNING, Safety.SAFE
    bad = [
        Bad(
            example("title", "⟦title⟧: ' A title'"),
            fixed=GOOD_MATTER,
            message="title begins with white space",
        ),
        Bad(example("title", "⟦title⟧: \u3000A title"), fixed=example("title", "title: A title")),
        Bad(
            example("categories", "⟦categories⟧:\n - 'World '\n - News"),
            fixed=example("categories", "categories:\n - 'World'\n - News"),
            message="item 1 of categories ends with white space",
        ),
        Bad(
            example("title", '⟦title⟧: "A\\x07 title"'),
            fixed=example("title", 'title: "A title"'),
            message="title contains the control character U+0007",
        ),
        Bad(
            example("title", "title: A⟦\x85⟧title"),
            message="the control character U+0085, which may break a line",
        ),
    ]
    good = [Good(GOOD_MATTER), Good(example("title", "title: |\n A title\n"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        told = False
        for finding in self._values(front_matter, post):
            told = True
            yield finding
        at = -1 if told else front_matter.text.find(_NEXT_LINE)
        if at >= 0:
            span = Span(at, at + 1).shift(front_matter.bounds.content.start)
            yield self.finding(span, msg("the control character U+0085, which may break a line"))

    def _values(self, front_matter: FrontMatter, post: Post) -> Iterator[Finding]:
        odd = "\\" in front_matter.text
        for key, value in front_matter.data.items():
            if value.__class__ is str:
                if odd or value.strip() is not value:
                    yield from self._told(front_matter, post, (key,), value)
            elif value.__class__ is list:
                for index, item in enumerate(value):
                    if item.__class__ is str and (odd or item.strip() is not item):
                        yield from self._told(front_matter, post, (key, index), item)

    def _told(
        self, front_matter: FrontMatter, post: Post, path: Path, value: str
    ) -> Iterator[Finding]:
        scalar = front_matter.scalar(path)
        if scalar is not None and scalar.style in ("|", ">"):
            value = value.rstrip("\n")  # a block ends with its line
        clean = _CONTROL.sub("", value).strip(_AROUND)
        if clean == value or not clean:
            return  # an empty value is FM008's
        from newslint import schema

        name = schema.name_of((str(path[0]), *path[1:]))
        control = _CONTROL.search(value)
        if control is not None:
            what = msg("contains the control character U+{control:04X}", control=ord(control[0]))
        else:
            begins, ends = value[0] in _AROUND, value[-1] in _AROUND
            what = msg("begins with white space") if begins else msg("ends with white space")
            if begins and ends:
                what = msg("begins and ends with white space")
        fix = self._fix(front_matter, post, path, clean)
        yield self.finding(
            key_span(front_matter, path), msg("{name} {words}", name=name, words=what), fix
        )

    def _fix(self, front_matter: FrontMatter, post: Post, path: Path, clean: str) -> Fix | None:
        span = front_matter.own_span(path)
        if span is None:
            return None
        scalar: Any = front_matter.scalar(path)
        written = post.text[span.start : span.end]
        if (
            "\n" in written
            or "\r" in written
            or (scalar is not None and scalar.style in ("|", ">"))
        ):
            return None
        edit = (span, _quoting.as_written(clean, written, front_matter.bounds.form))
        safety = Safety.UNSAFE if str(path[0]).lower() in _CONTROLLING else Safety.SAFE
        return self.make_fix("Remove the characters", edit, safety=safety)
