"""Links: which addresses a browser refuses, which lead nowhere, and what is left alone."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from generators.memory_files import post_in, site_of
from hypothesis import given
from hypothesis import strategies as st
from inputs import corpus

from newslint.config.project import Project
from newslint.core.source import Source
from newslint.files.discovery import discover
from newslint.generators import Target
from newslint.linter.archive_rules import check, facts
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.examples import Files
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint.runner.cache.cache import Cache
from newslint.runner.pipeline import lint_files
from newslint_rules.links import _url_validation
from newslint_rules.links.broken_fragment import BrokenFragment
from newslint_rules.links.broken_internal_link import BrokenInternalLink
from newslint_rules.links.empty_link import EmptyLink
from newslint_rules.links.invalid_url import InvalidUrl
from newslint_rules.links.tracking_parameter import TrackingParameter


def post_of(text, path="post.html", target="hexo"):
    return Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))


def found(rule, text, **more):
    return lint(post_of(text, **more), RuleSet([rule]))


def fixes(findings):
    return [finding.fix for finding in findings if finding.fix is not None]


REFUSED = [
    "http://",
    "https://#a",
    "http://a b.cn/",
    "http://a.cn:99999/",
    "http://a.cn:8o/",
    "http://[::1/",
    "http://[::g]/",
    "http://a<b.cn/",
    "http://a%zz.cn/",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "http://a^b.cn/",
    "http://a|b.cn/",
    "//",
    "http://user@/",
    "https://:80/",
]
ODD = [
    "https//a.cn/1",
    "http:a.cn",
    "http:/a.cn",
    "http:///a.cn",
    "http://https://a.cn",
    "http://https//a.cn",
    "ttp://a.cn/",
    "http;//a.cn",
    "http://a..cn/",
    "http://a.cn，详见/",
    "http://a.cn（图）/",
]
FINE = [
    "https://a.cn",
    "https://A.cn:443/新 闻?q=100%#片",
    "http://新浪.cn/",
    "http://a_b.cn/",
    "http://127.0.0.1:8000/",
    "http://0x7f.1/",
    "http://[2001:db8::1]/",
    "http://localhost/a",
    "https://a.cn./",
    " https://a.cn/\n",
    "HTTPS://A.CN",
    "https://user:pw@a.cn/",
    "https://a.cn:/",
    "//a.cn/x",
    "https://a.cn/http://b.cn",
    "https://a。cn/",
    "mailto:",
    "mailto:a b@c",
    "tel:+86 10",
    "data:image/png;base64,AAAA",
    "javascript:void(0)",
    "about:blank",
    "a/b c.html",
    "/x?y=//z",
    "#",
    "?a",
    "../a:b",
    "https.html",
    "{{ site.url }}/a",
    "http://{{ host }}/",
]


@pytest.mark.parametrize("url", REFUSED + ODD)
def test_an_address_that_cannot_work_is_reported(url: str) -> None:
    assert _url_validation.fault(url)


@pytest.mark.parametrize(
    "url", [one for one in (*REFUSED, *ODD) if not set(one) & set(" \t\n()<>[]{}\\")]
)
def test_a_link_in_markdown_that_cannot_work_is_reported(url: str) -> None:
    (link,) = found(InvalidUrl(), f"a\n\nSee [this page]({url}).\n", path="a.md")
    assert (link.code, link.span.start) == ("LNK002", 7)
    assert found(InvalidUrl(), f"a\n\nSee `[this page]({url})`.\n", path="a.md") == []


@pytest.mark.parametrize("url", [one for one in FINE if not set(one) & set(" \n()")])
def test_a_link_in_markdown_that_works_is_not(url: str) -> None:
    assert found(InvalidUrl(), f"See [this page]({url}).\n", path="a.md") == []


@pytest.mark.parametrize("url", FINE)
def test_an_address_that_works_is_not(url: str) -> None:
    assert _url_validation.fault(url) is None


REPAIRED = ["http:a.cn", "http:/a.cn/1", "http:///a.cn", "https:////a.cn/x", "HTTP:\\a.cn"]
DEAD = ["https:a.cn", "https:/a.cn/1", "http:/img/1.png", "http:///img/1.png", "http:/a.cn:x/"]


@pytest.mark.parametrize(
    ("url", "severity"),
    [*((one, "warning") for one in REPAIRED), *((one, "error") for one in DEAD)],
)
def test_a_url_that_browsers_repair_is_a_warning(url: str, severity: str) -> None:
    (link,) = found(InvalidUrl(), f'<p><a href="{url}">a</a></p>')
    assert (link.code, link.severity.value) == ("LNK002", severity)


def test_browsers_repair_what_is_a_warning_and_only_that() -> None:
    assert leads_to(REPAIRED) == ["a.cn"] * len(REPAIRED)
    assert "a.cn" not in leads_to(DEAD)


@pytest.mark.parametrize("url", ["/\\a.cn/x", "\\/a.cn", "///a.cn/x"])
def test_slashes_of_either_kind_begin_a_host(url: str) -> None:
    assert found(InvalidUrl(), f'<p><a href="{url}">a</a></p>') == []
    assert leads_to([url]) == ["a.cn"]
    broken = url.replace("a.cn", "a.cn:x")
    assert len(found(InvalidUrl(), f'<p><a href="{broken}">a</a></p>')) == 1


def leads_to(addresses: list[str]) -> list[str]:
    """The hosts that addresses lead to, as Node reads them in a page of another site."""
    return in_node("new URL(u,'https://site.example/a/b').hostname", "''", addresses)


def parses(addresses: list[str]) -> list[bool]:
    """Whether the URL standard's parser, as Node has it, takes each address."""
    return in_node("!!new URL(u,'https://site.example/a/b')", "false", addresses)


