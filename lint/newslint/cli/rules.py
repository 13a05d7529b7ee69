"""``newslint rule CODE`` and ``newslint rules``: what the rules say of themselves."""

from __future__ import annotations

import click

from newslint.cli.localization import language
from newslint.config.loader import nearest
from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.linter import registry, rule_docs
from newslint.linter.rule import Rule
from newslint.reports.json_record import dump

_FORMAT = click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@click.argument("code")
@_FORMAT
def rule(code: str, output_format: str) -> None:
    """Explain a rule, given by code or name: why, examples, options, fix."""
    found = _find(code)
    if output_format == "json":
        click.echo(dump(rule_docs.explain(found, language())))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(rule_docs.page(found, language())), width=min(console.width, 100))


@click.command()
@click.option("--family", metavar="FAMILY", help="List only this family, such as IMG.")
@click.option(
    "--fix",
    type=click.Choice(["safe", "unsafe", "any", "none"]),
    help="List only rules with this fix.",
)
@click.option(
    "--default/--off", default=None, help="List only rules that are on, or off, by default."
)
@_FORMAT
def rules(family: str | None, fix: str | None, default: bool | None, output_format: str) -> None:
    """List all rules."""
    chosen = [
        one
        for one in registry.rules().values()
        if (family is None or registry.family(one.code) == family.upper())
        and (default is None or one.default == default)
        and _has_fix(one, fix)
    ]
    if output_format == "json":
        click.echo(dump([rule_docs.describe(one, language()) for one in chosen]))
        return
    _print_table(chosen)


def _has_fix(one: type[Rule], fix: str | None) -> bool:
    if fix is None:
        return True
    if fix == "any":
        return one.fix is not None
    return (one.fix.value if one.fix else "none") == fix


def _print_table(chosen: list[type[Rule]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from newslint.reports.full import STYLES

    spoken = language()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("code", "name", "severity", "fix"):
        table.add_column(spoken.translate(heading), no_wrap=True)
    table.add_column(spoken.translate("summary"))
    for one in chosen:
        severity = str(one.severity) if one.default else "off"
        style = STYLES[one.severity] if one.default else "dim"
        table.add_row(
            Text(one.code, style="bold"),
            one.name,
            Text(spoken.translate(severity), style=style),
            spoken.translate(one.fix.value if one.fix else ""),
            Text(rule_docs.summary(one, spoken)),
        )
    Console().print(table)


def _find(word: str) -> type[Rule]:
    rules_by_code = registry.rules()
    upper = word.upper()
    if upper in rules_by_code:
        return rules_by_code[upper]
    for one in rules_by_code.values():
        if one.name == word:
            return one
    known = [*rules_by_code, *(one.name for one in rules_by_code.values())]
    raise UsageError(msg("unknown rule {word!r}{hint}", word=word, hint=nearest(word, known)))
