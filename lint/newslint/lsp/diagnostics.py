"""Convert findings to diagnostics of the protocol."""

from __future__ import annotations

from lsprotocol import types

from newslint.core.errors import ConfigError, NewslintError
from newslint.core.finding import Finding, Severity
from newslint.core.language import Language
from newslint.core.report import FileReport
from newslint.linter.rule_docs import finding_url
from newslint.lsp.positions import Places

SOURCE = "newslint"
"""The source of diagnostics, as shown by editors."""

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(report: FileReport, places: Places) -> list[types.Diagnostic]:
    """Return the diagnostics of a report, in order."""
    return [diagnostic(one.finding, places) for one in report.diagnostics]


def diagnostic(finding: Finding, places: Places) -> types.Diagnostic:
    """Return a finding as a diagnostic; the code links to the rule's page if it has one."""
    url = finding_url(finding)
    return types.Diagnostic(
        range=places.range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(url) if url else None,
        source=SOURCE,
        data={"impact": finding.impact.value},
    )


def trouble(error: NewslintError, language: Language) -> types.Diagnostic:
    """Return an invalid configuration as a diagnostic, at its line if it is known."""
    line = error.line - 1 if isinstance(error, ConfigError) and error.line else 0
    # A column beyond the end of the line is the end of the line.
    line_range = types.Range(types.Position(line, 0), types.Position(line, 1_000))
    return types.Diagnostic(
        range=line_range,
        message=error.place + language.translate(error.message),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )
