"""The tables of an archive's statistics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from newslint.core.escaping import plain
from newslint.core.finding import Severity
from newslint.linter.profile import AUTHORS, EDITORS, PICTURE_HOSTS
from newslint.reports import Context
from newslint.reports.full import STYLES, summary_lines
from newslint.reports.statistics import ArchiveStatistics, Group, RuleCount, timeline, turn
from newslint.reports.wording import Words, percent, posts

ROWS = 10
"""Rows of a table; below it stands how many more there are."""

_SPARKS = "▁▂▃▄▅▆▇█"

_EIGHTHS = " ▏▎▍▌▋▊▉"

_BAR = 12

_LABEL = 14
"""Cells of the words before a spark line."""

_WIDEST = 4
"""Cells of a month, where there are few."""

_NAME = 28
"""Cells of a name."""

_PATH = 50
"""Cells of a path."""

WORDS = {
    "clean": "clean",
    "info": "hints at worst",
    "warning": "warnings at worst",
    "error": "errors",
    "by rule": "Findings by rule",
    "months": "By month",
    "years": "By year",
    "posts": "posts",
    "share": "not clean",
    "most": "most posts: {posts} in {month}",
    "worst month": "most not clean: {share} in {month}",
    "turn": "since {month} {since} are not clean; before, {before}",
    "undated": "{posts} without a date",
    "sections": "Sections",
    "sites": "Sites",
    "worst": "The worst posts",
    EDITORS: "Editors, by posts",
    AUTHORS: "Authors, by posts",
    PICTURE_HOSTS: "Picture hosts, by pictures",
    "none": "(none)",
    "more": "and {number:,} more",
    "errors": "errors",
    "warnings": "warnings",
    "hints": "hints",
    "findings": "findings",
    "fixable": "--fix",
    "since": "since",
}
"""The words of the tables."""

_ORDER = (None, Severity.INFO, Severity.WARNING, Severity.ERROR)

_CLEAN = "green"

_SHADES = {None: "█", Severity.INFO: "▓", Severity.WARNING: "▒", Severity.ERROR: "░"}
"""What posts are drawn with by their worst finding: told apart without colour."""

_COLUMNS = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "hints": Severity.INFO}


class Tables:
    """Draws the tables: in the reader's language, in so many cells."""

    def __init__(self, words: Words, width: int) -> None:
        self.words = words
        self.width = width

    def head(self, glance: ArchiveStatistics, context: Context) -> Iterator[Text]:
        """The summary of a run, and how the posts share out by their worst finding."""
        yield from summary_lines(context)
        if not glance.all.posts:
            return
        counts = {one: glance.all.worst[one] if one else glance.all.clean for one in _ORDER}
        shown = [one for one in _ORDER if counts[one]]
        widths = _shares([counts[one] for one in shown], self.width)
        bar, legend = Text(), Text()
        for one, width in zip(shown, widths, strict=True):
            style = STYLES[one] if one else _CLEAN
            bar.append(_SHADES[one] * width, style=style)
            legend.append(f"{_SHADES[one]} ", style=style)
            share = percent(counts[one], glance.all.posts)
            legend.append(f"{counts[one]:,} {self.words(one or 'clean')} ({share})")
            legend.append("  " * (one is not shown[-1]))
        yield bar
        yield legend

    def months(self, glance: ArchiveStatistics) -> Iterator[Text]:
        """A spark line of all posts, and one of the share that is not clean, month by month."""
        room = max(self.width - _LABEL, 12)
        groups = timeline(glance.months, room)
        if not groups:
            return
        title = Text(self.words("months" if "-" in groups[0][0] else "years"), style="bold")
        if number := glance.undated.posts:
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
        for line in self.remarks(groups, glance):
            yield Text(line)

    def remarks(
        self, groups: Sequence[tuple[str, Group]], glance: ArchiveStatistics
    ) -> Iterator[str]:
        """What the spark lines show, in words."""
        month, most = max(groups, key=lambda item: item[1].posts)
        yield self.words("most", posts=posts(most.posts), month=month)
        month, worst = max(groups, key=lambda item: (_share(item[1]), item[1].posts))
        if worst.posts > worst.clean:
            share = percent(worst.posts - worst.clean, worst.posts)
            yield self.words("worst month", share=share, month=month)
        if change := turn(glance.months):
            since, before = f"{100 * change.since:.0f} %", f"{100 * change.before:.0f} %"
            yield self.words("turn", month=change.month, since=since, before=before)

    def spark_line(
        self, label: str, values: Sequence[float], most: float, style: str, cells: int
    ) -> Text:
        """A row of small columns, so many cells each, behind a label."""
        name = self.words(label)
        line = Text(name + " " * (_LABEL - cell_len(name)))
        line.append("".join(_spark(value, most) * cells for value in values), style=style)
        return line

    def table(self, *columns: str) -> Table:
        """A table whose first column is a name, and whose others are numbers."""
        table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
        table.add_column("", no_wrap=True, overflow="ellipsis")
        for column in columns:
            table.add_column(self.words(column), justify="right", no_wrap=True)
        return table

    def title(self, name: str) -> Text:
        """The heading of a table; that of a plug-in's kind of names is its own."""
        return Text(self.words(name) if name in WORDS else plain(name), style="bold")

    def more(self, rows: Sequence[object]) -> Iterator[Text]:
        """How many rows are not shown."""
        if len(rows) > ROWS:
            yield Text(self.words("more", number=len(rows) - ROWS), style="dim")

    def rules(self, rules: Sequence[RuleCount]) -> Iterator[Text | Table]:
        """What the rules found, and since when."""
        if not rules:
            return
        table = self.table("findings", "posts", "fixable", "since")
        table.add_column("", no_wrap=True)
        for one in rules[:ROWS]:
            name = Text(f"{one.code} ", style=STYLES[one.severity])
            name.append(plain(one.name), style="not bold default")
            since = min((month for month in one.months if month), default="")
            numbers = (f"{number:,}" for number in (one.findings, one.posts, one.fixable))
            table.add_row(name, *numbers, since, _bar(one.findings, rules[0].findings))
        yield self.title("by rule")
        yield table
        yield from self.more(rules)

    def groups(self, title: str, groups: Sequence[tuple[str, Group]]) -> Iterator[Text | Table]:
        """Sections or sites, the largest first."""
        if not any(name for name, _ in groups):
            return
        table = self.table("posts", "share", *_COLUMNS)
        table.add_column("", no_wrap=True)
        most = max(group.posts for _, group in groups)
        for name, group in groups[:ROWS]:
            share = percent(group.posts - group.clean, group.posts)
            numbers = (f"{group.findings[severity]:,}" for severity in _COLUMNS.values())
            bar = _bar(group.posts, most)
            table.add_row(self.name(name), f"{group.posts:,}", share, *numbers, bar)
        yield self.title(title)
        yield table
        yield from self.more(groups)

    def worst(self, worst: Sequence[tuple[str, Group]]) -> Iterator[Text | Table]:
        """The worst posts."""
        if not worst:
            return
        table = self.table(*_COLUMNS)
        for path, group in worst[:ROWS]:
            numbers = (f"{group.findings[severity]:,}" for severity in _COLUMNS.values())
            table.add_row(_end(plain(path), _PATH), *numbers)
        yield self.title("worst")
        yield table

    def names(self, kind: str, names: Sequence[tuple[str, int]]) -> Iterator[Text | Table]:
        """Names of one kind, the most frequent first."""
        table = Table(box=None, pad_edge=False, show_edge=False, show_header=False)
        table.add_column(no_wrap=True, overflow="ellipsis")
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        for name, number in names[:ROWS]:
            table.add_row(self.name(name), f"{number:,}", _bar(number, names[0][1]))
        yield self.title(kind)
        yield table
        yield from self.more(names)

    def name(self, name: str) -> Text:
        """A name that fits its column."""
        text = plain(name) or self.words("none")
        if cell_len(text) > _NAME:
            text = set_cell_size(text, _NAME - 1).rstrip() + "…"
        return Text(text)


def _shares(numbers: Sequence[int], width: int) -> list[int]:
    """Whole cells for some numbers, at least one each, ``width`` in all."""
    total = sum(numbers)
    cells = [max(1, number * width // total) for number in numbers]
    cells[cells.index(max(cells))] += width - sum(cells)
    return cells


def _share(group: Group) -> float:
    """The share that is not clean; below zero where there are no posts."""
    return 1 - group.clean / group.posts if group.posts else -1.0


def _spark(value: float, most: float) -> str:
    if value <= 0:
        return " " if value < 0 else "·"
    return _SPARKS[min(int(value / most * len(_SPARKS)), len(_SPARKS) - 1)]


def _bar(value: int, most: int) -> Text:
    """A bar of at most `_BAR` cells, exact to an eighth of a cell; never empty for something."""
    eighths = max(value * _BAR * 8 // most, 1) if value else 0
    return Text(("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip(), style="cyan")


def _end(path: str, cells: int) -> Text:
    """The end of a path, which tells it from others."""
    cut = path[-cells:]
    while cell_len(cut) > cells - 1:
        cut = cut[1:]
    return Text(path if cell_len(path) <= cells else f"…{cut}")
