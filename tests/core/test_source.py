"""Text, lines and columns of a file, and the way back to its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.core.source import Source, printable
from newslint.core.span import LineIndex, Position


@given(st.binary(max_size=200))
def test_every_file_goes_back_to_its_very_bytes(raw: bytes) -> None:
    assert Source.from_text(Source(raw).text).raw == raw


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\u2028b", 2, 1, 3),
        ("\ufeffab", 1, 1, 2),
        ("😀x", 1, 1, 2),
        ("a\n", 2, 2, 1),
        ("", 0, 1, 1),
    ],
)
def test_lines_and_columns_count_from_one_in_code_points(
    text: str, offset: int, line: int, column: int
) -> None:
    assert LineIndex(text).position(offset) == Position(line, column, offset)


def test_lines_beyond_65535_are_counted() -> None:
    text = "\n" * 70_000 + "x"
    assert LineIndex(text).position(70_000) == Position(70_001, 1, 70_000)


@given(st.text(alphabet="a\r\n😀\u2028", max_size=40), st.data())
def test_a_position_and_its_offset_are_each_others_way_back(text: str, data: st.DataObject) -> None:
    lines = LineIndex(text)
    offset = data.draw(st.integers(0, len(text)))
    position = lines.position(offset)
    line = lines.span(position.line)
    if offset <= line.end:
        assert lines.offset(position.line, position.column) == offset


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(b"a\nb", "\n"), (b"a\r\nb\r\nc\n", "\r\n"), (b"a\rb\rc\n", "\r"), (b"", "\n")],
)
def test_the_line_end_is_the_most_frequent(raw: bytes, expected: str) -> None:
    assert Source(raw).line_end == expected


def test_a_byte_order_mark_is_part_of_the_text() -> None:
    source = Source(b"\xef\xbb\xbfa")
    assert source.has_bom
    assert source.text == "\ufeffa"


def test_what_no_parser_takes_is_replaced_at_the_same_length() -> None:
    assert printable("a\0b\udc80c") == "a\ufffdb\ufffdc"
    assert printable("plain") == "plain"
