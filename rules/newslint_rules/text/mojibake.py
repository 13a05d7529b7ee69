"""TXT002."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Severity, Span, lazy, msg
from newslint_rules.text import _places

if TYPE_CHECKING:
    from newslint import Post

_LOST = ("\ufffd", "锟")
_WESTERN = 0xC3
"""With this byte À to ÿ begin in UTF-8: what UTF-8's first bytes are, read as Windows-1252."""
_CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SEQUENCE = lazy.pattern(
    f"[\xc2-\xdf]{_CONTINUATION}|[\xe0-\xef]{_CONTINUATION}{{2}}|[\xf0-\xf4]{_CONTINUATION}{{3}}"
)
_GBK_LEADS = tuple("锛銆鈥锘鐨")
"""What UTF-8's commonest punctuation, byte order mark and 的 begin with, read as GBK."""
_SIGNS = (*_LOST, *_GBK_LEADS)
_REPLACED = lazy.pattern("\ufffd+|锟斤拷[锟斤拷]*+")
_FOREIGN = lazy.pattern("[^\x00-\x7f\\s]+")
_SHOWN = 20


class Mojibake(PostRule):
    """Text must not be decoded with the wrong encoding.

    `cafÃ©` was *café*: UTF-8 read as Windows-1252. `鏂伴椈` was 新闻: UTF-8 read as GBK. `锟斤拷`
    and `�` replace unknown bytes, which are lost. The file itself is valid UTF-8, so no other tool
    reports it; readers see garbage.

    Scrape the article again with the right encoding: the headers of the page or `<meta charset>`
    contain it; if they differ, look at the page. Code in Markdown and the contents of `<script>`
    and `<style>` are not checked. The rule reports each line once.
    """

    code, name, severity = "TXT002", "mojibake", Severity.WARNING
    impact = Impact.CONTENT

    bad = [
        Bad("<p>caf⟦Ã©⟧</p>", message="mojibake: 'Ã©' was 'é'"),
        Bad("<p>He said: ⟦â€œ⟧yesâ€\x9d</p>"),
        Bad("<p>⟦æ–°é—»⟧</p>", message="mojibake: 'æ–°é—»' was '新闻'"),
        Bad(
            "<p>⟦锟斤拷锟斤拷⟧，ab\ufffd\ufffd</p>",
            message="mojibake: 锟斤拷 replaces characters that are lost, and 1 more in this line",
        ),
        Bad("<p>⟦鎴戜滑鐨勬姤閬擄紝浠婂ぉ銆⟧</p>"),
    ]
    good = [
        Good("<p>A decisão não é só do governo; à população. SÃO PAULO</p>"),
        Good("<p>Le château de l’été — « la beauté\u00a0» — … À bientôt, naïve Âme</p>"),
        Good("<p>我们的报道，今天。“引号”</p>"),
        Good("Write `Ã©`\n", path="post.md"),
        Good("<script>var map = 'Ã©Ã©'</script>"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        text = post.text
        if text.isascii():
            return ()
        western = _WESTERN in post.source.raw and _SEQUENCE.search(text)
        if not (western or _has_sign(text)):
            return ()
        lost = any(sign in text for sign in _LOST)
        chinese = any(lead in text for lead in _GBK_LEADS)
        found: list[tuple[Span, str]] = []
        if western:
            found += _as_western(text)
        if chinese:
            found += _as_chinese(text)
        if lost:
            found += _lost(text)
        unread = sorted((*post.code_spans, *_places.programs(post)))
        return [
            self.finding(line[0][0], _with_count(line[0][1], len(line) - 1))
            for line in _places.by_line(post, _apart(found, unread))
        ]


def _has_sign(text: str) -> bool:
    for sign in _SIGNS:  # noqa: SIM110  (any() takes three times as long)
        if sign in text:
            return True
    return False


def _as_western(text: str) -> Iterator[tuple[Span, str]]:
    """UTF-8 that was read as Windows-1252 or Latin-1, by ftfy's measure of badness."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad
    from ftfy.chardata import UTF8_DETECTOR_RE

    for match in UTF8_DETECTOR_RE.finditer(text):
        wrong = match[0].rstrip(" ")
        if not _SEQUENCE.search(wrong):
            continue
        right = fix_encoding(wrong) if is_bad(wrong) else _as_wide(wrong)
        if right != wrong:
            start = match.start()
            words = msg(
                "mojibake: {wrong!r} was {right!r}", wrong=_short(wrong), right=_short(right)
            )
            yield Span(start, start + len(wrong)), words


def _as_wide(wrong: str) -> str:
    """Return the Chinese and the like that a run was, which ftfy finds not bad enough: ``æ–°é—»``.

    Two characters of three bytes each are no chance; else the run itself.
    """
    import ftfy.bad_codecs  # noqa: F401  (registers the codec)

    try:
        right = wrong.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return wrong
    return right if len(right) > 1 and min(right) > "\u2fff" else wrong


def _as_chinese(text: str) -> Iterator[tuple[Span, str]]:
    """UTF-8 that was read as GBK: encoded as GBK it reads as UTF-8, which no Chinese does."""
    for match in _FOREIGN.finditer(text):
        wrong = match[0]
        if not any(lead in wrong for lead in _GBK_LEADS):
            continue
        right = wrong.encode("gb18030", "replace").decode("utf-8", "replace").replace("\ufffd", "")
        wide = sum(character > "\u07ff" for character in right)
        # Three GBK characters are two of UTF-8; the odd byte at an end is lost.
        if wide >= 2 and wide * 5 >= len(wrong) * 2:
            words = msg("mojibake: UTF-8 read as GBK, it was {right!r}", right=_short(right))
            yield Span(*match.span()), words


def _lost(text: str) -> Iterator[tuple[Span, str]]:
    """Yield what replaced bytes that fitted no encoding."""
    for match in _REPLACED.finditer(text):
        words = msg("a replacement character (U+FFFD); the original text is lost")
        if match[0][0] == "锟":
            words = msg("mojibake: 锟斤拷 replaces characters that are lost")
        yield Span(*match.span()), words


def _with_count(words: str, more: int) -> str:
    return msg("{words}, and {count} more in this line", words=words, count=more) if more else words


def _apart(found: Iterable[tuple[Span, str]], unread: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the findings in order, those in what no one reads or inside of another one left out."""
    end = -1
    for span, words in sorted(found):
        if span.start < end or _places.is_in(unread, span.start):
            continue
        yield span, words
        end = span.end


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
