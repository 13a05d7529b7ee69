"""What is said of Hexo's templates is what Hexo does: by table, by the measured table, by building."""

from __future__ import annotations

import re

import growth
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from inputs import measured
from renderers import hexo

from newslint.generators.effects import Effect
from newslint.generators.hexo.templates import VERSIONS, scan

LABELS = {"hexo_5.4.2": 5, "hexo_6.3.0": 6, "hexo_7.3.0": 7, "hexo": 8}

DIES, CUT, RUN, WRONG, OK = "dies", "cut", "run", "wrong", "-"
_NAMES = {
    Effect.SITE_DIES: DIES,
    Effect.CUT: CUT,
    Effect.EXECUTED: RUN,
    Effect.WRONG: WRONG,
}

ANY_FILE = [
    # construct, then what becomes of it in Hexo 5, 6, 7, 8 in a .html and in a .md file
    ("plain", "<p>no template at all, 50% of {it}</p>", OK, OK, OK, OK),
    ("variable", "a {{ hello }} b", RUN, RUN, RUN, RUN),
    ("calculated", "{{ 7*7 }}", RUN, RUN, RUN, RUN),
    ("empty", "a {{ }} b", DIES, DIES, DIES, DIES),
    ("two words", "{{ 中文 内容 }}", DIES, DIES, DIES, DIES),
    ("one word", "{{ 中文 }}", RUN, RUN, RUN, RUN),
    ("call of nothing", "{{ x() }}", DIES, DIES, DIES, DIES),
    ("call of a text", "{{ title() }}", DIES, DIES, DIES, DIES),
    ("call of a function", "{{ range(3) }}", RUN, RUN, RUN, RUN),
    ("member of nothing", "{{ x.y.z }}", RUN, RUN, RUN, RUN),
    ("method of nothing", "{{ x.y() }}", DIES, DIES, DIES, DIES),
    ("filter", "{{ x | upper }}", RUN, RUN, RUN, RUN),
    ("filter on nothing", "{{ x | trim }}", DIES, DIES, DIES, DIES),
    ("no such filter", "{{ x | nope }}", DIES, DIES, DIES, DIES),
    ("not evaluated", "{{ false and x() }}", RUN, RUN, RUN, RUN),
    ("no such test", "{{ x is nope }}", DIES, DIES, DIES, DIES),
    ("hugo shortcode", "{{< foo >}}", DIES, DIES, DIES, DIES),
    ("hugo shortcode in percent", "{{% foo %}}", DIES, DIES, DIES, DIES),
    ("unknown tag", "{% foo %}", DIES, DIES, DIES, DIES),
    ("if without a condition", "{% if %}", DIES, DIES, DIES, DIES),
    ("if", "{% if x %}a{% endif %}", RUN, RUN, RUN, RUN),
    ("unclosed if", "{% if x %}a", DIES, DIES, DIES, DIES),
    ("stray end tag", "{% endif %}", DIES, DIES, DIES, DIES),
    ("stray else", "{% else %}", DIES, DIES, DIES, DIES),
    ("dead branch", "{% if false %}{{ x() }}{% endif %}", RUN, RUN, RUN, RUN),
    ("loop over nothing", "{% for a in b %}{{ a() }}{% endfor %}", RUN, RUN, RUN, RUN),
    ("set", "{% set x = 1 %}", RUN, RUN, RUN, RUN),
    ("include", '{% include "x" %}', DIES, DIES, DIES, DIES),
    ("optional include", '{% include "x" ignore missing %}', RUN, RUN, RUN, RUN),
    ("comment", "a {# x #} b", RUN, RUN, RUN, RUN),
    ("unclosed variable", "a {{ b", DIES, CUT, DIES, OK),
    ("unclosed tag", "a {% b", DIES, CUT, DIES, OK),
    ("unclosed comment", "@media print{#a{color:red} }", DIES, CUT, DIES, OK),
    ("stray end of a comment", "a #} b", DIES, DIES, DIES, OK),
    ("stray ends", "a }} b %} c", OK, OK, OK, OK),
    ("far end", "a {{ b</p><style>@media{.a{color:red}}</style>", DIES, DIES, DIES, DIES),
    ("css", "<style>.a{{color:red}</style>", DIES, CUT, DIES, OK),
    ("unclosed behind a tag", "{{ x }} a {{ b", DIES, CUT, CUT, DIES),
    ("in a comment", "<!-- {{ x }} -->", RUN, RUN, RUN, OK),
    ("fatal in a comment", "<!-- {{ x y }} -->", DIES, DIES, DIES, OK),
    ("in code", "<pre><code>{{ x y }}</code></pre>", OK, OK, OK, OK),
    ("unclosed in code", "<code>{{ x</code>", OK, CUT, OK, OK),
    ("raw", "{% raw %}{{ x y }}{% endraw %}", OK, OK, OK, OK),
    ("raw in code", "<code>{% raw %}{{ x y }}{% endraw %}</code>", OK, OK, OK, OK),
    ("verbatim", "{% verbatim %}{% foo %}{% endverbatim %}", OK, OK, OK, OK),
    ("unclosed raw", "{% raw %}a {{ x }}", RUN, RUN, RUN, RUN),
    ("fence", "\n```\n{{ x y }} {% foo %}\n```\n", OK, OK, OK, OK),
    ("fence of tildes", "\n~~~ js\n{{ x y }}\n~~~\n", OK, OK, OK, OK),
    ("entities", "&#123;&#123; x y &#125;&#125;", OK, OK, OK, OK),
    ("codeblock", "{% codeblock lang:js %}a{% endcodeblock %}", OK, OK, OK, OK),
    ("run in a codeblock", "{% codeblock %}{{ 7*7 }}{% endcodeblock %}", RUN, RUN, RUN, RUN),
    ("unclosed codeblock", "{% codeblock %}a", DIES, DIES, DIES, DIES),
    ("blockquote", "{% blockquote A, B %}a{% endblockquote %}", OK, OK, OK, OK),
    ("image", "{% img /a.jpg 10 20 %}", OK, OK, OK, OK),
    ("image of nothing", "{% img %}", RUN, RUN, RUN, RUN),
    ("image at no address", "{% img http://a.b:99999/x.jpg %}", DIES, DIES, DIES, DIES),
    ("broken percent sign", "{% img http://a.b/100% %}", OK, OK, OK, DIES),
    ("link to no address", "{% link a http://a%zz/ %}", DIES, DIES, DIES, DIES),
    ("link", "{% link a http://a.b:80/%20?c d %}", OK, OK, OK, OK),
    ("asset", "{% asset_img a.jpg %}", OK, OK, OK, OK),
    ("link to a post", "{% post_link a-post %}", OK, DIES, DIES, DIES),
    ("link to no post", "{% post_link %}", RUN, DIES, DIES, DIES),
    ("video", "{% youtube abc %}", OK, OK, DIES, DIES),
    ("address", "{% url_for a /b %}", DIES, DIES, OK, OK),
    ("quoted end", '{{ "}}" }}', RUN, RUN, RUN, RUN),
    ("dashes", "{{- x -}}", RUN, RUN, RUN, RUN),
    ("doubled sign", "{{ --x }}", DIES, DIES, DIES, DIES),
    ("macro", "{% macro f(a) %}{{ a() }}{% endmacro %}", RUN, RUN, RUN, RUN),
    ("switch without a case", "{% switch x %}{% endswitch %}", DIES, DIES, DIES, DIES),
    ("block twice", "{% block a %}{% endblock %}{% block a %}{% endblock %}", DIES, DIES, DIES, DIES),
]  # fmt: skip

