"""How each generator loads the YAML of a header: what it refuses, and the values that it sees.

Hexo and Eleventy read with js-yaml, the gems of Jekyll with SafeYAML, Debian's Jekyll with Psych
(``safe_load``, Date and Time allowed), Hugo with Go's yaml.v2 before 0.152 and
goccy/go-yaml since. A header that all of them read alike
(plain keys, one-line values, lists) is recognised by one pattern and needs no second parse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core import lazy
from newslint.generators.effects import Effect
from newslint.generators.target import Version
from newslint.generators.yaml.loaders import dialects
from newslint.generators.yaml.problem import YamlProblem

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = [
    "SIMPLE",
    "Loaded",
    "YamlProblem",
    "dialect",
    "examine",
    "has_odd",
    "is_simple",
    "load",
    "load_problems",
    "origin",
]


_FATAL = {
    "hexo": Effect.POST_LOST,
    "jekyll": Effect.DROPPED,
    "hugo": Effect.SITE_DIES,
    "eleventy": Effect.SITE_DIES,
    "html": Effect.DROPPED,
}
_NO_MAPPING = _FATAL | {"hexo": Effect.PRINTED, "eleventy": Effect.DROPPED}

# One line of YAML that every loader reads alike. No character of it is special anywhere, no
# value goes on in the next line, and no item of a list is indented otherwise than its neighbour.
# The odd characters beyond ASCII are looked for once: compiling each set of them takes long.
_ODD = lazy.pattern(r"[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_CHAR = r"[^\x00-\x1f\x7f"
_FIRST = _CHAR + r" \-?:,\[\]{}#&*!|>'\"%@`]"
# Runs of characters with a mark between, not "a character or a mark": three times as fast.
_PLAIN = rf"{_FIRST}{_CHAR}:#]*+(?::(?=[^\s:]){_CHAR}:#]*+)*+"
_SINGLE = rf"'{_CHAR}']*+(?:''{_CHAR}']*+)*+'[ ]*+"
_DOUBLE = rf'"{_CHAR}"\\]*+"[ ]*+'
_INSIDE = rf"{_CHAR}:#,\[\]{{}}]*+"
# In brackets libyaml takes no ":?".
_WORD = rf"(?:{_FIRST}{_INSIDE}(?::(?=[^\s,?\[\]{{}}]){_INSIDE})*+|{_SINGLE}|{_DOUBLE})"
_LIST = rf"\[[ ]*+(?:{_WORD}(?:,[ ]*+(?!\])|(?=\])))*+\][ ]*+"
_VALUE = rf"(?:{_PLAIN}|{_SINGLE}|{_DOUBLE}|{_LIST})"
_EOL = r"(?:\r?\n|\Z)"
_ITEMS = rf"(?=(?P<indent>[ ]*+)-)(?:(?P=indent)-[ ]++{_VALUE}{_EOL})++"
# A key of more than 1,024 characters is none to libyaml (Jekyll, Hugo), and one to js-yaml.
_KEY = r"[^\W\d][\w-]{0,1023}+"
_ENTRY = rf"{_KEY}:(?:[ ]++{_VALUE}{_EOL}|[ ]*+{_EOL}(?:{_ITEMS})?+)"
SIMPLE = rf"(?:{_ENTRY}|[ ]*+\r?\n)*+"
"""A pattern for lines of YAML that every loader reads alike, unless `has_odd`; see `is_simple`."""
_SIMPLE = lazy.pattern(rf"{SIMPLE}[ ]*+\Z")


def is_simple(content: str) -> bool:
    """Whether every loader reads ``content`` alike, but for what its unquoted scalars mean."""
    return _SIMPLE.match(content) is not None and not has_odd(content, 0, len(content))


def has_odd(text: str, start: int, end: int) -> bool:
    """Whether a part of a text has characters that loaders refuse, or take for a line's end."""
    return not text.isascii() and _ODD.search(text, start, end) is not None


def load_problems(
    content: str, target: str, version: Version | None = None, node: Node | None = None
) -> list[YamlProblem]:
    """Return what ``target`` does not take in the YAML ``content``, in the order of the text.

    ``node`` is the content as PyYAML composed it, if that was done already.
    """
    return list(examine(content, target, version, node).problems)


def _checked(content: str, target: str, dialect: str, root: Node | None) -> list[YamlProblem]:
    """Return what the target refuses in YAML that parses."""
    from newslint.generators.yaml import checks

    back = origin(content, target)
    return [
        YamlProblem(
            back(found.offset),
            back(found.end),
            found.kind,
            _outcome(found.kind, target, dialect, root),
            found.message,
        )
        for found in sorted(checks.check(root, target, dialect), key=lambda one: one.offset)
    ]


def _outcome(kind: str, target: str, dialect: str, root: Node | None) -> Effect:
    if kind == "not-a-mapping":
        if target == "hexo" and isinstance(getattr(root, "value", None), list):
            return Effect.POST_LOST  # a list passes for front matter, and then does not
        return _NO_MAPPING[target]
    last_counts = target in ("jekyll", "html") or dialect == "go"
    if kind == "null-key" or (kind == "duplicate-key" and last_counts):
        return Effect.WRONG
    return _FATAL[target]


