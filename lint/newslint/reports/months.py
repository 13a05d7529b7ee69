"""The months of an archive: which are drawn, and when findings began to rise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newslint.reports.statistics import Group


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """When an archive began to break: the share of posts that are not clean, before and since."""

    month: str
    before: float
    since: float


def turn(months: Sequence[tuple[str, Group]]) -> ChangePoint | None:
    """Return the month that parts the posts best into mostly clean ones before and others since.

    None where no month does, so that chance could not (chi-squared with one degree of freedom, at
    0.001) and the share grows by a tenth at least.
    """
    posts = sum(group.posts for _, group in months)
    dirty = posts - sum(group.clean for _, group in months)
    if not 0 < dirty < posts:
        return None
    spread = dirty / posts * (1 - dirty / posts)
    best, found = _CHANCE, None
    before = before_dirty = 0
    for month, group in months:
        since = posts - before
        if before and since:
            was, is_now = before_dirty / before, (dirty - before_dirty) / since
            score = (is_now - was) ** 2 * before * since / posts / spread
            if score > best and is_now - was >= _GROWTH:
                best, found = score, ChangePoint(month, was, is_now)
        before += group.posts
        before_dirty += group.posts - group.clean
    return found


_CHANCE = 10.83
_GROWTH = 0.1


def timeline(months: Sequence[tuple[str, Group]], most: int) -> list[tuple[str, Group]]:
    """Return the months in their order, those without posts between them too, ``most`` at most.

    Where there are more it is the years; where these are too many (a date gone wrong), the last
    ones that have posts.
    """
    groups = dict(months)
    if not _fits(groups, most):
        groups = {}
        for month, group in months:
            groups.setdefault(month[:4], Group()).add(group)
    if not _fits(groups, most):
        return sorted(groups.items())[-most:]
    name = _month_name if any("-" in key for key in groups) else "{:04}".format
    keys = range(_number(min(groups)), _number(max(groups)) + 1) if groups else ()
    return [(key, groups.get(key, Group())) for key in map(name, keys)]


def _fits(groups: Iterable[str], most: int) -> bool:
    numbers = [_number(key) for key in groups]
    return not numbers or max(numbers) - min(numbers) < most


def _number(key: str) -> int:
    year, _, month = key.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _month_name(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
