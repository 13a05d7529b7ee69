"""Texts broken at the width of a terminal, whatever they hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newslint.reports.wrapping import LEAST, wrapped

TEXTS = st.text("ab1-,.()（）《“”。，、：中か한é %\t 👩", max_size=120)
WIDTHS = st.integers(1, 90)


@given(TEXTS, WIDTHS)
def test_nothing_is_lost_and_every_line_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= max(width, LEAST) for line in lines)


@given(TEXTS, WIDTHS)
def test_no_word_that_fits_a_line_is_broken(text: str, width: int) -> None:
    lines = wrapped(text, width)
    words = [word for word in re.findall(r"[ab1-]+", text) if len(word) <= LEAST // 2]
    found = re.findall(r"[ab1-]+", "\n".join(lines))
    assert [word for word in found if len(word) <= LEAST // 2] == words


def test_chinese_breaks_between_characters_and_before_no_full_stop() -> None:
    text = "在三篇文章中的三篇里发现六个错误、两个警告，另有两处可用。" * 3
    lines = wrapped(text, 24)
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in "、，。"]
    assert all(cell_len(line) >= 20 for line in lines[:-1]), "lines are filled"


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert wrapped("a" * 50, 20) == ["a" * 20, "a" * 20, "a" * 10]
