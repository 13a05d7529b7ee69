"""Posts for each rule with a safe fix: what the fix makes of the page, for each target."""

from __future__ import annotations

from typing import NamedTuple

from .generators import ELEVENTY, HEXO, HUGO, MARKDOWN_IT, MARKED
from .generators import TARGETS as ALL
from .jekyll import TARGET as JEKYLL

SAME = None
"""The page is the same as before."""


class Sample(NamedTuple):
    """A post with something that a rule fixes safely for ``targets``, and not for the others.

    ``page`` is the HTML that its article is afterwards, `SAME` where it stays as it was; ``title``
    and ``categories`` are what the page says afterwards, None where they stay.
    """

    code: str
    body: str
    page: str | None = SAME
    lines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ALL
    suffix: str = ".html"
    lead: str = ""
    title: str | None = None
    categories: tuple[str, ...] | None = None
    line_end: str = "\n"

    @property
    def text(self) -> str:
        """The complete post."""
        given = {line.partition(":")[0] for line in self.lines}
        usual = ("title: A title", "date: 2021-12-02T08:00:00Z", "categories: [One]")
        lines = [*self.lines, *(line for line in usual if line.partition(":")[0] not in given)]
        text = self.lead + "\n".join(("---", *lines, "---", "", self.body, ""))
        return text.replace("\n", self.line_end) if self.line_end != "\n" else text


TEXT = "<p>Text.</p>"
IMAGE = "https://img.example.net/1.jpg"

