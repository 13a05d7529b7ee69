"""Directory data: the values that an Eleventy site gives to a template by files beside it.

`posts/posts.json` and `posts/posts.11tydata.js` are of all in the folder, `posts/a.json` of one
template. A file of JavaScript counts where it states literals; what it computes is not known.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.eleventy.options import Options
from newslint.generators.front_matter import read
from newslint.generators.site.files import SiteFiles
from newslint.generators.site.javascript import without_comments
from newslint.generators.site.literals import COMPUTED, Literals, objects
from newslint.generators.site.parsing import EMPTY, front_matter, parse

COMPUTED_DATA = "eleventyComputed"
"""The key of data that is computed from other data."""
_EXPORT = lazy.pattern(r"(?:\bmodule\.exports\s*=|\bexport\s+default)\s*(?=[{A-Za-z_$])")
_DECLARED = lazy.pattern(r"\b(?:const|let|var|function)\s+([A-Za-z_$][\w$]*+)")
_SCRIPTS = (".js", ".cjs", ".mjs")
_SCRIPT_LIMIT = 64_000


class Found:
    """The values of one data file; ``computed`` names keys whose values are not known.

    ``is_open`` says that it may have more keys.
    """

    def __init__(
        self, path: str, values: Mapping[str, Any], computed: frozenset[str], is_open: bool
    ) -> None:
        self.path, self.values = path, values
        self.computed, self.is_open = computed, is_open


class DirectoryData:
    """Looks up the data files of templates; each folder and file is read once."""

    def __init__(self, files: SiteFiles, options: Options) -> None:
        self.files, self.options = files, options
        self._folders: dict[str, tuple[Found, ...]] = {}
        self._names: dict[str, frozenset[str]] = {}

    def values(self, path: str) -> Mapping[str, Any]:
        """The values that a template gets, nearer files before others; lists of both are joined."""
        found = self._found(path)
        if not found:
            return EMPTY
        merged: dict[str, Any] = {}
        for one in found:
            values = {key: value for key, value in one.values.items() if key not in one.computed}
            merged = _merged(merged, values) if self.options.deep_merge else {**merged, **values}
        return merged

    def open_reason(self, path: str) -> str:
        """Return why a template may get other values too; empty where it gets none."""
        for one in self._found(path):
            if one.is_open or one.computed:
                return msg("{file} computes values", file=one.path)
        return ""

    def may_set(self, path: str, key: str) -> bool:
        """Return whether a data file may set a key to a value that is not known."""
        for one in reversed(self._found(path)):
            if key in one.computed:
                return True
            if key in one.values:
                return False
            if one.is_open and key in (self.files.text(one.path) or ""):
                return True
        return False

    def computes(self, path: str, key: str) -> bool:
        """Return whether a data file may compute a key (``eleventyComputed``)."""
        return any(computes(self.files, one, key) for one in self._found(path))

    def fingerprint(self, folder: str) -> bytes:
        """16 bytes that represent all data files of the templates of a folder."""
        digest = hashlib.blake2b(digest_size=16)
        for name in sorted(self._listed(folder)):
            path = posixpath.join(folder, name) if folder else name
            digest.update(repr((path, self.files.text(path))).encode("utf-8", "replace"))
        for one in self._of_folder(folder):
            digest.update(repr((one.path, self.files.text(one.path))).encode("utf-8", "replace"))
        return digest.digest()

    def _found(self, path: str) -> tuple[Found, ...]:
        """Return the data files of a template, the farthest first."""
        folder, _, name = path.rpartition("/")
        own = tuple(self._files(folder, self._stem(name)))
        return (*self._of_folder(folder), *own)

    def _stem(self, name: str) -> str:
        for suffix in self.options.template_suffixes:
            if name.endswith(f".{suffix}"):
                return name[: -len(suffix) - 1]
        return name

    def _of_folder(self, folder: str) -> tuple[Found, ...]:
        """Return the data of a folder and those above it, up to the input folder."""
        if folder not in self._folders:
            source = self.options.input
            above: tuple[Found, ...] = ()
            if folder not in (source, "") and folder.startswith(f"{source}/" if source else ""):
                above = self._of_folder(posixpath.dirname(folder))
            name = self.options.base_name or posixpath.basename(folder)
            is_root = folder == ""
            own = () if is_root and not self.options.base_name else tuple(self._files(folder, name))
            self._folders[folder] = (*above, *own)
        return self._folders[folder]

    def _files(self, folder: str, stem: str) -> Iterator[Found]:
        """Yield the data files of a stem in a folder, the weaker first."""
        there = self._listed(folder)
        for suffix in reversed(self.options.suffixes):
            if suffix == "" and self.options.base_name and stem == self.options.base_name:
                continue
            for ending in (*self.options.data_formats, "json", "mjs", "cjs", "js"):
                name = f"{stem}{suffix}.{ending}"
                if name in there and (suffix or f".{ending}" not in _SCRIPTS):
                    yield read_file(self.files, posixpath.join(folder, name) if folder else name)

    def _listed(self, folder: str) -> frozenset[str]:
        """Return the names of the data files in a folder."""
        if folder not in self._names:
            endings = tuple(f".{one}" for one in (*self.options.data_formats, "json")) + _SCRIPTS
            self._names[folder] = frozenset(
                one.name for one in self.files.entries(folder) if one.name.endswith(endings)
            )
        return self._names[folder]


def computes(files: SiteFiles, found: Found, key: str) -> bool:
    """Return whether the computed data of a data file may have a key."""
    inner = found.values.get(COMPUTED_DATA)
    if isinstance(inner, Mapping):
        return key in inner or "..." in inner
    text = files.text(found.path) or ""
    return (
        (found.is_open or COMPUTED_DATA in found.computed) and COMPUTED_DATA in text and key in text
    )


def read_file(files: SiteFiles, path: str) -> Found:
    """Return the values of a data file."""
    text = files.text(path) or ""
    if path.endswith(_SCRIPTS):
        return _of_script(path, text)
    form = "json" if path.endswith(".json") else "yaml"
    form = "toml" if path.endswith(".toml") else form
    values = parse(text, form, "eleventy")
    return Found(path, values or {}, frozenset(), values is None and bool(text.strip()))


def of_template(text: str) -> Mapping[str, Any]:
    """Return the front matter of a template; in JavaScript, what is no literal is `COMPUTED`."""
    found = read(text, "eleventy")
    if found.form != "js":
        return front_matter(text, "eleventy")
    code = without_comments(text[found.start : found.end])
    literals = Literals(code)
    if code.lstrip().startswith("{"):
        value, _ = literals.value(code, 0)
        return value if isinstance(value, dict) else {"permalink": COMPUTED}
    return {match[1]: literals.value(match[1], 0)[0] for match in _DECLARED.finditer(code)}


def _of_script(path: str, text: str) -> Found:
    """Return the literals that a script exports."""
    code = without_comments(text[:_SCRIPT_LIMIT])
    exported = list(objects(code, _EXPORT, Literals(code)))
    if len(exported) != 1:
        return Found(path, {}, frozenset(), True)
    values = exported[0]
    computed = frozenset(key for key, value in values.items() if _is_computed(value))
    return Found(path, values, computed - {"..."}, "..." in values or COMPUTED_DATA in values)


def _is_computed(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_is_computed, value.values()))
    if isinstance(value, list):
        return any(map(_is_computed, value))
    return value is COMPUTED


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Eleventy's deep merge: mappings are merged, lists joined, all else replaced."""
    found = dict(below)
    for key, value in above.items():
        old = found.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            found[key] = _merged(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            found[key] = [*old, *(one for one in value if one not in old)]
        else:
            found[key] = value
    return found
