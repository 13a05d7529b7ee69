"""Run the examples of a rule, for tests, rule pages and custom rules."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from newslint.core.finding import Finding
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.generators import Target
from newslint.generators.site import Site
from newslint.generators.site.files import Entry
from newslint.linter import registry
from newslint.linter.archive_rules import check, facts
from newslint.linter.edits import apply
from newslint.linter.engine import lint, order
from newslint.linter.fixer import ROUNDS, wanted
from newslint.linter.rule import ArchiveRule, Bad, Good, Rule, SuppressionRule
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post

if TYPE_CHECKING:
    from newslint.linter.http_request import Answer, Request

OPEN, CLOSE = "⟦", "⟧"


def unmark(text: str) -> tuple[str, list[Span]]:
    """Return an example without its marks, and the spans that they enclose; marks may nest."""
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
    """Return the findings of one rule in an example's post, whose text is given without marks."""
    instance = rule(rule.Options.model_validate(dict(example.options)))
    target = Target.parse(example.target)
    files = {**example.files, example.path: text}
    site = _site(files, target)
    if isinstance(instance, SuppressionRule):
        rules = RuleSet([instance, *_others()])
        findings = lint(_post(text, example.path, target, site), rules)
        return [finding for finding in findings if finding.code == rule.code]
    rules = RuleSet([instance])
    if not isinstance(instance, ArchiveRule):
        return lint(_post(text, example.path, target, site), rules)
    linted = [path for path in sorted(files) if site is None or site.role(path).role.is_linted]
    known = {p: facts(_post(files[p], p, target, site), rules) for p in linted}
    posts = ((path, one.by_code) for path, one in known.items())
    found = check([instance], posts, Files(files, target, example.answers, site))
    failures = known[example.path].failures
    return sorted([*failures, *found.get(example.path, ())], key=order)


def _others() -> Iterable[Rule]:
    """Return the rules that are on by default except those about suppressions."""
    for rule in registry.rules().values():
        if rule.default and not issubclass(rule, SuppressionRule):
            yield rule()


def _post(text: str, path: str, target: Target, site: Site | None) -> Post:
    source = Source.from_text(text)
    return Post(source, PurePosixPath(path), target, site=site, site_path=path if site else "")


def check_rule(rule: type[Rule]) -> None:
    """Run all examples of a rule; check findings, spans, messages and fixed texts.

    Raises AssertionError with the difference.
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
    """Return an example's text after all fixes of the rule, applied until nothing changes."""
    for _ in range(ROUNDS):
        findings = run_example(rule, example, text)
        fixes = (one.fix for one in wanted(findings, unsafe=True) if one.fix is not None)
        fixed, _ = apply(text, fixes)
        if fixed == text:
            return text
        text = fixed
    raise AssertionError(f"{rule.code} never comes to rest on {example.text!r}")


class Files:
    """An archive given as a mapping of paths to texts, for tests and examples."""

    def __init__(
        self,
        files: Mapping[str, str],
        target: Target,
        answers: Mapping[str, Mapping[str, Any]] | None = None,
        site: Site | None = None,
    ) -> None:
        """``answers`` as in an example of an online rule; ``site`` is the site of the files."""
        self.files = files
        self.site = site
        self.target = target
        self.site_url: str | None = "https://example.org/"
        self.depends_on_site = False
        self._answers = answers or {}

    def exists(self, path: PurePosixPath) -> bool:
        """Return whether a file with that path, or a folder, exists in the mapping."""
        name = str(path)
        return name in self.files or any(file.startswith(name + "/") for file in self.files)

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return the given site."""
        return None if self.site is None else (self.site, path)

    def answer(self, request: Request) -> Answer | None:
        """Return the answer that the example defines for a URL."""
        from newslint.linter.http_request import Answer, State

        fields = self._answers.get(request.url)
        if fields is None:
            return None
        given = {**fields, **fields.get("referred", {})} if request.referer else {**fields}
        given.pop("referred", None)
        return Answer(**{**given, "state": State(given.get("state", State.ALIVE))})


_CONFIGURATION = frozenset(("_config.yml", "hugo.toml", "eleventy.config.js", "package.json"))
"""Files that make an example's files a site."""


def _site(files: Mapping[str, str], target: Target) -> Site | None:
    """Return the site of an example's files; None if they contain no site configuration."""
    if _CONFIGURATION.isdisjoint(files):
        return None
    from newslint.generators.sites import read_site

    return read_site(target, "/", _SiteFiles(files))


class _SiteFiles:
    """The files of a site, given as a mapping of paths to texts."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def text(self, path: str) -> str | None:
        """See `SiteFiles`."""
        return self._files.get(posixpath.normpath(path))

    def entries(self, folder: str) -> tuple[Entry, ...]:
        """See `SiteFiles`."""
        inside = f"{posixpath.normpath(folder)}/" if folder else ""
        below = (path[len(inside) :] for path in self._files if path.startswith(inside))
        found = {Entry(name, bool(slash)) for name, slash, _ in (p.partition("/") for p in below)}
        return tuple(sorted(found))

    def exists(self, path: str) -> bool:
        """See `SiteFiles`."""
        path = posixpath.normpath(path)
        return any(file == path or file.startswith(f"{path}/") for file in self._files)
