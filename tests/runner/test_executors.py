"""Batches: the same results in the same order, whoever works on them, and whoever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence

import pytest

from newslint.runner.executors import CRASHED, Executor, Processes, Serial, cores, executor

EXECUTORS = [Serial(), Processes(1), Processes(2), Processes(3)]


def squares(batch: Sequence[int]) -> list[tuple[int, int]]:
    return [(number * number, os.getpid()) for number in batch]


def deadly(batch: Sequence[int]) -> list[int]:
    for number in batch:
        if number % 10 == 7:
            os.kill(os.getpid(), signal.SIGKILL)
    return [-number for number in batch]


def raising(batch: Sequence[int]) -> list[int]:
    raise ValueError("no such luck")


def batches(number: int, size: int) -> list[list[int]]:
    return [list(range(start, start + size)) for start in range(0, number * size, size)]


@pytest.mark.parametrize("one", EXECUTORS)
def test_results_come_in_the_order_of_the_batches(one: Executor):
    given = [[], *batches(20, 3), [], [99]]
    found = [[result[0] for result in results] for results in one.map(squares, given)]
    assert found == [[number * number for number in batch] for batch in given]


def test_processes_do_it_elsewhere_and_serial_here():
    def workers(one: Executor) -> set[int]:
        return {pid for results in one.map(squares, batches(9, 2)) for _, pid in results}

    assert workers(Serial()) == {os.getpid()}
    assert os.getpid() not in workers(Processes(2))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_an_item_that_kills_costs_itself_alone(jobs: int):
    found = [one for results in Processes(jobs).map(deadly, batches(10, 5)) for one in results]
    assert found == [CRASHED if number % 10 == 7 else -number for number in range(50)]


@pytest.mark.parametrize("one", EXECUTORS)
def test_what_the_work_raises_is_raised(one: Executor):
    with pytest.raises(ValueError, match="no such luck"):
        list(one.map(raising, [[1]]))


def test_no_more_batches_are_read_than_there_is_work_for():
    read = 0

    def endless() -> Iterator[list[int]]:
        nonlocal read
        while True:
            read += 1
            yield [read]

    results = Processes(2).map(squares, endless())
    assert [next(results)[0][0] for _ in range(5)] == [1, 4, 9, 16, 25]
    results.close()  # type: ignore[attr-defined]
    assert read < 20


def test_few_items_stay_in_this_process():
    assert isinstance(executor(8, 10), Serial)
    assert isinstance(executor(1, 100_000), Serial)
    assert isinstance(executor(2, 100_000), Processes)
    assert cores() >= 1
