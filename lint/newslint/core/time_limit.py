"""Limit the CPU time for a file.

CPU time, because the elapsed time also depends on other processes, swapping and sleep. Where the
system has alarms (not on Windows) and the work runs in the main thread, an alarm interrupts Python
code and regular expressions. Elsewhere the engine checks the thread's CPU clock between rules. A C
library is interrupted only when it returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal
else:
    # `signal` wraps constants in enumerations; creating them takes longer than linting ten posts.
    import _signal as signal


class OutOfTimeError(BaseException):
    """The time limit is exceeded. Not an Exception, so that handlers for rules do not catch it."""


_END: ContextVar[float | None] = ContextVar("end", default=None)
"""The thread's CPU time at which the limit is exceeded."""


_AGAIN = 0.25
"""CPU seconds between repetitions of the alarm: Python discards exceptions that are raised during
garbage collection or in ``__del__``."""


class Deadline:
    """A context manager that raises OutOfTimeError after the given seconds of CPU time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._before: Any = None
        self._has_alarm = False

    def __enter__(self) -> Deadline:
        if hasattr(signal, "setitimer") and not signal.getitimer(signal.ITIMER_PROF)[0]:
            try:
                self._before = signal.signal(signal.SIGPROF, _ring)
                self._has_alarm = True
            except ValueError:
                pass  # not in the main thread
        if self._has_alarm:
            signal.setitimer(signal.ITIMER_PROF, self.seconds, _AGAIN)
        else:
            _END.set(time.thread_time() + self.seconds)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._has_alarm:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, self._before)
        else:
            _END.set(None)


def _ring(number: int, frame: FrameType | None) -> None:
    raise OutOfTimeError


def clock() -> Callable[[], None] | None:
    """Return a function that raises OutOfTimeError after the limit; None if an alarm does."""
    end = _END.get()
    if end is None:
        return None

    def look() -> None:
        if time.thread_time() > end:
            raise OutOfTimeError

    return look
