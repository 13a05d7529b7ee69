"""Changes of a post that newslint has fixes for, each in the places where a fix may go wrong."""

from __future__ import annotations

from random import Random

from .drafts import Draft

_BROKEN = (
    "{{ a b }}", "{{", "{{ a", "{{}}", "{{ }}", "{% %}", "{%", "#}", "{{ 央行 宣布 }}", "{{ a, }}", "{{{a b}}}", "{{ 'a }}", "{{ a | }}",
    "{{< 央 >}}", "{{< a.b >}}", "{{< >}}", "{{% a", "{{<", "{{ a ~ }}", "{{ (a }}", "{% 5 %}", "{{ 7*7 }}", "{{ a: 1 }}", "{{ range.constructor('x')() }}",
    "{{ hello }}", "{% foo %}", "{{ a | foo }}", "{% if a %}b{% endif %}", "{% callout 'x' %}b{% endcallout %}", "{{< card >}}b{{< /card >}}", "{{ '{{' }}",
)  # fmt: skip
"""Text that a template engine stumbles over, and templates that are some."""
_PLACES = (
    "<p>{0}</p>", "<p>a {0} b</p>", "\n\n{0}\n\n", "\n\na {0} b\n\n", '<p title="{0}">a</p>', "<p title='{0}'>a</p>", "<a href='/{0}'>a</a>",
    "<pre><code>{0}</code></pre>", "<pre>{0}</pre>", "<code>{0}</code>", "\n\na <code>{0}</code> b\n\n", "\n\n`{0}`\n\n", "\n\n```\n{0}\n```\n\n", "\n\n    {0}\n\n",
    "<!-- {0} -->", "<style>.a{0}</style>", "<style>.a{content:'{0}'}</style>", "<script>var a = '{0}';</script>", "<textarea>{0}</textarea>", "<title>{0}</title>",
    "\n\n## a {0} b\n\n", "\n\n- a {0}\n- b\n\n", "\n\n> a {0}\n\n", "\n\n[a {0}](/b)\n\n", "\n\n[a](/b{0})\n\n", "\n\n![a {0}](/b.jpg)\n\n", "\n\n[a](/b \"{0}\")\n\n",
    "\n\n| a | b |\n|---|---|\n| {0} | d |\n\n", "\n\n*a {0} b*\n\n", "\n\na\\{0}\n\n", "<td>{0}</td>", "<svg><text>{0}</text></svg>", "<select><option>{0}</select>",
    "\n\na <span title=\"{0}\">b</span>\n\n", "\n\n<kbd>{0}</kbd> a\n\n", "\n\na <b>{0}</b> b\n\n", "<p>&lt;{0}&gt;</p>", "\n\n{0}: a\n\n", "<math><mi>{0}</mi></math>",
    "\n\n[a]: /b \"{0}\"\n\n", "\n\n<details><summary>{0}</summary>\n\na\n\n</details>\n\n", "<iframe srcdoc=\"{0}\"></iframe>", "<noscript>{0}</noscript>",
)  # fmt: skip
_CODE = (
    '<img src="https://img.example.net/1.jpg">', '<a href="https://example.org/?utm_source=x" target="_blank">a</a>', '<p class="a" class="b">c</p>', "<!-- a -->",
    "<style>.a{b:c}</style>", "a\u200bb", "{{ a b }}", "{{ a }}", "![a](https://img.example.net/1.jpg)", "<div>\n\n    <p>a</p>\n</div>", "</div>", "<b>", "# a", "    a", "{% foo %}",
    "<!-- newslint-disable-next-line IMG001 -->", "<script>var a = {b: 1}</script>", "&amp;nbsp;", "```\na\n```", "a\n\n\n    b",
)  # fmt: skip
"""What has a fix elsewhere, and none in code."""
_BLOCKS = (
    "{% codeblock %}\n{0}\n{% endcodeblock %}", "{% codeblock lang:html title %}\n{0}\n{% endcodeblock %}", "{% code %}{0}{% endcode %}",
    "{% highlight html %}\n{0}\n{% endhighlight %}", "{% highlight js linenos %}{0}{% endhighlight %}", "{% raw %}{0}{% endraw %}", "{% raw %}\n{0}\n{% endraw %}",
    "{% comment %}{0}{% endcomment %}", "{% comment %}\n{0}\n{% endcomment %}", '{{< highlight html >}}\n{0}\n{{< /highlight >}}', "{{% highlight go %}}{0}{{% /highlight %}}",
    "```html\n{0}\n```", "~~~\n{0}\n~~~", "`{0}`", "<pre><code>{0}</code></pre>", "{% highlight html %}{% raw %}\n{0}\n{% endraw %}{% endhighlight %}",
    "<div>\n{% codeblock %}\n{0}\n{% endcodeblock %}\n</div>", "- a\n\n  ```\n  {0}\n  ```\n", "{% blockquote %}\n{0}\n{% endblockquote %}", "{# {0} #}",
    "<div>\n{{< highlight html >}}\n{0}\n{{< /highlight >}}\n</div>", "text {% highlight html %}{0}{% endhighlight %} text", "\t{0}",
)  # fmt: skip
_MARKUP = (
    '<img src="https://img.example.net/1.jpg">', "<img src=https://img.example.net/1.jpg>", "<img src=https://img.example.net/1.jpg/>", "<img src='https://img.example.net/1.jpg'alt=a>",
    '<img referrerpolicy="origin" src="https://img.example.net/1.jpg" alt="a > b">', '<img src="https://img.example.net/1.jpg" referrerpolicy=>', '<IMG SRC="//img.example.net/1.jpg"\nALT="a">',
    '<a href="https://example.org/" target="_blank">a</a>', "<a href=https://example.org/ target=_blank>a</a>", "<a target='x' href='https://example.org/' rel=nofollow>a</a>",
    '<a href="https://example.org/?utm_source=a&amp;b=1#c">d</a>', "<a href='https://example.org/?a=1&utm_medium=x'>b</a>", '<p class="a" class="b">c</p>', '<p class="a"id=b class=c>d</p>',
    "<b title=a title=b>c</b>", "<!-- a -->", "<!-- a\n\nb -->", "a <!-- b --> c", "<!-- newslint-disable-next-line IMG004 -->", "<!-- newslint-disable-file SEC001 -->", "a\u200bb", "\u200b# a",
    "\u200b- a", "a\ufeff", "\u200b", "*\u200ba*", "a\x0cb", "<p>a\u2060b</p>", "<\u200bb>a", "&\u200bamp;", "`\u200ba`", "a\x07b", "[a\u200b](/b)", "\u200b    a", "\u200b```\na\n```", "<p\u200b>a</p>",
    "<div>\n\n    <p>a</p>\n    <p>b</p>\n</div>", "<div>\n<p>a</p>\n\n\t<p>b</p>\n</div>", "<style>@media print{{.a{b:c}}}</style>", "<style>@media x{#a{b:c}#}</style>", "<style>.a{b:c}</style>",
    "<style>.a{{b:c}}</style>", "<style>.a&#123;b:c&#125;</style>", "<style>@media(a){%b{c:d}}</style>", "<img src=x><img src=y>", "![a](https://img.example.net/1.jpg)",
)  # fmt: skip
_HEADER = (
    'title: """\'A title\'"""', "title: ''A title''", 'title: "say "stop" now"', "title: [快讯] news", "title: a: b", "title: @at", "title: ' A title '", "title: 'A\u3000title\u3000'", "title: Win C #1",
    "title: [x]", "title: 2021-01-01", "title: yes", "title: \"A\\x07 title\"", "title: 12", "title: null", "title: *a b", "title: %a", "title: `a`", "title: 'a' b", "title: >a", "title: {a}",
    "categories: [One, One]", "categories:\n - One\n - Two\n - One", "categories: [' One', Two]", "categories:\n- ' One'\n- One", "tags: [a, a]", "tags: &t [a, ' b']\nkeywords: *t",
    "author: &a ' Wire'\nsource: *a", "author: ' Wire'", "author: !!str ' x'", "date: 2021-01-01 08:00:00 ", "headimg: ' https://img.example.net/a.jpg'", "tags: [a, 1, yes]", 'title: """it is "so" here"""',
)  # fmt: skip
_LEADS = ("\n", "\n\n", "\ufeff\n", " \n", "\u200b\n")
_ENDS = ("\r\n", "\r", "\n\r")


