"""Which forms of the editor's line an archive has: what ED001 learns for `newslint init`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from newslint import InferredOptions, inference, lazy
from newslint_rules.editor._credit_lines import credit_lines, grammar, lines_of
from newslint_rules.editor._roles import CONTACTS, OTHER_ROLES

if TYPE_CHECKING:
    from newslint import Observation, Observations, Post

_LABEL = lazy.pattern(
    r"[\s（(\[【〔「*>·•-]*+(?P<label>[^\W\d_](?:[^\W_]|[ \u3000](?=[^\W\d_])){0,11})"
    r"\s?[：:∶﹕]\s*+(?P<value>\S[^：:。！？!?]{0,29})\Z"
)
"""A short line that is a label and a value, whatever they are."""

_EDITORIAL = lazy.pattern(
    r"[编編辑輯校審审]|整理|责任|責任|值班|\b(?:edit|copy|desk|compil|produc|curat)|redak",
    re.IGNORECASE,
)
"""What words for whoever edits have in them."""

_NOT_EDITORS = frozenset({*OTHER_ROLES, *CONTACTS})
_LINES = 30
"""Lines from the end that are looked through for labels."""


def observe(post: Post, head: int, tail: int) -> Iterator[Observation]:
    """The roles that are followed by a name in a post; without any, the labels of its lines."""
    if not post.source.is_utf8 or post.source.utf16_or_32:
        return
    found = False
    for line in credit_lines(post, grammar((), ()), head, tail):
        for credit in line.credits:
            if credit.name:
                found = True
                yield "role", credit.role
    if found:
        yield "editor", ""
        return
    for text in islice(lines_of(post), min(tail, _LINES)):
        if match := _LABEL.match(text.text):
            yield "label", re.sub(r"\s", "", match["label"])


def infer_options(seen: Observations) -> InferredOptions | None:
    """Return the roles that name the editor, where those that are known by themselves seldom do."""
    if seen.posts < inference.ENOUGH:
        return None
    named = dict(seen.of_kind("editor")).get("", 0)
    roles = ", ".join(f"{role} {number:,}" for role, number in seen.of_kind("role")[:6])
    of = f"{seen.posts:,} posts"
    notes = [f"An editor is named in {named:,} of {of}" + (f": {roles}." if roles else ".")]
    often = [
        pair
        for pair in seen.of_kind("label")
        if pair[1] > inference.TOO_OFTEN * (seen.posts - named)
    ]
    new = [
        label for label, number in often
        if number >= inference.ENOUGH and _EDITORIAL.search(label) and label not in _NOT_EDITORS
    ]  # fmt: skip
    others = [f"{label} {number:,}" for label, number in often[:6] if label not in new]
    if others and named < (1 - inference.TOO_OFTEN) * seen.posts:
        words = ", ".join(others)
        notes.append(f"The others have lines of: {words}; add to `roles` what names an editor.")
    select = ("ED001", "ED002", "ED003") if named >= inference.USUAL * seen.posts else ()
    options = {"roles": new} if new else {}
    return InferredOptions(options, tuple(notes), by_section=True, select=select)
