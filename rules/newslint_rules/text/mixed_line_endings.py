"""TXT007."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, PostRule, Safety, Severity, Span, lazy, msg

if TYPE_CHECKING:
    from newslint import Post

_LINE_END = lazy.pattern(r"\r\n?+|\n")
_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


class MixedLineEndings(PostRule):
    """All lines of a post must end alike.

    Some lines end in LF and some in CRLF (or a lone CR): two programs wrote the file, or a feed's
    text was pasted into a template. Tools that compare posts see differences where there are none,
    and a program that splits lines at one kind sees fewer of them.

    Lines that all end in CR alone are reported too: Hugo takes them for a single line.

    Reported once, at the first line end of the rarer kinds. The fix ends all lines as most of them
    do; the built page stays the same.
    """

    code, name, severity = "TXT007", "mixed-line-endings", Severity.WARNING
    fix = Safety.SAFE

    bad = [
        Bad(
            "<p>a</p>\n<p>b</p>⟦\r\n⟧<p>c</p>\n",
            fixed="<p>a</p>\n<p>b</p>\n<p>c</p>\n",
            message="this line ends in CRLF, most end in LF",
        ),
        Bad("<p>a</p>⟦\r⟧<p>b</p>\r\n<p>c</p>\r\n", fixed="<p>a</p>\r\n<p>b</p>\r\n<p>c</p>\r\n"),
    ]
    bad += [Bad("<p>a</p>⟦\r⟧<p>b</p>\r", fixed="<p>a</p>\n<p>b</p>\n")]
    good = [Good("<p>a</p>\n<p>b</p>\n"), Good("<p>a</p>\r\n<p>b</p>\r\n"), Good("<p>a</p>")]

    def check(self, post: Post) -> Iterable[Finding]:
        raw = post.source.raw
        if b"\r" not in raw or raw.count(b"\r\n") == raw.count(b"\r") == raw.count(b"\n"):
            return ()
        if post.source.line_end == "\r":
            return self._lone(post)
        ends = [(match[0], Span(*match.span())) for match in _LINE_END.finditer(post.text)]
        usual = post.source.line_end
        odd = [(end, span) for end, span in ends if end != usual]
        if not odd:
            return ()
        end, span = odd[0]
        message = msg(
            "this line ends in {ending}, most end in {usual}",
            ending=_NAMES[end],
            usual=_NAMES[usual],
        )
        mend = self.make_fix("End all lines alike", *((span, usual) for _, span in odd))
        return (self.finding(span, message, mend),)

    def _lone(self, post: Post) -> Iterable[Finding]:
        """A file of the old Macintosh: Hugo's Markdown sees a single line."""
        spans = [Span(*match.span()) for match in _LINE_END.finditer(post.text)]
        mend = self.make_fix("End all lines in LF", *((span, "\n") for span in spans))
        return (self.finding(spans[0], "lines end in CR alone, which few programs see", mend),)
