"""The language of the command and its help."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, TYPE_CHECKING

from newslint.core.escaping import inert
from newslint.core.language import DOMAIN, ENGLISH, LANGUAGES, LOCALES, Language, language_of
from newslint.core.messages import msg

if TYPE_CHECKING:
    import click

    from newslint.core.errors import NewslintError

_OPTION = "--lang"

_SPOKEN = ContextVar("language", default=ENGLISH)


def chosen(args: Sequence[str]) -> Language:
    """Return the language of a command line, before the line is parsed.

    An invalid option is reported later, when it is parsed. Raises UsageError for an invalid
    ``NEWSLINT_LANG``.
    """
    code = None
    for place, word in enumerate(args):
        if word == "--":
            break
        if word == _OPTION and place + 1 < len(args):
            code = args[place + 1]
        elif word.startswith(f"{_OPTION}="):
            code = word.partition("=")[2]
    language = language_of(code if code in LANGUAGES else None)
    if language is not ENGLISH:
        _translate_click(language)
    return language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Set the language of the command within a block."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language() -> Language:
    """Return the current language of the command."""
    return _SPOKEN.get()


def line(text: str) -> None:
    """Print a line on standard error, in which nothing is a command to a CI system.

    On a terminal it is wrapped between words. Errors in writing are ignored.
    """
    try:
        if sys.stderr.isatty():
            from newslint.cli.terminal import width
            from newslint.reports.wrapping import wrapped

            cells = width(sys.stderr)
            text = "\n".join(one for part in text.split("\n") for one in wrapped(part, cells))
        sys.stderr.write(f"{inert(text)}\n")
        sys.stderr.flush()
    except OSError:
        mute(sys.stderr)


def mute(stream: IO[str]) -> None:
    """Discard pending and future output of a stream that cannot be written any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def echo(text: str) -> None:
    """Print a translated line on standard error, with the prefix ``newslint:``."""
    line(f"newslint: {language().translate(text)}")


def error_text(error: NewslintError) -> str:
    """Return the translated text of an error."""
    place = error.place
    if place == "the command line: ":
        place = language().translate(msg("the command line: "))
    return place + language().translate(error.message)


def localized(command: click.Command) -> click.Command:
    """Return the command with the option ``--lang``, and translated help."""
    import click

    if not any(_OPTION in param.opts for param in command.params):
        option = click.Option(
            [_OPTION],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help="The language of messages.  [default: NEWSLINT_LANG, then the locale]",
        )
        command.params.append(option)
    speaking = language()
    if speaking is not ENGLISH:
        _translate_help(command, speaking)
    return command


def _translate_help(command: click.Command, speaking: Language) -> None:
    import inspect

    import click

    command.help = speaking.translate(inspect.cleandoc(command.help or ""))
    command.epilog = speaking.translate(command.epilog or "") or None
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            param.help = speaking.translate(param.help)
        if isinstance(param.type, click.IntRange):
            param.type.name = speaking.translate("integer")  # in Click's own errors


def _translate_click(language: Language) -> None:
    """Set newslint's catalogue as gettext's default domain, which Click uses for its texts."""
    import gettext

    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
