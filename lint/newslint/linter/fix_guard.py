"""Decide which fixes are offered: a fix may only change what its finding is about.

A fix that would break or make front matter is refused. A safe one must leave everything outside
of its edits what it is to a browser and to the site generator (tags and their attributes,
character references, addresses, template tags, what Markdown makes of the text); one that does
not becomes unsafe. Post and edits are looked at, never the rule.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from newslint.core.finding import Edit, Finding, Fix, Safety
from newslint.core.messages import msg
from newslint.core.source import Source
from newslint.linter import front_matter_effects
from newslint.linter.edits import apply

if TYPE_CHECKING:
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
    """Yield the fixes that do no damage, in groups whose edits do not touch.

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
    """Return what a fix that is refused would do, in words. Takes as long as to lint the post."""
    if _is_muddled(finding.fix, len(post.text)):
        return msg("has edits that overlap or are outside of the post")
    assert finding.fix is not None
    text, made = apply(post.text, [finding.fix])
    return _fault(post, made, text, Held.UNSAFE) or msg("conflicts with other fixes")


def _fault(post: Post, fixes: Sequence[Fix], text: str, held: Held) -> str | None:
    """Return what fixes do beyond what they are about, as a message, or None."""
    edits = sorted((edit for one in fixes for edit in one.edits), key=lambda edit: edit.span)
    if _is_no_text(post, edits):
        return msg("writes bytes that are not valid UTF-8")
    if "\0" in post.text and (held is Held.SAFE or not post.source.utf16_or_32):
        if Source.from_text(text).utf16_or_32 != post.source.utf16_or_32:
            return msg("changes whether the file is detected as UTF-16")
    bounds = post.bounds
    is_whole = (
        bounds is not None and bounds.closing is not None and post.boundaries.read_error is None
    )
    if not is_whole or edits[0].span.start <= post.body_start:
        after = post.with_text(text)
        damage = front_matter_effects.damage(post, edits, after)
        if damage is not None:
            return damage
        if held is Held.SAFE and front_matter_effects.is_read_otherwise(post, edits, after):
            return msg("changes how the front matter is parsed")
        if front_matter_effects.parts_twins(post, edits):
            return msg("changes one value of a duplicate key")
    from newslint.linter import fix_effects, template_effects

    if fix_effects.are_ambiguous(post, edits):
        return msg("edits a tag that Markdown parses differently from browsers")
    if held is Held.FRONT_MATTER:
        return None
    if held is Held.UNSAFE:
        if fix_effects.makes_tags(post, edits):
            return msg("turns text into a tag")
        moves = fix_effects.moves_suppressions(post, edits)
        return msg("moves a suppression to another line") if moves else None
    if bounds is not None and any(post.text[slice(*edit.span)] == "\r" for edit in edits):
        # A CR alone ends a line to some programs only, and front matter is read by lines.
        return msg("changes how the front matter is parsed")
    if not post.source.is_utf8 and any(_holds_bytes(post, edit) for edit in edits):
        return msg("removes bytes that are not valid UTF-8")
    if fix_effects.moves_suppressions(post, edits) or fix_effects.changes_elsewhere(post, edits):
        return msg("changes more than it reports")
    if template_effects.starts_templates(post, edits, text):
        return msg("makes the site generator run text that it did not run before")
    return None


def _is_no_text(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether edits write half a character, or bring two bytes together that become one."""
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