MARKDOWN = [
    ("inline code", "a `{{ x y }}` b", OK, OK, OK, OK),
    ("comment in inline code", "a `{# x #}` b", OK, RUN, RUN, OK),
    ("unclosed in inline code", "a `{{ x` b", OK, CUT, OK, OK),
    ("inline code in a heading", "# a `{{ x }}`\n", DIES, DIES, DIES, RUN),
    ("backticks in html", "<p>`{{ x }}`</p>", RUN, RUN, RUN, RUN),
    ("indented code", "text\n\n    {{ x y }}\n", OK, OK, OK, OK),
    ("unclosed fence", "```\n{{ x y }}\n", OK, OK, OK, OK),
    ("escaped braces", r"\{\{ x \}\}", RUN, RUN, RUN, OK),
    ("escaped outside", r"\{{ x }}", WRONG, WRONG, WRONG, WRONG),
    ("in an address", "[a](http://a.b/{{x}})", WRONG, WRONG, WRONG, WRONG),
    ("in the title of a link", '[a](/b "c {{x}}")', RUN, RUN, RUN, RUN),
    ("unknown in the title of a link", '[a](/b "c {% foo %}")', DIES, DIES, DIES, DIES),
    ("unclosed quotes", "{% img 'a.jpg %} rest", CUT, CUT, CUT, OK),
    ("in a list's fence", "- ```\n  {{ x }}\n  ```\n", OK, OK, OK, OK),
]
HTML = [
    ("backticks", "a `{{ x }}` b", RUN, RUN, RUN, RUN),
    ("unclosed quotes", "{% img 'a.jpg %} rest", CUT, CUT, CUT, CUT),
    ("indented", "text\n\n    {{ x }}\n", RUN, RUN, RUN, RUN),
    ("backslashes", r"\{\{ x \}\}", OK, OK, OK, OK),
]

