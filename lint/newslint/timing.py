"""What each rule costs, and what reading and parsing cost: for ``newslint check --timing``."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from newslint import engine
from newslint.engine import RuleSet
from newslint.linting import make_post
from newslint.reading import UnreadableError
from newslint.source import Source

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.discovery import Found
    from newslint.post import Post

PARTS: tuple[tuple[str, Callable[[Post], object]], ...] = (
    ("front matter", lambda post: post.front_matter),
    ("Markdown code", lambda post: post.code_spans),
    ("HTML", lambda post: post.body),
    ("HTML structure", lambda post: post.structure.problems),
    ("schema", lambda post: post.schema_errors),
)
"""What rules share, measured apart so that no rule pays for another."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that one rule, or one shared part, took over all posts."""

    name: str
    seconds: float


def measure(files: Iterable[Found], project: Project) -> tuple[int, list[Cost]]:
    """The number of posts and the costs: the shared parts first, then the rules, dearest first."""
    shared: dict[str, float] = dict.fromkeys(("reading", *(name for name, _ in PARTS)), 0.0)
    rules: dict[str, float] = defaultdict(float)
    alone: dict[int, list[tuple[str, RuleSet]]] = {}
    posts = 0
    store = project.store
    for found in files:
        settings = project.settings(found.place)
        each = alone.setdefault(id(settings), list(_alone(settings.rules)))
        started = time.perf_counter()
        try:
            raw = store.read(found, settings.limits.file_size)
            post = make_post(Source(raw), found, settings)
        except UnreadableError:
            continue
        posts += 1
        shared["reading"] += time.perf_counter() - started
        for name, part in PARTS:
            shared[name] += _seconds(part, post)
        for name, rule_set in each:
            rules[name] += _seconds(partial(engine.lint, rules=rule_set), post)
    dearest = sorted(rules.items(), key=lambda item: -item[1])
    return posts, [Cost(*item) for item in (*shared.items(), *dearest)]


def _alone(rules: RuleSet) -> Iterator[tuple[str, RuleSet]]:
    for rule in rules.rules:
        yield f"{rule.code} {rule.name}", RuleSet([rule])


def _seconds(run: Callable[[Post], object], post: Post) -> float:
    started = time.perf_counter()
    run(post)
    return time.perf_counter() - started
