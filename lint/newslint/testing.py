"""Run a rule's own examples: for the tests of newslint and of every plug-in.

>>> from newslint.testing import check_rule
>>> check_rule(MyRule)  # raises AssertionError where an example is not as the rule does
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from newslint.core.finding import Finding
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.archive import Files, check, facts
from newslint.linter.engine import RuleSet, lint, order
from newslint.linter.fixer import ROUNDS, apply, wanted
from newslint.linter.rule import ArchiveRule, Bad, Good, Rule, SuppressionRule
from newslint.post.post import Post

OPEN, CLOSE = "⟦", "⟧"


def unmark(text: str) -> tuple[str, list[Span]]:
    """A marked example without its marks, and the spans that they enclose; marks may nest."""
    plain: list[str] = []
    opened: list[int] = []
    spans: list[Span] = []
    length = 0
    for character in text:
        if character == OPEN:
            opened.append(len(spans))
            spans.append(Span(length, -1))
        elif character == CLOSE:
            at = opened.pop()
            spans[at] = Span(spans[at].start, length)
        else:
            plain.append(character)
            length += 1
    assert not opened, f"a mark is never closed in {text!r}"
    return "".join(plain), spans


def run_example(rule: type[Rule], example: Bad | Good, text: str) -> list[Finding]:
    """The findings of one rule alone in an example's post, whose text is given unmarked."""
    instance = rule(rule.Options.model_validate(dict(example.options)))
    target = Target.parse(example.target)
    if isinstance(instance, SuppressionRule):
        rules = RuleSet([instance, *_others()])
        findings = lint(_post(text, example.path, target), rules)
        return [finding for finding in findings if finding.code == rule.code]
    rules = RuleSet([instance])
    if not isinstance(instance, ArchiveRule):
        return lint(_post(text, example.path, target), rules)
    files = {**example.files, example.path: text}
    posts = ((path, facts(_post(files[path], path, target), rules)) for path in sorted(files))
    found = check([instance], posts, Files(files, target, example.answers))
    return sorted(found.get(example.path, []), key=order)


def _others() -> Iterable[Rule]:
    """All rules that are on by default but those about suppressions, which need the others."""
    for rule in registry.rules().values():
        if rule.default and not issubclass(rule, SuppressionRule):
            yield rule()


def _post(text: str, path: str, target: Target) -> Post:
    return Post(Source.from_text(text), PurePosixPath(path), target)


def check_rule(rule: type[Rule]) -> None:
    """Run all examples of a rule: complete findings, spans, messages and fixed text.

    Raises AssertionError with what differs.
    """
    assert rule.bad, f"{rule.code} has no bad example"
    assert rule.good, f"{rule.code} has no good example"
    for bad in rule.bad:
        _check_bad(rule, bad)
    for good in rule.good:
        findings = run_example(rule, good, good.text)
        assert not findings, f"{rule.code} complains of a good example {good.text!r}: {findings}"


def _check_bad(rule: type[Rule], bad: Bad) -> None:
    text, spans = unmark(bad.text)
    findings = run_example(rule, bad, text)
    assert all(finding.code == rule.code for finding in findings), findings
    found = [finding.span for finding in findings]
    shown = [(text[s.start : s.end], f.message) for s, f in zip(found, findings, strict=True)]
    assert found == spans, f"{rule.code} in {bad.text!r}: found {found}, {shown}; marked {spans}"
    if bad.message is not None:
        assert findings[0].message == bad.message, findings[0].message
    fixed = fix_example(rule, bad, text)
    expected = text if bad.fixed is None else bad.fixed
    assert fixed == expected, f"{rule.code} fixes {text!r} as {fixed!r}, not as {expected!r}"


def fix_example(rule: type[Rule], example: Bad, text: str) -> str:
    """An example's text after all the rule's fixes, round by round until nothing changes."""
    for _ in range(ROUNDS):
        findings = run_example(rule, example, text)
        fixes = (one.fix for one in wanted(findings, unsafe=True) if one.fix is not None)
        fixed, _ = apply(text, fixes)
        if fixed == text:
            return text
        text = fixed
    raise AssertionError(f"{rule.code} never comes to rest on {example.text!r}")
