"""Installs the generators of the npm registry and of PyPI into the renderers' folder; again does nothing.

    python tests/renderers/install.py

Hexo 5 to 8 (8 with either Markdown renderer), Eleventy 2 and 3 and the newer versions of Hugo go to the folder that NEWSLINT_RENDERERS
names, or to the user's cache. Jekyll and Hugo 0.111 are the system's packages:
``apt-get install jekyll hugo``.
"""

from __future__ import annotations

import sys
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    __package__ = "renderers"

from renderers import eleventy, hexo, hugo
from renderers.generators import TARGETS, available


def install() -> None:
    """Install what is missing. Raises RuntimeError with the installer's words where that fails."""
    for version, renderer in hexo.SITES:
        hexo.install(hexo.home(version, renderer), version, renderer)
    for version in eleventy.VERSIONS:
        eleventy.install(eleventy.home(version), version)
    for release in hugo.PACKAGES:
        hugo.install(release)


def main() -> int:
    """The exit code: 1 where a generator cannot run."""
    try:
        install()
    except (RuntimeError, OSError) as error:
        print(error, file=sys.stderr)
    reasons = {target: available(target) for target in TARGETS}
    for target, reason in reasons.items():
        print(f"{target}: {reason or 'can run'}")
    return int(any(reasons.values()))


if __name__ == "__main__":
    raise SystemExit(main())
