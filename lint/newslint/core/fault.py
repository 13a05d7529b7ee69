"""Describe an unexpected exception: what was raised, where, and how to report it."""

from __future__ import annotations

import os
from types import TracebackType

from newslint.core.messages import msg

ISSUES = "https://github.com/newslint/newslint/issues"
"""Where users report bugs in newslint."""

_LONGEST, _FRAMES = 200, 3
"""Maximum characters of an exception's text and entries of a traceback in a report."""


def fault(error: BaseException, what: str = "newslint") -> str:
    """Return a message about a bug: what failed, the exception, its location, where to report."""
    return msg(
        "{what} failed: {error}. This is a bug in newslint; report this line at {url}",
        what=what,
        error=described(error),
        url=ISSUES,
    )


def described(error: BaseException) -> str:
    """Return an exception in one line: ``KeyError: 'x' (engine.py:12, body.py:66)``."""
    text = " ".join(str(error).split())
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}…"
    name = type(error).__name__
    places = ", ".join(_places(error.__traceback__)[-_FRAMES:])
    return f"{name}: {text} ({places})" if text else f"{name} ({places})"


def _places(trace: TracebackType | None) -> list[str]:
    """Return file and line of each call that led to an exception."""
    places = []
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        places.append(f"{os.path.basename(file)}:{trace.tb_lineno}")  # noqa: PTH119
        trace = trace.tb_next
    return places
