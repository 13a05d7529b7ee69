"""The subcommands by name: known before Click, or what runs them, is imported."""

from __future__ import annotations

COMMANDS = {
    "check": "newslint.cli.commands",
    "rule": "newslint.cli.rules",
    "explain": "newslint.cli.rules",
    "rules": "newslint.cli.rules",
    "init": "newslint.cli.init.command",
    "stats": "newslint.cli.stats",
    "config": "newslint.cli.config",
    "schema": "newslint.cli.schema",
    "baseline": "newslint.cli.baseline",
    "clean": "newslint.cli.clean",
    "server": "newslint.cli.server",
    "completion": "newslint.cli.completion",
}
"""Each subcommand and the module that holds it, imported only when it is run."""
