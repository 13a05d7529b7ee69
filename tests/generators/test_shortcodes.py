"""What Hugo makes of shortcodes: measured cases, and Hugo itself on random texts."""

from __future__ import annotations

import random

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from renderers import hugo

from newslint.generators import Version
from newslint.generators.effects import Effect
from newslint.generators.hugo import fence_attributes, shortcodes

DIES, RUNS = Effect.SITE_DIES, Effect.EXECUTED

CASES = [
    ("{{ x }} {% x %} {# x #} >}} %}} {{", None),
    ("{{</* foo */>}} {{%/* foo */%}}", None),
    ("<!--more--> <!-- more -->", None),
    ("&#123;&#123;< foo >}}", None),
    ("{{< foo >}}", DIES),
    ("{{% foo %}}", DIES),
    ("<pre><code>{{< foo >}}</code></pre>", DIES),
    ("{{<foo>}}", DIES),
    ("{{< foo", DIES),
    ("{{<", DIES),
    ("{{< >}}", DIES),
    ("{{</* foo >}}", DIES),
    ("{{< /foo >}}", DIES),
    ("{{< 中 >}}", DIES),
    ('{{< figure src="a.jpg" >}}', RUNS),
    ('{{< figure src="a >}}', DIES),
    ("{{< figure }}", DIES),
    ("{{< figure >}}x{{< /figure >}}", DIES),
    ("{{< youtube x />}}", DIES),
    ("{{< youtube x >}}", RUNS),
    ("{{< gist a b >}}", RUNS),
    ("{{< highlight go >}}x{{< /highlight >}}", RUNS),
    ("{{< highlight go >}}x", DIES),
    ('{{< ref "nope" >}}', DIES),
    ("{{< param nope >}}", DIES),
    ("{{< k.inline >}}<b>{{ 1 }}</b>{{< /k.inline >}}", RUNS),
    ("{{< k.inline 5 >}}x{{</ k.inline >}} {{< k.inline />}}", RUNS),
    ("{{< k.inline >}}x{{< figure >}}{{< /k.inline >}}", DIES),
    ("{{< k.inline >}}x{{</* figure */>}}{{< /k.inline >}}", DIES),
    ("{{< k.inline >}}x{{< /k >}}", DIES),
    ("{{< k.inline>}}x{{< /k.inline>}}", DIES),
    ("{{< k.inline >}}x", Effect.CUT),
]


def worst(text: str, version: Version | None = (0, 111)) -> Effect | None:
    effects = [problem.effect for problem in shortcodes.scan(text, version=version)]
    return DIES if DIES in effects else effects[0] if effects else None


@pytest.mark.parametrize(("text", "effect"), CASES)
def test_what_becomes_of_a_shortcode(text: str, effect: Effect | None) -> None:
    assert worst(text) is effect


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("{{< details >}}x{{< /details >}}", DIES, RUNS),
        ("{{< details >}}x", DIES, DIES),
        ("{{< qr text=a />}}", DIES, RUNS),
        ("{{< x user=a id=1 >}}", DIES, RUNS),
        ("{{< x >}}", DIES, DIES),
        ("{{< gist a b >}}", RUNS, DIES),
        ("{{< tweet user=a id=1 >}}", DIES, DIES),
        ("{{< instagram a >}}", DIES, RUNS),
        ("{{< vimeo >}}", RUNS, DIES),
        ("a HAHAHUGOSHORTCODE-s0-HBHB b", None, DIES),
    ],
)
def test_each_version_has_its_own_shortcodes(
    text: str, old: Effect | None, new: Effect | None
) -> None:
    assert worst(text, (0, 111)) is old
    assert worst(text, (0, 168)) is new
    assert worst(text, None) is DIES
    for version, effect in (("0.111", old), ("0.168", new)):
        if hugo.available(version) is None and "tweet" not in text and "instagram" not in text:
            result = hugo.build({"a.md": f"---\ntitle: x\n---\n\n{text}\n".encode()}, version)
            assert (result.exit_code != 0) == (effect is DIES), result.log[-300:]


@pytest.mark.parametrize(
    ("info", "dies"),
    [
        ("js{1,3}", True), ("{mermaid}", True), ("{r, echo=FALSE}", True), ("go {linenos=}", True),
        ("js {a b}", True), ('js title="a{b}"', True), ("js {中文}", True), ("js {a='b'}", True),
        ("{.js #x}", False), ("r {echo=FALSE}", False), ('js {a="b" c=[1,"2-3"], d=1.5}', False),
        ("js {}", False), ("js {a=b", False), ("js a}", False), ("js {a = b}", False),
    ],
)  # fmt: skip
def test_braces_of_a_fence_are_attributes_or_stop_the_build(info: str, dies: bool) -> None:
    text = f"text\n\n```{info}\nx\n```\n"
    for version, expected in (((0, 111), False), ((0, 168), dies), (None, dies)):
        found = list(fence_attributes.scan(text, version))
        assert bool(found) == expected, version
        assert all(text[one.start] == "{" for one in found)
    if hugo.available("0.168") is None:
        result = hugo.build({"a.md": f"---\ntitle: x\n---\n{text}".encode()}, "0.168")
        assert (result.exit_code != 0) == dies, result.log[-300:]


def test_a_fence_that_is_shown_as_code_has_no_attributes() -> None:
    assert list(fence_attributes.scan("text\n\n    ```{r}\n    x\n    ```\n", None)) == []
    assert list(fence_attributes.scan("> ```{r}\n> x\n> ```\n", None)) != []


@pytest.mark.skipif(hugo.available() is not None, reason=str(hugo.available()))
def test_hugo_does_so() -> None:
    pieces = [case[0] for case in CASES] + [
        "text ",
        "\n",
        '"',
        "/",
        ">}}",
        "{{<",
        "{{%",
        " a=b",
        "*/>}}",
    ]
    chance = random.Random(31)
    mixed = ["".join(chance.choices(pieces, k=chance.randint(2, 4))) for _ in range(60)]
    false = []
    for text in [case[0] for case in CASES] + mixed:
        result = hugo.build({"a.md": f"---\ntitle: x\n---\n<p>Text</p>\n{text}\n".encode()})
        if result.exit_code != 0:
            assert worst(text) is DIES, (text, result.log[-300:])
        elif worst(text) is DIES:
            false.append(text)
    # A shortcode that is closed inside of another one, which is then not looked at.
    assert all("{{< highlight" in text for text in false) and len(false) <= 3, false


def test_each_is_told_where_it_stands() -> None:
    text = "<p>a {{< foo >}} b {{%/* c */%}} {{% bar x %}}</p>"
    spans = [text[problem.start : problem.end] for problem in shortcodes.scan(text)]
    assert spans == ["{{< foo >}}", "{{% bar x %}}"]


def test_the_sites_own_shortcodes_are_left_alone() -> None:
    assert worst("{{< foo ") is DIES


@given(st.text(alphabet='{}<>%/*" `=.a中\n', max_size=40))
def test_spans_lie_in_the_text(text: str) -> None:
    for problem in shortcodes.scan(text):
        assert 0 <= problem.start < problem.end <= len(text)
        assert text.startswith("{{", problem.start)


@pytest.mark.parametrize(
    "piece", ["{{<", "{{< a ", '{{< a "', "{{</*", "{{< figure >}}", "{{< /highlight >}}", "{{<a\\"]
)
def test_time_grows_in_step_with_hostile_texts(piece: str) -> None:
    growth.check(lambda times: piece * times, shortcodes.scan, 20_000)
