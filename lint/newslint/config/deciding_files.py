"""The files other than a post that determine its findings."""

from __future__ import annotations

from pathlib import Path

from newslint.config.loader import FILE_NAMES
from newslint.generators.detect import SITE_FILES, is_hugo_setting

BASELINES = ("newslint-baseline.json", ".newslint-baseline.json")
"""The names of a baseline that an editor looks for: the second where a site would publish the
first."""
NAMES = (*FILE_NAMES, ".gitignore", *BASELINES, *SITE_FILES)
"""Their names. A configuration that others extend may have any name that ends in ``.toml``."""


def decides(file: Path) -> bool:
    """Return whether a file may be one of them, by its path alone."""
    return file.name in NAMES or file.suffix == ".toml" or is_hugo_setting(file)


def above(folder: Path) -> list[Path]:
    """Where those that decide for the posts of a folder would be: in it, and in those above it."""
    return [one / name for one in (folder, *folder.parents) for name in NAMES]


def stamp_of(path: Path) -> object:
    """Return what changes with a file's content; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
