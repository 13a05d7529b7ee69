"""Decide which files of a site are posts, by the model of the site and by their content.

A layout, include or scaffold consists of templates: a fix there would damage every page. So only
files that the generator reads as posts and pages are linted and fixed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.core import lazy, reader
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError
from newslint.generators.site_roles import FileRole, Role
from newslint.generators.target import GENERATORS

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.config.settings import Settings
    from newslint.generators.site import Site


_ROLES = {
    Role.TEMPLATE: msg("not a post of the {generator} site, but a template"),
    Role.DATA: msg("not a post of the {generator} site, but data"),
    Role.ASSET: msg("not a post of the {generator} site: copied without changes"),
    Role.IGNORED: msg("not a post of the {generator} site: {generator} does not read it"),
}
_README = lazy.pattern(r"readme(?:[._-].*)?\.(?:md|markdown|mkd|html?)\Z", re.IGNORECASE)
"""The README of a repository at the root of the site, which no generator publishes."""
_OF_REPOSITORY = lazy.pattern(
    r"(?:readme(?:[._-].*)?|(?:license|licence|changelog|contributing|code_of_conduct|security"
    r"|support|agents|claude|gemini|pull_request_template|issue_template)(?:\.[a-z-]{2,5})?)"
    r"\.(?:md|markdown|mkd|html?)\Z",
    re.IGNORECASE,
)
"""Files about a repository, which hosts and tools look for by name."""


def is_post(path: str, project: Project) -> bool:
    """Return whether a file, given by its absolute path, is a post or page of its site."""
    return why_not(path, project) is None


def why_not(path: str, project: Project, *, is_folder: bool | None = None) -> str | None:
    """Return why a file or folder contains no post of its site; None if it may contain one.

    ``is_folder`` is looked up on the disk if it is not given.
    """
    site = project.site_of(_folder(path))
    if site is None:
        return None
    below = inside(site, path, project)
    if os.path.isdir(path) if is_folder is None else is_folder:
        if not below or site.enters(below):
            return None
        found = FileRole(Role.IGNORED)
    elif _README.match(below):
        found = FileRole(Role.IGNORED, README)
    else:
        found = site.role(below)
    if found.role.is_linted:
        return None
    generator = GENERATORS.get(site.target.name, site.target.name)
    words = msg(_ROLES[found.role], generator=generator)
    return msg("{words}: {reason}", words=words, reason=found.reason) if found.reason else words


def site_of(path: str, project: Project) -> Site | None:
    """Return the site that a file is in, given its absolute path."""
    return project.site_of(_folder(path))


def is_page(path: str, project: Project) -> bool:
    """Return whether a file is a page of its site, such as an index or about page, not a post."""
    site = site_of(path, project)
    return site is not None and site.role(inside(site, path, project)).role not in (
        Role.POST,
        Role.DRAFT,
    )


def unpublished_name(folder: Path, name: str, project: Project) -> str:
    """Return the name of a file that newslint writes into a folder.

    It begins with a dot if the site's generator would publish the file otherwise, unless the file
    exists already.
    """
    if os.path.lexists(folder / name):
        return name
    site = project.site_of(str(folder))
    if site is None or site.role(inside(site, str(folder / name), project)).role is not Role.ASSET:
        return name
    return f".{name}"


def posts_among(folder: str, names: list[str], project: Project) -> list[str]:
    """Return the names of a folder's files that are posts and pages of its site."""
    site = project.site_of(folder) if names else None
    if site is None:
        return names
    prefix = _prefix(site, folder, project)
    return [
        name
        for name in names
        if site.role(prefix + name).role.is_linted and (prefix or not _README.match(name))
    ]


def enters(folder: str, project: Project) -> bool:
    """Return whether a folder of a site may contain posts."""
    site = project.site_of(_folder(folder))
    return site is None or site.enters(inside(site, folder, project))


def _folder(path: str) -> str:
    """Return the folder of a file, as text, since it is called for every folder of a run."""
    return path[: path.rfind(os.sep)] or os.sep


