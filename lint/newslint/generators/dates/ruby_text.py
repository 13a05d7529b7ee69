"""The patterns of Ruby's ``Date._parse``, and the text that they take apart."""

from __future__ import annotations

import re

from newslint.core import lazy
from newslint.generators.dates.moment import MONTHS

_M = f"(?P<name>{'|'.join(MONTHS)})"

_ERA = r"(?:c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.))?"

_ALPHA = r"[^\W\d_]"

_HALF = r"[ap](?:m\b|\.m\.)"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NOISE = lazy.pattern(r"[^-+',./:@\w\[\]]+|_+")

DAY = _compile(r"\b(?:sun|mon|tue|wed|thu|fri|sat)[^-/\d\s]*")

TIME = _compile(
    r"(?P<time>[0-9]+\s*(?:(?::\s*[0-9]+(?:\s*:\s*[0-9]+(?:[,.][0-9]*)?)?|h(?:\s*[0-9]+m?(?:\s*[0-9]+s?)?)?)"
    rf"(?:\s*{_HALF})?|{_HALF}))"
    r"(?:\s*(?P<zone>(?:gmt|utc?)?[-+][0-9]+(?:[,.:][0-9]+(?::[0-9]+)?)?"
    rf"|(?:{_ALPHA}|[.\s])+(?:standard|daylight)\stime\b|{_ALPHA}+(?:\sdst)?\b))?"
)

CLOCK = _compile(
    r"(?P<hour>[0-9]+)h?(?:\s*:?\s*(?P<minute>[0-9]+)m?(?:\s*:?\s*(?P<second>[0-9]+)(?:[,.](?P<fraction>[0-9]*))?s?)?)?"
    r"(?:\s*(?P<half>[ap])(?:m\b|\.m\.))?"
)

EU = _compile(
    rf"(?P<d>'?[0-9]+)[^-\d\s]*\s*{_M}[^-\d\s']*(?:\s*{_ERA}\s*(?P<y>'?-?[0-9]+(?:(?:st|nd|rd|th)\b)?))?"
)

US = _compile(
    rf"\b{_M}[^-\d\s']*\s*(?P<d>'?[0-9]+)[^-\d\s']*(?:\s*,?\s*{_ERA}\s*(?P<y>'?-?[0-9]+))?"
)

ISO = _compile(r"(?P<y>'?[-+]?[0-9]+)-(?P<m>[0-9]+)-(?P<d>'?-?[0-9]+)")

JIS = _compile(r"\b(?P<era>[mtshr])(?P<y>[0-9]+)\.(?P<m>[0-9]+)\.(?P<d>[0-9]+)")

VMS = _compile(rf"(?P<d>'?-?[0-9]+)-{_M}[^-/.]*-(?P<y>'?-?[0-9]+)")

VMS_US = _compile(rf"\b{_M}[^-/.]*-(?P<d>'?-?[0-9]+)(?:-(?P<y>'?-?[0-9]+))?")

SLASH = _compile(r"(?P<y>'?-?[0-9]+)/\s*(?P<m>'?[0-9]+)(?:\D\s*(?P<d>'?-?[0-9]+))?")

DOT = _compile(r"(?P<y>'?-?[0-9]+)\.\s*(?P<m>'?[0-9]+)\.\s*(?P<d>'?-?[0-9]+)")

WEEK = _compile(r"\b(?P<y>[0-9]{2}|[0-9]{4})?-?w(?P<w>[0-9]{2})(?:-?(?P<wd>[0-9]))?\b")

DASHES = _compile(r"--(?P<m>[0-9]{2})?-(?P<d>[0-9]{2})\b|--(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})?\b")

ORDINAL = _compile(r"\b(?P<y>[0-9]{2}|[0-9]{4})-(?P<yday>[0-9]{3})\b")

YEAR = _compile(r"'(?P<y>[0-9]+)\b")

MONTH = _compile(rf"\b{_M}\S*")

NTH = _compile(r"(?P<d>[0-9]+)(?:st|nd|rd|th)\b")

DIGITS = _compile(
    r"(?P<sign>[-+]?)(?P<run>[0-9]{2,14})(?:\s*t?\s*(?P<time>[0-9]{2,6})?(?:[,.](?P<fraction>[0-9]*))?)?"
    r"(?P<zone>z\b|[-+][0-9]{1,4}\b|\[[-+]?[0-9][^\]]*\])?"
)

FRAGMENT = lazy.pattern(r"\s*([0-9]{1,2})\s*\Z")

Parts = dict[str, int]


class Text:
    """The text, of which each piece that is understood is taken out."""

    def __init__(self, text: str) -> None:
        self.text = _NOISE.sub(" ", text)
        self.parts: Parts = {}
        self.zone: str | None = None
        self.two_digits = True
        self.fraction = ""

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find a pattern and take it out of the text."""
        match = pattern.search(self.text)
        if match is not None:
            self.text = self.text[: match.start()] + " " + self.text[match.end() :]
        return match
