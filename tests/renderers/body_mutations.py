"""Changes of the body and of the bytes, drawn at random: templates, HTML, CSS, white space."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .drafts import Draft, Meant

_TEMPLATES = (
    "{{ hello }}", "{{hello}}", "{% foo %}", "{% if %}", "{# x #}", "{{< foo >}}", "{{% foo %}}", "{{</* foo */>}}",
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ a", "a }}", "{% a", "a %}", "{# a", "a #}", "{{}}", "{{ }}", "{%%}", "{% %}",
    "{##}", "{{ 7*7 }}", "{{ 'a' }}", "{{ \"a\" }}", "{{ a | b }}", "{{ a | upcase }}", "{{ a.b.c }}", "{{ a[0] }}",
    "{{ a() }}", "{{ 央行 }}", "{{ 央行 宣布 }}", "{{ a b }}", "{{ a, b }}", "{{ a: 1 }}", "{{ {a: 1} }}", "{{ [1, 2] }}",
    "{% raw %}{{ x }}{% endraw %}", "{% raw %}", "{% endraw %}", "{% comment %}a{% endcomment %}", "{% if a %}b{% endif %}",
    "{% if a %}b", "{% endif %}", "{% for a in b %}c{% endfor %}", "{% assign a = 1 %}", "{% set a = 1 %}",
    "{% include a.html %}", "{% include 'a' %}", "{% link a %}", "{% post_url 2021-01-01-a %}", "{% asset_img a.jpg %}",
    "{% highlight js %}a{% endhighlight %}", "{% codeblock %}a{% endcodeblock %}", "{% blockquote %}a{% endblockquote %}",
    "{% youtube a %}", "{%- a -%}", "{{- a -}}", "{%- raw -%}{{ x }}{%- endraw -%}", "{{ range.constructor('x')() }}",
    "{{ site.title }}", "{{ page.title }}", "{{ content }}", "{ { a } }", "{ {", "{a}", "{{{a}}}", "{{{{ a }}}}", "{{a}", "{a}}",
    "{%a%}", "{% a }", "{ % a %}", "{{ a }", "{{ '}}' }}", "{{ \"{% a %}\" }}", "{% a '%}' %}", "{# {{ a }} #}",
    "{{< a", "{{<", "{{%", ">}}", "%}}", "{{< /a >}}", "{{</a>}}", "{{< ref \"a\" >}}", "{{< figure src=\"a.jpg\" >}}", "{{< 央 >}}",
    "{{<a>}}b{{</a>}}", "{{% %}}", "{{< >}}", "{{< a /* >}}", "{{</* a >}}", "{{< gist a b >}}", "{{< highlight go >}}a{{< /highlight >}}",
    "&#123;&#123; a &#125;&#125;", "&lbrace;% a %&rbrace;", "\\{{ a }}", "\\{\\{ a \\}\\}", "\\{% a %\\}", "{\\% a %}", "{{ a\nb }}",
    "{%\nfoo\n%}", "{#\na\n#}", "{{ a }} b {{ c }}", "{{ 'a' | append: 'b' }}", "{{ a | date: '%Y' }}", "{{ true }}", "{{ 1 }}",
    "{{ nil }}", "{{ blank }}", "{% break %}", "{% cycle 'a', 'b' %}", "{% case a %}{% when 1 %}{% endcase %}", "{% echo a %}",
    "{% liquid a %}", "{% render 'a' %}", "{% layout 'a' %}", "{% block a %}{% endblock %}", "{% macro a() %}{% endmacro %}",
    "{% extends 'a' %}", "{% import 'a' as b %}", "{% filter upper %}a{% endfilter %}", "{% call a() %}{% endcall %}",
    "{% tablerow a in b %}{% endtablerow %}", "{% increment a %}", "{% # a %}", "{% post_link a %}", "{% img a.jpg %}", "{% link %}",
    "{% pullquote %}a{% endpullquote %}", "{% iframe a %}", "{% gist a %}", "{% code %}a{% endcode %}", "{% quote %}a{% endquote %}",
)  # fmt: skip
_PLACES = (
    "<p>{0}</p>", "<p>a {0} b</p>", "{0}", "<pre><code>{0}</code></pre>", "<code>{0}</code>", "<!-- {0} -->",
    '<img alt="{0}" src="https://img.example.net/9.jpg">', "<a href='https://example.org/{0}'>a</a>",
    "<style>.a {0}</style>", "<script>var a = '{0}';</script>", "<textarea>{0}</textarea>", "\n```\n{0}\n```\n", "`{0}`",
    "<pre>{0}</pre>", "<p {0}>a</p>", "\n    {0}\n", "<td>{0}</td>", "``{0}``", "\n~~~ js\n{0}\n~~~\n", "<svg><text>{0}</text></svg>",
    "<p title={0}>a</p>", "<p>`{0}` a</p>", "<div>\n\n{0}\n\n</div>", "\\{0}",
)  # fmt: skip
_STYLES = (
    "a{{color:red}}", "@media print{{#a{{top:0}}}}", "@media print{{{{#a{{top:0}}}}}}", "@media x{{.a{{b:c}}}}", ".a{{b:c}}.d{{e:f}}}}",
    "@keyframes x{{0%{{top:0}}100%{{top:1px}}}}", "@media(a){{%b{{c:d}}}}", ".a{{#b{{c:d}}#}}", ".a &#123; b: c &#125;", "@font-face{{src:url(a)}}",
    ".a{{{{b:c}}}}", "/* {{{{ */", "/* {{% */ a{{b:c}}", "a:after{{content:'}}}}'}}", ":root{{--a:{{}}}}",
)  # fmt: skip
_HTML = (
    "</div>", "</p>", "</b>", "</span>", "</br>", "</li>", "</body>", "</html>", "</table>", "</td>", "</a>", "</h2>", "</x>",
    "</img>", "</ul>", "</section>", "</main>", "<div>", "<p>", "<b>", "<i>", "<span>", "<a href='x'>", "<li>", "<td>", "<table>", "<ul>",
    "<tr>", "<h2>", "<section>", "<main>", "<blockquote>", "<em>", "<font color=red>", "<center>", "<nobr>", "<details>", "<form>",
    "<button>", "<select>", "<select><option>a", "<option>", "<textarea>", "<title>", "<title>a</title>", "<style>", "<script>",
    "<style>.a { }", "<script>a", "<!--", "<!-- a", "<!-->", "<!--->", "<!-- a -- b -->", "<!-- a --!> b", "<!- a ->", "<! a >", "<!DOCTYPE html>",
    "<!>", "<?php a ?>", "<?xml version='1.0'?>", "<![CDATA[ a ]]>", "<![if !IE]>a<![endif]>", "<!--[if IE]>a<![endif]-->", "<html lang=en>",
    "<head>", "<head></head>", "<body class='x'>", "<body>", "<html><head><title>a</title></head><body>", "</head>", "<base href='x'>",
    "<link rel=x href=y>", "<meta name=a content=b>", "<iframe src='https://example.org/'>", "<iframe src='https://example.org/'></iframe>",
    "<noscript>", "<noscript><img src='https://img.example.net/a.jpg'></noscript>", "<noframes>", "<noembed>", "<plaintext>", "<xmp>", "<xmp><b></xmp>",
    "<listing>", "<template>", "<template><p>a</p></template>", "<svg>", "<svg><path d='M0'/></svg>", "<svg><p>a</p></svg>", "<math>", "<math><mi>x</mi></math>",
    "<frameset>", "<frame>", "<image src='x'>", "<keygen>", "<wbr>", "<br />", "<hr/>", "<div/>", "<p/>", "<span/>", "<b/>", "<a/>", "<p", "<p class='a",
    "<p class=\"a>b</p>", "<a href=\"x", "< p>a</p>", "<p >a</p >", "<P>a</P>", "<1>", "<->", "<>", "</>", "</ p>", "<p<b>", "<p class=a class=b>c</p>",
    "<p =a>b</p>", "<p a='b'c='d'>e</p>", "<p a=`b`>c</p>", "a < b", "a > b", "a & b", "&", "&amp", "&copy", "&notit;", "&#0;", "&#x110000;", "&#128;",
    "&nbsp;", "&lt;div&gt;", "<b><i>a</b></i>", "<b>a<p>b</b>c</p>", "<p>a<div>b</div></p>", "<a href=x>a<a href=y>b</a></a>", "<table>a<tr><td>b</table>",
    "<table><div>a</div></table>", "<ul><p>a</p></ul>", "<h2>a<h3>b</h3></h2>", "<p>a<ul><li>b</ul>", "<li>a<li>b", "<dl><dt>a<dd>b</dl>", "<ruby>a<rt>b</ruby>",
    "<img src='https://img.example.net/a.jpg'", "<img src=https://img.example.net/a.jpg>", "<img src='https://img.example.net/a.jpg' alt='a > b'>", "<x-y>a</x-y>", "<o:p></o:p>",
    "<o:p>a", "<video>", "<object>", "<object data=x></object>", "<marquee>", "<applet>", "<div a='>'>b</div>", "<div a=\"\n\nb\">c</div>", "<div\n\nclass=a>b</div>", "<p>a\n\nb</p>",
    "<b>\n\na</b>", "<span>\n\n</span>", "<pre>\n\na\n\n\n    b</pre>", "<pre>a\n\n<b>c</b></pre>", "<script>\n\nvar a;\n</script>", "<style>\n\n.a { }\n\n</style>", "<!-- a\n\nb -->", "<!-- more -->", "<!--more-->",
    "<p>责任编辑：a</p>", "<nav>", "<footer>a</footer>", "<header>", "<article>", "<aside>", "<figure>", "<input>", "<label>", "<fieldset>", "<address>", "<embed src=x>",
)  # fmt: skip
_MARKDOWN = (
    "*a*", "_a_", "**a**", "__a__", "* a", "- a", "+ a", "1. a", "# a", "## a", "> a", "`a`", "``a", "```", "```\na\n```", "~~~\na\n~~~", "---", "***", "===", "a\n===",
    "a\n---", "[a](b)", "[a][b]", "[a]: b", "[a]", "![a](b)", "![a](https://img.example.net/a.jpg)", "https://example.org/", "www.example.org", "a@example.org", "<https://example.org>",
    "<a@example.org>", "a  \nb", "a\\\nb", "\\*a\\*", "| a | b |\n|---|---|\n| c | d |", "~~a~~", "a[^1]", "[^1]: a", ":smile:", "\"a\" -- 'b'...", "a---b", "(c) (tm)", "&copy;",
    "$a$", "$$a$$", "{: .a}", "{:.a}", "* TOC\n{:toc}", "<p>a *b* c</p>", "*[a]: b", "a\n: b", "- [ ] a", "==a==", "^a^", "H~2~O", "    a", "\ta", "   a", "1) a", "a * b * c", "a_b_c", "2 * 3", "　　a", "a\n\n\nb",
    "<div markdown=1>\n*a*\n</div>", "{::nomarkdown}a{:/}", "{::comment}a{:/comment}", "a {% b", "+++", "...", "text", "<b>a</b> b", "<span>a</span>\nb", "a<br>b", "<!-- a --> b", "<p>a</p> b", "<div>a</div> *b*",
)  # fmt: skip
_IMAGE = "https://img.example.net/lost.jpg"
_LOSSES = (
    *(
        Meant(f"<p>Before {tag} after</p>", f"Before {tag} after")
        for tag in ("<Enter>", "List<String>", "<foo></foo>", "<your name>", "vector<int> and map<int>")
    ),
    *(
        Meant(f"<pre><code>x {code} y</code></pre>", f"x {code} y")
        for code in ("<template>a</template>", "<script>go()</script>", "i<num; i++", "<dependency>a</dependency>")
    ),
    *(
        Meant(f"<p><img {attributes} alt='lost'></p>", image=_IMAGE)
        for attributes in (f"src='' data-src='{_IMAGE}'", f"data-original='{_IMAGE}'", f"src='https://img.example.net/undefined' data-src='{_IMAGE}'")
    ),
)  # fmt: skip
"""What the generators leave as it is, and browsers do not show."""
_SPACES = (" ", "    ", "\t", "  ", "\n", "\n\n", "\n    ", "\n\n    ", "\n\t", "\r", "\r\n", "\x0b", "\x0c", "\xa0", "　", "\u2028", "\u200b", "\ufeff", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\ufffd", "\ufffe")  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")
_MARKS = "<>/&\"'={}%#!-[]();:*_`~|\\+.@$^ \n\t"


def mutate(random: Random, draft: Draft) -> str:
    """Change the body once; what was done, in a few words."""
    kinds = (_template, _template, _template, _html, _html, _html, _style, _markdown, _markdown, _space, _space, _tag, _tag, _piece, _character, _character)  # fmt: skip
    return random.choice(kinds)(random, draft)


def lose(random: Random, draft: Draft) -> str:
    """Begin the body with a text or an image that browsers do not show."""
    meant = random.choice(_LOSSES)
    draft.meant += (meant,)
    draft.body = f"\n{meant.piece}\n\n{draft.body}"
    return f"loss {meant.piece!r}"


def encode(random: Random, draft: Draft) -> str:
    """Change the bytes of the file."""
    label, change = random.choice(_ENCODINGS)
    draft.encodings.append(change)
    return f"bytes: {label}"


def _spot(random: Random, draft: Draft) -> int:
    """A place in the body: mostly between lines or tags, else anywhere."""
    if random.random() < 0.75:
        places = [m.end() for m in re.finditer(r"\n|>", draft.body)]
        if places:
            return random.choice(places)
    return random.randint(0, len(draft.body))


def _insert(random: Random, draft: Draft, piece: str) -> None:
    at = _spot(random, draft)
    glue = random.choice(("", "", "\n", "\n\n"))
    draft.body = draft.body[:at] + glue + piece + glue + draft.body[at:]


def _template(random: Random, draft: Draft) -> str:
    piece = random.choice(_TEMPLATES) if random.random() < 0.75 else _composed(random)
    place = random.choice(_PLACES) if random.random() < 0.6 else "{0}"
    _insert(random, draft, place.replace("{0}", piece))
    return f"template {piece!r} in {place!r}"


def _composed(random: Random) -> str:
    marks = ("{{", "}}", "{%", "%}", "{#", "#}", "-", "|", "'", '"', "raw", "endraw", "if", "endif", "a", ".", "(", ")", "[", "]", "<", ">", "/", "*", ":", ",", "=", "!", "1", "\n", "`", "\\")  # fmt: skip
    return random.choice((" ", "")).join(random.choices(marks, k=random.randint(2, 7)))


def _style(random: Random, draft: Draft) -> str:
    rule = random.choice(_STYLES).format()
    _insert(random, draft, f"<style>{rule}</style>")
    return f"style {rule!r}"


def _html(random: Random, draft: Draft) -> str:
    piece = random.choice(_HTML)
    _insert(random, draft, piece)
    return f"html {piece!r}"


def _markdown(random: Random, draft: Draft) -> str:
    piece = random.choice(_MARKDOWN)
    _insert(random, draft, piece)
    return f"markdown {piece!r}"


def _space(random: Random, draft: Draft) -> str:
    piece = random.choice(_SPACES) * random.choice((1, 1, 1, 2, 5))
    kind = random.choice(("insert", "indent", "indent", "blank lines", "join", "line ends"))
    if kind == "insert":
        at = _spot(random, draft)
        draft.body = draft.body[:at] + piece + draft.body[at:]
    elif kind == "indent":
        prefix = random.choice(("    ", "\t", "  ", "        ", "　　"))
        lines = draft.body.split("\n")
        at = random.randrange(len(lines))
        upto = at + random.randint(1, 4)
        before = [""] if random.random() < 0.6 else []
        draft.body = "\n".join(
            [*lines[:at], *before, *(prefix + line for line in lines[at:upto]), *lines[upto:]]
        )
        return f"indent {prefix!r}"
    elif kind == "blank lines":
        draft.body = draft.body.replace("\n", "\n\n", random.randint(1, 5))
    elif kind == "join":
        draft.body = draft.body.replace("\n", " ")
    else:
        draft.line_end = random.choice(("\r\n", "\r"))
        return f"line ends {draft.line_end!r}"
    return f"space: {kind} {piece!r}" if kind == "insert" else f"space: {kind}"


def _tag(random: Random, draft: Draft) -> str:
    """Delete, double or move one tag."""
    tags = list(_TAG.finditer(draft.body))
    if not tags:
        return "nothing"
    tag = random.choice(tags)
    kind = random.choice(("delete", "delete", "double", "move"))
    body = draft.body
    if kind == "double":
        draft.body = body[: tag.end()] + tag[0] + body[tag.end() :]
        return f"tag doubled: {tag[0][:20]!r}"
    draft.body = body[: tag.start()] + body[tag.end() :]
    if kind == "move":
        at = _spot(random, draft)
        draft.body = draft.body[:at] + tag[0] + draft.body[at:]
    return f"tag {kind}: {tag[0][:20]!r}"


def _piece(random: Random, draft: Draft) -> str:
    """Delete, double or move a stretch of text."""
    start = random.randint(0, len(draft.body))
    end = min(len(draft.body), start + random.randint(1, 40))
    piece, rest = draft.body[start:end], draft.body[:start] + draft.body[end:]
    kind = random.choice(("delete", "double", "move", "cut off"))
    if kind == "cut off":
        draft.body = draft.body[:start]
    elif kind == "double":
        draft.body = draft.body[:end] + piece + draft.body[end:]
    else:
        at = random.randint(0, len(rest))
        draft.body = rest if kind == "delete" else rest[:at] + piece + rest[at:]
    return f"piece: {kind}"


def _character(random: Random, draft: Draft) -> str:
    if not draft.body:
        return "nothing"
    marked = [at for at, mark in enumerate(draft.body) if mark in _MARKS]
    at = (
        random.choice(marked)
        if marked and random.random() < 0.6
        else random.randrange(len(draft.body))
    )
    if random.random() < 0.5:
        draft.body = draft.body[:at] + draft.body[at + 1 :]
        return "body character gone"
    mark = random.choice(_MARKS)
    draft.body = draft.body[:at] + mark + draft.body[at:]
    return f"body character {mark!r}"


def _as(name: str) -> Callable[[bytes], bytes]:
    return lambda content: content.decode("utf-8", "ignore").encode(name, "replace")


def _inside(extra: bytes, part: float) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        at = int(len(content) * part)
        return content[:at] + extra + content[at:]

    return change


_ENCODINGS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    *(
        (name, _as(name))
        for name in ("gb18030", "big5", "shift_jis", "cp1252", "latin-1", "utf-16", "utf-16-le")
    ),
    ("byte order mark", lambda content: b"\xef\xbb\xbf" + content),
    ("cut in a character", lambda content: content[:-3] + "央".encode()[:2]),
    *(
        (f"{extra!r} at {part}", _inside(extra, part))
        for extra in (
            b"\xff",
            b"\xc0\x80",
            b"\xed\xa0\x80",
            b"\x80",
            b"\x93a\x94",
            b"\x00",
            b"\xe9t\xe9",
        )
        for part in (0.05, 0.5, 0.95)
    ),
)
