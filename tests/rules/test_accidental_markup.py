"""MD003: text that a Markdown renderer reads as markup, for each target."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import RuleSet, lint
from newslint.post.post import Post
from newslint_rules.markdown.accidental_markup import AccidentalMarkup


def found(text, target="hexo", path="post.md"):
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    return lint(post, RuleSet([AccidentalMarkup()]))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("价格5~7元，数量100~200个。\n", "hexo hexo@5 hugo hugo@0.160"),
        ("- 周一~周五，九点~十点\n", "hexo hexo@5 hugo hugo@0.160"),
        ("A (b~) and c (d~) e.\n", "hexo hexo@5"),
        ("So c1*g(n)<=c2*g(n).\n", "hexo hexo@5 hugo hugo@0.111 hugo@0.160 eleventy jekyll"),
        ("It is a*C(i) + b*D(i).\n", "hexo hexo@5 hugo hugo@0.111 hugo@0.160 eleventy jekyll"),
        ("This is one line\nand another.\n---\n", "hexo hugo hugo@0.111 hugo@0.160 eleventy"),
        ("It opens at the end of\n2027. Tickets are sold.\n", "jekyll"),
        ("* open until June\n  2028. Bring a friend.\n", "jekyll"),
        ("2027. Tickets are sold.\n", "jekyll"),
        ("![one | two](https://b.cn/a.png)\n", "jekyll"),
        ("See [x | y](https://b.cn/p).\n", "jekyll"),
        ("- [x | y](https://b.cn/p)\n- more\n", "jekyll"),
        ("The chance $$P(A|B)$$ is small.\n", "jekyll"),
        ("Read | write\n", "jekyll"),
        ("``` ruby Gemfile\nx\n```\n", "jekyll"),
    ],
)
def test_what_becomes_markup_is_reported_where_it_does(text: str, targets: str) -> None:
    known = ("hexo", "hexo@5", "hugo", "hugo@0.111", "hugo@0.160", "eleventy", "jekyll")
    said = [target for target in known if found(text, target)]
    assert said == [target for target in known if target in targets.split()]
    for target in said:
        findings = found(text, target)
        after, _ = apply(text, [f.fix for f in findings if f.fix])
        assert bool(found(after, target)) == any(f.fix is None for f in findings), after


@pytest.mark.parametrize("target", ["hexo", "hugo", "eleventy", "jekyll"])
@pytest.mark.parametrize(
    "text",
    [
        "这是 ~删除的~ 文本，5\\~7元，100\\~200个，`5~7 8~9`。\n",
        "About ~5 and ~7.\n",
        "See https://a.cn/~b/~c and [~](~x~).\n",
        "Un*frigging*believable, 2 * 3 * 4, `a*b*c` and $a*b*c$.\n",
        "See [1*1](a) and [1*1](b).\n",
        "中文*强调*的文本。\n",
        "Heading\n---\n\n`a` vs. `b` vs. `c`.\n-----------\n",
        "```\na*b*c 5~7 8~9 x | y\n2027. z\n```\n",
        "1. one\n   more\n2. two\n\n```\nx\n```\n\n3. three\n",
        "10. ten\n11. eleven\n",
        "* a\n  1. b\n  2. c\n* d\n",
        "a | b\n--- | ---\n1 | 2\n",
        "| a | b |\n| c | d |\n",
        "{{ page.date | date }} and {% if a | b %}.\n",
        "x `a | b` y and <b>c | d</b>\n",
        "One | two\nthree.\n",
        "<div>\nx | y\n2027. z\n</div>\n",
        "```ruby\nx\n```\n\n``` ruby\ny\n```\n",
    ],
)
def test_what_is_meant_or_stays_text_is_no_finding(text: str, target: str) -> None:
    assert found(text, target) == []


def test_an_html_file_and_plain_html_meet_no_markdown() -> None:
    assert found("<p>5~7 and 8~9</p>\n", path="post.html") == []
    assert found("5~7 and 8~9\n", target="html") == []


def test_an_image_that_a_table_cuts_is_said_to_be_lost() -> None:
    (finding,) = found("![one | two](a.png)\n", "jekyll")
    assert finding.message.startswith("image not shown: ")


def test_dashes_within_a_tag_of_a_template_are_no_underline() -> None:
    head = "---\nx: y\n---\n"
    lines = "A line of text\nand another.\n---\n\n"
    tag, end = "{% mindmap 300px %}\n", "{% endmindmap %}\n"
    assert [f.code for f in found(head + lines)] == ["MD003"]
    assert found(head + tag + lines + end) == []
    assert [f.code for f in found(head + tag + end + lines + tag + end)] == ["MD003"]
