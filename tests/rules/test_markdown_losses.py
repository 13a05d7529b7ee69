"""MD004 to MD006: cells, Markdown and definitions that readers do not see as they were written."""

from __future__ import annotations

from pathlib import PurePosixPath

import growth
import pytest

from newslint import Severity
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import RuleSet, lint
from newslint.post.post import Post
from newslint_rules.markdown.accidental_markup import AccidentalMarkup
from newslint_rules.markdown.dropped_definition import DroppedDefinition
from newslint_rules.markdown.html_broken_by_markdown import HtmlBrokenByMarkdown
from newslint_rules.markdown.lost_table_cell import LostTableCell
from newslint_rules.markdown.unrendered_markdown import UnrenderedMarkdown
from newslint_rules.markup.text_as_tag import TextAsTag
from newslint_rules.markup.unclosed_element import UnclosedElement

COMMON = ("hexo", "hugo", "eleventy")
ALL = (*COMMON, "jekyll")
RULES = RuleSet([LostTableCell(), UnrenderedMarkdown(), DroppedDefinition(), AccidentalMarkup()])


def found(text, target="hexo", path="post.md"):
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    return [f for f in lint(post, RULES) if f.code != "MD003"]


def marked(text, target="hexo"):
    """The texts that are found, by code."""
    return [(f.code, text[f.span.start : f.span.end]) for f in found(text, target)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_row_with_a_lost_cell_is_found_at_that_cell(end: str) -> None:
    text = "| a | b |\n| - | - |\n| 1 | 2 | 3 | 4 |\n| 1 | 2 |\n1 | `x|y` | z\n".replace("\n", end)
    for target in COMMON:
        assert marked(text, target) == [("MD004", "3 | 4"), ("MD004", "y` | z")], target
    assert marked(text, "jekyll") == []


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n| - | - |\n| 1 | 2 | |\n| 1 | 2 |\xa0|\n| 1 | x \\| y |\n",
        "```\n| a |\n| - |\n| 1 | 2 |\n```\n",
        "| a | b |\n| 1 | 2 | 3 |\n",
        "<table><tr><td>a</td></tr></table>\n",
    ],
)
def test_what_loses_no_cell_is_no_finding(text: str) -> None:
    assert [one for target in COMMON for one in marked(text, target)] == []


@pytest.mark.parametrize(
    ("text", "targets", "source"),
    [
        ("<div>\n**bold**\n</div>\n", "hexo hugo eleventy jekyll", "**bold**"),
        ("<div>\n\n**bold**\n\n</div>\n", "jekyll", "**bold**"),
        ("<p>see [this](https://a.cn/b)</p>\n", "hexo hugo eleventy jekyll", "[this](https://a.cn/b)"),
        ("<section>\n## Heading\n</section>\n", "hexo hugo eleventy jekyll", "## Heading"),
        ("<div>\n- a\n- b\n</div>\n", "hexo hugo eleventy jekyll", "- a\n- b"),
        ("#标题\n\nText.\n", "hexo hugo eleventy jekyll", "#标题"),
        ("Text.\n\n###Three words here\n", "hexo hugo eleventy jekyll", "###Three words here"),
    ],
)  # fmt: skip
def test_markdown_that_is_shown_as_source_is_found(text: str, targets: str, source: str) -> None:
    for target in ALL:
        expected = [("MD005", source)] if target in targets.split() else []
        assert marked(text, target) == expected, target


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize(
    "text",
    [
        "<pre>\n**a** ![b](c.png)\n</pre>\n",
        "<div><code>**a**</code> 2**3**4 *** [1]</div>\n",
        "<!-- **a** ![b](c.png) -->\n",
        "<script>\nx = a[1](b); // **c**\n</script>\n",
        "<div>\n- a single dash\n</div>\n",
        "#hashtag\n\n#one #two\n\n#1\n\n\\#Escaped\n",
        '<div markdown="1">\n\n**a**\n\n</div>\n' * 2,
        "A <span>**bold**</span> word.\n",
    ],
)
def test_code_and_what_is_rendered_is_no_source(text: str, target: str) -> None:
    if target != "jekyll" and "markdown=" in text:
        return
    assert marked(text, target) == []


