"""How each generator finds front matter: measured cases, and the real splitters on random texts."""

from __future__ import annotations

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from renderers import hugo

from newslint.generators import front_matter
from newslint.generators.effects import Effect

from .headers import files, node, ruby

HEADER = "title: x\n"
POST = f"---\n{HEADER}---\n<p>Text</p>\n"
TARGETS = ("hexo", "jekyll", "hugo", "eleventy", "html")
PRINTED, DIES, CUT, SKIPPED = Effect.PRINTED, Effect.SITE_DIES, Effect.CUT, Effect.SKIPPED


@pytest.mark.parametrize("target", TARGETS)
def test_a_plain_post_is_read_by_all(target: str) -> None:
    reading = front_matter.read(POST, target)
    assert reading.form == "yaml"
    assert reading.outcome is None
    assert POST[reading.start : reading.end].strip() == "title: x"
    assert POST[reading.body :].strip() == "<p>Text</p>"


@pytest.mark.parametrize("target", TARGETS)
def test_a_byte_order_mark_and_crlf_are_no_matter(target: str) -> None:
    text = "\ufeff" + POST.replace("\n", "\r\n")
    reading = front_matter.read(text, target)
    assert (reading.form, reading.outcome) == ("yaml", None)
    assert text[reading.start : reading.end].strip() == "title: x"
    assert text[reading.body :].strip() == "<p>Text</p>"


# text, then what becomes of it under Hexo, Jekyll, Hugo, Eleventy: measured with each.
OUTCOMES = [
    ("\n" + POST, "not-first", None, PRINTED, None, PRINTED),
    ("  \n" + POST, "not-first", PRINTED, PRINTED, None, PRINTED),
    ("+++\ntitle = 'x'\n+++\nText\n", "fence", PRINTED, PRINTED, None, PRINTED),
    (";;;\n\"title\": \"x\"\n;;;\nText\n", "fence", None, PRINTED, PRINTED, PRINTED),
    ('"title": "x"\n;;;\nText\n', "fence", None, PRINTED, PRINTED, PRINTED),
    ("title: x\n---\nText\n", "fence", None, PRINTED, PRINTED, PRINTED),
    ('{"title": "x"}\nText\n', "fence", PRINTED, PRINTED, None, PRINTED),
    ("---\ntitle: x\n...\nText\n", "fence", PRINTED, None, DIES, CUT),
    ("---\ntitle: x\nText\n", "unclosed", PRINTED, PRINTED, DIES, CUT),
    ("----\ntitle: x\n----\nText\n", "fence", None, PRINTED, None, PRINTED),
    ("---json\n{\"title\": \"x\"}\n---\nText\n", "fence", PRINTED, PRINTED, None, None),
    ("--- title: x\n---\nText\n", "fence", None, None, None, None),
    ("---\n---\nText\n", "empty", PRINTED, None, None, None),
    ("- a list\n- of two\n", "fence", None, None, DIES, None),
    ("<p>Text</p>\n", "missing", None, None, DIES, None),
    ("Text\n", "missing", None, None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "hexo", "jekyll", "hugo", "eleventy"), OUTCOMES)
def test_what_becomes_of_other_fences(
    text: str,
    kind: str,
    hexo: Effect | None,
    jekyll: Effect | None,
    hugo: Effect | None,
    eleventy: Effect | None,
) -> None:
    expected = {"hexo": hexo, "jekyll": jekyll, "hugo": hugo, "eleventy": eleventy}
    readings = {target: front_matter.read(text, target) for target in expected}
    assert {target: reading.outcome for target, reading in readings.items()} == expected
    kinds = {reading.error.kind for reading in readings.values() if reading.error}
    assert kinds <= {kind, "unclosed"}


def test_hugo_copies_html_files_without_front_matter() -> None:
    old, new = (0, 111), (0, 150)
    reading = front_matter.read("\n<p>Text</p>", "hugo", old, html_file=True)
    assert reading.outcome is SKIPPED
    assert front_matter.read("\n<p>Text</p>", "hugo", html_file=True).outcome is SKIPPED
    assert front_matter.read("\n<p>Text</p>", "hugo", new, html_file=True).outcome is None
    assert front_matter.read(POST, "hugo", html_file=True).outcome is None
    hidden = "<!-- x\n---\na: 1\n---\n-->\nText"
    assert front_matter.read(hidden, "hugo", old).form == "yaml"
    assert front_matter.read(hidden, "hugo", new).outcome is Effect.DROPPED


def test_hugo_reads_front_matter_after_a_byte_order_mark_at_the_beginning_alone() -> None:
    assert front_matter.read("\ufeff" + POST, "hugo", (0, 168)).error is None
    assert front_matter.read("\n\ufeff" + POST, "hugo", (0, 162)).error is None
    assert front_matter.read("\n\ufeff" + POST, "hugo", (0, 168)).outcome is Effect.PRINTED


