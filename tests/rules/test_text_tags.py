"""Text that a browser takes for tags (HTML012, HTML013) and what other rules leave to them."""

from __future__ import annotations

import pytest

from newslint import Finding, Post, fix_text
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet

MATTER = "---\ntitle: A\ndate: 2021-12-02 10:00:00\n---\n"


RULES = RuleSet(rule() for code, rule in registry.rules().items() if code[:4] in ("HTML", "SEC0"))


def linted(body: str, name: str, target: str) -> list[Finding]:
    """The findings about markup and scripts, those of rules that are off by default left out."""
    post = Post(Source.from_text(MATTER + body), name, Target.parse(target))
    return [one for one in lint(post, RULES) if registry.rules()[one.code].default]


def findings(body: str, name: str = "a.md", target: str = "hexo") -> list[tuple[str, str | None]]:
    """Code and kind of fix of each finding."""
    found = linted(body, name, target)
    return [(one.code, one.fix and str(one.fix.safety)) for one in found]


@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy"])
@pytest.mark.parametrize(
    "heading",
    ["## The List<Message>\n", "The List<Message>\n---\n", "> # The List<Message>\n"],
)
def test_the_fix_is_unsafe_in_a_heading_whose_id_it_changes(heading: str, target: str) -> None:
    assert findings(f"a\n\n{heading}\nb\n", target=target) == [("HTML012", "unsafe")]


def test_an_element_that_a_script_of_the_post_may_define_is_a_warning() -> None:
    body = "<p>a <snow-fall> b <Esc></p>\n"
    kinds = [one.severity.value for one in linted(body, "a.html", "hexo")]
    assert kinds == ["error", "error"]
    scripted = linted(f"{body}<script src=/a.js></script>\n", "a.html", "hexo")
    found = [(one.code, one.severity.value) for one in scripted]
    assert found == [("HTML012", "warning"), ("HTML012", "warning"), ("SEC001", "error")]


def test_the_fix_is_safe_in_the_line_above_a_heading() -> None:
    assert findings("The List<Message>\n\n## b\n") == [("HTML012", "safe")]


@pytest.mark.parametrize(
    "text",
    [
        "List<String>",
        "press <Esc>",
        "<foo></foo>",
        "a vector<int> b",
        "<ann@example.org>",
        "the <frame> tag",
    ],
)
def test_a_word_that_readers_lose_is_one_finding_with_a_safe_fix(text: str) -> None:
    assert findings(f"<p>{text}</p>\n", "a.html") == [("HTML012", "safe")]


def test_a_loop_that_swallows_the_text_behind_it_is_found_once() -> None:
    body = "<p>for (i=0; i<num; i++) { go(); }</p>\n<p>end</p>\n"
    assert [code for code, _ in findings(body, "a.html")][:1] == ["HTML012"]


@pytest.mark.parametrize(
    ("target", "number"), [("hexo", 1), ("jekyll", 1), ("hugo", 0), ("eleventy", 0)]
)
def test_a_name_with_an_underscore_is_a_tag_to_some_renderers(target: str, number: int) -> None:
    assert len(findings("Set <param_name> here.\n", target=target)) == number


def test_what_could_be_a_custom_element_is_fixed_only_on_request() -> None:
    assert findings("<p>the <ng-content></ng-content> tag</p>\n") == [("HTML012", "unsafe")]
    assert findings('<p><my-map zoom="3"></my-map><my-note>text</my-note></p>\n') == []


def test_real_elements_stay_with_html001() -> None:
    assert findings("<div><p>open</p>\n", "a.html") == [("HTML001", None)]


def test_nothing_deletes_a_code_sample() -> None:
    body = (
        "<pre><code><!DOCTYPE html><html><head><link rel=stylesheet href=a.css></head>\n"
        '<body onclick="go()"><script>go()</script></body></html></code></pre>\n'
    )
    found = findings(body, "a.html")
    assert ("HTML013", "unsafe") in found
    assert [fix for code, fix in found if code != "HTML013" and fix] == []


def test_nothing_advises_to_remove_a_part_of_a_code_sample() -> None:
    body = (
        "<pre><code><link rel=stylesheet href=a.css>\n"
        '<p onclick="go()">a</p><script>go()</script></code></pre>\n'
    )
    told = {one.code: one.message for one in linted(body, "a.html", "hexo")}
    assert {"SEC001", "SEC002", "SEC005", "HTML013"} <= set(told)
    for code, message in told.items():
        assert "write &lt; for <" in message, code
        assert "remove" not in message, code


def test_an_escaped_sample_is_whole_and_rests() -> None:
    body = "<pre><code><template>\n <div>x</div></template></code></pre>\n"
    found = linted(body, "a.html", "hexo")
    fix = next(one.fix for one in found if one.code == "HTML013")
    assert fix is not None
    text = MATTER + body
    for edit in sorted(fix.edits, key=lambda one: one.span.start, reverse=True):
        text = text[: edit.span.start] + edit.content + text[edit.span.end :]
    assert text.endswith(
        "<pre><code>&lt;template&gt;\n &lt;div&gt;x&lt;/div&gt;&lt;/template&gt;</code></pre>\n"
    )
    assert findings(text[len(MATTER) :], "a.html") == []


def test_what_highlighters_write_is_no_sample_that_breaks() -> None:
    body = (
        '<pre class="hl"><button class="copy">Copy</button><code><table><tr><td>1</td><td>'
        '<span class="k">for</span> <a href="#x">x</a><br></td></tr></table></code></pre>\n'
    )
    assert findings(body, "a.html") == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("a List<String> b", "error"),
        ("the <todo-item> element", "error"),
        ("| Lecture | <sdr></sdr> |", "warning"),
        ("<button-counter></button-counter>", "warning"),
        ("<Foo>text</Foo>", "warning"),
    ],
)
def test_an_element_with_an_end_tag_may_be_meant_and_is_a_warning(text: str, severity: str) -> None:
    (found,) = linted(f"<p>{text}</p>\n", "a.html", "hexo")
    assert (found.code, found.severity.value) == ("HTML012", severity)


