"""newslint as a library: check or fix a text, check files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.finding import Finding
    from newslint.core.report import Diagnostic, FileReport
    from newslint.core.source import Source


def check_text(
    text: str | bytes, path: str | PathLike[str] = "post.md", project: Project | None = None
) -> tuple[Diagnostic, ...]:
    """Return the findings in one post, given as text or as the bytes of a file.

    ``path`` is the path that the text represents: its suffix decides whether it is Markdown, its
    folder which configuration applies. ``project`` says how configuration is found; by default as
    the command does from the current folder. Raises ConfigError for an invalid configuration.
    """
    from newslint.files.posts import PostFile
    from newslint.runner.lint import lint_source

    project = project or _project()
    file = project.folder / path
    found, settings = PostFile(str(file), str(path)), project.settings(file)
    report, _ = lint_source(_source(text), found, settings, alone=True, with_site=True)
    return report.diagnostics


def check_paths(
    paths: Iterable[str | PathLike[str]], project: Project | None = None
) -> Iterator[FileReport]:
    """Yield the report of each post of some files, folders and URLs, in the order of their paths.

    Raises UsageError for a path that does not exist, ConfigError for an invalid configuration.
    """
    from newslint.files.discovery import discover, located
    from newslint.runner.pipeline import lint_files

    given, project = located([fspath(path) for path in paths], project or _project())
    return lint_files(discover(given, project), project)


class FixedText(NamedTuple):
    """A text after its fixes.

    ``fixed`` are the fixed findings, in the order of the rounds; their spans refer to the text
    before their round. ``remaining`` are the findings in ``text``.
    """

    text: str
    fixed: tuple[Finding, ...]
    remaining: tuple[Diagnostic, ...]


def fix_text(
    text: str | bytes,
    path: str | PathLike[str] = "post.md",
    project: Project | None = None,
    *,
    unsafe: bool = False,
) -> FixedText:
    """Return one post with its safe fixes applied, or the unsafe ones too; writes nothing.

    ``path`` and ``project`` as in `check_text`. A text that cannot be read, or whose fixes undo
    each other, is returned unchanged. Raises ConfigError for an invalid configuration.
    """
    from newslint.files.posts import PostFile
    from newslint.runner.fix import FixMode, fix_source

    project = project or _project()
    file = project.folder / path
    found = PostFile(str(file), str(path))
    done = fix_source(_source(text), found, project.settings(file), FixMode(unsafe))
    return FixedText(done.source.text, tuple(done.applied), done.report.diagnostics)


def _project() -> Project:
    from newslint.config.project import Project

    return Project(Path.cwd())


def _source(text: str | bytes) -> Source:
    from newslint.core.source import Source

    return Source(text) if isinstance(text, bytes) else Source.from_text(text)