def inside(site: Site, path: str, project: Project) -> str:
    """Return a path relative to a site's root, with forward slashes; empty for the root."""
    return path[len(project.site_prefix(site)) :].replace(os.sep, "/")


def _prefix(site: Site, folder: str, project: Project) -> str:
    below = inside(site, folder.rstrip(os.sep), project)
    return f"{below}/" if below else ""


_FENCES = ("---", "+++", ";;;")
_BEGINNINGS = (*_FENCES, "\n---")
"""How most posts begin, and neither a template nor a README: a quick test."""
_WHOLE_PAGE = lazy.pattern(
    r"\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL
)
README = msg("the README of the repository")
OF_REPOSITORY = msg("a file about the repository")
TEMPLATE = msg("not a post, but a template without front matter")
_MANY, _SPREAD = 5, 500
"""A text is full of templates if it has this many, with at most this many characters for each."""


def is_no_post_in(path: str, text: str, project: Project) -> bool:
    """Return the result of `is_no_post` without a configuration."""
    site = site_of(path, project)
    if site is None:
        return _is_readme(path, text)
    return is_template_in(site, project.site_prefix(site), path, text)


def is_no_post(path: str, text: str, settings: Settings) -> bool:
    """Return whether a discovered file is not a post, by its content.

    True for a template of the site, and for a file about the repository, such as a README, outside
    of sites and of folders with a configuration.
    """
    if settings.all_files or text.startswith(_BEGINNINGS):
        return False
    if settings.site is not None:
        return is_template_in(settings.site, settings.site_prefix, path, text)
    return not settings.is_configured and _is_readme(path, text)


def _is_of_repository(path: str) -> bool:
    at = path.rfind(os.sep) + 1
    return path[at : at + 1] in "RrLlCcSsAaGgPpIi" and _OF_REPOSITORY.match(path, at) is not None


def _is_readme(path: str, text: str) -> bool:
    return _is_of_repository(path) and not begins_like_post(text)


def begins_like_post(text: str) -> bool:
    """Return whether a text begins with front matter: a quick test, which JSON passes too."""
    return text.lstrip("\ufeff \t\r\n").startswith((*_FENCES, "{"))


def is_template_in(site: Site | None, prefix: str, path: str, text: str) -> bool:
    """Return whether a file of a site is a template by its content.

    A template has no front matter, and is a complete page with templates, begins with one, or is
    full of them. Files in folders for posts are always posts. ``path`` is absolute, ``prefix`` is
    the common prefix of the paths of the site's files.
    """
    if site is None or not _looks_like_template(text):
        return False
    below = path.removeprefix(prefix).replace(os.sep, "/")
    return site.role(below).role not in (Role.POST, Role.DRAFT)


def _looks_like_template(text: str) -> bool:
    if "{{" not in text and "{%" not in text:
        return False
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith(_FENCES):
        return False
    count = text.count("{{") + text.count("{%")
    is_full = count >= _MANY and count * _SPREAD >= len(text)
    return bool(is_full or text.startswith(("{{", "{%")) or _WHOLE_PAGE.match(text))


def why_no_text(path: str, project: Project) -> str | None:
    """Return why a named file is not a post by its content; None if it may be one."""
    if os.path.isdir(path) or (site_of(path, project) is None and not _is_of_repository(path)):
        return None
    try:
        text = reader.read(path, _HEAD).decode("utf-8", "replace")
    except UnreadableError:
        return None
    return why_no_post(path, text, project)


def why_no_post(path: str, text: str, project: Project) -> str | None:
    """Return why a text is not a post by its content, or None; see `is_no_post`."""
    is_in_site = site_of(path, project) is not None
    if not is_in_site and any(one.path for one in project.layers(Path(_folder(path)))):
        return None
    if project.all_files or not is_no_post_in(path, text, project):
        return None
    if is_in_site:
        return TEMPLATE
    return README if _README.match(os.path.basename(path)) else OF_REPOSITORY


_HEAD = 1_000_000
"""Bytes of a named file above which its content is not examined: templates are smaller."""
