"""JUnit XML: a test suite for each post, a failed test case for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from newslint.core import lazy
from newslint.core.escaping import plain
from newslint.core.fingerprint import occurrences
from newslint.core.messages import msg
from newslint.core.report import Diagnostic, FileReport
from newslint.reports import Context
from newslint.reports.wording import findings

SIZE_LIMIT = 28_000_000
"""Maximum bytes of the document: GitLab reads less than 30 MB of a file."""

PASSED_LIMIT = 10_000_000
"""Bytes of the document after which posts without findings are omitted."""

_NO_XML = lazy.pattern("[\ufffe\uffff]")
"""Characters that XML 1.0 cannot contain (section 2.2, "Char") and `plain` does not escape."""


def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield the document, a test suite as each report arrives."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="newslint">\n'
    size, left_out = 0, 0
    for report in reports:
        limit = SIZE_LIMIT if report.diagnostics else PASSED_LIMIT
        suite = "" if size >= limit else _suite(context.path(report), report)
        length = len(suite.encode())
        if suite and size + length <= limit:
            size += length
            yield suite.replace("##", "#&#35;")  # "##[" is a command to CI systems
        else:
            left_out += len(report.diagnostics)
    if left_out:
        why = "{findings} more, too many for one JUnit file"
        why = context.language.translate(msg(why, findings=findings(left_out)))
        yield _element("newslint", 1, [_failed("newslint: left out", "newslint", 1, "error", why)])
    yield "</testsuites>\n"


def _suite(path: str, report: FileReport) -> str:
    name = _xml(path)
    if not report.diagnostics:
        passed = f"<testcase classname={quoteattr(name)} name={quoteattr(name)}/>\n"
        return _element(name, 0, [passed])
    cases = [_case(name, one, number) for one, number in occurrences(report.diagnostics)]
    return _element(name, len(cases), cases)


def _element(name: str, failures: int, cases: list[str]) -> str:
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    return f"<testsuite name={quoteattr(name)} {counts}>\n{''.join(cases)}</testsuite>\n"


def _case(path: str, diagnostic: Diagnostic, occurrence: int) -> str:
    """Return a case whose name contains no line, so that it is stable."""
    finding, start = diagnostic.finding, diagnostic.start
    number = f" #{occurrence + 1}" if occurrence else ""
    name = f"{path}: {finding.code} {finding.name} {diagnostic.digest}{number}"
    place = f"{path}:{start.line}:{start.column}: {finding.code} {plain(finding.message)}"
    return _failed(name, path, start.line, finding.severity.value, _xml(place))


def _failed(name: str, path: str, line: int, kind: str, words: str) -> str:
    where = f"classname={quoteattr(path)} name={quoteattr(name)} file={quoteattr(path)}"
    failure = f"<failure type={quoteattr(kind)} message={quoteattr(words)}>{escape(words)}"
    return f'<testcase {where} line="{line}">{failure}</failure></testcase>\n'


def _xml(text: str) -> str:
    """Return a text for XML: characters that XML cannot contain are escaped."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", plain(text))
