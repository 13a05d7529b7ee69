"""The tables of ``newslint stats``, translated, for a given width in terminal cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from newslint.core.escaping import plain
from newslint.core.finding import Impact, Severity
from newslint.linter.profile import AUTHORS, EDITORS, IMAGE_HOSTS
from newslint.reports import Context, cell_charts
from newslint.reports.full import STYLES, summary_lines
from newslint.reports.months import timeline, turn
from newslint.reports.statistics import ArchiveStatistics, Group, RuleCount, once
from newslint.reports.wording import Words, percent, posts

ROWS = 10
"""Maximum number of rows of a table; the next line has the number of the others."""
_ROOMY = 76
"""Minimum width in cells for bars in the table of rules."""
_LEAST = {"since": len("2021-12")}
"""Width in cells of columns whose content is wider than their heading."""
_CODES = 5
"""Maximum number of rules that are listed for an impact."""
_BESIDE = 42
"""Width in cells of the other columns of that table."""
_ALWAYS = (Impact.BUILD, Impact.POST)
"""Impacts of which all rules are listed."""
_IMPACT_STYLES = {
    Impact.BUILD: "bold red", Impact.POST: "bold red", Impact.CONTENT: "red",
    Impact.SECURITY: "magenta", Impact.HOUSE: "default",
}  # fmt: skip
_LABEL = 14
"""Width in cells of the label of a spark line."""
_WIDEST = 4
"""Maximum width in cells of a month."""
_NAME = 28
"""Maximum width in cells of a name."""
_PATH = 50
"""Maximum width in cells of a path."""

WORDS = {
    "impacts": "Impact on readers",
    "impact build": "Stop the build",
    "impact post": "Are not published",
    "impact content": "Lose text or images",
    "impact security": "Run scripts of other sites",
    "impact house": "House rules",
    "clean": "clean",
    "info": "info only",
    "warning": "warnings, no errors",
    "error": "errors",
    "by rule": "Findings by rule",
    "months": "By month",
    "years": "By year",
    "posts": "posts",
    "share": "with findings",
    "most": "most posts: {posts} in {month}",
    "worst month": "highest share with findings: {share} in {month}",
    "turn": "since {month}, {since} have findings; before, {before}",
    "undated": "{posts} without a date",
    "sections": "Sections",
    "sites": "Sites",
    "worst": "Posts with most findings",
    EDITORS: "Editors by number of posts",
    AUTHORS: "Authors by number of posts",
    IMAGE_HOSTS: "Image hosts by number of images",
    "none": "(none)",
    "more": "and {number:,} more",
    "errors": "errors",
    "warnings": "warnings",
    "hints": "info",
    "findings": "findings",
    "fixable": "--fix",
    "since": "since",
}
"""The texts of the tables."""

_ORDER = (None, Severity.INFO, Severity.WARNING, Severity.ERROR)
_CLEAN = "green"
_SHADES = {None: "█", Severity.INFO: "▓", Severity.WARNING: "▒", Severity.ERROR: "░"}
"""Characters for posts by worst finding, distinguishable without colours."""
_COLUMNS = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "hints": Severity.INFO}


class Tables:
    """Renders the tables in one language, for a width in cells."""

    def __init__(self, words: Words, width: int) -> None:
        self.words = words
        self.width = width

    def head(self, statistics: ArchiveStatistics, context: Context) -> Iterator[Text]:
        """Yield the summary of a run, and the shares of posts by their worst finding."""
        yield from summary_lines(context)
        if not statistics.all.posts:
            return
        counts = {one: statistics.all.worst[one] if one else statistics.all.clean for one in _ORDER}
        shown = [one for one in _ORDER if counts[one]]
        widths = cell_charts.shares([counts[one] for one in shown], self.width)
        bar, legend = Text(), Text()
        for one, width in zip(shown, widths, strict=True):
            style = STYLES[one] if one else _CLEAN
            bar.append(_SHADES[one] * width, style=style)
            legend.append(f"{_SHADES[one]} ", style=style)
            share = percent(counts[one], statistics.all.posts)
            legend.append(f"{self.words(one or 'clean')}: {counts[one]:,} ({share})")
            legend.append("  " * (one is not shown[-1]))
        yield bar
        yield legend

    def impacts(self, statistics: ArchiveStatistics) -> Iterator[Text | Table]:
        """Yield the table of impacts: posts, findings and rules of each, the worst first."""
        costs = {impact: cost for impact, cost in statistics.impacts.items() if cost.posts}
        if not costs:
            return
        table = self.table("posts", "findings")
        table.add_column("", no_wrap=True)
        for impact, cost in costs.items():
            name = Text(self.words(f"impact {impact}"), style=_IMPACT_STYLES[impact])
            rules = [code for code, _ in cost.rules.most_common()]
            table.add_row(name, f"{cost.posts:,}", f"{cost.findings:,}", self.codes(rules))
        yield Text(self.words("impacts"), style="bold")
        yield table

    def codes(self, codes: Sequence[str]) -> Text:
        """Return codes of rules, the most frequent first: as many as fit beside three columns."""
        text = ""
        for shown in range(1, min(len(codes), _CODES) + 1):
            rest = len(codes) - shown
            more = [self.words("more", number=rest)] if rest else []
            longer = " ".join((*codes[:shown], *more))
            if text and cell_len(longer) > self.width - _BESIDE:
                break
            text = longer
        return Text(text, style="dim")

    def months(self, statistics: ArchiveStatistics) -> Iterator[Text]:
        """Yield spark lines by month: all posts, and the share of posts with findings."""
        room = max(self.width - _LABEL, 12)
        groups = timeline(statistics.months, room)
        if not groups:
            return
        title = Text(self.words("months" if "-" in groups[0][0] else "years"), style="bold")
        if number := statistics.undated.posts:
            title.append(f"  {self.words('undated', posts=posts(number))}", style="not bold dim")
        yield title
        values = [group.posts for _, group in groups]
        shares = [_share(group) for _, group in groups]
        cells = max(1, min(_WIDEST, room // len(groups)))
        yield self.spark_line("posts", values, max(values), "cyan", cells)
        yield self.spark_line("share", shares, 1.0, "red", cells)
        first, last = groups[0][0], groups[-1][0]
        gap = len(groups) * cells - len(first) - len(last)
        both = f"{first}{' ' * gap}{last}" if gap > 0 else f"{first}–{last}"
        yield Text(" " * _LABEL + (both if len(groups) > 1 else first), style="dim")
        for line in self.remarks(groups, statistics):
            yield Text(line)

    def remarks(
        self, groups: Sequence[tuple[str, Group]], statistics: ArchiveStatistics
    ) -> Iterator[str]:
        """Yield remarks about the spark lines, as messages."""
        month, most = max(groups, key=lambda item: item[1].posts)
        yield self.words("most", posts=posts(most.posts), month=month)
        month, worst = max(groups, key=lambda item: (_share(item[1]), item[1].posts))
        if worst.posts > worst.clean:
            share = percent(worst.posts - worst.clean, worst.posts)
            yield self.words("worst month", share=share, month=month)
        if change := turn(statistics.months):
            since, before = f"{100 * change.since:.0f} %", f"{100 * change.before:.0f} %"
            yield self.words("turn", month=change.month, since=since, before=before)

    def spark_line(
        self, label: str, values: Sequence[float], most: float, style: str, cells: int
    ) -> Text:
        """Return a label, and a row of small columns of ``cells`` width each."""
        name = self.words(label)
        line = Text(name + " " * (_LABEL - cell_len(name)))
        line.append(
            "".join(cell_charts.spark(value, most) * cells for value in values), style=style
        )
        return line

    def table(self, *columns: str) -> Table:
        """Return a table with a column of names, and columns of numbers."""
        table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
        table.add_column("", no_wrap=True, overflow="ellipsis")
        for column in columns:
            heading = self.words(column)
            least = max(cell_len(heading), _LEAST.get(column, 0))
            table.add_column(heading, justify="right", no_wrap=True, min_width=least)
        return table

    def title(self, name: str) -> Text:
        """Return the heading of a table; for a kind of names of a plug-in, the kind."""
        return Text(self.words(name) if name in WORDS else plain(name), style="bold")

    def more(self, rows: Sequence[object], shown: int) -> Iterator[Text]:
        """Yield the number of rows that are not shown."""
        if len(rows) > shown:
            yield Text(self.words("more", number=len(rows) - shown), style="dim")

    def rules(self, rules: Sequence[RuleCount]) -> Iterator[Text | Table]:
        """Yield the table of all rules and their first months, the worst impact first."""
        if not rules:
            return
        table = self.table("findings", "posts", "fixable", "since")
        if has_bars := self.width >= _ROOMY:
            table.add_column("", no_wrap=True)
        most = max(one.findings for one in rules)
        shown = _shown(rules, max(ROWS, sum(one.impact in _ALWAYS for one in rules)))
        for one in rules[:shown]:
            name = Text(f"{one.code} ", style=STYLES[one.severity])
            name.append(plain(one.name), style="not bold default")
            since = min((month for month in one.months if month), default="")
            numbers = (f"{number:,}" for number in (one.findings, one.posts, one.fixable))
            bars = [cell_charts.bar(one.findings, most)] if has_bars else []
            table.add_row(name, *numbers, since, *bars)
        yield self.title("by rule")
        yield table
        yield from self.more(rules, shown)

    def groups(self, title: str, groups: Sequence[tuple[str, Group]]) -> Iterator[Text | Table]:
        """Yield the table of sections or sites, the largest first."""
        groups = once(groups)
        if not any(name for name, _ in groups):
            return
        table = self.table("posts", "share", *_COLUMNS)
        table.add_column("", no_wrap=True)
        most = max(group.posts for _, group in groups)
        shown = _shown(groups)
        for name, group in groups[:shown]:
            share = percent(group.posts - group.clean, group.posts)
            numbers = (f"{group.findings[severity]:,}" for severity in _COLUMNS.values())
            bar = cell_charts.bar(group.posts, most)
            table.add_row(self.name(name), f"{group.posts:,}", share, *numbers, bar)
        yield self.title(title)
        yield table
        yield from self.more(groups, shown)

    def worst(self, worst: Sequence[tuple[str, Group]]) -> Iterator[Text | Table]:
        """Yield the table of the worst posts."""
        if not worst:
            return
        table = self.table(*_COLUMNS)
        for path, group in worst[:ROWS]:
            numbers = (f"{group.findings[severity]:,}" for severity in _COLUMNS.values())
            table.add_row(_end(plain(path), _PATH), *numbers)
        yield self.title("worst")
        yield table

    def names(self, kind: str, names: Sequence[tuple[str, int]]) -> Iterator[Text | Table]:
        """Yield the table of names of one kind, the most frequent first."""
        table = Table(box=None, pad_edge=False, show_edge=False, show_header=False)
        table.add_column(no_wrap=True, overflow="ellipsis")
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        shown = _shown(names)
        for name, number in names[:shown]:
            table.add_row(self.name(name), f"{number:,}", cell_charts.bar(number, names[0][1]))
        yield self.title(kind)
        yield table
        yield from self.more(names, shown)

    def name(self, name: str) -> Text:
        """Return a name, cut to its column."""
        text = plain(name) or self.words("none")
        if cell_len(text) > _NAME:
            text = set_cell_size(text, _NAME - 1).rstrip() + "…"
        return Text(text)


def _shown(rows: Sequence[object], most: int = ROWS) -> int:
    """Return the number of rows to show: instead of "and 1 more", that row is shown."""
    return len(rows) if len(rows) == most + 1 else min(most, len(rows))


def _share(group: Group) -> float:
    """Return the share of posts with findings; negative if there are no posts."""
    return 1 - group.clean / group.posts if group.posts else -1.0


def _end(path: str, cells: int) -> Text:
    """Return the end of a path, which distinguishes it from others."""
    cut = path[-cells:]
    while cell_len(cut) > cells - 1:
        cut = cut[1:]
    return Text(path if cell_len(path) <= cells else f"…{cut}")
