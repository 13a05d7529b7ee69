"""The language that the command speaks: which one, and its own help in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from newslint.language import DOMAIN, ENGLISH, LANGUAGES, LOCALES, Language, language_of

if TYPE_CHECKING:
    from newslint.errors import NewslintError

_OPTION = "--lang"


def chosen(args: Sequence[str]) -> Language:
    """The language that a command line asks for, known before the line is parsed.

    A wrong value is left for the option itself to complain of. Raises UsageError for a wrong
    ``NEWSLINT_LANG``.
    """
    said = None
    for place, word in enumerate(args):
        if word == "--":
            break
        if word == _OPTION and place + 1 < len(args):
            said = args[place + 1]
        elif word.startswith(f"{_OPTION}="):
            said = word.partition("=")[2]
    language = language_of(said if said in LANGUAGES else None)
    if language is not ENGLISH:
        _teach_click(language)
    return language


def language() -> Language:
    """The language of the command that is running."""
    context = click.get_current_context(silent=True)
    spoken = context.find_root().obj if context else None
    return spoken if isinstance(spoken, Language) else ENGLISH


def echo(text: str) -> None:
    """A line on standard error, in the reader's language, after newslint's name."""
    click.echo(f"newslint: {language().tell(text)}", err=True)


def told(error: NewslintError, spoken: Language | None = None) -> str:
    """What an error says, in the reader's language."""
    spoken = spoken or language()
    return error.place + spoken.tell(error.message)


def localized(command: click.Command) -> click.Command:
    """The command with the option ``--lang``, and its help in the reader's language."""
    if not any(_OPTION in param.opts for param in command.params):
        option = click.Option(
            [_OPTION],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help="The language of messages.  [default: NEWSLINT_LANG, then the locale]",
        )
        command.params.append(option)
    spoken = language()
    if spoken is not ENGLISH:
        _tell_help(command, spoken)
    return command


def _tell_help(command: click.Command, spoken: Language) -> None:
    import inspect

    command.help = spoken.tell(inspect.cleandoc(command.help or ""))
    command.epilog = spoken.tell(command.epilog or "") or None
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            param.help = spoken.tell(param.help)


def _teach_click(language: Language) -> None:
    """Click asks gettext's own default domain for its words: this process has only that one."""
    import gettext
    import os

    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
