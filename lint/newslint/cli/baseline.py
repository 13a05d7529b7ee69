"""``newslint baseline``: record current findings, so that only new ones are reported."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from newslint.cli import words
from newslint.cli.click_options import configuration, online_option
from newslint.cli.given_paths import existing
from newslint.cli.left_out import report_skipped
from newslint.cli.localization import echo
from newslint.cli.online import check_choices, network_client, report_network
from newslint.cli.progress import progress
from newslint.cli.rule_options import SelectionOptions, project
from newslint.cli.run_options import Running
from newslint.core.errors import UsageError
from newslint.core.escaping import plain
from newslint.core.messages import msg
from newslint.files.atomic_writer import WriteError, put
from newslint.files.discovery import discover, located, rest_of_archive
from newslint.files.site_files import unpublished_name
from newslint.reports import wording
from newslint.reports.summary import RunSummary
from newslint.runner.baseline import FILE_NAME, Baseline, KnownPost, dump, load, renewed


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=words.paths)
@configuration
@click.option(
    "-o",
    "--output-file",
    metavar="FILE",
    help=msg("The baseline file.  [default: {file_name}]", file_name=FILE_NAME),
)
@click.option("--prune", is_flag=True, help="Remove fixed findings only, add none.")
@online_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def baseline(
    paths: tuple[str, ...],
    output_file: str | None,
    prune: bool,
    quiet: bool,
    no_progress: bool,
    **choices: object,
) -> int:
    """Write current findings to a file, to hide them.

    `newslint check --baseline FILE` then reports only new findings. A finding is identified by its
    post, its rule, its message and its number of occurrences, not by its line; a renamed post by
    its content. Entries of posts that are not below PATH do not change.
    """
    given_choices = SelectionOptions(**choices)  # type: ignore[arg-type]
    check_choices(given_choices)
    run = project(given_choices)
    configured = run.settings(run.folder / "post.md").baseline
    path = run.folder / (output_file or configured or unpublished_name(run.folder, FILE_NAME, run))
    given, run = located(existing(paths) or (".",), run)
    files = discover(given, run)
    if not quiet:
        report_skipped(files.left_out)
    old = load(path) if prune or os.path.isfile(path) else Baseline(path)
    tally = RunSummary()
    is_silent = quiet or no_progress
    network = network_client(run, no_cache=False, cache_dir=None, is_silent=is_silent)
    with progress(len(files), not (is_silent or run.online)) as shown:
        others = rest_of_archive(given, files, run)
        reports = tally.watch(shown(Running(network=network)(files, run, None, others)))
        posts = renewed(old, reports, run, given, prune=prune)
    if network is not None and network.trouble:
        template = "{trouble} The baseline was not changed"
        raise UsageError(msg(template, trouble=network.trouble))
    _write(path, posts)
    if not quiet:
        number = sum(one.count for post in posts.values() for one in post.findings)
        template = "{findings} of {posts} in {file}"
        counts = {"findings": wording.findings(number), "posts": wording.posts(len(posts))}
        echo(msg(template, file=plain(path.name), **counts))
    return report_network(network, 2 if tally.unreadable else 0, quiet=quiet)


def _write(path: Path, posts: Mapping[str, KnownPost]) -> None:
    try:
        put(path, dump(posts).encode())
    except WriteError as error:
        message = msg("{file} {problem}", file=plain(str(path)), problem=error.message)
        raise UsageError(message) from None
