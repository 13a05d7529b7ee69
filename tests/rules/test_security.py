"""The SEC rules against what a browser runs, disguises included."""

from __future__ import annotations

import importlib
from pathlib import PurePosixPath

import growth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import Post
from newslint.core.source import Source
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.examples import fix_example, run_example
from newslint.linter.fixer import fix
from newslint.linter.rule import Bad
from newslint.linter.ruleset import RuleSet


def findings(code: str, text: str, path: str = "post.html", **options: object) -> list[str]:
    rule = registry.rules()[code]
    found = run_example(rule, Bad(text, path=path, options=options), text)
    assert all(finding.code == code for finding in found), found
    return [text[finding.span.start : finding.span.end] for finding in found]


RUNS = [
    # the scheme, plain and in other letters
    '<a href="javascript:x()">a</a>',
    '<a href="JAVASCRIPT:x()">a</a>',
    '<a href="jAvAsCrIpT:x()">a</a>',
    "<a href=javascript:x()>a</a>",
    "<a href='javascript:x()'>a</a>",
    "<A HREF=javascript:x()>a</A>",
    '<a href = "javascript:x()">a</a>',
    '<a/href="javascript:x()">a</a>',
    '<a title="a>b" href="javascript:x()">a</a>',
    '<a href="javascript:x()" href="/safe">a</a>',
    '<a href="vbscript:x()">a</a>',
    '<a href="VBScript:x()">a</a>',
    # spaces and control characters before it
    '<a href=" javascript:x()">a</a>',
    '<a href="\t\n  javascript:x()">a</a>',
    '<a href="\x01javascript:x()">a</a>',
    '<a href="\x1f \x08javascript:x()">a</a>',
    '<a href="&#1;javascript:x()">a</a>',
    '<a href=" &#14;  javascript:x()">a</a>',
    '<a href="&#x20;&#32;javascript:x()">a</a>',
    # tabs and line ends inside
    '<a href="jav\tascript:x()">a</a>',
    '<a href="java\nscript:x()">a</a>',
    '<a href="java\r\nscript:x()">a</a>',
    '<a href="javascript\n:x()">a</a>',
    '<a href="j\ta\nv\ta\ns\tc\nr\ti\np\tt:x()">a</a>',
    '<a href="jav&#x09;ascript:x()">a</a>',
    '<a href="jav&#x0A;ascript:x()">a</a>',
    '<a href="jav&#x0D;ascript:x()">a</a>',
    '<a href="jav&#9ascript:x()">a</a>'.replace("&#9a", "&#9;a"),
    '<a href="java&Tab;script:x()">a</a>',
    '<a href="java&NewLine;script:x()">a</a>',
    # character references
    '<a href="javascript&colon;x()">a</a>',
    '<a href="javascript&#58;x()">a</a>',
    '<a href="javascript&#58x()">a</a>',
    '<a href="javascript&#x3a;x()">a</a>',
    '<a href="javascript&#x3A x()">a</a>',
    '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;x()">a</a>',
    '<a href="&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099&#0000114&#0000105&#0000112&#0000116&#0000058x()">a</a>',
    '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x78()">a</a>',
    '<a href="&#X6A;avascript:x()">a</a>',
    '<a href="&#106avascript:x()">a</a>',
    '<a href="j&#00000000000000097;vascript:x()">a</a>',
    '<a href="javascript:&#47;&#47;x">a</a>',
    # pages in a data: address
    '<a href="data:text/html,<script>x()</script>">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>',
    '<a href="DATA:TEXT/HTML;charset=utf-8,x">a</a>',
    '<a href="da\nta:text/html,x">a</a>',
    '<a href="data: text/html ;charset=x,x">a</a>',
    '<a href="data&colon;text/html&comma;x">a</a>',
    '<a href="data:application/xhtml+xml,x">a</a>',
    '<iframe src="data:text/html,x"></iframe>',
    '<iframe src="data:image/svg+xml,<svg/>"></iframe>',
    '<object data="data:image/svg+xml;base64,eA=="></object>',
    '<embed src="data:text/html,x">',
    # other attributes and elements
    '<iframe src="javascript:x()"></iframe>',
    '<IFRAME SRC="java&#10;script:x()"></IFRAME>',
    '<form action="javascript:x()"></form>',
    '<button formaction="javascript:x()">a</button>',
    '<input type="submit" formaction=" javascript:x()">',
    '<area href="javascript:x()">',
    '<object data="javascript:x()"></object>',
    '<embed src="javascript:x()">',
    '<img src="javascript:x()">',
    '<body background="javascript:x()">',
    '<svg><a xlink:href="javascript:x()"><text>a</text></a></svg>',
    '<svg><a><set attributeName="href" to="javascript:x()"/></a></svg>',
    '<svg><a><animate attributeName="xlink:href" values="/;\tjava&#9;script:x();/"/></a></svg>',
    "<svg><a><animate attributeName=href from=javascript:x() to=1 /></a></svg>",
    '<math href="javascript:x()">a</math>',
]

