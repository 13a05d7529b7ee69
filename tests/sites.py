"""Sites on the loopback address that answer as a test says, and note what they were asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 500
JPEG = b"\xff\xd8\xff\xe0" + b"\1" * 3_000
PAGE = b"<!doctype html><p>gone</p>"


class Asked(NamedTuple):
    """One request that a site got."""

    method: str
    path: str
    headers: dict[str, str]


class Page(NamedTuple):
    """What a site answers; a body of None breaks the connection off."""

    status: int = 200
    body: bytes | None = b"ok"
    kind: str = "text/html"
    headers: dict[str, str] = {}


Route = Page | Callable[[Asked], Page]


class Site:
    """A server; ``routes`` are what it answers by path, all else is 404."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.port = server.server_port
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.lock = threading.Lock()

    def paths(self, method: str | None = None) -> list[str]:
        """The paths that were asked for, in order."""
        return [one.path for one in self.asked if method in (None, one.method)]


def _handler(holder: list[Site]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            site = holder[0]
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers)
            with site.lock:
                site.asked.append(asked)
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
            try:
                route = site.routes.get(self.path, Page(404, b"no"))
                page = route if isinstance(route, Page) else route(asked)
            finally:
                with site.lock:
                    site.at_once -= 1
            if page.body is None:
                self.close_connection = True
                self.connection.shutdown(2)
                return
            self.send_response(page.status)
            sent = {"Content-Type": page.kind, "Content-Length": str(len(page.body))}
            for name, value in {**sent, **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page.body)

        do_GET = do_HEAD = answer

        def log_message(self, *args: object) -> None:
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *args: object) -> None:
        """A client that goes away is no news."""


@contextmanager
def running(context: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    """A site, with TLS where a context is given."""
    holder: list[Site] = []
    server = _Server((address, 0), _handler(holder))
    if context is not None:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    holder.append(Site(server, "https" if context else "http"))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield holder[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
