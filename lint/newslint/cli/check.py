"""``newslint check``: lint files and folders, fix them, or show how they would be fixed."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newslint.cli.narrowing import Narrowing, narrowing, narrowing_options
from newslint.cli.online import check_choices, network, online_option, tell
from newslint.cli.options import Choices, configuration, project
from newslint.cli.running import Running, running_options
from newslint.cli.view import View, show, show_timing
from newslint.config.project import Project
from newslint.discovery import Found, discover, is_excluded, rest_of_archive, shown_path
from newslint.errors import UsageError
from newslint.escape import plain
from newslint.runner import Fixing, clear_orphans, fix_source, lint_source
from newslint.source import Source

if TYPE_CHECKING:
    from newslint.online.network import Network

STDIN = "-"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@configuration
@click.option(
    "--output-format",
    metavar="FORMAT",
    help="full, concise, grouped, json, jsonl, sarif, github, gitlab or junit.",
)
@click.option("-o", "--output-file", metavar="FILE", help="Write there, not to standard output.")
@click.option(
    "--stdin-filename", metavar="PATH", help="What the post on standard input stands for."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="The least severity that makes the exit code 1.  [default: error]",
)
@narrowing_options
@running_options
@click.option("--fix", is_flag=True, help="Write the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="Write the unsafe fixes too.")
@click.option("--diff", is_flag=True, help="Show the fixes as a unified diff, write nothing.")
@click.option(
    "--add-suppressions", is_flag=True, help="Write a suppression into the posts for each finding."
)
@click.option("--reason", metavar="TEXT", help="The reason that goes with --add-suppressions.")
@online_option
@click.option("--watch", is_flag=True, help="Lint again what changes, until Ctrl+C.")
@click.option(
    "--whole-archive",
    is_flag=True,
    help="Hold named files against all posts of their project, as the hooks do.",
)
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even when named.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
@click.option("--timing", is_flag=True, help="Measure what each rule costs instead.")
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
    baseline: str | None,
    changed_since: str | None,
    jobs: int | None,
    no_cache: bool,
    cache_dir: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    add_suppressions: bool,
    reason: str | None,
    watch: bool,
    whole_archive: bool,
    force_exclude: bool,
    statistics: bool,
    timing: bool,
    quiet: bool,
    verbose: bool,
    no_progress: bool,
    color: str,
    **choices: object,
) -> int:
    """Lint posts: files, folders, or `-` for one post on standard input."""
    given_choices = Choices(**choices)  # type: ignore[arg-type]
    check_choices(given_choices)
    run = project(given_choices, fail_on)
    fixing = Fixing(unsafe_fixes, diff) if fix or unsafe_fixes or diff else None
    if fixing is not None and changed_since is not None:
        raise UsageError("--changed-since only reports: leave out --fix, or --changed-since")
    if reason is not None and not add_suppressions:
        raise UsageError("--reason goes with --add-suppressions")
    if add_suppressions and (fixing is not None or STDIN in paths):
        raise UsageError("--add-suppressions writes files: leave out --fix, --diff and `-`")
    if watch:
        barred = (fixing, add_suppressions, timing, output_file, baseline, changed_since)
        if run.online:
            raise UsageError("--watch and --online do not go together: the network is slow")
        if any(barred) or STDIN in paths:
            raise UsageError("--watch shows findings: leave out what writes, narrows or measures")
        from newslint.cli.watch import Watching

        make = partial(project, given_choices, fail_on)
        given = [Path(path) for path in paths or (".",)]
        view = View(output_format, None, statistics, quiet, verbose, True, color)
        return Watching(given, make, view, force_exclude, jobs)()
    if timing and run.online:
        raise UsageError("--timing measures rules, not the network: leave out --online")
    is_silent = quiet or no_progress
    asked = network(run, no_cache=no_cache, cache_dir=cache_dir, is_silent=is_silent)
    linted = Running(jobs, no_cache, cache_dir, asked)
    # Two bars would write over each other, and the network's is the one to wait for.
    no_progress |= run.online
    view = View(output_format, output_file, statistics, quiet, verbose, no_progress, color)
    if STDIN not in paths:
        if stdin_filename is not None:
            raise UsageError("--stdin-filename goes with the path `-`")
        given = [Path(path) for path in paths or (".",)]
        files = discover(given, run, force_exclude=force_exclude)
        if not files:
            # A wrong option is an error even where there is nothing to lint.
            run.settings(run.folder / "post.md")
        if timing:
            return show_timing(files, run)
        narrow = narrowing(run, files, baseline, changed_since)
        others = rest_of_archive(given, files, run) if whole_archive else []
        if add_suppressions:
            from newslint.cli.suppressing import suppress_all

            suppress_all(files, narrow(linted(files, run, None, others)), run, reason or "")
            narrow = narrowing(run, files, baseline, changed_since)
        if fixing is not None and not fixing.diff:
            clear_orphans(files)
        reports = linted(files, run, fixing, others)
        code = show(narrow(reports), len(files), view, fixing)
    else:
        if len(paths) > 1:
            raise UsageError("`-` reads one post from standard input: give no other path")
        if changed_since is not None:
            raise UsageError("--changed-since does not go with standard input, which git lacks")
        narrow = narrowing(run, [], baseline, None)
        code = standard_input(run, stdin_filename, force_exclude, view, fixing, narrow, asked)
    if not quiet:
        narrow.say()
    return tell(asked, code, quiet=quiet)


def standard_input(
    run: Project,
    name: str | None,
    force_exclude: bool,
    view: View,
    fixing: Fixing | None,
    narrow: Narrowing,
    asked: Network | None,
) -> int:
    """Lint the post on standard input, or write its fixed text to standard output."""
    file = run.folder / (name or "stdin.md")
    source = Source(sys.stdin.buffer.read())
    settings = run.settings(file)
    found = Found(file, shown_path(str(file), run.folder) if name else STDIN)
    if asked is not None:
        from newslint.asking import ask

        ask([(found, lint_source(source, found, settings)[1])], run, asked)
    is_left_out = force_exclude and name is not None and is_excluded(file, run)
    if fixing is None:
        reports = [] if is_left_out else [lint_source(source, found, settings, asked)[0]]
        return show(narrow(reports), len(reports), view, None)
    fixed = None if is_left_out else fix_source(source, found, settings, fixing, asked)
    reports = [fixed.report] if fixed else []
    if fixing.diff:
        return show(narrow(reports), len(reports), view, fixing)
    result = fixed.source if fixed else source
    if sys.stdout.isatty():
        # What a post says must not command a terminal.
        sys.stdout.write("".join(f"{plain(line, True)}\n" for line in result.text.splitlines()))
    else:
        sys.stdout.buffer.write(result.raw)
    sys.stdout.flush()
    return show(narrow(reports), len(reports), view._replace(to_stderr=True), fixing)
