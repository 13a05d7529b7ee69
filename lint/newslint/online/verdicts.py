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
    """The result of one attempt: the answer, whether to retry, and when (in seconds).

    ``connected`` is false if the host itself could not be reached.
    """

    answer: Answer
    passing: bool = False
    wait: float | None = None
    connected: bool = True
    no_head: bool = False
    elsewhere: bool = False
    """Whether a redirect led to another host before."""


@dataclass(frozen=True, slots=True)
class Response:
    """The response to one request."""

    status: int
    location: str
    retry_after: str
    content_type: str
    size: int
    start: bytes
    sets_cookie: bool


def decoded_body(start: bytes, encoding: bytes) -> bytes:
    """Return the decoded beginning of a compressed body, at most as long as ``start``."""
    if encoding.strip().lower() not in (b"gzip", b"x-gzip", b"deflate"):
        return start
    import zlib

    try:
        return zlib.decompressobj(wbits=47).decompress(start, media_types.PREFIX)
    except zlib.error:
        return start


def image_answer(response: Response, moved: str) -> Answer:
    """Return the answer for a response to an image request."""
    kind = media_types.kind(response.content_type, response.start)
    if not kind:
        content_type = response.content_type.partition(";")[0].strip() or "something"
        if not response.start:
            words = msg("returns an empty response")
        elif content_type.startswith("image/"):
            words = msg(
                "returns content that is not an image, although its type is {kind}",
                kind=content_type,
            )
        else:
            words = msg("returns {kind}, which is not an image", kind=content_type)
        return Answer(State.DEAD, response.status, words, moved)
    digest = hashlib.blake2b(response.start, digest_size=8).hexdigest()
    return Answer(State.ALIVE, response.status, "", moved, kind, response.size, digest)


def why_invalid(url: httpx.URL) -> str | None:
    """Return why a URL cannot be requested at all, as a message; None if it can."""
    if url.scheme not in ("http", "https"):
        return msg("redirects to {scheme}:, which is not a web page", scheme=url.scheme)
    if not url.host:
        return msg("redirects to a URL without a host")
    if url.port is not None and url.port > _LAST_PORT:
        return msg("has port {port}, which is greater than {last}", port=url.port, last=_LAST_PORT)
    if url.port in BAD_PORTS:
        return msg("has port {port}, which browsers block", port=url.port)
    return None


def redirect_failure(words: str, cookies: bool) -> Visited:
    """Return the result for a redirect loop."""
    if cookies:
        return Visited(Answer(State.UNSURE, words=msg("{words} without cookies", words=words)))
    return Visited(Answer(State.DEAD, words=words))


def failed_visit(words: str, *, connected: bool = False) -> Visited:
    """Return the result for a URL that did not respond, for a reason that may be temporary."""
    return Visited(Answer(State.UNSURE, words=words), passing=True, connected=connected)


def not_connected(error: BaseException) -> Visited:
    """Return the result for a failed connection, depending on the cause."""
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
    """Return the seconds of a Retry-After header (seconds or date); None if it is invalid."""
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
        return None  # the parser accepts more dates than can be converted


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
    """Return a header as a number; -1 if it is missing or invalid."""
    return int(value) if value.isdigit() and len(value) < 18 else -1
