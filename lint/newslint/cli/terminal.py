"""Properties of the terminal: colors and width."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_OFF = ("", "0", "false")


def wants_color(color: str, stream: IO[str], *, is_file: bool = False) -> bool:
    """Return whether to write colours to a stream; ``color`` is the value of ``--color``.

    For ``auto``, NO_COLOR takes precedence over FORCE_COLOR and CLICOLOR_FORCE, and these over
    terminal detection. A file given by the user (``is_file``) is coloured only by ``always``.
    """
    if color != "auto":
        return color == "always"
    if is_file or os.environ.get("NO_COLOR"):
        return False
    forced = [os.environ[name].lower() for name in _FORCING if name in os.environ]
    if any(value not in _OFF for value in forced):
        return True
    # FORCE_COLOR=0 disables colours, as in Node.
    if os.environ.get("FORCE_COLOR", "1").lower() in ("0", "false"):
        return False
    return stream.isatty() and os.environ.get("TERM") != "dumb"


_FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")


def width(stream: IO[str]) -> int:
    """Return the width of output in cells: COLUMNS, else the terminal's, else 80."""
    if not stream.isatty():
        return 80
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else _size(stream)[0]


def _size(stream: IO[str]) -> tuple[int, int]:
    """Return columns and lines of a stream's terminal; shutil only supports standard output."""
    try:
        columns, lines = os.get_terminal_size(stream.fileno())
    except OSError:
        return 80, 24
    return columns or 80, lines or 24


def console() -> Console:
    """Return rich's console for standard output, in colour if `wants_color` allows it."""
    from rich.console import Console

    if wants_color("auto", sys.stdout):
        return Console(force_terminal=True)
    return Console(no_color=True, force_terminal=False)


def clear(stream: IO[str]) -> None:
    """Clear a terminal; its contents stay in the scrollback. No effect on other streams."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return
    # ECMA-48: cursor home, erase below. The line feeds first scroll the contents away.
    stream.write("\n" * _size(stream)[1] + "\x1b[H\x1b[J")
    stream.flush()
