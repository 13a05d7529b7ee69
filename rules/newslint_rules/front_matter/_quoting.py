"""Quotes of front matter: those that a text needs, and those that fix invalid YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from newslint import Safety, Span, lazy, msg, yaml

if TYPE_CHECKING:
    from newslint import FrontMatter

_PLAIN = lazy.pattern(r"[^\W\d_][^\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff:#,\[\]{}]*+\Z")
_NOT_AS_IS = lazy.pattern(
    r"[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML takes for a line end, or does not take: it can only be written as an escape."""
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


def single_quoted(text: str) -> str:
    """Return a text as YAML in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def as_written(text: str, old: str, form: str) -> str:
    """Return a text in place of an old value, in the same quotes where it can be."""
    if form != "yaml" or old[:1] in ("", '"') or _NOT_AS_IS.search(text):
        import json

        quoted = json.dumps(text, ensure_ascii=False)
        return _NOT_AS_IS.sub(lambda one: f"\\u{ord(one[0]):04x}", quoted)
    if old[0] != "'" and _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    return single_quoted(text)


Edit = tuple[Span, str]

_KEY = lazy.pattern(r"[ \t]*+(?:-[ \t]++)*+(?P<key>[^\s:\"'#][^:\r\n]{0,60}+):[ \t]")
_LIMIT = 5
"""Values of one front matter that are fixed together."""


def words(header: FrontMatter) -> str:
    """Return what is wrong, with the name of the field where one is to blame."""
    error = header.error
    assert error is not None  # the caller asks for words about it
    start = header.text.rfind("\n", 0, error.offset - header.bounds.content.start) + 1
    key = _KEY.match(header.text, start)
    name = "value" if key is None else key["key"].strip()
    if error.value is not None and error.message.startswith("text after the closing"):
        if "double" in error.message:
            told = (
                "the {name} contains quotes inside quotes; put it in single quotes, or write {mark}"
            )
            return msg(told, name=name, mark='\\"')
        told = "the {name} contains quotes inside quotes; put it in double quotes, or write {mark}"
        return msg(told, name=name, mark="''")
    return error.message


def edits(header: FrontMatter) -> tuple[list[Edit], Safety]:
    """The edits that make the front matter parse; none where quotes are not all that is missing.

    Each value must then be, to the target, just what was plainly meant. The edits are unsafe where
    quotes are piled up around one that has some of its own, and where the value may be a list or a
    mapping with a mistake.
    """
    error = header.error
    if error is None or error.value is None or header.bounds.form != "yaml":
        return [], Safety.SAFE
    base = header.bounds.content.start
    text, made, meanings = header.text, [], []
    safety = Safety.SAFE
    value: tuple[int, int] | None = (error.value.start - base, error.value.end - base)
    for _ in range(_LIMIT):
        written = "" if value is None else text[value[0] : value[1]]
        meant = _meant(written) if written else None
        if value is None or meant is None:
            return [], Safety.SAFE
        is_piled = _PILED.match(written) and not _unlayered(written)
        if is_piled or _may_be_list(written, text[: value[0]]):
            safety = Safety.UNSAFE
        quoted = single_quoted(meant)
        made.append((value, quoted))
        meanings.append(meant)
        text = text[: value[0]] + quoted + text[value[1] :]
        loaded = yaml.examine(text, header.target.name, header.target.version)
        if not any(problem.value or loaded.values is None for problem in loaded.problems):
            values = set(_texts(loaded.values))
            fine = loaded.values is not None and values.issuperset(meanings)
            return _shifted(made, base) if fine else [], safety
        value = next((problem.value for problem in loaded.problems), None)
    return [], Safety.SAFE


def _may_be_list(written: str, before: str) -> bool:
    """Return whether brackets may be those of a list or a mapping, and not a text's own."""
    if written[0] not in "[{":
        return False
    return "]}"["[{".index(written[0])] not in written or _LIST_KEY.search(before) is not None


def _shifted(made: list[tuple[tuple[int, int], str]], base: int) -> list[Edit]:
    """The edits in offsets of the file as it is, though each was made after those before it."""
    found: list[Edit] = []
    grown = 0
    for (start, end), quoted in sorted(made):
        found.append((Span(start - grown, end - grown).shift(base), quoted))
        grown += len(quoted) - (end - start)
    return found


_LIST_KEY = lazy.pattern(
    r"(?:\A|[\r\n])[\"']?(?:categor(?:y|ies)|tags?|keywords|aliases)[\"']?:\s*+\Z"
)
_SIMPLE_PAIR = lazy.pattern(r"(?P<quote>[\"'])[^\"']*[^\s\"'](?P=quote)\s")
_LAYERS = lazy.pattern(r"(?P<open>[\"']{2,}+)(?P<core>[^\"']++)(?P<close>[\"']{2,}+)")
"""A text without quotes of its own in two layers of them or more."""
_PILED = lazy.pattern(r"(?=[\"']{3}|\"'|'\")")
"""Quotes of quotes: no one knows which of them are the text's own."""
_UNCLEAR = lazy.pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|\s#")


def _meant(written: str) -> str | None:
    """The text that a writer meant by a scalar that does not parse; None where no one can tell."""
    if _UNCLEAR.search(written):
        return None
    quote = written[0]
    if quote not in "\"'":
        return written
    if core := _unlayered(written):
        return core
    if len(written) < 2 or not written.endswith(quote):
        # `"Foo" bar`: the quotes are the text's own; `"Foo bar` is anybody's guess.
        return written if written.count(quote) % 2 == 0 else None
    if _SIMPLE_PAIR.match(written):
        return written
    inner = written[1:-1]
    if quote == "'":
        return inner.replace("''", "'")
    if "\\" in inner.replace('\\"', ""):
        return inner if re.search(r"\\[^\\\"ntrux]", inner) and '\\"' not in inner else None
    return inner.replace('\\"', '"')


def _unlayered(written: str) -> str:
    """The text that was quoted again and again, by one tool after the other; empty for others."""
    layered = _LAYERS.fullmatch(written)
    if layered is None or layered["open"] != layered["close"][::-1]:
        return ""
    return layered["core"].strip()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
