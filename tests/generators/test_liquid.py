"""What Jekyll's Liquid makes of a post: each line below was tried with Jekyll 4.3.1."""

from __future__ import annotations

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from renderers import jekyll

from newslint.generators import liquid
from newslint.generators.effects import Effect

from .liquid_cases import OUTCOME, hostile_texts, measured, worst

DIES, RUNS, CUT = Effect.SITE_DIES, Effect.EXECUTED, Effect.CUT
SITE = {("include", "note.html"), ("post", "2021-12-01-good"), ("link", "about.md")}

CASES: list[tuple[str, Effect | None]] = [
    # What is left alone.
    ("plain { text } %} }} {# x #} {", None),
    ("&#123;&#123; x &#125;&#125;", None),
    ("{% raw %}{{ x }}{% foo %}{{ {% endraw %}", None),
    ("{% raw %}{{{% endraw %}", None),
    ("{%raw-%}{%- endraw -%}{%endraw%}", None),
    ("{% comment %}{{ x }}{% foo %}{% endif %}{% endcomment %}", None),
    ("{% highlight ruby linenos %}x = {}{% endhighlight %}", None),
    ('{% highlight c++ hl_lines="1 2" %}x{% endhighlight %}', None),
    # Outputs.
    ("{{ hello }}", RUNS),
    ("{{}}", RUNS),
    ("{{ 7*7 }} and {{ 中文 \"it's }}", RUNS),
    ("{{< foo >}}", RUNS),
    ("{{% foo %}}", RUNS),
    ("```\n{{ x }}\n```", RUNS),
    ("<!-- {{ x }} -->", RUNS),
    ("{{{ x }}}", RUNS),
    ("{{ x | nofilter }}", RUNS),
    ("{{ x", DIES),
    ("{{ x }", DIES),
    ("{{ a{b} }}", DIES),
    ("<style>@media{.a{{color:red}.b{c:d}}}</style>", DIES),
    ("{{ (true..5) }}", DIES),
    ("{{ (1..page) }}", DIES),
    ("{{ (1..page.id) }}", RUNS),
    ("{{ page.count }}", DIES),
    ("{{ 1 | plus }}", DIES),
    ("{{ 1 | divided_by: 0 }}", DIES),
    ("{{ x | cgi_escape }}", DIES),
    ("{{ x | sort }}", DIES),
    ("{{ x | truncate: 'a' }}", RUNS),
    ("{{ 'text' | truncate: 'a' }}", DIES),
    ("{{ merge }}", DIES),
    # Tags.
    ("{% foo %}", DIES),
    ("{% 中文 %}", DIES),
    ("{%%}", DIES),
    ("{% x", DIES),
    ("{% endif %}", DIES),
    ("{% else %}", DIES),
    ("{% if x %}a{% else %}b{% endif %}", RUNS),
    ("{% if %}a{% endif %}", DIES),
    ("{% if , %}a{% endif %}", DIES),
    ("{% if x %}a", DIES),
    ("{% if x %}a{% endfor %}", DIES),
    ("{% if hello world %}a{% endif %}", DIES),
    ("{% if Hello World %}a{% endif %}", RUNS),
    ("{% if a = b %}a{% endif %}", DIES),
    ("{% if 1 < 'a' %}a{% endif %}", DIES),
    ("{% if x < 'a' %}a{% endif %}", RUNS),
    ("{% if x and y or z == 'and' %}a{% elsif a contains 'b' %}{% endif %}", RUNS),
    ("{% unless x %}{{ 1 | plus }}{% endunless %}", DIES),
    ("{% if x %}{{ 1 | plus }}{% endif %}", RUNS),
    ("{% if true %}{% else %}{{ 1 | plus }}{% endif %}", RUNS),
    ("{% for i in x %}{{ i }}{% else %}none{% endfor %}", RUNS),
    ("{% for i in(1..3) %}{{ i }}{% endfor %}", RUNS),
    ("{% for i on x %}{% endfor %}", DIES),
    ("{% for i in x %}{% else %}{% else %}{% endfor %}", DIES),
    ("{% for i in (1..999999999999) %}{% endfor %}", DIES),
    ("{% for i in x limit: 'a' %}{% endfor %}", DIES),
    ("{% case x %}{% when 1, 2 or 3 %}{% else %}{% endcase %}", RUNS),
    ("{% case %}{% endcase %}", DIES),
    ("{% case x %}{% when %}{% endcase %}", DIES),
    ("{% case x %}{% else y %}{% endcase %}", DIES),
    ("{% tablerow i in x %}{% endtablerow %}", RUNS),
    ("{% tablerow i %}{% endtablerow %}", DIES),
    ("{% assign x = 1 %}{% increment y %}{% cycle 'a', 'b' %}{% echo x %}", RUNS),
    ("{% assign x %}", DIES),
    ("{% capture %}{% endcapture %}", DIES),
    ("{% cycle %}", DIES),
    ("{% # fine %}", RUNS),
    ("{% # a\nb %}", DIES),
    ("{% render 'x' %}", DIES),
    ("{% if x %}{% render 'x' %}{% endif %}", RUNS),
    ("{% render x %}", DIES),
    ("{% liquid\n  assign x = 1\n  echo x %}", RUNS),
    ("{% liquid\n  if x %}{% endif %}", DIES),
    ("{% liquid\n  youtube x %}", DIES),
    ("{% raw %}", DIES),
    ("{% raw x %}{% endraw %}", DIES),
    ("{% raw %}a{%- endraw %}", DIES),
    ("{% comment %}{% if %}{% endcomment %}", DIES),
    ("{% comment %}{{ x }", DIES),
    ("{% highlight %}x{% endhighlight %}", DIES),
    ("{% highlight ruby %}{{ x }}{% endhighlight %}", RUNS),
    # The post ends.
    ("a{% break %}b", CUT),
    ("{% unless x %}{% continue %}{% endunless %}b", CUT),
    ("{% tablerow i in (1..2) %}{% break %}{% endtablerow %}b", CUT),
    ("{% for i in (1..2) %}{% break %}{% endfor %}b", RUNS),
    ("{% if x %}{% break %}{% endif %}b", RUNS),
    # Files of the site.
    ("{% include note.html id='a' %}", None),
    ("{% include none.html %}", DIES),
    ("{% include note.html a b %}", DIES),
    ("{% include ../note.html %}", DIES),
    ("{% include %}", DIES),
    ("{% include {{ x }} %}", DIES),
    ("{% include {{ page.widget }} %}", DIES),
    ("{% post_url 2021-12-01-good %}", None),
    ("{% post_url 2021-12-01-bad %}", DIES),
    ("{% post_url good %}", DIES),
    ("{% link about.md %}", None),
    ("{% link nowhere.md %}", DIES),
    ("{% if x %}{% include none.html %}{% endif %}", RUNS),
]


