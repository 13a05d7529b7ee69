"""Options that several subcommands share, as Click reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from newslint.cli import words

F = TypeVar("F", bound=Callable[..., Any])


def _rules_option(name: str, help_text: str) -> Callable[[F], F]:
    return click.option(
        name, multiple=True, metavar="RULES", shell_complete=words.selectors, help=help_text
    )


def configuration(function: F) -> F:
    """Add the options that select the configuration and the rules."""
    options = (
        _rules_option(
            "--select",
            "Enable only these rules: codes, prefixes, names or ALL, separated by commas.",
        ),
        _rules_option("--ignore", "Disable these rules."),
        _rules_option("--extend-select", "Enable these rules in addition."),
        click.option(
            "--target",
            metavar="TARGET",
            shell_complete=words.targets,
            help="hexo, jekyll, hugo, eleventy or html; with a version: hugo@0.168.",
        ),
        click.option(
            "--config",
            multiple=True,
            metavar="FILE|KEY=VALUE",
            shell_complete=words.paths,
            help="A configuration file, or a setting.",
        ),
        click.option(
            "--exclude",
            multiple=True,
            metavar="PATTERN",
            shell_complete=words.paths,
            help="Also leave out these files and folders: a pattern as in .gitignore.",
        ),
        click.option(
            "--all-files",
            is_flag=True,
            help="Also check files that are not posts or pages of the site.",
        ),
        click.option(
            "--isolated",
            is_flag=True,
            help="Read no configuration and run no code of the checked folder.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def narrowing_options(function: F) -> F:
    """Add the options that filter findings."""
    for option in (
        click.option(
            "--changed-since",
            metavar="REV",
            help="Report only findings on lines changed since this git revision.",
        ),
        click.option(
            "--baseline",
            metavar="FILE",
            shell_complete=words.paths,
            help="Hide the findings in FILE.",
        ),
        click.option(
            "--impact",
            multiple=True,
            metavar="IMPACTS",
            shell_complete=words.impacts,
            help="Report only findings with these impacts: build, post, content, security, house.",
        ),
    ):
        function = option(function)
    return function


cache_folder = click.option(
    "--cache-dir", metavar="DIR", shell_complete=words.paths, help="The folder of the cache."
)


def running_options(function: F) -> F:
    """Add the options for how posts are linted, which do not affect findings."""
    for option in (
        cache_folder,
        click.option("--no-cache", is_flag=True, help="Check every post again."),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="The scheduler of a Dask cluster.  [default: a local cluster]",
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "dask"]),
            default="local",
            show_default=True,
            help="Use local processes, or a Dask cluster.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            help="The number of processes.  [default: the number of cores]",
        ),
    ):
        function = option(function)
    return function


def online_option(function: F) -> F:
    """Add the option ``--online``."""
    return click.option(
        "--online", is_flag=True, help="Also check links and images over the network (NET rules)."
    )(function)


output_file_option = click.option(
    "-o",
    "--output-file",
    metavar="FILE",
    shell_complete=words.paths,
    help="Write to this file instead of standard output.",
)


def _level(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return a level of ``--fail-on``. Raises click.BadParameter with the valid values."""
    if value is None:
        return None
    from newslint.config.model import fail_on

    try:
        return fail_on(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


fail_on_option = click.option(
    "--fail-on",
    metavar="LEVEL",
    shell_complete=words.levels,
    callback=_level,
    help="Exit with code 1 from this severity (error, warning, info, never), or for these"
    " impacts (build, post, content, security, house; separated by commas).  [default:"
    " error]",
)
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
