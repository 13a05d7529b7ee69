"""The command: the only code that prints and exits."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from newslint import __version__
from newslint.cli.speech import chosen, localized, told
from newslint.errors import NewslintError
from newslint.language import ENGLISH
from newslint.message import say

COMMANDS = {
    "check": "newslint.cli.check",
    "rule": "newslint.cli.rules",
    "rules": "newslint.cli.rules",
    "config": "newslint.cli.config",
    "schema": "newslint.cli.schema",
    "baseline": "newslint.cli.baseline",
    "clean": "newslint.cli.running",
    "server": "newslint.cli.server",
}
"""Each subcommand and the module that holds it, imported only when it is run."""


class _Commands(click.Group):
    """A group whose subcommands are imported when asked, and whose default is ``check``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return localized(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in (*COMMANDS, "--help", "-h", "--version"):
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`newslint [PATH]...` is the same as `newslint check [PATH]...`.",
)
@click.version_option(__version__, prog_name="newslint", message="%(prog)s %(version)s")
def command() -> None:
    """Lint posts before a site generator builds them.

    Exit codes: 0 nothing to complain of; 1 findings at or above --fail-on; 2 newslint could not
    do its work.
    """


def main() -> None:
    """Run the command and exit; what a user or a post can cause ends in words, not a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(args: list[str], **extra: Any) -> int:
    """Run the command with the given arguments and return the exit code."""
    spoken = ENGLISH
    try:
        spoken = chosen(args)
        main = localized(command) if spoken is not ENGLISH else command
        result = main.main(args, prog_name="newslint", standalone_mode=False, obj=spoken, **extra)
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except NewslintError as error:
        from newslint.escape import plain

        click.echo(f"newslint: {plain(told(error, spoken))}", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"newslint: {spoken.tell(say('interrupted'))}", err=True)
        return 130
    except BrokenPipeError:
        # The reader went away (`newslint | head`): nothing more to say, and no one to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
