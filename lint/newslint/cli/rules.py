"""``newslint rule CODE`` and ``newslint rules``: the documentation of the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from newslint.cli import words
from newslint.cli.known_rules import known_rules
from newslint.cli.localization import language
from newslint.cli.terminal import console
from newslint.core.did_you_mean import hint
from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.linter import registry, rule_docs
from newslint.linter.rule import Rule
from newslint.linter.rule_names import nearest_rule
from newslint.reports.json_record import dump

F = TypeVar("F", bound=Callable[..., Any])


def _options(function: F) -> F:
    """Add the options that both commands share."""
    options = (
        click.option(
            "--config",
            multiple=True,
            metavar="FILE|KEY=VALUE",
            help="A configuration file with more [[rule]] tables.",
        ),
        click.option(
            "--isolated",
            is_flag=True,
            help="Read no configuration and run no code of the checked folder.",
        ),
        click.option(
            "--output-format",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.command()
@click.argument("code", shell_complete=words.rule_words)
@_options
def rule(code: str, config: tuple[str, ...], isolated: bool, output_format: str) -> None:
    """Explain a rule, given by code or name: why, examples, options, fix.

    Includes the rules of plug-ins and of the [[rule]] tables in the configuration of the current
    folder.
    """
    found = _find(code, config, isolated)
    if output_format == "json":
        click.echo(dump(rule_docs.explain(found, language())))
        return
    from rich.markdown import Markdown

    screen = console()
    screen.print(Markdown(rule_docs.page(found, language())), width=min(screen.width, 100))


@click.command()
@click.argument("code", shell_complete=words.rule_words)
@_options
@click.pass_context
def explain(context: click.Context, /, **said: Any) -> None:
    """Explain one rule: the same as `newslint rule`."""
    context.invoke(rule, **said)


@click.command()
@click.option(
    "--family",
    metavar="FAMILY",
    shell_complete=words.families,
    help="List only this family, such as IMG.",
)
@click.option(
    "--fix",
    type=click.Choice(["safe", "unsafe", "any", "none"]),
    help="List only rules with this fix.",
)
@click.option(
    "--default/--off", default=None, help="List only rules that are on, or off, by default."
)
@_options
def rules(
    family: str | None,
    fix: str | None,
    default: bool | None,
    config: tuple[str, ...],
    isolated: bool,
    output_format: str,
) -> None:
    """List all rules: built-in ones, those of plug-ins, and [[rule]] tables in force here."""
    known = known_rules(config, isolated=isolated)
    if family is not None:
        _check_family(family, known)
    chosen = [
        one
        for _, one in sorted(known.items())
        if (family is None or registry.family(one.code) == family.upper())
        and (default is None or one.default == default)
        and _has_fix(one, fix)
    ]
    if output_format == "json":
        click.echo(dump([rule_docs.describe(one, language()) for one in chosen]))
        return
    _print_table(chosen)


def _check_family(word: str, known: Mapping[str, type[Rule]]) -> None:
    """Raise UsageError for an unknown family."""
    there = dict.fromkeys(map(registry.family, sorted(known)))
    if word.upper() in there:
        return
    raise UsageError(msg("unknown family {word!r}{hint}", word=word, hint=hint(word, there)))


def _has_fix(one: type[Rule], fix: str | None) -> bool:
    if fix is None:
        return True
    if fix == "any":
        return one.fix is not None
    return (one.fix.value if one.fix else "none") == fix


def _print_table(chosen: list[type[Rule]]) -> None:
    """Print a line for each rule; on a terminal, summaries are wrapped in their column."""
    from rich.cells import cell_len
    from rich.text import Text

    from newslint.reports.full import STYLES
    from newslint.reports.wrapping import LEAST, wrapped

    translate = language().translate
    rows = [[(translate(name), "bold") for name in ("code", "name", "severity", "fix", "summary")]]
    for one in chosen:
        severity = str(one.severity) if one.default else "off"
        style = STYLES[one.severity] if one.default else "dim"
        fix = translate(one.fix.value) if one.fix else ""
        summary = rule_docs.summary(one, language())
        rows.append(
            [
                (one.code, "bold"),
                (one.name, ""),
                (translate(severity), style),
                (fix, ""),
                (summary, ""),
            ]
        )
    widths = [max(cell_len(row[place][0]) for row in rows) + 2 for place in range(4)]
    out = console()
    for row in rows:
        text = Text()
        for (cell, style), cells in zip(row, widths, strict=False):
            text.append(cell, style)
            text.append(" " * (cells - cell_len(cell)))
        summary, style = row[-1]
        left = out.width - sum(widths)
        lines = wrapped(summary, left) if out.is_terminal and left >= LEAST else [summary]
        text.append(("\n" + " " * sum(widths)).join(lines), style)
        out.print(text, soft_wrap=True)


def _find(word: str, config: tuple[str, ...], isolated: bool) -> type[Rule]:
    """Return the rule for a code or name; reads the configuration only for rules not installed."""
    found = _named(word, registry.rules())
    if found is not None:
        return found
    known = known_rules(config, isolated=isolated)
    if (found := _named(word, known)) is not None:
        return found
    raise UsageError(msg("unknown rule {word!r}{hint}", word=word, hint=nearest_rule(word, known)))


def _named(word: str, known: Mapping[str, type[Rule]]) -> type[Rule] | None:
    by_code = known.get(word.upper())
    return by_code or next((one for one in known.values() if one.name == word), None)
