"""The profile of a post: its section, its date, and names in it.

The HTML report and ``newslint stats`` aggregate profiles over an archive
(`newslint.reports.statistics`). Section, month and authors come from front matter and path; names
that only a rule can find (editors, image hosts) come from `Rule.metrics`.
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

AUTHORS, EDITORS, IMAGE_HOSTS = "authors", "editors", "picture-hosts"
"""The kinds of metrics of newslint and its built-in rules."""

VALUES_KEPT = 100
"""Maximum number of different values of one kind in a profile, which limits its size."""
LENGTH_KEPT = 100
"""Maximum code points of a value."""

_CATEGORIES = ("categories", "category")
_AUTHORS = ("author", "authors")
_NAME_KEYS = ("name", "title")
_FILE_DATE = lazy.pattern(r"(\d{4})-(\d{2})-\d{2}(?!\d)")


def profile(post: Post, rules: RuleSet) -> Profile:
    """Return the profile of a post. Metrics of a rule that fails are omitted."""
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
    """Yield the texts of the first key that has any: one, a list, or the first nested list."""
    for key in keys:
        value = data.get(key)
        items = value if isinstance(value, list) else [value]
        while items and isinstance(items[0], list):
            items = items[0]  # Hexo: several category hierarchies, of which the first is used
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
    """Return the month of the date as the target reads it, as it is meant, or of the file name."""
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
    """Return the month in UTC; dates that UTC cannot represent keep their own month."""
    with suppress(OverflowError):
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment.year:04}-{moment.month:02}"
