"""Makes an archive of news posts with planted defects and their labels.

    python benchmarks/make_archive.py OUT [--posts N] [--seed S] [--defects RATE] [--labels FILE]

Posts are written to OUT/<section>/<site>/<feed>/<title>.md in the form of a feed-to-site pipeline:
a blank line, the front matter, a blank line, and one <div> that holds the article's HTML. A post
without a defect gets no error from the default rules. A defective post has exactly one planted
defect; the labels file (JSON lines) names its path, the rule's code and the line, from 1. The same
arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple


class Feed(NamedTuple):
    """Where posts of a kind come from, and how they look."""

    section: str
    site: str
    name: str
    language: str
    styled: bool
    editor: str


SINA_EDITOR = '<p class="article-editor">责任编辑：{editor} SF014</p>'
WIRE_EDITOR = "<p>Reporting by {editor}; Editing by {other}</p>"
FEEDS = (
    Feed("金融", "新浪财经", "新浪财经－国內", "zh", True, SINA_EDITOR),
    Feed("编程", "掘金", "分类", "zh", True, "<p>责编：{editor}</p>"),
    Feed("编程", "开源中国", "资讯", "zh", False, "<p>（责任编辑：{editor}）</p>"),
    Feed("新媒体", "cnBeta", "最新", "zh", False, '<p class="article-author">编辑：{editor}</p>'),
    Feed("编程", "Dockone", "周报", "zh", False, "<p>编辑：{editor}</p>"),
    Feed("World", "Wire", "Business", "en", False, WIRE_EDITOR),
)
HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就"
    "分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
WORDS = (
    "market", "bank", "growth", "shares", "data", "report", "week", "policy", "trade", "energy",
    "chip", "budget", "court", "price", "export", "rate",
)  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴"
STYLE = (
    ".wrap_{n}&#123;border:1px solid #E6E6E6;padding:8px;&#125;\n"
    ".wrap_{n} img&#123;width:74px;&#125;"
)
FIELDS = ("title", "categories", "headimg", "author", "comments", "date", "thumbnail")


class Parts:
    """A post in parts: the text of each field by its name, the body's lines, the editor's line."""

    def __init__(self, fields: dict[str, str], body: list[str], editor: str) -> None:
        self.fields = fields
        self.body = body
        self.editor = editor

    def insert(self, at: int, text: str) -> str:
        """Put a line into the body; returns it."""
        self.body.insert(at, text)
        return text

    def field(self, name: str, text: str) -> str:
        """Replace a field; returns the line that a finding about it is on."""
        self.fields[name] = text
        return text.split("\n")[0] if text else "---"

    def twice(self) -> str:
        """Give the author twice; returns the second line."""
        self.field("author", "author: once\nauthor: twice")
        return "author: twice"

    def unedited(self) -> str:
        """Leave the editor's line out; the finding is at the beginning of the file."""
        self.editor = ""
        return "---"

    def text(self) -> str:
        """The complete post."""
        matter = "\n".join(self.fields[name] for name in FIELDS if self.fields[name])
        lines = [*self.body, *([self.editor] if self.editor else [])]
        return (
            f"\n---\n{matter}\n---\n\n<div>   \n" + "\n".join(lines) + "\n  \n</div>\n            "
        )


DEFECTS: dict[str, Callable[[Parts, int], str]] = {
    "FM003": lambda post, at: post.field("title", 'title: "say "stop" now"'),
    "FM004": lambda post, at: post.twice(),
    "FM005": lambda post, at: post.field("author", ""),
    "FM006": lambda post, at: post.field("comments", "comments: [1, 2]"),
    "FM008": lambda post, at: post.field("thumbnail", "thumbnail: ''"),
    "FM010": lambda post, at: post.field("date", "date: yesterday noon"),
    "IMG001": lambda post, at: post.insert(
        at, '<p><img src="https://img.example.net/x.jpg" alt="x"></p>'
    ),
    "IMG002": lambda post, at: post.insert(at, '<p><img alt="x" referrerpolicy="no-referrer"></p>'),
    "ED001": lambda post, at: post.unedited(),
    "STY001": lambda post, at: post.insert(at, "<style>.bare{color:red}</style>"),
    "TPL001": lambda post, at: post.insert(at, "<p>{% unknown_tag %}</p>"),
    "HTML001": lambda post, at: post.insert(at, '<section class="open"><p>never closed</p>'),
    "HTML002": lambda post, at: post.insert(at, "<p>stray</p></section>"),
    "SEC001": lambda post, at: post.insert(at, "<script>track()</script>"),
    "SEC002": lambda post, at: post.insert(at, '<p onclick="go()">press</p>'),
    "SEC003": lambda post, at: post.insert(at, '<p><a href="javascript:go()">press</a></p>'),
}
"""By rule: plants a defect into a post, at an index of its body, and returns the text whose line
the label names."""


