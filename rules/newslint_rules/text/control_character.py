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
    lazy,
    msg,
)
from newslint_rules.text import _characters, _places, _surroundings

if TYPE_CHECKING:
    from newslint import Post

_CONTROLS = (*range(9), 11, 12, *range(14, 32), 127)
_RAW = lazy.pattern(b"\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0\xa6-\xaf])")
"""U+200B to 200F, 202A to 202E, 2060 and 2066 to 206F in UTF-8."""
_RUN = lazy.pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff]+"
)
_BIDI = lazy.pattern(f"[\u200e\u200f{_characters.ISOLATES_AND_EMBEDDINGS}]")
_LOSSY = lazy.pattern("[\x1c-\x1f\x80-\x9f]")
"""What separated words or records, and what is left of letters in another encoding."""
_BLANKS = frozenset("\v\f")
"""White space to some programs: a vertical tab is how word processors end a line."""


class ControlCharacter(PostRule):
    """A post must not contain control characters or invisible characters.

    Copied text contains such characters: NUL and other control characters of old programs,
    zero-width spaces that break search and copying, byte order marks in the middle of the text, and
    bidirectional marks that make browsers show the text in another order.

    The rule reports each line once. The fix removes the characters if the page looks the same
    without them. A form feed becomes a space; so does a vertical tab, as an unsafe fix. The fix is
    unsafe if the removal would create a tag, an entity, another URL or other Markdown, inside code,
    in right-to-left text, and if a control character is the remainder of a damaged letter or
    separates two words.

    Characters that a script requires are not reported: joiners in emoji, Arabic and Indic scripts,
    marks in right-to-left text, zero-width spaces in Thai or Khmer. The contents of `<script>` and
    `<style>` are not checked. FM016 checks the front matter.
    """

    code, name, severity = "TXT003", "control-character", Severity.WARNING
    fix = Safety.SAFE

    class Options(RuleOptions):
        """Characters that the site wants."""

        allow: tuple[str, ...] = Field((), description='Characters to allow, such as `"\\u200b"`.')

    bad = [
        Bad(
            "<p>a⟦\u200b⟧b</p>",
            fixed="<p>ab</p>",
            message="an invisible character: U+200B zero-width space",
        ),
        Bad("<p>one⟦\x0c⟧two\x00\x07</p>", fixed="<p>one two</p>"),
        Bad("<p>新闻⟦\ufeff⟧标题</p>", fixed="<p>新闻标题</p>"),
        Bad(
            "<p>user⟦\u202e⟧txt.exe\u202c</p>",
            fixed="<p>usertxt.exe</p>",
            message="an invisible character: U+202E right-to-left override, "
            "and 1 more in this line",
        ),
    ]
    good = [
        Good("<p>👨\u200d👩\u200d👧 क्\u200dष می\u200cخواهم</p>"),
        Good("<p>שלום\u200f! \u200eabc</p>"),
        Good("<p>　　全角空格，\u00a0\t不是控制字符。</p>"),
        Good("<script>var map = 'a\u200bb\x9e'</script>"),
        Good("<p>a\u200bb</p>", options={"allow": ["\u200b"]}),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        raw = post.source.raw
        if post.source.utf16_or_32:
            return ()  # TXT001's: the zeros are halves of letters
        for control in _CONTROLS:
            if control in raw:
                return self.search(post)
        if not raw.isascii():
            # C2 begins U+0080 to U+00BF; a byte order mark may only stand first.
            has_e2 = 0xE2 in raw  # found many times faster than a pattern
            if (has_e2 and _RAW.search(raw)) or 0xC2 in raw or _characters.BOM in post.text:
                return self.search(post)
        return ()

    def search(self, post: Post) -> Iterator[Finding]:
        """Look at every run of such characters in the body; those of a line are one finding."""
        text = post.text
        start = max(post.body_start, text.startswith(_characters.BOM))
        runs = list(_RUN.finditer(text, start))
        if not runs:
            return
        hebrew_or_arabic = _characters.RIGHT_TO_LEFT.search(text) is not None
        turned = hebrew_or_arabic or _characters.TURNING.search(text) is not None
        programs = _places.programs(post)
        found: list[tuple[Span, list[str]]] = []
        for run in runs:
            if post.is_code(run.start()) or _holds_a_place(text, run.start(), run.end()):
                continue
            before = text[run.start() - 1] if run.start() else " "
            wrong = [c for c in run[0] if self.is_wrong(c, before, hebrew_or_arabic)]
            if wrong and not _places.is_in(programs, run.start()):
                found.append((Span(*run.span()), wrong))
        for line in _places.by_line(post, found):
            words = _words([character for _, wrong in line for character in wrong])
            yield self.finding(line[0][0], words, self.repair(post, line, turned))

    def is_wrong(self, character: str, before: str, right_to_left: bool) -> bool:
        """Return whether a character has no business after ``before``."""
        if character in self.options.allow:
            return False
        if character in "\u200c\u200d":
            return not _characters.joins(before)
        if character == "\u200b":
            return not _characters.divides_words(before)
        if right_to_left:
            return character not in _characters.NORMAL_IN_RIGHT_TO_LEFT
        return True

    def repair(self, post: Post, line: list[tuple[Span, list[str]]], turned: bool) -> Fix:
        """Remove what is wrong in a line; unsafe where the page may be another one then."""
        edits = []
        safety = Safety.SAFE
        for span, wrong in line:
            run = post.text[slice(*span)]
            content = "".join(c if c not in wrong else " " if c in _BLANKS else "" for c in run)
            edits.append((span, content))
            turns = _LOSSY.search(run) or (turned and _BIDI.search(run))
            if "\v" in run or turns or not _surroundings.are_plain(post, span):
                safety = Safety.UNSAFE
        return self.make_fix("Remove invisible characters", *edits, safety=safety)


def _holds_a_place(text: str, start: int, end: int) -> bool:
    """Return whether zero-width spaces fill a `<span>` with a class, as KaTeX lays formulas out."""
    if text[start:end].strip("\u200b") or text[start - 1 : start] != ">":
        return False
    tag = text[text.rfind("<", 0, start) : start]
    return tag.startswith("<span ") and "class=" in tag and text.startswith("</span>", end)


def _words(wrong: list[str]) -> str:
    first = wrong[0]
    named: str = f"U+{ord(first):04X}"
    if first in _characters.NAMES:
        named = msg("{code} {name}", code=named, name=_characters.NAMES[first])
    more = msg(", and {count} more in this line", count=len(wrong) - 1) if len(wrong) > 1 else ""
    kind = msg("a control character") if first < "\xa0" else msg("an invisible character")
    return msg("{name}: {words}", name=kind, words=named) + more
