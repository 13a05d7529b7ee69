"""What a browser's URL parser makes of an address, as far as it refuses it or cannot reach it.

By the URL standard (url.spec.whatwg.org, sections 3.3 to 3.5 and 4.4): what its host parser fails
on; and what it takes, but leads nowhere: a scheme cut or doubled, a host that no name server has.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from newslint import lazy, msg

_PLAIN = lazy.pattern(r"https?://(?:[A-Za-z0-9-]++\.)++[A-Za-z][A-Za-z0-9-]*+(?=[/?#]|\Z)")
"""What nearly all addresses look like, and nothing is wrong with."""
_TRIMMED = "".join(map(chr, range(33)))
_REMOVED = str.maketrans("", "", "\t\n\r")
_SCHEME = lazy.pattern(r"([A-Za-z][A-Za-z0-9+.-]*+):")
_SPECIAL = {"http", "https", "ftp", "ws", "wss"}
_CUT_SCHEME = lazy.pattern(r"(?:https?|ftp)(?://|;//|\.//)|h?t+ps?://|htt?p?s?://", re.IGNORECASE)
_TWICE = lazy.pattern(r"(?:https?|ftp):?$", re.IGNORECASE)
_AUTHORITY = lazy.pattern(r"[^/\\?#]*+")
_DOTTED = lazy.pattern(r"(?:[^/\\?#:@.\s]++\.)++[^/\\?#:@.\s\d]++(?=[/\\?#:]|\Z)")
"""A host at the beginning of an address, not the first folder of a path."""
_FORBIDDEN = lazy.pattern(r"[\x00-\x20\"#/:<>?@\[\\\]^`{|}%\x7f!$&'()*+,;=~]")
_NUMBER = lazy.pattern(r"[0-9]++\Z|0[xX][0-9A-Fa-f]*+\Z")
_TYPED_QUOTES = lazy.pattern(r"[“”‘’](?:https?:/|[\w./])[^\s“”‘’]*+[“”‘’]?\Z", re.IGNORECASE)
"""An address in quotation marks that are none in a tag."""
_TEMPLATE = lazy.pattern(r"\{\{|\{%|\$\{|<%")


class Fault(NamedTuple):
    """What is wrong with an address, in words that follow a colon.

    ``is_repaired`` says that browsers find what it means all the same.
    """

    words: str
    is_repaired: bool = False


def fault(url: str) -> Fault | None:
    """Return what is wrong with an address; None where nothing is.

    A relative address is fine, and so is any scheme that is not fetched over the network.
    """
    if _PLAIN.match(url):
        return None
    if _TEMPLATE.search(url):
        return None
    url = url.strip(_TRIMMED).translate(_REMOVED)
    scheme = _SCHEME.match(url)
    if scheme is None or scheme[1].lower() not in _SPECIAL:
        words = _relative_fault(url, scheme)
        return None if words is None else Fault(words)
    rest = url[scheme.end() :]
    authority = rest.lstrip("/\\")
    slashes = len(rest) - len(authority)
    if slashes != 2:
        return _slashes_fault(scheme[0], slashes, authority)
    words = _authority_fault(authority)
    return None if words is None else Fault(words)


def is_in_typed_quotes(url: str) -> bool:
    """Return whether an address has quotation marks around it that browsers take for a part."""
    return _TYPED_QUOTES.match(url) is not None


def _slashes_fault(scheme: str, slashes: int, authority: str) -> Fault:
    """Return the fault of too few or too many slashes.

    With more than two, browsers read the host after them. With fewer, they do so only if the page
    has another scheme, and else read a path of its own site. Pages are taken to have ``https``.
    """
    words = msg("{scheme} must be followed by two slashes", scheme=scheme)
    has_host = _DOTTED.match(authority) is not None
    if slashes < 2 and scheme.lower() == "https:":
        return Fault(words, bool(authority) and not has_host)
    if not has_host:
        return Fault(msg("it has no host") if slashes > 2 else words)
    wrong = _authority_fault(authority)
    return Fault(words, is_repaired=True) if wrong is None else Fault(wrong)


def _relative_fault(url: str, scheme: re.Match[str] | None) -> str | None:
    if is_in_typed_quotes(url):
        return msg("{sign} is a part of it; write straight quotation marks", sign=url[0])
    if _CUT_SCHEME.match(url) and (scheme is None or url.startswith("//", scheme.end())):
        return msg("{scheme!r} is not a scheme", scheme=url.split("/")[0])
    authority = url.lstrip("/\\")
    slashes = 0 if scheme is not None else len(url) - len(authority)
    if slashes < 2:
        return None
    if slashes > 2 and not _DOTTED.match(authority):
        return msg("it has no host")
    return _authority_fault(authority)


def _authority_fault(rest: str) -> str | None:
    authority = _AUTHORITY.match(rest)[0]  # type: ignore[index]
    if _TWICE.match(authority) and rest[len(authority) :].startswith("//"):
        return msg("it has two schemes")
    host = authority.rpartition("@")[2]
    if not host:
        return msg("it has no host")
    if host.startswith("["):
        return _ipv6_fault(host)
    host, _, port = host.partition(":")
    if not host:
        return msg("it has no host")
    if port and not _is_port(port):
        return msg("{port!r} is not a port", port=port)
    return _host_fault(host)


def _ipv6_fault(host: str) -> str | None:
    from ipaddress import AddressValueError, IPv6Address

    address, bracket, after = host[1:].partition("]")
    try:
        IPv6Address(address.partition("%")[0] if "%" not in address else "x")
    except AddressValueError:
        return msg("{host!r} is not an IPv6 address", host=host)
    port = after.removeprefix(":")
    if not bracket or (after and not after.startswith(":")):
        return msg("{host!r} is not an IPv6 address", host=host)
    if port and not _is_port(port):
        return msg("{port!r} is not a port", port=port)
    return None


def _is_port(port: str) -> bool:
    digits = port.lstrip("0") or "0"
    return digits.isascii() and digits.isdigit() and len(digits) < 6 and int(digits) < 65536


def _host_fault(host: str) -> str | None:
    name = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".")
    if wrong := _FORBIDDEN.search(name):
        shown = msg("a space") if wrong[0].isspace() else repr(wrong[0])
        return msg("a host cannot contain {shown}", shown=shown)
    if "\ufffd" in name:
        return msg("the host is invalid")
    labels = name.removesuffix(".").split(".")
    if not all(labels):
        return msg("{host!r} is not a host", host=host)
    if _NUMBER.match(labels[-1]) and not _is_ipv4(labels):
        return msg("{host!r} is not an IPv4 address", host=host)
    return None


def _is_ipv4(labels: list[str]) -> bool:
    """Return whether labels make an IPv4 address, in any of the forms that browsers read."""
    numbers = []
    for label in labels:
        base = 16 if label[:2] in ("0x", "0X") else 8 if label[0] == "0" and len(label) > 1 else 10
        try:
            digits = (label[2:] if base == 16 else label) or "0"
            numbers.append(int(digits[:20], base) if digits.isascii() and digits.isalnum() else -1)
        except ValueError:
            return False
    last = 256 ** (5 - len(numbers))
    return len(numbers) <= 4 and all(0 <= n < 256 for n in numbers[:-1]) and 0 <= numbers[-1] < last
