"""TXT001."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Fix, Good, Impact, PostRule, Safety, Severity, Span, lazy, msg

if TYPE_CHECKING:
    from newslint import Post

_BAD_BYTES = lazy.pattern("[\udc80-\udcff]+")
_WIDE = lazy.pattern("[\u0800-\ud7ff\ue000-\U0010ffff]")
"""Three or four bytes in UTF-8: what other encodings hardly ever look like by chance."""


_SAMPLE = 50_000
"""Code points from which the encoding is reported, whole lines: more tells nothing new."""


class NotUtf8(PostRule):
    """A post must be UTF-8.

    Jekyll ignores a post with other bytes; Hugo stops the build if they are in the front matter;
    the other generators build a page full of `�`.

    The message names the encoding that newslint detects. If only some lines use it, because a
    scraper put a page into a UTF-8 template without decoding it, only these lines are decoded. The
    fix is unsafe, since no detection is certain: check the text.

    A single invalid byte in a UTF-8 text was damaged, for example truncated in the middle of a
    character. It cannot be restored: scrape the article again.
    """

    code, name, severity = "TXT001", "not-utf8", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.UNSAFE

    bad = [
        Bad(
            "<p>⟦\udcd5\udcfd\udcce\udcc4\udcc4\udcda\udcc8\udcdd⟧</p>\n",
            fixed="<p>正文内容</p>\n",
            message="not UTF-8: it seems to be GB18030 (GBK)",
        ),
        Bad("<p>caf⟦\udce9⟧</p>\n", fixed="<p>café</p>\n"),
        Bad("<p>新闻标⟦\udce9\udca2⟧</p>\n"),
        Bad(
            "⟦<⟧\0p\0>\0a\0<\0/\0p\0>\0",
            fixed="<p>a</p>",
            message="not UTF-8: it seems to be UTF-16",
        ),
    ]
    good = [Good("<p>正文内容 café</p>\n")]

    def check(self, post: Post) -> Iterable[Finding]:
        if post.source.utf16_or_32:
            return self.check_wide(post, post.source.utf16_or_32)
        if post.source.is_utf8:
            return ()
        first = _BAD_BYTES.search(post.text)
        if first is None:
            return ()
        from newslint_rules.text import _encodings

        broken = _broken_lines(post.text)
        raw = b"\n".join(_bytes(post.text, span) for span in _sample(broken))
        encoding = None if _is_damaged(post.text, broken) else _encodings.detect(raw)
        byte = ord(first[0][0]) - 0xDC00
        message = msg("not UTF-8: the byte 0x{byte:02X} is not part of a character", byte=byte)
        fix = None
        if encoding is not None:
            message = msg("not UTF-8: it seems to be {title}", title=_encodings.title(encoding))
            fix = self.repair(post, encoding, broken)
        return (self.finding(Span(*first.span()), message, fix),)

    def check_wide(self, post: Post, encoding: str) -> Iterable[Finding]:
        """UTF-16 is reported at its byte order mark, or at its first character."""
        from newslint_rules.text import _encodings

        whole = Span(0, len(post.text))
        first = Span(0, 2 if post.text[:1] > "\ud7ff" else 1)
        message = msg("not UTF-8: it seems to be {title}", title=_encodings.title(encoding))
        return (self.finding(first, message, self.repair(post, encoding, [whole])),)

    def repair(self, post: Post, encoding: str, broken: list[Span]) -> Fix | None:
        """Decode the lines that are no UTF-8, where they all fit the encoding."""
        from newslint_rules.text import _encodings

        edits = []
        for span in broken:
            text = _encodings.decode(_bytes(post.text, span), encoding)
            if text is None:
                return None
            edits.append((span, text))
        return self.make_fix(msg("Decode as {title}", title=_encodings.title(encoding)), *edits)


def _bytes(text: str, span: Span) -> bytes:
    return text[span.start : span.end].encode("utf-8", "surrogateescape")


def _sample(broken: list[Span]) -> list[Span]:
    """Return the first lines, as many as tell an encoding."""
    total, count = 0, 0
    while count < len(broken) and total < _SAMPLE:
        total += broken[count].end - broken[count].start
        count += 1
    return broken[:count]


def _broken_lines(text: str) -> list[Span]:
    """Return what to decode again: the lines with bad bytes, or all where none is plainly UTF-8.

    A line of GBK can look like UTF-8 by chance (as "联通" does), but not in three-byte characters.
    """
    lines: list[Span] = []
    start = 0
    for line in text.split("\n"):
        lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    broken = [span for span in lines if _BAD_BYTES.search(text, *span)]
    sound = [span for span in lines if not _BAD_BYTES.search(text, *span)]
    if any(_WIDE.search(text, *span) for span in sound):
        return broken
    return [Span(0, len(text))]


def _is_damaged(text: str, broken: list[Span]) -> bool:
    """Return whether the lines are UTF-8 but for a few bytes."""
    bad = sum(len(run[0]) for span in broken for run in _BAD_BYTES.finditer(text, *span))
    return sum(1 for span in broken for _ in _WIDE.finditer(text, *span)) >= bad
