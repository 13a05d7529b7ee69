"""The model of a Eleventy site, read from its files."""

from __future__ import annotations

from newslint.generators import Target
from newslint.generators.site import Site
from newslint.generators.site.files import RecordedFiles


def read(target: Target, root: str, files: RecordedFiles) -> Site:
    """The site whose configuration lies in ``root``."""
    return Site(target, root, files.fingerprint)
