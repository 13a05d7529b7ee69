"""The files other than posts that affect the findings of posts."""

from __future__ import annotations

from pathlib import Path

from newslint.config.loader import FILE_NAMES
from newslint.generators.detect import SITE_FILES, is_hugo_setting

BASELINES = ("newslint-baseline.json", ".newslint-baseline.json")
"""File names at which an editor looks for a baseline; the second where the generator would publish
the first."""
NAMES = (*FILE_NAMES, ".gitignore", *BASELINES, *SITE_FILES)
"""Names of these files. Configurations that others extend may have any name ending in ``.toml``."""


def decides(file: Path) -> bool:
    """Return whether a path may be one of these files, by the path alone."""
    return file.name in NAMES or file.suffix == ".toml" or is_hugo_setting(file)


def above(folder: Path) -> list[Path]:
    """Return the possible paths of these files for posts in a folder: there and in its parents."""
    return [one / name for one in (folder, *folder.parents) for name in NAMES]


def state_of(path: Path) -> object:
    """Return a value that changes when a file changes; None if the file does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
