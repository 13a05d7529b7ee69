"""The command: the only code that prints and exits.

Click reads the options. A line of paths alone, which is what a hook or an editor gives, does not
wait for it to load: that takes as long as to lint a post.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

from newslint.cli.speech import chosen, language, line, spoken, told
from newslint.errors import NewslintError
from newslint.message import say

COMMANDS = {
    "check": "newslint.cli.command",
    "rule": "newslint.cli.rules",
    "rules": "newslint.cli.rules",
    "init": "newslint.cli.init",
    "stats": "newslint.cli.stats",
    "config": "newslint.cli.config",
    "schema": "newslint.cli.schema",
    "baseline": "newslint.cli.baseline",
    "clean": "newslint.cli.clean",
    "server": "newslint.cli.server",
}
"""Each subcommand and the module that holds it, imported only when it is run."""


def main() -> None:
    """Run the command and exit; what a user or a post can cause ends in words, not a traceback."""
    # Little of what is made refers to itself: to look for it as often as usual takes time.
    gc.set_threshold(50_000)
    code = run(sys.argv[1:])
    # At its end Python looks through all objects for such circles: a sixth of a short run.
    gc.freeze()
    sys.exit(code)


def run(args: list[str], **extra: Any) -> int:
    """Run the command with the given arguments and return the exit code."""
    try:
        with spoken(chosen(args)):
            return _run(args, **extra)
    except NewslintError as error:
        return _fail(error)  # the language itself is wrong


def _run(args: list[str], **extra: Any) -> int:
    try:
        if (paths := _paths_alone(args)) is not None:
            from newslint.cli.check import check

            return check(paths)
        from newslint.cli import command

        return command.run(args, **extra)
    except NewslintError as error:
        return _fail(error)
    except KeyboardInterrupt:
        line(f"\nnewslint: {language().tell(say('interrupted'))}")
        return 130
    except BrokenPipeError:
        # The reader went away (`newslint | head`): nothing more to say, and no one to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _fail(error: NewslintError) -> int:
    from newslint.escape import plain

    line(f"newslint: {plain(told(error))}")
    return 2


def _paths_alone(args: Sequence[str]) -> Sequence[str] | None:
    """The paths of a line that has nothing else, ``[check] [PATH]...``; None of another line."""
    paths = args[1:] if args[:1] == ["check"] else args
    if any(path.startswith("-") and path != "-" for path in paths):
        return None
    if paths is args and args and args[0] in COMMANDS:
        return None
    return None if "_NEWSLINT_COMPLETE" in os.environ else paths  # Click completes for the shell
