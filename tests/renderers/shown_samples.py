"""Posts of which readers lose something in the browser, and in which generators.

HTML012 and HTML013: text that a browser takes for an element. IMG002: an image that is not the
image. FM026: a field that no generator reads.
"""

from __future__ import annotations

from typing import NamedTuple

from .generators import MARKED as HEXO_MARKED
from .jekyll import TARGET as JEKYLL
from .loss_samples import ALL, IMAGE


class ShownSample(NamedTuple):
    """A body, and what readers have to see of it: a text, an image's address, a category.

    ``lost`` are the targets whose page is wrong: there the rule reports the post, and nowhere else.
    """

    code: str
    body: str
    lost: tuple[str, ...]
    text: str = ""
    image: str = ""
    category: str = ""
    header: str = ""
    suffix: str = ".md"


MARKED = (*HEXO_MARKED, JEKYLL)
"""Those to whose renderer a name with ``_`` is a tag."""
DATA = "data:image/gif;base64,R0lGODlhAQABAAAAACw="

SAMPLES = [
    ShownSample("HTML012", "Press <Enter> to go on.", ALL, "Press <Enter> to"),
    ShownSample("HTML012", "It is a List<String> of names.", ALL, "List<String> of"),
    ShownSample("HTML012", "Write <foo></foo> around it.", ALL, "Write <foo></foo> around"),
    ShownSample("HTML012", "Set <param_name> here.", MARKED, "Set <param_name> here"),
    ShownSample("HTML012", "<p>A vector<int> of them</p>", ALL, "vector<int> of", suffix=".html"),
    ShownSample("HTML012", "<p>Type <your name> now.</p>", ALL, "<your name> now", suffix=".html"),
    ShownSample("HTML012", "Use the <input> element.", ALL, "the <input> element"),
    ShownSample("HTML012", "The <source> tag.", ALL, "The <source> tag"),
    ShownSample("HTML012", "<p>Use the <meta> tag.</p>", ALL, "the <meta> tag", suffix=".html"),
    ShownSample("HTML012", "<form>Your name: <input> now</form>", (), "Your name:", suffix=".html"),
    ShownSample("HTML012", "Press `<Enter>` to go on.", (), "Press <Enter> to"),
    ShownSample("HTML012", "A List&lt;String&gt; of names.", (), "List<String> of"),
    ShownSample("HTML012", "If a < b then <b>c</b> > d.", (), "If a < b then c > d"),
    ShownSample("HTML012", "<my-note>A note</my-note> here.", (), "A note here"),
    ShownSample("HTML012", "See <https://example.org/a> now.", (), "See https://example.org/a now"),
    ShownSample("HTML013", "<pre><code><template>hello</template></code></pre>", ALL,
                "<template>hello"),
    ShownSample("HTML013", "<pre>\n<dependency>\n<id>com</id>\n</dependency>\n</pre>", ALL,
                "<dependency>"),
    ShownSample("HTML013", "<p>Write <code><script>go()</script></code> here.</p>", ALL,
                "Write <script>go()</script> here"),
    ShownSample("HTML013", "<pre><code>for (i = 0; i<num; i++) x\n</code></pre>", ALL,
                "i<num; i++", suffix=".html"),
    ShownSample("HTML013", "<pre><code><button>Send</button></code></pre>", ALL,
                "<button>Send", suffix=".html"),
    ShownSample("HTML013", '<p>Type <code>a <u type="b" …</code> now.</p>', ALL,
                '<u type="b"', suffix=".html"),
    ShownSample("HTML013", "<pre>\n<!-- add this line -->\nlisten 80;\n</pre>", ALL,
                "add this line"),
    ShownSample("HTML013", "<pre><code><!-- a b -->&lt;p&gt;</code></pre>", (), "<p>",
                suffix=".html"),
    ShownSample("HTML013", "<pre><code>&lt;template&gt;</code></pre>", (), "<template>"),
    ShownSample("HTML013", "```html\n<template></template>\n```", (), "<template></template>"),
    ShownSample("HTML013", "Write `<script>go()</script>` here.", (), "<script>go()</script> here"),
    ShownSample("HTML013", '<pre><code><span class="k">for</span> <b>i</b></code></pre>', (),
                "for i"),
    ShownSample("IMG002", f'<p><img src="" data-src="{IMAGE}" alt="a"></p>', ALL, image=IMAGE),
    ShownSample("IMG002", f'<p><img src="blob:https://a.example/1" data-src="{IMAGE}" alt="a"></p>',
                ALL, image=IMAGE),
    ShownSample("IMG002", f'<p><img data-original="{IMAGE}" alt="a"></p>', ALL, image=IMAGE),
    ShownSample("IMG002", "<p><img src='https://img.example.net/undefined'"
                f" data-src='{IMAGE}' alt='a'></p>", ALL, image=IMAGE),
    ShownSample("IMG002", f"<p><img src='/load/a.png' data-src='{IMAGE}' alt='a'>"
                "<img src='/load/a.png' data-src='https://img.example.net/2.jpg' alt='b'></p>",
                ALL, image=IMAGE),
    ShownSample("IMG002", f"<p><img src='{IMAGE}' srcset='{DATA} 1x' data-srcset='{IMAGE} 1x'"
                " alt='a'></p>", ALL, image=IMAGE),
    ShownSample("IMG002", f"<p><picture><source srcset='{DATA}'><img src='{IMAGE}' alt='a'>"
                "</picture></p>", ALL, image=IMAGE),
    ShownSample("IMG002", f"<p><picture><source srcset='{DATA}' media='print'><img src='{IMAGE}'"
                " alt='a'></picture></p>", (), image=IMAGE),
    ShownSample("IMG002", f"<p><picture><source srcset='{DATA}' type='image/none'>"
                f"<img src='{IMAGE}' alt='a'></picture></p>", (), image=IMAGE),
    ShownSample("IMG002", f"<p><img src='{IMAGE}' data-src='{IMAGE}' alt='a'></p>", (),
                image=IMAGE),
    ShownSample("IMG002", f"<p><img src='https://img.example.net/s.jpg' srcset='{IMAGE} 1x'"
                " alt='a'></p>", (), image=IMAGE),
    ShownSample("IMG002", f"![a]({IMAGE})", (), image=IMAGE),
    ShownSample("FM026", "Text.", ALL, category="World", header="categries:\n- World\n"),
    ShownSample("FM026", "Text.", ALL, category="World", header="categoreis: [World]\n"),
    ShownSample("FM026", "Text.", (), category="World", header="categories:\n- World\n"),
    ShownSample("FM026", "Text.", (), category="World",
                header="categories: [World]\nauthors: Wire\nflavor: x\n"),
]  # fmt: skip
