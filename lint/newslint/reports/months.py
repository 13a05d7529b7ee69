"""The months of an archive for charts, and the month in which findings increased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newslint.reports.statistics import Group


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The month from which an archive has more findings, with the shares before and after."""

    month: str
    before: float
    since: float


def turn(months: Sequence[tuple[str, Group]]) -> ChangePoint | None:
    """Return the month that best separates mostly clean posts before from others after it.

    None if the difference is not significant (chi-squared with one degree of freedom, at 0.001) or
    the share of posts with findings grows by less than a tenth.
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
    """Return the months in order, including months without posts, at most ``most``.

    If there are more, return years; if these are too many (because of a wrong date), the last ones
    that have posts.
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
