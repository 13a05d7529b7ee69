"""SARIF 2.1.0: one run, compact, within the limits of GitHub's code scanning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from newslint.core.escaping import plain
from newslint.core.finding import Edit, Fix, Severity
from newslint.core.fingerprint import fingerprint, occurrences
from newslint.core.language import Language
from newslint.core.messages import msg
from newslint.core.report import Diagnostic, FileReport
from newslint.core.span import Position
from newslint.core.version import __version__
from newslint.files.store import is_url
from newslint.linter import registry, rule_docs
from newslint.reports import Context
from newslint.reports.json_record import dump
from newslint.reports.wording import findings

RESULT_LIMIT = 25_000
"""Maximum number of results that GitHub accepts for one run."""

FIX_LIMIT = 10_000
"""Maximum characters that the edits of one fix insert: larger fixes are of no use to readers."""

FINGERPRINT = "newslint/v1"
"""newslint's key of ``partialFingerprints``; GitHub computes ``primaryLocationLineHash`` itself."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"

_Result = tuple[int, int, dict[str, Any]]
"""Severity, number in the order of the reports, and the result."""


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the log: the most severe results first; beyond the limit, the least severe are omitted.

    Suppressed findings count as the least severe.
    """
    kept: list[_Result] = []
    number = 0
    for report in reports:
        for rank, result in _results(context.path(report), report):
            kept.append((rank, number, result))
            number += 1
        if len(kept) > 2 * RESULT_LIMIT:
            kept = _worst(kept)
    results = [result for _, _, result in _worst(kept)]
    yield from _log(results, number - len(results), context.language)


def _worst(results: list[_Result]) -> list[_Result]:
    return sorted(results, key=lambda one: one[:2])[:RESULT_LIMIT]


def _log(results: list[dict[str, Any]], left_out: int, language: Language) -> Iterator[str]:
    """Yield the log as text; omitted results are reported in a notification."""
    codes = sorted({result["ruleId"] for result in results})
    numbers = {code: at for at, code in enumerate(codes)}
    yield f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"tool":'
    yield _compact(_tool(codes, language))
    yield ',"columnKind":"unicodeCodePoints","newlineSequences":["\\r\\n","\\n","\\r"],'
    yield f'"invocations":{_compact([_invocation(left_out, language)])},"results":['
    for at, result in enumerate(results):
        result["ruleIndex"] = numbers[result["ruleId"]]
        yield ("," if at else "") + _compact(result)
    yield "]}]}\n"


def _compact(value: object) -> str:
    return dump(value, compact=True)


def _invocation(left_out: int, language: Language) -> dict[str, Any]:
    if not left_out:
        return {"executionSuccessful": True}
    message = msg(
        "{findings} more; GitHub accepts {limit:,} for a run, and the least severe were left out",
        findings=findings(left_out),
        limit=RESULT_LIMIT,
    )
    notification = {"level": "warning", "message": {"text": language.translate(message)}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def _tool(codes: list[str], language: Language) -> dict[str, Any]:
    return {
        "driver": {
            "name": "newslint",
            "semanticVersion": __version__,
            "informationUri": rule_docs.URL.partition("rules/")[0],
            "rules": [_rule(code, language) for code in codes],
        }
    }


def _rule(code: str, language: Language) -> dict[str, Any]:
    rule = registry.rules().get(code)
    if rule is None:  # of a [[rule]] table, or for a rule that failed
        return {"id": code}
    summary = rule_docs.summary(rule, language)
    explanation = rule_docs.explanation(rule, language) or summary
    return {
        "id": code,
        "name": "".join(part.title() for part in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": explanation},
        "help": {"text": explanation, "markdown": rule_docs.page(rule, language, brief=True)},
        **({"helpUri": url} if (url := rule_docs.rule_url(rule)) else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {
            "tags": [registry.family(code), rule.name],
            "impact": rule.impact.value,
        },
    }


def _results(path: str, report: FileReport) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the results of one file with their ranks; equal findings are numbered."""
    hidden = set(map(id, report.suppressed))
    both = sorted((*report.diagnostics, *report.suppressed), key=lambda one: one.finding.span)
    for one, occurrence in occurrences(both):
        result = _result(path, one, report.has_bom)
        result["partialFingerprints"] = {FINGERPRINT: fingerprint(path, one, occurrence)}
        if id(one) in hidden:
            result["suppressions"] = [{"kind": "inSource"}]
        yield one.finding.severity.rank + len(Severity) * (id(one) in hidden), result


def _result(path: str, diagnostic: Diagnostic, has_bom: bool) -> dict[str, Any]:
    finding = diagnostic.finding
    artifact = {"uri": _uri(path)} | ({} if is_url(path) else {"uriBaseId": _ROOT})
    region = _region(diagnostic.start, diagnostic.end, has_bom)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": plain(finding.message)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    result["properties"] = {"impact": finding.impact.value}
    if finding.fix is not None and _is_short(finding.fix):
        result["fixes"] = [_fix(finding.fix, artifact, has_bom)]
    return result


def _uri(path: str) -> str:
    """Return a path as a relative reference (RFC 3986); its colons must not look like a scheme."""
    if is_url(path):
        scheme, _, rest = path.partition("://")
        return f"{scheme}://{quote(rest, safe='/:@', errors='surrogatepass')}"
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # Windows allows file names that are not Unicode
        name = path.encode("utf-8", "surrogatepass")
    return quote(name, safe="/")


def _region(start: Position, end: Position, has_bom: bool) -> dict[str, int]:
    """Return a region from 1; a byte order mark is not part of the text (SARIF 3.30)."""
    return {
        "startLine": start.line,
        "startColumn": _column(start, has_bom),
        "endLine": end.line,
        "endColumn": _column(end, has_bom),
    }


def _column(position: Position, has_bom: bool) -> int:
    return max(position.column - (has_bom and position.line == 1), 1)


def _is_short(fix: Fix) -> bool:
    return sum(len(edit.content) for edit in fix.edits) <= FIX_LIMIT


def _fix(fix: Fix, artifact: dict[str, str], has_bom: bool) -> dict[str, Any]:
    replacements = [_replacement(edit, has_bom) for edit in fix.edits]
    return {
        "description": {"text": f"{plain(fix.message)} ({fix.safety})"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _replacement(edit: Edit, has_bom: bool) -> dict[str, Any]:
    start, end = (max(offset - has_bom, 0) for offset in edit.span)
    replacement: dict[str, Any] = {
        "deletedRegion": {"charOffset": start, "charLength": end - start}
    }
    if edit.content:
        replacement["insertedContent"] = {"text": edit.content}
    return replacement
