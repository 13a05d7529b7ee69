"""Run work on a Dask cluster: the same contract as in `executors`, on many machines.

A task is a number of batches; it reads its posts on the worker and returns findings and facts. Dask
repeats a task whose worker died. A task that kills several workers is split into single items.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from newslint.core.errors import NewslintError, UsageError
from newslint.core.messages import join_comma, msg
from newslint.runner import environment
from newslint.runner.executors import CRASHED, Item, Lost, Result, Work, packed, unpacked

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

AHEAD = 3
"""Number of tasks queued for each thread of the cluster, so that none waits for work."""

MOST_BATCHES = 8
"""Maximum number of batches in a task. A task costs client and scheduler some milliseconds of CPU
time, whatever its size (measured; see docs/scale.md)."""

PATIENCE = 60.0
"""Seconds to wait for a cluster without workers: many times as long as a worker needs to
restart."""

_LOOK = 2.0
"""Seconds between checks of the number of workers."""


class Cluster:
    """The workers of a scheduler, or of a cluster that was started for this run."""

    def __init__(self, client: Client, own: LocalCluster | None = None) -> None:
        self._client = client
        self._own = own
        self._threads = 0
        self._looked = self._had_workers = time.monotonic()

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """See `Executor`. Raises UsageError if scheduler or workers are lost."""
        source = iter(batches)
        sent = pickle.dumps(work)
        waiting: deque[tuple[list[Sequence[Item]], Future]] = deque()
        number = 0
        try:
            while True:
                while len(waiting) < AHEAD * (threads := max(self._count(), 1)):
                    # Small tasks first, so that in a short run every thread has work.
                    several = [*islice(source, min(1 + number // threads, MOST_BATCHES))]
                    if not several:
                        break
                    number += 1
                    waiting.append((several, self._submit(sent, several)))
                if not waiting:
                    return
                several, future = waiting[0]
                results = self._result(future)
                if isinstance(results, Lost):
                    # The death of a worker must not be attributed to an item of this task.
                    self._wait_for(one for _, one in waiting)
                    results = [[*self._one_by_one(sent, batch)] for batch in several]
                waiting.popleft()
                yield from results
        finally:
            if self._client.status == "running":
                self._client.cancel([one for _, one in waiting], force=True)

    def ask(self, function: Callable[..., Any], *args: object) -> Mapping[str, Any]:
        """Return the result of a newslint function on each worker, by the worker's address.

        If the function raises there, the exception is the result.
        """
        answers: Mapping[str, Any] = self._client.run(function, *args, on_error="return")
        return answers

    def check(self) -> None:
        """Raise UsageError if scheduler or workers would give other results than this process."""
        answers = dict(self.ask(environment.versions))
        answers[f"the scheduler {self._address}"] = _tried(
            self._client.run_on_scheduler, environment.versions
        )
        here = environment.versions()
        differing: dict[tuple[str, ...], list[str]] = {}
        for where, there in answers.items():
            reasons: tuple[str, ...]
            if isinstance(there, ImportError | AttributeError):
                template = "no newslint, or a version other than {here}"
                reasons = (msg(template, here=here["newslint"]),)
            elif isinstance(there, Exception):
                reasons = (msg("does not respond: {value}", value=str(there)),)
            else:
                reasons = tuple(environment.differences(here, there))
            if reasons:
                differing.setdefault(reasons, []).append(where)
        if differing:
            lines = [f"{_named(where)}: {join_comma(one)}" for one, where in differing.items()]
            raise UsageError(
                msg(
                    "the cluster has different versions than this machine. {lines}. Install the"
                    " same versions there (docs/scale.md)",
                    lines="; ".join(lines),
                )
            )

    def wait(self) -> None:
        """Wait for the first worker. Raises UsageError if none connects."""
        while not self._count():
            time.sleep(0.1)

    def close(self) -> None:
        """Leave the cluster, and end it if it was started for this run."""
        self._client.close()
        if self._own is not None:
            self._own.close()

    def _submit(self, sent: bytes, batches: Sequence[Sequence[Item]]) -> Future:
        # As bytes, since Dask traverses collections on both ends.
        given = pickle.dumps(batches)
        return self._client.submit(worked, sent, environment.digest(), given, pure=False)

    def _result(self, future: Future) -> list[list[Any]] | Lost:
        """Return the results of a task's batches, or `CRASHED` if it killed too many workers."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        while True:
            try:
                return [unpacked(one) for one in future.result(timeout=_LOOK)]
            except TimeoutError:
                if future.status == "error":
                    raise  # by the work itself
                self._count()
            except KilledWorker:
                return CRASHED
            except CancelledError:
                raise self._gone() from None
            except (NewslintError, KeyboardInterrupt):
                raise
            except ImportError as error:
                raise UsageError(
                    msg(
                        "a worker of {address} lacks a package: {value}",
                        address=self._address,
                        value=error,
                    )
                ) from None

    def _wait_for(self, futures: Iterable[Future]) -> None:
        for future in futures:
            while not future.done():
                time.sleep(0.05)
                self._count()

    def _one_by_one(self, sent: bytes, batch: Sequence[Item]) -> Iterator[Any]:
        """Yield the results of a batch's items, each sent alone, to find a killer of workers."""
        for item in batch:
            results = self._result(self._submit(sent, [[item]]))
            yield results if isinstance(results, Lost) else results[0][0]

    @property
    def _address(self) -> str:
        scheduler = self._client.scheduler
        return str(scheduler.address) if scheduler is not None else "of this run"

    def _gone(self) -> UsageError:
        return UsageError(
            msg("the Dask scheduler {address} no longer responds", address=self._address)
        )

    def _count(self) -> int:
        """Return the number of threads. Raises UsageError if there are none for too long."""
        now = time.monotonic()
        if self._threads and now - self._looked < _LOOK:
            return self._threads
        answer = _tried(self._client.nthreads)
        if isinstance(answer, Exception):
            raise self._gone()
        self._threads, self._looked = sum(answer.values()), now
        if self._threads:
            self._had_workers = now
        elif now - self._had_workers > PATIENCE:
            raise UsageError(
                msg(
                    "the Dask scheduler {address} has had no worker for {seconds:g} seconds;"
                    " start workers with `dask worker ADDRESS`",
                    address=self._address,
                    seconds=PATIENCE,
                )
            )
        return self._threads


def worked(sent: bytes, judges: str, given: bytes) -> list[bytes]:
    """Return what a task does on a worker: batch by batch, so that it contains no more than one.

    Work, batches and results are pickled. Raises UsageError on a worker that joined and judges
    otherwise.
    """
    if environment.digest() != judges:
        raise UsageError(
            msg(
                "a worker that joined the cluster during the run has different versions of"
                " newslint or of its packages; run again to see which"
            )
        )
    work = _work(sent)
    batches = pickle.loads(given)  # noqa: S301 - as above
    return [packed(work, batch) for batch in batches]


@lru_cache(maxsize=4)
def _work(sent: bytes) -> Work[Any, Any]:
    """What is done, unpacked once for all batches of a run, so that it may remember settings."""
    work: Work[Any, Any] = pickle.loads(sent)  # noqa: S301 - Dask's own way to send it
    return work


def _tried(function: Callable[..., Any], *args: object) -> Any:
    """Return what a call gives, or what it raised."""
    try:
        return function(*args)
    except Exception as error:  # whatever went wrong at the other end
        return error


def _named(places: Sequence[str]) -> str:
    """Some workers, of many the first three."""
    more = [msg("{number} more", number=len(places) - 3)] if len(places) > 3 else []
    return join_comma([*places[:3], *more])