@pytest.mark.parametrize(
    ("sample", "codes"),
    [
        ("</p>\n<p>def a</p>\n<p>end", []),
        ("<p>def a</p>", ["HTML013"]),
        ("</p>\n<p>a <id> b</p>", ["HTML013"]),
    ],
)
def test_paragraphs_that_a_converter_made_in_a_sample_are_no_text(
    sample: str, codes: list[str]
) -> None:
    found = linted(f"<pre><code>{sample}</code></pre>\n", "a.html", "jekyll")
    assert [one.code for one in found if one.code == "HTML013"] == codes


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("for (j=0,k=2; j<k ;j++) { go() }", []),
        ("var m = '<s11:Envelope...YOUR MESSAGE';", []),
        ("Use a `List<String>` here.", []),
        ("Use a List<String> here.", ["HTML012"]),
        ("<b>bold", ["HTML001"]),
    ],
)
def test_an_indented_line_is_a_paragraph_of_eleventy_with_the_tags_and_code_of_one(
    line: str, codes: list[str]
) -> None:
    body = f"Text.\n\n    {line}\n\nMore.\n"
    assert [code for code, _ in findings(body, target="eleventy")] == codes


@pytest.mark.parametrize(
    ("sample", "fixed"),
    [
        ('<code><u type="a" …</code>', '<code>&lt;u type="a" …</code>'),
        ('<code>a <a href="x</code> "b">', '<code>a &lt;a href="x</code> "b">'),
        ("<pre><code>if a <b\n</code></pre>", "<pre><code>if a &lt;b\n</code></pre>"),
        ("<code>a <b and i<n </code>", "<code>a &lt;b and i&lt;n </code>"),
    ],
)
def test_a_tag_that_swallows_the_end_of_a_sample_is_reported_and_nothing_after_it(
    sample: str, fixed: str
) -> None:
    before, after = "<p>a</p>\n<code>b</code>\n", "\n<p>b <u>c</u></p>\n<code>d</code>\n"
    text = f"{MATTER}{before}{sample}{after}"
    (finding,) = linted(before + sample + after, "a.html", "hexo")
    assert finding.code == "HTML013"
    assert finding.span.start == text.index(sample) + fixed.index("&lt;")
    assert fix_text(text, "a.html", unsafe=True).text == f"{MATTER}{before}{fixed}{after}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>the <meta> tag</p>", [("HTML012", "safe")]),
        ("<p>the <input /> tag</p>", [("HTML012", "unsafe")]),
        ("<p><embed></p>", [("HTML012", "safe")]),
        ("<p><input></p>\n<p>a</p>", []),
        ("<label>Name: <input></label>", []),
        ("<picture><source><img src=a.png alt=></picture>", []),
        ('<p>the <input type="text"> field</p>', []),
        ("<p>the <input disabled> field</p>", []),
        ("<p>the <code><input></code> tag</p>", [("HTML013", "unsafe")]),
    ],
)
def test_an_element_that_is_useless_without_attributes_is_text(
    body: str, expected: list[tuple[str, str]]
) -> None:
    assert findings(f"{body}\n", "a.html") == expected


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<pre>\n<!-- add this -->\nlisten 80;\n</pre>", 1),
        ("<p><code><!-- your text here --></code></p>", 1),
        ("<pre><!-- add this -->&lt;a&gt;</pre>", 0),
        ('<pre><!-- add this --><span class="k">a</span></pre>', 0),
        ("<pre>a<!-- -->b<!---->c<!--more--></pre>", 0),
        ("<pre>a</pre><!-- ad start --><p>b</p>", 0),
    ],
)
def test_a_comment_in_a_sample_is_lost_unless_a_tool_put_it_there(body: str, count: int) -> None:
    assert findings(f"{body}\n", "a.html") == [("HTML013", "unsafe")] * count


@pytest.mark.parametrize(
    ("body", "safety"),
    [
        ("<figure>\n<figcpation>a b</figcaption>\n</figure>\n", "unsafe"),
        ("<figure>\n<figcpation>a\nb</figcaption> <Esc>\n</figure>\n", "unsafe"),
        ("<div>a</div>\n</section>\n<p>press <Esc></p>\n", "safe"),
        ("<div><frame>\n<hr>\n</div>\n", "unsafe"),
    ],
)
def test_the_fix_is_unsafe_where_a_tag_may_be_markup_that_is_damaged_or_left_over(
    body: str, safety: str
) -> None:
    fixes = [one for one in findings(body, "a.html") if one[0] == "HTML012"]
    assert fixes[0] == ("HTML012", safety)
    assert fixes[1:] == [("HTML012", "safe")] * (body.count("<Esc>") - (safety == "safe"))


@pytest.mark.parametrize("name", ["a.html", "a.md"])
@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("<pre>\n<!-- add this -->\nlisten 80;\n</pre>\n", ["HTML013"]),
        ("<pre>\n&lt;p&gt;\n<!-- ad -->\n</pre>\n", ["HTML010"]),
        ("<pre>\na\n</pre>\n\n<!-- ad -->\n", ["HTML010"]),
    ],
)
def test_a_comment_that_a_sample_should_show_is_no_leftover(
    body: str, codes: list[str], name: str
) -> None:
    post = Post(Source.from_text(MATTER + body), name, Target("hexo"))
    assert [one.code for one in lint(post, RULES) if one.code in ("HTML010", "HTML013")] == codes
