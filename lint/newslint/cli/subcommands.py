"""The names of the subcommands, without importing Click or their modules."""

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
"""Each subcommand with its module, which is imported only to run it."""
