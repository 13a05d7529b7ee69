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
    """All lines of a post must have the same line ending.

    Some lines end in LF and some in CRLF (or CR): two programs wrote the file, or the text of a
    feed was pasted into a template. Tools that compare posts show differences where there are none,
    and programs that split lines at one kind of line ending see fewer lines.

    Lines that all end in CR are reported too: Hugo reads them as a single line.

    The rule reports the first line ending of the less common kinds. The fix uses the most common
    line ending for all lines; the built page does not change.
    """

    code, name, severity = "TXT007", "mixed-line-endings", Severity.WARNING
    fix = Safety.SAFE

    bad = [
        Bad(
            "<p>a</p>\n<p>b</p>⟦\r\n⟧<p>c</p>\n",
            fixed="<p>a</p>\n<p>b</p>\n<p>c</p>\n",
            message="this line ends in CRLF, most lines end in LF",
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
            "this line ends in {ending}, most lines end in {usual}",
            ending=_NAMES[end],
            usual=_NAMES[usual],
        )
        fix = self.make_fix(
            "Use the same line ending in all lines", *((span, usual) for _, span in odd)
        )
        return (self.finding(span, message, fix),)

    def _lone(self, post: Post) -> Iterable[Finding]:
        """Return a file of the old Macintosh: Hugo's Markdown sees a single line."""
        spans = [Span(*match.span()) for match in _LINE_END.finditer(post.text)]
        fix = self.make_fix("Use LF in all lines", *((span, "\n") for span in spans))
        return (self.finding(spans[0], "lines end in CR only, which few programs recognize", fix),)
