"""The configuration of an Eleventy site: its JavaScript, and the values that it states."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newslint.core import lazy
from newslint.generators.site.files import RecordedFiles
from newslint.generators.site.javascript import without_comments
from newslint.generators.site.literals import COMPUTED, Literals, objects
from newslint.generators.site.parsing import parse, section

NAMES = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
"""Where Eleventy 3 looks for its configuration, the first that is there."""

KEYS = (
    "dir", "templateFormats", "markdownTemplateEngine", "htmlTemplateEngine", "pathPrefix",
    "dataFileSuffixes", "dataFileDirBaseNameOverride", "jsDataFileSuffix",
)  # fmt: skip
"""The keys that configuration returns and that decide of posts."""

_RETURNED = lazy.pattern(
    r"(?:\breturn|\bmodule\.exports\s*=|\bexport\s+default"
    r"|\bexport\s+const\s+config\s*(?::[^=\n]{0,60})?=|=>\s*(?=\())\s*(?=[\w$({])\(?"
)
_IMPORTED = lazy.pattern(
    r"""(?:\bfrom\s*|\bimport\s*(?=['"]))(['"])(?P<path>[^'"\n]{1,200})\1"""
    r"""|\b(?:import|require)\(\s*(['"])(?P<called>[^'"\n]{1,200})\3\s*[,)]"""
)
_IMPORT = lazy.pattern(
    r"""\bimport\s+(?P<what>[\w$*{}\s,]{1,300}?)\s*\bfrom\s*(['"])(?P<path>[^'"\n]{1,200})\2"""
    r"""|\b(?:const|let|var)\s+(?P<left>[\w$]+|\{[^{}=]{1,300}\})\s*=\s*(?:\(?\s*await\s+import|require)"""
    r"""\(\s*(['"])(?P<required>[^'"\n]{1,200})\5"""
)
_BOUND = lazy.pattern(r"(?:([\w$]+)\s*(?:\bas\b|:)\s*)?([A-Za-z_$][\w$]*+)")
_EXPORTED = lazy.pattern(r"(?:\bmodule\.exports\s*=|\bexport\s+default)\s*(?=\{)")
_COMMAND = lazy.pattern(r"(?:^|[\s/&|;])eleventy(?P<flags>(?:\s+(?!&&|\|\||[;&|])\S+)*)")
_FLAG = lazy.pattern(r"--(input|output|formats|config|pathprefix)(?:=|\s+)([\"']?)([^\s\"']+)\2")
_FILE_LIMIT = 60
_CODE_LIMIT = 256_000
_SUFFIXES = ("", ".js", ".mjs", ".cjs", ".ts", ".json", "/index.js", "/index.mjs", "/index.cjs")


@dataclass
class Configuration:
    """The code of the configuration and of the site's own modules that it imports.

    ``code`` is by file, without comments; ``values`` what is returned under `KEYS`; ``flags`` what
    the scripts of package.json say on the command line; ``missing`` local files that are not
    there.
    """

    main: str = ""
    code: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    literals: Literals = field(default_factory=Literals)

    @property
    def text(self) -> str:
        """All code, in the order in which it was read."""
        return "\n".join(self.code.values())

    def value(self, key: str) -> Any:
        """A returned value; None where it is not stated, `COMPUTED` where it is no literal."""
        return self.values.get(key)


def load(files: RecordedFiles) -> Configuration:
    """Read the configuration in the root."""
    found = Configuration()
    _package(files, found)
    names = (found.flags["config"], *NAMES) if "config" in found.flags else NAMES
    for name in names:
        clean = posixpath.normpath(name)
        if not clean.startswith("../") and files.exists(clean):
            found.main = clean
            _follow(files, found, clean)
            break
    found.literals = Literals(*found.code.values(), known=dict(_exports(files, found)))
    for returned in _returned(found):
        found.values.update({key: returned[key] for key in KEYS if key in returned})
        if "..." in returned:
            for key in KEYS:
                found.values.setdefault(key, COMPUTED)
    return found


def _exports(files: RecordedFiles, found: Configuration) -> Iterator[tuple[str, tuple[str, int]]]:
    """The names that represent the mapping which a module of the site exports, and where it is."""
    for here, code in found.code.items():
        for name, (original, module) in bindings(code):
            if module.startswith(".") and original == name:
                other = _resolved(files, posixpath.join(posixpath.dirname(here), module))
                exported = _EXPORTED.search(found.code.get(other or "", ""))
                if other and exported:
                    yield name, (found.code[other], exported.end())


def _package(files: RecordedFiles, found: Configuration) -> None:
    package = parse(files.text("package.json") or "", "json", "eleventy") or {}
    scripts = [one for one in section(package, "scripts").values() if isinstance(one, str)]
    for script in scripts[:100]:
        for command in _COMMAND.finditer(script[:2_000]):
            for flag in _FLAG.finditer(command["flags"]):
                found.flags.setdefault(flag[1], flag[3])


def _follow(files: RecordedFiles, found: Configuration, path: str) -> None:
    """Read a module of the site and those that it imports."""
    waiting = [path]
    while waiting and len(found.code) < _FILE_LIMIT:
        here = waiting.pop(0)
        if here in found.code:
            continue
        code = without_comments((files.text(here) or "")[:_CODE_LIMIT])
        found.code[here] = code
        for name in imports(code):
            if name.startswith("."):
                other = _resolved(files, posixpath.join(posixpath.dirname(here), name))
                if other is None:
                    found.missing.append(name)
                elif not other.endswith(".json"):
                    waiting.append(other)


def imports(code: str) -> Iterator[str]:
    """Yield the modules that code imports or requires by a literal name."""
    for match in _IMPORTED.finditer(code):
        yield match["path"] or match["called"]


def bindings(code: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the names that imports bind, each with the original name and the module."""
    for match in _IMPORT.finditer(code):
        path = match["path"] or match["required"]
        for one in _BOUND.finditer(match["what"] or match["left"]):
            yield one[2], (one[1] or one[2], path)


def _resolved(files: RecordedFiles, path: str) -> str | None:
    clean = posixpath.normpath(path)
    if clean.startswith("../"):
        return None
    if posixpath.basename(clean) in ("", ".", ".."):
        clean = posixpath.join(clean, "index.js")
    suffixes = _SUFFIXES if not re.search(r"\.(?:[cm]?[jt]s|json)\Z", clean) else ("",)
    for suffix in suffixes:
        if suffix == "" and "." not in posixpath.basename(clean):
            continue
        if files.exists(clean + suffix):
            return clean + suffix
    return None


def _returned(found: Configuration) -> Iterator[dict[str, Any]]:
    """Yield the mappings with a key of configuration that the main file returns or exports."""
    code = found.code.get(found.main, "")
    for one in objects(code, _RETURNED, found.literals):
        if any(key in one for key in KEYS):
            yield one


def text_of(value: Any) -> str | None:
    """Return a text, or None for anything else."""
    return value if isinstance(value, str) else None


def is_known(value: Any) -> bool:
    """Return whether a value is stated, all of its parts included."""
    if isinstance(value, dict):
        return all(map(is_known, value.values()))
    if isinstance(value, list):
        return all(map(is_known, value))
    return value is not COMPUTED