def test_an_image_that_is_shown_as_source_is_an_error_and_counted() -> None:
    text = "<div>\n![a](a.png)\n![b](b.png)\n</div>\n"
    for target in ALL:
        (finding,) = found(text, target)
        assert finding.severity is Severity.ERROR
        assert finding.message.startswith("2 images not shown: ")


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_fix_of_md005_lets_the_markdown_be_rendered(target: str, end: str) -> None:
    text = "<details>\n<summary>More</summary>\n- a\n- b ![c](c.png)\n</details>\n".replace(
        "\n", end
    )
    after, _ = apply(text, [f.fix for f in found(text, target)])
    assert after != text
    assert found(after, target) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Text.\n\n[Update]: we have changed\n", "jekyll"),
        ("Text.\n\n> [Q]: what is this\n", "jekyll"),
        ("Text.\n\n[Note]: important\n", "hexo hugo eleventy jekyll"),
        ("Text.\n\n[^1]: A note of words.\n", "hugo jekyll"),
        ("Text.\n\n[^1]: word\n", "hexo hugo eleventy jekyll"),
        ("- a\n- b\n\n- c\n{:toc}\n", "jekyll"),
    ],
)
def test_a_line_that_is_taken_for_a_definition_is_found_where_it_is_dropped(
    text: str, targets: str
) -> None:
    for target in ALL:
        assert bool(marked(text, target)) == (target in targets.split()), target


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize(
    "text",
    [
        "See [a] and [b].\n\n[a]: https://a.cn/\n[b]: foo\n[c]: /unused/\n[d]: x.html 'T'\n",
        "[//]: # (a comment)\n[comment]: <> (another)\n[_]: nothing\n",
        "A[^1] and B[^b].\n\n[^1]: One.\n[^b]: Two.\n",
        "Text\n[Update]: in a paragraph\n",
        "```\n[Note]: important\n```\n",
        "\\[Note]: important\n",
        "* contents\n{:toc}\n\n# A\n\n* a\n* b\n{:.c}\n",
    ],
)
def test_a_definition_that_is_meant_is_no_finding(text: str, target: str) -> None:
    assert marked(text, target) == []


def test_an_html_file_meets_no_markdown() -> None:
    assert found("<div>**a** ![b](c.png)</div>\n", path="post.html") == []


