"""The options of ``check``, for Click and for a command line with only paths.

This module does not import Click, so that a run without options does not load it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.cli.combinations import STDIN, refuse
from newslint.cli.online import check_choices
from newslint.cli.render import DisplayOptions
from newslint.cli.rule_options import SelectionOptions
from newslint.core.errors import UsageError

if TYPE_CHECKING:
    from newslint.runner.fix import FixMode


class CheckOptions(NamedTuple):
    """The values of the options of ``check``; the defaults are those without options."""

    selection: SelectionOptions = SelectionOptions()
    output_format: str | None = None
    output_file: str | None = None
    stdin_filename: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    changed_since: str | None = None
    impact: tuple[str, ...] = ()
    jobs: int | None = None
    engine: str = "local"
    scheduler: str | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    add_suppressions: bool = False
    reason: str | None = None
    watch: bool = False
    whole_archive: bool = False
    force_exclude: bool = False
    statistics: bool = False
    timing: bool = False
    quiet: bool = False
    verbose: bool = False
    no_progress: bool = False
    editor: str = ""
    color: str = "auto"

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> CheckOptions:
        """Return the options for Click's parameters."""
        shared = {key: parameters[key] for key in SelectionOptions._fields if key in parameters}
        own = {key: value for key, value in parameters.items() if key not in shared}
        return cls(SelectionOptions(**shared), **own)

    def checked(self, paths: Sequence[str]) -> CheckOptions:
        """Return the options with the URL of the editor instead of its name.

        Raises UsageError for options that exclude each other or are not supported.
        """
        options = self
        if self.editor:
            from newslint.cli.about import editor_url

            options = self._replace(editor=editor_url(self.editor))
        check_choices(self.selection)
        refuse(options._by_name(paths))
        if self.reason is not None and not self.add_suppressions:
            raise UsageError("--reason requires --add-suppressions")
        return options

    def _by_name(self, paths: Sequence[str]) -> dict[str, object]:
        return {
            STDIN: STDIN in paths, "--add-suppressions": self.add_suppressions,
            "--baseline": self.baseline, "--changed-since": self.changed_since,
            "--diff": self.diff, "--editor": self.editor, "--engine": self.engine != "local",
            "--fail-on": self.fail_on, "--fix": self.fix, "--online": self.selection.online,
            "--output-file": self.output_file, "--output-format": self.output_format,
            "--scheduler": self.scheduler, "--statistics": self.statistics,
            "--timing": self.timing, "--unsafe-fixes": self.unsafe_fixes, "--watch": self.watch,
            "--whole-archive": self.whole_archive,
        }  # fmt: skip

    def display(self) -> DisplayOptions:
        """Return how the findings are shown."""
        return DisplayOptions(
            self.output_format, self.output_file, self.statistics, self.quiet, self.verbose,
            self.no_progress, self.color, unsafe_fixes=self.unsafe_fixes, editor=self.editor,
        )  # fmt: skip

    def fix_mode(self) -> FixMode | None:
        """Return how posts are fixed; None where they are not."""
        if not (self.fix or self.diff):
            return None
        from newslint.runner.fix import FixMode

        return FixMode(self.unsafe_fixes, self.diff)

    @property
    def writes(self) -> bool:
        """Whether the run changes posts."""
        return self.add_suppressions or (self.fix and not self.diff)
