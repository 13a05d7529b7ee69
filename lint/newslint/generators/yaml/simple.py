"""The values of YAML that every loader reads alike, line by line, without PyYAML: slow to load."""

from __future__ import annotations

from typing import Any

from newslint.core import lazy
from newslint.generators.yaml.implicit_types import resolve


def simple(text: str, dialect: str) -> dict[str, Any] | None:
    """As `yaml_values.mapping`, for text that `yaml_dialect.is_simple` accepts, line by line.

    None where that is not certain to be what the loaders see: a key is duplicated, is a word with
    a meaning, or is longer than they read, or a colon is in a list in brackets. Composing the
    nodes takes five times as long; they are wanted only for what is found
    (`newslint.post.front_matter.FrontMatter.node`).
    """
    values: dict[str, Any] = {}
    items: list[Any] | None = None
    last = ""
    kept = _kept.setdefault(dialect, {})
    for line in text.split("\n"):
        key, value = kept.get(line) or _line(line, dialect, kept)
        if value is _UNCERTAIN or key in values:
            return None
        if key is None:
            if items is None:
                values[last] = items = []
            items.append(value)
        elif key:
            values[key] = value
            last, items = key, None
    return values


def _line(
    line: str, dialect: str, kept: dict[str, tuple[str | None, Any]]
) -> tuple[str | None, Any]:
    """The key and the value of a line; None is the key of an item, nothing that of a blank line."""
    read: tuple[str | None, Any]
    if line[:1] in _ITEM:
        item = line.lstrip(" ").rstrip("\r")
        read = (None, _simple(item[1:].strip(" "), dialect)) if item else ("", None)
    else:
        key, _, written = line.partition(":")
        value = _simple(written.rstrip("\r").strip(" "), dialect)
        read = (key, _UNCERTAIN if len(key) < 6 and _is_word(key) else value)
    if len(line) <= _LINE_KEPT and read[1].__class__ is not list:
        if len(kept) >= _LINES_KEPT:
            kept.clear()
        kept[line] = read
    return read


_kept: dict[str, dict[str, tuple[str | None, Any]]] = {}
"""What lines mean to each dialect: most of an archive's are the same few."""
_LINES_KEPT, _LINE_KEPT = 1_000, 40
"""How many lines are kept, and their code points at most."""
BLANK = " \t\r\n\f\v\x85\u2028\u2029\ufeff"
"""What Hugo takes for nothing: to YAML an ideographic space is text (measured with 0.168)."""
_ITEM = frozenset(("", " ", "-", "\r"))
"""How a line begins that is an item of a list, or blank."""
_UNCERTAIN = object()

_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"))
_SPECIAL = frozenset("0123456789+-.~:")
_LIST_WORD = lazy.pattern(r"'(?:[^']|'')*+'|\"[^\"]*+\"|[^\s,'\"][^,]*+")


def _simple(written: str, dialect: str) -> Any:
    """Return the value that is written on one line, the spaces around it left out."""
    first = written[:1]
    if first == "'":
        return written[1:-1].replace("''", "'")
    if first == '"':
        return written[1:-1]
    if first == "[":
        # libyaml refuses some colons in brackets that others take.
        if ":" in written:
            return _UNCERTAIN
        words = _LIST_WORD.findall(written[1:-1])
        return [_simple(word.rstrip(" "), dialect) for word in words]
    # Only what looks like a number, a date or a word with a meaning needs the loader's own rules.
    if first in _SPECIAL or not written or (len(written) < 6 and _is_word(written)):
        return resolved(written, dialect)
    return written


def _is_word(text: str) -> bool:
    return text.lower() in _WORDS


def resolved(text: str, dialect: str) -> Any:
    """Return what an unquoted scalar means; its text where the loader makes nothing of it."""
    if text == "":
        return None
    try:
        return resolve(text, dialect)
    except ValueError:
        return text
