"""The profile of a post: its section, its date, and the names in it.

This is the one place that gathers such things: the HTML report and ``newslint stats`` count them
over an archive (`newslint.reports.statistics`), and so may whatever else asks what is usual in one.
Section, month and authors are read from the front matter and the path; what only a rule can tell
(the editors, the image hosts) the rule notes itself, by `Rule.metrics`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newslint.core import lazy
from newslint.core.report import Profile

if TYPE_CHECKING:
    from newslint.linter.ruleset import RuleSet
    from newslint.post.post import Post

AUTHORS, EDITORS, PICTURE_HOSTS = "authors", "editors", "picture-hosts"
"""The kinds of notes that newslint and its own rules make."""

VALUES_KEPT = 100
"""Different values of one kind that are kept of a post: a profile must stay small."""
LENGTH_KEPT = 100
"""Code points that are kept of a value."""

_CATEGORIES = ("categories", "category")
_AUTHORS = ("author", "authors")
_NAME_KEYS = ("name", "title")
_FILE_DATE = lazy.pattern(r"(\d{4})-(\d{2})-\d{2}(?!\d)")


def profile(post: Post, rules: RuleSet) -> Profile:
    """Return the profile of a post. A rule that breaks at it notes nothing."""
    header = post.front_matter
    data = header.data if header is not None else {}
    counts: Counter[tuple[str, str]] = Counter()
    counts.update((AUTHORS, author) for author in _texts(data, _AUTHORS))
    for rule in rules.measuring:
        try:
            counts.update(_short(kind, value) for kind, value in rule.metrics(post))
        except Exception:  # noqa: S112 - its check says so as a finding of its own
            continue
    return Profile(tuple(_texts(data, _CATEGORIES)), _month(post, data), tuple(_kept(counts)))


def _kept(counts: Counter[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    kinds: Counter[str] = Counter()
    for (kind, value), number in counts.items():
        kinds[kind] += 1
        if kinds[kind] <= VALUES_KEPT:
            yield kind, value, number


def _short(kind: str, value: str) -> tuple[str, str]:
    return kind, value[:LENGTH_KEPT]


def _texts(data: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Yield the texts of the first key that has any: one, a list, or the first list of a list."""
    for key in keys:
        value = data.get(key)
        items = value if isinstance(value, list) else [value]
        while items and isinstance(items[0], list):
            items = items[0]  # Hexo: several ways of categories, of which the first counts
        texts = [text for item in items[:VALUES_KEPT] if (text := _text(item))]
        if texts:
            yield from texts
            return


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = next((value[key] for key in _NAME_KEYS if key in value), None)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return " ".join(str(value)[: 4 * LENGTH_KEPT].split())[:LENGTH_KEPT]


def _month(post: Post, data: Mapping[str, Any]) -> str:
    """The month of the date as the target reads it, or as it is meant, or of the file's name."""
    value = data.get("date")
    if value is not None and value != "":
        from newslint.generators.dates import read_date

        scalar = post.front_matter.scalar(("date",)) if post.front_matter else None
        text = scalar.value if scalar is not None else str(value)
        plain = scalar is not None and not scalar.style
        for target in (post.target.name, "html"):
            reading = read_date(value, text, plain, target, post.target.version)
            if reading.outcome is None and reading.instant is not None:
                return _month_of(reading.instant)
    named = _FILE_DATE.match(post.path.name)
    return f"{named[1]}-{named[2]}" if named and "01" <= named[2] <= "12" else ""


def _month_of(moment: datetime) -> str:
    """Return the month in UTC; a moment at the very end of time stays in its own."""
    with suppress(OverflowError):
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment.year:04}-{moment.month:02}"
