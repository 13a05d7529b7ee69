"""Which files of a site are no posts: layouts, includes, themes, scaffolds, what is built of them.

A generator gives some folders a meaning of their own, and its configuration may rename them. Their
files are full of templates that are meant: a fix in one of them would damage every page.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newslint.core import lazy
from newslint.core.messages import say
from newslint.files import reader
from newslint.files.reader import UnreadableError
from newslint.generators.detect import Site, site, text_of


class Table(NamedTuple):
    """The folders of one site that hold no posts.

    ``names`` are closed wherever they lie, ``folders`` at their path from the site's root.
    ``posts`` are those in which every file is a post.
    """

    generator: str
    root: str
    """The absolute path, with a separator at its end."""
    names: frozenset[str]
    folders: frozenset[str]
    posts: tuple[str, ...]

    def reason(self, path: str) -> str | None:
        """Why a file or folder of the site, given by its absolute path, holds no post."""
        parts = Path(path.removeprefix(self.root)).parts
        for number, name in enumerate(parts):
            folder = "/".join(parts[: number + 1])
            if name in self.names or folder in self.folders:
                return say(
                    "no post of the {generator} site: its folder {folder} holds none",
                    generator=self.generator,
                    folder=folder,
                )
        if len(parts) == 1 and _README.match(parts[0]):
            return say("no post of the {generator} site: its README", generator=self.generator)
        return None

    def is_among_posts(self, path: str) -> bool:
        """Whether a file lies where the generator looks for posts and nothing else."""
        inside = f"{os.sep}{path.removeprefix(self.root)}"
        return any(f"/{folder}/" in inside.replace(os.sep, "/") for folder in self.posts)


_README = lazy.pattern(r"readme(?:[._-].*)?\.(?:md|markdown|mkd|html?)\Z", re.IGNORECASE)
_GENERATORS = {"hexo": "Hexo", "jekyll": "Jekyll", "hugo": "Hugo", "eleventy": "Eleventy"}


def is_post(path: str) -> bool:
    """Whether a file, or what a folder holds, may be posts, by its absolute path alone."""
    return why_not(path) is None


def why_not(path: str) -> str | None:
    """Why a file or folder holds no post of the sites that it lies in; None where it may."""
    for table in around(_folder(path)):
        if (reason := table.reason(path)) is not None:
            return reason
    return None


def posts_among(folder: str, names: list[str]) -> list[str]:
    """The names of files in a folder that may be posts; ``folder`` is one that `is_post` passed."""
    tables = around(folder)
    if not tables or tables[0].root.rstrip(os.sep) != folder.rstrip(os.sep):
        return names
    return [name for name in names if not _README.match(name)]


@cache
def around(folder: str) -> tuple[Table, ...]:
    """The sites that a folder lies in, the nearest first."""
    tables: list[Table] = []
    found = site(Path(folder))
    while found is not None:
        tables.append(_table(found))
        above = found.folder.parent
        is_repository = (found.folder / ".git").exists()
        found = None if above == found.folder or is_repository else site(above)
    return tuple(tables)


def _folder(path: str) -> str:
    """The folder of a file, by text: this is asked for every file that is named."""
    return path[: path.rfind(os.sep)] or os.sep


def forget() -> None:
    """Look for the sites again when they are next asked for."""
    around.cache_clear()


def _table(found: Site) -> Table:
    root = str(found.folder).rstrip(os.sep) + os.sep
    text = _configuration(found)
    names, folders, posts = _READERS[found.target.name](text)
    source = posts[0] if posts else ""
    closed = {
        folder
        for folder in map(_inside, folders)
        # A folder that holds the posts is not closed, whatever else is written there.
        if folder and folder != source and not source.startswith(f"{folder}/")
    }
    generator = _GENERATORS[found.target.name]
    return Table(generator, root, frozenset({*names, "node_modules"}), frozenset(closed), posts)


def _configuration(found: Site) -> str:
    """The keys at the top of a site's configuration, each at the beginning of a line."""
    path = found.folder / found.file
    paths = [path]
    if found.target.name == "hugo" and path.is_dir():
        names = (f"{stem}.{suffix}" for stem in ("hugo", "config") for suffix in _SUFFIXES)
        paths = [path / name for name in names]
    return "\n".join(_top_keys(text, one.suffix) for one in paths if (text := text_of(one)))


def _top_keys(text: str, suffix: str) -> str:
    if suffix == ".toml":
        # What follows a table's name is the table's.
        return re.split(r"^[ \t]*+\[", text, maxsplit=1, flags=re.MULTILINE)[0]
    return _lines_of_json(text) if suffix == ".json" else text


def _lines_of_json(text: str) -> str:
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    pairs = data.items() if isinstance(data, dict) else ()
    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in pairs)


_SUFFIXES = ("toml", "yaml", "yml", "json")


def _inside(folder: str) -> str:
    """A folder relative to the site's root; nothing for the root and what lies outside of it."""
    normal = os.path.normpath(folder.strip()).replace(os.sep, "/")
    return "" if normal == "." or normal.startswith(("../", "/")) or normal == ".." else normal


