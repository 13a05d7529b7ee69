"""Print the reports of a run: stream, format and exit code."""

from __future__ import annotations

import io
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from newslint.cli.localization import echo, language, line
from newslint.cli.progress import progress
from newslint.cli.terminal import wants_color, width
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.escaping import inert, plain
from newslint.core.messages import msg
from newslint.core.report import Detail, FileReport
from newslint.files.posts import PostFile
from newslint.reports import (
    About,
    Context,
    Reporter,
    diffs,
    reporter,
    statistics_of,
    stats_reporter,
    wanted_detail,
)
from newslint.reports.summary import RunSummary
from newslint.reports.wording import posts, summary

if TYPE_CHECKING:
    from newslint.runner.fix import FixMode

_WITH_SUMMARY = ("full", "grouped")
"""Formats that include the summary; for the others it is printed on standard error."""

_LOGGED = ("full", "concise", "grouped")
"""Formats for people, in whose text CI systems would find commands."""


class DisplayOptions(NamedTuple):
    """How a run is shown. With ``to_stderr`` standard output is reserved for a fixed post."""

    output_format: str | None = None
    output_file: str | None = None
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    no_progress: bool = False
    color: str = "auto"
    to_stderr: bool = False
    archive_statistics: bool = False
    """Whether to show statistics of the archive instead of findings."""
    unsafe_fixes: bool = False
    """Whether findings with an unsafe fix are shown as fixable."""
    editor: str = ""
    """The URL with which a report opens a file in an editor, with ``{path}``."""

    @property
    def wanted_detail(self) -> Detail:
        """Return the details that the format needs besides findings.

        Raises UsageError for an unknown format.
        """
        if self.archive_statistics or self.statistics:
            return Detail.ALL if self.archive_statistics else Detail.NONE
        is_terminal = self.output_file is None and sys.stdout.isatty()
        return wanted_detail(reporter(self.output_format or _default_format(self, is_terminal)))


def show(
    reports: Iterable[FileReport],
    total: int,
    view: DisplayOptions,
    fixing: FixMode | None,
    notes: Callable[[RunSummary], Iterable[str]] | None = None,
    about: Callable[[], About] = About,
) -> int:
    """Write the reports of ``total`` posts as they arrive; return the exit code.

    ``notes`` returns lines to print after the summary on standard error, ``about`` facts about the
    run.
    """
    started = time.perf_counter()
    tally = RunSummary(unsafe_fixes=view.unsafe_fixes)
    with _opened(view) as stream:
        name = view.output_format or _default_format(view, stream.isatty())
        render = _renderer(name, view, fixing)
        context = _context(tally, view, stream, about)
        if not total and not view.quiet:
            echo(msg("found no posts"))
        with progress(total, not (view.no_progress or view.quiet)) as shown:
            translated = map(language().report, shown(reports))
            chunks = render(tally.watch(translated), context)
            if stream.isatty() and shown.has_bar:
                # Progress bar and findings would overwrite each other.
                chunks = iter(list(chunks))
                shown.stop()
            written = _written_diff(stream) if render is diffs else inert
            is_log = _is_log(name, view, render)
            for text in chunks:
                stream.write(written(text) if is_log else text)
        stream.flush()
    _print_summary(tally, view, name, total, time.perf_counter() - started)
    if notes is not None and total and not (view.quiet or view.archive_statistics):
        for note in notes(tally):
            echo(note)
    if tally.unreadable or tally.problems:
        return 2
    return int(tally.differs if fixing is not None and fixing.diff else tally.failed)


def _context(
    tally: RunSummary, view: DisplayOptions, stream: IO[str], about: Callable[[], About]
) -> Context:
    colored = wants_color(view.color, stream, is_file=view.output_file is not None)
    return Context(
        tally, colored, width(stream), view.quiet, _prefix(), language(), about, view.editor
    )


def _is_log(name: str, view: DisplayOptions, render: Reporter) -> bool:
    """Return whether text for people may be written to a log rather than a file."""
    for_people = name in _LOGGED or (view.archive_statistics and name != "json")
    return view.output_file is None and (for_people or render is diffs)


def show_timing(files: Sequence[PostFile], run: Project) -> int:
    """Print a table with the cost of each rule; return the exit code.

    Posts that cannot be measured are reported on standard error.
    """
    import click
    from rich.cells import cell_len

    from newslint.runner.timing import Cost, measure

    unreadable: list[FileReport] = []
    number, costs = measure(files, run, unreadable)
    total = sum(cost.seconds for cost in costs)
    translate = language().translate
    click.echo(f"{'':38} {translate(msg('µs/post')):>10} {translate(msg('share')):>7}")
    for cost in (*costs, Cost(posts(number), total)):
        name, each = translate(cost.name), cost.seconds / max(number, 1) * 1e6
        blanks = " " * (38 - cell_len(name))
        click.echo(f"{name}{blanks} {each:10.1f} {cost.seconds / (total or 1.0):7.1%}")
    for report in map(language().report, unreadable):
        for one in report.diagnostics:
            line(f"newslint: {plain(report.path)} {plain(one.finding.message)}")
    return 2 if unreadable else 0


def _written_diff(stream: IO[str]) -> Callable[[str], str]:
    """Return how to write a diff: exact where a program may apply it, else with escapes."""
    if stream.isatty():
        return lambda text: "".join(f"{plain(line, True)}\n" for line in text.split("\n")[:-1])
    is_file = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    return inert if _in_ci() and not is_file else str


_CI = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Environment variables that CI systems set."""


def _in_ci() -> bool:
    return any(os.environ.get(name, "false").lower() not in ("", "0", "false") for name in _CI)


def _in_github() -> bool:
    """Return whether GitHub Actions reads the output."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _default_format(view: DisplayOptions, is_terminal: bool) -> str:
    if _in_github() and view.output_file is None:
        return "github"
    return "full" if is_terminal else "concise"


def _prefix() -> str:
    """Return the path from the root of the repository in CI to the current folder, or empty."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        root = os.environ.get(name)
        if root and Path.cwd().is_relative_to(Path(root).resolve()):
            way = Path.cwd().relative_to(Path(root).resolve()).as_posix()
            return "" if way == "." else f"{way}/"
    return ""


def _renderer(name: str, view: DisplayOptions, fixing: FixMode | None) -> Reporter:
    if fixing is not None and fixing.diff:
        return diffs
    if view.archive_statistics:
        return stats_reporter(name)
    return statistics_of(name) if view.statistics else reporter(name)


def _print_summary(
    tally: RunSummary, view: DisplayOptions, name: str, total: int, seconds: float
) -> None:
    """Print the summary on standard error."""
    for path, problem in tally.problems:
        line(f"newslint: {plain(path)} {plain(problem)}")
    if not (view.quiet or view.archive_statistics or name in _WITH_SUMMARY) and total:
        line(language().translate(summary(tally)))
    if view.verbose:
        echo(msg("{posts} in {seconds:.2f} s", posts=posts(total), seconds=seconds))


@contextmanager
def _opened(view: DisplayOptions) -> Iterator[IO[str]]:
    """Open the stream for findings: UTF-8 in any locale, and LF on every system.

    Bytes that are not UTF-8 are written unchanged, so that a diff can be applied.
    """
    if view.output_file is None:
        stream = sys.stderr if view.to_stderr else sys.stdout
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
        yield stream
        return
    try:
        path = Path(view.output_file)
        file = path.open("w", encoding="utf-8", errors="surrogateescape", newline="\n")
    except OSError as error:
        translated = msg("cannot write {file}: {why}", file=view.output_file, why=error.strerror)
        raise UsageError(translated) from None
    with file:
        yield file
