"""The command line as Click reads it: the group of subcommands, and the options of ``check``."""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

import click

from newslint.cli.click_options import (
    color_option,
    configuration,
    fail_on_option,
    narrowing_options,
    online_option,
    output_file_option,
    running_options,
)
from newslint.cli.localization import language, line, localized
from newslint.cli.subcommands import COMMANDS
from newslint.core.escaping import plain
from newslint.core.language import ENGLISH
from newslint.core.messages import msg
from newslint.core.version import __version__


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
    """Check posts before a site generator builds them.

    Exit codes: 0 no findings at or above --fail-on; 1 findings at or above --fail-on; 2 newslint
    could not finish.
    """


def run(args: list[str], **extra: Any) -> int:
    """Run the command that the arguments name and return its exit code.

    Raises NewslintError for what a user can mend.
    """
    main = command if language() is ENGLISH else localized(command)
    try:
        result = main.main(args, prog_name="newslint", standalone_mode=False, **extra)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        for text in told.getvalue().splitlines():
            line(plain(text))
        return 2
    except click.Abort:
        line(f"newslint: {language().translate(msg('interrupted'))}")
        return 130
    return result if isinstance(result, int) else 0


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@configuration
@click.option(
    "--output-format",
    metavar="FORMAT",
    help="full, concise, grouped, json, jsonl, sarif, github, gitlab, junit or html.",
)
@output_file_option
@click.option(
    "--editor",
    metavar="EDITOR",
    default="",
    help="With --output-format html: links that open vscode, idea, sublime, another, or a URL"
    " with {path} and {line}.",
)
@click.option("--stdin-filename", metavar="PATH", help="The path of the post on standard input.")
@fail_on_option
@narrowing_options
@running_options
@click.option("--fix", is_flag=True, help="Write the safe fixes.")
@click.option("--diff", is_flag=True, help="Show the fixes as a unified diff, write nothing.")
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="Include unsafe fixes in --fix or --diff; alone, show them as fixable.",
)
@click.option(
    "--add-suppressions",
    is_flag=True,
    help="Write a suppression comment for each finding into the posts.",
)
@click.option("--reason", metavar="TEXT", help="The reason for --add-suppressions.")
@online_option
@click.option("--watch", is_flag=True, help="Check files again when they change, until Ctrl+C.")
@click.option(
    "--whole-archive",
    is_flag=True,
    help="Compare the given files with all posts of their project, as the hooks do.",
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Exclude files that the configuration excludes, even if given by name.",
)
@click.option("--statistics", is_flag=True, help="Print the number of findings for each rule.")
@click.option("--timing", is_flag=True, help="Print the time of each rule.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Print which files are read, and the time.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@color_option
def check(paths: tuple[str, ...], **said: Any) -> int:
    """Check posts: files, folders, or `-` for one post on standard input."""
    from newslint.cli import check as linting

    return linting.check(paths, **said)
