"""URLs of stores, taken apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newslint.core.errors import UsageError
from newslint.core.messages import msg

if TYPE_CHECKING:
    pass


def parts(url: str) -> tuple[str, list[str]]:
    """The scheme of a URL, and its host or bucket with the folders and the file.

    Raises UsageError for a URL that newslint does not take.
    """
    scheme, _, rest = url.partition("://")
    if "::" in url:
        raise UsageError(msg("{url}: URLs within URLs (::) are not taken", url=url))
    if "@" in rest.partition("/")[0] and urlsplit(url).password is not None:
        shown = f"{scheme}://…@{rest.partition('/')[0].rpartition('@')[2]}"
        raise UsageError(
            msg(
                "{url}: a password in a URL would be printed with every finding: give it in the "
                "environment ({variable}) or use a key",
                url=shown,
                variable=f"FSSPEC_{scheme.upper()}_PASSWORD",
            )
        )
    steps = [step for step in rest.split("/") if step]
    if not steps:
        raise UsageError(msg("{url}: names no bucket or host", url=url))
    if ".." in steps or "." in steps:
        raise UsageError(msg("{url}: has . or .. in it: write the way without", url=url))
    return scheme, steps


def local_path(url: str) -> Path:
    """The path of a ``file:`` URL. Raises UsageError for one of another machine."""
    host, slash, path = url.partition("://")[2].partition("/")
    if host not in ("", "localhost") or not slash:
        told = "{url}: names a file of another machine: write file:///PATH, or the path alone"
        raise UsageError(msg(told, url=url))
    return Path(slash + unquote(path))


def scheme_of(url: str) -> str:
    """The scheme of a URL."""
    return url.partition("://")[0]
