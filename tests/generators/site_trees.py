"""The small sites of ``tests/sites``, laid out in a folder, and what their models say."""

from __future__ import annotations

import shutil
from pathlib import Path

from newslint.generators import Target
from newslint.generators.site import Role, Site
from newslint.generators.site.files import DiskFiles
from newslint.generators.sites import read_site

SITES = Path(__file__).parents[1] / "sites"


def lay(name: str, folder: Path, modules: Path | None = None) -> Path:
    """Copy a site; its ``packages`` and those of ``modules`` become its ``node_modules``."""
    root = folder / name
    shutil.copytree(SITES / name, root, symlinks=True)
    packages = root / "packages"
    installed = root / "node_modules"
    if packages.is_dir():
        packages.rename(installed)
    for package in sorted(modules.iterdir()) if modules else ():
        installed.mkdir(exist_ok=True)
        (installed / package.name).symlink_to(package, target_is_directory=True)
    return root


def model(root: Path, target: str) -> Site:
    """The model of the site in a folder."""
    return read_site(Target.parse(target), str(root), DiskFiles(str(root)))


def files_of(root: Path) -> list[str]:
    """The files of a site, relative to it."""
    paths = (path for path in root.rglob("*") if path.is_file() or path.is_symlink())
    names = (path.relative_to(root).as_posix() for path in paths)
    return sorted(name for name in names if not name.startswith(("node_modules/", "_site/")))


def roles_of(site: Site, root: Path) -> dict[str, str]:
    """The role of each file that has one the generator looks at."""
    found = {path: site.role(path).role for path in files_of(root)}
    return {path: role.value for path, role in found.items() if role is not Role.IGNORED}
