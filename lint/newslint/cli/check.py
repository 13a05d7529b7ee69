"""``newslint check``: check files and folders, fix them, or show the fixes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.cli.check_options import CheckOptions
from newslint.cli.combinations import STDIN
from newslint.cli.filter_options import Filters, filters
from newslint.cli.given_paths import existing
from newslint.cli.left_out import report_skipped
from newslint.cli.notes import preset_notes
from newslint.cli.online import network_client, report_network
from newslint.cli.render import DisplayOptions, show, show_timing
from newslint.cli.rule_options import project
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

DEFAULTS = CheckOptions()
"""The options of a command line with only paths."""


def check(paths: Sequence[str], options: CheckOptions = DEFAULTS) -> int:
    """Check posts: files, folders, or `-` for one post on standard input; return the exit code."""
    options = options.checked(paths)
    view = options.display()
    detail = Detail.NONE if options.diff else view.wanted_detail
    run = project(options.selection, options.fail_on, detail)
    fixing = options.fix_mode()
    paths = existing(paths)
    if options.watch:
        return _watch(paths, options, view)
    network = network_client(
        run,
        no_cache=options.no_cache,
        cache_dir=options.cache_dir,
        is_silent=options.quiet or options.no_progress,
    )
    linting = Running(
        options.jobs,
        options.no_cache,
        options.cache_dir,
        network,
        options.engine,
        options.scheduler,
    )
    linting.check()
    # Two progress bars would overwrite each other; that of the network is the relevant one.
    view = view._replace(no_progress=options.no_progress or run.online)
    checking = _Checking(options, run, view, fixing, linting)
    if options.timing:
        return checking.timing(paths)
    code, narrow = (checking.standard_input if STDIN in paths else checking.files)(paths)
    if not options.quiet:
        narrow.report_left_out()
    return report_network(network, code, quiet=options.quiet)


def _watch(paths: Sequence[str], options: CheckOptions, view: DisplayOptions) -> int:
    if any(map(is_url, paths)):
        raise UsageError("--watch works with local files only; remove the URLs")
    from newslint.cli.watch import Watching

    make = partial(project, options.selection, detail=view.wanted_detail)
    given = [Path(path) for path in paths or (".",)]
    shown = view._replace(no_progress=True)
    return Watching(given, make, shown, options.force_exclude, options.jobs)()


class _Checking(NamedTuple):
    """A run with its options: how posts are found, linted, fixed and shown."""

    options: CheckOptions
    project: Project
    view: DisplayOptions
    fixing: FixMode | None
    linting: Running

    def standard_input(self, paths: Sequence[str]) -> tuple[int, Filters]:
        """Check the post on standard input; return the exit code and the filters."""
        if len(paths) > 1:
            raise UsageError("`-` reads one post from standard input; remove the other paths")
        from newslint.cli.standard_input import standard_input

        narrow = self._filters(self.project, [])
        name, force = self.options.stdin_filename, self.options.force_exclude
        network = self.linting.network
        code = standard_input(self.project, name, force, self.view, self.fixing, narrow, network)
        return code, narrow

    def timing(self, paths: Sequence[str]) -> int:
        """Print the cost of each rule on the posts; return the exit code."""
        _, run, files = self._found(paths)
        return show_timing(files, run)

    def files(self, paths: Sequence[str]) -> tuple[int, Filters]:
        """Check files and folders; return the exit code and the filters."""
        given, run, files = self._found(paths)
        narrow = self._filters(run, files)
        others = rest_of_archive(given, files, run) if self.options.whole_archive else []
        if self.options.writes and not run.url:
            from newslint.runner.fix import clear_orphans

            clear_orphans(files)
        all_written = True
        if self.options.add_suppressions:
            from newslint.cli.add_suppressions import suppress_all

            found = narrow(self.linting(files, run, None, others))
            all_written = suppress_all(files, found, run, self.options.reason or "")
            narrow = self._filters(run, files)
        code = show(
            narrow(self.linting(files, run, self.fixing, others)), len(files), self.view,
            self.fixing, partial(preset_notes, files, run), partial(_about, files, run),
        )  # fmt: skip
        return (code if all_written else 2), narrow

    def _found(self, paths: Sequence[str]) -> tuple[Sequence[Path], Project, Sequence[PostFile]]:
        """Return the given paths, their project, and the posts; report files that are no posts.

        Raises UsageError for operations that are not possible on posts in a store.
        """
        if self.options.stdin_filename is not None:
            raise UsageError("--stdin-filename requires the path `-`")
        given, run = located(paths or (".",), self.project)
        if run.url and self.options.writes:
            remote(run.url, run.folder).check_writable()
        files = discover(given, run, force_exclude=self.options.force_exclude)
        if not self.options.quiet:
            report_skipped(files.left_out)
        if not files:
            # An invalid option is an error even if there is nothing to lint.
            run.settings(run.folder / "post.md")
        return given, run, files

    def _filters(self, run: Project, files: Sequence[PostFile]) -> Filters:
        options = self.options
        return filters(run, files, options.baseline, options.changed_since, options.impact)


def _about(files: Sequence[PostFile], run: Project) -> About:
    from newslint.cli.about import about

    return about(files, run)
