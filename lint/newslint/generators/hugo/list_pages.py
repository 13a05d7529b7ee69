"""The list pages of a Hugo site: ``_index`` files and their front matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newslint.generators.hugo.configuration import join
from newslint.generators.hugo.content import ContentPath
from newslint.generators.hugo.roles import Plan
from newslint.generators.site.files import SiteFiles
from newslint.generators.site.parsing import front_matter

_NAMES = ("_index.md", "_index.markdown", "_index.html")


class ListPages:
    """Finds the list page of a folder below the content folder, in a language."""

    def __init__(self, plan: Plan, files: SiteFiles) -> None:
        self._plan, self._files = plan, files
        self._known: dict[tuple[str, str], Mapping[str, Any]] = {}

    def data(self, folder: str, language: str) -> Mapping[str, Any]:
        """Return the front matter of the list page; empty where there is none."""
        key = folder, language
        if key not in self._known:
            path = self.file(folder, language)
            text = self._files.text(path) if path else None
            self._known[key] = {} if text is None else front_matter(text, "hugo")
        return self._known[key]

    def file(self, folder: str, language: str) -> str | None:
        """Return the path of the list page; None where there is none."""
        for mount in self._plan.mounts:
            if mount.component != "content":
                continue
            inside = below(folder, mount.target)
            if inside is None:
                continue
            for name in _NAMES:
                stem, _, suffix = name.partition(".")
                names = [name] if (mount.language or self._plan.default) == language else []
                for one in [*names, f"{stem}.{language}.{suffix}"]:
                    path = join(join(mount.source, inside), one)
                    if self._files.exists(path):
                        return path
        return None


def folders(page: ContentPath) -> list[str]:
    """Return the folders whose list pages a page is below, the nearest first; the root last."""
    folder = page.folder if page.kind != "page" else page.parent
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found


def below(folder: str, target: str) -> str | None:
    """Return the path of a folder below that of a mount; None where it is not below it."""
    if not target or folder == target:
        return "" if folder == target else folder
    return folder[len(target) + 1 :] if folder.startswith(f"{target}/") else None
