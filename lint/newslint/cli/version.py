"""``newslint --version``, with ``--verbose`` the details for a bug report."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from newslint.cli.localization import language
from newslint.cli.rule_options import SelectionOptions, project
from newslint.cli.run_options import cache_file
from newslint.core.entry_points import entry_points
from newslint.core.errors import NewslintError
from newslint.core.version import __version__
from newslint.linter import registry
from newslint.reports import GROUP as REPORTERS

NEEDED = (
    "click", "lxml", "PyYAML", "pydantic", "python-frontmatter", "markdown-it-py", "tinycss2",
    "pathspec", "rich",
)  # fmt: skip
"""Packages whose version may affect findings."""

EXTRAS = {
    "dask": "distributed", "lsp": "pygls", "near": "datasketch", "online": "httpx", "s3": "s3fs",
    "watch": "watchfiles",
}  # fmt: skip
"""The extras, with the package that each installs."""


def details() -> Iterator[str]:
    """Yield lines in English for bug reports."""
    yield f"newslint {__version__}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"Python: {python}, {sys.executable}"
    yield f"Platform: {platform.platform()}"
    yield f"Installed in: {Path(__file__).parents[1]}"
    yield f"Packages: {', '.join(f'{name} {_version(name)}' for name in NEEDED)}"
    yield f"Libraries: libxml2 {_libxml2()}, {_libyaml()}"
    yield f"Extras: {', '.join(f'{name} ({_version(of)})' for name, of in EXTRAS.items())}"
    yield f"Plug-ins: {', '.join(_plugins()) or 'none'}"
    yield from _here()
    encoding = locale.getpreferredencoding(False)
    yield f"Language: {language().code}; encoding: {encoding}; cores: {os.cpu_count()}"


def _here() -> Iterator[str]:
    """Yield facts about the current folder."""
    try:
        run = project(SelectionOptions())
        settings = run.settings(run.folder / "post.md")
        files = [str(layer.path) for layer in run.layers(run.folder) if layer.path is not None]
    except NewslintError as error:
        yield f"Configuration: {error}"
        return
    yield f"Configuration: {', '.join(files) or 'none'}"
    site = "none" if settings.site is None else settings.site.root
    yield f"Site: {site}; target: {settings.target}; preset: {settings.preset}"
    yield f"Cache: {cache_file(run, None)}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _libxml2() -> str:
    from lxml import etree

    return ".".join(map(str, etree.LIBXML_VERSION))


def _libyaml() -> str:
    import yaml

    if not yaml.__with_libyaml__:
        return "no libyaml"
    from yaml import _yaml

    return f"libyaml {_yaml.get_version_string()}"


def _plugins() -> Iterator[str]:
    """Yield the entry points of other packages, with their names."""
    for group in (registry.GROUP, REPORTERS):
        for one in entry_points(group):
            if one.value.partition(":")[0].partition(".")[0] != registry.BUILT_IN:
                yield f"{one.name} ({one.value})"
