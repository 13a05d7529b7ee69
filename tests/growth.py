"""Whether work grows in step with its input, which every machine can tell.

Processor time of this process is compared, for a text and one several times as long: never with a
number of seconds. What else a machine does can make a measurement longer and not shorter, so
that the least of several is taken; the garbage collector, whose work grows faster than what it
looks after, is off.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

FACTOR = 8
"""How much more there is to do in the second measurement."""
SLACK = 3
"""How much more than in step the time may grow: of a quadratic step it would be the factor."""
TICK = 0.002
"""Seconds below which the clock and a machine's moods are what is measured."""
TRIES = 6

_Input = TypeVar("_Input")


def seconds(work: Callable[[_Input], object], made: _Input) -> float:
    """The processor time that some work takes."""
    gc.disable()
    try:
        started = time.process_time()
        work(made)
        return time.process_time() - started
    finally:
        gc.enable()
        gc.collect()


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
    work(make(size // (8 * factor)))  # What is made once is made now.
    base = max(TICK, min(seconds(work, made) for made in _inputs(make, size // factor, 2)))
    bound = factor * SLACK * base
    took = float("inf")
    for made in _inputs(make, size, TRIES):
        took = min(took, seconds(work, made))
        if took <= bound:
            break
    assert took <= bound, f"{factor} times as much takes {took / base:.0f} times as long"


def _inputs(make: Callable[[int], _Input], size: int, number: int) -> Iterator[_Input]:
    """Yield inputs of nearly one size, all different: the last results are kept by the text."""
    for less in range(number):
        yield make(size - size * less // 50)
