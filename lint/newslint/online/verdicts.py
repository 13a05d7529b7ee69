"""The result of a URL, from a response or an error."""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx

from newslint.core.messages import msg
from newslint.linter.http_request import Answer, State
from newslint.online import media_types
from newslint.online.address_guard import BAD_PORTS
from newslint.online.transport import chain, was_refused

if TYPE_CHECKING:
    pass


_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of one try: the answer; whether it may be another soon, and when (seconds).

    ``connected`` is false where the host itself could not be reached.
    """

    answer: Answer
    passing: bool = False
    wait: float | None = None
    connected: bool = True
    no_head: bool = False
    elsewhere: bool = False
    """Whether a redirect had led to another host by then."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one request."""

    status: int
    location: str
    retry_after: str
    said: str
    size: int
    start: bytes
    sets_cookie: bool


def decoded_body(start: bytes, encoding: bytes) -> bytes:
    """The beginning of a body that a server packed though no one asked it to; at most as long."""
    if encoding.strip().lower() not in (b"gzip", b"x-gzip", b"deflate"):
        return start
    import zlib

    try:
        return zlib.decompressobj(wbits=47).decompress(start, media_types.PREFIX)
    except zlib.error:
        return start


def picture_answer(response: Response, moved: str) -> Answer:
    """Return what is reported of an image that was fetched."""
    kind = media_types.kind(response.said, response.start)
    if not kind:
        said = response.said.partition(";")[0].strip() or "something"
        if not response.start:
            words = msg("returns an empty response")
        elif said.startswith("image/"):
            words = msg(
                "returns content that is not an image, although its type is {kind}", kind=said
            )
        else:
            words = msg("returns {kind}, which is not an image", kind=said)
        return Answer(State.DEAD, response.status, words, moved)
    digest = hashlib.blake2b(response.start, digest_size=8).hexdigest()
    return Answer(State.ALIVE, response.status, "", moved, kind, response.size, digest)


def barrier_of(url: httpx.URL) -> str | None:
    """Return why an address cannot be asked for at all, as a message."""
    if url.scheme not in ("http", "https"):
        return msg("redirects to {scheme}:, which is not a web page", scheme=url.scheme)
    if not url.host:
        return msg("redirects to a URL without a host")
    if url.port is not None and url.port > _LAST_PORT:
        return msg("has port {port}, which is greater than {last}", port=url.port, last=_LAST_PORT)
    if url.port in BAD_PORTS:
        return msg("has port {port}, which browsers block", port=url.port)
    return None


def going_round(words: str, cookies: bool) -> Visited:
    """Return what is reported of redirects without an end."""
    if cookies:
        return Visited(Answer(State.UNSURE, words=msg("{words} without cookies", words=words)))
    return Visited(Answer(State.DEAD, words=words))


def failed_visit(words: str, *, connected: bool = False) -> Visited:
    """Return what is reported of a URL that did not answer, for a reason that may pass."""
    return Visited(Answer(State.UNSURE, words=words), passing=True, connected=connected)


def not_connected(error: BaseException) -> Visited:
    """Return what became of a connection that could not be made: the cause tells."""
    for cause in chain(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            words = msg("has an invalid certificate: {why}", why=cause.verify_message)
            return Visited(Answer(State.DEAD, words=words))
        if isinstance(cause, ssl.SSLError):
            return failed_visit(msg("fails to establish an encrypted connection"), connected=True)
    if was_refused(error):
        answer = Answer(State.DEAD, words=msg("refuses the connection; no server is running there"))
        return Visited(answer, passing=True, connected=False)
    return failed_visit(msg("cannot be reached from this machine"))


def seconds_of(retry_after: str) -> float | None:
    """The wait that a server asks for: in seconds, or until a date; None where it says nothing."""
    from email.utils import parsedate_to_datetime

    text = retry_after.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])
    from datetime import UTC, datetime

    try:
        date = parsedate_to_datetime(text)
        date = date.replace(tzinfo=UTC) if date.tzinfo is None else date
        return max((date - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, ArithmeticError, LookupError, TypeError):
        return None  # the parser of dates takes much for one, and raises later


def named_status(status: int) -> str:
    """Return a status with its name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def text_of(value: bytes) -> str:
    """Return a header as text."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def number_of(value: bytes) -> int:
    """Return a header as a number; -1 for none."""
    return int(value) if value.isdigit() and len(value) < 18 else -1
