"""The network client for rules; each URL is requested once a run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from newslint.core.fault import fault
from newslint.core.messages import msg, plural
from newslint.linter.http_request import Answer, OfflineError, Request, State

if TYPE_CHECKING:
    from newslint.config.online import Online
    from newslint.online.cache import AnswerCache
    from newslint.online.fetch import Visitor
    from newslint.online.verdicts import Visited

Watch = Callable[[int], AbstractContextManager[Callable[[], object]]]
"""Called with the number of URLs to request; returns a function to call after each answer."""


def unwatched(total: int) -> AbstractContextManager[Callable[[], object]]:
    """Shows no progress."""
    return nullcontext(lambda: None)


class Network:
    """Requests URLs and remembers the answers of a run."""

    def __init__(self, cache: AnswerCache | None = None, watch: Watch = unwatched) -> None:
        self._cache = cache
        self._watch = watch
        self._answers: dict[Request, Answer] = {}
        self._spent = 0.0
        self.requested = 0
        """Number of requests that the network answered in this run."""
        self.cached = 0
        """Number of requests whose answer was cached by an earlier run."""
        self.skipped = 0
        """Number of requests for which there was not enough time."""
        self.lacking_site: set[str] = set()
        """Codes of rules that requested nothing because ``site-url`` is not set."""
        self.trouble = ""
        """Why no request was possible, as a message; empty if requests were possible."""
        self.broken: dict[Request, str] = {}
        """Requests on which newslint failed, with the error as a message."""

    def answer(self, request: Request) -> Answer | None:
        """Return the answer to a request; None if it was not sent."""
        return self._answers.get(request)

    def send(self, requests: Iterable[Request], options: Online) -> None:
        """Send the requests that are not answered yet, within the limits of the options."""
        done = self._answers.keys() | self.broken.keys()
        new = [one for one in dict.fromkeys(requests) if one not in done]
        if self._cache is not None:
            cached = self._cache.look_up(new, options)
            self.cached += len(cached)
            self._answers |= cached
            new = [one for one in new if one not in cached]
        if not new or self.trouble:
            return
        started = time.monotonic()
        left = max(options.seconds - self._spent, 0.001) if options.seconds else None
        sending = _Sending(options, self._answers)
        try:
            with self._watch(len(new)) as advance:
                asyncio.run(sending.run(new, left, advance))
            self.skipped += len(new) - sending.count
        except OfflineError as error:
            self.trouble = plural(
                error.hosts,
                "no network: the host cannot be reached. Is this machine online?",
                "no network: none of {number} hosts can be reached. Is this machine online?",
            )
            sending.answers.clear()
        finally:
            self._spent += time.monotonic() - started
            if self._cache is not None:
                self._cache.store(sending.answers, options)
        self.requested += len(sending.answers)
        self._answers |= sending.answers
        self.broken |= sending.broken

    def close(self) -> None:
        """Close the cache of answers."""
        if self._cache is not None:
            self._cache.close()

    @property
    def unsure(self) -> int:
        """Number of requests without a definite result."""
        return sum(answer.state is State.UNSURE for answer in self._answers.values())


class _Sending:
    """Sends requests. ``answers`` and ``broken`` are complete after, and partial during `run`."""

    def __init__(self, options: Online, known: Mapping[Request, Answer]) -> None:
        """``known`` are the answers to earlier requests."""
        self._options = options
        self._known = known
        self._unneeded = 0
        self.answers: dict[Request, Answer] = {}
        self.broken: dict[Request, str] = {}
        """Requests on which newslint failed, with the error as a message."""

    @property
    def count(self) -> int:
        """Number of requests that are answered, failed or turned out to be unnecessary."""
        return len(self.answers) + len(self.broken) + self._unneeded

    def _without_referer(self, request: Request) -> Answer | None:
        """Return the answer to the same request without a Referer, if there is one."""
        bare = request._replace(referer="")
        return self.answers.get(bare) or self._known.get(bare)

    async def run(
        self, requests: Sequence[Request], seconds: float | None, advance: Callable[[], object]
    ) -> None:
        """Send requests until the time is over; calls ``advance`` after each answer.

        Raises OfflineError.
        """
        from newslint.online.address_guard import Guard
        from newslint.online.fetch import Visitor
        from newslint.online.scheduler import Schedule, Turns
        from newslint.online.transport import Backend, pool

        backend = Backend(Guard(self._options.allow))
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOK_UPS))

        def answered(request: Request, answer: Answer) -> None:
            self.answers[request] = answer
            advance()

        def broke(request: Request, error: Exception) -> None:
            self.broken[request] = fault(error, msg("--online for {url}", url=request.url))
            advance()

        def reached() -> bool:
            return backend.reached

        async with pool(backend, self._options.connections) as connections:
            visitor = Visitor(connections, self._options, Turns(self._options))

            async def compared(request: Request, *, head: bool) -> Visited:
                return await self._compared(visitor, request, head)

            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    bare = [one for one in requests if not one.referer]
                    await Schedule(visitor, self._options, answered, broke, reached)(bare)
                    referred = [one for one in requests if one.referer]
                    wanted = [one for one in referred if _is_useful(self._without_referer(one))]
                    self._unneeded = len(referred) - len(wanted)
                    await Schedule(compared, self._options, answered, broke, reached)(wanted)

    async def _compared(self, visitor: Visitor, request: Request, head: bool) -> Visited:
        """Send a request with a Referer, and compare an image with the one without a Referer."""
        visited = await visitor(request, head=head)
        answer, bare = visited.answer, self._without_referer(request)
        if answer.state is State.ALIVE and bare is not None and bare.state is State.ALIVE:
            differs = await visitor.unlike(request, answer, bare)
            return replace(visited, answer=answer._replace(differs=differs))
        return visited


def _is_useful(bare: Answer | None) -> bool:
    """Return whether to request an image with a Referer, given the answer without one."""
    return bare is None or bare.state is State.ALIVE or bare.status in REFUSALS


REFUSALS = frozenset({200, 401, 403})
"""Statuses of hosts that reject requests without a Referer; 200 with content other than images."""
LOOK_UPS = 32
"""Maximum number of concurrent name look-ups."""
