"""What a post says, made fit for a terminal."""

from __future__ import annotations

import pytest

from newslint.core.escaping import plain


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f\u200d🔥",
        "👩🏽\u200d🚀",
        "🏃\u200d♀\ufe0f",
    ],
)
def test_emoji_that_are_joined_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200db", r"a\u200db"),
        ("👩\u200db", r"👩\u200db"),
        ("b\u200d👩", r"b\u200d👩"),
        ("👩\u200d\u200d👩", r"👩\u200d\u200d👩"),
        ("。\u200d、", r"。\u200d、"),
        ("👩\u200d👩\u202e", "👩\u200d👩" + r"\u202e"),
        ("👩\u200d", r"👩\u200d"),
    ],
)
def test_other_characters_that_act_are_written_out(text: str, shown: str) -> None:
    assert plain(text) == shown