def scan(text: str) -> list[liquid.TemplateProblem]:
    def exists(kind: str, name: str) -> bool:
        return (kind, name) in SITE

    return liquid.scan(text, markdown=True, exists=exists, is_4=False)


@pytest.mark.parametrize(("text", "effect"), CASES)
def test_worst_effect(text: str, effect: Effect | None) -> None:
    assert worst(scan(text)) == effect


@pytest.mark.parametrize(("case", "body", "outcome"), measured("jekyll"))
def test_measured_cases(case: str, body: str, outcome: str) -> None:
    assert OUTCOME[worst(scan(body))] == outcome


def test_the_whole_block_is_told_of_tag_by_tag() -> None:
    text = "a {% if x %}b{{ y }}{% endif %} c"
    assert [text[p.start : p.end] for p in scan(text)] == ["{% if x %}", "{{ y }}", "{% endif %}"]


def test_an_unclosed_block_is_told_of_where_it_opens() -> None:
    text = "{{ x }} {% if x %} {% for i in x %} {% endif %}"
    fatal = [text[p.start : p.end] for p in scan(text) if p.effect is DIES]
    assert fatal == ["{% for i in x %}", "{% endif %}"]


def test_files_count_as_missing_when_nobody_can_tell() -> None:
    for text in ("{% include note.html %}", "{% post_url 2021-12-01-good %}", "{% link a.md %}"):
        assert worst(liquid.scan(text, markdown=True)) is DIES


def test_file_type_makes_no_difference() -> None:
    for text, _ in CASES:
        assert liquid.scan(text, markdown=True) == liquid.scan(text, markdown=False)


def test_too_many_blocks_within_blocks() -> None:
    assert worst(scan("{% if x %}" * 100 + "{% endif %}" * 100)) is RUNS
    assert worst(scan("{% if x %}" * 101 + "{% endif %}" * 101)) is DIES


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


@given(st.lists(PIECES, max_size=20).map("".join))
def test_an_opener_is_never_overlooked(text: str) -> None:
    # Whatever is before it within raw, comment or a tag may hide it: nothing may, else.
    if not any(word in text for word in ("raw", "comment", "{")):
        assert scan(text + "{{ x }}") != []


@pytest.mark.parametrize("place", range(len(hostile_texts(100))))
def test_time_grows_with_the_length_only(place: int) -> None:
    growth.check(lambda size: hostile_texts(size)[place], scan, 40_000)


@pytest.mark.skipif(jekyll.available() is not None, reason=str(jekyll.available()))
def test_jekyll_builds_what_does_not_count_as_fatal() -> None:
    head = b"---\ntitle: T\ndate: 2021-12-02 10:00:00\n---\n"
    texts = [text for text, effect in CASES if effect is not DIES and "note.html" not in text]
    texts = [text for text in texts if not any(word in text for word in ("link", "post_url"))]
    built = jekyll.build({f"{i}.html": head + text.encode() for i, text in enumerate(texts)})
    assert built.exit_code == 0, built.log
    for i, text in enumerate(texts):
        if worst(scan(text)) is not None:
            assert built.pages[f"{i}.html"].article != text
        elif "{%" not in text:
            assert built.pages[f"{i}.html"].article == text


@pytest.mark.skipif(jekyll.available() is not None, reason=str(jekyll.available()))
@pytest.mark.parametrize(
    "text",
    ["{% foo %}", "{{ x }", "{{ 1 | plus }}", "{% if hello world %}{% endif %}", "{{ merge }}"],
)
def test_jekyll_dies_of_what_counts_as_fatal(text: str) -> None:
    assert worst(scan(text)) is DIES
    assert jekyll.build({"a.md": b"---\ntitle: T\n---\n" + text.encode()}).exit_code != 0
