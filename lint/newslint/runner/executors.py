"""Executors: one contract for running work over batches in this process or in several.

``map(work, batches)`` yields each batch's results in the order of the batches. A batch is read only
when there is room for it, so that neither batches nor results accumulate.
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
"""Takes a batch and returns one result for each item. Must be picklable to be sent."""

BATCH = 50
"""Items of a batch: some ten milliseconds of work, so that sending it is negligible."""

WORTHWHILE = 300
"""Minimum number of items for which processes pay off (measured; see docs/performance.md)."""

_AHEAD = 3
"""Number of batches queued for each process, so that none waits for work."""


class Lost(NamedTuple):
    """The result of an item that was lost; ``why`` is a message for its report."""

    why: str


CRASHED = Lost(
    msg("cannot check the file; its process was killed, possibly because it ran out of memory")
)
"""The item killed the process that worked on it."""


class Executor(Protocol):
    """Runs work over batches."""

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """Yield the results of each batch, in order. Raises what ``work`` raises.

        An item whose result cannot be pickled, because of a plug-in's values, is `Lost`.
        """


def cores() -> int:
    """Return the number of processors available to this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def executor(jobs: int, items: int, *, forks: bool = True) -> Executor:
    """Return the fastest executor for a number of items: processes only if starting them pays off.

    Without ``forks`` the processes inherit nothing from this one.
    """
    return Serial() if jobs < 2 or items < WORTHWHILE else Processes(jobs, forks=forks)


class Serial:
    """Runs work in this process."""

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """See `Executor`."""
        for batch in batches:
            yield [*work(batch)]


def packed(work: Work[Item, Result], batch: Sequence[Item]) -> bytes:
    """Return the results of a batch as bytes, with `Lost` for results that cannot be pickled."""
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
        template = "the result of a rule cannot be sent between processes: {error}"
        return Lost(msg(template, error=described(error)))
    return result


def unpacked(sent: bytes) -> list[Any]:
    """Return the results of a batch from bytes."""
    import pickle

    results: list[Any] = pickle.loads(sent)  # noqa: S301 - our own workers'
    return results


class Processes:
    """Runs work in worker processes. If one dies, only the item that killed it is lost."""

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
                    # All submitted batches are lost, and it is unknown which item is the reason.
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
            # Idle processes are waited for, since Python may fail if it exits before them.
            pool.shutdown(wait=not waiting, cancel_futures=True)

    def _one_by_one(self, work: Work[Item, Result], batch: Sequence[Item]) -> list[Result | Lost]:
        """Return the results of a batch, run item by item, to find the one that kills it."""
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
    """Submit a batch; returns None for an empty one, and if the pool is broken already."""
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    if not batch:
        return None
    try:
        with _no_interrupts():  # a process must not be interrupted while it is started
            return pool.submit(packed, work, batch)
    except BrokenProcessPool as error:
        broken: Future[bytes] = Future()
        broken.set_exception(error)
        return broken


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Delay Ctrl-C; processes started in the meantime ignore it."""
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

    # Only Linux forks safely; a forked worker has the rules loaded already.
    method = "fork" if forks and sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, context, _begin)


def _begin() -> None:
    """Initialize a worker process.

    Ctrl-C reaches all processes of a terminal; the main process stops its workers. If the main
    process is killed, the workers detect that and exit.
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
