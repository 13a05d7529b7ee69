"""One defect is one finding: each in a whole post that is clean otherwise, with all default rules.

The marks ⟦ and ⟧ enclose what the finding is about; nothing else may be found, in ``.md`` and
``.html`` alike, and after the fix nothing at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import FRONT_MATTER

from newslint import check_text, fix_text
from newslint.config.loader import layer_from_option
from newslint.config.project import Project
from newslint.linter.examples import unmark

EDITOR = "<p>责任编辑：刘万里</p>"
BOTH = ("post.md", "post.html")
LAST_LINE = "date: Thu, 02 Dec 2021 14:50:58 GMT"
LONG = "A" * 50_000


@dataclass(frozen=True)
class Case:
    """A post with marks, and what is in force for it; ``fixed`` is the whole post after all fixes."""

    code: str
    text: str
    fixed: str | None = None
    paths: tuple[str, ...] = BOTH
    target: str = "hexo"
    options: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.code} {self.text[-90:]!r}" if self.code else repr(self.text[-90:])


def inside(html: str, editor: str = EDITOR) -> str:
    """The clean post with lines of HTML before the editor's; none where ``html`` is empty."""
    lines = ("<div>", "<p>Text of the article.</p>", *filter(None, (html, editor)), "</div>", "")
    return FRONT_MATTER + "\n".join(lines)


def body(code: str, html: str, fixed: str | None = None, **said: object) -> Case:
    """A piece of HTML between the text and the editor's line."""
    return Case(code, inside(html), None if fixed is None else inside(fixed), **said)  # type: ignore[arg-type]


def editor(code: str, html: str, fixed: str | None = None, **said: object) -> Case:
    """HTML in the place of the editor's line."""
    done = None if fixed is None else inside("<p>More.</p>", fixed)
    return Case(code, inside("<p>More.</p>", html), done, **said)  # type: ignore[arg-type]


def keyed(lines: str) -> str:
    """The clean post with some front matter lines in the place of those of the same key."""
    key = lines.replace("⟦", "").replace("⟧", "").partition(":")[0]
    kept, inside_key, done = [], False, False
    for line in FRONT_MATTER.splitlines(keepends=True):
        inside_key = line.startswith(f"{key}:") or (inside_key and line.startswith(" "))
        if not inside_key:
            kept.append(line)
        elif not done:
            kept.append(lines + "\n")
            done = True
    text = "".join(kept)
    if not done:
        text = text.replace(LAST_LINE, f"{LAST_LINE}\n{lines}")
    return f"{text}<div>\n<p>Text of the article.</p>\n{EDITOR}\n</div>\n"


def front(code: str, lines: str, fixed: str | None = None, **said: object) -> Case:
    """Front matter lines in the place of those of the same key, or after the others."""
    return Case(code, keyed(lines), None if fixed is None else keyed(fixed), **said)  # type: ignore[arg-type]


CLEAN = inside("<p>More.</p>")
_END = CLEAN.removeprefix(FRONT_MATTER)
TOML = f"""\
+++
title = "A title"
categories = ["One"]
headimg = "https://img.example.net/a.jpg"
author = "Wire"
comments = false
date = 2021-12-02T14:50:58Z
thumbnail = "https://img.example.net/a.jpg"
+++

{_END}"""
JSON = f"""\
{{
"title": "A title",
"categories": ["One"],
"headimg": "https://img.example.net/a.jpg",
"author": "Wire",
"comments": false,
"date": "2021-12-02T14:50:58Z",
"thumbnail": "https://img.example.net/a.jpg"
}}

{_END}"""
IMG = '<img src="https://img.example.net/a.jpg" alt="" referrerpolicy="no-referrer">'

