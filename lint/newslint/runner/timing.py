"""Measure the cost of each rule, of reading and of parsing: ``newslint check --timing``.

Nothing is parsed that an ordinary run would not parse.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from newslint.core.lazy import cached_property
from newslint.core.messages import msg
from newslint.core.report import FileReport
from newslint.files.store import store_of
from newslint.linter import archive_rules, engine
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint.runner.guarding import guarded, read_source
from newslint.runner.lint import make_post

if TYPE_CHECKING:
    from lxml import etree

    from newslint.config.project import Project
    from newslint.files.posts import PostFile

PARTS: tuple[tuple[str, Callable[[Post], object]], ...] = (
    (msg("front matter"), lambda post: post.front_matter),
    (msg("Markdown code"), lambda post: post.code_spans),
    (msg("HTML structure"), lambda post: post.structure.problems),
    (msg("schema"), lambda post: post.schema_errors),
)
"""Computations that rules share, measured separately so that no rule is charged for them."""

READING, TREE = msg("reading"), msg("HTML tree")
"""Also shared: reading a file, and building the tree of a post if a rule needs it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The seconds of one rule, or of one shared computation, over all posts."""

    name: str
    seconds: float


class _Timed(Post):
    """A post that measures the time to build its tree, whichever rule uses it first."""

    def __init__(self, post: Post) -> None:
        vars(self).update(vars(post))
        self.tree_seconds = 0.0

    @cached_property
    def body(self) -> etree._Element:
        """See `Post`."""
        started = time.perf_counter()
        tree = super().body
        self.tree_seconds = time.perf_counter() - started
        return tree


def measure(
    files: Iterable[PostFile], project: Project, unreadable: list[FileReport] | None = None
) -> tuple[int, list[Cost]]:
    """Return the number of posts and the costs: shared ones first, then rules, the highest first.

    Adds the reports of posts that could not be measured to ``unreadable``.
    """
    shared: dict[str, float] = dict.fromkeys((READING, *(name for name, _ in PARTS), TREE), 0.0)
    rules: dict[str, float] = defaultdict(float)
    alone: dict[int, list[tuple[str, RuleSet]]] = {}
    posts = 0
    unreadable = [] if unreadable is None else unreadable
    store = store_of(project)
    for found in files:
        settings = project.settings(found.place)
        each = alone.setdefault(id(settings), list(_alone(settings.rules)))
        started = time.perf_counter()
        source = read_source(found, store, settings)
        if isinstance(source, FileReport):
            unreadable.append(source)
            continue
        post = _Timed(make_post(source, found, settings))
        shared[READING] += time.perf_counter() - started
        work = partial(_measured, post, each, shared, rules)
        if (report := guarded(work, source, found, settings, lambda report: report)) is not None:
            unreadable.append(report)
        else:
            posts += 1
    dearest = sorted(rules.items(), key=lambda item: -item[1])
    return posts, [Cost(*item) for item in (*shared.items(), *dearest)]


def _measured(
    post: _Timed,
    each: Iterable[tuple[str, RuleSet]],
    shared: dict[str, float],
    rules: dict[str, float],
) -> FileReport | None:
    """Add the costs of the shared computations and of the rules on a post."""
    for name, part in PARTS:
        shared[name] += _seconds(part, post)
    for name, rule_set in each:
        parsed = post.tree_seconds
        rules[name] += _seconds(partial(_run, rules=rule_set), post)
        rules[name] -= post.tree_seconds - parsed
    shared[TREE] += post.tree_seconds
    return None


def _alone(rules: RuleSet) -> Iterator[tuple[str, RuleSet]]:
    for rule in rules.rules:
        yield f"{rule.code} {rule.name}", RuleSet([rule])


def _run(post: Post, rules: RuleSet) -> None:
    engine.lint(post, rules)
    archive_rules.facts(post, rules)


def _seconds(run: Callable[[Post], object], post: Post) -> float:
    started = time.perf_counter()
    run(post)
    return time.perf_counter() - started
