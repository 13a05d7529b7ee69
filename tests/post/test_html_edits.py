"""The edits that fixes are built of: what is left of a tag is the tag without what was cut."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from newslint.core.finding import Edit, Fix, Safety
from newslint.core.source import Source
from newslint.linter.fixer import apply
from newslint.post.post import Post

FRONT = "---\ntitle: x\n---\n"


def post_of(body: str) -> tuple[Post, Any]:
    """A post, and its element of class ``c`` or the first that is not implied."""
    post = Post(Source.from_text(FRONT + body), PurePosixPath("a.html"))
    return post, next(one for one in post.body.iter("*") if post.html.start_tag(one) is not None)


def made(post: Post, edits: list[Any]) -> str:
    fix = Fix("", tuple(Edit(*edit) for edit in edits), Safety.SAFE)
    text, applied = apply(post.text, [fix])
    assert applied == [fix]
    return text.removeprefix(FRONT)


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ('<p class="c"title="x">a</p>', "title", '<p class="c">a</p>'),
        ('<p class="c"title="x">a</p>', "class", '<p title="x">a</p>'),
        ('<p title="x"class="c"id=d>a</p>', "class", '<p title="x"id=d>a</p>'),
        ('<p a=1 title="2"c=3>a</p>', "title", "<p a=1 c=3>a</p>"),
        ('<p class="c" \n title="x" id=d>a</p>', "title", '<p class="c" id=d>a</p>'),
        ("<p a=1 title=x title=y>a</p>", "title", "<p a=1>a</p>"),
        ("<p title>a</p>", "title", "<p>a</p>"),
        ("<p TITLE='x' >a</p>", "title", "<p >a</p>"),
        ("<p/title='x'>a</p>", "title", "<p>a</p>"),
        ("<p a=b/ title>a</p>", "title", "<p a=b/ >a</p>"),
    ],
)
def test_an_attribute_is_cut_without_a_character_of_its_neighbours(
    before: str, name: str, after: str
) -> None:
    post, element = post_of(before)
    assert made(post, post.remove_attribute(element, name)) == after


_NAMES = st.sampled_from(("class", "id", "title", "alt"))
_VALUES = st.sampled_from(("", '="x"', "='y z'", "=w", '="a>b"', "=c/", '=""'))
_BLANKS = st.sampled_from((" ", "  ", "\n", "/", " / ", "\t"))
_TAGS = st.lists(
    st.tuples(_BLANKS, _NAMES, _VALUES), min_size=1, max_size=4, unique_by=lambda a: a[1]
)


@given(_TAGS, st.data(), st.sampled_from(("", " ", "/", " /")))
def test_what_is_left_are_the_other_attributes(parts: Any, data: Any, end: str) -> None:
    body = "<p" + "".join(blank + name + value for blank, name, value in parts) + end + ">a</p>"
    post, element = post_of(body)
    name = data.draw(st.sampled_from(sorted(element.attrib) or ["title"]))
    wanted = {key: value for key, value in element.attrib.items() if key != name}
    cut = made(post, post.remove_attribute(element, name))
    (left,) = lxml_html.fromstring(f"<div>{cut}</div>").iter("p")
    assert (dict(left.attrib), left.text) == (wanted, element.text)


@pytest.mark.parametrize(
    ("before", "value", "options", "after"),
    [
        ("<img src=a>", "x", {}, '<img src=a title="x">'),
        ("<img src=a/>", "x", {}, '<img src=a/ title="x">'),
        ("<img src=a alt='b'>", "x", {"after": "src"}, "<img src=a title=\"x\" alt='b'>"),
        ("<img src=a>", "x", {"first": True}, '<img title="x" src=a>'),
        ("<img>", 'a"b & c', {}, '<img title="a&quot;b &amp; c">'),
        ("<img title='a' alt>", "it's", {}, "<img title='it&#39;s' alt>"),
        ("<img title alt>", "x", {}, '<img title="x" alt>'),
        ("<img alt= >", "x", {}, '<img alt= "" title="x">'),
    ],
)
def test_an_attribute_is_added_or_its_value_replaced(
    before: str, value: str, options: dict[str, Any], after: str
) -> None:
    post, element = post_of(before)
    assert made(post, post.add_attribute(element, "title", value, **options)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<b>a<b>c</b></b>d", "d"),
        ("<i>a</i>\nb\n", "b\n"),
        ("  <img src=x>\n<p>b</p>", "<p>b</p>"),
        ("<p>a", "<p>a"),
    ],
)
def test_an_element_is_removed_with_its_end_tag_and_an_empty_line(before: str, after: str) -> None:
    post, element = post_of(before)
    assert made(post, post.remove_element(element)) == after
