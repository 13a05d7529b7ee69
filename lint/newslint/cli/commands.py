"""The command line for Click: the group of subcommands, and the options of ``check``."""

from __future__ import annotations

import io
from gettext import gettext
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from newslint.cli import words
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

_OPTIONS = ("--help", "-h", "--version")
"""The options of the group; all others are those of ``check``."""
_ASKED = ["--version"]
_WHOLE = 500
"""Maximum characters of a help sentence; Click would cut it at the width of the terminal."""
_VERBOSE = "newslint.verbose"

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _Commands(click.Group):
    """A group that imports subcommands on demand, with ``check`` as the default."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return localized(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_verbose = not {"-v", "--verbose"}.isdisjoint(args)
        ctx.meta[_VERBOSE] = is_verbose
        is_own = args and (args[0] in (*COMMANDS, *_OPTIONS) or (is_verbose and args[1:] == _ASKED))
        # While the first word is being completed, it may be a command.
        if not (is_own or (ctx.resilient_parsing and not args)):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first sentence of their help, without truncation."""
        with formatter.section(gettext("Commands")):
            rows = [
                (name, command.get_short_help_str(limit=_WHOLE))
                for name in self.list_commands(ctx)
                if (command := self.get_command(ctx, name)) is not None
            ]
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return commands, and completions for the default command: its options and paths."""
        inner = check.make_context("check", [], parent=ctx, resilient_parsing=True)
        own = super().shell_complete(ctx, incomplete)
        seen = {item.value for item in own}
        more = [one for one in check.shell_complete(inner, incomplete) if one.value not in seen]
        files = [] if incomplete.startswith("-") else [words.file_item(incomplete)]
        return [*own, *more, *files]


def _print_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if not is_asked or context.resilient_parsing:
        return
    if context.meta[_VERBOSE]:
        from newslint.cli.version import details

        for text in details():
            click.echo(plain(text))
    else:
        click.echo(f"newslint {__version__}")
    context.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`newslint [PATH]...` is the same as `newslint check [PATH]...`.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version; with --verbose also what a bug report needs.",
)
@click.option("-v", "--verbose", is_flag=True, expose_value=False, help="With --version: details.")
def command() -> None:
    """Check posts before a site generator builds them.

    Exit codes: 0 no findings at or above --fail-on; 1 findings at or above --fail-on; 2 newslint
    could not finish.
    """


def main_command() -> click.Group:
    """Return the group of all commands, with translated help."""
    if language() is not ENGLISH:
        localized(command)
    return command


def run(args: list[str], **extra: Any) -> int:
    """Run the command for the arguments and return its exit code.

    Raises NewslintError for errors that the user can fix.
    """
    try:
        result = main_command().main(args, prog_name="newslint", standalone_mode=False, **extra)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        for text in shown.getvalue().splitlines():
            line(plain(text, keep_tabs=True))
        return 2
    except click.Abort:
        line(f"newslint: {language().translate(msg('interrupted'))}")
        return 130
    return result if isinstance(result, int) else 0


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=words.paths)
@configuration
@click.option(
    "--output-format",
    metavar="FORMAT",
    shell_complete=words.formats,
    help="full, concise, grouped, json, jsonl, sarif, github, gitlab, junit or html.",
)
@output_file_option
@click.option(
    "--editor",
    metavar="EDITOR",
    shell_complete=words.editors,
    default="",
    help="With --output-format html: links that open vscode, idea, sublime, another, or a URL"
    " with {path} and {line}.",
)
@click.option(
    "--stdin-filename",
    metavar="PATH",
    shell_complete=words.paths,
    help="The path of the post on standard input.",
)
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
    help="Exclude files that the configuration excludes, even if given by name, and print no"
    " remark on layouts, includes and other files that are not posts.",
)
@click.option("--statistics", is_flag=True, help="Print the number of findings for each rule.")
@click.option("--timing", is_flag=True, help="Print the time of each rule.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Print which files are read, and the time.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@color_option
def check(paths: tuple[str, ...], **parameters: Any) -> int:
    """Check posts: files, folders, or `-` for one post on standard input."""
    from newslint.cli import check as linting
    from newslint.cli.check_options import CheckOptions

    return linting.check(paths, CheckOptions.of(parameters))
