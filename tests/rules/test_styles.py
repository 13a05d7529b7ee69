"""Styles: how braces are written, what a browser makes of the CSS, whom it reaches."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inputs import FEED_POST

from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.fixer import wanted
from newslint.linter.registry import rules
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.styles import _stylesheet
from newslint_rules.styles._braces import decoded

ALL = tuple(f"STY00{number}" for number in range(1, 6))


def lint_with(body, codes, path="post.html", target="hexo", **options):
    active = RuleSet(rules()[code](rules()[code].Options(**options)) for code in codes)
    post = Post(Source.from_text(body), PurePosixPath(path), Target.parse(target))
    return lint(post, active)


def found(body, *codes, **more):
    return [finding.code for finding in lint_with(body, codes, **more)]


def fixed(body, *codes, unsafe=True, **more):
    findings = lint_with(body, codes, **more)
    return apply(body, (one.fix for one in wanted(findings, unsafe=unsafe)))[0]


@pytest.mark.parametrize(
    "spelling", ["&#123;", "&#0123;", "&#x7b;", "&#X07B;", "&lbrace;", "&lcub;"]
)
def test_each_spelling_of_a_brace_is_encoded(spelling):
    body = f"<style>.a{spelling}b:c&#x7D;</style>"
    assert found(body, "STY001") == []
    assert fixed(body, "STY001", target="html") == "<style>.a{b:c}</style>"
    assert decoded(f".a{spelling}b:c&rcub;") == ".a{b:c}"


@pytest.mark.parametrize("spelling", ["&#1234;", "&#x7bc;", "&LBRACE;", "&#123 4;"])
def test_what_is_no_brace_stays(spelling):
    assert "{" not in decoded(spelling) or spelling == "&#123 4;"


@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy", "hexo@8"])
def test_raw_braces_are_wrong_for_every_generator(target):
    body = "雪<style>\n.a{b:c}\n</style><style>@media x{.b{c:'}'}/*{*/}</style>"
    findings = lint_with(body, ["STY001"], target=target)
    assert [finding.span.start for finding in findings] == [body.index("{"), body.index("{.b")]
    result = fixed(body, "STY001", target=target)
    assert "{" not in result and "}" not in result
    assert decoded(result) == body
    assert found(result, "STY001", target=target) == []


@pytest.mark.parametrize(
    "body",
    [
        "<!-- <style>.a{b:c}</style> -->",
        "<textarea><style>.a{b:c}</style></textarea>",
        "<script>var a = '<style>.a{b:c}'</script>",
        "<p style='a'>{}</p>",
        "<style></style>{",
        '<p title="<style>{}">a</p>',
    ],
)
def test_only_the_text_of_a_style_counts(body):
    assert found(body, "STY001") == []


def test_the_style_keeps_what_is_not_a_brace():
    body = "<STYLE type='a>b'>.a{content:'<b>&lt;\\7b'}</STYLE >\n<p>{}</p>"
    assert fixed(body, "STY001") == body.replace(".a{", ".a&#123;").replace("'}<", "'&#125;<")


def test_an_unclosed_style_and_one_kept_raw_are_not_rewritten():
    for body in ("<style>.a{b:c}<p>text", "<style>{% raw %}.a{b:c}{% endraw %}</style>"):
        (finding,) = lint_with(body, ["STY001"])
        assert finding.fix is None


@pytest.mark.parametrize("target", ["hexo", "hexo@8", "jekyll", "hugo", "eleventy", "html"])
def test_a_style_that_works_is_not_killed_by_a_safe_fix(target):
    for body in (
        "<style>.a{color:rgb(255, 0, 0)}</style>",
        "<style>@media print{.b{top:0}}</style>",
        "<style>@keyframes x{0%{top:0}100%{top:1px}}</style>",
        "<style>.c{top:0} .d{top:1px}}</style>",
    ):
        (finding,) = lint_with(body, ["STY001"], target=target, braces="encoded")
        assert "browsers ignore the style" in finding.message
        assert fixed(body, "STY001", unsafe=False, target=target, braces="encoded") == body
        assert "{" not in fixed(body, "STY001", target=target, braces="encoded")


@pytest.mark.parametrize(
    ("target", "css"),
    [
        ("hexo", "@media print{#a{top:0}}"),
        ("hexo@7", "@media print{#a{top:0}}"),
        ("hexo@6", ".a{{top:0}"),
        ("hexo@8", ".a{{top:0}} .b{{top:1px}}"),
        ("jekyll", ".a{{color:red}"),
        ("jekyll", ".a{{color:red}}"),
        ("eleventy", ".a{{color:red}"),
        ("eleventy", "@media(a){%b{c:d}}"),
        ("hugo", ".a{{<b{c:d}}"),
    ],
)
def test_the_fix_is_safe_where_the_target_takes_a_brace_for_a_template(target, css):
    result = fixed(f"<style>{css}</style>", "STY001", unsafe=False, target=target)
    assert "{" not in result and decoded(result) == f"<style>{css}</style>"


@pytest.mark.parametrize(
    ("target", "css"),
    [
        ("hexo@8", "@media print{#a{top:0}}"),
        ("hexo@8", ".a{{top:0}"),
        ("jekyll", "@media print{#a{top:0}}"),
        ("hugo", ".a{{color:red}}"),
        ("jekyll", ".a{color:{{ site.color }}}"),
        ("jekyll", "{% if page.wide %}.a{top:0}{% endif %}"),
        ("eleventy", ".a{color:{{ color | default: 'red' }}}"),
        ("hexo", "{% mycss %}.a{top:0}"),
    ],
)
def test_the_fix_is_unsafe_where_the_build_is_not_at_stake_or_the_site_may_mean_it(target, css):
    body = f"<style>{css}</style>"
    assert fixed(body, "STY001", unsafe=False, target=target) == body


def test_raw_braces_are_not_offered_where_they_become_a_template():
    body = "<style>.a&#123;&#123;top:0&#125;&#125;</style>"
    assert fixed(body, "STY001", target="jekyll", braces="raw") == body
    assert fixed(body, "STY001", target="html") == "<style>.a{{top:0}}</style>"


def test_the_option_beats_the_target():
    raw, encoded = "<style>.a{b:c}</style>", "<style>.a&#123;b:c&#125;</style>"
    assert found(raw, "STY001", braces="raw") == []
    assert found(encoded, "STY001", braces="raw") == ["STY001"]
    assert found(raw, "STY001", braces="encoded", target="html") == ["STY001"]
    assert found(f"<svg>{encoded}</svg>", "STY001", braces="raw") == []


def test_a_markdown_sample_is_no_style():
    assert found("```\n<style>.a{b:c}</style>\n```\n", *ALL, path="a.md") == []
    assert found(
        "<div>\n\n    <style>\n    .a{b:c}\n    </style>\n</div>", "STY001", path="a.md"
    ) == ["STY001"]


FINE = """
.a{color:red}
.a{}
.a{color:red;;margin:0 auto!important;}
.a , #b>p~i+*:hover::before{font:12px/1.5 "A b",serif}
.a{background:rgba(0,0,0,.5) url(a.png)}
.a{--x:{a:b};color:var(--x)}
/* } */.a{content:"}"}
@media (max-width:10px){.a{b:c}}
@charset "utf-8";.a{b:c}
@import "a.css";.a{b:c}
@font-face{font-family:x;src:url(data:font/woff;base64,AA==)}
@keyframes x{from{top:0}50.5%{top:1px}to{top:2px}}
@supports (display:grid) and (not (a:b)){.a{b:c}}
@page :first{margin:1cm}
.a{color:red;&:hover{color:blue}.b &{c:d}}
.a[href^="x"],.a:not(.b):nth-child(2n + 1){c:d}
.a{filter:progid:DXImageTransform.Microsoft.gradient(startColorstr="#80000000")}
.雪{color:red}
<!-- .a{b:c} -->
""".strip().splitlines()


@pytest.mark.parametrize("css", FINE)
def test_css_that_a_browser_reads_is_fine(css):
    assert found(f"<style>{css}</style>", "STY002", target="html") == []
    encoded = css.replace("{", "&#123;").replace("}", "&#x7d;")
    assert found(f"<style>{encoded}</style>", "STY002") == []


@pytest.mark.parametrize(
    ("css", "line"),
    [
        (".a{color red}", 1),
        (".a{\n*zoom:1}", 2),
        (".a{b:c}\n\n}", 3),
        (".a{b:c}\n.b{c:d", 2),
        (".a{b:c}\r\n.b{c:d /* ", 2),
        (".a{b:'x\n}", 1),
        (".a{b:c)}", 1),
        ("{b:c}", 1),
        (".a{};.b{}", 1),
        (".a{b:c}\f.b > {c:d}", 1),
        ("..a{b:c}", 1),
        (".a,{b:c}", 1),
        (".5a{b:c}", 1),
        ("@media x{\n.a{b:c}\n.b{c}\n}", 3),
        ("p.a", 1),
    ],
)
def test_css_that_a_browser_drops_is_named_with_its_line(css, line):
    body = f"\n---\ntitle: a\n---\n<p>a</p>\n<style>{css}</style>"
    (finding,) = lint_with(body, ["STY002"], target="html")
    assert finding.message.startswith(f"line {line + 5} of the post: "), finding.message
    assert body[slice(*finding.span)] == "<style>"


@given(
    st.lists(
        st.sampled_from(
            [".a", "p", " ", ",", ">", "{", "}", "b:c", ";", "1px", "(", ")", "/", "*", "@media x"]
        )
        | st.sampled_from(
            ["#b", ":hover", "url(a)", "'", "!important", "rgba(0,0)", "\n", "--x", ".", "//a.cn"]
        ),
        max_size=14,
    ).map("".join)
)
def test_what_is_plain_at_a_glance_is_plain_when_parsed(css):
    if _stylesheet._PLAIN.match(css):
        glance, _stylesheet._PLAIN = _stylesheet._PLAIN, re.compile(r"(?!)")
        try:
            assert _stylesheet.read.__wrapped__(css) == _stylesheet.PLAIN
        finally:
            _stylesheet._PLAIN = glance


@pytest.mark.parametrize(
    ("css", "leaks"),
    [
        ("body{a:b}", "body"),
        ("*{a:b}", "*"),
        (":root{a:b}", ":root"),
        ("html, .a{a:b}", "html"),
        ("p{a:b}", "p"),
        ("a:hover::after{a:b}", "a:hover::after"),
        ("ul > li{a:b}", "ul > li"),
        ("p:not(.a){a:b}", "p:not(…)"),
        ("@media x{@supports (a:b){p{a:b}}}", "p"),
        (".a p{a:b}", ""),
        ("p .a{a:b}", ""),
        ("p#a{a:b}", ""),
        ("p[lang]{a:b}", ""),
        (":is(.a, .b) p{a:b}", ""),
        ("p:has(.a){a:b}", ""),
        (".a{p{a:b}}", ""),
        ("@keyframes x{from{a:b}}", ""),
        ("@font-face{a:b}", ""),
        ("/* p{a:b} */", ""),
        (".a{content:'p{a:b}'}", ""),
    ],
)
def test_a_selector_that_names_nothing_of_the_article_leaks(css, leaks):
    findings = lint_with(f"<style>{css}</style>", ["STY003"], target="html")
    expected = [f"style affects the complete site: {leaks}"] if leaks else []
    assert [finding.message for finding in findings] == expected


@pytest.mark.parametrize(
    ("body", "remote"),
    [
        ("<style>@import '//a.cn/1.css';</style>", True),
        ("<style>@import url( 'https://a.cn/1.css' ) print;</style>", True),
        ("<style>@import '1.css'; .a{b:url(/1.png)}</style>", False),
        ("<style>.a{content:'https://a.cn'}</style>", False),
        ("<style>/* url(https://a.cn) */</style>", False),
        ("<style>@font-face{src:url(HTTPS://a.cn/1.woff)}</style>", True),
        ("<style>@media x{.a{b:u\\72l(//a.cn/1)}}</style>", True),
        ("<style>.a{b:image-set('//a.cn/1' 1x)}</style>", True),
        ("<style>@namespace x url(https://a.cn)</style>", False),
        ("<style>.a{b:url(#c)}</style>", False),
        ('<p style="background:URL(&quot;//a.cn/1&quot;)">a</p>', True),
        ("<p style='background:url(1.png)'>a</p>", False),
        ("<p style='color:red'>url(//a.cn/1)</p>", False),
        ("<!-- <p style='background:url(//a.cn/1)'> -->", False),
    ],
)
def test_what_a_style_fetches_from_another_host(body, remote):
    assert found(f"<div>{body}</div>", "STY004", target="html") == ["STY004"] * remote


def test_known_hosts_are_no_strangers():
    body = "<style>@import '//x.a.cn/1.css'; .a{b:url(//b.cn/1)}</style>"
    (finding,) = lint_with(body, ["STY004"], target="html", hosts=["a.cn"])
    assert finding.message == "style loads //b.cn/1 from b.cn"


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "(",
        "[",
        "url(",
        "'",
        "/*",
        ".a{",
        "@media x{",
        ":is(",
        "a,",
        "&#123;",
        ".a{b:c}p{",
        "\\",
    ],
)
def test_time_grows_in_step_with_hostile_css(piece):
    growth.check(
        lambda times: f"<style>.a{{}}{piece * times}</style>",
        lambda text: found(text, *ALL, target="html"),
        8_000,
    )


@given(st.text(st.sampled_from("{}&#123;x7b @import'url(/*).:\\a\n\x00\ud800雪<!->")))
def test_no_text_breaks_the_rules(text):
    for target in ("hexo", "html"):
        assert "NL999" not in found(f"<style>{text}", *ALL, target=target)
        assert "NL999" not in found(f"<p style='{text}'>a</p>", *ALL, target=target)


def test_a_post_of_a_feed_has_no_finding_but_the_dead_style():
    assert found(FEED_POST.read_text("utf-8"), *ALL, path=FEED_POST.name) == ["STY005"]
