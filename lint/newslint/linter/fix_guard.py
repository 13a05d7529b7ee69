"""Decide which fixes are offered: a fix may only change what its finding is about.

A fix that would damage or create front matter is refused. A safe fix must keep the meaning of
everything outside of its edits for browsers and site generators (tags and attributes, character
references, URLs, template tags, Markdown); otherwise it becomes unsafe. The decision depends on
post and edits, not on the rule.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.finding import Edit, Finding, Fix, Safety
from newslint.core.messages import msg
from newslint.core.source import Source
from newslint.linter import front_matter_effects
from newslint.linter.edits import apply

if TYPE_CHECKING:
    from newslint.post.post import Post


class Requirement(Enum):
    """The requirements that fixes must meet."""

    SAFE = auto()
    """Nothing changes except what the fix is about."""
    UNSAFE = auto()
    """Front matter and suppressions are unchanged, and no text becomes a tag."""
    FRONT_MATTER = auto()
    """Front matter is unchanged."""


TRIALS = 64
"""Maximum number of texts that are checked to find a post's damaging fixes; the rest is refused.
All fixes are checked together; if they do damage, each half of them."""

WORK = 2_000_000
"""Maximum total code points of these texts."""


def guarded(
    post: Post, findings: list[Finding], never_safe: Container[str]
) -> tuple[list[Finding], list[Finding]]:
    """Return the findings with the fixes that may be offered, and those whose fix was removed.

    All offered safe fixes can be applied together. ``never_safe`` are the codes of rules whose best
    fix is unsafe; an unsafe fix of another rule states that it may turn text into a tag.
    """
    fixable = [one for one in findings if one.fix is not None]
    if not fixable:
        return findings, []
    invalid = {id(one) for one in fixable if _is_invalid(one.fix, len(post.text))}
    valid = [one for one in fixable if id(one) not in invalid]
    safe = [one.fix for one in valid if one.fix and one.fix.safety is Safety.SAFE]
    kept = _ids(harmless(post, safe, Requirement.SAFE))
    unsafe = [one for one in valid if one.fix and one.fix.safety is Safety.UNSAFE]
    limited = [one.fix for one in unsafe if one.fix and one.code in never_safe]
    kept |= _ids(harmless(post, limited, Requirement.UNSAFE))
    free = [one.fix for one in unsafe if one.fix and one.code not in never_safe]
    kept |= _ids(harmless(post, free, Requirement.FRONT_MATTER))
    if len(kept) == len(fixable):
        return findings, []
    allowed = _ids(
        harmless(post, (one for one in safe if id(one) not in kept), Requirement.FRONT_MATTER)
    )
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


def harmless(post: Post, fixes: Iterable[Fix], requirement: Requirement) -> Iterator[list[Fix]]:
    """Yield the fixes that do no damage, in groups whose edits do not touch.

    The fixes of a group can be applied together.
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
            if _damage(post, made, text, requirement) is None:
                good = made
            elif len(group) > 1:
                half = len(group) // 2
                waiting += [group[half:], group[:half]]
        if good:
            yield good
        if not trials:
            return


def _is_invalid(fix: Fix | None, length: int) -> bool:
    spans = sorted(edit.span for edit in fix.edits) if fix else []
    inside = all(0 <= span.start <= span.end <= length for span in spans)
    return not inside or any(left.end > right.start for left, right in pairwise(spans))


def refusal_reason(post: Post, finding: Finding) -> str:
    """Return the reason why a fix is refused. Takes as long as linting the post."""
    if _is_invalid(finding.fix, len(post.text)):
        return msg("has edits that overlap or are outside of the post")
    assert finding.fix is not None
    text, made = apply(post.text, [finding.fix])
    return _damage(post, made, text, Requirement.UNSAFE) or msg("conflicts with other fixes")