def _values(text: str, key: str, default: str) -> list[str]:
    """The texts that a key at the top of YAML, TOML or JSON has, one or a list; else the default.

    A configuration is a page or two: a pattern finds one key a hundred times faster than a parser.
    """
    match = re.search(
        rf"^[\"']?{key}[\"']?[ \t]*+[:=](?P<value>[ \t]*+(?:\[[^\]]*+\]|[^\r\n]*+)"
        r"(?P<items>(?:\r?\n[ \t]*+-[ \t][^\r\n]*+)*+))",
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    if match is None:
        return [default] if default else []
    found = (one[1] or one[2] or one[3] for one in _TEXT.finditer(text, *match.span("value")))
    return [text.strip() for text in found if text]


_TEXT = lazy.pattern(
    r"(?<=[\s\[,:=])(?:\"([^\"\n]++)\"|'([^'\n]++)'|(?!-\s|#)([^\s\"'\[\],#][^\"'\[\],#\r\n]*+))"
    r"|#[^\n]*+"
)
_Read = tuple[frozenset[str], list[str], tuple[str, ...]]


def _hexo(text: str) -> _Read:
    source = _one(text, "source_dir", "source")
    folders = ["scaffolds", "themes", ".deploy_git", f"{source}/_data"]
    folders += _values(text, "public_dir", "public")
    return frozenset(), folders, (f"{source}/_posts", f"{source}/_drafts")


def _jekyll(text: str) -> _Read:
    source = _one(text, "source", ".")
    folders = _values(text, "destination", "_site")
    for key in ("layouts_dir", "includes_dir", "plugins_dir", "data_dir"):
        folders += (f"{source}/{folder}" for folder in _values(text, key, ""))
    folders += (f"{source}/vendor/{name}" for name in ("bundle", "cache", "gems", "ruby"))
    names = frozenset({"_layouts", "_includes", "_data", "_sass", "_plugins", "_site"})
    return names, folders, ("_posts", "_drafts")


def _hugo(text: str) -> _Read:
    folders = ["_vendor", *_values(text, "publishDir", "public")]
    for kind in ("archetype", "asset", "data", "i18n", "layout", "static", "themes"):
        usual = {"i18n": "i18n", "data": "data", "static": "static", "themes": "themes"}
        folders += _values(text, f"{kind}Dir", usual.get(kind, f"{kind}s"))
    folders += _values(text, "resourceDir", "resources")
    folders += (one for at in range(11) for one in _values(text, f"staticDir{at}", ""))
    return frozenset(), folders, (_one(text, "contentDir", "content"),)


def _eleventy(text: str) -> _Read:
    said = dict(_ELEVENTY_DIR.findall(_dir_object(text)))
    said |= {key.lower(): folder for key, folder in _ELEVENTY_CALL.findall(text)}
    source = said.get("input", ".")
    inner = [said.get(key, f"_{key}") for key in ("includes", "data")]
    inner += [said["layouts"]] if "layouts" in said else []
    folders = [f"{source}/{folder}" for folder in inner] + [said.get("output", "_site")]
    return frozenset({"_includes", "_data", "_site"}), folders, ()


_ELEVENTY_DIR = lazy.pattern(
    r"\b(input|includes|layouts|data|output)\b[\"']?\s*+:\s*+[\"'`]([^\"'`\n]++)"
)
_ELEVENTY_CALL = lazy.pattern(
    r"\.set(Input|Includes|Layouts|Data|Output)Directory\(\s*+[\"'`]([^\"'`\n]++)"
)


def _dir_object(text: str) -> str:
    """What the configuration gives as ``dir``."""
    match = re.search(r"\bdir[\"']?\s*+[:=]\s*+\{([^}]*+)\}", text)
    return match[1] if match else ""


def _one(text: str, key: str, default: str) -> str:
    found = _values(text, key, default)
    return _inside(found[0]) or "." if found else default


_READERS = {"hexo": _hexo, "jekyll": _jekyll, "hugo": _hugo, "eleventy": _eleventy}

_FENCES = ("---", "+++", ";;;")
_WHOLE_PAGE = lazy.pattern(
    r"\s*+(?:<!--.*?-->\s*+)*+<(?:!doctype|html)\b", re.IGNORECASE | re.DOTALL
)
TEMPLATE = say("no post, but a template without front matter")
_MANY, _SPREAD = 5, 500
"""Templates, and characters for each of them at most, by which a text is full of templates."""


def is_template(path: str, text: str) -> bool:
    """Whether a file of a site is a template by its content.

    It has no front matter, and is a whole page with templates, begins with one, or is full of them.
    What lies where posts lie is a post, whatever it holds. ``path`` is absolute.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith(_FENCES) or ("{{" not in text and "{%" not in text):
        return False
    count = text.count("{{") + text.count("{%")
    is_full = count >= _MANY and count * _SPREAD >= len(text)
    if not (is_full or text.startswith(("{{", "{%")) or _WHOLE_PAGE.match(text)):
        return False
    tables = around(_folder(path))
    return bool(tables) and not tables[0].is_among_posts(path)


def why_no_text(path: str) -> str | None:
    """Why a file that was named is no post by its content; None where it may be, or is no text."""
    tables = around(_folder(path))
    if not tables or tables[0].is_among_posts(path):
        return None
    try:
        text = reader.read(path, _HEAD).decode("utf-8", "replace")
    except UnreadableError:
        return None
    return TEMPLATE if is_template(path, text) else None


_HEAD = 1_000_000
"""Bytes of a named file above which its content is not looked at: no template is so long."""
