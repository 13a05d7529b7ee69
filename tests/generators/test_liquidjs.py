"""What Eleventy's liquidjs makes of a post: each line below was tried with Eleventy 3.1.8."""

from __future__ import annotations

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from renderers import eleventy

from newslint.generators import liquidjs
from newslint.generators.effects import Effect

from .liquid_cases import OUTCOME, hostile_texts, measured, worst

DIES, RUNS, CUT = Effect.SITE_DIES, Effect.EXECUTED, Effect.CUT
SITE = {("include", "note"), ("include", "note.html"), ("layout", "base.liquid")}

CASES: list[tuple[str, Effect | None]] = [
    # What is left alone.
    ("plain { text } %} }} {# x #} {", None),
    ("&#123;&#123; x &#125;&#125;", None),
    ("{% raw %}{{ x }}{% foo %}{{ {% endraw %}", None),
    ("{% raw %}{{{% endraw -%}", None),
    ("{% raw %}{% endraw {% endraw %}", None),
    ("{% comment %}{{ x | nofilter }}{% foo %}{% if %}{% endif %}{% endcomment %}", None),
    # Outputs.
    ("{{ hello }}", RUNS),
    ("{{ hello world 中文 }}", RUNS),
    ("{{ and }}", RUNS),
    ("{{< foo >}}", RUNS),
    ("```\n{{ x }}\n```", RUNS),
    ("{{ a, b c ) d }}", RUNS),
    ("{{ (a..3) }}{{ x[0].y['z'] }}{{ 'it' | upcase | append: \"s\" }}", RUNS),
    ("{{ x | }}", RUNS),
    ("{{ '}}' }}", RUNS),
    ("{{}}", DIES),
    ("{{ 7*7 }}", DIES),
    ("{{% foo %}}", DIES),
    ("{{{ x }}}", DIES),
    ("{{ x", DIES),
    ("{{ x }", DIES),
    ("{{ it's }}", DIES),
    ("{{ it's }} and it's }}", RUNS),
    ("{{ it's }} and it's 7*7 }}", DIES),
    ("{{ (1..2 }}", DIES),
    ("{{ (x) }}", DIES),
    ("{{ x[ }}", DIES),
    ("{{ x | nofilter }}", DIES),
    ("{{ x | upcase 1 }}", DIES),
    ("{{ x | append }}", DIES),
    ("{{ x | where_exp: 'i', 'i == 1' }}", RUNS),
    ("{{ x | where_exp: 'i' }}", DIES),
    ("{{ nil.constructor }}", DIES),
    ("{{ x.constructor.constructor }}", RUNS),
    ('{{ range.constructor("return process.version")() }}', DIES),
    ("{{ (1..99999999999) }}", DIES),
    ("{{ 7 | url }}", DIES),
    ("{{ x | inputPathToUrl }}", DIES),
    # Tags.
    ("{% foo %}", DIES),
    ("{% 中文 %}", DIES),
    ("{%%}", DIES),
    ("{%}", DIES),
    ("{% x", DIES),
    ("{% endif %}", DIES),
    ("{% else %}", DIES),
    ("{% highlight ruby %}x{% endhighlight %}", DIES),
    ("{% comment %}{{ x", DIES),
    ("{% comment %}{% %}{% endcomment %}", DIES),
    ("{% comment %}", DIES),
    ("{% raw %}", DIES),
    ("{% raw %}a{%- endraw %}", DIES),
    ("{% if x %}a{% elsif y == 1 %}{% else %}b{% endif %}", RUNS),
    ("{% if hello world %}a{% endif %}", RUNS),
    ("{% if %}a{% endif %}", DIES),
    ("{% if x %}a", DIES),
    ("{% if x %}a{% endfor %}", DIES),
    ("{% if x %}a{% else if y %}b{% endif %}", DIES),
    ("{% if x %}{% else %}{% else %}{% endif %}", DIES),
    ("{% if x %}{% endif x %}", DIES),
    ("{% if x | nofilter %}{% endif %}", DIES),
    ("{% unless x %}{% else y %}{% else %}{% elsif %}{% endunless x %}", RUNS),
    ("{% for i in x limit: 2 %}{{ forloop.index }}{% else %}none{% endfor %}", RUNS),
    ("{% for i in (1..2) %}{{ forloop.constructor }}{% endfor %}", DIES),
    ("{{ forloop.constructor }}", RUNS),
    ("{% for i on x %}{% endfor %}", DIES),
    ("{% for i in x %}{% endfor x %}", DIES),
    ("{% case x %}{% when 1, 2 or 3 %}{% when %}{% else %}{% endcase %}", RUNS),
    ("{% case x %}{% when , %}{% endcase %}", DIES),
    ("{% case %}{% endcase %}", DIES),
    ("{% tablerow i in x %}{% endtablerow %}", RUNS),
    ("{% tablerow i in x %}{% else %}{% endtablerow %}", DIES),
    ("{% assign x = 1 %}{% increment y %}{% cycle 'a', 'b' %}{% echo %}{% echo x %}", RUNS),
    ("{% assign x == 1 %}", DIES),
    ("{% capture %}{% endcapture %}", DIES),
    ("{% cycle %}", DIES),
    ("{% # fine %}", RUNS),
    ("{% # a\nb %}", DIES),
    ("{% liquid\n  assign x = 1\n  echo x %}", RUNS),
    ("{% liquid\n  if x %}{% endif %}", DIES),
    ("{% liquid\n  youtube x %}", DIES),
    ("{% block a %}x{% endblock %}", RUNS),
    ("{% layout none %}x", RUNS),
    ("{% if x %}{% layout none %}{% endif %}", DIES),
    ("{% getBundle 'css' %}", DIES),
    # The post ends.
    ("a{% break %}b", CUT),
    ("{% unless x %}{% continue %}{% endunless %}b", CUT),
    ("{% for i in (1..2) %}{% break %}{% endfor %}b", RUNS),
    ("{% if x %}{% break %}{% endif %}b", RUNS),
    # Files of the site.
    ("{% include 'note' a: 1 %}", None),
    ("{% render 'note.html', a: 1 %}", None),
    ("{% include 'none' %}", DIES),
    ("{% include note.html %}", DIES),
    ("{% include none %}", DIES),
    ("{% include page.widget %}", DIES),
    ("{% render '' for x as y %}", DIES),
    ("{% include %}", DIES),
    ("{% include '{{ x' %}", DIES),
    ("{% render 'none' for x as y %}", RUNS),
    ("{% render 'none' for (1..2) as y %}", DIES),
    ("{% layout 'none' %}", DIES),
    ("{% if x %}{% include 'none' %}{% endif %}", RUNS),
]