def mutate(random: Random, draft: Draft) -> str:
    """Change the post once; what was done, in a few words."""
    kinds = (
        _template,
        _template,
        _block,
        _block,
        _markup,
        _markup,
        _markup,
        _front,
        _front,
        _line_end,
        _lead,
    )
    return random.choice(kinds)(random, draft)


def _insert(random: Random, draft: Draft, piece: str) -> None:
    """Put a piece between two lines of the body, with or without empty lines around it."""
    lines = draft.body.split("\n")
    at = random.randint(0, len(lines))
    glue = [""] if random.random() < 0.5 else []
    draft.body = "\n".join([*lines[:at], *glue, piece, *glue, *lines[at:]])


def _template(random: Random, draft: Draft) -> str:
    piece, place = random.choice(_BROKEN), random.choice(_PLACES)
    _insert(random, draft, place.replace("{0}", piece))
    return f"template {piece!r} in {place!r}"


def _block(random: Random, draft: Draft) -> str:
    piece, block = random.choice(_CODE), random.choice(_BLOCKS)
    _insert(random, draft, block.replace("{0}", piece))
    return f"code {piece!r} in {block!r}"


def _markup(random: Random, draft: Draft) -> str:
    piece = random.choice(_MARKUP)
    place = random.choice(
        (
            "{0}",
            "{0}",
            "<p>{0}</p>",
            "<div>\n{0}\n</div>",
            "\n- {0}\n",
            "\n> {0}\n",
            "\na {0} b\n",
            "<td>{0}</td>",
            "\n| a |\n|---|\n| {0} |\n",
        )
    )
    _insert(random, draft, place.replace("{0}", piece))
    return f"markup {piece!r} in {place!r}"


def _front(random: Random, draft: Draft) -> str:
    line = random.choice(_HEADER)
    key = line.partition(":")[0]
    at = next(
        (n for n, old in enumerate(draft.lines) if old.startswith(f"{key}:")), len(draft.lines)
    )
    end = at + 1
    while end < len(draft.lines) and draft.lines[end][:1] in (" ", "-"):
        end += 1
    draft.lines[at:end] = line.split("\n")
    return f"front matter {line!r}"


def _line_end(random: Random, draft: Draft) -> str:
    """Some lines end otherwise than the others."""
    end = random.choice(_ENDS)
    lines = draft.body.split("\n")
    for at in random.sample(range(len(lines)), min(len(lines), random.randint(1, 3))):
        lines[at] += end.removesuffix("\n")
    draft.body = "\n".join(lines)
    return f"line ends {end!r}"


def _lead(random: Random, draft: Draft) -> str:
    draft.lead = random.choice(_LEADS)
    return f"lead {draft.lead!r}"
