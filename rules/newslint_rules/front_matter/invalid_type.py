"""FM006."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from newslint import Bad, Effect, Finding, Fix, FrontMatterRule, Good, Impact, Safety, Severity
from newslint_rules.front_matter import _impact, _scalars
from newslint_rules.front_matter._examples import GOOD_MATTER, complaints, example, key_span
from newslint_rules.front_matter._fast_path import is_unusual
from newslint_rules.front_matter._key_problems import key_problems
from newslint_rules.front_matter._plain_text import goes_on
from newslint_rules.front_matter._quoting import single_quoted

if TYPE_CHECKING:
    from newslint import FrontMatter, Post, SchemaError

_FATAL = frozenset({Effect.SITE_DIES, Effect.POST_LOST})


class InvalidType(FrontMatterRule):
    """A value must have a type that the schema and the target allow.

    If a layout gets a list instead of true or false, it shows nonsense or stops the build.

    Some types are not supported by the target itself, whatever the schema allows: Hexo loses a post
    whose `permalink` is a number, and Eleventy stops if `tags` is a mapping. This rule reports them
    too.

    Quoted values are text: `comments: 'false'` is not false, and enables comments. Brackets that
    were meant as text (`title: [x]`) are a list; the fix puts them in quotes. FM022 reports
    unquoted numbers, dates and words that only look like text (`title: 2021`) and can quote them;
    this rule reports them again only if they stop the build.
    """

    code, name, severity = "FM006", "invalid-type", Severity.ERROR
    fix = Safety.SAFE
    applies_to = is_unusual
    bad = [
        Bad(
            example("comments", "⟦comments⟧: [1, 2]"),
            message="comments is a list; it must be true or false",
        ),
        Bad(
            example("comments", "⟦comments⟧: 'false'"),
            message="comments is text; it must be true or false",
        ),
        Bad(
            example("categories", "⟦categories⟧: World"),
            message="categories is text; it must be a list",
        ),
        Bad(example("categories", "⟦categories⟧: [World, [a, b]]")),
        Bad(example("title", "⟦title⟧:\n  en: A title")),
        Bad(
            example("title", "⟦title⟧: [x]"),
            fixed=example("title", "title: '[x]'"),
            message="title is a list; it must be text",
        ),
        Bad(
            example("title", "⟦title⟧: {{ x }}"),
            fixed=example("title", "title: '{{ x }}'"),
        ),
        Bad(
            example("author", "author: Wire\n⟦permalink⟧: 2021"),
            message="permalink is a number; it must be a text",
        ),
    ]
    good = [Good(GOOD_MATTER), Good(example("title", "title: 2021"))]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        if not post.schema_errors and not key_problems(front_matter, post):
            return
        for error in complaints(post, "type"):
            if not _scalars.is_ambiguous(front_matter, post, error.path):
                is_one_date = _is_one_date(front_matter, post, error.path)
                severity = Severity.WARNING if is_one_date else _severity(front_matter, post, error)
                span = key_span(front_matter, error.path)
                fix = self._quotes(front_matter, post, error.path)
                impact = None if is_one_date else _cost(front_matter, post, error)
                yield self.finding(span, error.message, fix, severity, impact)
        told = {error.path[:1] for error in post.schema_errors}
        for problem in key_problems(front_matter, post):
            path = (problem.key,)
            if problem.kind != "type":
                continue
            ambiguous = _scalars.is_ambiguous(front_matter, post, path)
            # FM022 warns of what only looks like text; what kills is an error nonetheless.
            if (ambiguous and problem.outcome in _FATAL) or (not ambiguous and path not in told):
                fix = self._quotes(front_matter, post, path)
                impact = _impact.of_effect(problem.outcome)
                span = front_matter.key_span(path)
                yield self.finding(span, problem.message, fix, impact=impact)

    def _quotes(
        self, front_matter: FrontMatter, post: Post, path: tuple[str | int, ...]
    ) -> Fix | None:
        """Quotes round brackets that were meant as text."""
        span = _scalars.in_brackets(front_matter, post, path)
        if span is None or front_matter.own_span(path) is None or goes_on(post.text, span.end):
            return None
        text = single_quoted(post.text[span.start : span.end].rstrip())
        return self.make_fix("Put it in quotes", (span, text))


def _severity(front_matter: FrontMatter, post: Post, error: SchemaError) -> Severity | None:
    """The severity that the schema gives a value; None where the target cannot use it either."""
    harmful = any(
        problem.kind == "type" and (problem.key,) == error.path[:1]
        for problem in key_problems(front_matter, post)
    )
    return None if harmful else error.severity


def _cost(front_matter: FrontMatter, post: Post, error: SchemaError) -> Impact | None:
    """The impact of a value that the target cannot use; None where only the schema forbids it."""
    if error.outcome is not None or error.path == ("date",):
        return _impact.of_bad_date(post, error.outcome)
    for problem in key_problems(front_matter, post):
        if problem.kind == "type" and (problem.key,) == error.path[:1]:
            return _impact.of_effect(problem.outcome)
    return None


def _is_one_date(front_matter: FrontMatter, post: Post, path: tuple[str | int, ...]) -> bool:
    """A list that contains the date alone: Hexo and Jekyll read it nevertheless (measured)."""
    if path != ("date",) or post.target.name not in ("hexo", "jekyll"):
        return False
    value = front_matter.data.get("date")
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], date)
