"""The network client for rules; each URL is requested once a run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from newslint.core.fault import fault
from newslint.core.messages import msg, plural
from newslint.linter.http_request import Answer, OfflineError, Request, State

if TYPE_CHECKING:
    from newslint.config.online import Online
    from newslint.online.cache import Memory

Watch = Callable[[int], AbstractContextManager[Callable[[], object]]]
"""Is told how many addresses are asked, and gives what is called at each answer."""


def unwatched(total: int) -> AbstractContextManager[Callable[[], object]]:
    """Shows nothing."""
    return nullcontext(lambda: None)


class Network:
    """Asks and remembers. One for a run."""

    def __init__(self, memory: Memory | None = None, watch: Watch = unwatched) -> None:
        self._memory = memory
        self._watch = watch
        self._answers: dict[Request, Answer] = {}
        self._spent = 0.0
        self.asked = 0
        """Requests that the network answered in this run."""
        self.remembered = 0
        """Requests whose answer was known from an earlier run."""
        self.unasked = 0
        """Requests for which the time was not enough."""
        self.lacking_site: set[str] = set()
        """The codes of rules that had nothing to ask for want of ``site-url``."""
        self.trouble = ""
        """Why nothing could be asked, as a message, or nothing."""
        self.broken: dict[Request, str] = {}
        """The requests on which newslint broke, and how, as a message."""

    def answer(self, request: Request) -> Answer | None:
        """Return what an address answered; None where it was not asked."""
        return self._answers.get(request)

    def ask(self, requests: Iterable[Request], options: Online) -> None:
        """Ask for what is not known yet, within the limits of the options."""
        known_of = self._answers.keys() | self.broken.keys()
        new = [one for one in dict.fromkeys(requests) if one not in known_of]
        if self._memory is not None:
            known = self._memory.look_up(new, options)
            self.remembered += len(known)
            self._answers |= known
            new = [one for one in new if one not in known]
        if not new or self.trouble:
            return
        fresh: dict[Request, Answer] = {}
        broken: dict[Request, str] = {}
        started = time.monotonic()
        left = max(options.seconds - self._spent, 0.001) if options.seconds else None
        try:
            with self._watch(len(new)) as moved:
                asked = _asked(new, options, left, self._answers, fresh, broken, moved)
                needless = asyncio.run(asked)
            self.unasked += len(new) - len(fresh) - len(broken) - needless
        except OfflineError as error:
            self.trouble = plural(
                error.hosts,
                "no network: the host cannot be reached. Is this machine online?",
                "no network: none of {number} hosts can be reached. Is this machine online?",
            )
            fresh.clear()
        finally:
            self._spent += time.monotonic() - started
            if self._memory is not None:
                self._memory.store(fresh, options)
        self.asked += len(fresh)
        self._answers |= fresh
        self.broken |= broken

    def close(self) -> None:
        """Close what answers are kept in."""
        if self._memory is not None:
            self._memory.close()

    @property
    def unsure(self) -> int:
        """Requests of which no one can tell whether they would be answered."""
        return sum(answer.state is State.UNSURE for answer in self._answers.values())


async def _asked(
    new: Iterable[Request],
    options: Online,
    seconds: float | None,
    known: Mapping[Request, Answer],
    fresh: dict[Request, Answer],
    broken: dict[Request, str],
    moved: Callable[[], object],
) -> int:
    """Put answers into ``fresh`` until the time is over; how many need no answer.

    What newslint breaks on is put into ``broken``, with the words of its report.
    """
    from newslint.online.address_guard import Guard
    from newslint.online.fetch import Visitor
    from newslint.online.scheduler import Schedule, Turns
    from newslint.online.transport import Backend, pool
    from newslint.online.verdicts import Visited

    backend = Backend(Guard(options.allow))
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOK_UPS))

    def answered(request: Request, answer: Answer) -> None:
        fresh[request] = answer
        moved()

    def broke(request: Request, error: Exception) -> None:
        broken[request] = fault(error, msg("--online for {url}", url=request.url))
        moved()

    def plain(request: Request) -> Answer | None:
        bare = request._replace(referer="")
        return fresh.get(bare) or known.get(bare)

    def reached() -> bool:
        return backend.reached

    needless = 0
    async with pool(backend, options.connections) as connections:
        visitor = Visitor(connections, options, Turns(options))

        async def compared(request: Request, *, head: bool) -> Visited:
            visited = await visitor(request, head=head)
            answer, bare = visited.answer, plain(request)
            if answer.state is State.ALIVE and bare is not None and bare.state is State.ALIVE:
                differs = await visitor.unlike(request, answer, bare)
                return replace(visited, answer=answer._replace(differs=differs))
            return visited

        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                bare = [one for one in new if not one.referer]
                await Schedule(visitor, options, answered, broke, reached)(bare)
                referred = [one for one in new if one.referer]
                wanted = [one for one in referred if _tells(plain(one))]
                needless = len(referred) - len(wanted)
                await Schedule(compared, options, answered, broke, reached)(wanted)
    return needless


def _tells(plain: Answer | None) -> bool:
    """Return whether it tells anything to ask for an image with a Referer, too."""
    return plain is None or plain.state is State.ALIVE or plain.status in REFUSALS


REFUSALS = frozenset({200, 401, 403})
"""Statuses with which hosts turn away those who send no Referer, 200 with what is no image."""
LOOK_UPS = 32
"""Names that are looked up at once."""
