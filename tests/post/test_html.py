"""The HTML of a post as rules see it: the same, whether the quick scan understands the text or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint import Post
from newslint.core.source import Source
from newslint.html.quick_scan import QuickScan

HEADER = "---\ntitle: t\n---\n"


def post(body: str, path: str = "post.html") -> Post:
    return Post(Source.from_text(HEADER + body), path)


def seen(given_post: Post) -> list[object]:
    """All that a rule can ask of a post's HTML."""
    return [
        [(tag.name, tag.source, dict(tag.attributes), tag.span) for tag in given_post.tags()],
        [tag.span for tag in given_post.tags("a", "img")],
        [(tag.span, attributes) for tag, attributes in given_post.repeated_attributes],
        given_post.visible_text.split(),
        list(given_post.comments),
        list(given_post.html_problems),
    ]


_PIECES = st.sampled_from(
    [
        *("<p>Text.</p>", "<p>", "</p>", "<br/>", "<b>a", "</b>", "a &lt; b", "&nbsp;", "\n", "文"),
        *("<!-- a -->", "<!-- <p> -->", "<style>a{}</style>", "<title>t</title>", "<noscript>n"),
        *('<a href="/?a=1&amp;b=2">b</a>', "<a id='x' id=y>c</a>", "<img src=a.png alt>", "<IMG>"),
        *("<textarea><img></textarea>", "<svg><title/></svg>", "<img alt='a > b'>", "<plaintext>"),
    ]
)


@given(st.lists(_PIECES, max_size=6), st.sampled_from(["post.html", "post.md"]))
def test_a_rule_sees_the_same_html_whatever_reads_it(pieces: list[str], path: str) -> None:
    body = "".join(pieces)
    quick = post(body, path)
    found, names = seen(quick), quick.element_names
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuickScan, "_read", lambda self, pieces: None)
        exact = post(body, path)
        assert found == seen(exact)
        assert names >= exact.element_names


def test_a_tag_is_as_written_with_its_attributes_and_its_place() -> None:
    given_post = post('<p>a</p>\n<img src="/a?b=1&amp;c=2" alt DATA-x=y>')
    (tag,) = given_post.tags("img")
    assert (tag.name, tag.source) == ("img", 'img src="/a?b=1&amp;c=2" alt DATA-x=y')
    assert given_post.text[slice(*tag.span)] == f"<{tag.source}>"
    assert dict(tag.attributes) == {"src": "/a?b=1&c=2", "alt": "", "data-x": "y"}
    assert [given_post.text[slice(*one.span)] for one in tag.written] == [
        'src="/a?b=1&amp;c=2"', "alt", "DATA-x=y",
    ]  # fmt: skip


@pytest.mark.parametrize("body", ["<p><img></p>", "<P><IMG></P>", "<p><img alt='>'>"])
def test_a_post_says_which_tags_it_may_have(body: str) -> None:
    given_post = post(body)
    assert given_post.has_tag("img")
    assert given_post.has_tag("video", "p")
    assert not given_post.has_tag("video", "a")


def test_no_tag_is_in_raw_text_or_in_a_comment() -> None:
    given_post = post("<textarea><a></textarea><style><a></style><!-- <a> --><p>a</p>")
    assert [tag.name for tag in given_post.tags()] == ["textarea", "style", "p"]
    assert not given_post.tags("a")


def test_the_text_of_a_post_is_what_readers_see() -> None:
    body = "<style>a{}</style><p>A &amp; <b>B</b></p><script>x</script><title>t</title>\n"
    assert post(body).visible_text.strip() == "A & B"


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        ("a<p>b</p>c", "p", "<p>b</p>"),
        ("<script>a<b</script>", "script", "<script>a<b</script>"),
        ("<p><b>b</b></p>", "p", None),
        ("<p>b", "p", None),
    ],
)
def test_a_leaf_is_the_element_from_its_start_tag_to_its_end_tag(
    body: str, name: str, expected: str | None
) -> None:
    given_post = post(body)
    (tag,) = given_post.tags(name)
    (element,) = given_post.body.iter(name)
    span = given_post.leaf_span(tag)
    assert span == given_post.leaf_span(element)
    assert (span and given_post.text[slice(*span)]) == expected


def test_edits_of_a_tag_are_those_of_its_element() -> None:
    given_post = post('<p>a</p><img src=a class="b">')
    (tag,) = given_post.tags("img")
    (element,) = given_post.body.iter("img")
    assert given_post.add_attribute(tag, "alt", "x", after="src") == given_post.add_attribute(
        element, "alt", "x", after="src"
    )
    removed = given_post.remove_attribute(tag, "class")
    assert removed == given_post.remove_attribute(element, "class")
    ((span, _),) = removed
    assert given_post.text[slice(*span)] == ' class="b"'