def _damage(post: Post, fixes: Sequence[Fix], text: str, requirement: Requirement) -> str | None:
    """Return the damage of fixes beyond their purpose, as a message, or None."""
    edits = sorted((edit for one in fixes for edit in one.edits), key=lambda edit: edit.span)
    damage = _encoding_damage(post, edits, text, requirement)
    damage = damage or _front_matter_damage(post, edits, text, requirement)
    if damage is not None:
        return damage
    from newslint.linter import fix_effects

    if post.drops_html and any(_adds_tag(post, edit) for edit in edits):
        return msg("adds HTML, which the site leaves out")
    if fix_effects.are_ambiguous(post, edits):
        return msg("edits a tag that Markdown parses differently from browsers")
    if requirement is Requirement.FRONT_MATTER:
        return None
    if requirement is Requirement.UNSAFE:
        if fix_effects.makes_tags(post, edits):
            return msg("turns text into a tag")
        moves = fix_effects.moves_suppressions(post, edits)
        return msg("moves a suppression to another line") if moves else None
    return _unsafe_effect(post, edits, text)


def _encoding_damage(
    post: Post, edits: Sequence[Edit], text: str, requirement: Requirement
) -> str | None:
    """Return how edits damage the encoding of the file, as a message, or None."""
    if _is_no_text(post, edits):
        return msg("writes bytes that are not valid UTF-8")
    if "\0" in post.text and (requirement is Requirement.SAFE or not post.source.utf16_or_32):
        if Source.from_text(text).utf16_or_32 != post.source.utf16_or_32:
            return msg("changes whether the file is detected as UTF-16")
    return None


def _front_matter_damage(
    post: Post, edits: Sequence[Edit], text: str, requirement: Requirement
) -> str | None:
    """Return how edits damage the front matter, as a message, or None."""
    bounds = post.bounds
    is_complete = (
        bounds is not None and bounds.closing is not None and post.boundaries.read_error is None
    )
    if is_complete and edits[0].span.start > post.body_start:
        return None
    after = post.with_text(text)
    damage = front_matter_effects.damage(post, edits, after)
    if damage is not None:
        return damage
    is_safe = requirement is Requirement.SAFE
    if is_safe and front_matter_effects.is_read_otherwise(post, edits, after):
        return msg("changes how the front matter is parsed")
    if front_matter_effects.changes_duplicate_key(post, edits):
        return msg("changes one value of a duplicate key")
    return None


def _unsafe_effect(post: Post, edits: Sequence[Edit], text: str) -> str | None:
    """Return why edits are not safe although they are allowed otherwise, as a message, or None."""
    from newslint.linter import fix_effects, template_effects

    if post.bounds is not None and any(post.text[slice(*edit.span)] == "\r" for edit in edits):
        # Some programs end lines at a lone CR, and front matter is read by lines.
        return msg("changes how the front matter is parsed")
    if not post.source.is_utf8 and any(_holds_bytes(post, edit) for edit in edits):
        return msg("removes bytes that are not valid UTF-8")
    if fix_effects.moves_suppressions(post, edits) or fix_effects.changes_elsewhere(post, edits):
        return msg("changes more than it reports")
    if template_effects.are_read_by_tags(post, edits):
        return msg("changes text that a tag of the site reads")
    if template_effects.starts_templates(post, edits, text):
        return msg("makes the site generator run text that it did not run before")
    return None


def _is_no_text(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether edits write half a character, or join bytes to a valid character."""
    for edit in edits:
        around = edit.content
        if not post.source.is_utf8:
            start, end = edit.span
            around = post.text[max(start - 3, 0) : start] + around + post.text[end : end + 3]
        if not around.isascii() and Source.from_text(around).text != around:
            return True
    return False


def _adds_tag(post: Post, edit: Edit) -> bool:
    """Return whether an edit writes a tag where none was."""
    return _TAG.search(edit.content) is not None and "<" not in post.text[slice(*edit.span)]


_TAG = lazy.pattern(r"</?[A-Za-z][A-Za-z0-9-]*+[\s/>]")


def _holds_bytes(post: Post, edit: Edit) -> bool:
    removed = post.text[slice(*edit.span)]
    return not removed.isascii() and any("\ud800" <= one <= "\udfff" for one in removed)
