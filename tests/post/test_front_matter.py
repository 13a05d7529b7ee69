"""Where front matter is, what it says to the target, and where each key and value is."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.generators import VERSIONS, Target
from newslint.post import boundaries, front_matter
from newslint.post.front_matter import FrontMatter

TARGETS = tuple(VERSIONS)


def read(text: str, target: str = "hexo") -> FrontMatter:
    place = boundaries.find_boundaries(text, Target.parse(target))
    assert place.bounds is not None
    return front_matter.parse(text, place.bounds, Target.parse(target), simple=place.simple)


def spans(text: str, target: str = "hexo") -> dict[tuple[str | int, ...], tuple[str, str]]:
    """The text at the span of every key, and at that of its value."""
    entries = read(text, target).entries.values()
    return {e.path: (text[slice(*e.key)], text[slice(*e.value)].rstrip()) for e in entries}


NESTED = """\
title: 'it''s'
list:
 - a
 - "b 😀"
 - [c, {d: e}]
seo: {title: x, tags: [1, two]}
deep:
  deeper:
    - name: n
      value: |
        block
    - 责任: 编辑
"""
EXPECTED = {
    ("title",): ("title", "'it''s'"),
    ("list", 0): ("a", "a"),
    ("list", 1): ('"b 😀"', '"b 😀"'),
    ("list", 2, 0): ("c", "c"),
    ("list", 2, 1, "d"): ("d", "e"),
    ("seo",): ("seo", "{title: x, tags: [1, two]}"),
    ("seo", "title"): ("title", "x"),
    ("seo", "tags", 0): ("1", "1"),
    ("seo", "tags", 1): ("two", "two"),
    ("deep", "deeper", 0, "name"): ("name", "n"),
    ("deep", "deeper", 1, "责任"): ("责任", "编辑"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("lead", ["", "\ufeff", "\n"])
@pytest.mark.parametrize("target", TARGETS)
def test_spans_are_exact_in_nested_yaml(target: str, lead: str, end: str) -> None:
    text = lead + f"---\n{NESTED}---\n😀 body\n".replace("\n", end)
    found = spans(text, target)
    assert {path: found[path] for path in EXPECTED} == EXPECTED


def test_a_lone_carriage_return_ends_a_line() -> None:
    text = "---\rtitle: a\rlist:\r - b\r---\rbody"
    found = spans(text, "html")
    assert found[("title",)] == ("title", "a")
    assert found[("list", 0)] == ("b", "b")


def test_an_astral_character_before_a_key_counts_as_one() -> None:
    text = "---\na: 😀😀\nb: x\n---\n"
    assert read(text).key_span(("b",)).start == text.index("b:")


def test_tabs_that_hexo_reads_as_spaces_move_no_span() -> None:
    text = "---\nlist:\n\t- a\n\t- b\nafter: x\n---\n"
    found = spans(text)
    assert found[("list", 1)] == ("b", "b")
    assert found[("after",)] == ("after", "x")
    assert read(text).data == {"list": ["a", "b"], "after": "x"}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ('---json\n{"a": [1, {"b é": "😀"}], "c": null}\n---\n', "eleventy"),
        (';;;\n"a": [1, {"b é": "😀"}],\n"c": null\n;;;\n', "hexo"),
        ('"a": [1, {"b é": "😀"}],\n"c": null\n;;;\n', "hexo"),
        ('{"a": [1, {"b é": "😀"}], "c": null}\nbody', "hugo"),
        ('---\n{"a": [1, {"b é": "😀"}], "c": null}\n---\n', "jekyll"),
    ],
)
def test_spans_are_exact_in_json(text: str, target: str) -> None:
    assert spans(text, target) == {
        ("a",): ('"a"', '[1, {"b é": "😀"}]'),
        ("a", 0): ("1", "1"),
        ("a", 1): ('{"b é": "😀"}', '{"b é": "😀"}'),
        ("a", 1, "b é"): ('"b é"', '"😀"'),
        ("c",): ('"c"', "null"),
    }


def test_spans_are_exact_in_toml() -> None:
    text = (
        "+++\ntitle = 'x # no comment' # a comment\n"
        'tags = [\n  "a", # one\n  \'b\',\n]\n"odd key" = """two\nlines"""\n'
        "date = 1979-05-27 07:32:00Z\n[seo.og]\ninline = {a = 1, b.c = [2]}\n"
        "[[p]]\nn = 1\n[[p]]\nn = 2\n+++\n"
    )
    found = spans(text, "hugo")
    assert found[("title",)] == ("title", "'x # no comment'")
    assert found[("tags", 0)] == ('"a"', '"a"')
    assert found[("tags", 1)] == ("'b'", "'b'")
    assert found[("odd key",)] == ('"odd key"', '"""two\nlines"""')
    assert found[("date",)] == ("date", "1979-05-27 07:32:00Z")
    assert found[("seo", "og", "inline", "a")] == ("a", "1")
    assert found[("seo", "og", "inline", "b", "c", 0)] == ("2", "2")
    assert found[("p", 1, "n")] == ("n", "2")


WORDS = st.text(st.sampled_from("ab编-😀é "), min_size=1, max_size=5).map(lambda s: "k" + s + "k")
SCALARS = (
    WORDS | st.integers(0, 99) | st.booleans() | st.sampled_from(["it's", 'a "b"', "x: y", "#"])
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
MATTERS = st.dictionaries(WORDS, TREES, min_size=1, max_size=5)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every way into a value."""
    found = {path} if path else set()
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for key, inner in pairs:
        found |= paths(inner, (*path, key))
    return found


