"""How each generator loads YAML: measured cases, and the real loaders on random headers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import growth
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from renderers import hugo

from newslint.generators import Target
from newslint.generators import yaml as yaml_dialect
from newslint.generators.effects import Effect
from newslint.generators.target import DEBIAN
from newslint.generators.yaml import js_parser, libyaml
from newslint.generators.yaml import simple as simple_yaml
from newslint.generators.yaml import values as yaml_values
from newslint.post import aliases

from .headers import header, headers, node, ruby

TARGETS = ("hexo", "jekyll", "hugo", "eleventy", "html")
LOST, DROPPED, DIES, WRONG = Effect.POST_LOST, Effect.DROPPED, Effect.SITE_DIES, Effect.WRONG
VERSION = {"jekyll": DEBIAN}
"""What was measured with Debian's package; the gems: see test_jekyll_gems.py."""
FATAL = {"hexo": LOST, "jekyll": DROPPED, "hugo": DIES, "eleventy": DIES}

CLEAN = """title: '港媒称_中美两军高层会晤'
categories:
 - 金融
 - 新浪财经
headimg: https://n.example.cn/a.jpg
comments: false
date: Thu, 02 Dec 2021 14:50:58 GMT
tags: [a, "b"]
"""


def worst(content: str) -> dict[str, Effect | None]:
    """What becomes of a header under each generator; the first problem that is reported."""
    outcomes: dict[str, Effect | None] = {}
    for target in FATAL:
        problems = yaml_dialect.load_problems(content, target, VERSION.get(target))
        outcomes[target] = problems[0].outcome if problems else None
    return outcomes


@pytest.mark.parametrize("target", TARGETS)
def test_a_plain_header_is_loaded_by_all(target: str) -> None:
    assert yaml_dialect.load_problems(CLEAN, target) == []
    data = yaml_dialect.load(CLEAN, target)
    assert data is not None
    assert data["title"] == "港媒称_中美两军高层会晤"
    assert data["categories"] == ["金融", "新浪财经"]
    assert data["tags"] == ["a", "b"]
    assert data["comments"] is False


def test_a_composed_node_gives_the_same() -> None:
    root = yaml.compose(CLEAN, Loader=yaml.CSafeLoader)
    for target in TARGETS:
        assert yaml_dialect.load(CLEAN, target, None, root) == yaml_dialect.load(CLEAN, target)
        assert yaml_dialect.load_problems(CLEAN, target, None, root) == []


ALL = [
    'title: "a "quoted" b"\n',
    "title: 'it's'\n",
    "title: a: b\n",
    "title: *star*\n",
    "title: @at\n",
    "title: %pct\n",
    "title: [快讯] news\n",
    'title: "a\\d"\n',
    "title: 'x\n",
    "a: b\ntitle:x\n",
    "a: b\nplain line\n",
    "title: a\0b\n",
    "title: a\x07b\n",
    "a: *nope\n",
]


@pytest.mark.parametrize("content", ALL)
def test_what_no_generator_loads(content: str) -> None:
    assert worst(content) == FATAL


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("title: x\ntitle: y\n", {"hexo": LOST, "jekyll": WRONG, "hugo": DIES, "eleventy": DIES}),
        ("categories:\n\t- a\n", {"jekyll": DROPPED, "hugo": DIES, "eleventy": DIES}),
        ("title: {{ x }}\n", {"hugo": DIES}),
        (
            "a: !ruby/object:Gem::Installer\n  i: x\n",
            {"hexo": LOST, "jekyll": DROPPED, "eleventy": DIES},
        ),
        ("a: !!js/function 'x'\n", {"hexo": LOST, "eleventy": DIES}),
        ("title: !x y\n", {"hexo": LOST, "eleventy": DIES}),
        ("title: :symbol\n", {"jekyll": DROPPED}),
        ("title: &amp; x\n", {"jekyll": DROPPED, "hugo": DIES}),
        ("a: !!int x\n", {"hexo": LOST, "hugo": DIES, "eleventy": DIES}),
        ("<<: x\n", {"hexo": LOST, "hugo": DIES, "eleventy": DIES}),
        ("title: 1\n1: 2\n'1': 3\n", {"hexo": LOST, "hugo": DIES, "eleventy": DIES}),
    ],
)
def test_what_some_do_not_load(content: str, lost: dict[str, Effect]) -> None:
    assert worst(content) == dict.fromkeys(FATAL) | lost


