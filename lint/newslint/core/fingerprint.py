"""Identify a finding independent of its line: by rule, text and occurrence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from newslint.core import lazy
from newslint.core.finding import Finding
from newslint.core.report import Diagnostic

try:
    from _blake2 import blake2b  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # Python without it; hashlib loads all of OpenSSL
    from hashlib import blake2b

__all__ = ["digest", "fingerprint", "hashed", "occurrences"]

_LINE_NUMBER = lazy.pattern(r"\bline [0-9]++")
"""Of what a message says, what changes with the lines above."""


def digest(finding: Finding, text: str) -> str:
    """64 bits in hexadecimal that represent a finding's rule, message and text, not its place.

    ``text`` is the decoded file. The message belongs to it because several findings of one rule
    may be about the same text: two fields that are missing.
    """
    said = _LINE_NUMBER.sub("line", finding.message)
    marked = text[finding.span.start : finding.span.end].replace("\r\n", "\n")
    return hashed(finding.code, said, marked)


def hashed(*parts: str) -> str:
    """64 bits in hexadecimal that represent some texts, in their order."""
    state = blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def occurrences(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, int]]:
    """Yield the findings of one file, each with how many of the same digest came before it."""
    seen: Counter[str] = Counter()
    for one in diagnostics:
        yield one, seen[one.digest]
        seen[one.digest] += 1


def fingerprint(path: str, diagnostic: Diagnostic, occurrence: int) -> str:
    """Return what is the same for one finding in two runs, and for no two findings of one run."""
    return hashed(path, diagnostic.digest, str(occurrence))
