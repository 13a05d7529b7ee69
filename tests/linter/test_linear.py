"""No rule goes worse than linear: on hostile pieces, and on its own examples, repeated.

``NEWSLINT_LONG=1 pytest tests/linter/test_linear.py`` takes a megabyte of each.

Processor time is compared, between sizes, in one process, and without the garbage collector, whose
work grows faster than what it looks after.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from newslint import ArchiveRule, Bad, FileRule, Post, Rule
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.archive import Files, check
from newslint.linter.engine import RuleSet, lint
from newslint.testing import unmark

RULES = [rule for rule in registry.rules().values() if not issubclass(rule, FileRule)]
EVERYTHING = RuleSet([rule() for rule in registry.rules().values()])
LARGE, SIZE = (1_000_000, 1_000_000) if os.environ.get("NEWSLINT_LONG") else (100_000, 160_000)
"""Characters of the worst inputs of all rules, and of each: a megabyte by hand, since it takes some
minutes."""
SMALL = LARGE // 4
GROWTH = 8
SLACK = 2.2
"""How much more than in step with the size the time may grow: a quadratic step shows as the square
of the factor, a linear one on a busy machine as one and a half times the factor."""

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


def seconds(text: str, path: str, target: str, rules: RuleSet) -> float:
    post = Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))
    gc.disable()
    started = time.process_time()
    try:
        lint(post, rules)
        for rule in rules.archive:
            facts = rule.facts(post)
            if facts is not None:
                check([rule], [(path, {rule.code: facts})], Files({path: text}, post.target))
        return time.process_time() - started
    finally:
        gc.enable()
        gc.collect()


@pytest.mark.parametrize(("before", "piece", "path", "target"), CASES)
def test_time_grows_in_step_with_size(before: str, piece: str, path: str, target: str) -> None:
    small, large = (before + piece * (size // len(piece)) for size in (SMALL, LARGE))
    seconds(small, path, target, EVERYTHING)
    least = max(seconds(small, path, target, EVERYTHING), 0.02)
    assert seconds(large, path, target, EVERYTHING) < LARGE / SMALL * SLACK * least


def worst(example: Bad, size: int) -> Iterator[str]:
    """An example that the rule complains of, made large: what is marked in it is repeated.

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
    sizes = (SIZE // GROWTH, SIZE)
    for small, large in zip(*(worst(example, size) for size in sizes), strict=True):
        seconds(small[:1000], example.path, example.target, rules)
        least = max(seconds(small, example.path, example.target, rules), 0.05)
        took = seconds(large, example.path, example.target, rules)
        assert took < GROWTH * SLACK * least, f"{least:.2f} s, then {took:.2f} s"


def test_every_rule_speaks_of_what_it_is_measured_on() -> None:
    silent = set()
    for rule in RULES:
        example = rule.bad[0]
        instance = rule(rule.Options.model_validate(example.options))
        if isinstance(instance, ArchiveRule):
            continue  # It speaks of several posts: its facts are measured.
        for text in worst(example, 2_000):
            target = Target.parse(example.target)
            post = Post(Source.from_text(text), PurePosixPath(example.path), target)
            if any(one.code == rule.code for one in lint(post, RuleSet([instance]))):
                break
        else:
            silent.add(rule.code)
    assert silent <= ONE_OF_A_KIND


ONE_OF_A_KIND = frozenset({"FM002", "NL001"})
"""Rules that have nothing to say of their example when it is repeated: a second ``---`` closes the
front matter, and a suppression is judged with all other rules (`CASES` has it)."""
