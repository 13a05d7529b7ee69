"""What is code in a Markdown text, and what the renderers make of HTML."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.targets.markdown import code_spans

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `<img>` b", ["`<img>`"]),
        ("x ``a ` b`` c", ["``a ` b``"]),
        ("\\`a` b`", ["` b`"]),
        ('<a href="`">`x`', ["`x`"]),
        ("<http://a.b/`> `x`", ["`x`"]),
        ("[a](`b`) `c`", ["`c`"]),
        ("[a](`b` c)", ["`b`"]),
        ("> q `a\n> b` c\n", ["`a\n> b`"]),
        ("- x\n\n      code\n\n  y `z`", ["code", "`z`"]),
        ("# h `a`\n\n    <img>\n\ntext", ["`a`", "<img>"]),
        ("| a | b |\n|---|---|\n| `x\\|y` | `z` |", ["`x\\|y`", "`z`"]),
        ("```\n<img>\n```\n", ["```\n<img>\n```"]),
        ("text\r\n\r\n~~~\r\n<img>\r\n~~~\r\nmore", ["~~~\r\n<img>\r\n~~~"]),
        ("para\n    not code `a`", ["`a`"]),
        ("text\n\n\ttab code", ["tab code"]),
        ("~~~\nx", ["~~~\nx"]),
        # HTML that is indented, or text in an HTML block, is no code sample.
        ("<div>\n\n    <img>\n</div>", []),
        ("<div>\n`<img>`\n</div>", []),
        ("prose **here**\n\n<div>\n\n    <img>\n</div>\n\n    sample <img>", ["sample <img>"]),
        ("no code\n    at all", []),
    ],
)
def test_code_is_found_to_the_character(text: str, code: list[str]) -> None:
    assert [text[start:end] for start, end in code_spans(text)] == code


@given(st.text(alphabet="`~<>a!-\\[]() \t\n#*|\u4e2d", max_size=80))
def test_code_spans_are_in_order_and_inside_the_text(text: str) -> None:
    position = 0
    for start, end in code_spans(text):
        assert position <= start < end <= len(text)
        position = end


def test_the_seed_post_has_no_code() -> None:
    for post in (CORPUS / "archive").rglob("*.md"):
        assert code_spans(post.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "`" * 100_000,
        "` `` " * 30_000,
        "<!-- `" * 50_000,
        "[a](" * 50_000 + "`",
        "> " * 5_000 + "`a`",
        "- " * 5_000 + "`a`",
        "<div>" * 2_000 + "\n\n    <p>`",
        "`a`" + "x" * 20_000_000,
        "<a " * 100_000 + "`a`",
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    code_spans(text)
    assert time.perf_counter() - start < 5