@pytest.mark.parametrize("target", ["hexo", "jekyll"])
@pytest.mark.parametrize(
    "piece",
    ["a~b", "a*b", "a|b ", "{{", "<p>**", "[a]: b\n\n", "[^a]: b\n\n", "- a\n 2. b\n", "# a\n",
     "* a\n{:toc}\n", "|a|b|\n|-|-|\n", "<div>\n- a\n", "``` a b\n", "a\nb\n---\n",
     "![a](b c ", "**“a", "! [", "**（a）**b ", "![a] (x.png "],
)  # fmt: skip
def test_time_grows_in_step_with_hostile_text(piece: str, target: str) -> None:
    post_of = lambda text: Post(Source.from_text(text), PurePosixPath("p.md"), Target.parse(target))  # noqa: E731
    rules = [LostTableCell(), UnrenderedMarkdown(), DroppedDefinition(), AccidentalMarkup()]

    def work(text: str) -> None:
        for rule in rules:
            list(rule.check(post_of(text)))

    growth.check(lambda size: "<a b|c ~x~ 1. ](\n" + piece * (size // len(piece)), work, 60_000)


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize(
    "definition", ["[a]: <https://a.cn/p>", "[^1]: <https://a.cn/p>", "> [a]: <mailto:x@a.cn>"]
)
def test_the_address_of_a_definition_is_no_tag(definition: str, target: str) -> None:
    text = f"See [a] and [^1].\n\n{definition}\n"
    post = Post(Source.from_text(text), PurePosixPath("post.md"), Target.parse(target))
    assert lint(post, RuleSet([TextAsTag(), UnclosedElement()])) == []


def test_kramdown_sees_no_code_within_an_element() -> None:
    text = "<div>\n<pre><code>```sh\n\n```</code></pre>\n</div>\n\nText.\n"
    post = Post(Source.from_text(text), PurePosixPath("post.md"), Target.parse("jekyll"))
    assert lint(post, RuleSet([UnclosedElement(), HtmlBrokenByMarkdown()])) == []


IMAGE_FORMS = [
    ("![a](my pic.jpg)", COMMON, "![a](my%20pic.jpg)"),
    ("![a](https://a.cn/1.jpg =100x200)", COMMON, ""),
    ("![a](1.png “title”)", COMMON, ""),
    ("![a] (https://a.cn/1.jpg)", ALL, "![a](https://a.cn/1.jpg)"),
    ("![a]（https://a.cn/1.jpg）", ALL, "![a](https://a.cn/1.jpg)"),
    ("![a](https://a.cn/1.jpg", ALL, ""),
    ("! [a](1.jpg)", ALL, "![a](1.jpg)"),
    ("！[a](1.jpg)", ALL, "![a](1.jpg)"),
]


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize(("text", "lost", "fixed"), IMAGE_FORMS)
@pytest.mark.parametrize("around", ["{}\n", "- {}\n- b\n", "# A\n\n{}\n\nText.\n"])
def test_an_image_that_is_wrong_by_a_sign_is_an_error(
    text: str, lost: tuple[str, ...], fixed: str, around: str, target: str
) -> None:
    post = around.format(text)
    if "- " in around and text.startswith(("! ", "！")):
        post = f"{text}\n"  # Only at the start of a line: "Look! [here](1.jpg)" is a link.
    errors = found(post, target)
    assert [f.severity for f in errors] == [Severity.ERROR] * (target in lost)
    for finding in errors:
        assert finding.message.startswith("image not shown")
        assert finding.span == (post.index(text), post.index(text) + len(text))
        assert (finding.fix is not None) == bool(fixed)
        if finding.fix:
            after, _ = apply(post, [finding.fix])
            assert (after, found(after, target)) == (post.replace(text, fixed), [])


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize(
    "text",
    [
        '![a](1.jpg "A title")',
        "![a](1.jpg\n)",
        "![a](1.jpg\n'A title')",
        "![a](<my pic.jpg>)",
        "`![a] (https://a.cn/1.jpg)`",
        "<p>![a] (b)</p>\n\n\\![a] (https://a.cn/1.jpg)",
        "Look! [here](1.jpg)",
        "太好了！[链接](https://a.cn/)",
        "![a] (see below)\n\n[a]: 1.jpg",
        "![a]({{ site.url }}/my pic.jpg)",
        "An array[1] (https://a.cn/1.jpg)",
    ],
)
def test_an_image_in_its_right_form_and_what_is_no_image_are_quiet(text: str, target: str) -> None:
    assert found(f"{text}\n", target) == []


@pytest.mark.parametrize(
    ("text", "piece", "targets"),
    [
        ("这是**“重点”**内容", "**“重点”**", ("hexo", "hexo@8", "hugo", "eleventy")),
        ("**注意：**内容", "**注意：**", ("hexo", "hexo@8", "hugo", "eleventy")),
        ("Use **`-x`**here", "**`-x`**", ("hexo", "hexo@5", "hexo@7", "hexo@8", *COMMON)),
        ("The **(note)**is", "**(note)**", ("hexo", "hexo@5", "hexo@7", "hexo@8", *COMMON)),
        ("**注意**：内容 **注意：** 内容", "", ()),
        ("2**10 and 3**5, **kwargs, a **b", "", ()),
        ("`**“a”**b`", "", ()),
        ("$a**“x”**b$", "", ()),
    ],
)
@pytest.mark.parametrize("target", ["hexo@5", "hexo@7", "hexo@8", *ALL])
def test_strong_emphasis_that_the_renderer_does_not_read_is_reported(
    text: str, piece: str, targets: tuple[str, ...], target: str
) -> None:
    pieces = [found_text for _, found_text in marked(f"{text}\n", target)]
    assert pieces == [piece] * (target in targets)


@pytest.mark.parametrize(
    ("target", "text", "codes"),
    [
        ("eleventy", "<div>{% md %}**one**{% endmd %}</div>", []),
        ("eleventy", "<div>{% md %}\n* one\n* two\n{% endmd %}</div>", []),
        ("eleventy", "<div>{% if a %}**one**{% endif %}</div>", ["MD005"]),
        ("eleventy", "{% box %}\n<div>**one**</div>\n{% endbox %}", ["MD005"]),
        ("eleventy", "<div>{% md %}**one**{% endmd %} **two**</div>", ["MD005"]),
        ("hugo", "<div>{{< md >}}**one**{{< /md >}}</div>", []),
        ("hugo", "<div>{{< md >}}a{{< /md >}} **two**</div>", ["MD005"]),
        ("jekyll", "<div>{% md %}**one** <b>a</b> **b**{% endmd %}</div>", []),
        ("jekyll", "<div>{% md %}a{% endmd %} **two**</div>", ["MD005"]),
        ("hexo", "<div>{% md %}**one**{% endmd %}</div>", []),
    ],
)
def test_text_in_html_that_a_tag_of_the_site_gets_may_be_rendered_by_it(
    target: str, text: str, codes: list[str]
) -> None:
    one = found(f"One.\n\n{text}\n\nTwo.\n", target)
    assert [each.code for each in one] == codes
