"""Templates: what the fix writes keeps the engine away and shows the reader the same."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from generators.memory_files import post_in, site_of
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs import measured
from lxml import etree

from newslint import Safety, Severity
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.templates.template_code import TemplateCode
from newslint_rules.templates.template_tag import TemplateTag

TARGETS = ("hexo", "hexo@5", "hexo@6", "hexo@8", "jekyll", "hugo", "eleventy")


def found(text, path="post.html", target="hexo", allow=()):
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    options = TemplateTag.Options.model_validate({"allow": allow})
    return lint(post, RuleSet([TemplateTag(options), TemplateCode()]))


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


NO_TEMPLATE = {
    "hexo": ("{{ a b }}", "{{}}", "{{ 央行 宣布 }}", "{% %}", "{% 50 %}", "{{ a | }}"),
    "hexo@7": ("a #} b", "{{ a", "{# a", "{% q"),
    "hexo@6": ("{{ a", "{# a"),
    "jekyll": ("{{ a", "{{ a }", "{% a", "{% %}", "{%%}"),
    "hugo": ("{{< ! >}}", "{{< a.b >}}", "{{< a", "{{< >}}", "{{% a", "{{< /a x >}}"),
    "eleventy": ("{{ a", "{{ a % }}", "{{}}", "{% %}", "{{ a b }"),
}
"""What the engine cannot parse, whatever the site defines."""
PERHAPS_MEANT = {
    "hexo": ("{{ a }}", "{{ site.title }}", "{% foo %}", "{{ a | foo }}", "{{ foo() }}", "{# a #}",
             "{% include 'a' %}", "{% post_link a %}", "{{ '{{' }}", "{{ 7*7 }}", "{% if %}"),
    "jekyll": ("{{ a }}", "{{ a b }}", "{{ a | foo }}", "{% foo %}", "{% include a.html %}",
               "{% link a.md %}", "{% post_url 2021-01-01-a %}", "{{ site.x }}", "{{ '{{' }}"),
    "hugo": ("{{< card >}}", "{{% card a=1 %}}", '{{< ref "a" >}}', "{{< figure src=a >}}"),
    "eleventy": ("{{ a }}", "{{ a | foo }}", "{% foo 'a' %}", "{% render 'a' %}", "{{ 'a' }}",
                 # Nunjucks, which a site of Eleventy may have chosen, reads these:
                 "{{ a + b }}", "{{ a(b) }}", "{{ a if b else c }}", "{{ a b }}",
                 "{{ 7*7 }}"),
}  # fmt: skip
"""What the site may define, or what is run."""


@pytest.mark.parametrize(
    ("target", "text"), [(target, text) for target, texts in NO_TEMPLATE.items() for text in texts]
)
def test_the_fix_is_safe_for_what_cannot_be_a_template_of_the_site(target, text) -> None:
    findings = found(f"<p>a {text} b</p>", target=target)
    assert [finding.fix.safety for finding in findings] == [Safety.SAFE] * len(findings)
    assert findings


@pytest.mark.parametrize(
    ("target", "text"),
    [(target, text) for target, texts in PERHAPS_MEANT.items() for text in texts],
)
def test_the_fix_is_unsafe_for_what_the_site_may_define_or_mean(target, text) -> None:
    fixes = [one.fix for one in found(f"<p>a {text} b</p>", target=target) if one.fix]
    assert all(fix.safety is Safety.UNSAFE for fix in fixes)


def test_a_link_to_a_post_is_a_warning_without_a_fix_where_the_posts_are_not_known() -> None:
    (finding,) = found("<p>a {% post_link a %} b</p>")
    assert (finding.severity, finding.fix) == (Severity.WARNING, None)
    assert "the posts of the site are unknown" in finding.message
    assert found("<p>a {% post_link %} b</p>")[0].severity is Severity.ERROR


PAIRS = [
    ("eleventy", '{% callout "warning" %}', "a", "{% endcallout %}"),
    ("eleventy", "{% callout %}", "{% callout %}b{% endcallout %}", "{% endcallout %}"),
    ("jekyll", "{% if a %}", "b{% else %}c{% elsif d %}e", "{% endif %}"),
    ("jekyll", "{% case a %}", "{% when 1 %}b{% else %}c", "{% endcase %}"),
    ("jekyll", "{% box %}", "{% include a.html %}", "{% endbox %}"),
    ("hexo", "{% note %}", "a", "{% endnote %}"),
    ("hexo", "{% for a in b %}", "{% if c %}d{% endif %}{% else %}e", "{% endfor %}"),
    ("hugo", '{{< card "a" >}}', "b", "{{< /card >}}"),
    ("hugo", "{{% card %}}", "{{< other >}}", "{{% /card %}}"),
]


@pytest.mark.parametrize(("target", "opening", "inner", "closing"), PAIRS)
def test_a_pair_is_encoded_as_a_whole_and_never_safely(target, opening, inner, closing) -> None:
    text = f"<p>{opening}{inner}{closing}</p>"
    first = found(text, target=target)[0]
    assert first.fix.safety is Safety.UNSAFE
    fixed, _ = apply(text, [first.fix])
    assert not fixed.startswith(f"<p>{opening}")
    assert not fixed.endswith(f"{closing}</p>")
    assert mended(text, target=target)[1] == []


@pytest.mark.parametrize(("target", "opening", "inner", "closing"), PAIRS)
@pytest.mark.parametrize("allowed", ["opening", "closing"])
def test_an_allowed_half_is_not_left_behind_alone(target, opening, inner, closing, allowed) -> None:
    """The site allows one of the two tags, exactly as it is written; the other is reported."""
    tag = opening if allowed == "opening" else closing
    allow = [tag.strip("{}%<> ").strip(), f"%{tag.strip('{}%<> ')} %", f"<{tag.strip('{}%<> ')} >"]
    text = f"<p>{opening}{inner}{closing}</p>"
    for finding in found(text, target=target, allow=allow):
        if finding.fix is not None:
            fixed, _ = apply(text, [finding.fix])
            assert (opening in fixed) == (closing in fixed), fixed


def test_half_a_pair_in_code_keeps_the_other_half_from_being_fixed() -> None:
    text = "{% callout %}\n\n`{% endcallout %}`\n"
    assert [one.fix for one in found(text, path="post.md", target="eleventy")] == [None, None]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("hexo", "{% codeblock %}{{ a b }}{% endcodeblock %}"),
        ("hexo@8", "{% code %}\n{% foo %}\n{% endcode %}"),
        ("jekyll", "{% highlight js %}{{ a }}{% endhighlight %}"),
        ("jekyll", "{% highlight js %}{{ a {% endhighlight %}"),
        ("hugo", "{{< highlight go >}}{{< ! >}}{{< /highlight >}}"),
    ],
)
def test_in_the_generators_code_nothing_is_encoded(target, text) -> None:
    body = f"<div>{text}</div>"
    told = [one for one in found(body, target=target) if one.severity is Severity.ERROR]
    assert told
    inner = range(body.index("}") + 1, max(body.rfind("{{<"), body.rfind("{%")))
    assert [one.fix for one in told if one.span.start in inner] == [None]


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
    assert finding.message == "Hexo 7 stops the build here: there is no tag “foo”"


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


SITES = {
    "jekyll": ("_config.yml", "_posts/2021-01-01-a.md", {"_includes/fig.html": "x"}),
    "hexo": (
        "_config.yml", "source/_posts/a.md",
        {"source/_posts/b.md": "---\ntitle: B\n---\n", "scripts/a.js": "hexo.extend.tag.register('x', f)"},
    ),
    "hugo": (
        "hugo.toml", "content/posts/a.md",
        {"layouts/shortcodes/card.html": "{{ .Inner }}", "content/posts/b.md": "x"},
    ),
}  # fmt: skip
BROKEN = [
    ("jekyll", "a {% if page.x %} b", "{% if %}"),
    ("jekyll", "{% include none.html %}", "none.html"),
    ("jekyll", "{% include fig.html a b=%}", "parameter"),
    ("jekyll", "{% post_url 2099-01-01-none %}", "2099-01-01-none"),
    ("jekyll", "{% highlight %}x{% endhighlight %}", "language"),
    ("jekyll", "{% endif %}", "endif"),
    ("hexo", "{% if x %}a", "if"),
    ("hexo", "{% blockquote %}a", "blockquote"),
    ("hexo", "{% post_link none %}", "none"),
    ("hexo", "{{ a.b. }}", "}}"),
    ("hugo", "See: {{< card >}}a", "card"),
    ("hugo", 'See: {{< ref "/posts/none" >}}', "ref"),
]
FINE = [
    ("jekyll", "{% include fig.html a=1 %} {% if site.x %}a{% endif %} {% foo %}a{% endfoo %}"),
    ("hexo", "{% post_link b %} {% x %} {% foo %} {{ a | foo }}"),
    ("hugo", 'See: {{< card >}}a{{< /card >}} {{< ref "/posts/b" >}} {{< foo >}}'),
]


def found_in_site(target, text, allow):
    file, path, files = SITES[target]
    site = site_of(target, {file: "title: x\n" if file[0] == "_" else "title = 'x'\n", **files})
    post = post_in(site, path, text)
    options = TemplateTag.Options.model_validate({"allow": allow})
    return lint(post, RuleSet([TemplateTag(options)]))


@pytest.mark.parametrize(("target", "text", "words"), BROKEN)
def test_what_is_allowed_is_still_checked_for_syntax_ends_and_existence(
    target: str, text: str, words: str
) -> None:
    findings = found_in_site(target, text, ["*"])
    assert findings, text
    assert words in findings[0].message
    assert {one.severity for one in findings} == {Severity.ERROR}


@pytest.mark.parametrize(("target", "text"), FINE)
def test_what_is_allowed_and_may_be_defined_is_not_reported(target: str, text: str) -> None:
    assert found_in_site(target, text, ["*"]) == []
    assert found_in_site(target, text.replace("foo", "nope"), ["foo", "endfoo"])


@pytest.mark.parametrize("allow", [(), ("*",)])
def test_a_tag_that_the_site_reads_itself_is_a_warning(allow) -> None:
    files = {
        "_config.yml": "title: x\n",
        "_plugins/a.rb": "Liquid::Template.register_tag('highlight', X)",
    }
    site = site_of("jekyll", files)
    post = post_in(site, "_posts/2021-01-01-a.md", "{% highlight %}x{% endhighlight %}")
    options = TemplateTag.Options.model_validate({"allow": allow})
    severities = {one.severity for one in lint(post, RuleSet([TemplateTag(options)]))}
    assert severities == (set() if allow else {Severity.WARNING})


VARIABLES = [
    ("{% for x in people %}{{ x }}{% endfor %}", {"_data/people.json": "[]"}, ()),
    ("{% for x in people %}a{% endfor %}", {"_data/people/one.json": "[]"}, ()),
    ("{% for x in people %}a{% endfor %}", {}, (Severity.ERROR,)),
    ("{{ people }}", {}, (Severity.ERROR,)),
    ("{{ people }}", {"package.json": "{}", "eleventy.config.js":
     "import p from 'eleventy-plugin-x';\nexport default (c) => { c.addPlugin(p); };\n"},
     (Severity.WARNING,)),
    ("---js\n{ a: 1 }\n---\n{{ people }}", {}, (Severity.WARNING,)),
    ("---\npagination: {data: x, alias: one}\n---\n{{ one.title }}", {}, ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "files", "severities"), VARIABLES)
def test_a_variable_is_looked_up_in_the_data_of_the_site(text, files, severities) -> None:
    site = site_of("eleventy", {"eleventy.config.js": "export default function () {}\n", **files})
    post = post_in(site, "posts/a.md", text)
    findings = lint(post, RuleSet([TemplateTag()]))
    assert tuple({one.severity for one in findings}) == severities


@pytest.mark.parametrize(
    ("text", "count"), [("a {# b #} c", 1), ("a\n\n{# b\n<p>c</p> #}\n\nd", 0), ("{# b #} a", 1)]
)
def test_a_comment_of_nunjucks_is_meant_where_it_stands_alone(text: str, count: int) -> None:
    config = "export default () => ({ markdownTemplateEngine: 'njk' });\n"
    site = site_of("eleventy", {"eleventy.config.js": config})
    post = post_in(site, "posts/a.md", text)
    assert len(lint(post, RuleSet([TemplateTag()]))) == count


@pytest.mark.parametrize("target", ["hexo@7", "jekyll"])
@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("<!-- a\n{{ x.y }} -->", "warning"),
        ("{{ x.y }}<!-- a -->", "error"),
        ("<!-- {% foo %} -->", "error"),
    ],
)
def test_a_template_in_a_comment_is_an_error_only_if_it_ends_the_build(
    target: str, body: str, severity: str
) -> None:
    source = Source.from_text(f"---\ntitle: a\n---\n<p>a</p>\n{body}\n")
    found = lint(Post(source, "a.md", Target.parse(target)), RuleSet([TemplateTag()]))
    assert [one.severity.value for one in found] == [severity]
