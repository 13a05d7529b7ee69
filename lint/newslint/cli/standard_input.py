"""``newslint -``: check a post on standard input, or fix it to standard output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from newslint.cli.combinations import STDIN
from newslint.cli.filter_options import Filters
from newslint.cli.left_out import report_skipped
from newslint.cli.render import DisplayOptions, show
from newslint.config.project import Project
from newslint.core.escaping import plain
from newslint.core.messages import msg
from newslint.core.report import FileReport
from newslint.core.source import Source
from newslint.files import site_files
from newslint.files.local import is_excluded, shown_path
from newslint.files.posts import LeftOut, PostFile
from newslint.runner.guarding import unreadable
from newslint.runner.lint import lint_source

if TYPE_CHECKING:
    from newslint.config.settings import Settings
    from newslint.online.client import Network
    from newslint.runner.fix import FixMode

_PIECE = 1_000_000
"""Bytes that are copied at a time of a post that is too large."""


def standard_input(
    run: Project,
    name: str | None,
    force_exclude: bool,
    view: DisplayOptions,
    fixing: FixMode | None,
    narrow: Filters,
    network: Network | None,
) -> int:
    """Lint the post on standard input, or write its fixed text to standard output.

    ``name`` is the path that it represents. Returns the exit code. If there is nothing to fix, or
    the post is too large, the input is written unchanged.
    """
    file = run.folder / (name or "stdin.md")
    settings = run.settings(file)
    found = PostFile(str(file), shown_path(str(file), run.folder) if name else STDIN)
    raw = sys.stdin.buffer.read(settings.limits.file_size + 1)
    source = Source(raw)
    reason = _why_no_post(source, str(file), run) if name else None
    if reason is not None and not view.quiet:
        report_skipped([LeftOut(found.shown, reason)])
    if reason is not None or (force_exclude and name is not None and is_excluded(file, run)):
        reports, result = [], source
    elif len(raw) > settings.limits.file_size:
        reports, result = [_too_large(found, settings)], source
    else:
        report, result = _checked(source, found, settings, run, fixing, network)
        reports = [report]
    if fixing is None or fixing.diff:
        return show(narrow(reports), len(reports), view, fixing)
    _write(result)
    return show(narrow(reports), len(reports), view._replace(to_stderr=True), fixing)


def _checked(
    source: Source,
    found: PostFile,
    settings: Settings,
    run: Project,
    fixing: FixMode | None,
    network: Network | None,
) -> tuple[FileReport, Source]:
    """Return the report of a post, and the post after fixes."""
    if network is not None:
        from newslint.runner.online_rules import send_requests

        posts = [(found, lint_source(source, found, settings, alone=True)[1])]
        send_requests(posts, run, network)
    if fixing is None:
        return lint_source(source, found, settings, network, alone=True, with_site=True)[0], source
    from newslint.runner.fix import fix_source

    fixed = fix_source(source, found, settings, fixing, network)
    return fixed.report, fixed.source


def _too_large(found: PostFile, settings: Settings) -> FileReport:
    limit = settings.limits.file_size
    why = msg("is longer than {limit:,} bytes (limits.file-size)", limit=limit)
    return unreadable(found, settings, why)


def _write(result: Source) -> None:
    """Write a post to standard output, and the rest of standard input."""
    if sys.stdout.isatty():
        # On a terminal, a post's text must not be executed as escape sequences.
        sys.stdout.write("".join(f"{plain(line, True)}\n" for line in result.text.splitlines()))
    else:
        sys.stdout.buffer.write(result.raw)
        while rest := sys.stdin.buffer.read(_PIECE):
            sys.stdout.buffer.write(rest)
    sys.stdout.flush()


def _why_no_post(source: Source, file: str, run: Project) -> str | None:
    """Return why the post on standard input is not a post of its site, or None."""
    if (reason := site_files.why_not(file, run)) is not None:
        return reason
    return site_files.why_no_post(file, source.text, run)
