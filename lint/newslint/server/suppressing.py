"""'Suppress here': the comment that hides one finding, where it does that and nothing else.

Where a comment may stand depends on what is around it: a code sample, a multi-line tag, a block
scalar, another suppression. So each way is tried, and the first that hides the finding and changes
no other is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newslint.finding import Diagnostic, Edit, FileReport
from newslint.post import Post
from newslint.runner import lint_source
from newslint.server.workspace import Linted
from newslint.source import Source
from newslint.span import Span


def suppression(linted: Linted, diagnostic: Diagnostic) -> Edit | None:
    """The edit that suppresses a finding, or None where none does just that."""
    code = diagnostic.finding.code
    for edit in _ways(linted.post, diagnostic.finding.span.start, code):
        text = linted.post.text
        changed = text[: edit.span.start] + edit.content + text[edit.span.end :]
        report, _ = lint_source(Source.from_text(changed), linted.found, linted.settings)
        if _hides(linted.report, report, diagnostic):
            return edit
    return None


def _ways(post: Post, offset: int, code: str) -> Iterator[Edit]:
    """The comments that may do it, the nearest first."""
    lines, line_end = post.source.lines, post.source.line_end
    line = lines.span(lines.position(offset).line)
    if offset < post.body_start:
        if post.bounds is not None and post.bounds.form == "yaml":
            yield _insert(line.end, f" # newslint-disable-line {code}")
    else:
        text = post.text[line.start : line.end]
        indent = text[: len(text) - len(text.lstrip())]
        comment = f"{indent}<!-- newslint-disable-next-line {code} -->{line_end}"
        yield _insert(line.start, comment)
        yield _insert(line.end, f" <!-- newslint-disable-line {code} -->")
    comment = f"<!-- newslint-disable-file {code} -->"
    yield _insert(post.body_start, f"{comment}{line_end}")
    yield _insert(len(post.text), f"{line_end}{comment}{line_end}")


def _insert(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text)


def _hides(before: FileReport, after: FileReport, hidden: Diagnostic) -> bool:
    """Whether a finding is the only one that is no longer reported, and none is new."""
    wanted = _told(before)
    wanted[hidden.digest] -= 1
    return _told(after) == +wanted


def _told(report: FileReport) -> Counter[str]:
    return Counter(one.digest for one in report.diagnostics)