_HEADERS = [
    Sample("FM003", TEXT, TEXT, ('title: "say "stop" now"',), title='say "stop" now'),
    Sample("FM003", TEXT, TEXT, ("title: [快讯] news",), title="[快讯] news"),
    Sample("FM003", TEXT, TEXT, ('title: """\'A title\'"""',), title="A title"),
    Sample("FM003", TEXT, TEXT, ("title: ''A title''",), title="A title"),
    Sample("FM003", TEXT, TEXT, ("title: @at",), title="@at"),
    Sample("FM014", TEXT, TEXT, lead="\n", title="A title", targets=(JEKYLL, *ELEVENTY)),
    Sample("FM014", TEXT, TEXT, lead="  \n", title="A title", targets=(*HEXO, JEKYLL, *ELEVENTY)),
    Sample("FM016", TEXT, lines=("title: ' A title'",)),
    Sample("FM016", TEXT, lines=('title: "A\\x07 title"',), title="A title"),
    Sample(
        "FM021", TEXT, lines=("categories:\n - One\n - Two\n - One",), categories=("One", "Two")
    ),
    Sample("FM006", TEXT, lines=("title: [x]",), title="[x]"),
    Sample("FM022", TEXT, lines=("title: Win C #1",), title="Win C #1"),
]
_MARKUP = [
    Sample("IMG001", f'<p><img src="{IMAGE}" alt="a"></p>'),
    Sample(
        "IMG001",
        f"<p>a</p>\n\nText <img src={IMAGE}> b\n",
        suffix=".md",
        targets=(*HEXO, *HUGO, *ELEVENTY),
    ),
    Sample("IMG001", f"Text <img src='{IMAGE}' alt='a > b'> b\n", suffix=".md"),
    Sample("IMG001", f"<ul>\n<li><img\nsrc='{IMAGE}'\nalt=a></li>\n</ul>"),
    Sample("SEC006", '<p><a href="https://example.org/" target="_blank">a</a></p>'),
    Sample("SEC006", "- <a href='https://example.org/' target='_blank'>a</a>\n- b\n", suffix=".md"),
    Sample("HTML004", '<p class="a" class="b">c</p>'),
    Sample("HTML004", '<p>a</p>\n<p class="a"id="b" class="c">d</p>'),
    Sample("HTML010", "<p>a</p><!-- an advertisement -->\n<p>b</p>"),
    Sample("HTML010", "One <!-- b -->\n\nTwo\n", suffix=".md"),
    Sample("HTML012", "<p>Use a List<String> here.</p>", "<p>Use a List&lt;String&gt; here.</p>"),
    Sample(
        "HTML012",
        "Press <Esc> or **<your name>**.\n",
        "<p>Press &lt;Esc&gt; or <strong>&lt;your name&gt;</strong>.</p>",
        suffix=".md",
    ),
    Sample(
        "HTML012",
        "- Set <param_name> here.\n",
        "<ul><li>Set &lt;param_name&gt; here.</li></ul>",
        suffix=".md",
        targets=(*MARKED, JEKYLL),
    ),
    Sample(
        "HTML012",
        "<p>a</p>\n<div>Use\n<T> here</div>\n",
        "<p>a</p><div>Use\n&lt;T&gt; here</div>",
        suffix=".md",
    ),
    Sample("HTML012", "<p>the <my-note></my-note> of it</p>", targets=()),
    Sample("HTML012", "<p>the <note>of</note> it</p>", targets=()),
    Sample(
        "LNK005",
        '<p><a href="https://example.org/?utm_source=x&amp;b=1#c">d</a></p>',
        '<p><a href="https://example.org/?b=1#c">d</a></p>',
    ),
    Sample("NL001", "<p>a</p>\n<!-- newslint-disable-next-line IMG001 -->\n<p>b</p>"),
    Sample("TXT003", "<p>a\u200bb</p>", "<p>ab</p>"),
    Sample("TXT003", "- \u200b```\n  a\n  ```", targets=()),
    Sample("TXT007", "<p>a</p>\r\n<p>b</p>\n<p>c</p>"),
    Sample(
        "MD001",
        "<div>\n<p>a</p>\n\n    <p>b</p>\n    <p>c</p>\n</div>",
        "<div><p>a</p><p>b</p><p>c</p></div>",
        suffix=".md",
        targets=(*HEXO, *HUGO),
    ),
    Sample(
        "MD001",
        f"<div>\n<p>a</p>\n\n    <p><img src='{IMAGE}' alt=''></p>\n</div>",
        f"<div><p>a</p><p><img src='{IMAGE}' alt=''></p></div>",
        suffix=".md",
        targets=(*HEXO, *HUGO),
    ),
    Sample(
        "MD002",
        "<div>\n<p>a</p>\n\nsome *text* here\n</div>",
        "<div><p>a</p>some *text* here</div>",
        suffix=".md",
        targets=(*HEXO, *HUGO, *ELEVENTY),
    ),
    Sample(
        "MD002",
        f'<img\n  src="{IMAGE}"\n  alt="a"\n>',
        f'<img src="{IMAGE}" alt="a">',
        suffix=".md",
        targets=(*HEXO, *HUGO, *ELEVENTY),
    ),
    Sample(
        "MD002",
        "<div>\n<p>a</p>\n<pre><code>b\n\n    c &lt; d\n</code></pre>\n<p>e</p>\n</div>",
        "<div><p>a</p><pre><code>b\n\n    c &lt; d\n</code></pre><p>e</p></div>",
        suffix=".md",
        targets=(*HEXO, *HUGO, *ELEVENTY),
    ),
    Sample(
        "MD002",
        f'Text.\n\n<img src="{IMAGE}" width=100%>\n\nSee <a href=https://example.org/>this</a>.',
        f'<p>Text.</p><p><img src="{IMAGE}" width="100%"></p>'
        '<p>See <a href="https://example.org/">this</a>.</p>',
        suffix=".md",
        targets=(JEKYLL,),
    ),
]
_LIQUID = (JEKYLL, *ELEVENTY)
_TEMPLATES = [
    Sample("TPL001", "<p>a {{ b c }} d</p>", "<p>a {{ b c }} d</p>", targets=HEXO),
    Sample("TPL001", "<p>{{< card >}}</p>", "<p>{{< card >}}</p>", targets=HEXO),
    Sample("TPL001", "<p>a {{ b</p>", "<p>a {{ b</p>", targets=(*MARKED[1:], *_LIQUID)),
    Sample("TPL001", "<p title='{% %}'>a</p>", "<p title='{% %}'>a</p>", targets=(*HEXO, *_LIQUID)),
    Sample("TPL001", "<p>a {{< ! >}} b</p>", "<p>a {{&lt; ! >}} b</p>", targets=(*HEXO, *HUGO, *ELEVENTY)),
    Sample("TPL001", "Some *text* {{}} here\n", "<p>Some <em>text</em> {{}} here</p>", suffix=".md",
           targets=("hexo@7", "hexo@5", *ELEVENTY)),
    Sample("TPL001", "Some text a\\{{ b\n", "<p>Some text a{{ b</p>", suffix=".md",
           targets=("hexo@7", "hexo@5", *_LIQUID)),
    Sample("TPL001", "Some *text* {{ b c }} here\n", "<p>Some <em>text</em> {{ b c }} here</p>",
           suffix=".md", targets=("hexo@8", MARKDOWN_IT, "hexo@7", "hexo@5")),
    # markdown-it makes braces of the entities, which the engine then reads, where it is run.
    Sample("TPL001", "Text {{ b c }} here\n\n{% raw %}{% x %}{% endraw %}\n",
           "<p>Text {{ b c }} here</p>\n{% x %}", suffix=".md", targets=("hexo@8", "hexo@7", "hexo@5")),
    Sample("TPL001", "<style>@media print{{.a{b:c}</style>", "<style>@media print{ {.a{b:c}</style>",
           targets=("hexo@7", "hexo@6", "hexo@5", *_LIQUID)),
    Sample("TPL002", '<p>{{ range.constructor("return 1")() }}</p>',
           '<p>{{ range.constructor("return 1")() }}</p>', targets=HEXO),
    Sample("TPL002", '<p>{{ range.constructor("return 1")() }}</p>',
           '<p>{{ range.constructor("return 1")() }}</p>', ("templateEngineOverride: njk",),
           targets=(*HEXO, *ELEVENTY)),
    Sample("STY001", "<style>@media print{{.a{b:c}</style>",
           "<style>@media print&#123;&#123;.a&#123;b:c&#125;</style>",
           targets=("hexo@7", "hexo@6", "hexo@5", *_LIQUID)),
    Sample("STY001", "<style>.a{{<b{c:d}}</style>", "<style>.a&#123;&#123;<b&#123;c:d&#125;&#125;</style>",
           targets=(*HEXO, *HUGO, *ELEVENTY)),
]  # fmt: skip
_KEPT = [
    Sample("STY001", "<style>.a{color:red}</style>", targets=()),
    Sample("STY001", "<style>.a{color:{{ site.color }}}</style>", targets=()),
    Sample("TPL001", "<p>{{ a }}</p>", targets=()),
    Sample("TPL001", "<p>{% foo %}</p>", targets=()),
    Sample("TPL001", "<p>{% callout %}a{% endcallout %}</p>", targets=()),
    Sample("FM016", "<p>a</p>", lines=("author: &a ' Wire'", "source: *a"), targets=()),
    Sample("FM003", "<p>a</p>", lines=('title: """it is "so" here"""',), targets=()),
]
"""What a safe fix must not touch."""

SAMPLES = [*_HEADERS, *_MARKUP, *_TEMPLATES, *_KEPT]
OFFLINE = {"NET004": "needs the network; its edit is tested with answers in tests/online"}
"""Rules with a safe fix that has no sample here, and why."""