FRONT = (
    Case("FM001", "⟦⟧" + CLEAN.removeprefix(FRONT_MATTER)),
    Case("FM002", CLEAN.replace("---\n\n<div>", "\n<div>").replace("---", "⟦---⟧", 1)),
    front("FM003", 'title: "say "⟦stop" now"⟧', "title: 'say \"stop\" now'"),
    front("FM004", "author: once\n⟦author⟧: twice"),
    Case("FM005", CLEAN.replace("author: Wire\n", "").replace("---", "⟦---⟧", 1)),
    front("FM006", "⟦comments⟧: [1, 2]"),
    front("FM006", "⟦comments⟧: sometimes"),
    front("FM006", "⟦author⟧: {name: Wire}"),
    front("FM006", "⟦categories⟧: One"),
    front("FM007", "⟦headimg⟧: not a url"),
    front("FM007", "⟦thumbnail⟧: /images/a.jpg"),
    front("FM007", "⟦headimg⟧: ftp://img.example.net/a.jpg"),
    front("FM008", "⟦thumbnail⟧: ''"),
    front("FM008", "⟦thumbnail⟧:"),
    front("FM008", "⟦thumbnail⟧: ~"),
    front("FM008", "⟦title⟧: ''"),
    front("FM008", "⟦title⟧: '  '"),
    front("FM008", "⟦categories⟧: []"),
    front("FM008", "⟦categories⟧:"),
    front("FM008", "⟦author⟧: ''"),
    front("FM008", "⟦date⟧:"),
    front("FM008", "⟦date⟧: ''"),
    front("FM008", "⟦comments⟧:"),
    front("FM009", "⟦auther⟧: Wire", options=("extend-select=['FM009']",)),
    front("FM010", "⟦date⟧: yesterday noon"),
    front("FM010", "⟦date⟧: 2021-02-30 10:00:00"),
    front("FM010", "⟦date⟧: 2021-13-45"),
    front("FM010", "⟦date⟧: Thu, 02 Dec 2021 14:50:58 GMT", target="eleventy"),
    front("FM010", "⟦date⟧: '2021-10-10 11:06:15'", target="eleventy"),
    front("FM010", "⟦date⟧: Thu, 2 Dec 2021 14:50:58 +0800", target="hugo"),
    front("FM010", "⟦date⟧: 2021/10/10 11:06:15", target="hugo"),
    front("FM010", "⟦date⟧: 1638456658", target="jekyll", paths=("_posts/2021-12-02-a.md",)),
    front(
        "FM011",
        "⟦date⟧: Fri, 02 Dec 2021 14:50:58 GMT",
        "date: Thu, 02 Dec 2021 14:50:58 GMT",
    ),
    front("FM012", "⟦date⟧: 2021-12-02 14:50:58", options=("extend-select=['FM012']",)),
    front("FM013", "⟦date⟧: 2999-01-01T00:00:00Z", target="hugo"),
    front(
        "FM013",
        "⟦date⟧: 2999-01-01T00:00:00Z",
        target="jekyll",
        paths=("_posts/2021-12-02-a.md",),
    ),
    Case(
        "FM014",
        "⟦\n⟧" + CLEAN,
        CLEAN,
        target="jekyll",
        paths=("_posts/2021-12-02-a.md",),
    ),
    Case(
        "FM014",
        "⟦\n⟧" + CLEAN.replace(LAST_LINE, "date: 2021-12-02"),
        CLEAN.replace(LAST_LINE, "date: 2021-12-02"),
        target="eleventy",
    ),
    Case("FM014", "⟦  \n⟧" + CLEAN, CLEAN),
    front("FM015", "⟦title⟧: '<b>Rain</b> and snow'"),
    front("FM015", "⟦title⟧: 'Rain &amp; snow'"),
    front("FM015", "⟦title⟧: '&#123;x&#125;'"),
    front("FM016", "⟦title⟧: ' Rain '", "title: 'Rain'"),
    front("FM016", '⟦author⟧: "Wire\\x07"', 'author: "Wire"'),
    front("FM016", "⟦headimg⟧: ' https://a.cn/1.jpg '", "headimg: 'https://a.cn/1.jpg'"),
    front(
        "FM017",
        "⟦categories⟧:\n - Two",
        options=("extend-select=['FM017']",),
        paths=("Three/a.md",),
    ),
    front("FM018", "⟦title⟧: Another title", options=("extend-select=['FM018']",)),
    front("FM019", "⟦headimg⟧: 'https://via.placeholder.com/300'"),
    front("FM019", "⟦thumbnail⟧: 'https://placehold.it/300'"),
    front(
        "FM020",
        "⟦headimg⟧: 'http://img.example.net/a.jpg'",
        "headimg: 'https://img.example.net/a.jpg'",
    ),
    front("FM021", "categories:\n - One\n - ⟦One⟧", "categories:\n - One"),
    front("FM021", "tags: [a, b, ⟦a⟧]", "tags: [a, b]"),
    front("FM022", "⟦title⟧: Win C #1", "title: 'Win C #1'"),
    front("FM023", "⟦content⟧: mine"),
    front("FM024", "⟦draft⟧: true"),
    Case(
        "FM025",
        CLEAN.replace("---\n", "⟦----⟧\n", 1).replace("\n---\n", "\n----\n"),
        CLEAN,
        target="jekyll",
        paths=("_posts/2021-12-02-a.md",),
    ),
    Case("FM025", CLEAN.replace("---", "⟦---⟧", 1).replace("\n---\n", "\n...\n"), CLEAN),
    Case("FM025", "⟦+++⟧" + TOML.removeprefix("+++")),
    Case("", TOML, target="hugo"),
    Case("FM025", "⟦{⟧" + JSON.removeprefix("{")),
    Case("", JSON, target="hugo"),
    Case("", ";;;" + JSON.removeprefix("{").replace("\n}\n", "\n;;;\n")),
    Case("", "---json\n" + JSON.replace("\n}\n", "\n}\n---\n"), target="eleventy"),
)
IMAGES = (
    body(
        "IMG001",
        '<p>⟦<img src="https://img.example.net/a.jpg" alt="">⟧</p>',
        f"<p>{IMG}</p>",
    ),
    body("IMG002", '<p>⟦<img alt="x" referrerpolicy="no-referrer">⟧</p>'),
    body("IMG002", '<p>⟦<img src="" alt="x" referrerpolicy="no-referrer">⟧</p>'),
    body(
        "IMG002",
        '<p>⟦<img data-src="https://img.example.net/a.jpg" alt="" referrerpolicy="no-referrer">⟧</p>',
        '<p><img src="https://img.example.net/a.jpg" data-src="https://img.example.net/a.jpg" alt=""'
        ' referrerpolicy="no-referrer"></p>',
    ),
    body(
        "IMG003",
        '<p>⟦<img src="http://img.example.net/a.jpg" alt="" referrerpolicy="no-referrer">⟧</p>',
        f"<p>{IMG}</p>",
    ),
    body(
        "IMG004",
        '<p>⟦<img src="https://img.example.net/a.jpg" referrerpolicy="no-referrer">⟧</p>',
        f"<p>{IMG}</p>",
    ),
    body(
        "IMG005",
        '<p>⟦<img src="/a.jpg" alt="" referrerpolicy="no-referrer">⟧</p>',
        options=("extend-select=['IMG005']",),
    ),
    body(
        "IMG006",
        '<p>Seen.⟦<img src="https://img.example.net/a.gif" width="1" height="1" alt=""'
        ' referrerpolicy="no-referrer">⟧</p>',
        "<p>Seen.</p>",
    ),
    body(
        "IMG007",
        '<p>⟦<img src="https://via.placeholder.com/300" alt="" referrerpolicy="no-referrer">⟧</p>',
    ),
    body(
        "IMG008",
        f'<p>⟦<img src="data:image/png;base64,{LONG}" alt="" referrerpolicy="no-referrer">⟧</p>',
    ),
    body(
        "IMG009",
        '<p>⟦<img src="https://i.pximg.net/a.jpg" alt="" referrerpolicy="no-referrer">⟧</p>',
    ),
    body("IMG009", '<p>⟦<img src="https://i.pximg.net/a.jpg" alt="">⟧</p>'),
)
EDITORS = (
    Case("ED001", "⟦⟧" + inside("<p>More.</p>", "<p>The end.</p>")),
    editor("ED002", "⟦<p>⟧责任编辑：</p>"),
    editor(
        "ED003",
        "<p>责任编辑：刘万里</p>\n⟦<p>⟧责任编辑：刘万里</p>",
        "<p>责任编辑：刘万里</p>",
    ),
)
EDITORS = (
    *EDITORS,
    Case(
        "ED004",
        inside(EDITOR.replace("<p>", "⟦<p>⟧") + "\n<p>More.</p>" * 12, ""),
        options=("extend-select=['ED004']",),
    ),
)
STYLES = (
    body(
        "STY001",
        "<style>.bare⟦{⟧color:red}</style>",
        "<style>.bare&#123;color:red&#125;</style>",
    ),
    body("STY002", "⟦<style>⟧.bare&#123;color&#125;</style>"),
    body("STY003", "⟦<style>⟧p&#123;color:red&#125;</style>"),
    body("STY003", "⟦<style>⟧body&#123;color:red&#125;</style>"),
    body("STY003", "⟦<style>⟧*&#123;color:red&#125;</style>"),
    body("STY004", "⟦<style>⟧@import url(https://a.example/x.css);</style>"),
    body(
        "STY005",
        "⟦<style>⟧.bare&#123;color:red&#125;</style>",
        options=("extend-select=['STY005']",),
    ),
)
TEMPLATES = (
    body(
        "TPL001",
        "<p>⟦{% unknown_tag⟧ %}</p>",
        "<p>&#123;% unknown_tag %&#125;</p>",
    ),
    body("TPL001", "<p>⟦{{ hello }}⟧</p>", "<p>&#123;&#123; hello &#125;&#125;</p>"),
    body("TPL001", "<p>⟦{# x #}⟧</p>", "<p>&#123;# x #&#125;</p>"),
    body(
        "TPL002",
        '<p>⟦{{ range.constructor("return process.version")() }}⟧</p>',
        '<p>&#123;&#123; range.constructor("return process.version")() &#125;&#125;</p>',
    ),
    body("MD001", "\n    ⟦<p>Indented.</p>⟧\n", paths=("post.md",)),
    body("", "\n    <p>Indented.</p>\n", paths=("post.html",)),
    body("MD002", "\n⟦Some *text* here⟧\n", paths=("post.md",)),
    body("", "\nSome *text* here\n", paths=("post.html",)),
)
MARKUP = (
    body("HTML001", '⟦<section class="open">⟧<p>never closed</p>'),
    body("HTML001", "<p>⟦<b>⟧never closed</p>"),
    body("HTML002", "<p>stray</p>⟦</section>⟧", "<p>stray</p>"),
    body("HTML002", "<p>stray⟦</b>⟧</p>", "<p>stray</p>"),
    body("HTML003", "<p><b>⟦<i>⟧x</b></i></p>"),
    body("HTML004", '⟦<p class="a" class="b">⟧x</p>', '<p class="a">x</p>'),
    body("HTML005", '<p id="a">x</p>⟦<p id="a">⟧y</p>'),
    body("HTML006", "<p>More.</p>⟦<body>⟧", "<p>More.</p>"),
    body("HTML007", "<p>⟦<font>⟧x</font></p>", options=("extend-select=['HTML007']",)),
    body("HTML008", "<p>x⟦<div>⟧y</div></p>"),
    body("HTML008", '<p><a href="https://a.cn/">x ⟦<a href="https://b.cn/">⟧y</a></a></p>'),
    body("HTML009", "⟦<p>⟧</p>", "", options=("extend-select=['HTML009']",)),
    body("HTML010", "<p>x</p>⟦<!-- ad -->⟧", "<p>x</p>", options=("extend-select=['HTML010']",)),
    Case("HTML011", CLEAN + "⟦<!--⟧ end\n", CLEAN + "<!-- end-->\n"),
    Case("HTML011", CLEAN + "⟦<style>⟧\n", CLEAN + "<style></style>\n"),
    Case("HTML011", CLEAN + "⟦<textarea>⟧\n", CLEAN + "<textarea></textarea>\n"),
)
SECURITY = (
    body("SEC001", "⟦<script>⟧track()</script>", ""),
    body("SEC002", '⟦<p onclick="go()">⟧press</p>', "<p>press</p>"),
    body("SEC003", '<p>⟦<a href="javascript:go()">⟧press</a></p>', "<p><a>press</a></p>"),
    body("SEC004", '⟦<iframe src="https://evil.example/">⟧</iframe>'),
    body("SEC005", '⟦<base href="https://evil.example/">⟧', ""),
    body("SEC005", '⟦<meta http-equiv="refresh" content="0;url=https://evil.example/">⟧', ""),
    body("SEC005", '⟦<link rel="stylesheet" href="https://evil.example/a.css">⟧', ""),
    body(
        "SEC006",
        '<p>⟦<a href="https://a.cn/" target="_blank">⟧x</a></p>',
        '<p><a href="https://a.cn/" target="_blank" rel="noopener">x</a></p>',
    ),
    body("SEC007", '⟦<form action="https://a.cn/">⟧<input name="q"></form>'),
    front("SEC008", "⟦permalink⟧: /a/../../x/"),
)
LINKS = (
    body("LNK001", "<p>⟦<a href>⟧x</a></p>"),
    body("LNK001", '<p>⟦<a href="">⟧x</a></p>'),
    body("LNK002", '<p>⟦<a href="https://exa mple.com:99999/">⟧x</a></p>'),
    body("LNK002", '<p>⟦<a href="http://">⟧x</a></p>'),
    body("LNK003", '<p>⟦<a href="#nowhere">⟧x</a></p>'),
    body(
        "LNK005",
        '<p>⟦<a href="https://a.cn/?utm_source=x">⟧x</a></p>',
        '<p><a href="https://a.cn/">x</a></p>',
        options=("extend-select=['LNK005']",),
    ),
)
TEXTS = (
    body("TXT002", "<p>⟦锟斤拷⟧</p>"),
    body("TXT002", "<p>caf⟦Ã©⟧</p>"),
    body("TXT002", "<p>x⟦\ufffd\ufffd⟧y</p>"),
    body("TXT003", "<p>x⟦\x07⟧y</p>", "<p>xy</p>"),
    body("TXT003", "<p>x⟦\u200b\u200b⟧y</p>", "<p>xy</p>"),
    body("TXT003", "<p>x⟦\u202e⟧y</p>", "<p>xy</p>"),
    body("TXT001", "<p>caf⟦\udce9⟧</p>", "<p>café</p>"),
    body("TXT001", "<p>新闻标⟦\udce9\udca2⟧</p>"),
    Case(
        "TXT001",
        "⟦\udcff\udcfe⟧"
        + "\0".join(CLEAN.replace("责任编辑：刘万里", "Editing by Ann Lee"))
        + "\0",
        CLEAN.replace("责任编辑：刘万里", "Editing by Ann Lee"),
    ),
    body("TXT005", "<p>More … ⟦阅读全文⟧</p>"),
    Case("TXT004", "⟦⟧" + FRONT_MATTER, options=("ignore=['ED001']",)),
    body("TXT006", "<p>a⟦&amp;nbsp;⟧b</p>", "<p>a&nbsp;b</p>"),
    Case("TXT007", CLEAN.replace("article.</p>\n", "article.</p>⟦\r\n⟧"), CLEAN),
)
SUPPRESSIONS = (
    body(
        "NL001",
        "<p>x</p>⟦<!-- newslint-disable-next-line IMG001 -->⟧\n<p>y</p>",
        "<p>x</p>\n<p>y</p>",
    ),
    body("NL002", "<p>x</p>⟦<!-- newslint-disable-next-line NOPE001 -->⟧\n<p>y</p>"),
)
CASES = (
    *FRONT,
    *IMAGES,
    *EDITORS,
    *STYLES,
    *TEMPLATES,
    *MARKUP,
    *SECURITY,
    *LINKS,
    *TEXTS,
    *SUPPRESSIONS,
)


def project(case: Case, folder: Path) -> Project:
    options = (f"target='{case.target}'", *case.options)
    layers = tuple(layer_from_option(option, folder) for option in options)
    return Project(folder, isolated=True, last=layers)


@pytest.mark.parametrize(
    ("case", "path"), [(case, path) for case in CASES for path in case.paths], ids=str
)
def test_a_defect_gives_its_finding_and_no_other(case: Case, path: str, tmp_path: Path) -> None:
    text, spans = unmark(case.text)
    found = [one.finding for one in check_text(text, path, project(case, tmp_path))]
    shown = [(one.code, text[one.span.start : one.span.end], one.message) for one in found]
    assert [one.code for one in found] == [case.code] * len(spans), shown
    assert [one.span for one in found] == spans, shown


@pytest.mark.parametrize(
    ("case", "path"),
    [(case, path) for case in CASES for path in case.paths if case.fixed is not None],
    ids=str,
)
def test_its_fix_gives_a_post_without_findings(case: Case, path: str, tmp_path: Path) -> None:
    text, _ = unmark(case.text)
    asked = project(case, tmp_path)
    assert fix_text(text, path, asked, unsafe=True).text == case.fixed
    assert check_text(case.fixed or "", path, asked) == ()
