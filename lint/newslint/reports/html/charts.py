"""Charts as plain SVG; colours and sizes are in the style sheet.

No style attributes, which a strict Content-Security-Policy forbids. Texts beside the charts contain
the same information.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import pi

from newslint.core.finding import Severity
from newslint.reports.html.escaping import escaped, fragment
from newslint.reports.statistics import Group

_ORDER = (None, Severity.INFO, Severity.WARNING, Severity.ERROR)
"""The order of severities from bottom to top, and from left to right."""

RADIUS = 54
"""Radius of the ring, in units of its image of 140 by 140."""
HEIGHT = 100
"""Height of a bar chart, in units of an image that is stretched."""
_STEP, _GAP = 10, 2
LEAST = 24
"""Minimum number of columns for which a chart has space, so that few columns are not wide."""


def parts(group: Group) -> list[tuple[str, int]]:
    """Return posts by their worst finding, with the classes that colour them."""
    counts = [(one, group.worst[one] if one else group.clean) for one in _ORDER]
    return [(one.value if one else "clean", number) for one, number in counts if number]


def ring(group: Group) -> str:
    """Return a ring whose arcs are posts by their worst finding."""
    around = 2 * pi * RADIUS
    arcs, position = [], 0.0
    for name, number in parts(group):
        length = around * number / group.posts
        arcs.append(
            f'<circle class="arc {name}" cx="70" cy="70" r="{RADIUS}" transform="rotate(-90 70 70)"'
            f' stroke-dasharray="{length:.2f} {around - length:.2f}"'
            f' stroke-dashoffset="{-position:.2f}"/>'
        )
        position += length
    track = f'<circle class="track" cx="70" cy="70" r="{RADIUS}"/>'
    return (
        f'<svg class="ring" viewBox="0 0 140 140" aria-hidden="true">{track}{"".join(arcs)}</svg>'
    )


def share_bar(group: Group) -> str:
    """Return a horizontal bar of posts by their worst finding."""
    rects, position = [], 0.0
    for name, number in parts(group):
        width = 100 * number / group.posts
        rects.append(
            f'<rect class="{name}" x="{position:.2f}" y="0" width="{width:.2f}" height="8"/>'
        )
        position += width
    return _stretched("share", 100, 8, "".join(rects))


def bar(number: int, most: int, name: str) -> str:
    """Return a horizontal bar of one colour, with a length in proportion to the longest one."""
    width = max(100 * number / most, 1) if number else 0
    shape = f'<rect class="{name}" x="0" y="0" width="{width:.2f}" height="8"/>'
    return _stretched("bar", 100, 8, shape)


def columns(
    groups: Sequence[tuple[str, Group]], titles: Sequence[str], key: str, *, shares: bool = False
) -> str:
    """Return a column for each month, posts by their worst finding, that filters by month on click.

    With ``shares`` all columns have the same height. For the mouse only: a table of links beside
    the chart does the same.
    """
    most = max((group.posts for _, group in groups), default=0) or 1
    drawn = []
    for at, ((month, group), title) in enumerate(zip(groups, titles, strict=True)):
        if not group.posts:
            continue
        rects = "".join(_column(group, group.posts if shares else most, at * _STEP, shares))
        ground = f'<rect class="hit" x="{at * _STEP}" y="0" width="{_STEP}" height="{HEIGHT}"/>'
        drawn.append(
            f'<g data-filter="{fragment(**{key: month})}"><title>{escaped(title)}</title>'
            f"{ground}{rects}</g>"
        )
    name = "columns shares" if shares else "columns"
    return _stretched(name, max(len(groups), LEAST) * _STEP, HEIGHT, "".join(drawn))


def _column(group: Group, most: int, left: int, shares: bool) -> Iterator[str]:
    below = 0.0
    for name, number in parts(group):
        if shares and name == "clean":
            continue
        height = HEIGHT * number / most
        below += height
        yield (
            f'<rect class="{name}" x="{left + _GAP / 2:g}" y="{HEIGHT - below:.2f}"'
            f' width="{_STEP - _GAP}" height="{height:.2f}"/>'
        )


def spark(values: Sequence[int]) -> str:
    """Return small columns of one colour."""
    most = max(values, default=0) or 1
    rects = "".join(
        f'<rect x="{at * _STEP}" y="{30 - max(30 * value / most, 2):.1f}" width="{_STEP - 1}"'
        f' height="{max(30 * value / most, 2):.1f}"/>'
        for at, value in enumerate(values)
        if value
    )
    return _stretched("spark", max(len(values) * _STEP, 1), 30, rects)


def _stretched(name: str, width: int, height: int, shapes: str) -> str:
    return (
        f'<svg class="{name}" viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false">{shapes}</svg>'
    )