class Maker:
    """Makes posts; the seed decides all of them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def words(self, language: str, count: int) -> str:
        """A sentence of about so many characters."""
        if language == "zh":
            text = "".join(self.rng.choices(HAN, k=count))
            return "，".join(text[i : i + 17] for i in range(0, len(text), 17)) + "。"
        return " ".join(self.rng.choices(WORDS, k=max(3, count // 4))).capitalize() + "."

    def name(self, language: str) -> str:
        """The name of a person."""
        if language == "zh":
            return self.rng.choice(SURNAMES) + "".join(self.rng.choices(HAN, k=2))
        return self.rng.choice(WORDS).capitalize() + " " + self.rng.choice(WORDS).capitalize()

    def post(self, index: int) -> tuple[str, Parts]:
        """One post without defects: its path below OUT, and its parts."""
        feed = self.rng.choice(FEEDS)
        moment = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=37 * index)
        image = f"https://img{index % 7}.example.net/{index:08d}.jpg"
        title = f"{self.words(feed.language, 14)[:-1].replace('，', '')} {index}"
        body = []
        for n in range(max(3, int(self.rng.lognormvariate(2.2, 0.5)))):
            body.append(f"<p>{self.words(feed.language, self.rng.randint(60, 400))}</p>")
            if self.rng.random() < 0.2:
                alt = self.words(feed.language, 6)[:-1]
                img = f'<img src="{image}?n={n}" alt="{alt}" referrerpolicy="no-referrer">'
                body.append(f'<div class="img_wrapper">{img}</div>')
        if feed.styled:
            body.append("<style>\n" + STYLE.replace("{n}", str(index)) + "\n</style>")
        fields = {
            "title": f"title: '{title}'",
            "categories": f"categories: \n - {feed.section}\n - {feed.site}\n - {feed.name}",
            "headimg": f"headimg: '{image}'",
            "author": f"author: {feed.site}",
            "comments": "comments: false",
            "date": f"date: {moment:%a, %d %b %Y %H:%M:%S} GMT",
            "thumbnail": f"thumbnail: '{image}'",
        }
        editor, other = self.name(feed.language), self.name(feed.language)
        path = f"{feed.section}/{feed.site}/{feed.name}/{title}.md"
        return path, Parts(fields, body, feed.editor.format(editor=editor, other=other))

    def plant(self, post: Parts) -> tuple[str, str]:
        """Plant one defect; returns the rule's code and the text whose line the label names."""
        at = self.rng.randrange(len(post.body))
        code = self.rng.choice(sorted(DEFECTS))
        return code, DEFECTS[code](post, at)


def main() -> None:
    """Write the posts and the labels."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--defects", type=float, default=0.05, help="share of posts with a planted defect"
    )
    parser.add_argument("--labels", type=Path, help="default: OUT.labels.jsonl, beside OUT")
    args = parser.parse_args()
    maker = Maker(args.seed)
    labels = args.labels or args.out.with_suffix(".labels.jsonl")
    labels.parent.mkdir(parents=True, exist_ok=True)
    made: set[Path] = set()
    with labels.open("w", encoding="utf-8") as log:
        for index in range(args.posts):
            path, post = maker.post(index)
            code, marked = maker.plant(post) if maker.rng.random() < args.defects else ("", "")
            text = post.text()
            file = args.out / path
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_text(text, encoding="utf-8", newline="\n")
            if code:
                line = 1 if code == "ED001" else text[: text.index(marked)].count("\n") + 1
                label = {"path": path, "code": code, "line": line}
                log.write(json.dumps(label, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
