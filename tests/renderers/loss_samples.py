"""Posts of which readers lose something in Markdown, and in which generators (MD001 to MD006)."""

from __future__ import annotations

from typing import NamedTuple

from .generators import ELEVENTY, HEXO, HUGO, MARKDOWN_IT, MARKED
from .generators import TARGETS as ALL
from .jekyll import TARGET as JEKYLL

STRIKES = tuple(one for one in HUGO if one != "hugo@0.111")
"""The versions of Hugo that strike out text between single tildes."""
COMMON = (*HEXO, *HUGO, *ELEVENTY)
"""All whose renderer follows CommonMark."""


class LossSample(NamedTuple):
    """A Markdown body, and what a right page has: an image's address, a text, no such tag.

    ``lost`` are the targets whose page is wrong: there the rule speaks, and nowhere else.
    """

    code: str
    body: str
    lost: tuple[str, ...]
    image: str = ""
    text: str = ""
    no_tag: str = ""


IMAGE = "https://img.example.net/1.jpg"
TALL = f'<img\n  src="{IMAGE}"\n  alt="a"\n>'
PICTURE = f"![pic]({IMAGE})"

SAMPLES = [
    LossSample("MD001", f"<div>\n<p>a</p>\n\n    <p><img src='{IMAGE}'></p>\n</div>",
               (*HEXO, *HUGO), image=IMAGE),
    LossSample("MD002", TALL, ALL, image=IMAGE),
    LossSample("MD002", f"Some *text* and\n{TALL}\nmore.", ALL, image=IMAGE),
    LossSample("MD002", f"<div>\n{TALL}\n</div>", (), image=IMAGE),
    LossSample("MD002", f"Text.\n\n<img src={IMAGE} width=100%>", (JEKYLL,), image=IMAGE),
    LossSample("MD002", f"Text.\n\n<img src='{IMAGE}' width=100>", (), image=IMAGE),
    LossSample("MD002", f'Text <img src="{IMAGE}"alt="a"> here.', ALL, image=IMAGE),
    LossSample("MD002", "<div>\n<p>a</p>\n\n[Note]: important\n\n<p>b</p>\n</div>", COMMON,
               text="important"),
    LossSample("MD002", f"<div>\n<p>{'A longer text. ' * 9}</p>\n</div>\n\nOwn *text* here.\n\n<p>b</p>",
               (), text="Own text here"),
    LossSample("MD002", "Text <div>in the middle</div> here.", (JEKYLL,), text="Text in the middle"),
    LossSample("MD002", "Text\n<div>on its own line</div>\nhere.", (), text="on its own line"),
    LossSample("MD002", "Text <!-- a -- b -->, more.", (MARKDOWN_IT, "eleventy@2", "hugo@0.111"),
               text="Text , more."),
    LossSample("MD002", "Text <!-- a - b -->, more.", (), text="Text , more."),
    LossSample("MD003", "It costs 5~7, in all 100~200 now.", (*MARKED, *STRIKES), no_tag="del"),
    LossSample("MD003", "It costs ~7 and ~200 now.", (), no_tag="del"),
    LossSample("MD003", "So c1*g(n)<=c2*g(n) it is.", ALL, no_tag="em"),
    LossSample("MD003", "So 2 * 3 * 4 it is.", (), no_tag="em"),
    LossSample("MD003", "It opens at the end of\n2027. Tickets are sold.", (JEKYLL,),
               text="2027. Tickets"),
    LossSample("MD003", "One line of text\nand another.\n---\n\nMore.",
               ("hexo@8", "hexo@7", "hexo@6", MARKDOWN_IT, *HUGO, *ELEVENTY), no_tag="h2"),
    LossSample("MD003", f"![one | two]({IMAGE})", (JEKYLL,), image=IMAGE),
    LossSample("MD003", f"![one \\| two]({IMAGE})", (), image=IMAGE),
    LossSample("MD003", "Read | write", (JEKYLL,), text="Read | write"),
    LossSample("MD003", f"``` ruby Gemfile\ngem a\n```\n\nThen {PICTURE} here.\n\n``` ruby\nx\n```",
               (JEKYLL,), image=IMAGE),
    LossSample("MD004", "| a | b |\n| - | - |\n| one | two | three |", COMMON, text="three"),
    LossSample("MD004", "| a | b |\n| - | - |\n| one | two | |", (), text="two"),
    LossSample("MD005", f"<details>\n<summary>More</summary>\n\n{PICTURE}\n\n</details>",
               (JEKYLL,), image=IMAGE),
    LossSample("MD005", f"<p align='center'>{PICTURE}</p>", ALL, image=IMAGE),
    LossSample("MD005", f'<div markdown="1">\n\n{PICTURE}\n\n</div>', (), image=IMAGE),
    LossSample("MD005", "##Heading\n\nText.", ALL, text="Heading", no_tag="p>##Heading</p"),
    LossSample("MD005", f"Text ![pic] ({IMAGE}) here.", ALL, image=IMAGE),
    LossSample("MD005", f"![pic]（{IMAGE}）", ALL, image=IMAGE),
    LossSample("MD005", f"![pic]({IMAGE}\n\nText.", ALL, image=IMAGE),
    LossSample("MD005", f'![pic]({IMAGE} "A title")', (), image=IMAGE),
    LossSample("MD005", "**注意：**内容", ("hexo@8", MARKDOWN_IT, *HUGO, *ELEVENTY), text="注意：内容"),
    LossSample("MD005", "The **(note)**is it.", COMMON, text="The (note)is"),
    LossSample("MD005", "**注意**：内容 **注意：** 内容", (), text="注意：内容 注意： 内容"),
    LossSample("MD006", "Text.\n\n[Update]: we have changed the hours\n\nMore.", (JEKYLL,),
               text="we have changed"),
    LossSample("MD006", "Text.\n\n[Note]: important\n\nMore.", ALL, text="important"),
    LossSample("MD006", "Text.\n\n[^1]: A note to which nothing leads.\n\nMore.",
               (JEKYLL, *HUGO), text="A note"),
    LossSample("MD006", "Text[^1].\n\n[^1]: A note to which a mark leads.\n\nMore.", (),
               text="A note"),
    LossSample("MD006", "* first\n* second\n\n\n* any\n{:toc}\n\n# A", (JEKYLL,), text="first"),
]  # fmt: skip
