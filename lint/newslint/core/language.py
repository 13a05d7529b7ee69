"""The languages of newslint: English, and translations such as Chinese."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.core.errors import UsageError
from newslint.core.messages import Message, msg

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.core.report import Diagnostic, FileReport

LANGUAGES = ("en", "zh")
"""The supported languages."""

VARIABLE = "NEWSLINT_LANG"
"""The environment variable that sets the language; takes precedence over the locale."""

DOMAIN = "newslint"
"""The gettext domain: ``locale/zh/LC_MESSAGES/newslint.mo``, compiled when the wheel is built."""

LOCALES = Path(__file__).parents[1] / "locale"
"""The folder of the compiled catalogues."""

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The locale variables of POSIX for messages; the first one that is set counts."""


class Language:
    """Translates texts into one language. English loads no catalogue."""

    def __init__(self, code: str = "en") -> None:
        """``code`` is one of `LANGUAGES`."""
        self.code = code
        self._translate = None if code == "en" else _catalog(code)

    def translate(self, text: str) -> str:
        """Return the translation of a text, or the text itself if the catalogue lacks it."""
        if self._translate is None or not text:
            return text
        return (
            text.translated(self._translate) if isinstance(text, Message) else self._translate(text)
        )

    def report(self, report: FileReport) -> FileReport:
        """Return a report with its texts translated; places, codes and fixes are unchanged."""
        if self._translate is None:
            return report
        return report._replace(
            diagnostics=tuple(map(self._diagnostic, report.diagnostics)),
            suppressed=tuple(map(self._diagnostic, report.suppressed)),
            problem=self.translate(report.problem),
        )

    def finding(self, finding: Finding) -> Finding:
        """Return a finding with its texts translated."""
        fix = finding.fix and finding.fix._replace(message=self.translate(finding.fix.message))
        return finding._replace(message=self.translate(finding.message), fix=fix)

    def _diagnostic(self, diagnostic: Diagnostic) -> Diagnostic:
        return diagnostic._replace(finding=self.finding(diagnostic.finding))


def _catalog(code: str) -> Callable[[str], str]:
    """Return the lookup function of a language's compiled catalogue."""
    import gettext

    return gettext.translation(DOMAIN, LOCALES, [code]).gettext


ENGLISH = Language()


def language_of(option: str | None, environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of ``--lang``, else ``NEWSLINT_LANG``, else the locale, else English.

    Raises UsageError for an unsupported language.
    """
    code = option or environment.get(VARIABLE)
    if code:
        if code not in LANGUAGES:
            raise UsageError(msg("unknown language {asked!r}; choose en or zh", asked=code))
        return Language(code)
    locale = next((value for name in _LOCALE_VARIABLES if (value := environment.get(name))), "")
    return Language("zh") if locale.lower().startswith("zh") else ENGLISH
