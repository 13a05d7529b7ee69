"""Convert reports and facts to bytes and back: plain data only, so that loading runs no code."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from newslint.core.finding import Edit, Finding, Fix, Impact, Safety, Severity
from newslint.core.report import Diagnostic, Excerpt, FileReport
from newslint.core.span import Position, Span
from newslint.runner.results import DamagedError

if TYPE_CHECKING:
    from newslint.core.report import Preview, Profile

_DIGEST_SIZE = 8
"""Bytes of the digest before the data, by which damage is detected."""

_CLASSES = frozenset(
    [
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("newslint.core.messages", "Message"),
    ]
)
"""Types that may be stored besides numbers, text, bytes, lists and dicts."""


def facts_to_bytes(facts: Mapping[str, Any]) -> bytes | None:
    """Return a post's facts as bytes, None if empty. Raises pickle.PicklingError for other data."""
    return _with_digest(dict(facts)) if facts else None


def facts_from_bytes(data: bytes | None) -> Mapping[str, Any]:
    """Return the facts from bytes. Raises DamagedError."""
    facts = {} if data is None else _checked(data)
    if not isinstance(facts, dict):
        raise DamagedError
    return facts


def report_to_bytes(report: FileReport | None) -> bytes | None:
    """Return a report of a post as bytes, without its path; None for an empty one."""
    if report is None:
        return None
    shown = [_packed(one) for one in report.diagnostics]
    hidden = [_packed(one) for one in report.suppressed]
    profile = report.profile and tuple(report.profile)
    return _with_digest((shown, hidden, report.suppresses, report.has_bom, report.failed, profile))


def report_from_bytes(data: bytes, shown: str) -> FileReport:
    """Return the report from bytes, for a post with a displayed path. Raises DamagedError."""
    try:
        diagnostics, hidden, suppresses, has_bom, failed, profile = _checked(data)
        return FileReport(
            shown,
            tuple(map(_unpacked, diagnostics)),
            tuple(map(_unpacked, hidden)),
            suppresses,
            has_bom,
            failed=failed,
            profile=None if profile is None else _profile(profile),
        )
    except DamagedError:
        raise
    except Exception as error:
        raise DamagedError from error


def findings_to_plain(findings: list[Finding]) -> list[object]:
    """Return findings as plain data."""
    return [_packed_finding(one) for one in findings]


def findings_from_plain(plain: list[Any]) -> list[Finding]:
    """Return findings from plain data. Raises TypeError or ValueError for other data."""
    return [_unpacked_finding(one) for one in plain]


def to_bytes(plain: object) -> bytes:
    """Return plain data as bytes."""
    return _with_digest(plain)


def from_bytes(data: bytes) -> Any:
    """Return the data from bytes. Raises DamagedError."""
    return _checked(data)


def _packed(one: Diagnostic) -> tuple[object, ...]:
    finding = _packed_finding(one.finding)
    place = tuple(one.start), tuple(one.end)
    return finding, *place, tuple(one.excerpt), one.digest, _packed_preview(one.preview)


def _unpacked(plain: Any) -> Diagnostic:
    finding, start, end, excerpt, digest, preview = plain
    return Diagnostic(
        _unpacked_finding(finding),
        Position(*start),
        Position(*end),
        Excerpt(*excerpt),
        digest,
        None if preview is None else _preview(preview),
    )


def _packed_preview(preview: Preview | None) -> tuple[object, ...] | None:
    if preview is None:
        return None
    source, change = ([tuple(row) for row in rows] for rows in (preview.source, preview.change))
    return source, change, preview.more


def _preview(plain: Any) -> Preview:
    from newslint.core.report import Preview, Row

    source, change, more = plain
    return Preview(tuple(Row(*row) for row in source), tuple(Row(*row) for row in change), more)


def _profile(plain: Any) -> Profile:
    from newslint.core.report import Profile

    return Profile(*plain)


def _packed_finding(one: Finding) -> tuple[object, ...]:
    fix = one.fix and (
        one.fix.message,
        [(edit.span.start, edit.span.end, edit.content) for edit in one.fix.edits],
        one.fix.safety.value,
    )
    span = one.span.start, one.span.end
    severity, impact = one.severity.value, one.impact.value
    return one.code, one.name, severity, one.message, span, fix, impact, one.url


def _unpacked_finding(plain: Any) -> Finding:
    code, name, severity, message, span, packed, impact, url = plain
    fix = None
    if packed is not None:
        words, edits, safety = packed
        edits = tuple(Edit(Span(start, end), content) for start, end, content in edits)
        fix = Fix(words, edits, Safety(safety))
    place = Span(*span)
    return Finding(code, name, Severity(severity), message, place, fix, Impact(impact), url)


def _with_digest(plain: object) -> bytes:
    stream = io.BytesIO()
    _Writer(stream, 5).dump(plain)
    data = stream.getvalue()
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest() + data


def _checked(stored: bytes) -> Any:
    try:
        data = stored[_DIGEST_SIZE:]
        if hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest() != stored[:_DIGEST_SIZE]:
            raise DamagedError
        return _Reader(io.BytesIO(data)).load()
    except DamagedError:
        raise
    except Exception as error:
        raise DamagedError from error


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Refuse values that `_Reader` would not load."""
        kind = value if isinstance(value, type) else type(value)
        if (kind.__module__, kind.__qualname__) not in _CLASSES:
            raise pickle.PicklingError(f"{kind!r} is no plain data")
        return NotImplemented


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is not in a cache of ours")
        return super().find_class(module, name)