def test_hugo_takes_a_shortcode_at_the_beginning_for_json() -> None:
    for version in ((0, 111), (0, 168), None):
        reading = front_matter.read("{{< figure >}}\n", "hugo", version)
        assert reading.outcome is DIES
        assert reading.error is not None and "{{" in reading.error.detail


def test_an_unknown_language_kills_eleventy() -> None:
    assert front_matter.read("---toml\na = 1\n---\n", "eleventy").outcome is DIES
    assert front_matter.read("---JSON\n{}\n---\n", "eleventy").outcome is DIES
    assert front_matter.read("---js\n{}\n---\n", "eleventy").form == "js"


def test_a_rule_across_the_page_is_no_front_matter() -> None:
    for target in TARGETS:
        assert front_matter.read("Text.\n\n---\n\nMore text.\n", target).outcome is None
    assert front_matter.read("---\n\nText after a rule.\n", "jekyll").outcome is None


def test_hexo_splits_as_hexo_front_matter_does() -> None:
    script = r"""const s = t.replace(/\r\n/g, "\n").replace(/^\uFEFF/, ""); const r = lib.split(s);
        return r.data === undefined ? null : [r.data, r.content, r.separator[0]]"""
    texts = files(1, 4000)
    for text, real in zip(
        texts, node(script, texts, "hexo8/node_modules/hexo-front-matter"), strict=True
    ):
        reading = front_matter.read(text, "hexo")
        mine = None
        if reading.form is not None:
            parts = (text[reading.start : reading.end], text[reading.body :])
            mine = [
                *(part.replace("\r\n", "\n") for part in parts),
                "-" if reading.form == "yaml" else ";",
            ]
        elif isinstance(real, list) and not real[0].strip():
            continue  # a space header is none
        assert mine == real, repr(text)


def test_eleventy_splits_as_gray_matter_does() -> None:
    script = """const e = {}; const take = form => s => { e.form = form; e.text = s; return {} };
        const f = lib(t, {engines: {yaml: take("yaml"), json: take("json"), javascript: take("js")}});
        return e.form ? [e.form, e.text, f.content] : f.isEmpty ? ["empty", f.content] : null"""
    texts = files(2, 4000)
    for text, real in zip(
        texts, node(script, texts, "eleventy/node_modules/gray-matter"), strict=True
    ):
        reading = front_matter.read(text, "eleventy")
        mine: object = None
        if reading.outcome is DIES:
            mine = "error"
        elif reading.form is not None:
            mine = [reading.form, text[reading.start : reading.end], text[reading.body :]]
        if isinstance(real, dict):
            assert mine == "error", repr(text)
        elif isinstance(real, list) and real[0] == "empty":
            assert isinstance(mine, list) and mine[2] == real[1], repr(text)
        else:
            assert mine == real, repr(text)


def test_jekyll_splits_as_its_pattern_does() -> None:
    script = r"""t = t.sub(/\A\uFEFF/, "")
        t =~ %r!\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)!m ? [$1, $~.post_match] : nil"""
    texts = files(3, 4000)
    for text, real in zip(texts, ruby(script, texts), strict=True):
        reading = front_matter.read(text, "jekyll")
        bare = text.removeprefix("\ufeff")
        end = reading.end - (len(text) - len(bare))
        mine = [bare[:end], text[reading.body :]] if reading.form else None
        assert mine == real, repr(text)


@pytest.mark.skipif(hugo.available() is not None, reason=str(hugo.available()))
def test_hugo_reads_and_dies_as_the_model_says() -> None:
    texts = [case[0] for case in OUTCOMES] + [t for t in files(4, 60) if "\ufeff" not in t]
    for text in texts:
        reading = front_matter.read(text, "hugo")
        result = hugo.build({"a.md": text.encode()})
        if "unmarshal" in result.log or "failed to decode" in result.log:
            assert reading.form is not None, repr(text)
        else:
            assert (result.exit_code != 0) == (reading.outcome is DIES), repr(text)


@given(st.text(alphabet='-+;{}"ab: \n\r\t\ufeff<!.#', max_size=60))
def test_offsets_are_in_order_and_in_the_text(text: str) -> None:
    for target in TARGETS:
        reading = front_matter.read(text, target)
        assert 0 <= reading.start <= reading.end <= reading.body <= len(text)
        assert reading.error is None or 0 <= reading.error.offset <= len(text)


@pytest.mark.parametrize(
    "piece", ["---\n", "\n", " ", "-", "{", '"', "+++\n", "<!--\n", "\n---x", ";;;\n", "a:\n"]
)
def test_time_grows_in_step_with_hostile_texts(piece: str) -> None:
    def read(text: str) -> None:
        for target in TARGETS:
            front_matter.read(text, target)
            front_matter.read("---\n" + text, target)

    growth.check(lambda times: piece * times, read, 60_000)
