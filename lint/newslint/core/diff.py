"""Format a fix as a unified diff that ``git apply`` accepts."""

from __future__ import annotations

import io
from collections.abc import Iterator

_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NO_NEWLINE = "\\ No newline at end of file\n"


def unified(path: str, old: str, new: str) -> str:
    """Return the diff between two texts of one file, or an empty text if they are equal.

    Only LF ends a line, as in git, so that CRLF and lone CR are preserved.
    """
    if old == new:
        return ""
    before, after = _header("a", path), _header("b", path)
    import difflib

    diff = difflib.unified_diff(_lines(old), _lines(new), before, after)
    return "".join(_ended(diff))


def _lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline="\n"))


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if not line.endswith("\n"):
            yield "\n" + _NO_NEWLINE


def _header(side: str, path: str) -> str:
    """Return a file name as git writes it: quoted if it contains a control character or a quote."""
    name = f"{side}/{path}"
    if not any(c in _ESCAPES or c < " " or c == "\x7f" for c in name):
        return name + "\t" * (" " in name)
    return '"' + "".join(_quoted(character) for character in name) + '"'


def _quoted(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\{ord(character):03o}" if character < " " or character == "\x7f" else character
