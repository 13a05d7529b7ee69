"""Templates: what the fix writes keeps the engine away and shows the reader the same."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs import measured
from lxml import etree

from newslint import Safety, Severity
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.engine import RuleSet, lint
from newslint.linter.fixer import apply
from newslint.post.post import Post
from newslint_rules.templates.template_code import TemplateCode
from newslint_rules.templates.template_tag import TemplateTag

TARGETS = ("hexo", "hexo@5", "hexo@6", "hexo@8", "jekyll", "hugo", "eleventy")


def post_of(text, path="post.html", target="hexo"):
    return Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))


def found(text, **more):
    return lint(post_of(text, **more), RuleSet([TemplateTag(), TemplateCode()]))


def mended(text, **more):
    """The text after all fixes, and what is left to say."""
    for _ in range(12):
        findings = found(text, **more)
        after, _ = apply(text, [f.fix for f in findings if f.fix])
        if after == text:
            break
        text = after
    return text, findings


@pytest.mark.parametrize(
    ("target", "text", "fixed"),
    [
        ("jekyll", "<p>a {{ x }} b</p>", "<p>a &#123;&#123; x &#125;&#125; b</p>"),
        ("jekyll", "<p>a {{ x</p>", "<p>a &#123;&#123; x</p>"),
        ("jekyll", "<p>{{{ x }}}</p>", "<p>&#123;&#123;&#123; x &#125;&#125;&#125;</p>"),
        ("hexo", "<p>{% foo %}</p>", "<p>&#123;% foo %&#125;</p>"),
        ("hexo@8", "<p>{# x #}</p>", "<p>&#123;# x #&#125;</p>"),
        ("hexo@7", "<p>a #} b</p>", "<p>a #&#125; b</p>"),
        ("hexo", "<a href='/{{ x }}'>a</a>", "<a href='/&#123;&#123; x &#125;&#125;'>a</a>"),
        ("jekyll", "<a href={{x}}>a</a>", "<a href=&#123;&#123;x&#125;&#125;>a</a>"),
        ("jekyll", "<!-- {{ x }} -->", "<!-- &#123;&#123; x &#125;&#125; -->"),
        ("jekyll", "<pre><code>{{ x }}</code></pre>", "<pre><code>&#123;&#123; x &#125;&#125;</code></pre>"),
        ("jekyll", "<textarea>{{ x }}</textarea>", "<textarea>&#123;&#123; x &#125;&#125;</textarea>"),
        ("jekyll", "<style>@media{a{{b:c}}</style>", "<style>@media{a{ {b:c}}</style>"),
        ("hexo@7", "<style>@media{#a{b:c}}</style>", "<style>@media{ #a{b:c}}</style>"),
        ("jekyll", "<p>{{ a</p><style>@media x{b{c:d}}</style>", "<p>&#123;&#123; a</p><style>@media x{b{c:d}}</style>"),
        ("hugo", "<p>{{< foo >}}</p>", "<p>&#123;&#123;< foo >&#125;&#125;</p>"),
    ],
)  # fmt: skip
def test_the_fix_breaks_the_delimiters_and_touches_nothing_else(target, text, fixed) -> None:
    assert mended(text, target=target) == (fixed, [])


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("<script>var a = '{{ x }}';</script>", "post.html"),
        ("```\n{{ x }}\n```\n", "post.md"),
        ("`{{ x }}`\n", "post.md"),
        ("<p {{ x }}>a</p>", "post.html"),
        ("<{{ x }}>", "post.html"),
    ],
)
def test_where_entities_are_not_decoded_nothing_is_offered(text: str, path: str) -> None:
    findings = found(text, path=path, target="jekyll")
    if not text.startswith("<{"):
        assert [f.fix for f in findings] == [None]


def test_in_a_string_of_a_style_the_blank_is_unsafe() -> None:
    (finding,) = found("<style>a::before{content:'{{'}</style>", target="jekyll")
    assert finding.fix.safety is Safety.UNSAFE


def shown(html: str) -> str:
    root = etree.fromstring(f"<body>{html}</body>", etree.HTMLParser())
    return "".join(root.itertext()) + "|".join(v for e in root.iter("*") for v in e.values())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "%", "#", " x ", " if ", "<p>", "</p>", "<b title='", "'>", "<", ">", "\n", "中"]),
        max_size=14,
    ),
    st.sampled_from(TARGETS),
)  # fmt: skip
def test_after_the_fix_the_reader_sees_the_same_and_the_engine_nothing(pieces, target) -> None:
    text = "<p>" + "".join(pieces) + "</p>"
    after, left = mended(text, target=target)
    assert all(finding.fix is None for finding in left)
    if "<b" not in text and "<" not in "".join(pieces).replace("<p>", "").replace("</p>", ""):
        assert left == [], (text, after)
        assert shown(after) == shown(text)


def test_the_span_is_the_template_from_its_opening_delimiter() -> None:
    text = "---\ntitle: '{{ x }}'\n---\n<p>中文 {{ x }} b</p>"
    (finding,) = found(text, target="jekyll")
    assert text[finding.span.start : finding.span.end] == "{{ x }}"


def test_code_is_told_apart_and_told_once() -> None:
    text = '<p>{{ range.constructor("return 1")() }} {{ x }}</p>'
    assert [f.code for f in found(text)] == ["TPL002", "TPL001"]
    assert [f.code for f in found(text, target="jekyll")] == ["TPL001", "TPL001"]


@pytest.mark.parametrize(
    ("target", "matter", "off"),
    [
        ("hexo", "disableNunjucks: true", True),
        ("hexo", "disableNunjucks: 'true'", False),
        ("hexo", "disableNunjucks: yes", False),
        ("hexo", "disableNunjucks: false", False),
        ("jekyll", "disableNunjucks: true", False),
        ("jekyll", "render_with_liquid: false", True),
        ("jekyll", "render_with_liquid: no", True),
        ("jekyll", "render_with_liquid: 'false'", False),
        ("hexo", "render_with_liquid: false", False),
        ("eleventy", "templateEngineOverride: md", True),
        ("eleventy", "templateEngineOverride: HTML", True),
        ("eleventy", "templateEngineOverride: false", True),
        ("eleventy", "templateEngineOverride: liquid, md", False),
        ("eleventy", "templateEngineOverride: md,LIQUID", False),
    ],
)
def test_a_switch_of_the_generator_counts_as_the_generator_reads_it(target, matter, off) -> None:
    text = f"---\n{matter}\n---\n<p>{{% foo %}}</p>\n"
    assert (found(text, target=target) == []) == off


def test_the_message_says_what_the_generator_does_and_which() -> None:
    (finding,) = found("<p>{% foo %}</p>", target="hexo@7")
    assert finding.message == "Hexo 7 stops the whole build here: there is no tag “foo”"


def test_every_fix_of_the_measured_posts_leaves_the_engine_nothing_to_do() -> None:
    for case in measured():
        if "text" not in case["file"]:
            continue
        for target in TARGETS:
            _, left = mended(case["file"]["text"], path=case["file"]["name"], target=target)
            assert all(f.fix is None for f in left)
            if "script" not in case["construct"] and "fence" not in case["construct"]:
                errors = [f for f in left if f.severity is Severity.ERROR]
                assert errors == [], (case["id"], target)
