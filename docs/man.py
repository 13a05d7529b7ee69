"""Writes docs/newslint.1, the manual page, from the texts of the command's own help.

python docs/man.py            write it
python docs/man.py --check    print the differences; exit code 1 if there are any

The wheel installs the page as share/man/man1/newslint.1.
"""

from __future__ import annotations

import argparse
import difflib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from newslint.cli.commands import main_command
from newslint.core.version import __version__

PAGE = Path(__file__).parent / "newslint.1"
CHANGES = Path(__file__).parents[1] / "CHANGELOG.md"
URL = "https://newslint.github.io/newslint/"

FILES = {
    "newslint.toml, .newslint.toml, pyproject.toml": "The configuration: the nearest one above a"
    " post is in force for it.",
    "newslint-baseline.json": "Findings that are not reported: see `newslint baseline`.",
}
ENVIRONMENT = {
    "NEWSLINT_LANG": "The language of messages, `en` or `zh`; without it the locale decides.",
    "NO_COLOR": "No colors, when set to anything.",
    "FORCE_COLOR, CLICOLOR_FORCE": "Colors even where there is no terminal, when set to anything"
    " but 0.",
}


def page() -> str:
    """The manual page as roff, in the macros of man(7)."""
    group = main_command()
    context = click.Context(group, info_name="newslint", **group.context_settings)
    return "\n".join([*_head(group), *_commands(group, context), *_tail()]) + "\n"


def _head(group: click.Group) -> Iterator[str]:
    summary, *rest = _paragraphs(group.help or "")
    yield f'.TH NEWSLINT 1 "{_released()}" "newslint {__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"newslint \\- {_text(summary[0].lower() + summary[1:].rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield r"\fBnewslint\fR [\fICOMMAND\fR] [\fIOPTION\fR]... [\fIPATH\fR]..."
    yield ".SH DESCRIPTION"
    yield _text(summary)
    for paragraph in (*rest, *_paragraphs(group.epilog or "")):
        yield ".PP"
        yield _text(paragraph)


def _released() -> str:
    """Return the date of this version, as the changelog has it."""
    changes = CHANGES.read_text(encoding="utf-8")
    found = re.search(rf"^## \[{re.escape(__version__)}\] - ([\d-]+)$", changes, re.MULTILINE)
    if found is None:
        raise SystemExit(f"CHANGELOG.md has no date of version {__version__}; add its heading")
    return found[1]


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    yield ".SH OPTIONS"
    yield from _options(group, context)
    yield ".SH COMMANDS"
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(inner))
        yield f'.SS "newslint {name} {_text(usage)}"'
        for at, paragraph in enumerate(_paragraphs(command.help or "")):
            if at:
                yield ".PP"
            yield _text(paragraph)
        yield from _options(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and isinstance(option, click.Option):
            names, about = record
            yield ".TP"
            yield rf"\fB{_text(names)}\fR"
            yield _text(about) or r"\&"


def _tail() -> Iterator[str]:
    for heading, table in (("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {heading}"
        for name, about in table.items():
            yield ".TP"
            yield rf"\fI{_text(name)}\fR"
            yield _text(about)
    yield ".SH SEE ALSO"
    yield f"{_text(URL)}"


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", inspect.cleandoc(text)) if part]


def _text(text: str) -> str:
    """A text that roff takes for nothing else; what is in backticks is bold."""
    text = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", text)
    return rf"\&{text}" if text[:1] in (".", "'") else text


def main() -> int:
    """Write or compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    wanted = page()
    if not parser.parse_args().check:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
        return 0
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    lines = old.splitlines(), wanted.splitlines()
    diff = list(difflib.unified_diff(*lines, PAGE.name, "newslint's help", lineterm=""))
    sys.stdout.write("".join(f"{line}\n" for line in diff))
    return int(old != wanted)


if __name__ == "__main__":
    raise SystemExit(main())