ROWS = [
    pytest.param(text, markdown, dict(zip(VERSIONS, outcomes, strict=True)), id=f"{name} {kind}")
    for kind, markdown, rows in (
        ("md", True, ANY_FILE + MARKDOWN),
        ("html", False, ANY_FILE + HTML),
    )
    for name, text, *outcomes in rows
]


def worst(text: str, version: int | None, markdown: bool) -> str:
    effects = [problem.effect for problem in scan(text, version=version, markdown=markdown)]
    return min((_NAMES[effect] for effect in effects), key=list(_NAMES.values()).index, default=OK)


@pytest.mark.parametrize(("text", "markdown", "outcomes"), ROWS)
def test_each_version_does_what_it_was_measured_to_do(
    text: str, markdown: bool, outcomes: dict[int, str]
) -> None:
    assert {version: worst(text, version, markdown) for version in VERSIONS} == outcomes


@pytest.mark.parametrize(("text", "markdown", "outcomes"), ROWS)
def test_without_a_version_what_kills_or_cuts_in_any_is_told(
    text: str, markdown: bool, outcomes: dict[int, str]
) -> None:
    found = worst(text, None, markdown)
    order = [DIES, CUT, RUN, WRONG, OK]
    fatal = [outcome for outcome in outcomes.values() if outcome in (DIES, CUT)]
    assert found == min([*fatal, outcomes[8]], key=order.index)


def test_the_versions_are_named_where_it_is_not_all_of_them() -> None:
    (problem,) = scan("a {{ b", version=None, markdown=True)
    assert problem.detail.endswith("(versions 5 and 7)")
    (problem,) = scan("a {{ b }} c", version=None, markdown=True)
    assert "version" not in problem.detail


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("a {{ x }} b {% foo %}", [2, 12]),
        ("\r\n\r\n{{ x }}\r\n{{ y }}", [4, 13]),
        ("\ufeffa {{ x }}", [3]),
        ("```\r\n{{ x }}\r\n```\r\n{{ y }}", [19]),
        ("<p>`{{ x }}`</p>\n\n> a `b`\n> {{ y }}", [4, 28]),
        ("{% if x %}a{% else %}b{% endif %}", [0, 11, 22]),
        ("{{ a b }} {{ c d }} #} {% nope %}", [0, 10, 20, 23]),
        (r"a \{\{ x \}\}", [2]),
    ],
)
def test_a_problem_starts_at_its_delimiter(text: str, starts: list[int]) -> None:
    assert [problem.start for problem in scan(text, version=5, markdown=True)] == starts


