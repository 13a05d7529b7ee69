"""One contract for running work over batches: in this process, or in several.

``map(work, batches)`` gives each batch's results in the order of the batches, whoever did it. A
batch is read when there is room for it, so that neither batches nor results pile up.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from newslint.core.fault import described
from newslint.core.messages import msg

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item]], list[Result]]
"""Takes a batch and returns one result for each of its items. To travel it must be picklable."""

BATCH = 50
"""Items of a batch: some ten milliseconds of work, so that its journey costs next to nothing."""

WORTHWHILE = 300
"""Items from which several processes are quicker than one (measured; see docs/performance.md)."""

_AHEAD = 3
"""Batches that wait for each process, so that none is ever idle."""


class Lost(NamedTuple):
    """Stands for the result of an item that was lost: why, as a message for its report."""

    why: str


CRASHED = Lost(
    msg("cannot check the file; its process was killed, possibly because it ran out of memory")
)
"""The item killed the process that worked on it."""


class Executor(Protocol):
    """Something that runs work over batches."""

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """Return the results of each batch, in order. What ``work`` raises is raised here.

        An item whose result cannot travel, for what a plug-in put into it, is `Lost`.
        """


def cores() -> int:
    """Return the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def executor(jobs: int, items: int, *, forks: bool = True) -> Executor:
    """The quickest executor for so many items: processes only where they are worth their start.

    Without ``forks`` they inherit nothing from this one.
    """
    return Serial() if jobs < 2 or items < WORTHWHILE else Processes(jobs, forks=forks)


class Serial:
    """Does everything in this process."""

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """See `Executor`."""
        for batch in batches:
            yield [*work(batch)]


def packed(work: Work[Item, Result], batch: Sequence[Item]) -> bytes:
    """Return the results of a batch as bytes; `Lost` for each that cannot be pickled."""
    import pickle

    results = work(batch)
    try:
        return pickle.dumps(results)
    except Exception:
        return pickle.dumps([_sendable(one) for one in results])


def _sendable(result: Result) -> Result | Lost:
    import pickle

    try:
        pickle.dumps(result)
    except Exception as error:
        told = "the result of a rule cannot be sent between processes: {error}"
        return Lost(msg(told, error=described(error)))
    return result


def unpacked(sent: bytes) -> list[Any]:
    """Return the results of a batch again."""
    import pickle

    results: list[Any] = pickle.loads(sent)  # noqa: S301 - our own workers'
    return results


class Processes:
    """Does it in worker processes. One that dies costs only the item that killed it."""

    def __init__(self, jobs: int, *, forks: bool = True) -> None:
        self.jobs = jobs
        self._pool = partial(_pool, forks=forks)

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """See `Executor`."""
        from concurrent.futures.process import BrokenProcessPool

        source = iter(batches)
        waiting: deque[tuple[Sequence[Item], Future[bytes] | None]] = deque()
        pool = self._pool(self.jobs)
        try:
            while True:
                while len(waiting) < self.jobs * _AHEAD:
                    batch = next(source, None)
                    if batch is None:
                        break
                    waiting.append((batch, _submit(pool, work, batch)))
                if not waiting:
                    return
                batch, future = waiting[0]
                try:
                    results: list[Result | Lost] = unpacked(future.result()) if future else []
                except BrokenProcessPool:
                    # All that was under way is lost, and no one says by which item.
                    pool.shutdown()
                    lost = [one for one, _ in waiting]
                    waiting.clear()
                    for one in lost:
                        yield self._one_by_one(work, one)
                    pool = self._pool(self.jobs)
                    continue
                waiting.popleft()
                yield results
        finally:
            # One that is idle is waited for: Python may trip over its end when it ends itself.
            pool.shutdown(wait=not waiting, cancel_futures=True)

    def _one_by_one(self, work: Work[Item, Result], batch: Sequence[Item]) -> list[Result | Lost]:
        """Return a batch again, each item by itself, so that the one that kills is found."""
        from concurrent.futures.process import BrokenProcessPool

        results: list[Result | Lost] = []
        pool = self._pool(1)
        for item in batch:
            try:
                results += unpacked(pool.submit(packed, work, [item]).result())
            except BrokenProcessPool:
                results.append(CRASHED)
                pool.shutdown()
                pool = self._pool(1)
        pool.shutdown()
        return results


def _submit(
    pool: ProcessPoolExecutor, work: Work[Item, Result], batch: Sequence[Item]
) -> Future[bytes] | None:
    """A batch on its way; None for an empty one, and for one that comes too late for the pool."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    if not batch:
        return None
    try:
        with _no_interrupts():  # a process that is only just made must not die of Ctrl-C
            return pool.submit(packed, work, batch)
    except BrokenProcessPool as error:
        broken: Future[bytes] = Future()
        broken.set_exception(error)
        return broken


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait; a process that is made meanwhile never hears of it."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(jobs: int, *, forks: bool) -> ProcessPoolExecutor:
    import multiprocessing
    import sys
    from concurrent.futures import ProcessPoolExecutor

    # Linux alone forks safely; a forked worker has the rules loaded already.
    method = "fork" if forks and sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, context, _begin)


def _begin() -> None:
    """What a process does first.

    Ctrl-C reaches all processes of a terminal, and the first one tells the others to stop. When
    that one is killed no one does: they wait for its end, and end with it.
    """
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
