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
    """Return what is wrong with one post, given as text or as the bytes of a file.

    ``path`` is what the post represents: its suffix decides whether it is Markdown, its folder
    which configuration is in force. ``project`` says how configuration is found; by default as
    the command does from the current folder. Raises ConfigError for a wrong configuration.
    """
    from newslint.files.posts import PostFile
    from newslint.runner.lint import lint_source

    project = project or _project()
    file = project.folder / path
    found, settings = PostFile(str(file), str(path)), project.settings(file)
    report, _ = lint_source(_source(text), found, settings, alone=True)
    return report.diagnostics


def check_paths(
    paths: Iterable[str | PathLike[str]], project: Project | None = None
) -> Iterator[FileReport]:
    """Return the report of every post of some files, folders and URLs, in the order of their paths.

    Raises UsageError for a path that does not exist, ConfigError for a wrong configuration.
    """
    from newslint.files.discovery import discover, located
    from newslint.runner.pipeline import lint_files

    given, project = located([fspath(path) for path in paths], project or _project())
    return lint_files(discover(given, project), project)


class FixedText(NamedTuple):
    """A text after its fixes.

    ``fixed`` are the findings that were fixed, in the order of the rounds; their spans are those of
    the text before their round. ``remaining`` are the findings of ``text`` itself.
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
    """One post with its safe fixes made, or the unsafe ones too; nothing is written.

    ``path`` and ``project`` as in `check_text`. A text that could not be read, or whose fixes
    undo each other, comes back as it was. Raises ConfigError for a wrong configuration.
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
