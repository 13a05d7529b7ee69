"""The rules that a command line can name: installed ones and those of the configuration."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.cli.rule_options import SelectionOptions, project
from newslint.linter.rule import Rule


def known_rules(
    config: tuple[str, ...] = (), *, isolated: bool = False
) -> Mapping[str, type[Rule]]:
    """Return the rules that are known for posts in the current folder, by code.

    Raises ConfigError if the configuration there is invalid.
    """
    run = project(SelectionOptions(config=config, isolated=isolated))
    return run.settings(run.folder / "post.md").rules.known
