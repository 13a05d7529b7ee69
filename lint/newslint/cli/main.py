"""The main function of the command.

Click parses options. A command line with only paths, as from hooks and editors, does not import it,
since that takes as long as linting a post.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newslint.cli.localization import chosen, error_text, language, line, mute, speaking
from newslint.cli.subcommands import COMMANDS
from newslint.core.errors import NewslintError, UsageError
from newslint.core.messages import msg


def main() -> None:
    """Run the command and exit; errors of users and posts are messages, not tracebacks."""
    # Few objects are in reference cycles, so collecting garbage at the usual rate wastes time.
    gc.set_threshold(50_000)
    _open_closed_streams()
    code = run(sys.argv[1:])
    # At exit Python searches all objects for cycles: a sixth of the time of a short run.
    gc.freeze()
    sys.exit(code)


def run(args: list[str], **extra: Any) -> int:
    """Run the command with the given arguments and return the exit code."""
    try:
        with speaking(chosen(args)):
            return _run(args, **extra)
    except NewslintError as error:
        return _fail(error)  # the language is invalid


def _open_closed_streams() -> None:
    """Open standard streams that are closed at start, as by git.

    Otherwise the next file that is opened would become a standard stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - it stays open


def _run(args: list[str], **extra: Any) -> int:
    try:
        code = _called(args, **extra)
        if not sys.stdout.closed:  # a language server closes it at exit
            sys.stdout.flush()
        return code
    except NewslintError as error:
        return _fail(error)
    except KeyboardInterrupt:
        line(f"\nnewslint: {language().translate(msg('interrupted'))}")
        return 130
    except BrokenPipeError:
        # The reader was closed (`newslint | head`): stop without a message.
        mute(sys.stdout)
        return 1
    except Exception as error:
        return _fail(_words(error))


def _words(error: Exception) -> UsageError:
    """Return the error for an unexpected exception: failed output, or a bug."""
    if isinstance(error, OSError) and error.filename is None and error.errno in _FULL:
        mute(sys.stdout)
        from newslint.files.atomic_writer import why

        return UsageError(msg("cannot write the output: {why}", why=why(error)))
    from newslint.core.fault import fault

    return UsageError(fault(error))


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""Errors of output that cannot be written; they have no file name."""


def _called(args: list[str], **extra: Any) -> int:
    if shell := os.environ.get("_NEWSLINT_COMPLETE"):
        from newslint.cli.completion import complete

        return complete(args, shell)
    if (paths := _paths_alone(args)) is not None:
        from newslint.cli.check import check

        return check(paths)
    from newslint.cli import commands

    return commands.run(args, **extra)


def _fail(error: NewslintError) -> int:
    from newslint.core.escaping import plain

    line(f"newslint: {plain(error_text(error))}")
    return 2


def _paths_alone(args: Sequence[str]) -> Sequence[str] | None:
    """Return the paths of ``[check] [PATH]...``, or None for any other command line."""
    paths = args[1:] if args[:1] == ["check"] else args
    if any(path.startswith("-") and path != "-" for path in paths):
        return None
    if paths is args and args and args[0] in COMMANDS:
        return None
    return paths