@settings(deadline=None)
@given(MATTERS, st.booleans() | st.none(), st.sampled_from(["", "\n", "\ufeff"]))
def test_the_text_at_a_keys_span_is_the_key_in_yaml(
    data: dict[str, Any], flow: bool | None, lead: str
) -> None:
    dumped = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=1000)
    text = f"{lead}---\n{dumped}---\nbody"
    matter = read(text)
    assert matter.error is None
    assert matter.data == data
    assert set(matter.entries) == paths(data)
    for entry in matter.entries.values():
        if isinstance(entry.path[-1], str):
            assert text[slice(*entry.key)].strip("'\"") == entry.path[-1]


@settings(deadline=None)
@given(MATTERS, st.sampled_from([None, 2]))
def test_the_text_at_a_keys_and_a_values_span_is_it_in_json(
    data: dict[str, Any], indent: int | None
) -> None:
    text = f"---json\n{json.dumps(data, ensure_ascii=False, indent=indent)}\n---\n"
    matter = read(text, "eleventy")
    assert matter.data == data
    assert set(matter.entries) == paths(data)
    for entry in matter.entries.values():
        value: Any = data
        for part in entry.path:
            value = value[part]
        assert json.loads(text[slice(*entry.value)]) == value
        if isinstance(entry.path[-1], str):
            assert json.loads(text[slice(*entry.key)]) == entry.path[-1]


@settings(deadline=None)
@given(
    st.text(st.sampled_from("-+;{}[]\"':#=ab \t\n\r\ufeff.,&*!|>%@`<"), max_size=60),
    st.sampled_from(TARGETS),
)
def test_no_text_at_all_is_too_much(text: str, target: str) -> None:
    for sample in (text, f"---\n{text}\n---\n", f"+++\n{text}\n+++\n", f"---json\n{text}\n---\n"):
        place = boundaries.find_boundaries(sample, Target.parse(target))
        if place.bounds is None:
            continue
        bounds = place.bounds
        assert 0 <= bounds.opening.start <= bounds.content.start <= bounds.content.end
        assert bounds.content.end <= bounds.body <= len(sample)
        if bounds.closing is None or bounds.form not in front_matter.FORMS:
            continue
        matter = front_matter.parse(sample, bounds, Target.parse(target), simple=place.simple)
        if matter.error is not None:
            assert bounds.content.start <= matter.error.offset <= bounds.content.end
            assert not matter.data
        for entry in matter.walk():
            assert 0 <= entry.key.start <= entry.key.end <= len(sample)


