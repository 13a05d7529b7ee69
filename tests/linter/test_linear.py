"""No rule goes worse than linear: on hostile pieces, and on its own examples, repeated.

``NEWSLINT_LONG=1 pytest tests/linter/test_linear.py`` takes a megabyte of each.

How that is measured is `growth`'s.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePosixPath

import growth
import pytest

from newslint import ArchiveRule, Bad, FileRule, Post, Rule
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.archive_rules import check
from newslint.linter.engine import lint
from newslint.linter.examples import Files, unmark
from newslint.linter.ruleset import RuleSet

RULES = [rule for rule in registry.rules().values() if not issubclass(rule, FileRule)]
EVERYTHING = RuleSet([rule() for rule in registry.rules().values()])
LARGE, SIZE = (1_000_000, 1_000_000) if os.environ.get("NEWSLINT_LONG") else (100_000, 160_000)
"""Characters of the worst inputs of all rules, and of each: a megabyte by hand, since it takes some
minutes."""

CASES = (
    ("", "</p>", "a.html", "hexo@7"),
    ("", "</a>", "a.md", "hugo"),
    ("---\ntitle: x\n---\n", "{#", "a.html", "hexo@7"),
    ("<!-- newslint-disable ", " ", "a.md", "eleventy"),
    ("<!-- newslint-disable ", "IMG001, ", "a.md", "hexo"),
    ("<!-- newslint-disable ", "-- ", "a.html", "hexo"),
    ("<!-- ", "\n\n", "a.html", "hexo"),
    ("<p ", "{% endraw %}", "a.html", "jekyll"),
    ("---\n", "<!", "a.md", "hexo"),
    ("", "<!--", "a.md", "hexo"),
    ("<style>", "</style><style>", "a.html", "eleventy"),
    ("<style>", "a{", "a.html", "jekyll"),
    ("<style>", "a:not(", "a.html", "html"),
    ("<style>", "@media{", "a.html", "html"),
    ("<style>", "a{b:url(", "a.html", "hexo"),
    ("<style>", "/*", "a.html", "html"),
    ("<style>", "&#123;", "a.md", "hexo"),
    ("<style>", "a,", "a.html", "html"),
    ("", "<a href=x>", "a.html", "hexo"),
    ("", "<b><i></b>", "a.html", "hexo"),
    ("", "<table><tr><td>", "a.md", "hexo"),
    ("", "<p id=x>", "a.html", "jekyll"),
    ("", "<", "a.md", "hexo"),
    ("<p ", "a='b' ", "a.html", "hexo"),
    ('<a href="', "?a=b&", "a.html", "hexo"),
    ('<img srcset="', "a 1x, ", "a.html", "hexo"),
    ("", "&amp;", "a.html", "hexo"),
    ("", "&#", "a.md", "hugo"),
    ("", "[", "a.md", "hexo"),
    ("", "](", "a.md", "eleventy"),
    ("", "![](", "a.md", "hexo"),
    ("", "[a]: b\n", "a.md", "hugo"),
    ("", "`", "a.md", "hexo"),
    ("", "> ", "a.md", "hugo"),
    ("", "\n    ", "a.md", "hexo"),
    ("", "{{", "a.md", "hexo"),
    ("", "{{ a }} ", "a.html", "hexo"),
    ("{{ a }}", "{#", "a.html", "hexo@8"),
    ("", "{%", "a.md", "jekyll"),
    ("{{ '", "a.", "a.md", "eleventy"),
    ("{{ ", "(", "a.md", "hexo"),
    ("", "{% if a %}", "a.html", "jekyll"),
    ("", "{{< a", "a.md", "hugo"),
    ("<p>（责编：", "（", "a.html", "hexo"),
    ("<p>责任编辑：", "赵、", "a.html", "hexo"),
    ("", "<p>责任编辑：</p>", "a.html", "hexo"),
    ("<p>(Editing by ", "A and ", "a.html", "hexo"),
    ("<p>(Editing by ", "(", "a.html", "hexo"),
    ("", " ", "a.md", "hexo"),
    ("", "\u200b", "a.html", "hexo"),
    ("", "Ã©", "a.html", "hexo"),
    ("---\ntitle: ", "'", "a.md", "hexo"),
    ("---\n", "a: b\n", "a.md", "hexo"),
    ("---\na: ", "[", "a.md", "hugo"),
)


def look(text: str, path: str, target: str, rules: RuleSet) -> None:
    """All that rules do with a post: check it, and the archive that it is."""
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    found = lint(post, rules)
    assert "NL999" not in {one.code for one in found}
    for rule in rules.archive:
        facts = rule.facts(post)
        if facts is not None:
            check([rule], [(path, {rule.code: facts})], Files({path: text}, post.target))


@pytest.mark.parametrize(("before", "piece", "path", "target"), CASES)
def test_time_grows_in_step_with_size(before: str, piece: str, path: str, target: str) -> None:
    growth.check(
        lambda size: before + piece * (size // len(piece)),
        lambda text: look(text, path, target, EVERYTHING),
        LARGE,
    )


def worst(example: Bad, size: int) -> Iterator[str]:
    """An example that the rule reports, made large: what is marked in it is repeated.

    In the body all of it; in the front matter the line, and the line's value.
    """
    text, spans = unmark(example.text)
    closing = text.find("\n---\n") if text.startswith("---\n") else -1
    head, body = (text[: closing + 5], text[closing + 5 :]) if closing >= 0 else ("", text)
    at = spans[0].start if spans else 0
    if at >= len(head) and body:
        yield head + body * (size // len(body))
        return
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at) % (len(text) + 1)
    line = text[start:end]
    yield text[:start] + f"{line}\n" * (size // (len(line) + 1)) + text[end:]
    if not line.strip():
        return
    inside = end - (text[end - 1] in "'\"]}")
    word = " " + line.split()[-1].strip("'\"[]{}:") + "."
    yield text[:inside] + word * (size // len(word)) + text[inside:]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_time_grows_in_step_with_size_for_each_rule(rule: type[Rule]) -> None:
    example = rule.bad[0]
    rules = RuleSet([rule(rule.Options.model_validate(example.options))])
    for number in range(len([*worst(example, SIZE)])):
        growth.check(
            lambda size, number=number: [*worst(example, size)][number],
            lambda text: look(text, example.path, example.target, rules),
            SIZE,
        )


def test_every_rule_speaks_of_what_it_is_measured_on() -> None:
    silent = set()
    for rule in RULES:
        example = rule.bad[0]
        instance = rule(rule.Options.model_validate(example.options))
        if isinstance(instance, ArchiveRule):
            continue  # It is about several posts: its facts are measured.
        for text in worst(example, 2_000):
            target = Target.parse(example.target)
            post = Post(Source.from_text(text), PurePosixPath(example.path), target)
            if any(one.code == rule.code for one in lint(post, RuleSet([instance]))):
                break
        else:
            silent.add(rule.code)
    assert silent <= ONE_OF_A_KIND


ONE_OF_A_KIND = frozenset({"FM002", "HTML014", "NL001"})
"""Rules that have nothing to say of their example when it is repeated: a second ``---`` closes the
front matter, and a suppression is judged with all other rules (`CASES` has it)."""
