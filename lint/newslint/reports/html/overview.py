"""The summary above the list of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from newslint.core.finding import Impact, Severity
from newslint.reports import About
from newslint.reports.html import charts
from newslint.reports.html.escaping import escaped, fragment, number
from newslint.reports.html.tables import axis_labels, count_of, small_table
from newslint.reports.months import timeline, turn
from newslint.reports.statistics import ArchiveStatistics, Group, RuleCount
from newslint.reports.summary import RunSummary
from newslint.reports.wording import Words, percent, posts

ROWS = 8
"""Number of visible rows of a table; the others can be unfolded."""
UNFOLDED = 200
"""Maximum number of rows of a table."""
WORST = 10
MONTHS = 120
"""Maximum number of months in a chart; with more it shows years."""

Item = TypeVar("Item")


_KIND = {
    "clean": "clean",
    "info": "worst info",
    "warning": "worst warning",
    "error": "worst error",
}


class Figures:
    """Renders the figures in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def all(self, statistics: ArchiveStatistics, tally: RunSummary, about: About) -> Iterator[str]:
        """Yield the figures in blocks; empty ones are omitted."""
        yield self._header(statistics, about)
        if not statistics.all.posts:
            return
        yield self._impacts(tally)
        yield self._summary(statistics, tally)
        groups = timeline(statistics.months, MONTHS)
        if groups:
            yield self._months(statistics, groups)
        yield '<div class="grid">'
        if statistics.rules:
            yield self._rules(statistics.rules, [key for key, _ in groups])
        if any(name for name, _ in statistics.sections):
            yield self._places(
                "sections",
                "section",
                [(name, {"section": name}, group) for name, group in statistics.sections],
            )
        if statistics.sites:
            yield self._places(
                "sites",
                "site",
                [
                    (place.site, {"section": place.section, "site": place.site}, group)
                    for place, group in statistics.sites
                ],
            )
        if statistics.worst:
            yield self._worst(statistics.worst[:WORST])
        yield "</div>\n"

    def _header(self, statistics: ArchiveStatistics, about: About) -> str:
        """Return the headline, with time and command of the report."""
        group = statistics.all
        headline = self.words("headline empty")
        if group.posts:
            share = percent(group.clean, group.posts)
            headline = self.words("headline", share=share, posts=posts(group.posts))
        facts = "".join(
            f"<div><dt>{self._word(name)}</dt><dd><bdi>{escaped(value)}</bdi></dd></div>"
            for name in ("date", "target", "preset", "revision", "command")
            if (value := getattr(about, name))
        )
        if facts:
            facts = f'<dl class="about" aria-label="{self._word("about")}">{facts}</dl>'
        advice = "" if group.posts else f'<p class="note">{self._word("advice empty")}</p>'
        return (
            f'<header><p class="brand">{self._word("brand")}</p><h1>{escaped(headline)}</h1>'
            f"{facts}{advice}</header>\n"
        )

    def _impacts(self, tally: RunSummary) -> str:
        """Return a tile for each impact with its posts, and for house rules with findings."""
        tiles = []
        for impact in Impact:
            number_of = tally.posts_by_impact[impact]
            word = {"post": "post impact"}.get(impact.value, impact.value)
            if impact is Impact.HOUSE:
                number_of = tally.house
                below = "finding number" if number_of == 1 else "findings number"
            else:
                below = "post number" if number_of == 1 else "posts number"
                word += " one" if number_of == 1 else ""
            unit = self.words(below, number="").strip()
            body = (
                f'<b>{number(number_of)} <span class="unit">{escaped(unit)}</span></b>'
                f'<span class="label">{self._word(word)}</span>'
            )
            name = f"card tile impact {impact.value if number_of else 'none'}"
            link = fragment(impact=impact.value)
            tiles.append(
                f'<a class="{name}" href="{link}">{body}</a>'
                if number_of
                else f'<div class="{name}">{body}</div>'
            )
        return (
            f'<section class="impacts" aria-label="{self._word("impacts")}">{"".join(tiles)}'
            "</section>\n"
        )

    def _summary(self, statistics: ArchiveStatistics, tally: RunSummary) -> str:
        group = statistics.all
        legend = "".join(
            f'<li class="{name}"><b>{number(count)}</b> {self._word(_KIND[name])}</li>'
            for name, count in charts.parts(group)
        )
        return (
            f'<section class="summary" aria-label="{self._word("by posts")}">'
            f'<div class="card rings">{charts.ring(group)}<ul class="legend">{legend}</ul></div>'
            f"{''.join(self._tiles(group, tally))}</section>\n"
        )

    def _tiles(self, group: Group, tally: RunSummary) -> Iterator[str]:
        for severity, word in zip(Severity, ("errors", "warnings", "hints"), strict=True):
            dirty = posts(tally_posts) if (tally_posts := group.with_finding[severity]) else ""
            below = self.words("of posts", posts=dirty) if dirty else ""
            yield self._tile(severity.value, word, group.findings[severity], below)
        unsafe = self.words("mendable unsafe", number=number(tally.unsafe)) if tally.unsafe else ""
        yield self._tile("fix", "mendable", tally.safe, unsafe)
        if tally.unreadable:
            text = self.words("unreadable", posts=posts(tally.unreadable))
            yield f'<p class="note">{escaped(text)}</p>'
        if not tally.dirty:
            yield f'<p class="note good">{self._word("all clean")}</p>'

    def _tile(self, name: str, word: str, value: int, below: str) -> str:
        return (
            f'<div class="card tile {name}"><span class="label">{self._word(word)}</span>'
            f"<b>{number(value)}</b><small>{escaped(below)}</small></div>"
        )

    def _months(self, statistics: ArchiveStatistics, groups: Sequence[tuple[str, Group]]) -> str:
        first, last = groups[0][0], groups[-1][0]
        is_years = "-" not in first
        titles = [
            self.words(
                "bar said",
                month=key,
                posts=posts(group.posts),
                dirty=percent(group.posts - group.clean, group.posts),
            )
            for key, group in groups
        ]
        axis = "".join(f"<span>{label}</span>" for label in axis_labels([key for key, _ in groups]))
        most = max(group.posts for _, group in groups)
        labels = [self.words("months said", first=first, last=last), self.words("share said")]
        rows = [
            f'<tr><th scope="row"><a href="{fragment(month=key)}">{key}</a></th>'
            f'<td class="n">{number(group.posts)}</td>'
            f'<td class="n">{percent(group.posts - group.clean, group.posts)}</td></tr>'
            for key, group in groups
            if group.posts
        ]
        head = self._head_row(("month", ""), ("posts column", "n"), ("share", "n"))
        notes = "".join(self._month_notes(statistics))
        return (
            f'<section class="card wide" aria-labelledby="months"><h2 id="months">'
            f"{self._word('years' if is_years else 'months')}</h2>{notes}"
            f'<div class="plot"><p class="caption">{self._word("posts column")}</p>'
            f'<span class="top">{number(most)}</span>'
            f'<div role="img" aria-label="{escaped(labels[0])}">'
            f"{charts.columns(groups, titles, 'month')}</div>"
            f'<p class="caption">{self._word("share")}</p><span class="top">100 %</span>'
            f'<div role="img" aria-label="{escaped(labels[1])}">'
            f"{charts.columns(groups, titles, 'month', shares=True)}</div>"
            f'<span></span><div class="axis">{axis}</div></div>'
            f"<details><summary>{self._word('months table')}</summary>"
            f"{small_table(head, rows)}</details></section>\n"
        )

    def _month_notes(self, statistics: ArchiveStatistics) -> Iterator[str]:
        if change := turn(statistics.months):
            after, before = (percent(share, 1) for share in (change.since, change.before))
            text = self.words("turn", month=change.month, after=after, before=before)
            yield f'<p class="turn">{escaped(text)}</p>'
        if statistics.undated.posts:
            text = self.words("undated", posts=posts(statistics.undated.posts))
            yield f'<p class="muted">{escaped(text)}</p>'

    def _rules(self, rules: Sequence[RuleCount], keys: Sequence[str]) -> str:
        most = rules[0].findings
        with_time = len(keys) > 1

        def row(one: RuleCount) -> str:
            since = min((month for month in one.months if month), default="")
            values = [count_of(one, key) for key in keys]
            time = (
                f'<td class="time" title="{escaped(since)}">{charts.spark(values)}</td>'
                f'<td class="n since">{escaped(since)}</td>'
            )
            return (
                f'<tr><th scope="row"><a href="{fragment(rule=one.code)}">'
                f'<span class="dot {one.severity}"></span><b>{escaped(one.code)}</b> '
                f"{escaped(one.name)}</a></th>"
                f'<td class="n">{number(one.findings)}</td>'
                f'<td class="bar">{charts.bar(one.findings, most, one.severity.value)}</td>'
                f'<td class="n">{number(one.posts)}</td><td class="n">{number(one.fixable)}</td>'
                f"{time if with_time else ''}</tr>"
            )

        columns = [
            ("rule", ""),
            ("findings", "n"),
            ("", "bar"),
            ("posts column", "n"),
            ("fixable", "n"),
        ]
        columns += [("over time", "time"), ("since", "n since")] if with_time else []
        return self._block("rules", "wide", self._folded(self._head_row(*columns), rules, row))

    def _places(
        self, title: str, kind: str, places: Sequence[tuple[str, dict[str, str], Group]]
    ) -> str:
        def row(item: tuple[str, dict[str, str], Group]) -> str:
            name, filters, group = item
            shown = escaped(name) or self._word("none")
            dirty = group.posts - group.clean
            link = (
                f'<a href="{fragment(**filters)}"><bdi>{shown}</bdi></a>'
                if dirty
                else f"<bdi>{shown}</bdi>"
            )
            return (
                f'<tr><th scope="row">{link}</th><td class="n">{number(group.posts)}</td>'
                f'<td class="bar">{charts.share_bar(group)}</td>'
                f'<td class="n">{percent(dirty, group.posts)}</td>'
                f'<td class="n">{number(group.findings.total())}</td></tr>'
            )

        columns = (
            (kind, ""),
            ("posts column", "n"),
            ("", "bar"),
            ("share", "n"),
            ("findings", "n"),
        )
        return self._block(title, "", self._folded(self._head_row(*columns), places, row))

    def _worst(self, worst: Sequence[tuple[str, Group]]) -> str:
        rows = [
            f'<tr><th scope="row"><a href="{fragment(post=path)}">'
            f"<bdi>{escaped(path)}</bdi></a></th>"
            + "".join(f'<td class="n">{number(group.findings[one])}</td>' for one in Severity)
            + "</tr>"
            for path, group in worst
        ]
        head = self._head_row(("path", ""), ("errors", "n"), ("warnings", "n"), ("hints", "n"))
        return self._block("worst", "wide", small_table(head, rows))

    def _block(self, title: str, size: str, body: str) -> str:
        return (
            f'<section class="card {size}" aria-labelledby="{title}">'
            f'<h2 id="{title}">{self._word(title)}</h2>{body}</section>\n'
        )

    def _folded(self, head: str, items: Sequence[Item], row: Callable[[Item], str]) -> str:
        """Return a table of the first rows, and the complete table to unfold."""
        rows = [row(item) for item in items[:UNFOLDED]]
        first = small_table(head, rows[:ROWS])
        if len(rows) <= ROWS:
            return first
        text = self.words("all rows", number=number(len(items)))
        others = small_table(head, rows[ROWS:])
        return f"{first}<details><summary>{escaped(text)}</summary>{others}</details>"

    def _head_row(self, *columns: tuple[str, str]) -> str:
        cells = "".join(
            f'<th scope="col" class="{name}">{self._word(word)}</th>'
            if word
            else f'<td class="{name}"></td>'
            for word, name in columns
        )
        return f"<thead><tr>{cells}</tr></thead>"

    def _word(self, name: str) -> str:
        return escaped(self.words(name))