@pytest.mark.parametrize(
    ("text", "target", "fenced", "content", "body"),
    [
        ("---\na: 1\n---\nb", "hexo", "---", "a: 1\n", "b"),
        ("\n---\na: 1\n---\nb", "hexo", "---", "a: 1\n", "b"),
        ("a: 1\n---\nb", "hexo", "", "a: 1\n", "b"),
        ("---\na: |\n x\n---\n y\n---\nb", "hexo", "---", "a: |\n x\n", " y\n---\nb"),
        ("---\na: 1\n--- b", "hugo", "---", "a: 1\n", " b"),
        ("---\na: 1\n...\nb", "jekyll", "---", "a: 1\n", "b"),
        ("----\na: 1\n----\nb", "hexo", "----", "a: 1\n", "b"),
        ("+++\na = 1\n+++\nb", "hugo", "+++", "a = 1\n", "b"),
        ("---\r\na: 1\r\n---\r\nb", "eleventy", "---", "a: 1\r\n", "b"),
    ],
)
def test_bounds_are_those_that_the_target_sees(
    text: str, target: str, fenced: str, content: str, body: str
) -> None:
    place = boundaries.find_boundaries(text, Target.parse(target))
    assert place.read_error is None
    assert place.bounds is not None
    assert place.bounds.fence == fenced
    assert text[slice(*place.bounds.content)].lstrip("\r\n") == content
    assert text[place.bounds.body :] == body


@pytest.mark.parametrize(
    ("text", "target", "kind"),
    [
        ("\n---\na: 1\n---\nb", "jekyll", "not-first"),
        ("  \n---\na: 1\n---\nb", "hexo", "not-first"),
        ("+++\na = 1\n+++\nb", "hexo", "fence"),
        ("---json\n{}\n---\nb", "hexo", "fence"),
        ("----\na: 1\n----\nb", "hugo", "fence"),
        ("---\na: 1\nb", "hexo", "unclosed"),
        ("---\n---\nb", "hexo", "empty"),
    ],
)
def test_what_a_target_does_not_read_is_found_as_it_is_meant(
    text: str, target: str, kind: str
) -> None:
    place = boundaries.find_boundaries(text, Target.parse(target))
    assert place.read_error is not None
    assert place.read_error.kind == kind
    assert place.bounds is not None


@pytest.mark.parametrize(
    "text", ["", "<p>x</p>", "prose\n\n---\n\nmore", "---\nprose\n", "{{ x }}"]
)
def test_prose_is_no_front_matter(text: str) -> None:
    assert boundaries.find_boundaries(text, Target()).bounds is None


def test_values_are_those_that_the_target_sees() -> None:
    text = "---\na: yes\nb: 1_000\nc: 12:30:45\nd: 0o17\n---\n"
    assert read(text, "hexo").data == {"a": "yes", "b": "1_000", "c": "12:30:45", "d": 15}
    assert read(text, "jekyll").data == {"a": True, "b": 1000, "c": 45045.0, "d": "0o17"}
    assert read(text, "hugo@0.111").data["a"] is True
    assert read(text, "hugo@0.152").data["a"] == "yes"


def test_yaml_that_only_pyyaml_refuses_is_read() -> None:
    assert read("---\na: &x 1\nb: &x 2\nc: *x\n---\n").data == {"a": 1, "b": 2, "c": 2}


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "aliases expand to more than 10,000 values (limits.yaml-values)"),
        ("a: &a [*a]\n", "contains itself"),
        ("a: " + "[" * 100_000 + "\n", "nested deeper than 100 levels"),
        ("".join(f"{' ' * n}a:\n" for n in range(1_000)), "nested deeper than 100 levels"),
    ],
)
def test_hostile_yaml_is_refused_in_words(content: str, words: str, target: str) -> None:
    matter = read(f"---\n{content}---\n", target)  # To expand the bomb would never end.
    assert matter.error is not None
    assert words in matter.error.message


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ('---json\n{"a":' + "[" * 100_000 + "\n---\n", "eleventy"),
        ("+++\na = " + "[" * 100_000 + "\n+++\n", "hugo"),
    ],
)
def test_hostile_json_and_toml_are_refused_in_words(text: str, target: str) -> None:
    error = read(text, target).error
    assert error is not None
    assert error.message == "nested too deep"


@pytest.mark.parametrize(
    ("target", "is_text"), [("hugo", True), ("hexo", False), ("jekyll", False), ("eleventy", False)]
)
def test_an_ideographic_space_is_text_to_hugo_alone(target: str, is_text: bool) -> None:
    assert (read("---\n\u3000\n---\n", target).error is not None) == is_text
