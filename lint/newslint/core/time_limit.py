"""Limit the CPU time for a file.

Not on the time that passes: of that a busy machine, one that swaps, or one that was put to sleep
takes as much as it likes, and a post is not to blame. Where the system has alarms (not Windows) and
the work runs in a process's main thread, an alarm ends Python code and regular expressions wherever
they are; elsewhere the engine looks at the thread's clock between the rules. What hangs inside a C
library ends when the library comes back.
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
    # What `signal` wraps in enumerations, whose making takes longer than to lint ten posts.
    import _signal as signal


class OutOfTimeError(BaseException):
    """The time is over. No Exception, so that nothing takes it for a broken rule."""


_END: ContextVar[float | None] = ContextVar("end", default=None)
"""When the time of this thread is over, by its own clock."""


_AGAIN = 0.25
"""Seconds of a processor after which the alarm rings again: Python drops what is raised while it
collects garbage or deletes an object."""


class Deadline:
    """A block that may take so many seconds of a processor, else OutOfTimeError comes out of it."""

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
                pass  # no main thread
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


def clock() -> Callable[[], None]:
    """What raises OutOfTimeError once the time is over; it does nothing where an alarm does."""
    end = _END.get()
    if end is None:
        return _nothing

    def look() -> None:
        if time.thread_time() > end:
            raise OutOfTimeError

    return look


def _nothing() -> None:
    pass
