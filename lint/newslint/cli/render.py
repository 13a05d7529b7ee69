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
    glance_of,
    reporter,
    statistics_of,
    wanted_detail,
)
from newslint.reports.summary import RunSummary
from newslint.reports.wording import posts, summary

if TYPE_CHECKING:
    from newslint.runner.fix import FixMode

_WITH_SUMMARY = ("full", "grouped")
"""The formats that end in the summary themselves; for the others it goes to standard error."""

_LOGGED = ("full", "concise", "grouped")
"""The formats for people, in whose text a CI system would find commands."""


class DisplayOptions(NamedTuple):
    """How the user wants to see a run. ``to_stderr`` leaves standard output to a fixed post."""

    output_format: str | None = None
    output_file: str | None = None
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    no_progress: bool = False
    color: str = "auto"
    to_stderr: bool = False
    glance: bool = False
    """Whether to show the archive at a glance, not the findings."""
    unsafe_fixes: bool = False
    """Whether a finding with an unsafe fix is shown as fixable."""
    editor: str = ""
    """The URL by which a report opens a file in an editor, with ``{path}``."""

    @property
    def wanted_detail(self) -> Detail:
        """What the format asks for besides findings.

        Raises UsageError for a format that there is not.
        """
        if self.glance or self.statistics:
            return Detail.ALL if self.glance else Detail.NONE
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
    """Write the reports of ``total`` posts as they are ready; return the exit code.

    ``notes`` gives lines that follow the summary on standard error, ``about`` what a report says
    of the run.
    """
    started = time.perf_counter()
    tally = RunSummary(unsafe_fixes=view.unsafe_fixes)
    with _opened(view) as stream:
        name = view.output_format or _default_format(view, stream.isatty())
        render = _renderer(name, view, fixing)
        colored = wants_color(view.color, stream, is_file=view.output_file is not None)
        spoken = language()
        context = Context(
            tally, colored, width(stream), view.quiet, _prefix(), spoken, about, view.editor
        )
        if not total and not view.quiet:
            echo(msg("found no posts"))
        with progress(total, not (view.no_progress or view.quiet)) as shown:
            told = map(spoken.report, shown(reports))
            chunks = render(tally.watch(told), context)
            if stream.isatty() and shown.has_bar:
                # The bar and the findings would write over each other.
                chunks = iter(list(chunks))
                shown.stop()
            for_people = name in _LOGGED or (view.glance and name != "json")
            written = _written_diff(stream) if render is diffs else inert
            # Anything but a file may end up in a log.
            is_log = view.output_file is None and (for_people or render is diffs)
            for text in chunks:
                stream.write(written(text) if is_log else text)
        stream.flush()
    _say(tally, view, name, total, time.perf_counter() - started)
    if notes is not None and total and not (view.quiet or view.glance):
        for note in notes(tally):
            echo(note)
    if tally.unreadable or tally.problems:
        return 2
    return int(tally.differs if fixing is not None and fixing.diff else tally.failed)


def show_timing(files: Sequence[PostFile], run: Project) -> int:
    """Print a table of what each rule costs; return the exit code.

    What cannot be measured is reported on standard error.
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
    """How a diff is written: exactly where a program may apply it, harmless where it is read."""
    if stream.isatty():
        return lambda text: "".join(f"{plain(line, True)}\n" for line in text.split("\n")[:-1])
    is_file = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    return inert if _in_ci() and not is_file else str


_CI = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""The variables by which CI systems say that they are there."""


def _in_ci() -> bool:
    return any(os.environ.get(name, "false").lower() not in ("", "0", "false") for name in _CI)


def _in_github() -> bool:
    """Return whether a step of GitHub Actions reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _default_format(view: DisplayOptions, is_terminal: bool) -> str:
    if _in_github() and view.output_file is None:
        return "github"
    return "full" if is_terminal else "concise"


def _prefix() -> str:
    """The way from the root of the repository that a CI system checked out, with a slash after."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        root = os.environ.get(name)
        if root and Path.cwd().is_relative_to(Path(root).resolve()):
            way = Path.cwd().relative_to(Path(root).resolve()).as_posix()
            return "" if way == "." else f"{way}/"
    return ""


def _renderer(name: str, view: DisplayOptions, fixing: FixMode | None) -> Reporter:
    if fixing is not None and fixing.diff:
        return diffs
    if view.glance:
        return glance_of(name)
    return statistics_of(name) if view.statistics else reporter(name)


def _say(tally: RunSummary, view: DisplayOptions, name: str, total: int, seconds: float) -> None:
    """What goes to standard error at the end."""
    for path, problem in tally.problems:
        line(f"newslint: {plain(path)} {plain(problem)}")
    if not (view.quiet or view.glance or name in _WITH_SUMMARY) and total:
        line(language().translate(summary(tally)))
    if view.verbose:
        echo(msg("{posts} in {seconds:.2f} s", posts=posts(total), seconds=seconds))


@contextmanager
def _opened(view: DisplayOptions) -> Iterator[IO[str]]:
    """The stream for the findings: UTF-8 whatever the locale, and LF on every system.

    Bytes of a post that are not UTF-8 go out as they came in, so that a diff can be applied.
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
        told = msg("cannot write {file}: {why}", file=view.output_file, why=error.strerror)
        raise UsageError(told) from None
    with file:
        yield file
