"""FM018."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, FrontMatterRule, Good, Severity, lazy, msg
from newslint_rules.front_matter._examples import example

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

_DATE = lazy.pattern(r"\d{4}-\d{1,2}-\d{1,2}-")
_NO_WORD = lazy.pattern(r"[\W_]+")
_CUT = 40
"""Letters after which a file name may be cut short: names have limits that titles have not."""


class TitleFilenameMismatch(FrontMatterRule):
    """The file name of a post should match its title.

    The pipeline uses the title as the file name, with `_` for characters that a file name cannot
    contain. If they differ, one of them was changed by hand, and the next run of the pipeline
    writes the post a second time.

    The rule is off by default. Case, punctuation, white space, a date at the beginning and a
    truncated end are ignored.
    """

    code, name, severity, default = "FM018", "title-filename-mismatch", Severity.WARNING, False
    bad = [
        Bad(
            example("title", "⟦title⟧: 'A title'"),
            path="another-title.md",
            message="title is 'A title', but the file is named 'another-title'",
        )
    ]
    good = [
        Good(example("title", "title: 'A title: what?'"), path="posts/2021-12-02-a-title-what.md"),
        Good(example("title", "title: '港媒称“中美”靠谱吗？'"), path="港媒称_中美_靠谱吗？.md"),
    ]

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        title = front_matter.data.get("title")
        if not isinstance(title, str) or not title.strip():
            return
        stem = _DATE.sub("", post.path.stem, count=1)
        wanted, found = _letters(title), _letters(stem)
        if wanted == found or (len(found) >= _CUT and wanted.startswith(found)):
            return
        message = msg(
            "title is {title!r}, but the file is named {stem!r}", title=title, stem=post.path.stem
        )
        yield self.finding(front_matter.key_span(("title",)), message)


def _letters(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()
