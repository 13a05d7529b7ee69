"""Shortcodes that a site defines: which of them stop the build, held against Hugo itself."""

from __future__ import annotations

import pytest
from renderers import hugo

from newslint.generators.effects import Effect
from newslint.generators.hugo import shortcodes
from newslint.generators.site import Answer

from .memory_files import site_of

SITE = {
    "layouts/shortcodes/card.html": "<b>{{ .Get 0 }}</b>",
    "layouts/shortcodes/box.html": "<div>{{ .Inner }}</div>",
    "layouts/shortcodes/note.html": "{{ with .Inner }}{{ . }}{{ end }}",
    "layouts/shortcodes/youtube.html": "<i>own</i>",
    "layouts/_default/single.html": "{{ .Content }}",
    "layouts/_default/list.html": "{{ .Content }}",
    "layouts/index.html": "{{ .Content }}",
}
CONFIG = 'baseURL = "https://example.net/"\ndisableKinds = ["RSS", "sitemap"]\n'
OLD, NEW = (0, 111), (0, 168)

BUILT = [
    "{{< card x >}}",
    "{{< box >}}a{{< /box >}}",
    "{{< box />}}",
    "{{< box / >}}",
    "{{< box >}}{{< box />}}{{< card x >}}{{< /box >}}",
    "{{< box >}}{{< note >}}{{< /box >}}{{< /note >}}",
    "{{< card a=1 b=x/y.jpg >}}",
    "{{< card a = 1 >}}",
    '{{< card a = "1" b = "2" >}}',
    "{{< card a =1 b = 2 >}}",
    "{{< card a= 1 b= 2 >}}",
    r'{{< card "a \"b\" c" >}}',
    r"{{< card a=\"a b\" >}}",
    "{{< card 1.5 -v.2 >}}",
    "{{< card `a\n>}}` >}}",
    "{{< youtube >}}",
    "{{< box >}}x{{< / box >}}",
]
FATAL = [
    "{{< card x />}}",
    "{{< card >}}x{{< /card >}}",
    "{{< box >}}a",
    "{{< /box >}}a{{< box >}}b{{< /box >}}",
    "{{< box >}}a{{< /box >}}{{< /box >}}",
    "{{< box >}}{{< box >}}x{{< /box >}}",
    "{{< card a=1 2 >}}",
    "{{< card 1 b=2 >}}",
    '{{< card a = "1" b="2" >}}',
    '{{< card a="1" b = "2" >}}',
    "{{< card a = 1 b= 2 >}}",
    "{{< card a = 1 b >}}",
    "{{< card a b = 1 >}}",
    '{{< figure src="a.jpg" center >}}',
    "{{< card a/b >}}",
    "{{< card https://example.net/ >}}",
    "{{< card a=b>}}",
    '{{< card "a\nb" >}}',
    "{{< card `a >}}",
    "{{< box >}}x{{< /box a >}}",
]
LOST = ["{{< x.inline >}}a{{< /x.inline >}}", "{{< x.inline />}}"]


def worst(text, version=NEW, config=CONFIG):
    site = site_of("hugo", {"hugo.toml": config, **SITE})
    found = shortcodes.read(text, version=version, site=site).problems
    known = [one for one in found if not one.undefined]
    asked = [text[one.start + 3 : one.end].split()[0].strip("/>") for one in found if one.undefined]
    assert all(site.lookup("shortcode", name).answer is Answer.YES for name in asked if name)
    effects = [one.effect for one in known]
    return Effect.SITE_DIES if Effect.SITE_DIES in effects else effects[0] if effects else None


@pytest.mark.parametrize("text", FATAL)
def test_a_shortcode_that_is_badly_written_stops_the_build_though_the_site_defines_it(text):
    assert worst(text) is worst(text, OLD) is Effect.SITE_DIES


@pytest.mark.parametrize("text", BUILT)
def test_a_shortcode_that_the_site_defines_works(text):
    assert worst(text) is worst(text, OLD) is None


@pytest.mark.parametrize("text", LOST)
def test_an_inline_shortcode_is_removed_unless_the_site_enables_them(text):
    site = site_of("hugo", {"hugo.toml": CONFIG, **SITE})
    assert {one.effect for one in shortcodes.read(text, site=site).problems} == {Effect.EXECUTED}
    assert site.lookup("shortcode", "x.inline").answer is Answer.NO
    enabled = CONFIG + "[security]\nenableInlineShortcodes = true\n"
    site = site_of("hugo", {"hugo.toml": enabled, **SITE})
    assert site.lookup("shortcode", "x.inline").answer is Answer.YES
    lost = shortcodes.read("{{< x.inline />}}", site=site).problems
    assert [one.effect for one in lost] == [Effect.SITE_DIES]


def test_an_end_tag_on_two_lines_stops_an_older_hugo():
    text = "{{< box >}}x{{< /box\n>}}"
    assert worst(text) is None
    assert worst(text, (0, 152)) is worst(text, None) is Effect.SITE_DIES


def test_the_message_is_about_what_is_wrong():
    site = site_of("hugo", {"hugo.toml": CONFIG, **SITE})
    found = {
        text: shortcodes.read(text, version=NEW, site=site).problems[0].detail
        for text in ("{{< box >}}a", "{{< card x />}}", "{{< card a=1 2 >}}")
    }
    assert list(found.values()) == [
        "the shortcode 'box' is not closed",
        "the shortcode 'card' has an end tag, but accepts no content",
        "a shortcode mixes parameters with a name and without one",
    ]


@pytest.mark.parametrize("name", ["newer", "Card"])
def test_what_only_a_newer_hugo_finds_is_missing_in_an_older_one(name):
    files = {"layouts/_shortcodes/newer.html": "x", "layouts/shortcodes/card.html": "x"}
    pin = {".hvm": "v0.120.0"}
    old = site_of("hugo", {"hugo.toml": CONFIG, **files, **pin})
    new = site_of("hugo", {"hugo.toml": CONFIG, **files, ".hvm": "v0.150.0"})
    assert old.lookup("shortcode", name).answer is Answer.NO
    assert new.lookup("shortcode", name).answer is Answer.YES


@pytest.mark.parametrize("version", [one for one in ("0.111", "0.168") if one in hugo.programs()])
def test_hugo_does_so(version, tmp_path):
    for path, text in {"hugo.toml": CONFIG, **SITE}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    post = tmp_path / "content/posts/a.md"
    post.parent.mkdir(parents=True)
    program = hugo.programs()[version]
    for text in BUILT + FATAL + LOST:
        post.write_text(f"---\ntitle: x\n---\n\n{text}\n")
        exit_code, log, _ = hugo.build_site(tmp_path, program)
        assert (exit_code != 0) == (text in FATAL), (text, log[-300:])
        if text in LOST:
            assert "a" not in (tmp_path / "public/posts/a/index.html").read_text()