HARMLESS = [
    '<a href="https://a.cn/javascript:x()">a</a>',
    '<a href="/javascript:x()">a</a>',
    '<a href="#javascript:x()">a</a>',
    '<a href="?u=javascript:x()">a</a>',
    '<a href="./javascript:x()">a</a>',
    '<a href="java script:x()">a</a>',
    '<a href="java&nbsp;script:x()">a</a>',
    '<a href="&nbsp;javascript:x()">a</a>',
    '<a href="　javascript:x()">a</a>',
    '<a href="javascript">a</a>',
    '<a href="javascript&semi;x()">a</a>',
    '<a href="javascript.html:x">a</a>',
    '<a href="xjavascript:x()">a</a>',
    '<a href="java\x01script:x()">a</a>',
    '<a href="java&#1;script:x()">a</a>',
    '<a href="&#0;javascript:x()">a</a>',
    '<a href="java&#0;script:x()">a</a>',
    '<a href="javascript%3Ax()">a</a>',
    '<a href="%6Aavascript:x()">a</a>',
    '<a href="javascript\\:x()">a</a>',
    '<a href="\\javascript:x()">a</a>',
    '<a href="java&tab;script:x()">a</a>',
    '<a href="javascript&colonx()">a</a>',
    '<a href="&amp;#106;avascript:x()">a</a>',
    '<a href="ｊavascript:x()">a</a>',
    '<a href="javascrıpt:x()">a</a>',
    '<a href="java\\u0073cript:x()">a</a>',
    '<a href="data:text/plain,x">a</a>',
    '<a href="data:,x">a</a>',
    '<a href="data:text/html">a</a>',
    '<a href="data:text%2Fhtml,x">a</a>',
    '<a href="data:;text/html,x">a</a>',
    '<a href="mailto:javascript@a.cn">a</a>',
    '<a href="">a</a>',
    "<a href>a</a>",
    '<a data-href="javascript:x()" title="javascript:x()">a</a>',
    '<img src="data:image/png;base64,eA==" alt="">',
    '<img src="data:image/svg+xml,<svg/>" alt="">',
    "<p>javascript:x()</p>",
    '<!-- <a href="javascript:x()">a</a> -->',
    '<textarea><a href="javascript:x()">a</a></textarea>',
    "<p title='<a href=\"javascript:x()\">'>a</p>",
]


@pytest.mark.parametrize("html", RUNS, ids=ascii)
def test_an_address_that_runs_script_is_found_however_disguised(html: str) -> None:
    found = findings("SEC003", html)
    assert len(found) == 1
    assert found[0].startswith("<")


@pytest.mark.parametrize("html", HARMLESS, ids=ascii)
def test_an_address_that_a_browser_runs_not_is_left_alone(html: str) -> None:
    assert findings("SEC003", html) == []


@pytest.mark.parametrize("html", RUNS, ids=ascii)
def test_the_fix_leaves_no_address_that_runs_script(html: str) -> None:
    fixed = fix_example(registry.rules()["SEC003"], Bad(html), html)
    assert findings("SEC003", fixed) == []


ADDRESSES = """
const names = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'background'];
const animated = ['from', 'to', 'by', 'values'];
return Promise.all(data.map(async html => {
  const page = new DOMParser().parseFromString('<!DOCTYPE html>' + html, 'text/html');
  for (const element of page.querySelectorAll('*')) {
    const values = [];
    for (const name of names)
      if (element.hasAttribute(name)) values.push(element.getAttribute(name));
    if (/^(set|animate)/.test(element.localName))
      for (const name of animated)
        values.push(...(element.getAttribute(name) || '').split(';'));
    for (const value of values) {
      let address;
      try { address = new URL(value, 'https://site.example/a/'); } catch { continue; }
      if (/^(java|vb)script:$/.test(address.protocol)) return true;
      if (address.protocol != 'data:') continue;
      try {
        const type = (await fetch(address)).headers.get('content-type').toLowerCase();
        const frame = /^(iframe|object|embed)$/.test(element.localName);
        if (/^(text\\/html|application\\/xhtml\\+xml)/.test(type)) return true;
        if (frame && type.startsWith('image/svg+xml')) return true;
      } catch { }
    }
  }
  return false;
}));
"""


