"""Reports and facts as bytes, and back: plain data, so that no cache from elsewhere runs code."""

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

_SEAL = 8
"""Bytes of the digest before the data, so that bytes that were damaged say nothing wrong."""

_CLASSES = frozenset(
    [
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("newslint.core.messages", "Message"),
    ]
)
"""What may be stored besides numbers, text, bytes, lists and tables."""


def facts_to_bytes(facts: Mapping[str, Any]) -> bytes | None:
    """The facts of a post; None for none. Raises pickle.PicklingError for what is no plain data."""
    return _sealed(dict(facts)) if facts else None


def facts_from_bytes(data: bytes | None) -> Mapping[str, Any]:
    """Return the facts again. Raises DamagedError."""
    facts = {} if data is None else _opened(data)
    if not isinstance(facts, dict):
        raise DamagedError
    return facts


def report_to_bytes(report: FileReport | None) -> bytes | None:
    """Return what a report of a post that was read says, without its path; None for nothing."""
    if report is None:
        return None
    said = [_packed(one) for one in report.diagnostics]
    hidden = [_packed(one) for one in report.suppressed]
    profile = report.profile and tuple(report.profile)
    return _sealed((said, hidden, report.suppresses, report.has_bom, report.failed, profile))


def report_from_bytes(data: bytes, shown: str) -> FileReport:
    """Return the report again, of a post that is shown by a path. Raises DamagedError."""
    try:
        said, hidden, suppresses, has_bom, failed, profile = _opened(data)
        return FileReport(
            shown,
            tuple(map(_unpacked, said)),
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
    """Findings as plain data."""
    return [_packed_finding(one) for one in findings]


def findings_from_plain(plain: list[Any]) -> list[Finding]:
    """Return the findings again. Raises TypeError or ValueError for other data."""
    return [_unpacked_finding(one) for one in plain]


def to_bytes(plain: object) -> bytes:
    """Any plain data."""
    return _sealed(plain)


def from_bytes(data: bytes) -> Any:
    """Return the data again. Raises DamagedError."""
    return _opened(data)


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


def _sealed(plain: object) -> bytes:
    stream = io.BytesIO()
    _Writer(stream, 5).dump(plain)
    data = stream.getvalue()
    return hashlib.blake2b(data, digest_size=_SEAL).digest() + data


def _opened(sealed: bytes) -> Any:
    try:
        data = sealed[_SEAL:]
        if hashlib.blake2b(data, digest_size=_SEAL).digest() != sealed[:_SEAL]:
            raise DamagedError
        return _Reader(io.BytesIO(data)).load()
    except DamagedError:
        raise
    except Exception as error:
        raise DamagedError from error


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Refuse what `_Reader` would not read."""
        kind = value if isinstance(value, type) else type(value)
        if (kind.__module__, kind.__qualname__) not in _CLASSES:
            raise pickle.PicklingError(f"{kind!r} is no plain data")
        return NotImplemented


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is not in a cache of ours")
        return super().find_class(module, name)
