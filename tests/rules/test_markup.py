"""The HTML rules: severities, fixes, and silence on real posts."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs import SITES, Site, make_archive

from newslint import Finding, Post, Severity
from newslint.core.source import Source
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.examples import fix_example, run_example
from newslint.linter.fixer import fix
from newslint.linter.rule import Bad
from newslint.linter.ruleset import RuleSet

FAMILIES = ("HTML", "SEC00")


def found(
    code: str, text: str, path: str = "post.html", target: str = "hexo", **options: object
) -> list[Finding]:
    rule = registry.rules()[code]
    findings = run_example(rule, Bad(text, path=path, target=target, options=options), text)
    assert all(finding.code == code for finding in findings), findings
    return findings


def fixed(code: str, text: str, path: str = "post.html", **options: object) -> str:
    return fix_example(registry.rules()[code], Bad(text, path=path, options=options), text)


def rules() -> RuleSet:
    mine = [rule for code, rule in registry.rules().items() if code.startswith(FAMILIES)]
    return RuleSet(rule() for rule in mine if rule.default and rule.code != "SEC008")


FRONT = "---\r\ntitle: x\r\n---\r\n"


@pytest.mark.parametrize(
    "code,tag,body",
    [
        ("HTML001", "<section>", "<p>\U0001f600</p>\r\n<section>\r\n"),
        ("HTML002", "</div>", "<p>\U0001f600</p>\r\n</div>\r\n"),
        ("HTML003", "<i>", "<b>\U0001f600<i></b></i>"),
        ("HTML004", "<p a=1 A=2>", "\U0001f600<p a=1 A=2>"),
        ("HTML005", "<p id=x>", "\U0001f600<b id=x></b><p id=x>"),
        ("HTML006", "<BODY class=x>", "\U0001f600<BODY class=x>"),
        ("HTML008", "<div>", "<p>\U0001f600<div></div></p>"),
        ("HTML009", "<p>", "\U0001f600<p>\r\n</p>"),
        ("HTML010", "<!-- a -->", "\U0001f600<!-- a -->"),
        ("HTML011", "<!--", "\U0001f600<!-- a"),
    ],
)
def test_a_finding_counts_from_the_top_of_the_file(code: str, tag: str, body: str) -> None:
    text = FRONT + body
    (finding,) = found(code, text)
    assert text[finding.span.start : finding.span.end] == tag


@pytest.mark.parametrize(
    "text,target,path,severity",
    [
        ("<p></p></div>", "hexo", "post.md", "error"),
        ("<p></p></section>", "hexo", "post.html", "error"),
        ("<p></p></li>", "hexo", "post.html", "warning"),
        ("<p></p></span>", "hexo", "post.md", "warning"),
        ("<p></p></p>", "hugo", "post.html", "warning"),
        ("<p></p></br>", "jekyll", "post.html", "warning"),
        ("<p></p></span>", "jekyll", "post.md", "error"),
        ("<table><tr><td></div></td></tr></table>", "hexo", "post.html", "warning"),
    ],
)
def test_a_stray_tag_is_an_error_where_it_hurts_the_page(
    text: str, target: str, path: str, severity: str
) -> None:
    (finding,) = found("HTML002", text, path, target)
    assert finding.severity is Severity(severity)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("<div><section></div></section>", "error"),
        ("<pre><div></pre></div>", "error"),
        ("<div><ul></div></ul>", "warning"),
        ("<pre><code><ol><li>a</code></pre></li></ol>", "warning"),
        ("<b><i></b></i>", "warning"),
    ],
)
def test_overlapping_is_an_error_where_a_layout_has_such_an_element(
    text: str, severity: str
) -> None:
    findings = found("HTML003", text)
    assert findings and {one.severity.value for one in findings} == {severity}


@pytest.mark.parametrize(
    "before,after",
    [
        ('<p a="1" a="2">', '<p a="1">'),
        ("<p a a=2 A>", "<p a>"),
        ("<p a=1\n  b=2\n  a='3'\n>", "<p a=1\n  b=2\n>"),
        ('<p a="1"a="2"b="3">', '<p a="1"b="3">'),
        ('<p a=1 a="2"b=3>', "<p a=1 b=3>"),
        ('<p a="1"a="2">', '<p a="1">'),
        ("<img a=1 a=2/>", "<img a=1>"),
        ('<img a="1" a="2"/>', '<img a="1" />'),
        ("<!-- <p a a> --><p title='<p a a>'>", "<!-- <p a a> --><p title='<p a a>'>"),
    ],
)
def test_the_second_of_two_equal_attributes_goes(before: str, after: str) -> None:
    assert fixed("HTML004", before) == after


@pytest.mark.parametrize("parted", [" ", "\t", "\n", "\f", "\r\n", "\t\t", "/", ""])
def test_an_attribute_given_twice_is_found_whatever_parts_the_two(parted: str) -> None:
    assert found("HTML004", f'<p a="1"{parted}a="2">')


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([" a=1", " a='2'", ' b="x y"', "\n a", " b", " c=/", ' a="3"b=4', "/"]),
        max_size=6,
    )
)
def test_removing_a_second_attribute_changes_nothing_in_the_tree(pieces: list[str]) -> None:
    from lxml import html

    before = f"<p{''.join(pieces)}>x</p>"
    after = fixed("HTML004", before)
    assert dict(html.fromstring(after).attrib) == dict(html.fromstring(before).attrib)
    assert found("HTML004", after) == []


@pytest.mark.parametrize(
    "before,after,safety",
    [
        ("<p>a</p><!-- x -->\n", "<p>a</p>\n", "safe"),
        ("a  <!-- x -->\nb", "a\nb", "safe"),
        ("<!-- x -->\n*a*", "\n*a*", "unsafe"),
        ("a <!-- x --> b", "a  b", "unsafe"),
        ("a <!-- x\n\ny -->\n", "a \n", "unsafe"),
        ("<p>a</p><!-- {{ x }} -->\n", "<p>a</p>\n", "unsafe"),
    ],
)
def test_a_comment_in_markdown_goes_safely_only_behind_text(
    before: str, after: str, safety: str
) -> None:
    (finding,) = found("HTML010", before, "post.md")
    assert finding.fix is not None
    assert finding.fix.safety.value == safety
    assert fixed("HTML010", before, "post.md") == after


@pytest.mark.parametrize("comment", ["more", "MORE", " newslint-enable ", " toc ", " excerpt "])
def test_a_comment_that_is_read_by_a_program_stays(comment: str) -> None:
    assert found("HTML010", f"<p>a</p><!--{comment}-->") == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>a<!-- x\n<b>b</b></p>",
        "<p>a<!-",
        "<style>.a{}",
        "<style>",
        "<script>if (a<b) {}\n\n<p>x</p>",
        "<xmp><p>",
        "<title>x<p>",
        "<p><textarea\n>x",
        '<p class="a>b</p><p>c</p>',
        "<p class='a",
        "<p class=a",
        "<p",
        "</p",
        "<noscript><img>",
        "<div><template><p>x</p></div>",
        "<!doctype html",
        "<?php echo",
    ],
)
def test_what_swallows_the_page_is_found_once_and_closed(text: str) -> None:
    assert len(found("HTML011", text)) == 1
    assert found("HTML001", text) == [] or "<b>" in text
    assert found("HTML011", fixed("HTML011", text)) == []


def test_only_its_tags_are_taken_out_of_a_whole_document() -> None:
    text = '<!DOCTYPE html>\n<HTML lang=zh><head></head>\n<body\nclass="x"><p>text</p></body ></html>\n'
    assert fixed("HTML006", text) == "\n<p>text</p>\n"


def test_an_empty_block_goes_with_the_empty_block_around_it() -> None:
    assert fixed("HTML009", "x<div><section> <p>&nbsp;</p></section></div>") == "x"
    assert fixed("HTML009", "<div><p><pre>x</pre></p></div>") == "<div><p><pre>x</pre></p></div>"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<b>",
                "</b>",
                "<br>",
                "</br>",
                "<!--",
                "-->",
                "<style>",
                "</style>",
                "<html>",
                "</html>",
                "<body\tx>",
                "<p\ta\ta>",
                "x",
                "<script>",
                "</script>",
                "<base>",
                "<a\thref=x\ttarget=_blank>",
                "</a>",
                "<p\tonclick=x>",
                "<table>",
                "</table>",
                "<td>",
                "<!doctype>",
            ]
        ),
        max_size=10,
    )
)
def test_all_fixes_together_come_to_rest_and_leave_nothing_to_fix(pieces: list[str]) -> None:
    everything = RuleSet(
        rule() for code, rule in registry.rules().items() if code.startswith(FAMILIES)
    )

    def run(text: str) -> Post:
        return Post(Source.from_text(text), PurePosixPath("post.html"))

    result = fix("".join(pieces), run, lambda post: lint(post, everything), unsafe=True)
    assert not [one for one in lint(run(result.text), everything) if one.code == "NL999"]
    again = fix(result.text, run, lambda post: lint(post, everything), unsafe=True)
    assert again.text == result.text


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_posts_of_the_corpus_have_no_error(site: Site) -> None:
    for path in site.posts():
        post = Post(Source(path.read_bytes()), PurePosixPath(path.name))
        errors = [one for one in lint(post, rules()) if one.severity is Severity.ERROR]
        assert not errors, (path.name, errors)


def test_every_planted_defect_is_found_at_its_line_and_nothing_else(tmp_path: Path) -> None:
    made = tmp_path / "made"
    in_force = rules()
    labels = make_archive(made, 400, 0.5)
    seen = set()
    for path in made.rglob("*.md"):
        name = path.relative_to(made).as_posix()
        post = Post(Source(path.read_bytes()), PurePosixPath(name))
        errors = [
            (one.code, post.source.lines.position(one.span.start).line)
            for one in lint(post, in_force)
            if one.severity is Severity.ERROR
        ]
        label = labels.get(name)
        expected = [label] if label and label[0] in in_force.codes else []
        assert errors == expected, name
        seen |= {code for code, _ in errors}
    assert seen == {"HTML001", "HTML002", "SEC001", "SEC002", "SEC003"}
