"""FM021."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    Fix,
    FrontMatterRule,
    Good,
    RuleOptions,
    Safety,
    Severity,
    Span,
    lazy,
    msg,
)
from newslint_rules.front_matter._examples import GOOD_MATTER, example

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_DASH = lazy.pattern(r"[ \t]*-[ \t]+\Z")
_REST = lazy.pattern(r"[ \t]*(?:#[^\r\n]*)?(?P<end>\r\n|\r|\n|\Z)")


class DuplicateListItem(FrontMatterRule):
    """A category or tag should not be duplicated.

    Hexo reads the categories as a path: `a, a` is the category `a` inside the category `a`.
    Eleventy and many layouts list the post twice.

    The fix removes the duplicate.
    """

    code, name, severity, fix = "FM021", "duplicate-list-item", Severity.WARNING, Safety.SAFE

    class Options(RuleOptions):
        """Which fields."""

        fields: tuple[str, ...] = Field(
            ("categories", "category", "tags", "tag", "keywords", "series"),
            description="The fields that contain lists of names.",
        )

    bad = [
        Bad(
            example("categories", "categories:\n - World\n - Wire\n - ⟦World⟧"),
            fixed=example("categories", "categories:\n - World\n - Wire"),
            message="duplicate World in categories",
        ),
        Bad(
            example("author", "author: Wire\ntags: [a, b, ⟦'a'⟧]"),
            fixed=example("author", "author: Wire\ntags: [a, b]"),
        ),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(example("categories", "categories: [[World, Wire], [World, Asia], World]")),
        Good(example("author", "author: Wire\ntags: [Go, go]")),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        data = front_matter.data
        for field in self.options.fields:
            items = data.get(field)
            if items.__class__ is list and not _is_unique(items):
                yield from self._told(front_matter, post, field, items)

    def _told(
        self, front_matter: FrontMatter, post: Post, field: str, items: list[object]
    ) -> Iterator[Finding]:
        for index in _repeats(items):
            item = items[index]
            span = front_matter.value_span((field, index))
            fix = self._fix(front_matter, post, field, index)
            yield self.finding(
                span, msg("duplicate {item} in {field}", item=item, field=field), fix
            )

    def _fix(self, front_matter: FrontMatter, post: Post, field: str, index: int) -> Fix | None:
        entry = front_matter.entries.get((field, index))
        before = front_matter.entries.get((field, index - 1))
        if entry is None or before is None or front_matter.own_span((field, index)) is None:
            return None
        text, span = post.text, entry.value
        start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
        rest = _REST.match(text, span.end)
        if _DASH.match(text[start : span.start]) and rest is not None:
            gone = Span(start, rest.end())
        elif "," in text[before.value.end : span.start]:
            gone = Span(before.value.end, span.end)
        else:
            return None
        return self.make_fix("Remove the second one", (gone, ""))


def _is_unique(items: list[object]) -> bool:
    """Return a cheap test, which lists inside the list fail."""
    try:
        return len(set(items)) == len(items)
    except TypeError:
        return False


def _repeats(items: list[object]) -> list[int]:
    """Return the places of texts and numbers that was in the list before."""
    seen: set[tuple[type, object]] = set()
    found = []
    for index, item in enumerate(items):
        if isinstance(item, (str, int, float)) and item != "":
            key = (type(item), item)
            if key in seen:
                found.append(index)
            seen.add(key)
    return found
