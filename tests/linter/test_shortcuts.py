"""Each quick look at a post gives what the plain way gives, whatever the post holds."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newslint import Finding, FrontMatterRule, Post, PostRule
from newslint.core.source import Source
from newslint.generators import Target, Version, reserved_keys
from newslint.generators.markdown.dialects import dialect
from newslint.html.quick_scan import QuickScan
from newslint.html.tree import Body
from newslint.linter import archive_rules
from newslint.linter.engine import lint, lint_together
from newslint.linter.registry import rules
from newslint.linter.rule import OnlineRule
from newslint.linter.ruleset import RuleSet
from newslint.post.engine import MARKDOWN_SUFFIXES
from newslint_rules.archive._visible_text import seen
from newslint_rules.editor import _credit_lines
from newslint_rules.editor._visible_lines import last_plain_line, lines_upwards
from newslint_rules.front_matter._fast_path import is_unusual
from newslint_rules.images._known_hosts import host_and_path


def post(body: str, path: str = "post.html") -> Post:
    return Post(Source.from_text(body), path)


@given(
    st.lists(
        st.sampled_from(
            [
                *("<p>a</p>", "<p>", "</p>", "</body>", "</HTML >", "</b>", "<!-- </body> -->"),
                *("<body>", "<html>", '<a title="</body>">b</a>', "<br>", "</bodyx>", "text"),
            ]
        ),
        max_size=6,
    )
)
def test_the_tree_is_the_same_where_the_tags_are_known(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert etree.tostring(post(text).body) == etree.tostring(Body(text, 0).root)


@pytest.mark.parametrize(
    "path", ["a.md", "a/b.MD", ".md", "a/.md", "..md", "a.md.html", "md", "a.md/b", "a.markdown"]
)
def test_a_post_is_markdown_by_the_suffix_of_its_path(path: str) -> None:
    expected = PurePosixPath(path).suffix.lower() in MARKDOWN_SUFFIXES
    assert post("", path).is_markdown is expected
    assert post("", path).path == PurePosixPath(path)


@given(
    st.sampled_from(["p", "div", "/div"]),
    st.text(alphabet="a <>/\n\t|-", max_size=12),
    st.sampled_from([(5,), (7,), (8,)]),
)
def test_the_usual_blocks_end_where_the_pattern_ends_them(
    name: str, rest: str, version: Version
) -> None:
    renderer = dialect("hexo", version)
    assert renderer is not None
    # The pattern does not look at the case, and the short cut does.
    usual, plain = f"<{name}>{rest}", f"<{name.upper()}>{rest}"
    assert renderer.html_end(usual, 0) == renderer.html_end(plain, 0)


@given(st.text(alphabet="ahtps:/.@?#\\A-1中\n", max_size=14))
def test_the_host_of_a_plain_address_is_the_one_that_any_address_has(rest: str) -> None:
    # The short cut takes no capitals.
    assert host_and_path(f"https://{rest}") == host_and_path(f"HTTPS://{rest}")


@given(st.lists(st.sampled_from(["<style>a{}</style>", "<p>文</p>", "<title>t</title>", "<br>"])))
def test_what_is_read_of_a_body_is_the_same_where_a_tag_is_odd(pieces: list[str]) -> None:
    # An end tag that is not closed hides the names of all tags.
    text = "".join(pieces)
    assert seen(post(text)) == seen(post(text + "</p "))


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(["", "x", "a: b", "http://a.cn"]),
    st.lists(st.one_of(st.just("x"), st.just(1), st.just(["x"]), st.just({"a": 1})), max_size=2),
    st.just({"a": "b"}),
)
_KEYS = [
    "title", "categories", "tags", "author", "comments", "date", "updated", "headimg", "thumbnail",
    "description", "keywords", "subtitle", "source", "cover", "content", "permalink", "layout",
]  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(_KEYS), _VALUES),
    st.sampled_from(["hexo", "jekyll", "hugo", "eleventy", "html"]),
)
def test_usual_keys_have_the_problems_that_they_have_beside_an_unusual_one(
    data: dict[str, object], target: str
) -> None:
    assert reserved_keys.key_problems(data, target) == reserved_keys.key_problems(
        {**data, "unusual": "x"}, target
    )


_BLOCKS = st.sampled_from(
    [
        "<p>正文。</p>", "<p>责任编辑：刘万里</p>", "<p>编辑：张三<br></p>", "<div><p>编辑：李四</p></div>",
        "<p>编辑：\n王五</p>", "<style>编辑：张三</style>", "<p><b>编辑：张三</b></p>", "<p>编辑：张三</p>x",
        "<p>*编辑：张三*</p>", "<ul><li>编辑： 张三</li></ul>", "<dl><dd>编辑：张三</dd></dl>", "<!-- 编 -->",
        "<p>Editing by Ann Lee</p>", "<p title='编'>编辑：张三</p>", "<p></p>", "</div>", "编辑：",
    ]
)  # fmt: skip


@given(st.lists(_BLOCKS, max_size=4), st.sampled_from(["post.html", "post.md"]))
def test_the_last_line_is_the_one_that_the_whole_walk_begins_with(
    blocks: list[str], path: str
) -> None:
    given_post = post("\n".join(blocks), path)
    last = last_plain_line(given_post)
    assert last is None or last == next(lines_upwards(given_post))
    grammar = _credit_lines.grammar((), ())
    found = _credit_lines.credit_lines(given_post, grammar, 10, 20)
    # Without a limit every line is looked at, and with so few lines all of them count.
    every = _credit_lines.credit_lines(given_post, grammar, 10, None)
    assert [(line.credits, line.text, line.block(given_post)) for line in found] == [
        (line.credits, line.text, line.block(given_post)) for line in every
    ]


def _loud(post: Post) -> bool:
    return "!" in post.text


class _Counted(PostRule):
    """Says that it was called."""

    code, name = "XX001", "counted"

    def check(self, post: Post) -> list[Finding]:
        return [self.finding(post.start_span(), "called")]


class _Loud(_Counted):
    code, applies_to = "XX002", _loud


def test_a_rule_is_called_where_its_trigger_says_so_and_always_without_one() -> None:
    active = RuleSet([_Counted(), _Loud()], {})
    quiet, loud = lint_together([post("<p>a</p>"), post("<p>a!</p>")], active)
    assert [one.code for one in quiet.kept] == ["XX001"]
    assert [one.code for one in loud.kept] == ["XX001", "XX002"]


def test_rules_that_share_a_trigger_ask_it_once_a_post() -> None:
    asked: list[Post] = []

    class First(_Counted):
        applies_to = asked.append

    class Second(_Counted):
        applies_to = First.applies_to

    given_post = post("<p>a</p>")
    assert not lint_together([given_post], RuleSet([First(), Second()], {}))[0].kept
    assert asked == [given_post]


def test_a_trigger_that_breaks_leaves_it_to_the_rule() -> None:
    class Broken(_Counted):
        applies_to = staticmethod(lambda post: post.nothing)

    assert lint(post("<p>a</p>"), RuleSet([Broken()], {}))[0].code == "XX001"


def _examples() -> list[Post]:
    examples = [example for one in rules().values() for example in (*one.bad, *one.good)]
    return [
        Post(
            Source.from_text(example.text.replace("⟦", "").replace("⟧", "")),
            example.path,
            Target.parse(example.target),
        )
        for example in examples
    ]


@pytest.mark.parametrize(
    "rule",
    [one for one in rules().values() if getattr(one, "applies_to", None)],
    ids=lambda rule: rule.code,
)
def test_no_trigger_hides_a_finding(rule: type[PostRule] | type[FrontMatterRule]) -> None:
    for given_post in _examples():
        header = given_post.front_matter
        if issubclass(rule, PostRule):
            found = list(rule().check(given_post))
        elif header is not None and header.error is None:
            found = list(rule().check(header, given_post))
        else:
            continue
        assert not found or rule.applies_to(given_post), given_post.text


_FIELDS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(
            ["A title", "'<b>A</b>'", "''", "a &amp; b", "yes", "..", "[a]", ""]
        )
    },
    optional={
        "categories": st.sampled_from(["\n - World", "World News", "\n - a\n - ''", "[a?, b]", ""]),
        "date": st.sampled_from(["Thu, 02 Dec 2021 14:50:58 GMT", "2021-12-02", "''", "soon", ""]),
        "headimg": st.sampled_from(
            ["https://a.cn/1.jpg", "http://a.cn/1.jpg", "1.jpg", '"a\\\\b"']
        ),
        "thumbnail": st.sampled_from(["https://a.cn/1.jpg", "'HTTP://a.cn/1.jpg'"]),
        "comments": st.sampled_from(["true", "no", "[]"]),
        "author": st.sampled_from(["Wire", "''", "7"]),
        "tags": st.sampled_from(["a b", "[]", "\n - a\n -", "[a, a]"]),
        "permalink": st.sampled_from(["/../a/", "/a/", "false"]),
        "layout": st.sampled_from(["post", "none-such", "false"]),
        "published": st.sampled_from(["false", "true"]),
    },
)


@given(_FIELDS, st.sampled_from(["hexo", "jekyll", "hugo", "eleventy"]))
def test_no_trigger_hides_what_is_wrong_with_front_matter(
    fields: dict[str, str], target: str
) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    given_post = Post(
        Source.from_text(f"---\n{lines}---\n<p>Text.</p>\n"), "post.md", Target.parse(target)
    )
    header = given_post.front_matter
    if header is not None and header.error is None and not is_unusual(given_post):
        for rule in rules().values():
            if issubclass(rule, FrontMatterRule) and rule.applies_to is is_unusual:
                assert not list(rule().check(header, given_post)), rule.code


_PIECES = st.sampled_from(
    [
        *("<p>Text.</p>", "<p>", "</p>", "<div>", "</div>", "</div >", "<br/>", "<b>a</b>", "a < b"),
        *("<p>&nbsp;</p>", "<p>a&nbsp;b</p>", "\u3000x\u3000", "\x00", "\x01\x0c", "\ufffe", "\r\n", "\n"),
        *("<!-- a -->", "<!-- a > b -->", "<!---->", "<!-->", "<!doctype html>", "</body>", "<P>A</P>"),
        *("<p>责任编辑：刘万里</p>", "<p>Editing by Ann Lee</p>", "<p>编辑：</p>", "<p title='>'>编</p>"),
        *("<style>.a&#123;b:c&#125;</style>", "<style>.a{b:c}</style>", "<style>p{</style>", "<style></style>"),
        *("<style>@import '//a.cn/b';</style>", "<style>a<b</style>", "<style/>", "<title>a</title>"),
        *('<script src="a.js"></script>', "<script>a</script>", "<textarea>a</textarea>", "<noscript>a"),
        *('<a href="#x">a</a>', "<a href=' '>a</a>", '<a href="/a.pdf"></a>', "<a href=http://a b>c</a>"),
        *('<a href="https://b.cn" target="_blank">b</a>', '<a id="x" id="x">b</a>', '<p id="x">c</p>'),
        *('<form action="/a">', '<input type="password">', '<iframe src="//a.cn/"></iframe>', "<base>"),
        *('<p onclick="a()">b</p>', '<a href="javascript:a()">b</a>', '<p style="c:url(//a.cn/)">d</p>'),
        *("<table><tr><td>a</td></tr></table>", "<table>a</table>", "<ul><li>a<li>b</ul>", "<svg><style>&#123;"),
    ]
)  # fmt: skip
_SOURCES = [
    *("https://a.cn/1.jpg", "http://a.cn/1.jpg", "https://a.cn/1.jpg ", " https://a.cn/1.jpg", "1.jpg"),
    *("", "//a.cn/1.jpg", "https://hm.baidu.com/hm.gif", "https://placehold.co/1", "data:image/gif,a"),
    *("https://a.cn/1.jpg?a=1&amp;b=2", "https://a.cn/?a=1&b=2", "https://a.cn/?a&copy;", "HTTPS://a.cn/1"),
    *("https://a.cn/blank.gif", "https:/a.cn", "https://mmbiz.qpic.cn/1", "https://a.cn/\n1.jpg"),
]  # fmt: skip
_IMAGES = st.fixed_dictionaries(
    {},
    optional={
        "src": st.sampled_from(_SOURCES),
        "alt": st.sampled_from(["", "A picture", "a > b"]),
        "referrerpolicy": st.sampled_from(["no-referrer", "NO-REFERRER", "origin", ""]),
        "width": st.sampled_from(["1", "100", "1px"]),
        "height": st.sampled_from(["1", "100"]),
        "style": st.sampled_from(["width:1px;height:1px", "color:red"]),
        "srcset": st.sampled_from(["http://a.cn/2.jpg 2x", "https://a.cn/2.jpg"]),
        "data-src": st.sampled_from(["https://a.cn/3.jpg", ""]),
        "class": st.just("a b"),
    },
).map(lambda given: "<img" + "".join(f' {name}="{value}"' for name, value in given.items()) + ">")

_PARTED = st.lists(
    st.tuples(
        st.sampled_from([" ", "\t", "\n", "\r\n", "\f", "\n\n", "/", ""]),
        st.sampled_from(['id="x"', "id=y", "id", 'title=""', 'title="a\nb"', 'title="a\n- b"']),
    ),
    max_size=3,
).map(lambda given: "<b" + "".join(part for attribute in given for part in attribute) + ">a</b>")
"""Tags whose attributes are duplicated, parted by whatever parts them in HTML or in Markdown."""


@given(
    st.lists(st.one_of(_PIECES, _IMAGES, _PARTED), max_size=6),
    st.sampled_from(["post.html", "post.md"]),
)
def test_a_look_at_the_tags_finds_what_a_look_at_the_tree_finds(
    pieces: list[str], path: str
) -> None:
    text = "".join(pieces)
    active = RuleSet([one() for one in rules().values() if not issubclass(one, OnlineRule)])
    looked = post(text, path)
    found, facts = lint(looked, active), archive_rules.facts(looked, active)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuickScan, "_read", lambda self, pieces: None)
        plain = post(text, path)
        assert (found, facts) == (lint(plain, active), archive_rules.facts(plain, active))
