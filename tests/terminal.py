"""Runs the command on a pseudo-terminal of a given width, and takes what it shows apart."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NEWSLINT = (sys.executable, "-m", "newslint")
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


def drawn_text(shown: str) -> str:
    """What a command showed, without colours and moves of the cursor."""
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]|\x07", "", shown)


def on_terminal(folder: Path, *args: str, columns: int = 80, **environment: str) -> OnTerminal:
    """Run ``newslint`` with all its streams on a terminal."""
    ours, process = _start(folder, [*NEWSLINT, *args], columns, environment)
    return OnTerminal(_read_all(ours), process.wait(timeout=60))


def _start(
    folder: Path, command: Sequence[str], columns: int, environment: Mapping[str, str]
) -> tuple[int, subprocess.Popen[bytes]]:
    """Start a command on a terminal, and return our end of it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inherited = {name: value for name, value in os.environ.items() if name not in _SPEAKING}
    process = subprocess.Popen(
        command,
        cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs,
        preexec_fn=_take_terminal,
        env={**inherited, "TERM": "xterm-256color", "PYTHONWARNINGS": "error", **environment},
    )  # fmt: skip
    os.close(theirs)
    return ours, process


def _take_terminal() -> None:
    """Make the standard input the terminal of this process, so that Ctrl+C reaches it."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    # A background shell hands on an ignored Ctrl+C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read_all(ours: int) -> str:
    parts: list[bytes] = []
    try:
        # A terminal whose other end was closed fails to be read; on some systems it just ends.
        while part := os.read(ours, 65_536):
            parts.append(part)
    except OSError:
        pass
    finally:
        os.close(ours)
    return b"".join(parts).decode()


_SPEAKING = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS",
    "TTY_COMPATIBLE", "CI",
)  # fmt: skip
"""What would say something else of the terminal than the terminal itself."""


_PATIENCE = 60
"""Seconds without a sign of life after which a test gives up."""


class Session:
    """A command on a terminal that is driven while it runs."""

    def __init__(self, folder: Path, *command: str, columns: int = 80, **environment: str) -> None:
        self._ours, self._process = _start(folder, command, columns, environment)
        self.shown = ""

    def until(self, words: str) -> str:
        """Read until some words are shown; return all that was shown since the last call."""
        read = b""
        while words not in drawn_text(read.decode(errors="replace")):
            ready, _, _ = select.select([self._ours], [], [], _PATIENCE)
            assert ready, f"{words!r} is not in what was shown: {read!r}"
            read += os.read(self._ours, 65_536)
        self.shown += read.decode()
        return read.decode()

    def type(self, text: str) -> None:
        """Press some keys."""
        os.write(self._ours, text.encode())

    def interrupt(self) -> int:
        """Press Ctrl+C, and return the exit code."""
        os.write(self._ours, b"\x03")
        self.shown += _read_all(self._ours)
        return self._process.wait(timeout=60)

    def kill(self) -> None:
        """End the command, if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(timeout=60)
