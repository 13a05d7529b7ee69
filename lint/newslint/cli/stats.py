"""``newslint stats``: summarize an archive."""

from __future__ import annotations

import click

from newslint.cli import words
from newslint.cli.click_options import (
    color_option,
    configuration,
    fail_on_option,
    narrowing_options,
    output_file_option,
    running_options,
)
from newslint.cli.filter_options import filters
from newslint.cli.given_paths import existing
from newslint.cli.left_out import report_skipped
from newslint.cli.render import DisplayOptions, show
from newslint.cli.rule_options import SelectionOptions, project
from newslint.cli.run_options import Running
from newslint.core.report import Detail
from newslint.files.discovery import discover, located


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=words.paths)
@configuration
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@output_file_option
@fail_on_option
@narrowing_options
@running_options
@click.option("-q", "--quiet", is_flag=True, help="Print tables only, without chart and notes.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@color_option
def stats(
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    fail_on: str | None,
    baseline: str | None,
    changed_since: str | None,
    impact: tuple[str, ...],
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    no_cache: bool,
    cache_dir: str | None,
    quiet: bool,
    no_progress: bool,
    color: str,
    **choices: object,
) -> int:
    """Summarize an archive: the share of clean posts, and the findings of the others.

    Shows findings by rule, section, site and month, the posts with the most findings, and the
    editors, authors and image hosts by number of posts or images.
    """
    run = project(SelectionOptions(**choices), fail_on, detail=Detail.ALL)  # type: ignore[arg-type]
    running = Running(jobs, no_cache, cache_dir, None, engine, scheduler)
    running.check()
    given, run = located(existing(paths) or (".",), run)
    files = discover(given, run)
    if not quiet:
        report_skipped(files.left_out)
    if not files:
        # An invalid option is an error even if there are no posts.
        run.settings(run.folder / "post.md")
    narrow = filters(run, files, baseline, changed_since, impact)
    reports = running(files, run, None)
    view = DisplayOptions(
        output_format, output_file, False, quiet, False, no_progress, color, archive_statistics=True
    )
    code = show(narrow(reports), len(files), view, None)
    if not quiet:
        narrow.report_left_out()
    return code
