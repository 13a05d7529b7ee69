"""Gathers newslint's texts for people into the catalogues of other languages.

    python docs/messages.py             bring the catalogues below lint/newslint/locale up to date
    python docs/messages.py --check     print what is missing and what is wrong; exit code 1 if a
                                        translation is wrong
    python docs/messages.py --strict    the same; exit code 1 if one is missing, too

A text without a translation is shown in English, so a missing one is a warning: whoever adds a rule
need not know the other languages. In GitHub Actions the problems are annotations.

Texts come from the code (the calls in `CALLS`), from the rules (documentation, options), from the
command's help, and from Click, which looks its own words up in the same catalogue.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import os
import string
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from newslint.core.language import DOMAIN, LANGUAGES
from newslint.linter import registry, rule_docs
from newslint.reports.html.labels import WORDS as PAGE_WORDS
from newslint.reports.stats_tables import WORDS as STATS_WORDS

ROOT = Path(__file__).parents[1]
SOURCES = (ROOT / "lint" / "newslint", ROOT / "rules" / "newslint_rules")
LOCALES = SOURCES[0] / "locale"
CALLS = {
    "msg": (0,),
    "plural": (1, 2),
    "finding": (1,),
    "make_fix": (0,),
    "translate": (0,),
    "NewslintError": (0,),
    "UsageError": (0,),
    "ConfigError": (0,),
    "PluginError": (0,),
    "UnreadableError": (0,),
    "WriteError": (0,),
}
"""The functions that take texts for people, and which of their arguments those are."""
FIRST = datetime(2026, 11, 25, tzinfo=UTC)
"""The day of every catalogue: one of its own for each run would be a change without a change."""
WORDS = ("error", "warning", "info", "safe", "unsafe", "off", "code", "name", "severity", "fix")
"""Words that are reported one by one, from values."""
CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "Arguments",
    "[OPTIONS]",
    "(Deprecated)",
    "Show this message and exit.",
    "Show the version and exit.",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "No such option: {name}",
    "Positional arguments",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Missing command.",
    "Option {name!r} requires an argument.",
    "Option {name!r} does not take a value.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    "default: {default}",
    "Aborted!",
)
"""The texts of Click 8 that users of this command see."""
CLICK_PLURALS = (
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)
"""The texts of Click that have a plural, which gettext looks up together with it."""


def texts() -> Iterator[tuple[str, str]]:
    """Each text and where it is: a file below the root, or a rule."""
    for folder in SOURCES:
        for file in sorted(folder.rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            for text in of_code(ast.parse(file.read_text(encoding="utf-8"))):
                yield text, place
    for word in (*WORDS, *CLICK):
        yield word, "click"
    for text in (*PAGE_WORDS.values(), *STATS_WORDS.values()):
        yield text, "report"
    yield from of_rules()
    yield from of_commands()


def of_code(tree: ast.AST) -> Iterator[str]:
    """The constant texts that the calls of a module are given, directly or by a local name."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else None
        called = node.func.id if isinstance(node.func, ast.Name) else called
        for place in CALLS.get(called or "", ()):
            if place < len(node.args):
                yield from constants(node.args[place], named)


def constants(value: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The constant texts that an expression may be."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from constants(value.body, named)
        yield from constants(value.orelse, named)
    elif isinstance(value, ast.Name):
        for other in named.get(value.id, ()):
            if not isinstance(other, ast.Name):
                yield from constants(other, named)


def of_rules() -> Iterator[tuple[str, str]]:
    """What the built-in rules say of themselves."""
    for rule in registry.rules().values():
        if rule.__module__.startswith("newslint_rules"):
            yield rule_docs.summary(rule), rule.code
            yield rule_docs.explanation(rule), rule.code
            for option in rule_docs.options(rule):
                yield option["description"], rule.code
                yield option["type"], rule.code


def of_commands() -> Iterator[tuple[str, str]]:
    """The help of the command and of its parts."""
    import click

    from newslint.cli.commands import command
    from newslint.cli.subcommands import COMMANDS

    with click.Context(command) as context:
        parts = [command.get_command(context, name) for name in COMMANDS]
    for part in (command, *parts):
        assert part is not None
        place = f"newslint {part.name}"
        yield inspect.cleandoc(part.help or ""), place
        yield part.epilog or "", place
        for param in part.params:
            yield getattr(param, "help", None) or "", place


def catalogue(code: str) -> tuple[Catalog, Catalog]:
    """The catalogue of a language as it is, and as it should be."""
    path = path_of(code)
    old = Catalog(locale=code, domain=DOMAIN)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=code, domain=DOMAIN)
    new = Catalog(code, DOMAIN, project="newslint", fuzzy=False, creation_date=FIRST)
    new.revision_date = FIRST
    new.header_comment = "# newslint's texts. Made by docs/messages.py: write the msgstr alone."
    places: dict[str, dict[str, None]] = {}
    for text, place in texts():
        if text:
            places.setdefault(text, {})[place] = None
    for text, where in places.items():
        known = old.get(text)
        told = known.string if known else ""
        new.add(text, told if isinstance(told, str) else "", [(place, None) for place in where])
    for pair in CLICK_PLURALS:
        known = old.get(pair[0])
        told = known.string if known else ""
        new.add(pair, told if isinstance(told, tuple) else ("",), [("click", None)])
    return old, new


def path_of(code: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALES / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def problems(old: Catalog, new: Catalog) -> Iterator[tuple[str, str]]:
    """What is wrong with a catalogue: error or warning, and the problem as a message.

    A translation whose fields are not those of its text is an error. A missing translation and one
    that no text needs any more are warnings.
    """
    for message in new:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            text, told = str(message.id[-1]), str(message.string[-1])
        else:
            text, told = str(message.id), str(message.string)
        if not told:
            yield "warning", f"not translated: {text!r} ({message.locations[0][0]})"
        elif fields(text) != fields(told):
            yield "error", f"other fields than its text has: {told!r}"
    for message in old:
        if message.id and message.id not in new:
            yield "warning", f"needed no longer: {message.id!r}"


def fields(text: str) -> set[str] | None:
    """The fields of a template, None where the text is none."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return None


def main() -> int:
    """Bring up to date, or compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--strict", action="store_true")
    args = parser.parse_args()
    found: Counter[str] = Counter()
    for code in LANGUAGES[1:]:
        old, new = catalogue(code)
        for kind, problem in problems(old, new):
            found[kind] += 1
            mark = f"::{kind}::" if os.environ.get("GITHUB_ACTIONS") == "true" else f"{kind}: "
            sys.stdout.write(f"{mark}{code}: {problem}\n")
        if not (args.check or args.strict):
            path_of(code).parent.mkdir(parents=True, exist_ok=True)
            with path_of(code).open("wb") as file:
                write_po(file, new, width=100, sort_output=True, omit_header=False)
    return int(found["error"] > 0 or (args.strict and found.total() > 0))


if __name__ == "__main__":
    raise SystemExit(main())
