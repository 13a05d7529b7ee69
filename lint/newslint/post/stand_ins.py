"""What Markdown is shown in place of a block that its renderer does not see."""

from __future__ import annotations

from newslint.core import lazy
from newslint.core.span import Span

_VISIBLE = lazy.pattern(r"[^\r\n]")
_MARGIN = lazy.pattern(r"(?:[ >]|[-*+] |\d{1,9}[.)] )*+")
"""The beginning of a line in a list or a quote."""
_NO_QUOTE = lazy.pattern(r"[^>]")


def as_comment(body: str, span: Span) -> str:
    """Return a comment as long as a block, with its lines; as indented, it stays in its list."""
    inner = _VISIBLE.sub("x", body[span.start + 4 : span.end - 3])
    before = body[body.rfind("\n", 0, span.start) + 1 : span.start]
    if before and "\n" in inner and _MARGIN.fullmatch(before) is not None:
        first, *lines = inner.split("\n")
        margin = _NO_QUOTE.sub(" ", before)
        kept = (margin[: len(line.rstrip("\r"))] + line[len(before) :] for line in lines[:-1])
        last = margin[: len(lines[-1])] + lines[-1][len(before) :]
        inner = "\n".join((first, *kept, last))
    return f"<!--{inner}-->"
