"""``newslint check``: check files and folders, fix them, or show the fixes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.cli.combinations import STDIN, refuse
from newslint.cli.filter_options import filters
from newslint.cli.given_paths import existing
from newslint.cli.left_out import tell_left_out
from newslint.cli.notes import preset_notes
from newslint.cli.online import check_choices, network, tell
from newslint.cli.render import DisplayOptions, show, show_timing
from newslint.cli.rule_options import SelectionOptions, project
from newslint.cli.run_options import Running
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.report import Detail
from newslint.files.discovery import discover, located, rest_of_archive
from newslint.files.store import is_url, remote

if TYPE_CHECKING:
    from newslint.files.posts import PostFile
    from newslint.reports import About
    from newslint.runner.fix import FixMode


def check(
    paths: Sequence[str],
    *,
    output_format: str | None = None,
    output_file: str | None = None,
    stdin_filename: str | None = None,
    fail_on: str | None = None,
    baseline: str | None = None,
    changed_since: str | None = None,
    impact: Sequence[str] = (),
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
    editor: str = "",
    color: str = "auto",
    **choices: object,
) -> int:
    """Check posts: files, folders, or `-` for one post on standard input."""
    if editor:
        from newslint.cli.about import editor_url

        editor = editor_url(editor)
    given_choices = SelectionOptions(**choices)  # type: ignore[arg-type]
    check_choices(given_choices)
    refuse(
        {
            STDIN: STDIN in paths, "--add-suppressions": add_suppressions, "--baseline": baseline,
            "--changed-since": changed_since, "--diff": diff, "--editor": editor,
            "--engine": engine != "local", "--fail-on": fail_on, "--fix": fix,
            "--online": given_choices.online,
            "--output-file": output_file, "--output-format": output_format,
            "--scheduler": scheduler, "--statistics": statistics, "--timing": timing,
            "--unsafe-fixes": unsafe_fixes, "--watch": watch, "--whole-archive": whole_archive,
        }
    )  # fmt: skip
    if reason is not None and not add_suppressions:
        raise UsageError("--reason requires --add-suppressions")
    view = DisplayOptions(
        output_format, output_file, statistics, quiet, verbose, no_progress, color,
        unsafe_fixes=unsafe_fixes, editor=editor,
    )  # fmt: skip
    run = project(given_choices, fail_on, Detail.NONE if diff else view.wanted_detail)
    fixing = None
    if fix or diff:
        from newslint.runner.fix import FixMode

        fixing = FixMode(unsafe_fixes, diff)
    paths = existing(paths)
    if watch:
        if any(map(is_url, paths)):
            raise UsageError("--watch works with local files only; remove the URLs")
        from newslint.cli.watch import Watching

        make = partial(project, given_choices, detail=view.wanted_detail)
        given = [Path(path) for path in paths or (".",)]
        return Watching(given, make, view._replace(no_progress=True), force_exclude, jobs)()
    is_silent = quiet or no_progress
    asked = network(run, no_cache=no_cache, cache_dir=cache_dir, is_silent=is_silent)
    linted = Running(jobs, no_cache, cache_dir, asked, engine, scheduler)
    linted.check()
    # Two bars would write over each other, and the network's is the one to wait for.
    view = view._replace(no_progress=no_progress or run.online)
    if STDIN not in paths:
        if stdin_filename is not None:
            raise UsageError("--stdin-filename requires the path `-`")
        given, run = located(paths or (".",), run)
        if run.url:
            _check_store(run, add_suppressions, fixing)
        files = discover(given, run, force_exclude=force_exclude)
        if not quiet:
            tell_left_out(files.left_out)
        if not files:
            # A wrong option is an error even where there is nothing to lint.
            run.settings(run.folder / "post.md")
        if timing:
            return show_timing(files, run)
        narrow = filters(run, files, baseline, changed_since, impact)
        others = rest_of_archive(given, files, run) if whole_archive else []
        if (add_suppressions or (fixing is not None and not fixing.diff)) and not run.url:
            from newslint.runner.fix import clear_orphans

            clear_orphans(files)
        all_written = True
        if add_suppressions:
            from newslint.cli.add_suppressions import suppress_all

            found = narrow(linted(files, run, None, others))
            all_written = suppress_all(files, found, run, reason or "")
            narrow = filters(run, files, baseline, changed_since, impact)
        reports = linted(files, run, fixing, others)
        code = show(
            narrow(reports), len(files), view, fixing, partial(preset_notes, files, run),
            partial(_about, files, run),
        )  # fmt: skip
        code = code if all_written else 2
    else:
        if len(paths) > 1:
            raise UsageError("`-` reads one post from standard input; remove the other paths")
        from newslint.cli.standard_input import standard_input

        narrow = filters(run, [], baseline, None, impact)
        code = standard_input(run, stdin_filename, force_exclude, view, fixing, narrow, asked)
    if not quiet:
        narrow.report_left_out()
    return tell(asked, code, quiet=quiet)


def _about(files: Sequence[PostFile], run: Project) -> About:
    from newslint.cli.about import about

    return about(files, run)


def _check_store(run: Project, add_suppressions: bool, fixing: FixMode | None) -> None:
    """Raise UsageError for what cannot be done to posts that are in a store."""
    if add_suppressions or (fixing is not None and not fixing.diff):
        remote(run.url, run.folder).check_writable()
