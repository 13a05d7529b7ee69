"""``newslint check``: lint files and folders."""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from newslint.cli.options import Choices, configuration, project
from newslint.cli.progress import progress as _progress
from newslint.config.project import Project
from newslint.discovery import Found, discover, is_excluded, shown_path
from newslint.errors import UsageError
from newslint.finding import FileReport
from newslint.output import Context, reporter, statistics_of
from newslint.output.text import summary
from newslint.runner import Tally, lint_files, lint_text
from newslint.source import Source

STDIN = "-"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@configuration
@click.option("--output-format", metavar="FORMAT", help="full, concise, grouped, json or jsonl.")
@click.option("-o", "--output-file", metavar="FILE", help="Write there, not to standard output.")
@click.option(
    "--stdin-filename", metavar="PATH", help="What the post on standard input stands for."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="The least severity that makes the exit code 1.  [default: error]",
)
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even when named.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
@click.option("-q", "--quiet", is_flag=True, help="Findings alone, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Say what is read and how long it takes.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
def check(
    paths: tuple[str, ...],
    output_format: str | None,
    output_file: str | None,
    stdin_filename: str | None,
    fail_on: str | None,
    force_exclude: bool,
    statistics: bool,
    quiet: bool,
    verbose: bool,
    no_progress: bool,
    color: str,
    **choices: object,
) -> int:
    """Lint posts: files, folders, or `-` for one post on standard input."""
    started = time.perf_counter()
    run = project(Choices(**choices), fail_on)  # type: ignore[arg-type]
    tally = Tally()
    with _opened(output_file) as stream:
        is_terminal = stream.isatty()
        name = output_format or ("full" if is_terminal else "concise")
        render = statistics_of(name) if statistics else reporter(name)
        context = Context(tally, _wants_color(color, is_terminal), _width(stream), quiet)
        files, reports = _reports(paths, run, stdin_filename, force_exclude)
        if not files and not quiet:
            click.echo("newslint: no posts found", err=True)
        with _progress(len(files), not (no_progress or quiet)) as shown:
            chunks = render(tally.watch(shown(reports)), context)
            if is_terminal and sys.stderr.isatty():
                # The bar and the findings would write over each other.
                chunks = iter(list(chunks))
                shown.stop()
            for text in chunks:
                stream.write(text)
        stream.flush()
    if not quiet and name not in _WITH_SUMMARY and files:
        click.echo(summary(tally), err=True)
    if verbose:
        seconds = time.perf_counter() - started
        click.echo(f"newslint: {len(files):,} posts in {seconds:.2f} s", err=True)
    return 2 if tally.unreadable else int(tally.failed)


_WITH_SUMMARY = ("full", "grouped")
"""The formats that end in the summary themselves; for the others it goes to standard error."""


def _wants_color(color: str, is_terminal: bool) -> bool:
    if color == "auto":
        return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color == "always"


def _width(stream: IO[str]) -> int:
    """The width to draw in, in cells: the terminal's, else 80."""
    return shutil.get_terminal_size((80, 24)).columns if stream.isatty() else 80


@contextmanager
def _opened(file: str | None) -> Iterator[IO[str]]:
    """The stream for the findings: UTF-8 whatever the locale, and LF on every system."""
    if file is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        yield sys.stdout
        return
    try:
        stream = open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: PTH123, SIM115
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from None
    with stream:
        yield stream


def _reports(
    paths: tuple[str, ...], run: Project, stdin_filename: str | None, force_exclude: bool
) -> tuple[list[Found], Iterable[FileReport]]:
    """What is linted, and the reports of it as they are ready."""
    if STDIN in paths:
        if len(paths) > 1:
            raise UsageError("`-` reads one post from standard input: give no other path")
        return _standard_input(run, stdin_filename, force_exclude)
    if stdin_filename is not None:
        raise UsageError("--stdin-filename goes with the path `-`")
    files = discover([Path(path) for path in paths or (".",)], run, force_exclude=force_exclude)
    return files, lint_files(files, run)


def _standard_input(
    run: Project, stdin_filename: str | None, force_exclude: bool
) -> tuple[list[Found], Iterable[FileReport]]:
    file = run.folder / (stdin_filename or "stdin.md")
    raw = sys.stdin.buffer.read()
    if force_exclude and stdin_filename is not None and is_excluded(file, run):
        return [], ()
    found = Found(file, shown_path(str(file), run.folder) if stdin_filename else STDIN)
    return [found], (lint_text(Source(raw), found, run) for _ in (0,))
