"""The Hugo that builds a site, as far as its files pin it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newslint.core import lazy
from newslint.generators import Target
from newslint.generators.hugo.configuration import join
from newslint.generators.hugo.modules import Mount
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import EMPTY, parse, section
from newslint.generators.target import VERSIONS

_NEWEST = 9_999
_WORKFLOWS = ".github/workflows"
_WORKFLOW_LIMIT = 10
_LEVELS = 4
"""The site's folder and those above it where the root of its repository is looked for."""
_NEW_LAYOUTS = 146
"""The minor version that brought ``layouts/_shortcodes`` and ``layouts/_partials``."""
_NUMBER = r"v?0\.(\d{1,3})(?![\d])"
_PINS = (
    ("netlify.toml", lazy.pattern(rf"HUGO_VERSION[\"']?\s*[=:]\s*[\"']?{_NUMBER}")),
    ("vercel.json", lazy.pattern(rf"HUGO_VERSION[\"']?\s*[=:]\s*[\"']?{_NUMBER}")),
    (".gitlab-ci.yml", lazy.pattern(rf"HUGO_VERSION[\"']?\s*[=:]\s*[\"']?{_NUMBER}")),
    (".tool-versions", lazy.pattern(rf"^(?:go)?hugo\s+(?:extended_)?{_NUMBER}", re.MULTILINE)),
    (".hvm", lazy.pattern(rf"\A\s*{_NUMBER}")),
)
_WORKFLOW_PIN = lazy.pattern(
    rf"(?:HUGO_VERSION|hugo[-_]version)[\"']?\s*[=:]\s*[\"']?{_NUMBER}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Versions:
    """The oldest and newest minor version that may build the site, and the file that says so."""

    oldest: int = 0
    newest: int = _NEWEST
    source: str = ""

    @property
    def target(self) -> Target:
        """Hugo in the version that builds the site, where that is known.

        Versions between which nothing was measured are one; what is older than all that was
        measured is read as the oldest of them.
        """
        measured = [minor for _, minor in VERSIONS["hugo"]]
        if bisect_right(measured, self.oldest) != bisect_right(measured, self.newest):
            return Target("hugo")
        return Target("hugo", (0, max(self.newest, measured[0])))

    def since(self, minor: int) -> bool | None:
        """Return whether Hugo 0.``minor`` or a later one builds the site; None where either may."""
        if self.oldest >= minor:
            return True
        return False if self.newest < minor else None


def read(target: Target, files: RecordedFiles, values: Mapping[str, Any]) -> Versions:
    """The versions that build a site: the target's, or else those that the site's files name.

    All files that name one count.
    """
    if target.version is not None:
        minor = (*target.version, 0)[1]
        return Versions(minor, minor)
    package = _Package(files)
    found = sorted([*_pinned(files), *package.exact])
    if found:
        return Versions(found[0][0], found[-1][0], found[0][1])
    return _bounds(values, package)


def _bounds(values: Mapping[str, Any], package: _Package) -> Versions:
    wanted = section(values, "module", "hugoversion")
    least = _minor(wanted.get("min"))
    bounds = package.least if least is None else [*package.least, (least, "module.hugoVersion.min")]
    most = _minor(wanted.get("max"))
    oldest, source = max(bounds, default=(0, "" if most is None else "module.hugoVersion.max"))
    return Versions(oldest, _NEWEST if most is None else max(most, oldest), source)


def _minor(text: Any) -> int | None:
    match = re.match(_NUMBER, text) if isinstance(text, str) else None
    return int(match[1]) if match else None


def with_layouts(found: Versions, files: RecordedFiles, mounts: Iterable[Mount]) -> Versions:
    """Return the versions, not older than the first that reads the site's folders of layouts."""
    if found.oldest >= _NEW_LAYOUTS or found.newest < _NEW_LAYOUTS:
        return found
    for mount in mounts:
        for name in ("_shortcodes", "_partials"):
            path = join(mount.source, name)
            if mount.component == "layouts" and not mount.target and files.exists(path):
                return Versions(_NEW_LAYOUTS, found.newest, path)
    return found


def _pinned(files: RecordedFiles) -> list[tuple[int, str]]:
    """Return the versions that the site names, or else the repository that it is a folder of."""
    found = list(_pinned_in(files, ""))
    if found or files.exists(".git"):
        return found
    folders = ["../" * level for level in range(1, _LEVELS)]
    root = next((n for n, one in enumerate(folders, 1) if files.exists(f"{one}.git")), 0)
    every = (list(_pinned_in(files, one)) for one in folders[:root])
    return next(filter(None, every), [])


def _pinned_in(files: RecordedFiles, folder: str) -> Iterator[tuple[int, str]]:
    for name, pattern in _PINS:
        path = f"{folder}{name}"
        text = files.text(path) if files.exists(path) else None
        for match in pattern.finditer(text or ""):
            yield int(match[1]), path
    workflows = f"{folder}{_WORKFLOWS}"
    if files.exists(workflows):
        for entry in files.entries(workflows)[:_WORKFLOW_LIMIT]:
            if entry.name.endswith((".yml", ".yaml")):
                path = f"{workflows}/{entry.name}"
                for match in _WORKFLOW_PIN.finditer(files.text(path) or ""):
                    yield int(match[1]), path


def _json(files: RecordedFiles, path: str) -> Mapping[str, Any]:
    text = files.text(path) if files.exists(path) else None
    return parse(text or "", "json", "hugo") or EMPTY


class _Package:
    """What package.json says of the packages that bring Hugo along: minor versions, with the file.

    hugo-extended is numbered as the Hugo that it brings, and a caret keeps the minor version.
    hugo-bin is numbered after it: 0.149 brings 0.152.
    """

    def __init__(self, files: RecordedFiles) -> None:
        self.exact: list[tuple[int, str]] = []
        self.least: list[tuple[int, str]] = []
        data = _json(files, _PACKAGE)
        wanted = {**section(data, "dependencies"), **section(data, "devDependencies")}
        self._note(self.exact, _CARET, wanted.get("hugo-extended"), _PACKAGE)
        installed = f"node_modules/hugo-bin/{_PACKAGE}"
        stated = section(data, "hugo-bin").get("version")
        if stated is None and "hugo-bin" in wanted:
            own = _json(files, installed)
            self._note(self.exact, _NUMBER, own.get("hugoVersion"), installed)
        self._note(self.exact, _NUMBER, stated, _PACKAGE)
        self._note(self.least, _CARET, wanted.get("hugo-bin"), _PACKAGE)

    def _note(self, notes: list[tuple[int, str]], pattern: str, text: Any, file: str) -> None:
        match = re.match(pattern, text) if isinstance(text, str) else None
        if match is not None:
            notes.append((int(match[1]), file))


_PACKAGE = "package.json"
_CARET = rf"[\^~=]?\s*{_NUMBER}"
