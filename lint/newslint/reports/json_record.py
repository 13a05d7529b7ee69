"""A finding as a JSON object, for the formats json and jsonl."""

from __future__ import annotations

import json
from typing import Any

from newslint.core.escaping import json_plain
from newslint.core.finding import Fix
from newslint.core.report import Diagnostic
from newslint.core.span import Position
from newslint.linter.rule_docs import finding_url


def record(path: str, diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a finding as a dict; lines and columns from 1, offsets from 0, in code points."""
    finding = diagnostic.finding
    return {
        "path": path,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "impact": finding.impact.value,
        "message": finding.message,
        "start": _position(diagnostic.start),
        "end": _position(diagnostic.end),
        "url": finding_url(finding),
        "fix": _fix(finding.fix),
    }


def dump(value: object, *, compact: bool = False) -> str:
    r"""Return JSON in one line that contains no commands to terminals or CI logs.

    It is valid UTF-8, whatever the texts contain: active characters are escaped as ``\u001b``.
    """
    separators = (",", ":") if compact else None
    return json_plain(json.dumps(value, ensure_ascii=False, separators=separators))


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [
        {"start": edit.span.start, "end": edit.span.end, "content": edit.content}
        for edit in fix.edits
    ]
    return {"applicability": fix.safety.value, "message": fix.message, "edits": edits}
