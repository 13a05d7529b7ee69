"""Global data that a build makes before Eleventy reads it, and that a checkout need not have.

Commands of package.json, and the scripts that they run, write it into the data folder; git ignores
it. newslint does not see its files, so that their names may be defined.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newslint.core import lazy
from newslint.generators.eleventy.data import COMPUTED_DATA, Found, read_file
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.parsing import parse, section

DATA_FORMATS = ("json", "js", "cjs", "mjs", "yaml", "yml", "toml")
"""The suffixes of data files, the strongest first."""
_SCRIPT = lazy.pattern(r"(?<![\w@./-])[\w@./-]+\.(?:[cm]?[jt]s|sh|py|rb)(?![\w.])")
_NAME = lazy.pattern(r"[A-Za-z_$][\w$-]*+")
_TEXT_LIMIT = 64_000
_FILE_LIMIT = 20
_COMMAND_FILES = ("package.json", "netlify.toml", "vercel.json", "Makefile")


@dataclass(frozen=True)
class GeneratedData:
    """The names that files may have which the build writes, each with the file that says so.

    ``anything`` is a file after which there may be any name; ``computed`` what the file
    ``eleventyComputed`` adds to the data of all pages.
    """

    names: dict[str, str]
    anything: str = ""
    computed: Found | None = None

    def source(self, name: str) -> str:
        """Return the file that makes or ignores the data of a name; empty where none does."""
        return self.names.get(name, self.anything)


def read(files: RecordedFiles, folder: str) -> GeneratedData:
    """Return what commands, scripts and .gitignore say of the data folder."""
    names: dict[str, str] = {}
    anything = ""
    if not folder:
        return GeneratedData(names)
    for path, name in (*_written(files, folder), *_ignored(files, folder)):
        if name:
            names.setdefault(name, path)
        else:
            anything = anything or path
    return GeneratedData(names, anything, _computed(files, folder))


def _computed(files: RecordedFiles, folder: str) -> Found | None:
    for suffix in DATA_FORMATS:
        path = posixpath.join(folder, f"{COMPUTED_DATA}.{suffix}")
        if files.exists(path):
            return read_file(files, path)
    return None


def _written(files: RecordedFiles, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the names that commands write, each with its file; an empty one for any name."""
    base = re.escape(posixpath.basename(folder))
    target = re.compile(
        rf"(?<![\w.-]){re.escape(folder)}(?=[/\s\"';&|\\]|\Z)/?+(?P<name>[\w.-]*+)(?!\*)"
    )
    scripts: dict[str, None] = {}
    for path in _COMMAND_FILES:
        if not files.exists(path):
            continue
        for command in _commands(path, (files.text(path) or "")[:_TEXT_LIMIT]):
            for match in target.finditer(command):
                yield path, match["name"].partition(".")[0]
            scripts.update((posixpath.normpath(one[0]), None) for one in _SCRIPT.finditer(command))
    for path in [*scripts][:_FILE_LIMIT]:
        if path.startswith(("../", "/", "node_modules/")) or not files.exists(path):
            continue
        code = (files.text(path) or "")[:_TEXT_LIMIT]
        if re.search(rf"(?<![\w.-]){base}(?![\w.-])", code):
            yield from ((path, name) for name in dict.fromkeys(_NAME.findall(code)))


def _commands(path: str, text: str) -> Iterator[str]:
    """Yield the commands of a file; of package.json its scripts alone."""
    if path != "package.json":
        yield text
        return
    package = parse(text, "json", "eleventy") or {}
    yield from (one for one in section(package, "scripts").values() if isinstance(one, str))


def _ignored(files: RecordedFiles, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the names of data that git ignores; an empty one for any name."""
    for path in (".gitignore", posixpath.join(folder, ".gitignore")):
        text = files.text(path) if files.exists(path) else None
        here = posixpath.dirname(path)
        for line in (text or "").splitlines()[:2_000]:
            pattern = line.strip().rstrip("/")
            if not pattern or pattern[0] in "#!":
                continue
            name = _ignored_name(pattern, folder, here)
            if name is not None:
                yield path, name


def _ignored_name(pattern: str, folder: str, here: str) -> str | None:
    """Return the name of data that a pattern of git ignores; None where it ignores none."""
    parent, _, name = pattern.removeprefix("**/").rpartition("/")
    stem, _, suffix = name.partition(".")
    if pattern == posixpath.basename(folder) or f"{here}/{pattern}".strip("/") == folder:
        return ""
    if parent and f"{here}/{parent}".strip("/") != folder:
        return None
    if not parent and here != folder and (suffix not in DATA_FORMATS or stem in ("", "**")):
        return None
    return "" if any(sign in stem for sign in "*?[") else stem