LONG = "k" * 1025
"""A key that is one character too long for libyaml, and for what was made after it."""


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (f"{'k' * 1024}: x\n", {}),
        (f"{'字' * 1024}: x\n", {}),
        (f"{LONG}: x\n", {"jekyll": DROPPED, "hugo": DIES}),
        (f"a: 1\n{'字' * 1025}:\n - x\n", {"jekyll": DROPPED, "hugo": DIES}),
        (f"'{LONG[2:]}': x\n", {"jekyll": DROPPED, "hugo": DIES}),
        (f"'{LONG[3:]}': x\n", {}),
        (f"a: {{{LONG}: x}}\n", {"jekyll": DROPPED, "hugo": DIES}),
        (f"? {LONG}\n: x\n", {}),
        ("a: [b:?c]\n", {"jekyll": DROPPED, "hugo": DIES}),
    ],
)
def test_a_key_or_a_list_that_libyaml_alone_refuses(
    content: str, refused: dict[str, Effect]
) -> None:
    """Built with Hexo 5 to 8, Jekyll 4, Hugo 0.111 and Eleventy 3."""
    assert worst(content) == dict.fromkeys(FATAL) | refused


def test_a_key_that_is_too_long_is_told_at_its_beginning() -> None:
    [problem] = yaml_dialect.load_problems(f"a: 1\n{LONG}: x\n", "jekyll")
    assert (problem.offset, problem.message) == (5, "a key has more than 1,024 characters")


PIECES = [*"ab:é字 -,[]{}#'\"\\?!&*|>%@`~=+.03/", "::", "- ", "a:b", "\xa0", "\u3000", "😀", LONG]


def test_what_passes_for_simple_is_yaml_to_every_loader() -> None:
    chance = Random(12)
    simple = 0
    for _ in range(20_000):
        key = chance.choice(("k", "ke-y", "字", LONG, "k" * 1024))
        value = "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 8)))
        form = chance.choice((" {}", " [{}]", " '{}'", ' "{}"', "\n - {}\n - {}"))
        text = f"{key}:{form.replace('{}', value)}\n"
        if yaml_dialect.is_simple(text):
            simple += 1
            assert libyaml.compose(text) is not None
            assert js_parser.compose(text) is not None
    assert simple > 2_000


def test_eleventy_2_makes_no_functions() -> None:
    (found,) = yaml_dialect.load_problems("a: [!!js/function 'x']\n", "eleventy", (2,))
    assert (found.kind, found.offset) == ("unknown-tag", 4)


def test_hexo_5_still_makes_functions() -> None:
    assert yaml_dialect.load_problems("a: !!js/function 'function(){}'\n", "hexo", (5,)) == []
    assert yaml_dialect.load_problems("a: !!js/function 'async x => 1'\n", "hexo", (5,)) == []
    (found,) = yaml_dialect.load_problems("a: !!js/function 'x'\n", "hexo", (5,))
    assert (found.kind, found.offset) == ("bad-tag", 3)
    assert yaml_dialect.load("a: 1:20\n", "hexo", (5,)) == {"a": 80}
    assert yaml_dialect.load("a: 1:20\n", "hexo", (8,)) == {"a": "1:20"}


@pytest.mark.parametrize(
    ("text", "hexo", "jekyll", "hugo"),
    [
        ("yes", "yes", True, True),
        ("y", "y", "y", True),
        ("null", None, None, None),
        ("017", 17, 15, 15),
        ("0o17", 15, "0o17", 15),
        ("1:20", "1:20", 4800.0, "1:20"),
        ("1_000", "1_000", 1000, 1000),
        ("1,000", "1,000", 1000, "1,000"),
        ("2021-12-02", datetime(2021, 12, 2, tzinfo=UTC), date(2021, 12, 2), "2021-12-02"),
        (
            "2021-02-30 10:00:00",
            datetime(2021, 3, 2, 10, tzinfo=UTC),
            datetime(2021, 3, 2, 10, tzinfo=UTC),
            "2021-02-30 10:00:00",
        ),
        (
            "2021-03-31T23:30:00.5-02:00",
            datetime(2021, 4, 1, 1, 30, 0, 500_000, tzinfo=UTC),
            datetime(2021, 4, 1, 1, 30, 0, 500_000, tzinfo=UTC),
            "2021-03-31T23:30:00.5-02:00",
        ),
        ("2021-13-45", datetime(2022, 2, 14, tzinfo=UTC), "2021-13-45", "2021-13-45"),
        ("Win C", "Win C", "Win C", "Win C"),
    ],
)
def test_what_an_unquoted_value_is(text: str, hexo: object, jekyll: object, hugo: object) -> None:
    given = (("hexo", hexo), ("eleventy", hexo), ("jekyll", jekyll), ("hugo", hugo))
    versions = VERSION | {"hugo": (0, 111)}
    for target, value in given:
        version = versions.get(target)
        data = yaml_dialect.load(f"a: {text}\n", target, version)
        assert data == {"a": value}, target
        assert data is not None
        assert type(data["a"]) is type(value), target
        assert yaml_dialect.load(f"a: '{text}'\n", target) == {"a": text}