CODE = [
    'range.constructor("return process.version")()',
    'range["con" + "structor"]("return 1")()',
    'range["con" ~ "structor"]("return 1")()',
    'range[["con", "structor"] | join]("return 1")()',
    'range["rotcurtsnoc" | reverse]("return 1")()',
    'range["constructor".toLowerCase()]("return 1")()',
    '("a" | upper).constructor.constructor("return 1")()',
    "__proto__.constructor",
    "{}.constructor.constructor",
    "range[x or title]()",
    'range | attr("constructor")',
    "process.mainModule",
    "a if constructor else b",
]


@pytest.mark.parametrize("expression", CODE)
@pytest.mark.parametrize(
    "form", ["{{{{ {} }}}}", "{{% if {} %}}{{% endif %}}", "{{% set a = {} %}}"]
)
def test_what_reaches_for_code_is_marked(form: str, expression: str) -> None:
    found = scan(form.format(expression), version=8, markdown=False)
    assert next(iter(found)).code


def test_code_is_followed_through_names() -> None:
    text = '{% set a = "con" %}{% set f = range[a + "structor"] %}{{ f("return 1")() }}'
    assert [p.code for p in scan(text, version=8, markdown=False)] == [False, True, True]


@pytest.mark.parametrize("expression", ["x", "title", "7*7", "range(3)", 'date.format("YYYY")'])
def test_other_expressions_are_not_marked_as_code(expression: str) -> None:
    assert not any(p.code for p in scan(f"{{{{ {expression} }}}}", version=8, markdown=False))


def _bodies() -> list[tuple[str, bool, str, dict[str, str]]]:
    found = []
    for case in measured():
        text = case["file"].get("text")
        match = re.match(r"\s*---\n.*?\n---\n?(.*)", text or "", re.DOTALL)
        if text is not None:
            outcomes = {label: _outcome(case[label]) for label in LABELS if label in case}
            body = match[1] if match else text
            found.append((body, case["file"]["name"].endswith(".md"), case["id"], outcomes))
    return found


def _outcome(entry: object) -> str:
    return str(entry["outcome"] if isinstance(entry, dict) else entry)


def test_the_measured_posts_come_out_as_measured() -> None:
    bodies = _bodies()
    assert len(bodies) > 150
    for body, markdown, name, outcomes in bodies:
        for label, outcome in outcomes.items():
            found = worst(body, LABELS[label], markdown)
            template = any(mark in body for mark in ("{{", "{%", "{#", "#}"))
            if outcome == "ok":
                assert found == OK, (name, label)
            elif outcome == "site-fails":
                assert found == DIES, (name, label)
            elif template and outcome == "wrong":
                assert found in (CUT, RUN, WRONG), (name, label)


WORDS = """
    {{ }} {% %} {# #} { } % # ` `` ``` ~~~ <!-- --> <code> </code> \\ \\{ \" ' ( ) [ ] | . , :
    x foo if endif for in endfor raw endraw codeblock endcodeblock img else set = 中文 range
    constructor ](http://a.b/ <p> - + not is
"""
SPACES = [" ", "\n", "\n\n", "\n    ", "\r\n", "# ", "{{ x }}", "{% if x %}"]
PIECES = st.sampled_from([*WORDS.split(), *SPACES])
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans())
@example("{{(" * 60, True)
@example("{{" + "a+" * 500 + "a }}", False)
@example("{{" + "a|upper" * 1 + "|upper" * 500 + "}}", False)
@example("{{ a" + ".b" * 2000 + " }}", False)
@example("{% if x %}" * 500, False)
@example("\ud800{{ \x00 }}", True)
def test_any_text_has_an_answer_with_places_in_it(text: str, markdown: bool) -> None:
    newest = scan(text, version=8, markdown=markdown)
    for version in (*VERSIONS, None):
        found = scan(text, version=version, markdown=markdown)
        starts = [problem.start for problem in found]
        assert starts == sorted(set(starts))
        for problem in found:
            assert 0 <= problem.start < problem.end <= len(text)
            assert problem.detail and "\n" not in problem.detail
        if version is None:
            assert {problem.start for problem in newest} <= set(starts)


