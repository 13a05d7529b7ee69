"""Text written into front matter, in the quotes that it needs."""

from __future__ import annotations

from newslint.core import lazy

_PLAIN = lazy.pattern(r"[^\W\d_][^\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff:#,\[\]{}]*+\Z")
_NOT_AS_IS = lazy.pattern(
    r"[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML takes for a line end, or does not take: it can only be written as an escape."""
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


def single_quoted(text: str) -> str:
    """A text as YAML in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def as_written(text: str, old: str, form: str) -> str:
    """A text in place of an old value, in the same quotes where it can be."""
    if form != "yaml" or old[:1] in ("", '"') or _NOT_AS_IS.search(text):
        import json

        quoted = json.dumps(text, ensure_ascii=False)
        return _NOT_AS_IS.sub(lambda one: f"\\u{ord(one[0]):04x}", quoted)
    if old[0] != "'" and _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    return single_quoted(text)