@pytest.mark.parametrize(
    ("content", "offset", "words", "value"),
    [
        ('a: b\ntitle: "a "quoted" b"\n', 16, "closing double quote", '"a "quoted" b"'),
        ("title: 'it's'\n", 11, "closing single quote", "'it's'"),
        ("title: a: b\n", 8, "a colon and a space", "a: b"),
        ("title: *star*\n", 7, "must not begin with *", "*star*"),
        ("title: [快讯] news\n", 7, "begins with [", "[快讯] news"),
        ('title: "a\\d"\n', 9, "backslash", '"a\\d"'),
        ("title: 'x\na: b\n", 7, "is not closed", "'x"),
        ("a: b\ntitle:x\n", 10, "space is missing", None),
        ("a: b\nplain line\nc: d\n", 5, "has no key", "plain line"),
        ("title: a\x07b\n", 8, "U+0007", None),
    ],
)
def test_a_mistake_is_told_where_and_how(
    content: str, offset: int, words: str, value: str | None
) -> None:
    for target in FATAL:
        [problem] = yaml_dialect.load_problems(content, target)
        assert problem.offset == offset, target
        assert words in problem.message, target
        assert (problem.value and content[slice(*problem.value)]) == value, target


def test_offsets_are_those_of_the_file_though_hexo_widens_tabs() -> None:
    content = "a:\n\tb: 1\n\tb: 2\n"
    [problem] = yaml_dialect.load_problems(content, "hexo")
    assert content[problem.offset : problem.end] == "b"
    assert problem.offset == content.rindex("b")


def test_front_matter_that_is_no_mapping() -> None:
    outcomes = {target: worst("just text\n")[target] for target in FATAL}
    assert outcomes == {
        "hexo": Effect.PRINTED,
        "jekyll": DROPPED,
        "hugo": DIES,
        "eleventy": DROPPED,
    }
    assert worst("- a\n- b\n")["hexo"] is LOST
    assert worst("# nothing\n") == dict.fromkeys(FATAL) | {"hexo": Effect.PRINTED}


def test_hexo_and_eleventy_load_as_js_yaml_does() -> None:
    texts = headers(11, 3000)
    script = """const fix = x => x instanceof Date ? "date" : Array.isArray(x) ? x.map(fix)
        : x instanceof Uint8Array ? "binary" : x && typeof x === "object"
        ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, fix(v)])) : x;
        try { const v = lib.load(t); return {value: fix(v)} }
        catch (e) { return {error: String(e.reason || e.message)} }"""
    odd = re.compile(r"!|\?|\[(?:k|a, b)\]\s*:|\{\{|\{a: 1\}\s*:|<<|inf|nan|2021-[-\d]*\s*:")
    for version, package in ((8, "hexo8"), (5, "hexo5")):
        real = node(script, texts, f"{package}/node_modules/js-yaml")
        for text, outcome in zip(texts, real, strict=True):
            if version == 5 and "\t" in text:
                continue  # hexo-front-matter turns tabs into spaces before
            target, wanted = ("eleventy", None) if version == 8 else ("hexo", (5,))
            problems = yaml_dialect.load_problems(text, target, wanted)
            mine = [problem for problem in problems if problem.kind != "not-a-mapping"]
            assert isinstance(outcome, dict)
            assert bool(mine) == ("error" in outcome), (version, text, outcome, mine)
            value = outcome.get("value")
            if isinstance(value, dict) and not odd.search(text):
                assert _plain(yaml_dialect.load(text, target, wanted)) == _plain(value), text


def test_hexo_front_matter_widens_tabs_as_the_model_does() -> None:
    texts = [text for text in headers(12, 6000) if "\t" in text]
    script = 'lib.parse("---\\n" + t + "\\n---\\n"); return 1'
    real = node(script, texts, "hexo8/node_modules/hexo-front-matter")
    for text, outcome in zip(texts, real, strict=True):
        if re.search(r"^(?:-{3}|;{3})", text, re.MULTILINE):
            continue  # ends the header
        problems = yaml_dialect.load_problems(text.replace("\r\n", "\n"), "hexo")
        mine = [problem for problem in problems if problem.outcome is LOST and problem.offset >= 0]
        lists = [problem for problem in mine if problem.kind == "not-a-mapping"]
        if "\r" not in text and not lists:
            assert bool(mine) == isinstance(outcome, dict), (text, outcome, mine)


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (datetime, date)):
        return "date"
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()}


