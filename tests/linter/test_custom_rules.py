"""Rules without code: what they find, where, and how their mistakes are reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CLEAN, Command
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newslint.config.project import Project
from newslint.core.source import Source
from newslint.files.posts import PostFile
from newslint.linter import xpath_check
from newslint.runner.lint import lint_source

Write = Callable[..., Path]
POST = CLEAN.replace(
    "Text of the article.",
    'Text &amp; 😀 <marquee class="x">moves <b>fast</b></marquee> TODO it&#46;',
).replace("</div>", "<style>.a&#123;color:red&#125;</style>\n</div>")


def table(**keys: Any) -> str:
    return "\n".join(f"{key} = {json.dumps(value)}" for key, value in keys.items())


def rule(*expression: str, **keys: Any) -> str:
    return "[[rule]]\n" + "\n".join(expression) + "\n" + table(
        **{"code": "SITE001", "name": "house-rule", "message": "no {match}", **keys}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "expected", "message"),
    [
        ('xpath = "//marquee"', ['<marquee class="x">'], "no moves fast"),
        ('css = "p > marquee.x"', ['<marquee class="x">'], "no moves fast"),
        ('xpath = "//marquee/@class"', ['class="x"'], "no x"),
        ('pattern = "TO(?:DO)"\non = "text"', ["TODO"], "no TODO"),
        ('pattern = "& 😀"\non = "text"', ["&amp; 😀"], "no & 😀"),
        ('pattern = "it\\\\."\non = "text"', ["it&#46;"], "no it."),
        ('pattern = "\\\\{color"\non = "style"', ["&#123;color"], "no {color"),
        ('pattern = "Wire"\non = "author"', ["Wire"], "no Wire"),
        ('pattern = "^O"\non = "categories"', ["O"], "no O"),
        ('pattern = "(?P<a>T)ODO it"', ["TODO it"], "no TODO it"),
    ],
)
def test_a_rule_finds_its_match_at_its_exact_place(
    newslint: Command, write: Write, expression: str, expected: list[str], message: str
) -> None:
    write("newslint.toml", rule(expression))
    write("a.html", POST)
    done = newslint("--select", "SITE001", "--output-format", "json")
    records = json.loads(done.stdout or done.stderr)
    found = [POST[r["start"]["offset"] : r["end"]["offset"]] for r in records]
    assert found == expected
    assert records[0]["message"] == message
    assert (records[0]["severity"], records[0]["name"]) == ("warning", "house-rule")


def test_messages_take_attributes_groups_and_the_tag(newslint: Command, write: Write) -> None:
    write("newslint.toml", rule('css = "marquee"', message="<{tag}> {class} {nothing}{text}"))
    write("a.html", POST)
    assert "<marquee> x moves fast" in newslint("--select", "SITE001").stdout


@pytest.mark.parametrize(
    ("expression", "fix", "before", "after"),
    [
        ('css = "marquee"', {"action": "unwrap"}, '<marquee class="x">moves <b>fast</b></marquee>', "moves <b>fast</b>"),
        ('css = "marquee"', {"action": "remove-element"}, '<marquee class="x">moves <b>fast</b></marquee>', ""),
        ('css = "marquee"', {"action": "remove-attribute", "name": "class"}, '<marquee class="x">', "<marquee>"),
        ('css = "marquee"', {"action": "set-attribute", "name": "class", "value": 'a"{tag}'}, 'class="x"', 'class="a&quot;marquee"'),
        ('css = "b"', {"action": "set-attribute", "name": "id", "value": "z"}, "<b>", '<b id="z">'),
        ('pattern = "TODO (it)"', {"action": "replace", "content": "do {1}"}, "TODO it", "do it"),
        ('css = "marquee"', {"action": "replace", "content": "<p>{text}</p>"}, '<marquee class="x">moves <b>fast</b></marquee>', "<p>moves fast</p>"),
    ],
)  # fmt: skip
def test_fixes_change_what_they_say(
    newslint: Command, write: Write, expression: str, fix: dict[str, str], before: str, after: str
) -> None:
    lines = "{ " + ", ".join(f"{key} = {json.dumps(value)}" for key, value in fix.items()) + " }"
    write("newslint.toml", rule(expression) + f"\nfix = {lines}\n")
    path = write("a.html", POST)
    newslint("--select", "SITE001", "--fix")
    assert path.read_text() == POST, "an unsafe fix was made without being asked"
    newslint("--select", "SITE001", "--fix", "--unsafe-fixes")
    assert path.read_text() == POST.replace(before, after)


@pytest.mark.parametrize(
    ("tag", "left"),
    [
        ('<p class="c"title="x">', '<p class="c">'),
        ('<p title="x"class="c">', '<p class="c">'),
        ('<p class=c title="x"id=d>', "<p class=c id=d>"),
        ('<p class="c" title="x" title=y>', '<p class="c">'),
        ("<p\ttitle>", "<p>"),
    ],
)
def test_removing_an_attribute_takes_nothing_of_its_neighbours(
    newslint: Command, write: Write, tag: str, left: str
) -> None:
    fix = '\nfix = { action = "remove-attribute", name = "title", safety = "safe" }\n'
    write("newslint.toml", rule('xpath = "//p[@title]"') + fix)
    path = write("a.html", POST.replace("<p>Text", f"{tag}Text"))
    newslint("--select", "SITE001", "--fix")
    assert path.read_text() == POST.replace("<p>Text", f"{left}Text")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (rule('xpath = "//["'), 2, "invalid xpath"),
        (rule('css = "p >"'), 2, "invalid css"),
        (rule('pattern = "("'), 2, "invalid pattern"),
        (rule('pattern = "a"', 'css = "b"'), 1, "exactly one"),
        (rule('pattern = "a"', code="x"), 3, "code"),
        (rule('pattern = "a"', code="IMG001"), 1, "used by another rule"),
        (rule('pattern = "a"', name="no-referrer"), 1, "used by another rule"),
        (rule('pattern = "a"', colour="red"), 6, "colour"),
        (rule('pattern = "a{99999999999}"'), 2, "invalid pattern: the repetition number is too large"),
        (rule(f"pattern = '{'(' * 5_000}{')' * 5_000}'"), 2, "invalid pattern: nested too deep"),
        (rule("xpath = '//p[re:test(., \"a\")]'"), 2, "invalid xpath: re:test() is not a function"),
        (rule("xpath = '//p[foo(1)]'"), 2, "invalid xpath: foo() is not a function of XPath 1.0"),
        (rule("xpath = '//p[@id = $x]'"), 2, "invalid xpath: the variable x is not defined"),
        (rule("xpath = '//i/svg:rect'"), 2, "invalid xpath: the prefix svg is not defined"),
        (rule("xpath = '//i[contains(.)]'"), 2, "contains() does not accept 1 arguments"),
        (rule("xpath = '//i[count(1)]'"), 2, "invalid xpath: count() requires a node-set"),
        (rule("xpath = '//i[1 | 2]'"), 2, "invalid xpath: both sides of | must be node-sets"),
        (rule("xpath = '//i[\"a\"/b]'"), 2, "invalid xpath: / must follow a node-set"),
        (rule("xpath = '//i | last()'"), 2, "invalid xpath: last() is only allowed inside of [ ]"),
        (rule("xpath = '//i/namespace::*'"), 2, "invalid xpath: the axis namespace selects no"),
        (rule("xpath = '//i[" + "(" * 400 + "1" + ")" * 400 + "]'"), 2, "invalid xpath: "),
        (rule('css = "svg|rect"'), 2, "invalid css: the prefix svg is not defined"),
        (rule(f'css = "{":not(" * 2_000}a{")" * 2_000}"'), 2, "invalid css: "),
        ('[rules.ED001]\npatterns = ["a{99999999999}"]', 2, "is not a valid regular expression"),
        (f"[rules.ED001]\npatterns = ['{'(' * 5_000}{')' * 5_000}']", 2, "nested too deep"),
        ('[schema.fields.a]\npattern = "a{99999999999}"', 2, "is not a valid regular expression"),
        ("[limits]\nseconds = inf", 2, "limits.seconds: "),
        ("[limits]\nseconds = 1e30", 2, "limits.seconds: "),
        (rule('css = "a"', "\n[rule.fix]\naction = 'set-attribute'\n[ignored]"), None, ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(
    newslint: Command, write: Write, text: str, line: int | None, words: str
) -> None:
    write("newslint.toml", text)
    write("a.html", POST)
    done = newslint()
    assert done.returncode == 2
    assert words in done.stderr
    if line is not None:
        assert f"newslint.toml:{line}:" in done.stderr


DOCUMENT = etree.HTML('<div lang="en"><p class="x" id="i">a<b>b</b><!--c--></p><p>d</p><img></div>')
_FUNCTIONS = st.sampled_from([*xpath_check._FUNCTIONS, "foo", "re:test", "comment"])
_EXPRESSIONS = st.recursive(
    st.sampled_from(["1", "'a'", "//p", ".", "@class", "*", "..", "/", "$v", "x:p", "xml:p", "div"]),
    lambda inner: st.one_of(
        st.builds("{}({})".format, _FUNCTIONS, st.lists(inner, max_size=3).map(", ".join)),
        st.builds(
            "{} {} {}".format,
            inner, st.sampled_from(["|", "+", "-", "=", "<", ">=", "and", "or", "div", "mod", "*", "/", "//"]), inner,
        ),
        st.builds("{}[{}]".format, st.sampled_from(["//p", "node()", ".//*", "b"]), inner),
        st.builds("({}){}".format, inner, st.sampled_from(["", "[1]", "/b", "//@id"])),
        st.builds("-{}".format, inner),
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=1_000)
@given(_EXPRESSIONS)
def test_an_xpath_that_is_taken_never_fails(expression: str) -> None:
    """Whatever libxml2 compiles: it fails nowhere, or was said to be wrong."""
    try:
        compiled = etree.XPath(expression)
    except etree.XPathSyntaxError:
        return
    if xpath_check.fault(expression) is None:
        for element in DOCUMENT.iter("*"):
            compiled(element)


@pytest.mark.parametrize(
    "expression",
    [
        "//p[1]/b[last() - 1]", "//*[self::b or self::i][position() mod 2 = 1]", "//div/div div 2",
        "count(//p) > 1 and not(//h1)", "string(//p/@class)", "id('a')/b", "(//p | //b)[1]",
        "//p[processing-instruction('x')]", "//p/@xml:lang", "concat('a', 'b', 'c')", "//*[*]",
        "ancestor-or-self::node()/child::text()", "//and/or[mod]", "-1", "//div//@*[name()='x']",
        "//p[contains(concat(' ', normalize-space(@class), ' '), ' x ')]", "/", ".//日本語", ". * .5",
        "translate(name(), 'a-b', '')", "//p[lang('en')]", "2 * 3", "//p[@a and @b or @c]", "//x-1",
    ],
)  # fmt: skip
def test_an_xpath_that_is_right_is_taken(expression: str) -> None:
    etree.XPath(expression)
    assert xpath_check.fault(expression) is None


def test_a_rule_is_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    write("newslint.toml", rule('xpath = "//p"'))
    current = Project(tmp_path).settings(tmp_path / "a.html")
    monkeypatch.setattr(etree, "XPath", lambda text: pytest.fail("compiled again"))
    source = Source.from_text(POST)
    report, _ = lint_source(source, PostFile(str(tmp_path / "a.html"), "a.html"), current)
    codes = [one.finding.code for one in report.diagnostics]
    assert "SITE001" in codes
    assert "NL999" not in codes


def test_it_can_be_selected_ignored_and_limited_to_files(newslint: Command, write: Write) -> None:
    write(
        "newslint.toml",
        'select = ["SITE"]\n[severity]\nhouse-rule = "error"\n'
        + rule('css = "marquee"', files=["here/"]),
    )
    write("here/a.html", POST)
    write("there/a.html", POST)
    done = newslint("--output-format", "json")
    assert [(r["path"], r["severity"]) for r in json.loads(done.stdout)] == [
        ("here/a.html", "error")
    ]
    assert newslint("--ignore", "house-rule").returncode == 0


def test_config_check_runs_the_examples(newslint: Command, write: Write) -> None:
    keys = {"good": ["<p>x</p>"], "bad": ["<p>⟦<marquee>⟧x</marquee></p>"]}
    write("newslint.toml", rule('css = "marquee"', **keys))
    assert newslint("config", "--check").returncode == 0
    write("newslint.toml", rule('css = "p"', **keys))
    done = newslint("config", "--check")
    assert done.returncode == 1
    assert "good example" in done.stdout
    assert "bad example" in done.stdout


def test_config_explain_says_which_key_decided(newslint: Command, write: Write) -> None:
    write(
        "newslint.toml",
        'ignore = ["IMG"]\n[[overrides]]\nfiles = ["b/**"]\nextend-select = ["no-referrer"]\n',
    )
    write("a.html")
    write("b/a.html")
    off = newslint("config", "--explain", "a.html", "IMG001").stdout
    assert "IMG001 off" in off
    assert "ignore = 'IMG'" in off
    assert "newslint.toml" in off
    on = newslint("config", "--explain", "b/a.html", "no-referrer").stdout
    assert "IMG001 on" in on
    assert "[[overrides]] 1" in on
    assert "FM001 on  # on by default" in newslint("config", "--explain", "a.html").stdout
