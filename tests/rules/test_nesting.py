"""What the structure model says of tags, held against the HTML standard and a real browser."""

from __future__ import annotations

import random
from pathlib import PurePosixPath

import growth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.core.source import Source
from newslint.generators.markdown.inline_html import without_text_tags
from newslint.html.nesting import problems
from newslint.html.outline import Structure
from newslint.html.tokenizer import TokenKind, tokens
from newslint.html.tree import IMPLIED, Body
from newslint.post.post import Post

KINDS = {
    "U": "UNCLOSED",
    "S": "STRAY",
    "M": "MISNESTED",
    "N": "NESTING",
    "D": "DOCUMENT",
    "W": "SWALLOWS",
}

CASES = {
    # optional end tags
    "<p>a<p>b": "",
    "<ul><li>a<li>b</ul>": "",
    "<ul><li>a<ul><li>b</ul><li>c</ul>": "",
    "<table><tr><td>a<td>b<tr><td>c</table>": "",
    "<table><caption>x<colgroup><col><thead><tr><th>a<tbody><tr><td>b<tfoot><tr><td>c</table>": "",
    "<select><optgroup><option>a<option>b<optgroup><option>c</select>": "",
    "<ruby>x<rt>a<rp>b</ruby>": "",
    "<dl><dt>a<dd>b<dt>c</dl>": "",
    "<div><p>x</div>": "",
    "<center><p>x</center>": "",
    "<li>a<li>b": "",
    "<p>x<div>y</div>": "",
    # void and self-closing
    "<br/><img/><hr>": "",
    "<video><source src=x><track></video>": "",
    "<div/>": "U div",
    "<my-el/>": "U my-el",
    "<svg/><svg><path/><circle r=1></circle></svg>": "",
    "<svg><title/><style/><path></svg>": "U path",
    "<svg><foreignObject><div/></foreignObject></svg>": "U div",
    "<math><mi>x</mi><mspace/></math>": "",
    "</br>": "S br",
    "<p><img></img></p>": "S img",
    # not closed
    "<div>a": "U div",
    "<div><section></div>": "U section",
    "<div><b>x</div>": "U b",
    "<p><span>x</p>": "U span",
    "<a href=1>x<a href=2>y</a>": "U a",
    "<a><p>x</a>": "U p",
    "<div><table><tr><td>x</div>": "U table",
    "<ul><li>a<ul><li>b</li></li></ul>": "U ul",
    "<DIV><P>x</DIV>": "",
    # closes nothing
    "<div></div></div>": "S div",
    "</p>": "S p",
    "<b>x</b></b>": "S b",
    '<p title="<b>">x</b></p>': "S b",
    "<div><table><tr><td></div></td></tr></table></div>": "S div",
    # misnested
    "<b><i></b></i>": "M i",
    "<b><p></b></p>": "M p",
    "<span><div></span></div>": "M div",
    "<div><section></div></section>": "M section",
    "<p><b>x</p><p>y</b></p>": "M b",
    "<div><p>text</div></p>": "M p",
    "<h1>a</h2>": "M h1",
    "<b><b><b>x</b></b></b>": "",
    # cannot stand there
    "<p><div>x</div></p>": "N div",
    "<p><b>x<div>y</div></b></p>": "N div",
    "<p><ul><li>a</li></ul></p>": "N ul",
    "<p>a<p>b</p></p>": "N p",
    "<p><hr></p>": "N hr",
    "<a href=1>x<a href=2>y</a></a>": "N a",
    "<a><div><a>x</a></div></a>": "N a",
    "<ul><li>a<li>b</li></li></ul>": "N li",
    "<table><div>x</div><tr><td>y</table>": "N div",
    "<tr><td>x</td></tr>": "N tr",
    "<table><div>x<table></table></div></table>": "N div;N table",
    "<table><table></table></table>": "N table",
    "<table><tr><td><table></table></td></tr></table>": "",
    "<td><blockquote></div></blockquote></td>": "N td;S div",
    "<noscript><ul></noscript></ul><li>a<li>b": "M ul",
    "<h1>a<h2>b</h2></h1>": "N h2",
    "<button><button>x</button></button>": "N button",
    "<form><form></form></form>": "N form",
    "<svg><div>x</div></svg>": "N div",
    # the complete document's
    "<!doctype html><html><head></head><body class=x><p>x</p></body></html>": "D !doctype;D html;D head;D body",
    "<p>x</p></body>": "D body",
    # swallows the page
    "<div><!-- x <p>": "W ",
    "<div><style>x": "W style",
    "<div><textarea>x</div>": "W textarea",
    "<div><iframe>x</div>": "W iframe",
    "<div><template><p>x</div>": "W template",
    "<plaintext>x</plaintext>": "W plaintext",
    '<p class="x': "W p",
    '<p><a href="x>y</a></p><p>': "W a",
    # text that only looks like tags
    "<style>a<b{}</style>": "",
    '<script>if(a<b)document.write("</p>")</script>': "",
    "<!-- <div> --><p title='</p>'>a < b</p>": "",
    "<my-el><p>x</p></my-el>": "",
    "<noscript><img></noscript>": "",
}


def told(html: str) -> str:
    short = {name: letter for letter, name in KINDS.items()}
    return ";".join(f"{short[p.kind.name]} {p.name}" for p in Structure(Body(html, 0)).problems)


@pytest.mark.parametrize("html", CASES, ids=str)
def test_each_defect_is_told_once_and_only_what_the_standard_forbids(html: str) -> None:
    assert told(html) == CASES[html]


