"""Check whether edits change front matter beyond their purpose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from newslint.core.finding import Edit
from newslint.core.messages import msg
from newslint.core.span import Span
from newslint.generators.effects import Effect
from newslint.linter.edits import Moved, touch

if TYPE_CHECKING:
    from newslint.generators.reading import ReadError
    from newslint.post.front_matter import Path
    from newslint.post.post import Post


def is_read_otherwise(before: Post, edits: Sequence[Edit], after: Post) -> bool:
    """Return whether edits change how, or how far, the target reads the front matter.

    Text before the front matter may be removed so that it is read.
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


def changes_duplicate_key(post: Post, edits: Sequence[Edit]) -> bool:
    """Return whether edits change one value of a duplicate key: the values may be equal."""
    moved = Moved(edits)
    seen: dict[Path, Span] = {}
    for entry in post.front_matter.walk() if post.front_matter is not None else ():
        span = Span(entry.key.start, entry.value.end)
        first = seen.setdefault(entry.path, span)
        if first != span and (moved.within(first) or moved.within(span)):
            return True
    return False


def damage(before: Post, edits: Sequence[Edit], after: Post) -> str | None:
    """Return the damage of edits to other parts of the front matter, as a message, or None."""
    old, new = before.front_matter, after.front_matter
    if _is_worse(before.boundaries.read_error, after.boundaries.read_error):
        return msg("creates front matter that the site generator does not read")
    if old is None:
        if before.source.utf16_or_32:
            return None  # It could not be read before.
        is_made = new is not None or (_is_unclosed(after) and not _is_unclosed(before))
        return msg("turns the body into front matter") if is_made else None
    if old.error is not None:
        was_read = before.boundaries.read_error is None
        if was_read or after.boundaries.read_error is not None or new is None or new.error is None:
            return None
        return msg("makes the site generator read front matter that is invalid")
    if new is None or new.error is not None:
        return msg("makes the front matter invalid")
    if max(edit.span.end for edit in edits) < before.body_start:
        # If only the front matter was edited, the body must be unchanged.
        if before.body_text != after.body_text:
            return msg("changes the body, which the finding is not about")
    if old.text == new.text:
        return None
    about: set[str] = set()
    was, now = _Keys(before), _Keys(after)
    for edit, inserted in zip(edits, Moved(edits).inserted, strict=True):
        if touched := was.touched(edit.span):
            about |= touched | now.touched(inserted)  # A key may be renamed.
    for key in {**old.data, **new.data}:
        same = key in old.data and key in new.data and _is_same(old.data[key], new.data[key])
        if not same and key not in about and not _is_renamed(key, about, old.data, new.data):
            return msg("changes {key}, which the finding is not about", key=key)
    known = {problem.key for problem in old.key_problems}
    for problem in new.key_problems:
        if problem.key not in known:
            return msg("gives {key} a value that means something else", key=problem.key)
    return None


def _is_worse(old: ReadError | None, new: ReadError | None) -> bool:
    """Return whether the target now fails to read the front matter, or stops where it did not."""
    if old is None or new is None:
        return new is not None
    return new.outcome is Effect.SITE_DIES and old.outcome is not Effect.SITE_DIES


def _is_renamed(
    key: object, about: Container[object], old: Mapping[str, object], new: Mapping[str, object]
) -> bool:
    """Return whether a new key has the value of a removed key that the edits are about."""
    return key not in old and any(
        one in about and one not in new and _is_same(value, new[str(key)])
        for one, value in old.items()
    )


def _is_unclosed(post: Post) -> bool:
    """Return whether the target finds no end of the front matter."""
    bounds, unread = post.boundaries.bounds, post.boundaries.read_error
    is_open = bounds is not None and bounds.closing is None
    return is_open or (unread is not None and unread.kind == "unclosed")


def _is_same(one: object, other: object) -> bool:
    """Return whether two values are the same; ``1`` is not ``true``, and NaN is NaN."""
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
    """The top-level keys of a post's front matter with their spans."""

    def __init__(self, post: Post) -> None:
        header = post.front_matter
        entries = [one for one in header.walk() if len(one.path) == 1] if header else []
        self._spans = [Span(one.key.start, one.value.end) for one in entries]
        self._names = [str(one.path[0]) for one in entries]

    def touched(self, span: Span) -> set[str]:
        """Return the keys whose key or value contains an edit."""
        first = max(bisect_left(self._spans, span) - 1, 0)
        found: set[str] = set()
        for at in range(first, len(self._spans)):
            if touch(span, self._spans[at]):
                found.add(self._names[at])
            elif self._spans[at].start > span.end:
                break
        return found