def load(
    content: str, target: str, version: Version | None = None, node: Node | None = None
) -> Mapping[str, Any] | None:
    """The values as ``target`` sees them; None where it does not load them, or they are no mapping.

    Keys are strings. A date is a datetime in UTC (or a date) where the loader makes one of it.
    """
    used = dialect(target, version)
    root, problems = _compose(content, target, used, node)
    from yaml.nodes import MappingNode

    if problems or not isinstance(root, MappingNode):
        return None
    from newslint.generators.yaml import values as yaml_values

    return yaml_values.mapping(root, used)


class Loaded(NamedTuple):
    """YAML as a target takes it: its node, its values, and what the target does not take.

    ``values`` is None where it is not loaded, or is no mapping.
    """

    node: Node | None
    values: Mapping[str, Any] | None
    problems: tuple[YamlProblem, ...]


def examine(
    content: str, target: str, version: Version | None = None, node: Node | None = None
) -> Loaded:
    """What `load_problems` and `load` say, at the price of one parse for each of `dialects`."""
    *older, newest = dialects(target, version)
    loaded = _examined(content, target, newest, node)
    for one in older:
        before = _examined(content, target, one, node)
        from newslint.generators.yaml.of_versions import of_versions

        problems = of_versions(before.problems, loaded.problems, version)
        loaded = Loaded(loaded.node, before.values and loaded.values, problems)
    return loaded


def _examined(content: str, target: str, dialect: str, node: Node | None) -> Loaded:
    root, problems = _compose(content, target, dialect, node)
    if problems:
        return Loaded(None, None, tuple(problems))
    found = tuple(_checked(content, target, dialect, root))
    values = None
    if root is not None:
        from yaml.nodes import MappingNode

        from newslint.generators.yaml import values as yaml_values

        if not isinstance(root, MappingNode):
            return Loaded(root, None, found)
        values = yaml_values.mapping(root, dialect)
    return Loaded(root, values, found)


@lru_cache(maxsize=64)
def dialect(target: str, version: Version | None = None) -> str:
    """Return the name of the loader, the newest where it may be several: js, js3, psych, safe,
    go or goccy.
    """
    return dialects(target, version)[-1]


def _compose(
    content: str, target: str, dialect: str, node: Node | None
) -> tuple[Node | None, list[YamlProblem]]:
    from newslint.generators.yaml.js_nodes import YamlSyntaxError

    if is_simple(content):
        return (node if node is not None else _composed(content)), []
    try:
        return _parse(content, target, dialect), []
    except YamlSyntaxError as error:
        from newslint.generators.yaml import error_messages

        kind = error.kind if error.kind in ("alias", "depth") else "syntax"
        error.offset = origin(content, target)(error.offset)
        told = error_messages.explain(content, error)
        return None, [
            YamlProblem(told.offset, told.offset, kind, _FATAL[target], told.message, told.value)
        ]


def _composed(content: str) -> Node | None:
    from newslint.generators.yaml import libyaml

    return libyaml.compose(content)


def _parse(content: str, target: str, dialect: str) -> Node | None:
    if target == "jekyll":
        return _parse_jekyll(_without_surrogates(content), dialect == "safe")
    if dialect == "goccy":
        from newslint.generators.yaml import goccy

        return goccy.compose(content)
    if dialect == "go":
        return _composed(content)
    from newslint.generators.yaml import js_parser

    text = _without_surrogates(content)
    if target == "hexo":
        text = _without_tabs(text)
    return js_parser.compose(text, legacy=dialect == "js3")


def _parse_jekyll(content: str, is_safe: bool) -> Node | None:
    """Psych gets the opening fence too, which begins a document that no directive may precede."""
    from newslint.generators.yaml import libyaml
    from newslint.generators.yaml.js_nodes import YamlSyntaxError

    if not content.lstrip(" \t\r\n").startswith("%"):
        return libyaml.compose(content, missing_is_null=is_safe)
    try:
        return libyaml.compose(_FENCE + content, missing_is_null=is_safe)
    except YamlSyntaxError as error:
        error.offset = max(error.offset - len(_FENCE), 0)
        raise


_FENCE = "---\n"
_SURROGATES = lazy.pattern("[\ud800-\udfff]")
_TABS = lazy.pattern(r"(?<=\n)\t++")


def _without_surrogates(content: str) -> str:
    """Bytes that are no UTF-8 reach these loaders as U+FFFD."""
    return content if content.isascii() else _SURROGATES.sub("\ufffd", content)


def _without_tabs(content: str) -> str:
    """hexo-front-matter makes two spaces of each tab that begins a line."""
    return content if "\t" not in content else _TABS.sub(lambda tabs: "  " * len(tabs[0]), content)


def origin(content: str, target: str) -> Callable[[int], int]:
    """Return the way back from an offset in what the loader got to one in ``content``."""
    if target != "hexo" or "\t" not in content:
        return lambda offset: offset
    tabs = [match.span() for match in _TABS.finditer(content)]

    def back(offset: int) -> int:
        grown = 0
        for start, end in tabs:
            if offset <= start + grown:
                break
            inside = offset - start - grown
            if inside < 2 * (end - start):
                return start + inside // 2
            grown += end - start
        return offset - grown

    return back
