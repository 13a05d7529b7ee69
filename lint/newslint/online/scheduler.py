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
"""Addresses of a host, one after the other, that fail to the last try, after which the others are
not asked: the host is busy, or wants no more of us."""

OFFLINE = 20
"""Hosts that cannot be reached, while none could be, after which there is no network."""

BACKOFF = 1.0
"""Seconds before the second try; each further one waits twice as long."""


class Visit(Protocol):
    """Asks for one address, once."""

    def __call__(self, request: Request, *, head: bool) -> Awaitable[Visited]:
        """``head`` says whether the host is worth asking by HEAD."""


@dataclass(slots=True)
class _Host:
    """A host (with its scheme and port), and what is known of it."""

    waiting: deque[tuple[Request, int]] = field(default_factory=deque)
    resumes: float = 0.0
    strikes: int = 0
    verdict: Answer | None = None
    """What all its addresses answer from now on, without being asked."""
    answers_head: bool = True


class Turns:
    """At most so many requests to one host at once, whoever sent them there."""

    def __init__(self, options: Online) -> None:
        self._each = options.per_host
        self._hosts: dict[str, asyncio.Semaphore] = {}

    def __call__(self, host: str) -> asyncio.Semaphore:
        """The turn of a host."""
        return self._hosts.setdefault(host, asyncio.Semaphore(self._each))


class Schedule:
    """Asks for many addresses; ``answered`` is reported of each answer as it comes.

    ``broke`` is reported of an address on which newslint breaks, and the others are asked.
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
        """Ask for all of them. Raises OfflineError."""
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
        """Ask for one address, and take its answer."""
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
        """Take an answer, or ask again later."""
        wait = visited.wait or 0.0
        if visited.wait is not None and not visited.elsewhere:
            # The server asks for a pause: all requests to it wait.
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
            self._judge(host, answer, visited, patient=patient)
        self._done(request, answer)
        self._ready.put_nowait(host)

    def _again(self, host: _Host, job: tuple[Request, int]) -> None:
        host.waiting.appendleft(job)
        self._ready.put_nowait(host)

    def _judge(self, host: _Host, answer: Answer, visited: Visited, *, patient: bool) -> None:
        """What the answer to one address says of its host."""
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
    """Scheme, host and port of an address; of what is no address the whole."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc}"
