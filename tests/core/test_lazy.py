"""Patterns that are compiled at their first use."""

from __future__ import annotations

import re

import pytest

from newslint.core import lazy


def test_a_pattern_does_what_the_compiled_one_does():
    text = r"(?P<word>[a-z]+)-"
    late, real = lazy.pattern(text, re.IGNORECASE), re.compile(text, re.IGNORECASE)
    assert late.match("AB-")["word"] == "AB"
    assert late.sub("x", "a-b-") == real.sub("x", "a-b-")
    assert [m.span() for m in late.finditer("a-b-")] == [(0, 2), (2, 4)]
    assert (late.pattern, late.flags, late.groupindex) == (
        real.pattern,
        real.flags,
        real.groupindex,
    )
    assert lazy.pattern(rb"\d").search(b"a1").start() == 1


def test_a_mistake_shows_when_it_is_used():
    late = lazy.pattern("(")
    with pytest.raises(re.error):
        late.search("")
    with pytest.raises(re.error):
        late.search("")


def test_what_no_pattern_has_this_one_has_not():
    late = lazy.pattern("a")
    with pytest.raises((AttributeError, KeyError)):
        late.colour  # noqa: B018
