"""Find the posts of a store below the given URLs, as `discovery` does locally.

The same names are excluded. Of configuration files in the store, only .gitignore is read: a
newslint.toml there is not trusted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError
from newslint.files import site_files
from newslint.files.fsspec_store import Entry, Remote
from newslint.files.ignore import USUAL_FOLDERS, Folder, IgnoreFiles, ignore_lines
from newslint.files.posts import FolderPosts, LeftOut
from newslint.files.store import is_url, remote
from newslint.files.urls import local_path, parts

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.files.store_sites import StoreTree

IGNORE = ".gitignore"


class _Place(NamedTuple):
    """A folder of a store, and the .gitignore files above it."""

    url: str
    ignore: IgnoreFiles


def placed(given: Sequence[str], project: Project) -> tuple[list[Path], Project]:
    """Return the local paths that represent the given paths and URLs, and the project for them.

    All are below the project's folder, which represents the common parent of the URLs. Raises
    UsageError if the URLs have no common parent, or for local paths among them.
    """
    texts = [str(local_path(text)) if text.startswith("file://") else text for text in given]
    if not any(map(is_url, texts)):
        return [Path(text) for text in texts], project
    for text in texts:
        if not is_url(text):
            raise UsageError(
                msg(
                    "{path} is a local path, other paths are URLs; check them in separate runs",
                    path=text,
                )
            )
    addresses = [parts(url) for url in texts]
    folders = []
    for scheme, steps in addresses:
        url = f"{scheme}://{'/'.join(steps)}"
        is_file = len(steps) > 1 and remote(url, project.folder).kind(url) == "file"
        folders.append((f"{scheme}:", *(steps[:-1] if is_file else steps)))
    alike = takewhile(lambda steps: len({*steps}) == 1, zip(*folders, strict=False))
    common = [steps[0] for steps in alike]
    if len(common) < 2:
        raise UsageError("the URLs have no common folder; check them in separate runs")
    paths = [project.folder.joinpath(*steps[len(common) - 1 :]) for _, steps in addresses]
    from newslint.files.store_sites import StoreSites

    url = f"{common[0]}//{'/'.join(common[1:])}"
    return paths, project.at(url, StoreSites(url, project.folder))


def listed(
    paths: Iterable[Path], project: Project, *, force_exclude: bool = False
) -> tuple[list[list[FolderPosts]], list[LeftOut]]:
    """Return the posts of a store below some paths, by folder; see `discovery.discover`."""
    tree = _tree(project)
    store = tree.remote
    folders: list[FolderPosts] = []
    left_out: list[LeftOut] = []
    for path in paths:
        url = store.address(path)
        is_folder = url == project.url or store.kind(url) == "folder"
        if (reason := site_files.why_not(str(path), project, is_folder=is_folder)) is not None:
            if not force_exclude:
                left_out.append(LeftOut(url, reason))
        elif is_folder:
            folders += _below(url, tree, project)
        elif not (force_exclude and _is_excluded(url, tree, project)):
            folder, _, name = url.rpartition("/")
            folders.append(_folder_posts(folder, [name], project))
    return [[folder] for folder in folders], left_out


def _folder_posts(url: str, names: list[str], project: Project) -> FolderPosts:
    return FolderPosts(os.path.join(project.path(url), ""), f"{url}/", sorted(names))  # noqa: PTH118


def _tree(project: Project) -> StoreTree:
    """Return the folders of the project's store, shared with its sites: each is listed once."""
    from newslint.files.store_sites import StoreSites, StoreTree

    sites = project.store_sites
    return sites.tree if isinstance(sites, StoreSites) else StoreTree(project.url, project.folder)


def _below(url: str, tree: StoreTree, project: Project) -> Iterator[FolderPosts]:
    """Yield the posts below a folder, level by level: folders of one level are listed together."""
    level = [_Place(url, ())]
    # Failure to list the first folder, such as a missing bucket, is an error.
    contents: list[list[Entry] | None] = [tree.entries(url)]
    while level:
        below: list[_Place] = []
        for (here, above), entries in zip(level, contents, strict=True):
            if entries is None:
                # Reported as IO001.
                folder, _, name = here.rpartition("/")
                yield _folder_posts(folder, [name], project)
                continue
            ignore = _with_ignore_file(here, above, entries, tree.remote, project)
            here_folder = Folder(str(project.path(here)), project, ignore)
            names = here_folder.posts([one.name for one in entries if one.kind == "file"])
            if posts := site_files.posts_among(str(project.path(here)), names, project):
                yield _folder_posts(here, posts, project)
            folders = (one.name for one in entries if one.kind == "folder")
            below += (
                _Place(f"{here}/{name}", ignore)
                for name in folders
                if name not in USUAL_FOLDERS
                and not here_folder.excludes(name, is_folder=True)
                and site_files.enters(str(project.path(f"{here}/{name}")), project)
            )
        level = below
        urls = [one.url for one in level]
        contents = list(tree.remote.all_of(lambda one: _entries(one, tree), urls))


def _entries(url: str, tree: StoreTree) -> list[Entry] | None:
    """Return a folder's entries; None if it cannot be listed."""
    try:
        return tree.entries(url)
    except UsageError:
        return None


def _with_ignore_file(
    url: str, above: IgnoreFiles, entries: Sequence[Entry], store: Remote, project: Project
) -> IgnoreFiles:
    if Entry(IGNORE, "file") not in entries:
        return above
    try:
        lines = ignore_lines(store.small(f"{url}/{IGNORE}"))
    except UnreadableError:
        return above
    return ((project.path(url), lines), *above)


def _is_excluded(url: str, tree: StoreTree, project: Project) -> bool:
    """Return whether ``exclude``, .gitignore or a usual folder excludes a named post."""
    steps = url[len(project.url) + 1 :].split("/")
    here, ignore = _Place(project.url, ())
    for at, name in enumerate(steps):
        is_folder = at < len(steps) - 1
        ignore = _with_ignore_file(here, ignore, tree.entries(here), tree.remote, project)
        here_folder = Folder(str(project.path(here)), project, ignore)
        if (is_folder and name in USUAL_FOLDERS) or here_folder.excludes(name, is_folder=is_folder):
            return True
        here = f"{here}/{name}"
    return False
