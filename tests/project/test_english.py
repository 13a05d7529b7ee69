"""The texts for users keep to the vocabulary of technical English."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newslint.linter import registry, rule_docs

ROOT = Path(__file__).parents[2]
WORDS = {
    r"mend(s|ed|ing)?": "fix",
    r"complain(s|ed|ing|ts?)?": "report",
    r"nothing to complain": "No issues found",
    r"pictures?": "image",
    r"blanks?": "space, or empty line",
    r"behind": "after",
    r"told|tells|said|says": "report, print, return",
    r"stands|stood": "be",
    r"stand-ins?": "placeholder",
    r"heard|hears": "detect",
    r"speaks?": "report",
    r"odd(ly)?|queer|strange": "unexpected",
    r"whole|wholly": "complete",
    r"nobody|somebody": "readers, users",
    r"misspelt": "misspelled",
    r"anew": "again",
    r"all the same": "nevertheless",
}
"""Words that the texts do not use, as regular expressions, and what they use instead."""
CODE = re.compile(r"```.*?```|`[^`]*`|<[^<>]*>|\{[^{}]*\}|\]\([^)]*\)", re.DOTALL)


def texts() -> Iterator[tuple[str, str]]:
    """Each text for users with its source: messages and help, rules, and documentation."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert spec and spec.loader
    messages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(messages)
    for text, source in messages.texts():
        yield source, text
    for code, rule in registry.rules().items():
        yield code, f"{rule_docs.summary(rule)}\n{rule_docs.explanation(rule)}"
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        yield page.name, page.read_text(encoding="utf-8")


TEXTS = list(texts())


@pytest.mark.parametrize("word", WORDS)
def test_no_text_for_users_has_a_word_that_has_a_better_one(word: str) -> None:
    pattern = re.compile(rf"\b({word})\b", re.IGNORECASE)
    found = [
        f"{source}: {prose[max(0, match.start() - 40) : match.end() + 40]}"
        for source, text in TEXTS
        for prose in [CODE.sub("", text)]
        for match in pattern.finditer(prose)
    ]
    assert not found, f"write “{WORDS[word]}”:\n" + "\n".join(found)


def test_messages_rules_and_pages_are_all_among_the_texts() -> None:
    sources = {source for source, _ in TEXTS}
    assert {"README.md", "performance.md", "truth.md", "IMG001", "newslint check"} <= sources
    assert any(source.startswith("lint/newslint/generators/") for source in sources)
    assert len(TEXTS) > 1500
