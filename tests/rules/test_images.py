"""Images: which host gets a Referer, where the real address is, what the fixes write."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inputs import FEED_POST
from pydantic import ValidationError

import newslint
from newslint.config.project import Project
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.fixer import wanted
from newslint.linter.registry import rules
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.images import _stand_ins
from newslint_rules.images._img_sources import LAZY, LAZY_SETS
from newslint_rules.images._known_hosts import IMAGE_HOSTS, host_and_path

ALL = tuple(f"IMG00{number}" for number in range(1, 10))


def lint_with(body, codes, path="post.html", target="hexo", **options):
    active = RuleSet(rules()[code](rules()[code].Options(**options)) for code in codes)
    post = Post(Source.from_text(body), PurePosixPath(path), Target.parse(target))
    return lint(post, active)


def found(body, *codes, **more):
    return [finding.code for finding in lint_with(body, codes, **more)]


def fixed(body, *codes, **more):
    for _ in range(5):
        findings = lint_with(body, codes, **more)
        text, _ = apply(body, (one.fix for one in wanted(findings, unsafe=True)))
        if text == body:
            return text
        body = text
    raise AssertionError("the fixes never come to rest")


@pytest.mark.parametrize(
    ("tag", "after"),
    [
        ("<img src=https://a.cn/1.jpg>", "<img src=https://a.cn/1.jpg {}>"),
        ("<img src=https://a.cn/1.jpg/>", "<img src=https://a.cn/1.jpg/ {}>"),
        ('<img src="https://a.cn/1.jpg" />', '<img src="https://a.cn/1.jpg" {} />'),
        (
            '<IMG SRC="https://a.cn/1.jpg"\n  ALT="a > b"\n>',
            '<IMG SRC="https://a.cn/1.jpg"\n  ALT="a > b" {}\n>',
        ),
        ("<img src='https://a.cn/1.jpg' alt=>", "<img src='https://a.cn/1.jpg' alt=\"\" {}>"),
        ("<img src='https://a.cn/1.jpg' alt= >", "<img src='https://a.cn/1.jpg' alt= \"\" {}>"),
        ("<img src='https://a.cn/1.jpg' alt>", "<img src='https://a.cn/1.jpg' alt {}>"),
        ('<img referrerpolicy="" src="https://a.cn/1">', '<img {} src="https://a.cn/1">'),
        ("<img referrerpolicy src='https://a.cn/1'>", "<img {} src='https://a.cn/1'>"),
        ("<img referrerPolicy=unsafe-url src=//a.cn/1>", "<img {} src=//a.cn/1>"),
        (
            '<img src="https://a.cn/1" referrerpolicy=" no-referrer">',
            '<img src="https://a.cn/1" {}>',
        ),
        ('<img srcset="https://a.cn/1.jpg 2x">', '<img srcset="https://a.cn/1.jpg 2x" {}>'),
        ('<img data-src="https://a.cn/1.jpg">', '<img data-src="https://a.cn/1.jpg" {}>'),
        ("<img src=https://a.cn/1.jpg>", "<img src=https://a.cn/1.jpg {}>"),
    ],
)
def test_the_attribute_is_added_last_or_righted_in_place(tag, after):
    for frame in ("{}", "<p>雪𠀀&amp;{}</p>", "\n---\ntitle: a\n---\n<div>{}</div>"):
        body = frame.replace("{}", tag)
        assert fixed(body, "IMG001") == frame.replace(
            "{}", after.replace("{}", 'referrerpolicy="no-referrer"')
        )
    assert found(tag, "IMG001") == ["IMG001"]


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://a.cn/1.jpg" referrerpolicy="no-referrer">',
        '<img src="https://a.cn/1.jpg" ReferrerPolicy=NO-REFERRER referrerpolicy=origin>',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="cid:1">',
        '<img alt="x">',
        '<img src="">',
        '<img src="#">',
        '<img src="about:blank">',
        "<!-- <img src=https://a.cn/1.jpg> -->",
        "<textarea><img src=https://a.cn/1.jpg></textarea>",
    ],
)
def test_a_picture_that_tells_nobody_is_fine(tag):
    assert found(tag, "IMG001") == []


def test_a_meta_element_does_not_count():
    assert found('<meta name="referrer" content="no-referrer"><img src="//a.cn/1">', "IMG001") == [
        "IMG001"
    ]


def test_the_policy_of_a_picture_element_is_its_img_s():
    picture = '<picture><source srcset="https://a.cn/1.webp"><img{}></picture>'
    assert found(picture.format(""), "IMG001") == ["IMG001"]
    assert found(picture.format(' referrerpolicy="no-referrer"'), "IMG001") == []


def test_the_options_of_the_policy():
    same = '<img src="//a.cn/1" referrerpolicy="same-origin">'
    assert found(same, "IMG001") == ["IMG001"]
    assert found(same, "IMG001", policy="same-origin") == []
    assert found(same.replace("same-origin", "no-referrer"), "IMG001", policy="same-origin") == []
    assert found('<img src="/1.jpg">', "IMG001", relative=False) == []
    assert found('<img src="//a.cn/1.jpg">', "IMG001", relative=False) == ["IMG001"]
    assert found('<img src="//x.a.cn/1.jpg">', "IMG001", exempt=["*.a.cn"]) == []


@pytest.mark.parametrize("host", IMAGE_HOSTS, ids=lambda host: host.suffix)
def test_each_host_of_the_table_has_one_rule_that_speaks(host):
    plain = f'<img src="https://x1.{host.suffix}/1.jpg" alt="">'
    silent = plain.replace(">", ' referrerpolicy="no-referrer">')
    if host.kind == "needs-referer":
        assert found(plain, "IMG001", "IMG009") == ["IMG009"]
        assert found(silent, "IMG001", "IMG009") == ["IMG009"]
    else:
        assert found(plain, "IMG001", "IMG009") == ["IMG001"]
        assert found(silent, "IMG001", "IMG009") == []
    assert re.fullmatch(r"[\w.-]+/[\w.-]+#\d+", host.source)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", host.seen)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://A.CN/x", "a.cn"),
        ("HTTP://u:p@a.cn:80/x", "a.cn"),
        (r"https:\\a.cn\x", "a.cn"),
        ("//a.cn", "a.cn"),
        ("https:a.cn/x", "a.cn"),
        ("https://a.cn.?x", "a.cn"),
        ("/a.cn/x", ""),
        ("a.cn/x", ""),
        ("data:image/png,//a.cn", ""),
        ("https://", ""),
    ],
)
def test_the_host_is_the_browser_s(address, host):
    assert host_and_path(address)[0] == host


@pytest.mark.parametrize(
    ("text", "pictures"),
    [
        ("![a](https://n.sinaimg.cn/1.jpg)", 1),
        ("![a](<https://n.sinaimg.cn/1.jpg> 'title')", 1),
        ("[![a [b]](https://n.sinaimg.cn/1.jpg)](https://b.cn)", 1),
        ("![a][pic]\n\n[pic]: https://n.sinaimg.cn/1.jpg\n", 1),
        ("![pic]\n\n[pic]: https://n.sinaimg.cn/1.jpg\n", 1),
        ("![a](https://n.sinaimg.cn/1.jpg) ![b](https://b.cn/2.jpg) ![c](//i0.hdslb.com/3.jpg)", 2),
        ("`![a](https://n.sinaimg.cn/1.jpg)`", 0),
        ("```\n![a](https://n.sinaimg.cn/1.jpg)\n```\n", 0),
        ("<!-- ![a](https://n.sinaimg.cn/1.jpg) -->", 0),
        ("<!-- ![a](https://n.sinaimg.cn/1.jpg) -->\n\n![a](https://n.sinaimg.cn/1.jpg)", 1),
        ("<div>![a](https://n.sinaimg.cn/1.jpg)</div>", 0),
        ("<div>\n\n![a](https://n.sinaimg.cn/1.jpg)\n\n</div>", 1),
        (r"\![a](https://n.sinaimg.cn/1.jpg)", 0),
        ("![a](https://b.cn/?u=n.sinaimg.cn)", 0),
    ],
)
def test_markdown_pictures_count_where_they_are_pictures(text, pictures):
    findings = lint_with(text, ["IMG001"], path="post.md")
    assert len(findings) == pictures
    for finding in findings:
        assert text[finding.span.start : finding.span.start + 2] == "!["
        assert finding.fix.safety == "unsafe"
    assert found(text, "IMG001", path="post.html") == []
    if pictures:
        assert found(fixed(text, "IMG001", path="post.md"), "IMG001", path="post.md") == []


def test_a_markdown_picture_becomes_an_image_with_all_it_said():
    text = '---\ntitle: a\n---\n![a "b" \\] c](https://n.sinaimg.cn/1.jpg?a=1&b=2 "T")\n'
    assert fixed(text, "IMG001", path="p.md").splitlines()[3] == (
        '<img src="https://n.sinaimg.cn/1.jpg?a=1&amp;b=2" alt="a &quot;b&quot; ] c" title="T"'
        ' referrerpolicy="no-referrer">'
    )


def test_kramdown_can_carry_the_attribute():
    text = '![a](https://n.sinaimg.cn/1.jpg){:referrerpolicy="no-referrer"}'
    assert found(text, "IMG001", path="p.md", target="jekyll") == []
    assert found(text, "IMG001", path="p.md", target="hexo") == ["IMG001"]


def test_further_hosts_by_configuration():
    text = "![a](https://x.a.cn/1.jpg)"
    assert found(text, "IMG001", path="p.md") == []
    assert found(text, "IMG001", path="p.md", hosts=["a.cn"]) == ["IMG001"]
    assert found(text, "IMG009", path="p.md", hosts=["a.cn"]) == ["IMG009"]
    with pytest.raises(ValidationError, match="is not the name of a host"):
        rules()["IMG009"].Options(hosts=["https://a.cn/"])


@pytest.mark.parametrize(
    ("tag", "after"),
    [
        ("<img alt=x>", None),
        ("<img src alt=x>", None),
        ('<img src="#">', None),
        ('<img src=" " data-src="x.png">', '<img src="x.png" data-src="x.png">'),
        ("<img data-actualsrc=x.png>", '<img src="x.png" data-actualsrc=x.png>'),
        ("<IMG data-src='a\"b.png'>", "<IMG src=\"a&quot;b.png\" data-src='a\"b.png'>"),
        ('<img data-src="a.png?a=1&amp;b=2">', '<img src="a.png?a=1&amp;b=2" data-src="a.png?a=1&amp;b=2">'),
        (
            '<img src="data:image/gif;base64,R0lGOD" data-original="//a.cn/1">',
            '<img src="//a.cn/1" data-original="//a.cn/1">',
        ),
        ('<img srcset="a.png 1x, b.png 2x">', '<img src="a.png" srcset="a.png 1x, b.png 2x">'),
        ('<img src="about:blank" file="a.png">', '<img src="a.png" file="a.png">'),
        ('<img src="https://a.cn/blank.gif?1" data-src="https://a.cn/1.jpg">',
         '<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg">'),
    ],
)  # fmt: skip
def test_a_missing_address_is_found_and_taken_from_where_it_is(tag, after):
    result = fixed(f"<p>𠀀{tag}</p>", "IMG002")
    assert found(tag, "IMG002") == ["IMG002"]
    assert result == f"<p>𠀀{after or tag}</p>"


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://a.cn/loading.gif">',
        '<img src="https://a.cn/1.jpg" data-src="https://a.cn/2.jpg">',
        '<img src="https://a.cn/1.jpg" data-src="">',
        '<img src="data:image/gif;base64,R0lGOD" data-lazy="true" data-url="{}">',
        '<img src="1.jpg" srcset="2.jpg 2x">',
    ],
)
def test_a_picture_that_is_there_is_not_missing(tag):
    assert found(tag, "IMG002") == []


def test_the_attribute_that_holds_the_address_is_named():
    (finding,) = lint_with('<img data-w="1" data-x-src="a.png">', ["IMG002"], lazy=["data-x-src"])
    assert finding.message == "image has no src; the image is in data-x-src"


@pytest.mark.parametrize(
    ("code", "tag", "wrong"),
    [
        ("IMG003", '<img src=" HTTP://a.cn/1.jpg">', True),
        ("IMG003", '<img src="https://a.cn/1.jpg" srcset="a.jpg 1x, http://a.cn/2.jpg 2x">', True),
        ("IMG003", '<img src="https://a.cn/?http://b.cn">', False),
        ("IMG003", '<img src="http.jpg">', False),
        ("IMG004", "<img src=1.jpg title=x>", True),
        ("IMG004", "<img src=1.jpg alt>", False),
        ("IMG005", "<img src=//a.cn/1.jpg>", True),
        ("IMG005", "<img src=1.jpg>", True),
        ("IMG005", "<img src=HTTPS://a.cn/1.jpg>", False),
        ("IMG005", "<img src=#>", False),
        ("IMG006", "<img src=1.gif width=1 height=1px>", True),
        ("IMG006", "<img src=1.gif width=0 height=0>", True),
        ("IMG006", "<img src=1.gif width=1>", False),
        ("IMG006", "<img src=1.gif width=1% height=1%>", False),
        ("IMG006", "<img src=1.gif width=10 height=10>", False),
        ("IMG006", '<img src=1.gif style="WIDTH: 1px !important; height:0">', True),
        ("IMG006", '<img src=1.gif width=1 height=1 style="width:640px">', False),
        ("IMG006", '<img src=1.gif style="max-width:1px;height:1px">', False),
        ("IMG006", "<img src=https://www.google-analytics.com/collect?v=1>", True),
        ("IMG006", "<img src=https://www.facebook.com/tr?id=1>", True),
        ("IMG006", "<img src=https://www.facebook.com/photo.jpg>", False),
        ("IMG007", "<img src=https://images.weserv.nl/?url=a>", True),
        ("IMG007", "<img src=https://xwsrv.nl/?url=a>", False),
        ("IMG008", f"<img src=data:image/png;base64,{'A' * 32_768}>", True),
        ("IMG008", f"<img src=data:image/png;base64,{'A' * (32_768 - 22)}>", False),
        ("IMG008", f"<img src=https://a.cn/{'A' * 40_000}>", False),
        ("IMG009", "<img srcset='https://cdnfile.sspai.com/1.png 2x'>", True),
        ("IMG009", "<img src=x.png data-src=https://cdnfile.sspai.com/1.png>", False),
    ],
)
def test_what_the_other_rules_say(code, tag, wrong):
    assert found(f"<p>{tag}</p>", code) == [code] * wrong


def test_all_fixes_of_one_image_work_together():
    body = '<p><img data-src="http://n.sinaimg.cn/1.jpg"></p>'
    assert fixed(body, *ALL) == (
        '<p><img src="https://n.sinaimg.cn/1.jpg" alt="" data-src="http://n.sinaimg.cn/1.jpg"'
        ' referrerpolicy="no-referrer"></p>'
    )


_PIECES = st.sampled_from(
    [
        "src",
        "=",
        " ",
        '"',
        "'",
        "alt",
        "http://a.cn/1",
        "data-src",
        "referrerpolicy",
        "no-referrer",
        "/",
        ">",
        "<img ",
        "srcset",
        "\n",
        "&amp;",
        "data:,",
        "style",
        "width:1px;height:1px",
        "雪",
        "![",
        "](",
        ")",
        "https://n.sinaimg.cn/1",
        "\x00",
        "�",
        "width",
        "1",
        "<!--",
        "`",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_no_tag_breaks_the_rules_and_the_safe_fix_mends(text):
    body = f"<img {text}><p>end</p>"
    for path in ("a.md", "a.html"):
        assert "NL999" not in found(body, *ALL, path=path)
    mended = body
    for _ in range(3):
        safe = wanted(lint_with(mended, ["IMG001"]), unsafe=False)
        mended, _ = apply(mended, (one.fix for one in safe))
    assert found(mended, "IMG001") == []


@pytest.mark.parametrize(
    "piece", ["![", "![]([", "![a](b ", '![a](b "', "![a]\n\n[a]: <", "<img src='", "[a\n", "![["]
)
def test_time_grows_in_step_with_hostile_text(piece):
    growth.check(
        lambda times: "![x](https://n.sinaimg.cn/1) " + piece * times,
        lambda text: found(text, *ALL, path="a.md"),
        20_000,
    )


def test_a_post_of_a_feed_has_no_error_and_one_warning():
    text = FEED_POST.read_text("utf-8")
    default = [code for code in ALL if rules()[code].default]
    (finding,) = lint_with(text, default, path=FEED_POST.name)
    assert finding.code == "IMG004"
    assert "190472553.png" in text[slice(*finding.span)]


@pytest.mark.parametrize("name", [*LAZY, *LAZY_SETS])
def test_an_address_that_images_share_is_a_placeholder_by_each_attribute_for_lazy_loading(
    name: str,
) -> None:
    shared = "https://a.cn/s.png"
    images = [f'<img src="{shared}" {name}="https://a.cn/{one}.jpg">' for one in (1, 2)]
    post = Post(Source.from_text("".join(images)), PurePosixPath("post.html"), Target("hexo"))
    assert _stand_ins.is_shared(shared, post)
    assert not _stand_ins.is_shared("https://a.cn/1.jpg", post)


@pytest.mark.parametrize("name", ["1x1", "blank", "lazyload", "load-img", "placeholder", "white"])
@pytest.mark.parametrize("before", ["", "/", "https://a.cn/img_", "p/big-", "a."])
def test_an_address_has_the_name_of_a_placeholder_however_it_begins(name: str, before: str) -> None:
    for end in (".gif", ".PNG", ".jpeg?w=1", ".webp#a"):
        assert _stand_ins.is_named(f"{before}{name.upper()}{end}")
        assert not _stand_ins.is_named(f"{before}my{name}{end}")
        assert not _stand_ins.is_named(f"{before}{name}{end[:3]}")


SITE = {
    "_config.yml": "title: a\n",
    "_posts/2021-01-02-a.html": "---\ntitle: a\n---\n<p>b <img src='https://a.cn/1.png' alt='c'> "
    "<img src='https://n.sinaimg.cn/1.png' alt='d'></p>\n",
}


@pytest.mark.parametrize(
    ("configuration", "severities"),
    [
        ("", ["warning", "error"]),
        ("schema.preset = 'news'\n", ["error", "error"]),
        ("severity.IMG001 = 'error'\n", ["error", "error"]),
        ("severity.IMG001 = 'info'\n", ["info", "info"]),
    ],
)
def test_an_image_of_an_unknown_host_is_an_error_only_by_house_rule(
    tmp_path: Path, configuration: str, severities: list[str]
) -> None:
    for path, text in {**SITE, "newslint.toml": configuration}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (report,) = newslint.check_paths([tmp_path / "_posts"], Project(tmp_path))
    found = [one.finding for one in report.diagnostics if one.finding.code == "IMG001"]
    assert [one.severity.value for one in found] == severities
    assert "a.cn may refuse" in found[0].message or severities[0] != "warning"
    assert [one.fix is not None for one in found] == [True, True]


PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
REAL = '<img src="https://a.cn/1.jpg" alt="" referrerpolicy="no-referrer">'


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        (f'<source srcset="{PIXEL}">', 1),
        (f'<source type="image/webp" srcset="{PIXEL} 1x">', 1),
        (
            f'<source srcset="{PIXEL}" data-srcset="https://a.cn/1.webp"><source srcset="{PIXEL}">',
            1,
        ),
        (f'<source srcset="data:image/gif;base64,{"A" * 2000}" data-srcset="a.webp">', 1),
        (f'<source srcset="data:image/webp;base64,{"A" * 2000}">', 0),
        (f'<source srcset="{PIXEL}" media="(min-width: 9999px)">', 0),
        (f'<source srcset="{PIXEL}" type="image/none">', 0),
        (f'<source srcset="https://a.cn/1.webp"><source srcset="{PIXEL}">', 0),
        ('<source srcset="https://a.cn/1.webp">', 0),
        ("<source>", 0),
    ],
)
def test_a_placeholder_in_a_source_that_browsers_choose_hides_the_image(
    sources: str, count: int
) -> None:
    assert len(found(f"<picture>{sources}{REAL}</picture>", "IMG002")) == count
    assert found(f"<picture>{REAL}{sources}</picture>", "IMG002") == []
    assert found(f"<video>{sources}</video>", "IMG002") == []
