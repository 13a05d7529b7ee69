"""Facts about a run for reports, and the URLs that open a file in an editor."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.messages import join_comma, msg
from newslint.files.posts import PostFile
from newslint.reports import About

EDITORS = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "emacs": "org-protocol://open-file?file={path}&line={line}&column={column}",
}
"""The URLs that editors register, as documented by the editors."""

_GIT_SECONDS = 5
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_REFUSED = frozenset(("javascript", "data", "vbscript", "blob", "about", "file"))
"""Schemes that run code in the page, or that browsers refuse to follow."""


def about(files: Sequence[PostFile], run: Project) -> About:
    """Return facts about the run: time, command and files."""
    settings = run.settings(files[0].place if files else run.folder / "post.md")
    return About(
        date=_date(),
        command=shlex.join(["newslint", *sys.argv[1:]]),
        target=str(settings.target),
        preset=settings.preset,
        revision="" if run.url else _revision(run.folder),
        folder="" if run.url else Path.cwd().as_posix(),
    )


def editor_url(name: str) -> str:
    """Return the URL of an editor: one of `EDITORS`, or a URL with ``{path}`` and maybe ``{line}``.

    Raises UsageError for an unknown name, and for a URL that opens no file.
    """
    if name in EDITORS or not name:
        return EDITORS.get(name, "")
    scheme = _SCHEME.match(name)
    if scheme is None:
        raise UsageError(
            msg(
                "unknown editor {name}; choose {names}, or give a URL such as {example}",
                name=name,
                names=join_comma([*EDITORS]),
                example="vscode://file/{path}:{line}",
            )
        )
    if scheme[1].lower() in _REFUSED or "{path}" not in name:
        raise UsageError(
            msg(
                "{url} does not open a file; the URL of an editor has its own scheme and {{path}}",
                url=name,
            )
        )
    return name


def _date() -> str:
    """Return the current time, or that of ``SOURCE_DATE_EPOCH`` for reproducible builds."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)
    return now.strftime("%Y-%m-%d %H:%M UTC")


def _revision(folder: Path) -> str:
    """Return the abbreviated commit that is checked out; empty outside of git."""
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],  # noqa: S607
            cwd=folder, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
