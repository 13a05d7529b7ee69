"""Markdown: where HTML becomes code or changes, and what the fix does."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from inputs import FEED_POST, HEXO

from newslint import Safety, Severity
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.markdown.html_as_code import HtmlAsCode
from newslint_rules.markdown.html_broken_by_markdown import HtmlBrokenByMarkdown


def found(text, path="post.md", target="hexo"):
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    return lint(post, RuleSet([HtmlAsCode(), HtmlBrokenByMarkdown()]))


INDENTED = "---\ntitle: x\n---\n\n<div>\n<p>a</p>\n\n    <p>b</p>\n\n    <p>c</p>\n</div>\n"


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("hexo", ["MD001"]),
        ("hexo@5", ["MD001"]),
        ("hugo", ["MD001"]),
        ("jekyll", []),
        ("html", []),
    ],
)
def test_indented_html_is_code_where_the_renderer_makes_it_code(target, codes) -> None:
    assert sorted({f.code for f in found(INDENTED, target=target)}) == codes


def test_an_html_file_meets_no_markdown() -> None:
    assert found(INDENTED, path="post.html") == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hexo_makes_a_code_block_of_fences_in_an_html_file_too(end: str) -> None:
    text = "---\ntitle: x\n---\n<div>\n~~~ sh\na b\n~~~\n</div>\n".replace("\n", end)
    assert [f.code for f in found(text, path="post.html")] == ["MD002"]
    assert found(text, path="post.html", target="hugo") == []


def test_the_place_is_the_first_start_tag_that_becomes_code() -> None:
    finding = found(INDENTED)[0]
    assert INDENTED.startswith("<p>b</p>", finding.span.start)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_fix_takes_the_indentation_away_and_nothing_else(end: str) -> None:
    text = INDENTED.replace("\n", end)
    findings = found(text)
    assert all(f.fix.safety is Safety.SAFE for f in findings)
    after, _ = apply(text, [f.fix for f in findings])
    assert after == text.replace("    <p>", "<p>")
    assert found(after) == []


def test_text_after_a_blank_line_is_markdown_and_said_once() -> None:
    text = "<div>\n<p>a</p>\n\nsome *text*, https://a.cn\n\n</div>\n"
    (finding,) = found(text)
    assert (finding.code, finding.severity) == ("MD002", Severity.WARNING)
    assert text.startswith("some", finding.span.start)


@pytest.mark.parametrize("target", ["hexo", "hugo", "eleventy", "jekyll"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", ["some *text*, <b>here</b>", "<b>some</b> [text](b.md)", "text"])
def test_a_paragraph_between_empty_lines_is_quiet_where_nothing_is_lost(
    target: str, end: str, text: str
) -> None:
    post = f"<div>\n<p>a</p>\n</div>\n\n{text}\n\n<p>b</p>\n"
    assert found(post.replace("\n", end), target=target) == []


def test_kramdown_leaves_a_paragraph_in_an_element_as_it_is() -> None:
    assert found("<div>\n\nsome text, <b>here</b>\n\n</div>\n<p>b</p>\n", target="jekyll") == []


HELD = "<div>\n" + "<p>a longer text</p>\n" * 20 + "</div>\n"
"""Much text in elements: the post is HTML."""


@pytest.mark.parametrize("target", ["hexo", "hugo", "eleventy"])
@pytest.mark.parametrize(
    "own",
    [
        "\n## A heading\n\n",
        "\n## A heading\n",
        "\n- one\n- two, `&lt;`\n\n",
        "\nIt shows:\n1. `<img src=a.png>`\n2. two\n\n",
        "\n---\n\n",
        "\n> quoted\n\n",
        "\n``` html\n<p>a</p>\n```\n\n",
        "\n| a | b |\n| - | - |\n| c | d |\n\n",
    ],
)
def test_markdown_between_the_elements_of_a_post_is_the_writers_own(target: str, own: str) -> None:
    assert found(f"{HELD}{own}{HELD}", target=target) == []
    inside = HELD.replace("</div>", f"{own}<p>b</p>\n</div>")
    assert {f.code for f in found(inside, target=target)} == {"MD002"}
    unclosed = HELD.replace("</div>\n", own)
    assert {f.code for f in found(unclosed, target=target)} == {"MD002"}


@pytest.mark.parametrize("target", ["hexo", "hugo", "eleventy"])
@pytest.mark.parametrize(
    "text",
    ["\ntext\n", "\na \\{ b\n\n", "\n[Note]: important\n\n", "\na <b> b\n\n", "\na\n---\n\n"],
)
def test_markdown_that_may_be_no_markdown_to_its_writer_is_reported(target: str, text: str) -> None:
    assert [f.code for f in found(f"{HELD}{text}{HELD}", target=target)] == ["MD002"]


@pytest.mark.parametrize("target", ["hexo", "hugo", "eleventy"])
def test_a_paragraph_that_changes_the_elements_around_it_is_reported(target: str) -> None:
    (finding,) = found("<p>a\n\nb</p>\n<p>c</p>\n", target=target)
    assert finding.code == "MD002"


@pytest.mark.parametrize(
    "text", ["# Title\n\n    <p>sample</p>\n", "Some *text* <b>here</b>.\n", "", "\n", "\x00"]
)
def test_markdown_by_intention_is_left_alone(text: str) -> None:
    assert [f for f in found(text) if f.code == "MD001"] == []


def test_a_body_too_long_to_look_at_is_said_so_and_is_no_warning() -> None:
    findings = found("a *b*\n\n" * 200_000)
    assert [f.severity.value for f in findings] in ([], ["info"])


def test_the_style_block_of_a_feeds_post_is_html_as_code() -> None:
    text = FEED_POST.read_text(encoding="utf-8")
    (finding,) = found(text)
    assert finding.code == "MD001"
    assert text.startswith("<style>", finding.span.start)
    after, _ = apply(text, [finding.fix])
    assert found(after) == []
    assert after.replace(" ", "") == text.replace(" ", "")


def test_nothing_is_said_of_posts_written_in_markdown() -> None:
    for path in HEXO.posts():
        assert found(path.read_text(encoding="utf-8")) == [], path


TALL = '<img\n  src="a.png"\n  alt=""\n>\n'
"""A tag whose ``>`` begins a line, and with it a quotation."""


@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy"])
@pytest.mark.parametrize("text", [TALL, "# Title\n\nSome *text* and\n" + TALL + "\nmore.\n"])
def test_an_image_whose_tag_is_printed_is_an_error_that_says_so(text: str, target: str) -> None:
    (finding,) = [f for f in found(text, target=target) if f.severity is Severity.ERROR]
    assert finding.message.startswith("image not shown: ")
    assert text.startswith("<img", finding.span.start)
    after, _ = apply(text, [finding.fix])
    assert [f for f in found(after, target=target) if f.severity is Severity.ERROR] == []
    assert '<img src="a.png" alt="">' in after


@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy"])
def test_a_tag_over_several_lines_that_the_renderer_reads_is_no_finding(target: str) -> None:
    for text in (
        "<div>\n" + TALL + "</div>\n",
        'Text <img\n  src="a.png"\n  alt=""> and *more*.\n',
    ):
        assert found(text, target=target) == [], text


@pytest.mark.parametrize(
    ("tag", "is_printed"),
    [
        ('<img src="/a.png" width=100%>', True),
        ("<a href=https://a.cn/b>", True),
        ('<a href="x"title="y">', True),
        ('<img src="/a.png" width=100>', False),
        ("<img src='/a.png' width=\"100%\"/>", False),
        ("<a href={{ page.url }}>", False),
        ("`<a href=https://a.cn/b>`", False),
        ("\\<a href=https://a.cn/b>", False),
    ],
)
def test_kramdown_prints_a_tag_with_an_unquoted_value(tag: str, is_printed: bool) -> None:
    text = f"Text *here*.\n\nSee {tag} this.\n"
    findings = found(text, target="jekyll")
    assert [(f.code, f.severity) for f in findings] == [("MD002", Severity.ERROR)] * is_printed
    if is_printed:
        after, _ = apply(text, [f.fix for f in findings if f.fix])
        assert (found(after, target="jekyll") == []) == ("title" not in tag)


@pytest.mark.parametrize(
    ("piece", "severity", "words"),
    [
        ("<p>b</p>", Severity.ERROR, "article text shown as source: "),
        ('<p><img src="a.png" alt=""></p>', Severity.ERROR, "image not shown: "),
        ("<p></p>", Severity.WARNING, "indented by four"),
    ],
)
def test_html_as_code_is_an_error_where_something_of_the_article_is_lost(
    piece: str, severity: Severity, words: str
) -> None:
    (finding,) = found(f"<div>\n<p>a</p>\n\n    {piece}\n</div>\n")
    assert (finding.severity, finding.message.startswith(words)) == (severity, True)


@pytest.mark.parametrize("target", ["hexo", "hugo", "eleventy"])
@pytest.mark.parametrize(
    ("piece", "loss"),
    [
        ("some *text* here", ""),
        ("see https://a.cn and ![i](a.png)", ""),
        ("[Note]: important", "text not shown"),
        ("<pre>a &lt; b\n\n    c &lt; d\n</pre>", ""),
    ],
)
def test_what_markdown_changes_in_html_is_an_error_only_where_something_is_lost(
    piece: str, loss: str, target: str
) -> None:
    findings = found(f"<div>\n<p>a</p>\n\n{piece}\n\n<p>b</p>\n</div>\n", target=target)
    assert all(f.message.startswith(loss) for f in findings)
    assert {f.severity for f in findings} <= {Severity.ERROR if loss else Severity.WARNING}


@pytest.mark.parametrize("target", ["hexo", "hugo"])
def test_a_blank_line_before_pre_mends_a_code_sample_that_markdown_tears_apart(target: str) -> None:
    text = "<div>\n<p>a</p>\n<pre><code>b\n\n    c &lt; d\n</code></pre>\n<p>e</p>\n</div>\n"
    findings = found(text, target=target)
    assert {(f.code, f.severity) for f in findings} == {("MD002", Severity.ERROR)}
    fixes = [f.fix for f in findings if f.fix]
    assert all(fix.safety is Safety.SAFE for fix in fixes)
    after, _ = apply(text, fixes)
    assert after == text.replace("<pre>", "\n<pre>")
    assert found(after, target=target) == []


def test_kramdowns_own_switch_is_the_writers_will() -> None:
    text = '<div markdown="1">\n\n**Text**\n\n</div>\n\n<p markdown="0">a *b* c</p>\n\nA <kbd>C</kbd>.\n'
    assert found(text, target="jekyll") == []


def test_the_box_that_a_publisher_appends_is_no_part_of_the_article() -> None:
    box = '    <!-- 二维码 -->\n    <div class="appendQr_wrap"><img src="a.png" alt="">APP</div>\n'
    (finding,) = found(f"<div>\n<p>a</p>\n\n{box}</div>\n")
    assert (finding.code, finding.severity) == ("MD001", Severity.WARNING)


@pytest.mark.parametrize(
    ("text", "piece", "loss"),
    [
        ("Text <div>b</div> c.\n", "<div>b</div>", "HTML shown as source: "),
        ("- item <p>b</p>\n- c\n", "<p>b</p>", "HTML shown as source: "),
        ("See <iframe src='/b'></iframe> c.\n", "<iframe src='/b'></iframe>", "embed not shown, "),
        ("| a | b <ul><li>c</li></ul> |\n|-|-|\n| d | e |\n", "<ul><li>c</li></ul>", "HTML "),
    ],
)
def test_kramdown_prints_a_block_element_within_a_line_of_text(
    text: str, piece: str, loss: str
) -> None:
    (finding,) = found(text, target="jekyll")
    assert (finding.code, finding.severity) == ("MD002", Severity.ERROR)
    assert text[slice(*finding.span)] == piece
    assert finding.message.startswith(loss)
    assert found(text, target="hugo") == []


@pytest.mark.parametrize(
    "text",
    [
        "Text\n<div>b</div>\nc.\n",
        "- <p>b</p>\n- c\n",
        "<div>\n\ntext <p>b</p>\n\n</div>\n",
        "Write <div> in it, or <hr>.\n",
        "Write `a <p>b</p>` in it.\n",
        "Text <figure>b</figure> c.\n",
        "<!-- text <p>b</p> -->\n",
    ],
)
def test_a_block_element_that_kramdown_reads_is_quiet(text: str) -> None:
    assert found(text, target="jekyll") == []


@pytest.mark.parametrize("quotes", ["””", "&#8221;&#8221;", '""'])
@pytest.mark.parametrize("target", ["hexo", "jekyll", "eleventy"])
def test_a_tag_without_an_address_is_text_about_tags(quotes, target) -> None:
    assert (
        found(f"---\ntitle: x\n---\nAll images, <img src={quotes} />, are here.\n", target=target)
        == []
    )


def test_typed_quotation_marks_are_not_put_into_the_value() -> None:
    text = "---\ntitle: x\n---\nText <img src=%s> more.\n"
    typed, bare = (found(text % value, target="jekyll") for value in ("”a.png”", "a.png"))
    assert [(one.code, one.fix) for one in typed] == [("MD002", None)]
    assert [one.fix.edits[0].content for one in bare] == ['"a.png"']
