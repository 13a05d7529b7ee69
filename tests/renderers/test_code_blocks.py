"""What newslint reads as code or for a comment is that to the real generators, and nothing else."""

from __future__ import annotations

import pytest

from newslint.core.source import Source
from newslint.generators import Target
from newslint.post.post import Post

from .build import BuildResult
from .generators import TARGETS, available, builder, parts
from .repairs import article
from .verdicts import FOLDERS, project_of

FRONT = "---\ntitle: A title\ndate: 2021-12-02T08:00:00Z\n---\n\nText before.\n\n"
SAMPLE = '<img class="sample" src="a.png">'
TAGS = {
    "hexo": (
        "{% codeblock lang:html %}\n{0}\n{% endcodeblock %}", "{% code %}{0}{% endcode %}",
        "```html\n{0}\n```", "<div>\n```\n{0}\n```\n</div>", "{% raw %}{0}{% endraw %}",
        "{% blockquote %}\n{0}\n{% endblockquote %}", "text {% codeblock %}{0}{% endcodeblock %} text",
    ),
    "jekyll": (
        "{% highlight html %}\n{0}\n{% endhighlight %}", "{% comment %}\n{0}\n{% endcomment %}",
        "{% highlight html %}{% raw %}\n{0}\n{% endraw %}{% endhighlight %}", "{% raw %}{0}{% endraw %}",
        "text {% comment %}{0}{% endcomment %} text", "```html\n{0}\n```",
    ),
    "hugo": (
        "{{< highlight html >}}\n{0}\n{{< /highlight >}}", "{{% highlight html %}}{0}{{% /highlight %}}",
        "<div>\n{{< highlight html >}}\n{0}\n{{< /highlight >}}\n</div>", "```html\n{0}\n```",
        "{{</* highlight html */>}}{0}{{</* /highlight */>}}",
    ),
    "eleventy": (
        "{% comment %}\n{0}\n{% endcomment %}", "{% raw %}{0}{% endraw %}", "```html\n{0}\n```",
        "text {%- comment -%}{0}{%- endcomment %} text", "    {0}",
    ),
}  # fmt: skip
"""Ways to write a piece of HTML, some of which show it as code."""


def posts_of(target: str) -> dict[str, str]:
    """A post for each way, in Markdown and in HTML files."""
    ways = TAGS[parts(target).name]
    return {
        f"t{number}{suffix[1]}{suffix}": f"{FRONT}{way.replace('{0}', SAMPLE)}\n\nText behind.\n"
        for number, way in enumerate(ways)
        for suffix in (".md", ".html")
    }


def is_element(name: str, result: BuildResult) -> bool:
    """Whether a page has the sample as an element, and not as text or not at all."""
    page = result.pages[name]
    return any(
        token[:2] == ("<", "img") and ("class", "sample") in token[2]
        for token in article(page.article)
    )


@pytest.mark.parametrize("target", TARGETS)
def test_the_sample_is_an_element_where_newslint_says_so_and_nowhere_else(target: str) -> None:
    if reason := available(target):
        pytest.skip(reason)
    posts = posts_of(target)
    project = project_of(target)
    site = project.settings(project.folder / FOLDERS[parts(target).name] / "a.md").site
    result = builder(target)({name: text.encode() for name, text in posts.items()})
    assert result.exit_code == 0, result.log[-2000:]
    for name, text in posts.items():
        post = Post(Source.from_text(text), name, Target.parse(parts(target).target), site=site)
        found = post.body.find(".//img[@class='sample']") is not None
        assert found == is_element(name, result), (name, text, result.pages[name].article)
