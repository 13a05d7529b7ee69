"""Clean posts of many shapes, in parts that a mutation can get at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

Bytes = Callable[[bytes], bytes]


class Meant(NamedTuple):
    """A piece of a post of which readers have to see a text, the image of a URL, or a field's value.

    ``piece`` is the misspelled key where ``field`` is the right one.
    """

    piece: str
    text: str = ""
    image: str = ""
    field: str = ""


@dataclass
class Draft:
    """A post in parts: what is before the header, its fences, its lines, and the body.

    ``done`` names the mutations that it went through; ``encodings`` are what happens to its bytes
    at the end. ``name`` is its file name, which no other post of a run has. ``meant`` is what a
    mutation wrote so that browsers lose it.
    """

    name: str
    lines: list[str]
    body: str
    lead: str = ""
    fences: tuple[str | None, str | None] = ("---", "---")
    line_end: str = "\n"
    done: list[str] = field(default_factory=list)
    encodings: list[Bytes] = field(default_factory=list)
    meant: tuple[Meant, ...] = ()

    @property
    def is_markdown(self) -> bool:
        return self.name.endswith(".md")

    def content(self) -> bytes:
        """The bytes of the file."""
        opening, closing = self.fences
        lines = [part for part in (opening, *self.lines, closing) if part is not None]
        text = self.lead + "\n".join(lines) + ("\n" if lines else "") + self.body
        content = text.replace("\n", self.line_end).encode("utf-8", "surrogatepass")
        for change in self.encodings:
            content = change(content)
        return content


WORDS = [
    "market",
    "rose",
    "after",
    "talks",
    "on",
    "trade",
    "央行",
    "宣布",
    "下调",
    "利率",
    "the",
    "minister",
    "said",
    "记者",
    "新华社",
    "北京",
    "report",
    "percent",
    "市场",
    "反应",
    "平稳",
    "economy",
    "weather",
    "storm",
    "coast",
    "harbour",
    "港口",
    "恢复",
    "通航",
]
_AUTHORS = ("Wire", "新华社", "'Agence'", "陈 明")
_IMAGE = "https://img.example.net/{}.jpg"


def text(random: Random, least: int = 3, most: int = 12) -> str:
    """Some words, as in an article."""
    return " ".join(random.choices(WORDS, k=random.randint(least, most)))


def clean(random: Random, number: int) -> Draft:
    """A post that every generator builds as it is written."""
    suffix = random.choice((".md", ".html"))
    draft = Draft(f"p{number}{suffix}", _header(random), "\n" + _body(random))
    if random.random() < 0.15:
        draft.line_end = "\r\n"
    return draft


def _header(random: Random) -> list[str]:
    lines = [f"title: {_title(random)}"]
    lines += filter(None, ["\n".join(_categories(random))])
    day = f"2021-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    lines.append(f"date: {day}{random.choice(('T08:30:00Z', ' 11:06:15', '', 'T11:06:15+08:00'))}")
    extras = [
        f"author: {random.choice(_AUTHORS)}",
        "comments: false",
        f"headimg: '{_IMAGE.format(random.randint(1, 99))}'",
        "tags: [news, 'rates']",
        'source: "https://example.org/a?b=1"',
        "seo:\n  keywords: [a, b]\n  robots: index",
        "description: >\n  A longer text\n  on two lines",
    ]
    lines += random.sample(extras, random.randint(0, 4))
    if random.random() < 0.3:
        random.shuffle(lines)
    return "\n".join(lines).split("\n")


def _title(random: Random) -> str:
    words = text(random, 2, 7)
    # Two words and more: nothing that YAML takes for a number or a date.
    return random.choice(
        (words, f"'{words}'", f'"{words}"', f"'{words}: it''s'", f'"{words} \\"x\\""')
    )


def _categories(random: Random) -> list[str]:
    return random.choice(
        (
            ["categories:", " - Finance"],
            ["categories: ", " - 金融", " - 新浪财经"],
            ["categories:", "- One", "- Two"],
            ["categories: [One, 'Two']"] if random.random() < 0.3 else ["categories: [One, Two]"],
            ["categories: News"],
            [],
        )
    )


def _body(random: Random) -> str:
    blocks = [_block(random) for _ in range(random.randint(2, 7))]
    glue = random.choice(("\n", "\n", "\n\n"))
    inner = glue.join(blocks)
    if random.random() < 0.6:
        return f"<div>\n{inner}\n</div>\n"
    return inner + "\n"


def _block(random: Random) -> str:
    words, more = text(random), text(random, 1, 4)
    picture = _IMAGE.format(random.randint(100, 999))
    image = f'<img src="{picture}" alt="{more}" referrerpolicy="no-referrer">'
    return random.choice(
        (
            f"<p>{words}</p>",
            f"<p>　　{words}。<b>{more}</b>, &amp; {words}</p>",
            f'<p class="lead">{words} <a href="https://example.org/a?b=1&amp;c=2">{more}</a>.</p>',
            f'<div class="img_wrapper">{image}<span>{more}</span></div>',
            f"<figure>\n{image}\n<figcaption>{words}</figcaption>\n</figure>",
            f"<ul>\n<li>{words}</li>\n<li>{more}</li>\n</ul>",
            f"<table>\n<tr><th>{more}</th><td>1 % {{a}}</td></tr>\n</table>",
            f"<h2>{more}</h2>",
            f"<blockquote>\n<p>{words}</p>\n</blockquote>",
            "<pre><code>a = [1]\n  b { c }\n</code></pre>",
            f"<!-- {more} -->",
            "<style>\n.a { color: red }\n.b > i { top: 0 }\n</style>",
            f'<p>{words}<br>{more}<br/><em>{more}</em> <span style="color:#123">{words}</span></p>',
            "<hr>",
            f'<div><video src="{picture}.mp4" controls></video></div>',
        )
    )
