"""The tags of a text of Markdown, by the CommonMark specification (0.31.2, section 6.6).

Patterns in which a tag may be on several lines; what has another form is printed as text.
"""

from __future__ import annotations

from newslint.core import lazy

START_TAG = (
    r"<[A-Za-z][A-Za-z0-9-]*+(?:[ \t\r\n]++[A-Za-z_:][A-Za-z0-9:._-]*+"
    r"(?:[ \t\r\n]*+=[ \t\r\n]*+(?:[^\"'=<>`\x00-\x20]++|'[^']*+'|\"[^\"]*+\"))?+)*+[ \t\r\n]*+/?+>"
)
END_TAG = r"</[A-Za-z][A-Za-z0-9-]*+[ \t\r\n]*+>"

MAY_BE_TAG = lazy.pattern(r"<[A-Za-z/!?]")
"""What every tag, comment and declaration begins with: a cheap test."""
