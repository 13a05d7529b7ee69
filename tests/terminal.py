"""Runs the command on a pseudo-terminal of a given width, and takes what it shows apart."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path

_STYLE = re.compile(r"\x1b\[[\d;]*m")
CURSOR_SHOWN = "\x1b[?25h"
"""What a progress bar ends with (DECTCEM); while it is drawn the cursor is hidden."""
_MOVE = re.compile(r"\x1b\[[\d;?]*[A-Za-ln-z]|[\r\n]+")


@dataclass(frozen=True)
class OnTerminal:
    """What a command showed on a terminal, and its exit code."""

    shown: str
    returncode: int

    @property
    def lines(self) -> list[str]:
        """Each piece of text between two moves of the cursor, without its colours."""
        return drawn(self.shown)


def drawn(shown: str) -> list[str]:
    """Each piece of text between two moves of the cursor, without its colours."""
    return [one for one in _MOVE.split(_STYLE.sub("", shown)) if one.strip()]


def on_terminal(folder: Path, *args: str, columns: int = 80, **environment: str) -> OnTerminal:
    """Run ``newslint`` with all its streams on a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inherited = {name: value for name, value in os.environ.items() if name not in _SPEAKING}
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", *args],
        cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**inherited, "TERM": "xterm-256color", "PYTHONWARNINGS": "error", **environment},
    )  # fmt: skip
    os.close(theirs)
    parts: list[bytes] = []
    try:
        # A terminal whose other end was closed fails to be read; on some systems it just ends.
        while part := os.read(ours, 65_536):
            parts.append(part)
    except OSError:
        pass
    finally:
        os.close(ours)
    return OnTerminal(b"".join(parts).decode(), process.wait(timeout=60))


_SPEAKING = ("COLUMNS", "LINES", "NO_COLOR", "GITHUB_ACTIONS", "TTY_COMPATIBLE", "CI")
"""What would say something else of the terminal than the terminal itself."""
