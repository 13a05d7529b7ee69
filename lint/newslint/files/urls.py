"""Parse the URLs of stores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newslint.core.errors import UsageError
from newslint.core.messages import msg

if TYPE_CHECKING:
    pass


def parts(url: str) -> tuple[str, list[str]]:
    """Return the scheme of a URL, and its host or bucket with the folders and the file.

    Raises UsageError for a URL that newslint does not take.
    """
    scheme, _, rest = url.partition("://")
    if "::" in url:
        raise UsageError(msg("{url}: nested URLs (::) are not supported", url=url))
    if "@" in rest.partition("/")[0] and urlsplit(url).password is not None:
        shown = f"{scheme}://…@{rest.partition('/')[0].rpartition('@')[2]}"
        raise UsageError(
            msg(
                "{url}: contains a password, which would be printed with every finding; set"
                " {variable} in the environment, or use a key",
                url=shown,
                variable=f"FSSPEC_{scheme.upper()}_PASSWORD",
            )
        )
    steps = [step for step in rest.split("/") if step]
    if not steps:
        raise UsageError(msg("{url}: has no bucket or host", url=url))
    if ".." in steps or "." in steps:
        raise UsageError(msg("{url}: contains . or ..; write the path without them", url=url))
    return scheme, steps


def local_path(url: str) -> Path:
    """Return the path of a ``file:`` URL. Raises UsageError for one of another machine."""
    host, slash, path = url.partition("://")[2].partition("/")
    if host not in ("", "localhost") or not slash:
        template = "{url}: refers to another machine; write file:///PATH, or only the path"
        raise UsageError(msg(template, url=url))
    return Path(slash + unquote(path))


def scheme_of(url: str) -> str:
    """Return the scheme of a URL."""
    return url.partition("://")[0]
