"""Tags are cut as a browser's tokenizer cuts them, and every element has its exact place."""

from __future__ import annotations

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.html.tokenizer import Token, TokenKind, attributes, tokens
from newslint.html.tree import Body

K = TokenKind


def cut(text: str) -> list[tuple[TokenKind, str]]:
    return [(token.kind, text[token.span.start : token.span.end]) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p a="x>y">', [(K.START, '<p a="x>y">')]),
        ("<IMG\nsrc=x\n/>", [(K.START, "<IMG\nsrc=x\n/>")]),
        ("<!-- <b> -->", [(K.COMMENT, "<!-- <b> -->")]),
        ("<!--><b>", [(K.COMMENT, "<!-->"), (K.START, "<b>")]),
        ("<!---><b>", [(K.COMMENT, "<!--->"), (K.START, "<b>")]),
        ("<!--x--!><b>", [(K.COMMENT, "<!--x--!>"), (K.START, "<b>")]),
        ("<?php a > b", [(K.BOGUS, "<?php a >")]),
        ("</ x><b>", [(K.BOGUS, "</ x>"), (K.START, "<b>")]),
        ("</><b>", [(K.START, "<b>")]),
        ("a < b <3", []),
        ("<!DOCTYPE html>", [(K.DOCTYPE, "<!DOCTYPE html>")]),
        (
            "<style>a<b>{}</style ><b>",
            [(K.START, "<style>"), (K.TEXT, "a<b>{}"), (K.END, "</style >"), (K.START, "<b>")],
        ),
        (
            "<textarea></text></textarea>",
            [(K.START, "<textarea>"), (K.TEXT, "</text>"), (K.END, "</textarea>")],
        ),
        (
            "<script><!--<script></script>--></script><b>",
            [
                (K.START, "<script>"),
                (K.TEXT, "<!--<script></script>-->"),
                (K.END, "</script>"),
                (K.START, "<b>"),
            ],
        ),
        ("<x <y>", [(K.START, "<x <y>")]),
    ],
)
def test_text_is_cut_as_the_html_standard_says(
    text: str, expected: list[tuple[TokenKind, str]]
) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("text", ["<!-- a", '<a b="', "<a b", "<style>a", "<script></scrip"])
def test_what_is_never_closed_says_so(text: str) -> None:
    assert list(tokens(text))[-1].closed is False


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<a b = "c"d>', [("b", "c", '"'), ("d", None, "")]),
        ("<a b='c'>", [("b", "c", "'")]),
        ("<a b=c/d>", [("b", "c/d", "")]),
        ("<a b=>", [("b", "", "")]),
        ("<a B/c=1 b=2>", [("b", None, ""), ("c", "1", ""), ("b", "2", "")]),
        ("<a =b>", [("=b", None, "")]),
    ],
)
def test_attributes_are_read_as_the_html_standard_says(
    tag: str, expected: list[tuple[str, str | None, str]]
) -> None:
    token = next(tokens(tag))
    found = list(attributes(tag, token))
    assert [(a.name, a.value, a.quote) for a in found] == expected
    for attribute in found:
        assert tag[slice(*attribute.value_span)] == (attribute.value or "")


@pytest.mark.parametrize(
    ("tag", "self_closing"), [("<a/>", True), ("<a b/>", True), ("<a b=c/>", False), ("<a>", False)]
)
def test_a_slash_closes_only_where_it_is_no_part_of_a_value(tag: str, self_closing: bool) -> None:
    assert next(tokens(tag)).self_closing is self_closing


def starts(html: str) -> list[tuple[str, str]]:
    body = Body(html, 0)
    found = []
    for element in body.root.iter("*"):
        if body.start_tag(element) is not None:
            span = body.span(element)
            found.append((str(element.tag), html[span.start : span.end]))
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<table><tr><td>x</table><IMG\n src=a>", ["<table>", "<tr>", "<td>", "<IMG\n src=a>"]),
        ("<p>a<body class=x><p>b</p>", ["<p>", "<p>"]),
        ("<p>😀&amp;&#x1F600;<b>x</b>", ["<p>", "<b>"]),
        (
            "<!-- <i> --><title><b></title><textarea><i></textarea><u>",
            ["<title>", "<textarea>", "<u>"],
        ),
        ("<a href=x>y</a><A HREF='>'>", ["<a href=x>", "<A HREF='>'>"]),
        ("<p>a\0<b>b</b>", ["<p>", "<b>"]),
        ("\udc80<b>", ["<b>"]),
        ("a</body></html><i>z</i>", ["<i>"]),
    ],
)
def test_each_element_is_found_at_its_start_tag(html: str, expected: list[str]) -> None:
    assert [text for _, text in starts(html)] == expected


NAMES = st.sampled_from(
    ["p", "div", "b", "IMG", "table", "tr", "td", "li", "a", "style", "x-y", "svg"]
)
PIECES = st.one_of(
    st.builds(
        lambda name, attribute: f"<{name}{attribute}>",
        NAMES,
        st.sampled_from(
            ["", ' a="x>y"', " b='<i>'", " c=d/", "\n e", "/", " f = g", ' a="1" a="2"']
        ),
    ),
    NAMES.map(lambda name: f"</{name}>"),
    st.sampled_from(
        [
            "<!-- <b> -->",
            "&amp;",
            "text",
            "😀",
            "<",
            ">",
            "<!doctype html>",
            "<body id=x>",
            "<?x>",
            "\r\n",
            "</html>",
            "<!--",
        ]
    ),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_text_at_an_elements_span_is_its_start_tag(html: str) -> None:
    for tag, text in starts(html):
        assert text.lower().startswith("<" + tag.lower().replace("\ufffd", "\0")[:1])
        assert text[1 : 1 + len(tag)].lower().replace("\0", "\ufffd") == tag.lower()


@given(st.lists(PIECES, max_size=30).map("".join))
def test_tokens_are_in_order_inside_the_text_and_never_overlap(html: str) -> None:
    end = 0
    for token in tokens(html):
        assert end <= token.span.start < token.span.end <= len(html)
        end = token.span.end


@pytest.mark.parametrize(
    "piece",
    [
        '<a b="',
        "<!--",
        "<a ",
        "</",
        "<script>",
        "<a b=",
        "<",
        "<style><!--",
        "<p>x</p>",
        "<a a",
        "<!-",
        "<script><!--<script>",
    ],
)
def test_time_grows_in_step_with_the_size_of_the_worst_input(piece: str) -> None:
    growth.check(lambda size: piece * (size // len(piece)), lambda t: list(tokens(t)), 800_000)


def test_a_token_is_plain_data() -> None:
    assert next(tokens("<b>")) == Token(K.START, (0, 3), "b", (2, 2))  # type: ignore[arg-type]