def encoded(text: str, markdown: bool) -> str:
    """The text with the delimiter of each problem written as entities."""
    for problem in reversed(scan(text, version=None, markdown=markdown)):
        end = problem.start + (4 if text[problem.start] == "\\" else 2)
        delimiter = text[problem.start : end].replace("\\", "")
        mended = delimiter.replace("{", "&#123;").replace("}", "&#125;")
        text = text[: problem.start] + mended + text[end:]
    return text


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans())
def test_encoding_the_delimiters_mends_everything(text: str, markdown: bool) -> None:
    for _ in range(len(text) + 1):
        mended = encoded(text, markdown)
        if mended == text:
            break
        text = mended
    assert scan(text, version=None, markdown=markdown) == []


UNITS = ["{{", "{%", "{#", "`", "`` ` ", "<!--", "{{ x }}", "{% if x %}", "{% raw %}", '{{"', "{{'\"}",
         "{{a[", "{{a+", "{%a%}", "{%if x%}endif", "\\{", "```\n", "<code>{{", "</code>{{", "#}", "{{r/",
         "`{% raw %}", "{%endraw%}`", "{{<!--`"]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_the_time_grows_with_the_length_and_not_with_its_square(unit: str) -> None:
    # All limits on the number of problems are reached in the shorter text already.
    def read(text: str) -> None:
        for version in (5, 8):
            scan(text, version=version, markdown=False)

    growth.check(lambda length: "{{" + unit * (length // len(unit)), read, 80_000)


def _built(version: int) -> list[tuple[str, str, str, bool]]:
    """Rows of the table that build, as file name, text, outcome, whether it is Markdown."""
    rows = []
    for number, row in enumerate(ROWS):
        text, markdown, outcomes = row.values
        if outcomes[version] != DIES and "post_link" not in text:
            name = f"p{number}.{'md' if markdown else 'html'}"
            rows.append((name, text, outcomes[version], markdown))
    return rows


@pytest.mark.parametrize("version", VERSIONS)
def test_the_real_generator_agrees(version: int) -> None:
    if reason := hexo.available(version):
        pytest.skip(reason)
    head = "---\ntitle: T\ndate: 2021-12-02 10:00:00\n---\n"
    rows = _built(version)
    posts = {name: f"{head}{text}\n\nEND\n".encode() for name, text, _, _ in rows}
    result = hexo.build(posts, version=version)
    assert result.exit_code == 0, result.log
    assert result.pages.keys() == posts.keys()
    for name, text, outcome, _ in rows:
        article = result.pages[name].article.replace("&#123;", "{").replace("&#125;", "}")
        if outcome == CUT:
            assert "END" not in article, (text, article)
        elif "END" not in article:
            assert "<!--" in text or "'" in text, (text, article)
        shown = re.findall(r"\{\{.*?\}\}|\{#.*?#\}", text)
        if outcome == OK:
            assert all(piece in article.replace("&quot;", '"') for piece in shown), (text, article)
        elif outcome == RUN and len(shown) == 1:
            # In the code of a heading it is run in the tooltip, and shown in the heading.
            assert shown[0] not in article.partition("</a>")[0], (text, article)


@pytest.mark.parametrize(("text", "version"), [("a {{ b", 5), ("a #} b", 6), ("{% youtube a %}", 7), ("{% foo %}", 8)])  # fmt: skip
def test_the_real_generator_dies_of_it(text: str, version: int) -> None:
    if reason := hexo.available(version):
        pytest.skip(reason)
    post = f"---\ntitle: T\ndate: 2021-12-02 10:00:00\n---\n{text}\n".encode()
    result = hexo.build({"post.md": post}, version=version)
    assert result.exit_code != 0
    assert not result.pages