def test_a_browser_reads_the_same_addresses_as_script(browser) -> None:
    cases = RUNS + HARMLESS
    runs = browser(ADDRESSES, cases)
    wrong = [html for html, ran in zip(cases, runs, strict=True) if ran != (html in RUNS)]
    assert not wrong


HANDLERS = """
const names = new Set();
const all = [HTMLElement, SVGElement, MathMLElement, Document, Window, HTMLBodyElement, HTMLMediaElement,
             HTMLVideoElement, HTMLFrameSetElement, Element, SVGAnimationElement, HTMLMarqueeElement];
for (const kind of all)
  for (const name of Object.getOwnPropertyNames(kind.prototype)) if (/^on/.test(name)) names.add(name);
for (const name in window) if (/^on/.test(name)) names.add(name);
return [...names];
"""


def test_every_event_handler_of_a_browser_is_known(browser) -> None:
    names = browser(HANDLERS, None)
    assert len(names) > 90
    assert [name for name in names if not findings("SEC002", f"<p {name}=x()>a</p>")] == []


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='x()'>a</p>",
        "<p ONCLICK=x()>a</p>",
        "<p\nonclick\n=\nx()>a</p>",
        '<p class="a"onclick="x()">a</p>',
        "<img/src='x'/onerror=x()>",
        "<svg/onload=x()></svg>",
        "<p title='>' onclick=x()>a</p>",
        "<svg><set onbegin=x() /></svg>",
        "<body onload=x()>",
        "<p onpointerrawupdate=x()>a</p>",
        "<iframe srcdoc='&lt;p onclick=x()&gt;'></iframe>",
    ],
)
def test_an_event_handler_is_found_in_any_form_and_removed(html: str) -> None:
    assert len(findings("SEC002", html)) == 1
    if "srcdoc" not in html:
        fixed = fix_example(registry.rules()["SEC002"], Bad(html), html)
        assert findings("SEC002", fixed) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p on=x one=1 once only online>a</p>",
        "<p data-onclick=x title=' onclick=x'>a</p>",
        "<p>a onclick=x()</p>",
        "<!-- <p onclick=x()> --><style>p[onclick=x]&#123;&#125;</style>",
    ],
)
def test_what_is_no_event_handler_is_left_alone(html: str) -> None:
    assert findings("SEC002", html) == []


SCRIPTS = {
    "<script>x()</script>": 1,
    "<script type='text/javascript'>x()</script>": 1,
    "<script type=' TEXT/JavaScript '>x()</script>": 1,
    "<script type=''>x()</script>": 1,
    "<script type=module>x()</script>": 1,
    "<script type=importmap>{}</script>": 1,
    "<script language=JavaScript>x()</script>": 1,
    "<script/src=//a.cn/x.js></script>": 1,
    "<script\n>x()</script\n>": 1,
    "<svg><script>x()</script></svg>": 1,
    "<svg><script href=x.js /></svg>": 1,
    "<noscript><script>x()</script></noscript>": 1,
    "<template><script>x()</script></template>": 1,
    "<iframe srcdoc='<script>x()</script>'></iframe>": 1,
    "<iframe srcdoc=\"<iframe srcdoc='&amp;lt;script&amp;gt;'>\"></iframe>": 1,
    "<script type='application/ld+json'>{}</script>": 0,
    "<script type='application/json'>{}</script>": 0,
    "<script type='text/template'><p></p></script>": 0,
    "<script type=' '>x()</script>": 0,
    "<script language=vbscript>x()</script>": 0,
    "<!-- <script>x()</script> -->": 0,
    "<textarea><script>x()</script></textarea>": 0,
    "<p title='<script>'>a</p>": 0,
    "&lt;script&gt;x()": 0,
}


@pytest.mark.parametrize("html", SCRIPTS, ids=ascii)
def test_scripts_that_run_are_found_and_data_is_left_alone(html: str) -> None:
    assert len(findings("SEC001", html)) == SCRIPTS[html]


def test_a_script_deeper_than_the_tree_goes_is_found() -> None:
    html = "<div>" * 3_000 + "<script>x()</script><p onclick=x()><a href=javascript:x()>a</a>"
    for code in ("SEC001", "SEC002", "SEC003"):
        assert len(findings(code, html)) == 1


def test_the_fixes_of_all_rules_of_the_family_work_together() -> None:
    text = (
        '<base href="/"><p onclick="x()" title=a onload=y()><a class="a" href="javascript:x()" '
        'onclick="z()" target="_blank">a</a><script>x()</script></p>\n'
    )
    rules = RuleSet(rule() for code, rule in registry.rules().items() if code.startswith("SEC00"))

    def run(text: str) -> Post:
        return Post(Source.from_text(text), PurePosixPath("post.html"))

    fixed = fix(text, run, lambda post: lint(post, rules), unsafe=True)
    assert fixed.text == '<p title=a><a class="a" target="_blank" rel="noopener">a</a></p>\n'


