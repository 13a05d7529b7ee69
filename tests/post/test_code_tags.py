"""What is between the generator's tags for code and comments is no article: nothing is found."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from newslint import Safety
from newslint.core.finding import Finding
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.fixer import apply
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post

FRONT = "---\ntitle: A title\ndate: 2021-12-02 08:00:00\n---\n"
END = "\nText of the article.\n\n责任编辑：张三\n"
RULES = registry.rules()
OF_TEXT = [
    code
    for code in RULES
    if code.startswith(("HTML", "IMG", "SEC", "STY", "LNK", "TXT", "ED", "MD", "NL"))
]
"""The rules of the article; TPL is about what the engine does, which runs in code too."""

SAMPLES = {
    "scripts": ('<script src="a.js"></script>', "SEC001"),
    "images": ('<img src="https://n.sinaimg.cn/a.jpg">', "IMG001"),
    "a Markdown image": ("\n![](https://n.sinaimg.cn/a.jpg)\n", "IMG001"),
    "an end tag": ("</div>", "HTML002"),
    "an open tag": ("<section>", "HTML001"),
    "an open style": ("<style>.a{b:c}", "HTML011"),
    "a document": ("<html><body>x</body></html>", "HTML006"),
    "an attribute twice": ('<p class="a" class="b">c</p>', "HTML004"),
    "a link": ('<a href="javascript:x()" target="_blank">a</a>', "SEC003"),
    "an empty link": ('<a href=""></a>', "LNK001"),
    "a style": ("<style>.a{color:red}</style>", "STY001"),
    "invisible characters": ("a\u200bb", "TXT003"),
    "mojibake": ("caf\u00c3\u00a9 and more", "TXT002"),
    "escaped twice": ("<p>a&amp;nbsp;b</p>", "TXT006"),
    "a comment": ("<!-- a -->", "HTML010"),
    "an editor without a name": ("<p>责任编辑：</p>", "ED002"),
    "another editor": ("<p>责任编辑：李四</p>", "ED003"),
    "a suppression": ("<!-- newslint-disable-next-line IMG001 -->", "NL001"),
}
BLOCKS = {
    "hexo@8": ("{% codeblock lang:html %}", "{% endcodeblock %}"),
    "hexo@7": ("{% code %}", "{% endcode %}"),
    "hexo@6": ("{% codeblock a title %}", "{% endcodeblock %}"),
    "hexo@5": ("{%codeblock%}", "{%endcodeblock%}"),
    "hexo": ("{% codeblock %}", "{% endcodeblock %}"),
    "hexo, in a fence": ("```html", "```"),
    "jekyll": ("{% highlight html %}", "{% endhighlight %}"),
    "jekyll, guarded": ("{% highlight js linenos %}{% raw %}", "{% endraw %}{% endhighlight %}"),
    "jekyll, a comment": ("{% comment %}", "{% endcomment %}"),
    "hugo": ('{{< highlight html "linenos=table" >}}', "{{< /highlight >}}"),
    "hugo, with percent signs": ("{{% highlight go %}}", "{{% /highlight %}}"),
    "eleventy": ('{% highlight "html" %}', "{% endhighlight %}"),
    "eleventy, a comment": ("{% comment %}", "{%- endcomment -%}"),
}


def found(text: str, target: str, path: str) -> list[Finding]:
    rules = RuleSet(RULES[code]() for code in OF_TEXT)
    name = target.partition(",")[0]
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(name))
    return lint(post, rules)


@pytest.mark.parametrize("path", ["post.md", "post.html"])
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("block", BLOCKS)
def test_nothing_is_found_between_the_tags(block: str, sample: str, path: str) -> None:
    opening, closing = BLOCKS[block]
    text, _ = SAMPLES[sample]
    start = f"{FRONT}\n{opening}\n"
    whole = f"{start}{text}\n{closing}\n{END}"
    inside = range(len(start) - 1, len(start) + len(text) + 1)
    told = [one for one in found(whole, block, path) if one.span.start in inside]
    assert told == []
    assert not any(one.fix and one.fix.safety is Safety.SAFE for one in found(whole, block, path))


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_text_is_found_outside(sample: str) -> None:
    text, code = SAMPLES[sample]
    path = "post.md" if "Markdown" in sample else "post.html"
    assert code in [one.code for one in found(f"{FRONT}{text}\n{END}", "jekyll", path)]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("hexo", "{% blockquote %}\n{0}\n{% endblockquote %}"),
        ("hexo", "{% raw %}\n{0}\n{% endraw %}"),
        ("jekyll", "{% raw %}{0}{% endraw %}"),
        ("jekyll", "{% if page.x %}{0}{% endif %}"),
        ("jekyll", "{% codeblock %}{0}{% endcodeblock %}"),
        ("hugo", "{% highlight html %}{0}{% endhighlight %}"),
        ("hugo", "{{</* highlight html */>}}{0}{{</* /highlight */>}}"),
        ("html", "{% codeblock %}{0}{% endcodeblock %}"),
        ("hexo", "{% codeblock %}{0}"),
        ("jekyll", "{% comment %}a{% endcomment %}{0}{% comment %}b{% endcomment %}"),
    ],
)
def test_what_reaches_the_page_as_html_is_looked_at(target: str, text: str) -> None:
    body = text.replace("{0}", '<img src="https://n.sinaimg.cn/a.jpg">')
    assert "IMG001" in [one.code for one in found(FRONT + body + END, target, "post.html")]


@pytest.mark.parametrize(
    ("target", "switch", "block"),
    [
        ("hexo", "disableNunjucks: true", "hexo"),
        ("jekyll", "render_with_liquid: false", "jekyll"),
        ("eleventy", "templateEngineOverride: md", "eleventy"),
    ],
)
def test_where_the_engine_is_off_its_tags_are_text(target: str, switch: str, block: str) -> None:
    opening, closing = BLOCKS[block]
    front = FRONT.replace("date:", f"{switch}\ndate:")
    text = f'{front}{opening}<img src="https://n.sinaimg.cn/a.jpg">{closing}{END}'
    assert "IMG001" in [one.code for one in found(text, target, "post.html")]


def test_a_shortcode_is_no_tag_of_html() -> None:
    for shortcode in ('{{<figure src="a.png">}}', "{{</* figure */>}}", '{{<details "a">}}'):
        assert found(f"{FRONT}{shortcode}\n{END}", "hugo", "post.html") == []


def test_html_that_markdown_never_sees_is_not_broken_by_it() -> None:
    body = "<div>\n\n    <p>a</p>\n\nb *c* d\n</div>"
    assert {"MD001", "MD002"} <= {
        one.code for one in found(f"{FRONT}{body}\n{END}", "hexo", "post.md")
    }
    for opening, closing in (BLOCKS["hexo"], ("{% raw %}", "{% endraw %}")):
        text = f"{FRONT}<p>a</p>\n\n{opening}\n{body}\n{closing}\n\n<p>责任编辑：张三</p>\n"
        assert [one for one in found(text, "hexo", "post.md") if one.code[:2] == "MD"] == []


def test_offsets_behind_a_block_stay_true() -> None:
    picture = '<img src="https://n.sinaimg.cn/a.jpg" alt="">'
    text = f"{FRONT}{{% highlight html %}}\n<b>&amp;\n{{% endhighlight %}}\n{picture}{END}"
    (one,) = (one for one in found(text, "jekyll", "post.md") if one.code == "IMG001")
    assert text[one.span.start : one.span.end] == picture
    assert one.fix is not None
    fixed, _ = apply(text, [one.fix])
    assert fixed == text.replace('alt=""', 'alt="" referrerpolicy="no-referrer"')
