"""The Hugo that builds a site, as far as its files pin it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newslint.core import lazy
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import section

_NEWEST = 9_999
_WORKFLOWS = ".github/workflows"
_WORKFLOW_LIMIT = 10
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

    def since(self, minor: int) -> bool | None:
        """Whether Hugo 0.``minor`` or a later one builds the site; None where either may."""
        if self.oldest >= minor:
            return True
        return False if self.newest < minor else None


def read(files: RecordedFiles, values: Mapping[str, Any]) -> Versions:
    """The versions that the site's own files name: all that name one count."""
    found = sorted(_pinned(files))
    if found:
        return Versions(found[0][0], found[-1][0], found[0][1])
    least = section(values, "module", "hugoversion").get("min")
    match = re.match(_NUMBER, least) if isinstance(least, str) else None
    return Versions(int(match[1]), _NEWEST, "module.hugoVersion.min") if match else Versions()


def _pinned(files: RecordedFiles) -> Iterator[tuple[int, str]]:
    for name, pattern in _PINS:
        text = files.text(name) if files.exists(name) else None
        for match in pattern.finditer(text or ""):
            yield int(match[1]), name
    if files.exists(_WORKFLOWS):
        for entry in files.entries(_WORKFLOWS)[:_WORKFLOW_LIMIT]:
            if entry.name.endswith((".yml", ".yaml")):
                path = f"{_WORKFLOWS}/{entry.name}"
                for match in _WORKFLOW_PIN.finditer(files.text(path) or ""):
                    yield int(match[1]), path