HOSTS = {
    "https://www.youtube.com/embed/1": 0,
    "https://WWW.YouTube.com./embed/1": 0,
    "//player.bilibili.com/x": 0,
    "/chart.html": 0,
    "about:blank": 0,
    "": 0,
    "https://notyoutube.com/": 1,
    "https://youtube.com.evil.cn/": 1,
    "https://youtube.com@evil.cn/": 1,
    "\\\\evil.cn/x": 1,
    "https:\\\\evil.cn\\x": 1,
    "  htt\tps://evil.cn/": 1,
    "https://[::1/": 1,
}


@pytest.mark.parametrize("address", HOSTS, ids=ascii)
@pytest.mark.parametrize("tag", ["iframe src", "embed src", "object data"])
def test_only_listed_hosts_may_be_embedded(address: str, tag: str) -> None:
    html = f'<{tag}="{address}">'
    assert len(findings("SEC004", html)) == HOSTS[address]


def test_the_list_of_hosts_is_an_option() -> None:
    html = '<iframe src="https://a.example.cn/x"></iframe>'
    assert findings("SEC004", html, hosts=["example.cn"]) == []
    assert len(findings("SEC004", html, hosts=["ple.cn"])) == 1


OPENERS = {
    '<a href="x" target=_blank>': '<a href="x" target=_blank rel="noopener">',
    '<a href="x" target=_blank rel=me>': '<a href="x" target=_blank rel="me noopener">',
    "<a target='_blank' href=x rel='a  b '>": "<a target='_blank' href=x rel='a  b noopener'>",
    '<AREA HREF="x" TARGET="_Blank">': '<AREA HREF="x" TARGET="_Blank" rel="noopener">',
    '<form action="x" target="new">': '<form action="x" target="new" rel="noopener">',
    '<a href="x" target="_blank"/>': '<a href="x" target="_blank" rel="noopener"/>',
    '<a href="x" target="_blank" rel="NOOPENER">': None,
    '<a href="x" target="_blank" rel="external noreferrer">': None,
    '<a href="x" target="_top">': None,
    '<a href="x" target="">': None,
}


@pytest.mark.parametrize("html", OPENERS, ids=ascii)
def test_a_new_window_gets_no_opener(html: str) -> None:
    assert len(findings("SEC006", html)) == (OPENERS[html] is not None)
    fixed = fix_example(registry.rules()["SEC006"], Bad(html), html)
    assert fixed == (OPENERS[html] or html)


CODES = [f"SEC00{number}" for number in range(1, 8)]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/=\"' &#;:x\t\njavscriptonclkhef\0\ud800é", max_size=80))
def test_nothing_breaks_the_rules(text: str) -> None:
    for code in CODES:
        findings(code, text)


HOSTILE = {
    "attributes": lambda n: "<p " + "onclick=a " * n + ">",
    "values": lambda n: '<a href="' + "&#9;" * n + 'javascript:x()">',
    "digits": lambda n: '<a href="&#' + "0" * n + '106;avascript:x()">',
    "tags": lambda n: "<a href=javascript:x()>" * n,
    "frames": lambda n: "<iframe srcdoc='<p onclick=x>'>" * n,
    "blanks": lambda n: "<p " + " " * n + "onclick=x>",
    "almost": lambda n: "<p title='" + " onclic" * n + "'>",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("code", ["SEC001", "SEC002", "SEC003"])
def test_time_grows_with_the_length_only(kind: str, code: str) -> None:
    growth.check(HOSTILE[kind], lambda text: findings(code, text), 4_000)


def test_the_decoder_agrees_with_the_standard_on_odd_references() -> None:
    decode = importlib.import_module("newslint_rules.security._tags").decode
    assert decode("a&#0;b&#x110000;c&#xD800;d&#x80;e&#9;f") == "a\ufffdb\ufffdc\ufffdd\u20ace\tf"
    assert decode("&amp;#58; &ampx &colon &colon;") == "&#58; &ampx &colon :"


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("javascript:;", "warning"),
        ("JavaScript:void(0);", "warning"),
        ("javascript: void 0", "warning"),
        ("javascript:void(go())", "error"),
        ("javascript:void(0);go()", "error"),
        ("javascript://%0ago()", "error"),
        ("javascript:&#103;o()", "error"),
    ],
)
def test_a_link_whose_script_does_nothing_is_a_warning(address: str, severity: str) -> None:
    text = f'<a href="{address}">a</a>'
    rule = registry.rules()["SEC003"]
    (found,) = run_example(rule, Bad(text, path="post.html"), text)
    assert found.severity.value == severity
