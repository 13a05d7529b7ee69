"""What a real generator made of a folder of posts, and where the generators are kept."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ARTICLE = ("<!--newslint-article-->", "<!--/newslint-article-->")
"""What a layout puts round the article, byte for byte: cut() finds the text between them."""


@dataclass(frozen=True, slots=True)
class Page:
    """One post as it was published.

    ``title``, ``date`` (as the layout printed it, ISO 8601) and ``categories`` are text with
    entities decoded; ``article`` is the HTML of the body alone, ``html`` the complete page.
    """

    title: str
    date: str
    categories: tuple[str, ...]
    article: str
    html: str


@dataclass(frozen=True, slots=True)
class BuildResult:
    """One run of a generator: its exit code, what it printed, and the pages by post file name.

    ``failed`` is of a patient build (see `PATIENT`): the posts that would have ended it, and why.
    """

    exit_code: int
    log: str
    pages: dict[str, Page] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


PATIENT = "failed.json"
"""The file to which a patient build's plug-in writes the error of each post that would have killed
the site, by the post's path. The generator then goes on with the others: the failures of one build
are reported apart without a build for each post."""


def generators_folder() -> Path:
    """Where the generators from the npm registry are installed: NEWSLINT_RENDERERS, or the cache."""
    if chosen := os.environ.get("NEWSLINT_RENDERERS"):
        return Path(chosen)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "newslint-renderers"


def missing_program(*names: str) -> str | None:
    """None where all programs are on the PATH, else the reason as a message."""
    missing = [name for name in names if shutil.which(name) is None]
    return f"{', '.join(missing)} not found on the PATH" if missing else None


def cut(page: str, markers: tuple[str, str] = ARTICLE) -> str:
    """The text between the first opening and the last closing marker, or nothing."""
    start, end = page.find(markers[0]), page.rfind(markers[1])
    return "" if start < 0 or end < start else page[start + len(markers[0]) : end]


def cut_text(page: str, name: str) -> str:
    """The text of the layout's ``<div id="newslint-NAME">…</div>``, entities decoded."""
    _, mark, rest = page.partition(f'<div id="newslint-{name}">')
    return html.unescape(rest.partition("</div>")[0]) if mark else ""


def failures(site: Path, prefix: str) -> dict[str, str]:
    """What a patient build's plug-in wrote down, by the name of the post's file."""
    written = site / PATIENT
    found = json.loads(written.read_bytes()) if written.exists() else {}
    return {path.removeprefix(prefix): words for path, words in found.items()}


def run(
    command: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    timeout: float = 600,
) -> tuple[int, str]:
    """Run a generator in a folder, in UTC and UTF-8: exit code, and all that it printed."""
    settings = {**os.environ, "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    settings.update(environment or {})
    done = subprocess.run(
        list(command), cwd=folder, env=settings, timeout=timeout, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout.decode("utf-8", "replace")
