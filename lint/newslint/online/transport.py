"""HTTP connections to addresses that the guard allows.

httpx resolves names itself, too late for a check. httpcore, on which it is based, accepts a backend
that opens connections: this one resolves the name, checks the addresses, and connects to an allowed
one. Certificates are still verified against the name.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import httpcore
import httpx

from newslint.online.address_guard import Guard

if TYPE_CHECKING:
    from httpcore._backends.base import SOCKET_OPTION

TRIED = 3
"""Maximum number of addresses of one host that are tried, one after the other."""


class BarredError(Exception):
    """No address of a host may be requested; ``address`` is the first one."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class UnknownHostError(Exception):
    """The name of a host cannot be resolved; ``passing`` if no name server was reachable."""

    def __init__(self, host: str, *, passing: bool) -> None:
        super().__init__(host)
        self.passing = passing


class Backend(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.reached = False
        """Whether any host accepted or refused a connection."""
        self._inner = httpcore.AnyIOBackend()
        self._resolved: dict[tuple[str, int], asyncio.Future[list[str]]] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to an allowed address of a host.

        Raises BarredError, UnknownHostError, and what httpcore's own backend raises.
        """
        found = await asyncio.wait_for(self.resolve(host, port), timeout)
        allowed = [one for one in found if self.guard.allows(host, one)]
        if not allowed:
            raise BarredError(found[0])
        last: Exception | None = None
        for address in allowed[:TRIED]:
            try:
                stream = await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                last = error
                self.reached |= was_refused(error)
                continue
            self.reached = True
            return stream
        assert last is not None  # at least one address failed
        raise last

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host; each name is resolved once. Raises UnknownHostError."""
        key = host, port
        known = self._resolved.get(key)
        if known is None or known.cancelled():
            known = self._resolved[key] = asyncio.ensure_future(_addresses(host, port))
        try:
            return await asyncio.shield(known)
        except UnknownHostError as error:
            if error.passing:
                self._resolved.pop(key, None)
            raise


def was_refused(error: BaseException) -> bool:
    """Return whether a connection failed because the host refused it."""
    return any(isinstance(one, ConnectionRefusedError) for one in chain(error))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and its causes; httpcore raises its own ``from None``."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


async def _addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host, IPv4 first, since IPv6 does not work on many networks."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise UnknownHostError(host, passing=passing) from None
    found.sort(key=lambda one: one[0] != socket.AF_INET)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def pool(backend: Backend, connections: int) -> httpcore.AsyncConnectionPool:
    """Return a connection pool: HTTP/1.1, certificates verified, no proxy."""
    return httpcore.AsyncConnectionPool(
        ssl_context=httpx.create_ssl_context(),
        # A connection whose body is not read is closed after the next one is opened.
        max_connections=connections * 2,
        max_keepalive_connections=connections,
        keepalive_expiry=5.0,
        network_backend=backend,
    )
