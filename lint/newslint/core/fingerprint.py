"""Identify a finding independently of its line: by rule, text and occurrence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from newslint.core import lazy
from newslint.core.finding import Finding
from newslint.core.report import Diagnostic

try:
    from _blake2 import blake2b  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # not in every build of Python; hashlib loads all of OpenSSL
    from hashlib import blake2b

__all__ = ["digest", "fingerprint", "hashed", "occurrences"]

_LINE_NUMBER = lazy.pattern(r"\bline [0-9]++")
"""The part of a message that changes when lines are added above."""


def digest(finding: Finding, text: str) -> str:
    """Return 64 bits in hexadecimal that identify a finding's rule, message and text, but no place.

    ``text`` is the decoded file. The message is included because several findings of one rule may
    have the same span: two missing fields.
    """
    message = _LINE_NUMBER.sub("line", finding.message)
    marked = text[finding.span.start : finding.span.end].replace("\r\n", "\n")
    return hashed(finding.code, message, marked)


def hashed(*parts: str) -> str:
    """Return 64 bits in hexadecimal that identify a sequence of texts."""
    state = blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def occurrences(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, int]]:
    """Yield the findings of one file, each with the number of equal digests before it."""
    seen: Counter[str] = Counter()
    for one in diagnostics:
        yield one, seen[one.digest]
        seen[one.digest] += 1


def fingerprint(path: str, diagnostic: Diagnostic, occurrence: int) -> str:
    """Return an identifier that is stable between runs and unique within a run."""
    return hashed(path, diagnostic.digest, str(occurrence))