def in_node(value: str, failed: str, addresses: list[str]) -> list[Any]:
    """Return the value of an expression of JavaScript over ``u`` for each address."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    script = (
        "let s='';process.stdin.on('data',d=>s+=d).on('end',()=>console.log(JSON.stringify("
        "JSON.parse(s).map(u=>{try{return "
        f"{value}}}catch(e){{return {failed}}}}}))))"
    )
    done = subprocess.run([node, "-e", script], input=json.dumps(addresses), capture_output=True, text=True, check=True)  # fmt: skip
    return json.loads(done.stdout)


def test_all_that_the_url_standard_refuses_is_reported_and_no_more_of_the_fine_ones() -> None:
    hosts = ["a.cn", "a b", "a%20b", "%41.cn", "1.2.3", "1.2.3.4.5", "0x100000000", "a#b", "[::]",
             "[1]", "[::1%25eth0]", "a\tb.cn", "a\x00b", "ａ．ｃｎ", "a<", "xn--a", "", "@", ":", "a:b:c",
             "09.1", "1.09", "a.09", "a.0x", "٠.1"]  # fmt: skip
    addresses = [
        f"http://{host}{tail}" for host in hosts for tail in ("", "/", ":80", ":x", ":70000/")
    ]
    addresses += REFUSED + [url for url in FINE if "{" not in url]
    for url, takes in zip(addresses, parses(addresses), strict=True):
        if not takes and "xn--" not in url:
            assert _url_validation.fault(url), f"the URL standard refuses {url!r}"
    for url, takes in zip(FINE[:-2], parses(FINE[:-2]), strict=True):
        assert takes, url


@given(st.text(alphabet="htps:/.@[]%#?\\ a1x0-_\t\n新。\x00", max_size=30))
def test_no_address_breaks_the_rule(url: str) -> None:
    _url_validation.fault(url)
    _url_validation.fault("http://" + url)


def test_the_elements_that_fetch_or_lead_are_looked_at() -> None:
    text = '<img src="http://"><video src="//" poster="http:///x"></video><object data="http://[">'
    assert [f.code for f in found(InvalidUrl(), text)] == ["LNK002"] * 4


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<a href='https://a.cn'></a>", 1),
        ("<a href='https://a.cn'><b> </b></a>", 1),
        ("<a href='https://a.cn'>&nbsp;\u200b</a>", 1),
        ("<a href='  '>a</a>", 1),
        ("<a href>a</a>", 1),
        ("<a>a</a>", 0),
        ("<a href='https://a.cn'><span>a</span></a>", 0),
        ("<a href='https://a.cn'><svg></svg></a>", 0),
        ("<a href='https://a.cn' aria-label='home'></a>", 0),
        ("<p><a href='https://a.cn'><p>text</p></a></p>", 0),
        ("<a href='https://a.cn'><div>text</div></a>", 0),
        ("<a href='https://a.cn'>never closed", 0),
        ("<a href='https://a.cn'><a href='https://b.cn'>b</a>", 0),
    ],
)
def test_empty_links(text: str, count: int) -> None:
    assert len(found(EmptyLink(), text)) == count


@pytest.mark.parametrize(
    ("text", "path", "count"),
    [
        ('<a href="#x">a</a>', "a.html", 1),
        ('<a href="#x">a</a><p id=x>', "a.html", 0),
        ('<a href="#x">a</a><p name=x>', "a.html", 1),
        ('<a href="#%zz">a</a><p id="%zz">', "a.html", 0),
        ('<a href="#!/a">a</a><a href="#:~:text=a">b</a><a href="#TOP">c</a>', "a.html", 0),
        ('<a href="#x:~:text=a">b</a>', "a.html", 1),
        ('<a href="#comments">b</a>', "a.html", 0),
        ('<a href="#more">b</a><!-- more -->', "a.html", 0),
        ('<a href="#x">a</a>\n\nTitle\n-----\n', "a.md", 0),
        ('<a href="#x">a</a>\n', "a.md", 1),
        ("`<a href='#x'>`\n", "a.md", 0),
    ],
)
def test_fragments(text: str, path: str, count: int) -> None:
    assert len(found(BrokenFragment(), text, path=path)) == count


def broken(text, path, files=()):
    target = Target()
    posts = {path: text, **dict.fromkeys(files, "")}
    rule = BrokenInternalLink()
    known = [(p, facts(post_of(t, p), RuleSet([rule])).by_code) for p, t in posts.items()]
    return check([rule], known, Files(posts, target)).get(path, [])


@pytest.mark.parametrize(
    ("url", "files"),
    [
        ("b.jpg", ["posts/b.jpg"]),
        ("b%20c.jpg?x#y", ["posts/b c.jpg"]),
        ("./b.jpg", ["posts/a/b.jpg"]),
        ("../images/b.jpg", ["images/b.jpg"]),
        ("images/b.jpg", ["source/images/b.jpg"]),
        ("../../b.jpg", []),
        ("/images/b.jpg", []),
        ("/b.jpg", []),
        ("b", []),
        ("b/", []),
        ("b.php", []),
        ("index.html", []),
        ("/2021/12/02/b.html", ["posts/c.md"]),
        ("b.html", ["posts/2021-12-02-b.md"]),
        ("//a.cn/b.jpg", []),
        ("{{ page.img }}.jpg", []),
        ("%00.jpg", []),
    ],
)
def test_what_may_be_there_is_not_reported(url: str, files: list[str]) -> None:
    assert broken(f'<a href="{url}">x</a>', "posts/a.md", files) == []


@pytest.mark.parametrize("url", ["b.jpg", "c/b.md", "../b.png", "b.html", "b.PDF", "b.jpg?1"])
def test_what_cannot_be_there_is(url: str) -> None:
    text = f'<p><a href="{url}">x</a></p>'
    (finding,) = broken(text, "posts/2021/a.md", ["posts/c.md"])
    assert text[finding.span.start] == "<"
    assert repr(url) in finding.message


@pytest.mark.parametrize(
    ("href", "fixed"),
    [
        ("https://a.cn/?a=1&utm_source=x", "https://a.cn/?a=1"),
        ("https://a.cn/?utm_source=x&a=1&amp;b=2", "https://a.cn/?a=1&amp;b=2"),
        ("https://a.cn/?a=1&#38;fbclid=x#top", "https://a.cn/?a=1#top"),
        ("https://a.cn/?UTM_Source=x", "https://a.cn/"),
        ("https://a.cn/?a=%26utm_source", "https://a.cn/?a=%26utm_source"),
        ("https://a.cn/#?utm_source=x", "https://a.cn/#?utm_source=x"),
    ],
)
def test_tracking_goes_and_the_rest_stays(href: str, fixed: str) -> None:
    text = f"<p><a title='t' href=\"{href}\">x</a></p>"
    result, _ = apply(text, fixes(found(TrackingParameter(), text)))
    assert result == text.replace(href, fixed)
    assert not found(TrackingParameter(), result)


def test_nothing_is_said_of_links_that_are_right() -> None:
    rules = RuleSet([EmptyLink(), InvalidUrl(), BrokenFragment()])
    for path in corpus():
        post = Post(Source(path.read_bytes()), PurePosixPath(path.name), Target("hexo"))
        assert lint(post, rules) == [], path


PICTURES_THAT_STOP_HEXO = [
    "http://[bad/x.png",
    "http://a%zzb.cn/x.png",
    "http://a.cn:99999/x.png",
    "http://",
    "http://a b.cn/x.png",
    "http://1.2.3.400/x.png",
    "http://:80/x",
    "http://a.cn:80a/1.png",
    "http://256.1.1.1.1/x",
]
"""Measured with Hexo 5.4.2 and 8.1.2: ``new URL()`` throws, and nothing catches it."""
PICTURES_THAT_DO_NOT = [
    "http://a.cn/%zz.png",
    "http://a.cn/中%20文.png",
    "http://a.cn:/x",
    "HTTP://a_b.cn/x",
    "x:y",
    "a:99999/[",
    "http://[::1]/x",
    "/a%zz.png",
]


@pytest.mark.parametrize("address", PICTURES_THAT_STOP_HEXO)
def test_a_markdown_picture_that_stops_hexo_is_reported(address: str) -> None:
    text = f"Text\n\n![x](<{address}>)\n"
    (finding,) = found(InvalidUrl(), text, path="post.md")
    assert text[slice(*finding.span)] == f"![x](<{address}>)"
    assert found(InvalidUrl(), text, path="post.html") == []


@pytest.mark.parametrize("address", PICTURES_THAT_DO_NOT)
def test_a_markdown_picture_that_builds_is_not(address: str) -> None:
    assert found(InvalidUrl(), f"![x](<{address}>)\n", path="post.md") == []


SITE = {
    "_config.yml": "title: x\n",
    "source/_posts/other.md": "---\ntitle: Other\ndate: 2021-01-01\n---\nx\n",
    "source/images/a.png": "",
}


def lay_site(root, text):
    for name, content in {**SITE, "source/_posts/a.md": HEAD + text}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    (root / "newslint.toml").write_text('select = ["LNK004"]\n')


HEAD = "---\ntitle: A\ndate: 2021-01-02\n---\n"


def told(root, paths, cache=None):
    run = Project(root)
    reports = lint_files(discover(paths, run), run, cache=cache)
    return {
        (Path(report.path).name, one.finding.message, one.finding.severity.value)
        for report in reports
        for one in report.diagnostics
    }


def test_a_run_over_one_post_says_the_same_of_it_as_one_over_the_site(tmp_path: Path) -> None:
    lay_site(
        tmp_path,
        "[o](/2021/01/01/other/) [n](/2021/01/01/none/) ![a](/images/a.png) ![b](/images/b.png)"
        " [p](/project/x/)\n",
    )
    whole = told(tmp_path, [tmp_path])
    assert told(tmp_path, [tmp_path / "source/_posts/a.md"]) == whole
    assert whole == {
        ("a.md", "'/2021/01/01/none/' does not exist", "error"),
        ("a.md", "'/images/b.png' does not exist", "error"),
        (
            "a.md",
            "'/project/x/' does not exist, unless another site of this host has it",
            "warning",
        ),
    }


def test_what_was_cached_is_found_again_when_a_file_comes_or_goes(tmp_path: Path) -> None:
    lay_site(tmp_path, "![a](/images/a.png) [o](/2021/01/01/other/)\n")
    paths = [tmp_path / "source/_posts/a.md"]
    with contextlib.closing(Cache(tmp_path / "cache.sqlite")) as cache:
        assert told(tmp_path, paths, cache) == told(tmp_path, paths, cache) == set()
        (tmp_path / "source/images/a.png").unlink()
        assert len(told(tmp_path, paths, cache)) == 1
        (tmp_path / "source/_posts/other.md").unlink()
        assert len(told(tmp_path, paths, cache)) == 2
        lay_site(tmp_path, "![a](/images/a.png) [o](/2021/01/01/other/)\n")
        assert told(tmp_path, paths, cache) == set()


REDIRECTS = {
    "_redirects": "/images/b.png /images/a.png\n/old/* /2021/:splat\n/* /404.html 404\n",
    "netlify.toml": '[[redirects]]\nfrom = "/images/c.png"\nto = "/images/a.png"\n',
}


def test_what_the_host_redirects_is_not_reported(tmp_path: Path) -> None:
    lay_site(tmp_path, "![](/images/b.png) ![](/images/c.png) [](/old/x/) ![](/images/d.png)\n")
    for name, text in REDIRECTS.items():
        (tmp_path / name).write_text(text)
    assert {message for _, message, _ in told(tmp_path, [tmp_path])} == {
        "'/images/d.png' does not exist"
    }


ASSETS = [
    ("{% asset_img a.png %} {% asset_link b.pdf x %}", "post_asset_folder: true", ["b.pdf"]),
    ("{% asset_img wide a.png 10 %} {% asset_path c.png %}", "post_asset_folder: true", ["c.png"]),
    ("{% asset_img a.png %}", "title: x", ["a.png"]),
    ("`{% asset_img c.png %}` <!-- x -->", "post_asset_folder: true", []),
]


@pytest.mark.parametrize(("text", "setting", "names"), ASSETS)
def test_the_files_that_tags_of_hexo_name_are_looked_up(
    text: str, setting: str, names: list[str], tmp_path: Path
) -> None:
    lay_site(tmp_path, text)
    (tmp_path / "_config.yml").write_text(f"{setting}\n")
    (tmp_path / "source/_posts/a").mkdir()
    (tmp_path / "source/_posts/a/a.png").write_text("")
    assert {message for _, message, _ in told(tmp_path, [tmp_path])} == {
        f"the asset folder of the post has no {name!r}" for name in names
    }


def test_hexos_tags_take_an_argument_in_quotes_without_the_space_at_its_ends(
    tmp_path: Path,
) -> None:
    lay_site(tmp_path, '{% asset_img "my b.png " "Title" %} {% asset_img wide "none.png" %}\n')
    (tmp_path / "_config.yml").write_text("title: x\npost_asset_folder: true\n")
    (tmp_path / "source/_posts/a").mkdir()
    (tmp_path / "source/_posts/a/my b.png").write_text("")
    assert told(tmp_path, [tmp_path]) == {
        ("a.md", "the asset folder of the post has no 'wide'", "error")
    }


def test_the_image_of_hexos_img_tag_has_to_be_there(tmp_path: Path) -> None:
    lay_site(
        tmp_path,
        "{% img left /images/a.png 10 %} {% img /images/b.png %} {% img https://a.cn/c.png %}\n",
    )
    assert told(tmp_path, [tmp_path]) == {("a.md", "'/images/b.png' does not exist", "error")}


def test_an_image_field_of_a_file_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    lay_site(tmp_path, "")
    text = "---\ntitle: A\ncover: {}\n---\nx\n"
    for url, found in (
        ("/images/a.png", set()),
        ("images/b.png", set()),
        ("//a.cn/b.png", set()),
        (
            "/images/b.png",
            {
                (
                    "a.md",
                    "'/images/b.png' does not exist, unless the theme changes the URL",
                    "warning",
                )
            },
        ),
    ):
        (tmp_path / "source/_posts/a.md").write_text(text.format(url))
        assert told(tmp_path, [tmp_path]) == found


@pytest.mark.parametrize("text", ["[a](https//a.cn/x.html)", '<a href="https//a.cn/x.html">a</a>'])
def test_a_scheme_without_a_colon_is_one_finding(text: str) -> None:
    path = "_posts/2021-01-02-a.md"
    body = f"---\ntitle: a\n---\n{text} [b](c//d.html)\n"
    site = site_of("jekyll", {"_config.yml": "title: x\n", path: body})
    post = post_in(site, path, body)
    assert len(lint(post, RuleSet([InvalidUrl()]))) == 1
    rule = BrokenInternalLink()
    assert [url for _, url, *_ in rule.facts(post)] == ["c//d.html"]
