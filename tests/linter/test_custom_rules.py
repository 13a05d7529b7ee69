"""Rules without code: what they find, where, and how their mistakes are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CLEAN, Command

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
        (rule('xpath = "//["'), 2, "bad xpath"),
        (rule('css = "p >"'), 2, "bad css"),
        (rule('pattern = "("'), 2, "bad pattern"),
        (rule('pattern = "a"', 'css = "b"'), 1, "exactly one"),
        (rule('pattern = "a"', code="x"), 3, "code"),
        (rule('pattern = "a"', code="IMG001"), 1, "another rule's"),
        (rule('pattern = "a"', name="no-referrer"), 1, "another rule's"),
        (rule('pattern = "a"', colour="red"), 6, "colour"),
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
