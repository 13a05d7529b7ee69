"""Which names of files Windows, an address or a generator cannot hold, measured where it builds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from newslint import Target, lazy, msg

BYTES = 255
"""The longest name that ext4, APFS and NTFS hold, in UTF-8 bytes where they count bytes."""
_SUSPECT = lazy.pattern(r'[\x00-\x1f\x7f<>:"|?*\\%#]|(?:^|/)[ _.#~]|[ .](?:/|\.[^./]*$)|[ .~]$')
_DEVICE = lazy.pattern(
    r"(?:^|/)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.[^/]*)?(?:/|$)", re.I
)
_CONTROL = lazy.pattern(r"[\x00-\x1f\x7f]")
_WINDOWS = lazy.pattern(r'[<>:"|?*\\]')
_CODE = lazy.pattern(r"%[0-9A-Fa-f]{2}")
_BARE = lazy.pattern(r"%(?![0-9A-Fa-f]{2})")
_DATED = lazy.pattern(r"\d{2,4}-\d{1,2}-\d{1,2}-[^/]*\.[^./]+$")
_SHELVES = frozenset({"_posts", "_drafts"})


class NameProblem(NamedTuple):
    """Why a name will not do, as a message that follows 'the file name'; ``lost`` for the target.

    ``in_address`` says that it harms by way of the post's address alone.
    """

    message: str
    lost: bool = False
    in_address: bool = False


class Fate(NamedTuple):
    """What is known of a post of a site.

    ``is_lost`` says that the target leaves the file out; ``in_address`` whether the signs of its
    name come into the post's address, None where that cannot be told.
    """

    is_lost: bool
    in_address: bool | None


def problem(path: str, target: Target, fate: Fate | None = None) -> NameProblem | None:
    """The worst that is wrong with a post's path, from the folder of posts on; None for nothing.

    Without ``fate`` the post is read as one of a site of default settings.
    """
    if is_plain(path, target):
        return None
    found = [*_problems_of_site(path, target, fate)]
    return next((one for one in found if one.lost), found[0] if found else None)


def is_plain(path: str, target: Target) -> bool:
    """Return whether nothing can be wrong with a path: a cheap test."""
    if target.name == "jekyll" and _undated(path):
        return False
    plain = _SUSPECT.search(path) is None and _DEVICE.search(path) is None and _fits(path)
    return plain and not (target.name == "hugo" and _letterless(path))


MARK = "zqz"
"""Letters that stand in `probe` for the signs of a name; no address has them by chance."""
_SIGNS = lazy.pattern(r'[%#?"\\]')


def probe(path: str) -> str:
    """A path with `MARK` in the place of all signs that harm an address, to see where they go."""
    marked = _SIGNS.sub(MARK, path)
    if marked != path:
        return marked
    return str(PurePosixPath(path).with_stem(MARK))


def _problems_of_site(path: str, target: Target, fate: Fate | None) -> Iterator[NameProblem]:
    if target.name == "jekyll" and (undated := _undated(path)):
        found: Iterator[NameProblem] = iter((undated,))
    else:
        found = _problems(below_shelf(path), target)
    for one in found:
        if fate is None:
            yield one
        elif one.in_address:
            if fate.in_address is not False:
                yield one._replace(lost=one.lost and fate.in_address is True)
        elif fate.is_lost or not one.lost:
            yield one


def below_shelf(path: str) -> str:
    """The part of a path that the generator makes the address of: below ``_posts``, if any."""
    parts = path.split("/")
    for number, part in enumerate(parts[:-1]):
        if part in _SHELVES:
            return "/".join(parts[number + 1 :])
    return path


def _fits(path: str) -> bool:
    return len(path) * 4 <= BYTES or all(
        len(part.encode("utf-8", "surrogatepass")) <= BYTES for part in path.split("/")
    )


def _undated(path: str) -> NameProblem | None:
    """Jekyll takes from ``_posts`` what has a date in its name, and says nothing of the rest."""
    folder, _, name = path.rpartition("/")
    if "_posts" not in folder.split("/") or _DATED.match(name) or name[:1] in "._#~":
        return None
    return NameProblem(
        msg("has no date (2021-12-02-name.md), so Jekyll ignores the post"), lost=True
    )


def _problems(path: str, target: Target) -> Iterator[NameProblem]:
    yield from _LOST.get(target.name, _nothing)(path, target)
    if control := _CONTROL.search(path):
        yield NameProblem(msg("contains a control character ({control!r})", control=control[0]))
    if windows := _WINDOWS.search(path):
        yield NameProblem(msg("contains {sign!r}, which Windows does not allow", sign=windows[0]))
    for sign in "%#?":
        if sign in path:
            message = msg("contains {sign!r}, which has another meaning in a URL", sign=sign)
            yield NameProblem(message, in_address=True)
    if device := _DEVICE.search(path):
        name = PurePosixPath(device[0].strip("/")).name
        yield NameProblem(msg("is the device name {name!r} on Windows", name=name))
    for part in path.split("/"):
        if part.endswith((".", " ")) or part.rpartition(".")[0].endswith((".", " ")):
            yield NameProblem(msg("ends in a dot or a space, which Windows removes"))
        if part.startswith(" "):
            yield NameProblem(msg("begins with a space, which is easily lost"))
        if (length := len(part.encode("utf-8", "surrogatepass"))) > BYTES:
            yield NameProblem(
                msg(
                    "has {length} bytes; most systems allow {bytes}",
                    length=length,
                    bytes=BYTES,
                )
            )


def _nothing(path: str, target: Target) -> Iterator[NameProblem]:
    del path, target
    yield from ()


def _hexo(path: str, target: Target) -> Iterator[NameProblem]:
    """Hexo 5.4.2 to 8.1.2: ``isHiddenFile``, ``isTmpFile``, the router and its decodeURI."""
    for part in path.split("/"):
        if part.startswith(("_", ".")):
            yield NameProblem(
                msg("begins with {part!r}, so Hexo ignores the post", part=part[0]), lost=True
            )
    if path.endswith(("~", "%")):
        yield NameProblem(
            msg("ends in {path!r}, so Hexo ignores the post", path=path[-1]), lost=True
        )
    if target.major in (None, 8):
        if not _decodes(path):
            yield _in_address(
                msg("contains a single %, at which Hexo 8 fails and ignores the post")
            )
        if "\\" in path:
            yield _in_address(msg("contains a backslash, so Hexo 8 ignores the post"))
    if "?" in path:
        yield _in_address(msg("contains '?', where Hexo cuts the URL of the page"))
    if "#" in path or _CODE.search(path):
        sign = "#" if "#" in path else "%"
        yield _in_address(msg("contains {sign!r}, so links to the page are broken", sign=sign))


def _in_address(message: str) -> NameProblem:
    return NameProblem(message, lost=True, in_address=True)


def _decodes(path: str) -> bool:
    """Return whether ``decodeURI`` takes the path."""
    if "%" not in path:
        return True
    from urllib.parse import unquote

    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return _BARE.search(path) is None


def _jekyll(path: str, target: Target) -> Iterator[NameProblem]:
    """Jekyll 4.3.1, ``EntryFilter``: every folder and file name is looked at."""
    del target
    for part in path.split("/"):
        if part.startswith(("_", ".", "#", "~")):
            yield NameProblem(
                msg("begins with {part!r}, so Jekyll ignores the post", part=part[0]), lost=True
            )
    if path.endswith("~"):
        yield NameProblem(msg("ends in '~', so Jekyll ignores the post"), lost=True)


def _hugo(path: str, target: Target) -> Iterator[NameProblem]:
    """Hugo 0.111.3: hidden files, and what ``MakePath`` leaves of a name."""
    del target
    for part in path.split("/"):
        if part.startswith((".", "#")):
            yield NameProblem(
                msg("begins with {part!r}, so Hugo ignores the post", part=part[0]), lost=True
            )
    if path.endswith("~"):
        yield NameProblem(msg("ends in '~', so Hugo ignores the post"), lost=True)
    if _CODE.search(path):
        yield _in_address(msg("contains '%', so links to the page are broken"))
    if _letterless(path):
        yield _in_address(
            msg("contains no letter or digit, so its page replaces the page of the folder")
        )


def _letterless(path: str) -> bool:
    from newslint import permalinks

    return not permalinks.hugo_name(PurePosixPath(path).stem)


def _eleventy(path: str, target: Target) -> Iterator[NameProblem]:
    """Eleventy 3.1.8 writes the name into the address as it is, and templates into the page."""
    del target
    if sign := next((sign for sign in '%#?"' if sign in path), None):
        yield _in_address(msg("contains {sign!r}, so links to the page are broken", sign=sign))


_LOST = {"hexo": _hexo, "jekyll": _jekyll, "hugo": _hugo, "eleventy": _eleventy}
