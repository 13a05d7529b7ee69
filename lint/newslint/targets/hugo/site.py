"""The model of a Hugo site, read from its files."""

from __future__ import annotations

from newslint.targets import Target
from newslint.targets.site import Site
from newslint.targets.site.files import RecordedFiles


def read(target: Target, root: str, files: RecordedFiles) -> Site:
    """The site whose configuration lies in ``root``."""
    return Site(target, root, files.fingerprint)