MARKDOWN = {
    "See <https://a.cn/x> and <me@a.cn>.": "",
    r"Write \<div> here, a <b and c, 1 <2.": "",
    "Text <!-- never closed\n\n<p>next</p>": "",
    "```\n<div>\n```\nand `<div>`": "",
    "A List<String> vanishes.": "U string",
    "<div>\n<b and c\n</div>": "U div",
    "<div>\n\n*text*\n": "U div",
    "a <b>c\n\nd": "U b",
    "a <b\n\nid=x>c</b>": "S b",
    "a <b title='c\n- d'>e</b>": "S b",
    "a <b\fid=x>c</b>": "S b",
    "a <b\nid=x\ntitle='c\nd'>e</b>": "",
}


@pytest.mark.parametrize("text", MARKDOWN, ids=str)
def test_markdown_prose_has_only_the_tags_that_markdown_sees(text: str) -> None:
    post = Post(Source.from_text(text), PurePosixPath("post.md"))
    short = {name: letter for letter, name in KINDS.items()}
    found = ";".join(f"{short[p.kind.name]} {p.name}" for p in post.structure.problems)
    assert found.startswith(MARKDOWN[text])
    assert bool(found) == bool(MARKDOWN[text])


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a>",
        "</a>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<br>",
        "<br/>",
        "<hr>",
        "<img>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<svg>",
        "</svg>",
        "<path/>",
        "x",
        "<p/>",
        "<option>",
        "<span>",
        "</span>",
        "<P>",
        "<template>",
        "</template>",
        "<dd>",
        "<dl>",
        "</dl>",
        "<form>",
        "</form>",
        "<button>",
        "</button>",
        "<p\ttitle='a>",
        "'>\"",
        "=",
        "<a\thref=x'y>",
        '<a\tb="<p>">',
        '<a\t="x=">',
        "<b\tc=d/>",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_every_element_has_a_known_name_or_is_implied(pieces: list[str]) -> None:
    """So that the engine need not look in a tree for tags that no text has."""
    body = Body("".join(pieces), 0)
    names = Structure(body).names
    if names is not None:
        assert {one.tag for one in body.root.iter("*")} <= names | IMPLIED


@given(st.lists(PIECES, max_size=14))
def test_the_quick_look_agrees_with_the_exact_one(pieces: list[str]) -> None:
    html = "".join(pieces)
    structure = Structure(Body(html, 0))
    assert structure.problems == problems(structure.tokens)
    if structure.names is not None:
        assert structure.names >= {t.name for t in tokens(html) if t.kind is TokenKind.START}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/!-=\"' \n\tapbdivstyle&\0\ud800é", max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    for problem in Structure(Body(text, 0), without_text_tags).problems:
        assert 0 <= problem.span.start < problem.span.end <= len(text)


HOSTILE = {
    "nested": lambda n: "<div>" * n,
    "nested and closed": lambda n: "<div>" * n + "</div>" * n,
    "paragraphs in inline": lambda n: "<b><p>" * n,
    "crossing": lambda n: "<b><i>" * n + "</b>" * n + "</i>" * n,
    "stray": lambda n: "</div></b></p>" * n,
    "tags": lambda n: "<p>x</p>\n<br>" * n,
    "less-than": lambda n: "<" * 10 * n,
    "comments": lambda n: "<!--" * n,
    "attributes": lambda n: "<p " + "a=1 " * n + ">",
    "quotes": lambda n: "<a b='\"" * n,
    "blocked": lambda n: "<div><table><tr><td></div>" * n,
    "autolinks": lambda n: "<https://a.cn> " * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("markdown", [False, True], ids=["html", "markdown"])
def test_time_grows_with_the_length_only(kind: str, markdown: bool) -> None:
    def read(html: str) -> None:
        mask = without_text_tags if markdown else None
        assert Structure(Body(html, 0), mask).problems is not None

    growth.check(HOSTILE[kind], read, 8_000)


NAMES = [
    "div",
    "section",
    "p",
    "b",
    "i",
    "a",
    "span",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "h2",
    "h3",
    "button",
    "pre",
    "blockquote",
    "form",
    "dl",
    "dt",
    "dd",
    "object",
    "em",
]


def soup(rng: random.Random) -> str:
    out: list[str] = []
    opened: list[str] = []
    for _ in range(rng.randint(1, 9)):
        roll = rng.random()
        if roll < 0.5:
            opened.append(rng.choice(NAMES))
            out.append(f"<{opened[-1]}>")
        elif roll < 0.9 and opened:
            name = opened.pop()
            out.append(f"</{name if rng.random() < 0.85 else rng.choice(NAMES)}>")
        else:
            out.append(rng.choice(("<br>", "<hr>", f"</{rng.choice(NAMES)}>")))
        if rng.random() < 0.4:
            out.append("x")
    if rng.random() < 0.8:
        out += [f"</{name}>" for name in reversed(opened)]
    return "".join(out)


IN_LAYOUT = """
return data.map(html => {
  const page = new DOMParser().parseFromString(
    '<!DOCTYPE html><body><div id=outer><div id=main>' + html + '</div><div id=f>F</div></div>', 'text/html');
  const f = page.getElementById('f'), main = page.getElementById('main');
  return f.parentNode.id == 'outer' && f.innerHTML == 'F' && main.parentNode.id == 'outer'
    && f.parentNode.childNodes.length == 2;
});
"""


def test_what_has_no_error_leaves_the_layout_whole_in_a_browser(browser) -> None:
    rng = random.Random(20211202)
    posts = [soup(rng) for _ in range(3_000)]
    whole = browser(IN_LAYOUT, posts)
    broken = [
        html
        for html, ok in zip(posts, whole, strict=True)
        if not ok
        and not any(
            p.leaks or p.kind.name in ("UNCLOSED", "SWALLOWS")
            for p in Structure(Body(html, 0)).problems
        )
    ]
    assert sum(whole) > 500 and len(posts) - sum(whole) > 200
    assert not broken, broken[:5]
