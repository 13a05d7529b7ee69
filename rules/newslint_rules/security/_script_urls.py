"""Addresses that run script, told as a browser's URL parser would (WHATWG URL, section 4.4)."""

from __future__ import annotations

from newslint import lazy

_STRIPPED = "".join(map(chr, range(0x21)))
"""C0 controls and the blank: cut at both ends."""

_REMOVED = str.maketrans("", "", "\t\n\r")
_SCHEME = lazy.pattern(r"([A-Za-z][A-Za-z0-9+.-]*+):")

SCRIPT_SCHEMES = frozenset({"javascript", "vbscript"})

_DOCUMENTS = frozenset({"application/xhtml+xml", "application/xml", "text/html", "text/xml"})
"""Types of a ``data:`` address that a browser opens as a page, in which script runs."""

_FRAMES = frozenset({"embed", "frame", "iframe", "object"})


def scheme(address: str) -> str:
    """The lower-case scheme of an address whose character references are decoded, or nothing."""
    found = _SCHEME.match(address.strip(_STRIPPED).translate(_REMOVED))
    return found[1].lower() if found else ""


def script_kind(address: str, element: str = "a") -> str | None:
    """``javascript:``, ``vbscript:`` or ``data:text/html`` if the address can run script.

    An SVG image as a ``data:`` address runs script where it is a document of its own, in a
    frame, not in an ``<img>``.
    """
    name = scheme(address)
    if name in SCRIPT_SCHEMES:
        return f"{name}:"
    if name != "data":
        return None
    rest = address.strip(_STRIPPED).translate(_REMOVED).partition(":")[2]
    head, comma, _ = rest.partition(",")
    kind = head.partition(";")[0].strip(" \f").lower()
    if comma and (kind in _DOCUMENTS or (kind == "image/svg+xml" and element in _FRAMES)):
        return f"data:{kind}"
    return None