def test_debian_s_jekyll_loads_as_psych_does() -> None:
    script = """v = Psych.safe_load("---\\n" + t, permitted_classes: [Date, Time], aliases: true)
        fix = lambda { |x| case x when Hash then x.map { |k, y| [k.to_s, fix.(y)] }.to_h
          when Array then x.map(&fix) when Date, Time then "date"
          when Integer, Float then (x.to_f.finite? ? x.to_f : 0.5) else x end }
        v.nil? || v == false ? {empty: 1} : v.is_a?(Hash) ? {value: fix.(v)} : {error: "no hash"}"""
    odd = re.compile(
        r"^(?:---|\.\.\.)|!|\?|\[k\]|\{\{|\{a|null:|<<|[yY]es:|^1:|inf|nan", re.MULTILINE
    )
    texts = [
        text for text in headers(13, 4000) if not re.search(r"^(?:---|\.\.\.)\s*$", text, re.M)
    ]
    for text, outcome in zip(texts, ruby(script, texts), strict=True):
        told = yaml_dialect.load_problems(text, "jekyll", DEBIAN)
        problems = [problem for problem in told if problem.outcome is DROPPED]
        assert isinstance(outcome, dict)
        if "!!set" in text or "!!binary" in text or "\x85" in text:
            continue
        assert bool(problems) == ("error" in outcome), (text, outcome, problems)
        if "value" in outcome and not odd.search(text) and "aliases" not in text:
            assert _plain(yaml_dialect.load(text, "jekyll", DEBIAN)) == outcome["value"], text


NEW = (0, 152)
"""Hugo with another YAML loader than before."""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("y", "y"),
        ("True", True),
        ("~", None),
        ("017", 15),
        ("0o17", 15),
        ("08", "08"),
        ("1_000", 1000),
        ("1e3", "1e3"),
        ("1.5e3", 1500.0),
        ("2021-12-02", "2021-12-02"),
        ("a\tb", "ab"),
        (", b", ", b"),
        ("}", "}"),
        ("?", "?"),
        ("a\x85b\x07", "a\x85b\x07"),
        ("\nb", "b"),
        ('"\\ud83d\\ude00"', "xxxxxxxxxxxx"),
    ],
)
def test_newer_hugo_reads_another_yaml(text: str, value: object) -> None:
    header = f"a: {text}\nb: c\n"
    assert yaml_dialect.load_problems(header, "hugo", NEW) == []
    data = yaml_dialect.load(header, "hugo", NEW)
    assert data == {"a": value, "b": "c"}
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize(
    "header",
    [
        "a: 1\na: 1\n",
        "a:\n  b: 1\n  b: 2\n",
        'a: "b\tc"\nd: e\n',
        " a: b\nc: d\n",
        "a: [b\nc]\n",
        "a: b\n%YAML 1.2\n",
        "a: !\nb: c\n",
        "a: !!bool x\n",
        "a:\nb\n - c\nd: e\n",
    ],
)
def test_newer_hugo_dies_of_what_the_older_one_reads(header: str) -> None:
    old = yaml_dialect.load_problems(header, "hugo", (0, 111))
    assert (
        not any(problem.outcome is DIES for problem in old)
        or "!!bool" in header
        or "\nb\n" in header
    )
    assert yaml_dialect.load_problems(header, "hugo", NEW)[0].outcome is DIES
    (either, *_) = yaml_dialect.load_problems(header, "hugo")
    assert either.outcome is DIES


def test_a_version_between_two_measured_ones_is_read_as_both() -> None:
    assert yaml_dialect.dialects("hugo", (0, 151)) == ("go",)
    assert yaml_dialect.dialects("hugo", (0, 152, 1)) == ("goccy",)
    assert yaml_dialect.dialects("hugo") == ("go", "goccy")
    (problem,) = yaml_dialect.load_problems("a: }\n", "hugo")
    assert "Hugo before 0.152" in problem.message
    (problem,) = yaml_dialect.load_problems("a: 1\na: 2\n", "hugo")[:1]
    assert problem.outcome is DIES


