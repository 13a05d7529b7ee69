"""Holds fixes to what they are about: the one place that decides which of them are offered.

A fix that would break or make front matter is refused. A safe one must leave everything outside
of its edits what it is to a browser and to the site generator (tags and their attributes,
character references, addresses, template tags, what Markdown makes of the text); one that does
not becomes unsafe. Post and edits are looked at, never the rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from newslint.core.finding import Edit, Finding, Fix, Safety
from newslint.core.messages import msg
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.linter.edits import Moved, apply, touch

if TYPE_CHECKING:
    from newslint.post.front_matter import Path
    from newslint.post.post import Post


class Held(Enum):
    """What fixes are held to."""

    SAFE = auto()
    """Nothing changes but what the fix is about."""
    UNSAFE = auto()
    """Front matter and suppressions stay what they are, and no text becomes a tag."""
    FRONT_MATTER = auto()
    """Front matter stays what it is."""


TRIALS = 64
"""Texts that are tried to find the fixes of one post that do damage; what is left then is refused.
A text is tried for all fixes together; only where that does damage, for halves of them."""

WORK = 2_000_000
"""Code points that these texts have together at most."""


def settled(
    post: Post, findings: list[Finding], never_safe: Container[str]
) -> tuple[list[Finding], list[Finding]]:
    """The findings with the fixes that may be offered, and those whose fix is offered no more.

    All safe fixes that are offered can be made together. ``never_safe`` are the codes of rules
    whose best fix is unsafe; the others say by an unsafe one that it may make a tag of text.
    """
    fixable = [one for one in findings if one.fix is not None]
    if not fixable:
        return findings, []
    muddled = {id(one) for one in fixable if _is_muddled(one.fix, len(post.text))}
    whole = [one for one in fixable if id(one) not in muddled]
    safe = [one.fix for one in whole if one.fix and one.fix.safety is Safety.SAFE]
    kept = _ids(sound(post, safe, Held.SAFE))
    unsafe = [one for one in whole if one.fix and one.fix.safety is Safety.UNSAFE]
    held = [one.fix for one in unsafe if one.fix and one.code in never_safe]
    kept |= _ids(sound(post, held, Held.UNSAFE))
    free = [one.fix for one in unsafe if one.fix and one.code not in never_safe]
    kept |= _ids(sound(post, free, Held.FRONT_MATTER))
    if len(kept) == len(fixable):
        return findings, []
    allowed = _ids(sound(post, (one for one in safe if id(one) not in kept), Held.FRONT_MATTER))
    result: list[Finding] = []
    refused: list[Finding] = []
    for one in findings:
        fix = one.fix
        if fix is not None and id(fix) not in kept:
            if id(fix) in allowed:
                one = one._replace(fix=fix._replace(safety=Safety.UNSAFE))
            else:
                refused.append(one)
                one = one._replace(fix=None)
        result.append(one)
    return result, refused


def _ids(groups: Iterable[list[Fix]]) -> set[int]:
    return {id(fix) for group in groups for fix in group}


def sound(post: Post, fixes: Iterable[Fix], held: Held) -> Iterator[list[Fix]]:
    """The fixes that do no damage, in groups whose edits do not touch.

    The fixes of a group can all be made at once.
    """
    rest = list(fixes)
    trials = min(TRIALS, max(2, WORK // (len(post.text) + 1)))
    while rest:
        _, layer = apply(post.text, rest)
        taken = {id(one) for one in layer}
        rest = [one for one in rest if id(one) not in taken]
        good: list[Fix] = []
        waiting = [layer]
        while waiting and trials:
            group = waiting.pop()
            trials -= 1
            text, made = apply(post.text, [*good, *group])
            if _fault(post, made, text, held) is None:
                good = made
            elif len(group) > 1:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
        if good:
            yield good
        if not trials:
            return


def _is_muddled(fix: Fix | None, length: int) -> bool:
    spans = sorted(edit.span for edit in fix.edits) if fix else []
    inside = all(0 <= span.start <= span.end <= length for span in spans)
    return not inside or any(left.end > right.start for left, right in pairwise(spans))


def damage_of(post: Post, finding: Finding) -> str:
    """What a fix that is refused would do, in words. Takes as long as to lint the post."""
    if _is_muddled(finding.fix, len(post.text)):
        return msg("has edits that overlap or lie outside the post")
    assert finding.fix is not None
    text, made = apply(post.text, [finding.fix])
    return _fault(post, made, text, Held.UNSAFE) or msg("conflicts with other fixes")


def _fault(post: Post, fixes: Sequence[Fix], text: str, held: Held) -> str | None:
    """What fixes do beyond what they are about, in words, or None."""
    edits = sorted((edit for one in fixes for edit in one.edits), key=lambda edit: edit.span)
    if _is_no_text(post, edits):
        return msg("writes bytes that are not valid UTF-8")
    if "\0" in post.text and (held is Held.SAFE or not post.source.utf16_or_32):
        if Source.from_text(text).utf16_or_32 != post.source.utf16_or_32:
            return msg("changes whether the file looks like UTF-16")
    bounds = post.bounds
    is_whole = (
        bounds is not None and bounds.closing is not None and post.boundaries.read_error is None
    )
    if not is_whole or edits[0].span.start <= post.body_start:
        after = post.with_text(text)
        damage = _damage(post, edits, after)
        if damage is not None:
            return damage
        if held is Held.SAFE and _is_read_otherwise(post, edits, after):
            return msg("changes how the front matter is read")
        if _parts_twins(post, edits):
            return msg("changes one value of a duplicate key")
    from newslint.linter import fix_effects

    if fix_effects.are_ambiguous(post, edits):
        return msg("edits a tag that Markdown reads otherwise than browsers")
    if held is Held.FRONT_MATTER:
        return None
    if held is Held.UNSAFE:
        if fix_effects.makes_tags(post, edits):
            return msg("turns text into a tag")
        moves = fix_effects.moves_suppressions(post, edits)
        return msg("moves a suppression to another line") if moves else None
    if bounds is not None and any(post.text[slice(*edit.span)] == "\r" for edit in edits):
        # A CR alone ends a line to some programs only, and front matter is read by lines.
        return msg("changes how the front matter is read")
    if not post.source.is_utf8 and any(_holds_bytes(post, edit) for edit in edits):
        return msg("removes bytes that are not valid UTF-8")
    if fix_effects.moves_suppressions(post, edits) or fix_effects.changes_elsewhere(post, edits):
        return msg("changes more than it reports")
    return None


def _is_no_text(post: Post, edits: Sequence[Edit]) -> bool:
    """Whether edits write half a character, or bring two bytes together that become one."""
    for edit in edits:
        around = edit.content
        if not post.source.is_utf8:
            start, end = edit.span
            around = post.text[max(start - 3, 0) : start] + around + post.text[end : end + 3]
        if not around.isascii() and Source.from_text(around).text != around:
            return True
    return False


def _holds_bytes(post: Post, edit: Edit) -> bool:
    removed = post.text[slice(*edit.span)]
    return not removed.isascii() and any("\ud800" <= one <= "\udfff" for one in removed)


def _is_read_otherwise(before: Post, edits: Sequence[Edit], after: Post) -> bool:
    """Whether edits change how, or how far, the target reads the front matter.

    What is only before it can be removed for it to be read.
    """
    moved = Moved(edits)
    if after.body_start not in (moved.start(before.body_start), moved.end(before.body_start)):
        return True
    old, new = (
        post.boundaries.read_error and post.boundaries.read_error.kind for post in (before, after)
    )
    if old == new:
        return False
    is_within = before.bounds is None or edits[-1].span.end > before.bounds.opening.start
    return new is not None or is_within


def _parts_twins(post: Post, edits: Sequence[Edit]) -> bool:
    """Whether edits change a value of a key that is given twice: the two may be equal."""
    moved = Moved(edits)
    seen: dict[Path, Span] = {}
    for entry in post.front_matter.walk() if post.front_matter is not None else ():
        whole = Span(entry.key.start, entry.value.end)
        first = seen.setdefault(entry.path, whole)
        if first != whole and (moved.within(first) or moved.within(whole)):
            return True
    return False


def _damage(before: Post, edits: Sequence[Edit], after: Post) -> str | None:
    """What edits do to front matter that they are not about, in words, or None."""
    old, new = before.front_matter, after.front_matter
    if before.boundaries.read_error is None and after.boundaries.read_error is not None:
        return msg("makes front matter that the site generator does not read")
    if old is None:
        if before.source.utf16_or_32:
            return None  # Nobody could read it.
        is_made = new is not None or (_is_unclosed(after) and not _is_unclosed(before))
        return msg("turns the body into front matter") if is_made else None
    if old.error is not None:
        was_read = before.boundaries.read_error is None
        if was_read or after.boundaries.read_error is not None or new is None or new.error is None:
            return None
        return msg("makes the site generator read front matter that does not parse")
    if new is None or new.error is not None:
        return msg("leaves front matter that does not parse")
    if max(edit.span.end for edit in edits) < before.body_start:
        # Where the front matter alone was mended, the body begins where it began.
        if before.body_text != after.body_text:
            return msg("changes the body, which it is not about")
    if old.text == new.text:
        return None
    about: set[str] = set()
    was, now = _Keys(before), _Keys(after)
    for edit, inserted in zip(edits, Moved(edits).inserted, strict=True):
        if touched := was.touched(edit.span):
            about |= touched | now.touched(inserted)  # A key may get another name.
    for key in {**old.data, **new.data}:
        same = key in old.data and key in new.data and _is_same(old.data[key], new.data[key])
        if not same and key not in about and not _is_renamed(key, about, old.data, new.data):
            return msg("changes {key}, which it is not about", key=key)
    return None


def _is_renamed(
    key: object, about: Container[object], old: Mapping[str, object], new: Mapping[str, object]
) -> bool:
    """Whether a new key has the value of one that the edits are about and that is gone."""
    return key not in old and any(
        one in about and one not in new and _is_same(value, new[str(key)])
        for one, value in old.items()
    )


def _is_unclosed(post: Post) -> bool:
    """Whether the target looks for the end of front matter in vain."""
    bounds, unread = post.boundaries.bounds, post.boundaries.read_error
    is_open = bounds is not None and bounds.closing is None
    return is_open or (unread is not None and unread.kind == "unclosed")


def _is_same(one: object, other: object) -> bool:
    """Whether two values of front matter are the same; ``1`` is not ``true``, and NaN is NaN."""
    waiting = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, Mapping) and isinstance(right, Mapping):
            if list(left) != list(right):
                return False
            waiting += zip(left.values(), right.values(), strict=True)
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif left != right and not (left != left and right != right):
            return False
    return True


class _Keys:
    """The top-level keys of a post's front matter, by their places."""

    def __init__(self, post: Post) -> None:
        header = post.front_matter
        entries = [one for one in header.walk() if len(one.path) == 1] if header else []
        self._spans = [Span(one.key.start, one.value.end) for one in entries]
        self._names = [str(one.path[0]) for one in entries]

    def touched(self, span: Span) -> set[str]:
        """The keys at whose key or value an edit is."""
        first = max(bisect_left(self._spans, span) - 1, 0)
        found: set[str] = set()
        for at in range(first, len(self._spans)):
            if touch(span, self._spans[at]):
                found.add(self._names[at])
            elif self._spans[at].start > span.end:
                break
        return found
