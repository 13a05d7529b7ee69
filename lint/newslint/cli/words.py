"""Completions of arguments and options for shells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint.cli.localization import language
from newslint.core.errors import NewslintError

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from newslint.linter.rule import Rule

    Items = list[CompletionItem]
    """Completions for a shell."""


def _item(word: str, help: str | None = None) -> CompletionItem:  # noqa: A002 - as Click calls it
    from click.shell_completion import CompletionItem  # takes a part of the time of every start

    return CompletionItem(word, help=help)


def file_item(incomplete: str) -> CompletionItem:
    """Return the item with which the shell completes files and folders."""
    from click.shell_completion import CompletionItem

    return CompletionItem(incomplete, type="file")


def paths(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the item with which the shell completes files and folders."""
    return [file_item(incomplete)]


def rule_words(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the codes of rules, or for a lower-case word the names, with summaries."""
    return [
        _item(word, help=summary)
        for word, summary in _rule_words(incomplete)
        if word.startswith(incomplete)
    ]


def selectors(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return codes, families, names and ``ALL`` for the last word of a list with commas."""
    before, comma, word = incomplete.rpartition(",")
    families_told = [(one, "") for one in ("ALL", *_families(_rules()))]
    return [
        _item(f"{before}{comma}{one}", help=summary)
        for one, summary in (*families_told, *_rule_words(word))
        if one.startswith(word)
    ]


def families(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the families of rules."""
    return _starting(incomplete.upper(), _families(_rules()))


def targets(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the generators, without and with the versions that newslint knows."""
    from newslint.generators import VERSIONS, Target

    known = [str(Target(name, one)) for name, many in VERSIONS.items() for one in (None, *many)]
    return _starting(incomplete, known)


def formats(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the output formats, including those of plug-ins."""
    from newslint.core.entry_points import entry_points
    from newslint.reports import FORMATS, GROUP

    return _starting(incomplete, (*FORMATS, *(one.name for one in entry_points(GROUP))))


def editors(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the names of editors for ``--editor``."""
    from newslint.cli.about import EDITORS

    return _starting(incomplete, EDITORS)


def impacts(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Return the impacts for the last word of a list with commas."""
    from newslint.core.finding import Impact

    before, comma, word = incomplete.rpartition(",")
    return [_item(f"{before}{comma}{one}") for one in Impact if one.startswith(word)]


def levels(context: click.Context, option: click.Parameter, incomplete: str) -> Items:
    """Return the values of ``--fail-on``: severities, ``never`` and impacts."""
    from newslint.core.finding import Severity

    severities = [] if "," in incomplete else _starting(incomplete, (*Severity, "never"))
    return [*severities, *impacts(context, option, incomplete)]


def _starting(incomplete: str, words: Iterable[str]) -> Items:
    return [_item(str(word)) for word in words if word.startswith(incomplete)]


def _rules() -> Mapping[str, type[Rule]]:
    """Return the rules known here; only installed ones if the configuration is invalid."""
    from newslint.cli.known_rules import known_rules
    from newslint.linter import registry

    try:
        return known_rules()
    except NewslintError:
        return registry.rules()


def _families(rules: Mapping[str, object]) -> list[str]:
    from newslint.linter.registry import family

    return [*dict.fromkeys(map(family, sorted(rules)))]


def _rule_words(word: str) -> Iterable[tuple[str, str]]:
    from newslint.linter.rule_docs import summary

    in_language = language()
    for code, rule in sorted(_rules().items()):
        yield (rule.name if word[:1].islower() else code), summary(rule, in_language)
