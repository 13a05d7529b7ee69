"""Small parts of the report's overview."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.reports.html import charts
from newslint.reports.statistics import RuleCount


def count_of(one: RuleCount, key: str) -> int:
    """Return the posts of a month or year in which a rule found something."""
    if "-" in key:
        return one.months[key]
    return sum(value for month, value in one.months.items() if month.startswith(key))


def axis_labels(keys: Sequence[str]) -> list[str]:
    """Return labels for the first, middle and last column; for few columns the range."""
    if len(keys) >= charts.LEAST:
        return [keys[0], keys[len(keys) // 2], keys[-1]]
    return [keys[0] if len(keys) == 1 else f"{keys[0]} – {keys[-1]}"]


def small_table(head: str, rows: Sequence[str]) -> str:
    """Return a table that scrolls in a narrow window."""
    return f'<div class="scroll"><table>{head}<tbody>{"".join(rows)}</tbody></table></div>'
