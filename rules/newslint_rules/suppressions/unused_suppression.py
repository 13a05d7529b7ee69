"""NL001."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Finding,
    Fix,
    Good,
    Safety,
    Severity,
    Span,
    SuppressionRule,
    join_comma,
    msg,
)

if TYPE_CHECKING:
    from newslint import Post, SuppressionUsage


class UnusedSuppression(SuppressionRule):
    """A suppression must suppress a finding.

    The finding was fixed, or never existed. An unused suppression hides the next mistake of the
    same kind.

    The fix removes the comment, or the unused rules from its list; in Markdown it is unsafe if the
    page would change without the line of the comment. A rule that did not run (because it is off,
    compares posts, or needs `--online`) counts as used.

    How to suppress findings: `<!-- newslint-disable IMG001 -->` up to `<!-- newslint-enable -->`,
    `<!-- newslint-disable-next-line IMG001, SEC001 -->`, `<!-- newslint-disable-file ED001 -->`,
    and in YAML front matter the comment `# newslint-disable-line FM008`. Give rules by code, name
    or prefix; without rules, all are suppressed. A reason may follow after two hyphens:
    `<!-- newslint-disable-file ED001 -- an agency's piece -->`.
    """

    code, name, severity = "NL001", "unused-suppression", Severity.WARNING
    fix = Safety.SAFE

    bad = [
        Bad(
            "⟦<!-- newslint-disable-next-line TXT006 -->⟧\n<p>fine</p>\n",
            fixed="<p>fine</p>\n",
            message="TXT006 reports nothing here; remove the suppression",
        ),
        Bad(
            "⟦<!-- newslint-disable-file LNK001, TXT006 -->⟧\n<p><a href=''>here</a></p>\n",
            fixed="<!-- newslint-disable-file LNK001 -->\n<p><a href=''>here</a></p>\n",
        ),
        Bad(
            "---\ntitle: x\nauthor: y ⟦# newslint-disable-line control-character⟧\n---\n<p>z</p>\n",
            fixed="---\ntitle: x\nauthor: y\n---\n<p>z</p>\n",
        ),
        Bad("<p>a</p>⟦<!-- newslint-enable -->⟧<p>b</p>", fixed="<p>a</p><p>b</p>"),
        Bad(
            "<div>\n⟦<!-- newslint-enable -->⟧\n<p>a</p>\n</div>\n",
            fixed="<div>\n<p>a</p>\n</div>\n",
            path="post.md",
        ),
    ]
    good = [
        Good("<!-- newslint-disable-next-line LNK001 -->\n<p><a href=''>here</a></p>\n"),
        Good("<!-- newslint-disable NET -->\n<p>https://a.cn/</p>\n<!-- newslint-enable NET -->\n"),
        Good("<pre><code><!-- newslint-disable TXT006 --></code></pre>"),
    ]

    def check(
        self, usages: Sequence[SuppressionUsage], names: Mapping[str, str], post: Post
    ) -> Iterable[Finding]:
        for usage in usages:
            if usage.unused or usage.unused_selectors:
                fix = self.repair(usage, post)
                yield self.finding(usage.suppression.comment, self.words(usage), fix)

    def words(self, usage: SuppressionUsage) -> str:
        """Return the message: which of the rules it names are not needed."""
        if usage.suppression.verb == "enable":
            return msg("newslint-enable has no matching newslint-disable; remove it")
        if not usage.unused_selectors:
            return msg("no rule reports anything here; remove the suppression")
        words = list(dict.fromkeys(word.text for word in usage.unused_selectors))
        rules = join_comma(words)
        several = len(words) > 1
        if usage.unused and several:
            told = "{rules} report nothing here; remove the suppression"
        elif usage.unused:
            told = "{rules} reports nothing here; remove the suppression"
        elif several:
            told = "{rules} report nothing here; remove them from the suppression"
        else:
            told = "{rules} reports nothing here; remove it from the suppression"
        return msg(told, rules=rules)

    def repair(self, usage: SuppressionUsage, post: Post) -> Fix:
        """Remove the comment, with its line where it is alone, or the words of no use."""
        suppression = usage.suppression
        if usage.unused:
            return self.make_fix("Remove the suppression", (_whole(suppression.comment, post), ""))
        unused = {word.span for word in usage.unused_selectors}
        kept = [word.text for word in suppression.words if word.span not in unused]
        span = Span(suppression.words[0].span.start, suppression.words[-1].span.end)
        return self.make_fix("Shorten the suppression", (span, ", ".join(kept)))


def _whole(comment: Span, post: Post) -> Span:
    """A comment with the line that contains nothing else, or with the spaces before it in YAML."""
    lines, text = post.source.lines, post.text
    first = lines.span(lines.position(comment.start).line)
    last_number = lines.position(comment.end).line
    last = lines.span(last_number)
    if not text[first.start : comment.start].strip() and not text[comment.end : last.end].strip():
        after = lines.span(last_number + 1).start if last_number < len(lines) else last.end
        return Span(first.start, after)
    if text.startswith("#", comment.start):
        before = text[first.start : comment.start]
        return Span(first.start + len(before.rstrip()), comment.end)
    return comment
