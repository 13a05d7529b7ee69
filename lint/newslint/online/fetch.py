"""Request a URL as a browser does, following and checking redirects."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import httpcore
import httpx

from newslint.core.messages import msg
from newslint.core.version import __version__
from newslint.linter.http_request import Answer, Request, State
from newslint.online import media_types
from newslint.online.transport import BarredError, UnknownHostError
from newslint.online.verdicts import (
    Response,
    Visited,
    decoded_body,
    failed_visit,
    image_answer,
    named_status,
    not_connected,
    number_of,
    redirect_failure,
    seconds_of,
    text_of,
    why_invalid,
)

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from newslint.config.online import Online

_FOR_GOOD = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses that may be temporary; those above 511 are Cloudflare's."""
_SHY = frozenset({401, 403, 407, 451, 999})
"""Statuses for clients that are not logged in, or are programs (999 is LinkedIn's)."""
_NO_HEAD = frozenset({405, 501})


Turn = Callable[[str], "AbstractAsyncContextManager[object]"]
"""Returns a context manager that limits concurrent requests to a host."""


class Visitor:
    """Requests URLs, one attempt at a time."""

    def __init__(self, pool: httpcore.AsyncConnectionPool, options: Online, turn: Turn) -> None:
        self._pool = pool
        self._options = options
        self._turn = turn
        agent = options.user_agent or (
            f"newslint/{__version__} (+https://newslint.github.io/newslint/online/)"
        )
        self._headers = [(b"User-Agent", agent.encode("latin-1", "replace"))]
        self._headers.append((b"Accept-Encoding", b"identity"))

    async def __call__(self, request: Request, *, head: bool) -> Visited:
        """Request a URL; with ``head`` by HEAD first, of which only success is trusted."""
        if request.picture or not head:
            return await self._result("GET", request)
        visited = await self._result("HEAD", request)
        if visited.answer.state in (State.ALIVE, State.BARRED) or not visited.connected:
            return visited
        if visited.answer.status in (429, 503):
            return visited
        again = await self._result("GET", request)
        no_head = visited.no_head and again.answer.state is State.ALIVE
        return replace(again, no_head=no_head)

    async def unlike(self, request: Request, seen: Answer, plain: Answer) -> bool:
        """Return whether an image differs with a Referer, while it is stable without one."""
        if (seen.kind, seen.size, seen.digest) == (plain.kind, plain.size, plain.digest):
            return False
        again = await self._result("GET", request._replace(referer=""))
        answer = again.answer
        return (answer.kind, answer.size, answer.digest) == (plain.kind, plain.size, plain.digest)

    async def _result(self, method: str, request: Request) -> Visited:
        """Follow a URL; every failure is converted to an answer."""
        hosts: list[str] = []
        visited = await self._attempt(method, request, hosts)
        return replace(visited, elsewhere=len(set(hosts)) > 1)

    async def _attempt(self, method: str, request: Request, hosts: list[str]) -> Visited:
        try:
            return await self._follow(method, request, hosts)
        except BarredError as error:
            template = "resolves to {address}, which is not a public address; it was not requested"
            words = msg(template, address=error.address)
            return Visited(Answer(State.BARRED, words=words))
        except UnknownHostError as error:
            if error.passing:
                return failed_visit(msg("cannot be resolved; no name server responds"))
            answer = Answer(State.DEAD, words=msg("has a host that does not exist"))
            return Visited(answer, connected=False)
        except (httpcore.ConnectTimeout, httpcore.PoolTimeout):
            return failed_visit(msg("does not respond in time"))
        except (httpcore.TimeoutException, TimeoutError):
            return failed_visit(msg("does not respond in time"), connected=True)
        except httpcore.ConnectError as error:
            return not_connected(error)
        except (httpcore.NetworkError, httpcore.RemoteProtocolError):
            return failed_visit(msg("closes the connection without a response"), connected=True)
        except (httpx.InvalidURL, httpcore.ProtocolError, UnicodeError, ValueError):
            return Visited(Answer(State.DEAD, words=msg("redirects to an invalid URL")))
        except Exception as error:
            # One URL's failure must not prevent the other requests.
            words = msg("cannot be requested: {error}", error=f"{type(error).__name__}: {error}")
            return failed_visit(words, connected=True)

    async def _follow(self, method: str, request: Request, hosts: list[str]) -> Visited:
        """Request a URL and follow redirects, adding each host to ``hosts``."""
        url = httpx.URL(request.url)
        moved, is_permanent, cookies = "", True, False
        seen: set[str] = set()
        for _ in range(self._options.redirects + 1):
            if (wrong := why_invalid(url)) is not None:
                return Visited(Answer(State.DEAD, words=wrong, moved=moved))
            key = str(url.copy_with(fragment=None))
            if key in seen:
                return redirect_failure(msg("has a redirect loop"), cookies)
            seen.add(key)
            hosts.append(url.host)
            response = await self._send(method, url, request)
            cookies |= response.sets_cookie
            if response.status not in _REDIRECTS or not response.location:
                return self._result_of(method, request, response, moved)
            target = url.join(response.location)
            if url.fragment and not target.fragment:
                target = target.copy_with(fragment=url.fragment)
            is_permanent = is_permanent and response.status in _FOR_GOOD
            moved = str(target) if is_permanent else moved
            url = target
        words = msg("redirects more than {times} times", times=self._options.redirects)
        return redirect_failure(words, cookies)

    async def _send(self, method: str, url: httpx.URL, request: Request) -> Response:
        """Send one request and return the beginning of its response."""
        sent = [(b"Host", url.netloc.rpartition(b"@")[2]), *self._headers]
        accept = b"image/avif,image/webp,image/*,*/*;q=0.8" if request.picture else b"*/*"
        sent.append((b"Accept", accept))
        if request.referer:
            sent.append((b"Referer", request.referer.encode("ascii")))
        where = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self._options.timeout)
        async with (
            self._turn(url.host),
            asyncio.timeout(self._options.timeout),
            self._pool.stream(
                method, where, headers=sent, extensions={"timeout": timeout}
            ) as answer,
        ):
            headers = {name.lower(): value for name, value in reversed(answer.headers)}
            start, ended = b"", False
            wants_body = request.picture and method == "GET" and answer.status == 200
            if wants_body:
                start, ended = await _beginning(answer)
                start = decoded_body(start, headers.get(b"content-encoding", b""))
        return Response(
            status=answer.status,
            location=text_of(headers.get(b"location", b"")).strip(),
            retry_after=text_of(headers.get(b"retry-after", b"")),
            content_type=text_of(headers.get(b"content-type", b"")),
            size=len(start) if ended else number_of(headers.get(b"content-length", b"")),
            start=start,
            sets_cookie=b"set-cookie" in headers,
        )

    def _result_of(self, method: str, request: Request, response: Response, moved: str) -> Visited:
        """Return the result of a response that is not a redirect."""
        status = response.status
        if 200 <= status < 300:
            if request.picture and method == "GET":
                return Visited(image_answer(response, moved))
            return Visited(Answer(status=status, moved=moved))
        words = msg("returns status {status}", status=named_status(status))
        if status in BUSY or (status >= 500 and status != 501 and status not in _SHY):
            answer = Answer(State.UNSURE, status, words)
            return Visited(answer, passing=True, wait=seconds_of(response.retry_after))
        if status in _SHY and not request.picture:
            words = msg(
                "returns status {status}, possibly to programs only", status=named_status(status)
            )
            return Visited(Answer(State.UNSURE, status, words))
        no_head = method == "HEAD" and status in _NO_HEAD
        return Visited(Answer(State.DEAD, status, words, moved), no_head=no_head)


async def _beginning(answer: httpcore.Response) -> tuple[bytes, bool]:
    """Return the first bytes of a body, and whether they are all of it."""
    parts: list[bytes] = []
    length = 0
    async for part in answer.aiter_stream():
        parts.append(part)
        length += len(part)
        if length >= media_types.PREFIX:
            return b"".join(parts)[: media_types.PREFIX], False
    return b"".join(parts), True
