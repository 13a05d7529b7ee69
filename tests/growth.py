"""Whether work grows in step with its input, which every machine can tell.

Processor time of this process is compared, for a text and one several times as long: never with a
number of seconds. What else a machine does can make a measurement longer and not shorter, so
that the least of several is taken; the garbage collector, whose work grows faster than what it
looks after, is off.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

FACTOR = 8
"""How much more there is to do in the second measurement."""
SLACK = 3
"""How much more than in step the time may grow: of a quadratic step it would be the factor."""
TICK = 0.002
"""Seconds below which the clock and a machine's moods are what is measured."""
TRIES = 6

_Input = TypeVar("_Input")


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes."""
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()
        gc.collect()


def least(work: Callable[[], object], enough: float = 0.0) -> float:
    """The least time of several; no more are measured once it is little enough."""
    shortest = seconds(work)
    for _ in range(TRIES - 1):
        if shortest <= enough:
            break
        shortest = min(shortest, seconds(work))
    return shortest


def check(
    make: Callable[[int], _Input],
    work: Callable[[_Input], object],
    size: int,
    *,
    factor: int = FACTOR,
) -> None:
    """Raise AssertionError where ``factor`` times the size takes far more than so many times as
    long. ``size`` is that of the larger input.
    """
    small, large = make(size // factor), make(size)
    work(make(size // (8 * factor)))  # What is made once is made now.
    base = max(min(seconds(lambda: work(small)) for _ in range(2)), TICK)
    bound = factor * SLACK * base
    took = least(lambda: work(large), enough=bound)
    assert took <= bound, f"{factor} times as much takes {took / base:.0f} times as long"
