"""Schedule requests: many hosts at once, few requests to each, fewer to failing hosts."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from newslint.config.online import Online
from newslint.linter.http_request import Answer, OfflineError, Request, State
from newslint.online.verdicts import Visited

STRIKES = 3
"""Number of consecutive URLs of a host that fail after all retries; the remaining ones are not
requested, since the host is overloaded or blocks newslint."""

OFFLINE = 20
"""Number of unreachable hosts, without any reachable one, that mean there is no network."""

BACKOFF = 1.0
"""Seconds before the second attempt; doubles for each further one."""


class Visit(Protocol):
    """Requests one URL, once."""

    def __call__(self, request: Request, *, head: bool) -> Awaitable[Visited]:
        """``head`` is false if the host does not support HEAD."""


@dataclass(slots=True)
class _Host:
    """A host (with its scheme and port) and its state."""

    waiting: deque[tuple[Request, int]] = field(default_factory=deque)
    resumes: float = 0.0
    strikes: int = 0
    verdict: Answer | None = None
    """The answer for all further URLs of the host, which are not requested."""
    answers_head: bool = True


class Turns:
    """Limits the concurrent requests to each host."""

    def __init__(self, options: Online) -> None:
        self._each = options.per_host
        self._hosts: dict[str, asyncio.Semaphore] = {}

    def __call__(self, host: str) -> asyncio.Semaphore:
        """Return the semaphore of a host."""
        return self._hosts.setdefault(host, asyncio.Semaphore(self._each))


class Schedule:
    """Requests many URLs; calls ``answered`` with each answer as it arrives.

    Calls ``broke`` with the exception if newslint fails on a URL, and continues with the others.
    """

    def __init__(
        self,
        visit: Visit,
        options: Online,
        answered: Callable[[Request, Answer], None],
        broke: Callable[[Request, Exception], None],
        reached: Callable[[], bool],
    ) -> None:
        self._visit = visit
        self._options = options
        self._answered = answered
        self._broke = broke
        self._reached = reached
        self._ready: asyncio.Queue[_Host | None] = asyncio.Queue()
        self._open = 0
        self._lost: list[Answer] = []

    async def __call__(self, requests: Iterable[Request]) -> None:
        """Send all requests. Raises OfflineError."""
        hosts: dict[str, _Host] = {}
        for request in requests:
            try:
                key = _host_of(request.url)
            except ValueError as error:
                self._broke(request, error)
                continue
            hosts.setdefault(key, _Host()).waiting.append((request, 0))
            self._open += 1
        if not self._open:
            return
        for number in range(self._options.per_host):
            for host in hosts.values():
                if number < len(host.waiting):
                    self._ready.put_nowait(host)
        workers = min(self._options.connections, self._ready.qsize())
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(workers):
                    tasks.create_task(self._work(workers))
        except BaseExceptionGroup as group:
            if group.subgroup(OfflineError) is not None:
                raise OfflineError(len(self._lost)) from None
            raise
        lost = len(self._lost)
        if lost and not self._reached():
            nameless = any("name server" in answer.words for answer in self._lost)
            if nameless or lost > 2:
                raise OfflineError(lost)

    async def _work(self, workers: int) -> None:
        loop = asyncio.get_running_loop()
        while (host := await self._ready.get()) is not None:
            pause = host.resumes - loop.time()
            if pause > 0:
                loop.call_later(pause, self._ready.put_nowait, host)
                continue
            if not host.waiting:
                continue
            request, tries = host.waiting.popleft()
            if host.verdict is not None:
                self._done(request, host.verdict)
                self._ready.put_nowait(host)
            else:
                await self._look(host, request, tries)
            if not self._open:
                for _ in range(workers):
                    self._ready.put_nowait(None)

    async def _look(self, host: _Host, request: Request, tries: int) -> None:
        """Request one URL, and process the result."""
        try:
            visited = await self._visit(request, head=host.answers_head and tries == 0)
            host.answers_head &= not visited.no_head
            self._weigh(host, request, tries, visited)
        except OfflineError:
            raise
        except Exception as error:
            self._open -= 1
            self._broke(request, error)
            self._ready.put_nowait(host)

    def _weigh(self, host: _Host, request: Request, tries: int, visited: Visited) -> None:
        """Accept an answer, or schedule a retry."""
        wait = visited.wait or 0.0
        if visited.wait is not None and not visited.elsewhere:
            # The server demands a pause: all requests to it wait.
            until = asyncio.get_running_loop().time() + min(wait, self._options.longest_wait)
            host.resumes = max(host.resumes, until)
        patient = wait <= self._options.longest_wait
        if visited.passing and tries < self._options.retries and patient:
            delay = max(wait, BACKOFF * 2**tries)
            loop = asyncio.get_running_loop()
            loop.call_later(delay, self._again, host, (request, tries + 1))
            return
        answer = visited.answer
        if not visited.elsewhere:
            self._update_host(host, answer, visited, patient=patient)
        self._done(request, answer)
        self._ready.put_nowait(host)

    def _again(self, host: _Host, job: tuple[Request, int]) -> None:
        host.waiting.appendleft(job)
        self._ready.put_nowait(host)

    def _update_host(self, host: _Host, answer: Answer, visited: Visited, *, patient: bool) -> None:
        """Update a host's state by the answer to one of its URLs."""
        if not visited.connected:
            if host.verdict is None:
                self._lost.append(answer)
            host.verdict = answer
            if len(self._lost) >= OFFLINE and not self._reached():
                raise OfflineError(len(self._lost))
            return
        host.strikes = host.strikes + 1 if visited.passing else 0
        if host.strikes >= STRIKES or not patient:
            host.resumes = 0.0
            host.verdict = Answer(State.UNSURE, answer.status, answer.words)

    def _done(self, request: Request, answer: Answer) -> None:
        self._open -= 1
        self._answered(request, answer)


def _host_of(url: str) -> str:
    """Return scheme, host and port of a URL; of an invalid one the complete text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc}"
