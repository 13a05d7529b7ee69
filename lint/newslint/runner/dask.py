"""Work on a Dask cluster: the same contract as that of `executors`, for many machines.

A task is some batches; it reads its posts where it runs and sends back findings and facts. Dask
does a task again whose worker died. One that takes several workers down is taken apart, item by
item.
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
"""Tasks that wait for each thread of the cluster, so that none is ever idle."""

MOST_BATCHES = 8
"""Batches of a task at most. A task costs client and scheduler some milliseconds of processor time
whatever is in it (measured; see docs/scale.md)."""

PATIENCE = 60.0
"""Seconds in which a cluster without workers has to get one: what a worker takes to start again,
many times over."""

_LOOK = 2.0
"""Seconds after which the workers are counted again."""


class Cluster:
    """The workers of a scheduler, or of one that was started for this run."""

    def __init__(self, client: Client, own: LocalCluster | None = None) -> None:
        self._client = client
        self._own = own
        self._threads = 0
        self._looked = self._had_workers = time.monotonic()

    def map(
        self, work: Work[Item, Result], batches: Iterable[Sequence[Item]]
    ) -> Iterator[list[Result | Lost]]:
        """See `Executor`. Raises UsageError where scheduler or workers go away for good."""
        source = iter(batches)
        sent = pickle.dumps(work)
        waiting: deque[tuple[list[Sequence[Item]], Future]] = deque()
        number = 0
        try:
            while True:
                while len(waiting) < AHEAD * (threads := max(self._count(), 1)):
                    # Small tasks first, so that every thread has its share of a short run.
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
                    # No one else's death must be laid to an item of this task.
                    self._wait_for(one for _, one in waiting)
                    results = [[*self._one_by_one(sent, batch)] for batch in several]
                waiting.popleft()
                yield from results
        finally:
            if self._client.status == "running":
                self._client.cancel([one for _, one in waiting], force=True)

    def ask(self, function: Callable[..., Any], *args: object) -> Mapping[str, Any]:
        """Return what a function of newslint's gives on each worker now, by the worker's address.

        What it raises there is given in its place.
        """
        answers: Mapping[str, Any] = self._client.run(function, *args, on_error="return")
        return answers

    def check(self) -> None:
        """Raise UsageError where scheduler or workers would not judge as this process does."""
        answers = dict(self.ask(environment.versions))
        answers[f"the scheduler {self._address}"] = _tried(
            self._client.run_on_scheduler, environment.versions
        )
        here = environment.versions()
        differing: dict[tuple[str, ...], list[str]] = {}
        for where, there in answers.items():
            said: tuple[str, ...]
            if isinstance(there, ImportError | AttributeError):
                said = (msg("no newslint, or a version other than {here}", here=here["newslint"]),)
            elif isinstance(there, Exception):
                said = (msg("does not respond: {value}", value=str(there)),)
            else:
                said = tuple(environment.differences(here, there))
            if said:
                differing.setdefault(said, []).append(where)
        if differing:
            lines = [f"{_named(where)}: {join_comma(said)}" for said, where in differing.items()]
            raise UsageError(
                msg(
                    "the cluster has different versions than this machine. {lines}. Install the"
                    " same versions there (docs/scale.md)",
                    lines="; ".join(lines),
                )
            )

    def wait(self) -> None:
        """Wait for a first worker. Raises UsageError where none comes."""
        while not self._count():
            time.sleep(0.1)

    def close(self) -> None:
        """Leave the cluster, and end it if it was started for this run."""
        self._client.close()
        if self._own is not None:
            self._own.close()

    def _submit(self, sent: bytes, batches: Sequence[Sequence[Item]]) -> Future:
        # As bytes: Dask goes through all that a collection holds, at both ends.
        given = pickle.dumps(batches)
        return self._client.submit(worked, sent, environment.digest(), given, pure=False)

    def _result(self, future: Future) -> list[list[Any]] | Lost:
        """The results of a task's batches; `CRASHED` for one that took too many workers down."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        while True:
            try:
                return [unpacked(one) for one in future.result(timeout=_LOOK)]
            except TimeoutError:
                if future.status == "error":
                    raise  # the work's own
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
        """The results of a batch's items, each on its way alone, so that what kills is found."""
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
        """How many threads the cluster has; raises UsageError where it has none for too long."""
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