@pytest.mark.parametrize("version", hugo.VERSIONS)
def test_hugo_dies_of_what_the_model_says(version: str) -> None:
    if reason := hugo.available(version):
        pytest.skip(reason)
    said = re.compile(r"unmarshal|\[\d+:\d+\] ")
    texts = [text for text in headers(14, 90) if not re.search(r"(?:^|[\r\n])---", text)]
    wrong = []
    for text in texts:
        result = hugo.build({"a.md": f"---\n{text.rstrip(chr(10))}\n---\nText\n".encode()}, version)
        name, number = Target.parse(f"hugo@{version}")
        problems = [p for p in yaml_dialect.load_problems(text, name, number) if p.outcome is DIES]
        found = said.search(result.log) is not None
        if bool(problems) != found:
            wrong.append((text, result.log[-300:], problems))
    # goccy/go-yaml is modelled for what people write; these headers are drawn from what differs.
    assert len(wrong) <= (0 if version == hugo.SYSTEM else 0.03 * len(texts)), wrong


def test_a_simple_header_means_the_same_to_the_slow_way(monkeypatch: pytest.MonkeyPatch) -> None:
    simple = [text for text in headers(15, 20_000) if yaml_dialect.is_simple(text)]
    assert len(simple) > 300
    for target in ("hexo", "jekyll", "hugo"):
        fast = [yaml_dialect.load(text, target) for text in simple]
        told = [yaml_dialect.load_problems(text, target) for text in simple]
        with monkeypatch.context() as patch:
            patch.setattr(yaml_dialect, "is_simple", lambda content: False)
            assert fast == [yaml_dialect.load(text, target) for text in simple]
            assert told == [yaml_dialect.load_problems(text, target) for text in simple]


@given(st.randoms(use_true_random=False), st.text(max_size=20))
def test_offsets_lie_in_the_text_and_nothing_is_raised(chance: Any, more: str) -> None:
    text = header(chance) + more
    for target in TARGETS:
        for problem in yaml_dialect.load_problems(text, target):
            assert 0 <= problem.offset <= problem.end <= len(text)
        yaml_dialect.load(text, target)


def test_bytes_that_are_no_utf8_kill_hugo_alone() -> None:
    assert worst("title: a\udce9b\n") == dict.fromkeys(FATAL) | {"hugo": DIES}


def test_aliases_are_not_multiplied() -> None:
    laughs = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)
    )
    for target in TARGETS:  # Multiplied they would be 4 to the 60th values.
        assert yaml_dialect.load_problems(laughs, target) == []
        assert yaml_dialect.load(laughs, target) is not None


@pytest.mark.parametrize(
    "hostile",
    [
        "a: " + "[" * 20_000,
        "a: '" + "'" * 20_001,
        "a: " + "b: " * 20_000,
        "- " * 20_000,
        "? " * 20_000,
        "&a " * 20_000,
        "\n\t" * 20_000 + ":",
        "a: |\n" + " \n" * 20_000,
        'a: "\\' * 20_000,
        "{" + "a: b, " * 10_000,
        " " * 50_000 + "#",
        "a: " + "x " * 30_000 + "\n:",
    ],
)
def test_time_grows_in_step_with_hostile_yaml(hostile: str) -> None:
    def read(text: str) -> None:
        for target in TARGETS:
            yaml_dialect.load_problems(text, target)
            yaml_dialect.load(text, target)

    growth.check(lambda size: hostile[:size], read, len(hostile))


def test_an_empty_item_is_an_item() -> None:
    for target in TARGETS:
        assert yaml_dialect.load("a:\n-\n- x\nb:\n -\n - z\n", target) == {
            "a": [None, "x"],
            "b": [None, "z"],
        }


def test_simple_yaml_read_line_by_line_is_what_the_parser_composes() -> None:
    """Nodes are made of the same text later, when something is found: neither may surprise."""
    kept = 0
    for text in (text.replace("\r", "") for text in headers(16, 20_000)):
        if not yaml_dialect.is_simple(text):
            continue
        for target in ("hexo", "jekyll", "hugo"):
            name = yaml_dialect.dialect(target)
            values = simple_yaml.simple(text, name)
            if values is None:
                continue
            kept += 1
            node = aliases.compose(text)
            assert values == (yaml_values.mapping(node, name) if node else {}), text
    assert kept > 600


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: [b:c]\n", "a:\n - [b:c]\n"])
def test_simple_yaml_that_a_loader_may_refuse_is_left_to_the_parser(text: str) -> None:
    assert yaml_dialect.is_simple(text)
    assert simple_yaml.simple(text, "js") is None
