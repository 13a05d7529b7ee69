"""The open folders of the editor, and the settings of each of their files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newslint.config import deciding_files
from newslint.config.deciding_files import state_of
from newslint.config.loader import find_layers, layer_from_file
from newslint.config.project import Project
from newslint.config.settings import Settings
from newslint.core.patterns import patterns
from newslint.core.report import FileReport
from newslint.files import ignore, site_files
from newslint.files.local import is_excluded, shown_path
from newslint.files.posts import PostFile
from newslint.generators.detect import site
from newslint.generators.site_roles import Role
from newslint.lsp.documents import Document
from newslint.post.post import Post
from newslint.runner.lint import lint_source, make_post

State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class LintedDocument:
    """The results of one version of a document, and its settings."""

    post: Post
    found: PostFile
    settings: Settings
    report: FileReport


class Workspace:
    """Finds settings; reads changed configuration again. ``base`` is the command line's project."""

    def __init__(self, base: Project) -> None:
        self.base = base
        self.folders: list[Path] = [base.folder]
        self._projects: dict[Path, Project] = {}
        self._states: dict[Path, State] = {}

    def forget(self) -> None:
        """Discard all configurations, so that they are read again."""
        find_layers.cache_clear()
        layer_from_file.cache_clear()
        site.cache_clear()
        ignore.forget()
        self._projects.clear()
        self._states.clear()

    def project(self, file: Path) -> Project:
        """Return the project of a file: that of the innermost open folder, or its own folder."""
        inside = [folder for folder in self.folders if file.is_relative_to(folder)]
        folder = max(inside, key=lambda one: len(one.parts), default=file.parent)
        if folder not in self._projects:
            base = self.base
            self._projects[folder] = Project(folder, base.isolated, base.file, base.last)
        return self._projects[folder]

    def settings(self, file: Path) -> Settings:
        """Return the current settings of a file.

        Raises ConfigError if a configuration is invalid.
        """
        if not self.base.isolated:
            # Not every client reports changed files, and none reports files outside of its folders.
            state = self._state_of(file.parent)
            if self._states.get(file.parent, state) != state:
                self.forget()
            self._states[file.parent] = state
        return self.project(file).settings(file)

    def _state_of(self, folder: Path) -> State:
        names = deciding_files.above(folder)
        if self.base.file is not None:
            names.append(self.base.file)
        names += self._bases(folder)
        return tuple(map(state_of, names))

    def _bases(self, folder: Path) -> Iterable[Path]:
        """Return the files that a folder's configuration extends, as far as they can be read."""
        from newslint.core.errors import NewslintError

        try:
            layers = self.project(folder / "post.md").layers(folder)
        except NewslintError:
            return ()
        return [layer.path for layer in layers[:-1] if layer.path is not None]

    def is_post(self, file: Path) -> bool:
        """Return whether the command would check a file: included, and not excluded."""
        project = self.project(file)
        given = [one for one in project.layers(file.parent) if one.model.include is not None]
        if given and given[-1].model.include is not None:
            folder = given[-1].folder
            if not file.is_relative_to(folder):
                return False
            relative = file.relative_to(folder).as_posix()
            if not patterns(given[-1].model.include).match_file(relative):
                return False
        return site_files.is_post(str(file), project) and not is_excluded(file, project)

    def decides(self, file: Path, *, is_still_there: bool) -> bool:
        """Return whether a change of a file may affect findings in other files.

        ``is_still_there`` is true if the file was neither created nor deleted: no other post
        depends on the content of an existing post or image.
        """
        if deciding_files.decides(file):
            return True
        site = site_files.site_of(str(file), self.project(file))
        if site is None:
            return False
        role = site.role(site_files.inside(site, str(file), self.project(file))).role
        if role in (Role.TEMPLATE, Role.DATA):
            return True
        return role is not Role.IGNORED and not is_still_there

    def lint(self, document: Document) -> LintedDocument | None:
        """Return the results of a document; None if the command would not check the file.

        Text without front matter is skipped outside of sites and of folders with a configuration,
        since editors open files of all kinds.

        Raises ConfigError if a configuration is invalid.
        """
        settings = self.settings(document.file)
        if not self.is_post(document.file):
            return None
        found = PostFile(
            str(document.file), shown_path(str(document.file), self.project(document.file).folder)
        )
        source = document.source
        post = make_post(source, found, settings)
        if settings.site is None and not settings.is_configured and _is_plain_text(post):
            return None
        report, _ = lint_source(source, found, settings, alone=True, with_site=True)
        return LintedDocument(post, found, settings, report)


def _is_plain_text(post: Post) -> bool:
    """Return whether a text has no front matter, nor anything that looks like it."""
    return post.bounds is None and post.boundaries.read_error is None
