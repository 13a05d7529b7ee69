"""TXT003."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    Fix,
    Good,
    PostRule,
    RuleOptions,
    Safety,
    Severity,
    Span,
    say,
)
from newslint.core import lazy
from newslint_rules.text import _characters

if TYPE_CHECKING:
    from newslint import Post

_CONTROLS = (*range(9), 11, 12, *range(14, 32), 127)
_RAW = lazy.pattern(b"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0\xa6-\xaf])")
"""U+200B to 200F, 202A to 202E, 2060 and 2066 to 206F in UTF-8."""
_RUN = lazy.pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff]+"
)
_BIDI = lazy.pattern(f"[\u200e\u200f{_characters.ISOLATES_AND_EMBEDDINGS}]")
_LOSSY = lazy.pattern("[\x80-\x9f]")


class ControlCharacter(PostRule):
    """A post must hold no control characters, and none that nobody sees.

    Copied text carries them along: NUL and other control characters of old programs, zero-width
    spaces that break searching and copying, byte order marks in the middle, and bidirectional marks
    that make a browser show the text in another order than it is written.

    The fix removes them where the page looks the same without. A form feed becomes a space. Where
    text runs from right to left, or a mark turns it, and where a control character is what is left
    of a broken letter, removing is an unsafe fix: a person should look.

    What a script needs is left alone: joiners in emoji, in Arabic and in Indic scripts, marks in
    text that runs from right to left, zero-width spaces in Thai or Khmer. The front matter is
    FM016's.
    """

    code, name, severity = "TXT003", "control-character", Severity.WARNING
    fix = Safety.SAFE

    class Options(RuleOptions):
        """Characters that the site wants."""

        allow: tuple[str, ...] = Field(
            (), description='Characters that are fine, such as `"\\u200b"`.'
        )

    bad = [
        Bad(
            "<p>a⟦\u200b⟧b</p>",
            fixed="<p>ab</p>",
            message="an invisible character: U+200B zero-width space",
        ),
        Bad("<p>one⟦\x0c⟧two⟦\x00\x07⟧</p>", fixed="<p>one two</p>"),
        Bad("<p>新闻⟦\ufeff⟧标题</p>", fixed="<p>新闻标题</p>"),
        Bad("<p>user⟦\u202e⟧txt.exe⟦\u202c⟧</p>", fixed="<p>usertxt.exe</p>"),
    ]
    good = [
        Good("<p>👨\u200d👩\u200d👧 क्\u200dष می\u200cخواهم</p>"),
        Good("<p>שלום\u200f! \u200eabc</p>"),
        Good("<p>　　全角空格，\u00a0\t不是控制字符。</p>"),
        Good("<p>a\u200bb</p>", options={"allow": ["\u200b"]}),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        raw = post.source.raw
        if post.source.wide:
            return ()  # TXT001's: the zeros are halves of letters
        for control in _CONTROLS:
            if control in raw:
                return self.search(post)
        if not raw.isascii():
            # C2 begins U+0080 to U+00BF; a byte order mark may only stand first.
            if _RAW.search(raw) or b"\xc2" in raw or _characters.BOM in post.text:
                return self.search(post)
        return ()

    def search(self, post: Post) -> Iterator[Finding]:
        """Look at every run of such characters in the body."""
        text = post.text
        start = max(post.body_start, text.startswith(_characters.BOM))
        runs = list(_RUN.finditer(text, start))
        hebrew_or_arabic = bool(runs and _characters.RIGHT_TO_LEFT.search(text))
        turned = hebrew_or_arabic or bool(runs and _characters.TURNING.search(text))
        for run in runs:
            before = text[run.start() - 1] if run.start() else " "
            wrong = [c for c in run[0] if self.is_wrong(c, before, hebrew_or_arabic)]
            if wrong:
                span = Span(*run.span())
                yield self.finding(span, _words(wrong), self.repair(run[0], wrong, span, turned))

    def is_wrong(self, character: str, before: str, right_to_left: bool) -> bool:
        """Whether a character has no business after ``before``."""
        if character in self.options.allow:
            return False
        if character in "\u200c\u200d":
            return not _characters.joins(before)
        if character == "\u200b":
            return not _characters.divides_words(before)
        if right_to_left:
            return character not in _characters.NORMAL_IN_RIGHT_TO_LEFT
        return True

    def repair(self, run: str, wrong: list[str], span: Span, turned: bool) -> Fix:
        """Remove what is wrong of a run; unsafe where text would be shown in another order."""
        content = "".join(c if c not in wrong else " " if c == "\x0c" else "" for c in run)
        unsafe = _LOSSY.search(run) or (turned and _BIDI.search(run))
        safety = Safety.UNSAFE if unsafe else Safety.SAFE
        return self.mend("Remove what nobody sees", (span, content), safety=safety)


def _words(wrong: list[str]) -> str:
    first = wrong[0]
    named: str = f"U+{ord(first):04X}"
    if first in _characters.NAMES:
        named = say("{code} {name}", code=named, name=_characters.NAMES[first])
    more = say(", and {count} more", count=len(wrong) - 1) if len(wrong) > 1 else ""
    kind = say("a control character") if first < "\xa0" else say("an invisible character")
    return say("{name}: {words}", name=kind, words=named) + more
