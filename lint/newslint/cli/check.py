"""``newslint check``: lint files and folders, fix them, or show how they would be fixed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.cli.filter_options import Narrowing, narrowing
from newslint.cli.online import check_choices, network, tell
from newslint.cli.render import View, show, show_timing
from newslint.cli.rule_options import Choices, project
from newslint.cli.run_options import Running
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.escaping import plain
from newslint.core.source import Source
from newslint.files.discovery import (
    Found,
    discover,
    is_excluded,
    located,
    rest_of_archive,
    shown_path,
)
from newslint.files.store import is_url, remote
from newslint.runner.lint import lint_source

if TYPE_CHECKING:
    from newslint.online.client import Network
    from newslint.runner.fix import Fixing

STDIN = "-"


def check(
    paths: Sequence[str],
    *,
    output_format: str | None = None,
    output_file: str | None = None,
    stdin_filename: str | None = None,
    fail_on: str | None = None,
    baseline: str | None = None,
    changed_since: str | None = None,
    jobs: int | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    no_cache: bool = False,
    cache_dir: str | None = None,
    fix: bool = False,
    unsafe_fixes: bool = False,
    diff: bool = False,
    add_suppressions: bool = False,
    reason: str | None = None,
    watch: bool = False,
    whole_archive: bool = False,
    force_exclude: bool = False,
    statistics: bool = False,
    timing: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    no_progress: bool = False,
    color: str = "auto",
    **choices: object,
) -> int:
    """Lint posts: files, folders, or `-` for one post on standard input."""
    given_choices = Choices(**choices)  # type: ignore[arg-type]
    check_choices(given_choices)
    detail = View(output_format, statistics=statistics).wants_detail
    run = project(given_choices, fail_on, detail)
    fixing = None
    if fix or unsafe_fixes or diff:
        from newslint.runner.fix import Fixing

        fixing = Fixing(unsafe_fixes, diff)
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
        if engine != "local" or any(map(is_url, paths)):
            raise UsageError("--watch looks at this machine's files: leave out URLs and --engine")
        from newslint.cli.watch import Watching

        make = partial(project, given_choices, fail_on)
        given = [Path(path) for path in paths or (".",)]
        view = View(output_format, None, statistics, quiet, verbose, True, color)
        return Watching(given, make, view, force_exclude, jobs)()
    if timing and run.online:
        raise UsageError("--timing measures rules, not the network: leave out --online")
    is_silent = quiet or no_progress
    asked = network(run, no_cache=no_cache, cache_dir=cache_dir, is_silent=is_silent)
    linted = Running(jobs, no_cache, cache_dir, asked, engine, scheduler)
    linted.check()
    # Two bars would write over each other, and the network's is the one to wait for.
    no_progress |= run.online
    view = View(output_format, output_file, statistics, quiet, verbose, no_progress, color)
    if STDIN not in paths:
        if stdin_filename is not None:
            raise UsageError("--stdin-filename goes with the path `-`")
        given, run = located(paths or (".",), run)
        if run.url:
            _check_store(run, add_suppressions, fixing)
        files = discover(given, run, force_exclude=force_exclude)
        if not files:
            # A wrong option is an error even where there is nothing to lint.
            run.settings(run.folder / "post.md")
        if timing:
            if engine != "local":
                raise UsageError("--timing measures in this process: leave out --engine")
            return show_timing(files, run)
        narrow = narrowing(run, files, baseline, changed_since)
        others = rest_of_archive(given, files, run) if whole_archive else []
        if (add_suppressions or (fixing is not None and not fixing.diff)) and not run.url:
            from newslint.runner.fix import clear_orphans

            clear_orphans(files)
        all_written = True
        if add_suppressions:
            from newslint.cli.add_suppressions import suppress_all

            found = narrow(linted(files, run, None, others))
            all_written = suppress_all(files, found, run, reason or "")
            narrow = narrowing(run, files, baseline, changed_since)
        reports = linted(files, run, fixing, others)
        code = show(narrow(reports), len(files), view, fixing)
        code = code if all_written else 2
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


def _check_store(run: Project, add_suppressions: bool, fixing: Fixing | None) -> None:
    """Raise UsageError for what cannot be done to posts that lie in a store."""
    if add_suppressions or (fixing is not None and not fixing.diff):
        remote(run.url, run.folder).check_writable()


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
    found = Found(str(file), shown_path(str(file), run.folder) if name else STDIN)
    if asked is not None:
        from newslint.runner.online_rules import ask

        ask([(found, lint_source(source, found, settings)[1])], run, asked)
    is_left_out = force_exclude and name is not None and is_excluded(file, run)
    if fixing is None:
        reports = [] if is_left_out else [lint_source(source, found, settings, asked)[0]]
        return show(narrow(reports), len(reports), view, None)
    from newslint.runner.fix import fix_source

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