def scan(text: str) -> list[liquidjs.TemplateProblem]:
    return liquidjs.scan(text, markdown=True, exists=lambda kind, name: (kind, name) in SITE)


@pytest.mark.parametrize(("text", "effect"), CASES)
def test_worst_effect(text: str, effect: Effect | None) -> None:
    assert worst(scan(text)) == effect


@pytest.mark.parametrize(("case", "body", "outcome"), measured("eleventy"))
def test_measured_cases(case: str, body: str, outcome: str) -> None:
    assert OUTCOME[worst(scan(body))] == outcome


def test_the_whole_block_is_told_of_tag_by_tag() -> None:
    text = "a {% if x %}b{{ y }}{% endif %} c"
    assert [text[p.start : p.end] for p in scan(text)] == ["{% if x %}", "{{ y }}", "{% endif %}"]


def test_one_percent_sign_serves_both_ends_of_an_empty_tag() -> None:
    text = "{%} a %} b"
    assert [text[p.start : p.end] for p in scan(text)] == ["{%}"]


def test_files_count_as_missing_when_nobody_can_tell() -> None:
    for text in ("{% include 'note' %}", "{% render 'note' %}", "{% layout 'base.liquid' %}"):
        assert worst(liquidjs.scan(text, markdown=True)) is DIES


def test_file_type_makes_no_difference() -> None:
    for text, _ in CASES:
        assert liquidjs.scan(text, markdown=True) == liquidjs.scan(text, markdown=False)


def test_too_many_blocks_within_blocks() -> None:
    assert worst(scan("{% if x %}" * 1000 + "{% endif %}" * 1000)) is RUNS
    assert worst(scan("{% if x %}" * 2000 + "{% endif %}" * 2000)) is DIES


PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", " if x ", " endif ", " raw ", " endraw ", "'", '"', "|", ":", "-", "}",
     " x ", "\n", "中", "(1..2)", "[", "]", " for i in ", " liquid ", " comment ", " case ", " when "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_problems_are_in_order_and_begin_with_an_opener(text: str) -> None:
    problems = scan(text)
    assert [p.start for p in problems] == sorted({p.start for p in problems})
    for problem in problems:
        assert text[problem.start : problem.start + 2] in ("{{", "{%")
        assert problem.start < problem.end <= len(text)
        assert problem.detail
        assert not problem.code


@given(st.text().filter(lambda text: "{{" not in text and "{%" not in text))
def test_text_without_openers_is_fine(text: str) -> None:
    assert scan(text) == []


@given(st.text(alphabet="{}x '\"-\n中"))
def test_raw_protects_everything_but_tags(text: str) -> None:
    assert scan("{% raw %}" + text + " {% endraw %}") == []


@given(st.text(alphabet="{}x '\"-\n中%"))
def test_what_follows_a_comment_or_a_text_without_openers_is_still_seen(text: str) -> None:
    if "{{" not in text + "{" and "{%" not in text:
        assert scan(text + "{{ x }}") != []


@pytest.mark.parametrize("place", range(len(hostile_texts(100))))
def test_time_grows_with_the_length_only(place: int) -> None:
    growth.check(lambda size: hostile_texts(size)[place], scan, 40_000)


@pytest.mark.skipif(eleventy.available() is not None, reason=str(eleventy.available()))
def test_eleventy_builds_what_does_not_count_as_fatal() -> None:
    head = b"---\ntitle: T\ndate: 2021-12-02\n---\n"
    texts = [text for text, effect in CASES if effect is not DIES and "'note" not in text]
    built = eleventy.build({f"{i}.html": head + text.encode() for i, text in enumerate(texts)})
    assert built.exit_code == 0, built.log
    for i, text in enumerate(texts):
        if worst(scan(text)) is not None:
            assert built.pages[f"{i}.html"].article != text
        elif "{%" not in text:
            assert built.pages[f"{i}.html"].article == text


@pytest.mark.skipif(eleventy.available() is not None, reason=str(eleventy.available()))
@pytest.mark.parametrize(
    "text", ["{% foo %}", "{{ it's }}", "{{ 7*7 }}", "{% if x %}", "{{ x | nofilter }}"]
)
def test_eleventy_dies_of_what_counts_as_fatal(text: str) -> None:
    assert worst(scan(text)) is DIES
    assert eleventy.build({"a.md": b"---\ntitle: T\n---\n" + text.encode()}).exit_code != 0
