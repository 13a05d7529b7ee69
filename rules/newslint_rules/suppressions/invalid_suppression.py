"""NL002."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Finding,
    Good,
    Severity,
    SuppressionRule,
    join_semicolon,
    msg,
    suppressions,
)

if TYPE_CHECKING:
    from newslint import Post, SuppressionUsage


class InvalidSuppression(SuppressionRule):
    """A suppression must name existing rules.

    A comment with a typo suppresses nothing, or less than its author expects. Names and codes are
    those of `newslint rules`: `IMG001`, `no-referrer`, or the prefix of a code, such as `IMG`. The
    keywords are `newslint-disable`, `newslint-enable`, `newslint-disable-line`,
    `newslint-disable-next-line` and `newslint-disable-file`.

    Separate rules by commas; a reason follows after two hyphens:
    `<!-- newslint-disable-next-line IMG001 -- our own server -->`.
    """

    code, name, severity = "NL002", "invalid-suppression", Severity.ERROR

    bad = [
        Bad(
            "⟦<!-- newslint-disable-next-line empty-lnk -->⟧\n<p><a href=''>here</a></p>\n",
            message="unknown rule 'empty-lnk'; did you mean 'empty-link'?",
        ),
        Bad(
            "⟦<!-- newslint-disabel LNK001 -->⟧\n<p>a</p>\n",
            message="'newslint-disabel' is not a suppression; did you mean 'newslint-disable'?",
        ),
        Bad("---\ntitle: x ⟦# newslint-disable-line FM999⟧\n---\n<p>a</p>\n"),
    ]
    good = [
        Good("<!-- newslint-disable-next-line LNK001 -- on purpose -->\n<a href=''>here</a>\n"),
        Good("<!-- newslint is a linter -->\n<p title='newslint-disable XX'>a</p>\n"),
        Good("---\ntitle: 'a # newslint-disable-line FM999'\n---\n<p>a</p>\n"),
    ]

    def check(
        self, usages: Sequence[SuppressionUsage], names: Mapping[str, str], post: Post
    ) -> Iterable[Finding]:
        for usage in usages:
            suppression = usage.suppression
            if suppression.verb not in suppressions.VERBS:
                written = f"newslint-{suppression.verb}"
                verbs = [f"newslint-{verb}" for verb in suppressions.VERBS]
                hint = suppressions.nearest(written, verbs)
                yield self.finding(
                    suppression.comment,
                    msg("{written!r} is not a suppression{hint}", written=written, hint=hint),
                )
                continue
            known = [*names, *names.values()]
            unknown = [
                msg(
                    "unknown rule {text!r}{nearest}",
                    text=word.text,
                    nearest=suppressions.nearest(word.text, known),
                )
                for word in suppression.words
                if not word.codes
            ]
            if unknown:
                yield self.finding(suppression.comment, join_semicolon(unknown))
