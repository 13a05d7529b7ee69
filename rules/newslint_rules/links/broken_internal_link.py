"""LNK004."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newslint import ArchiveRule, Bad, Finding, Good, Impact, Severity, Span, msg
from newslint.core import lazy

if TYPE_CHECKING:
    from newslint import Archive, Post
    from newslint.html.outline import Structure

_ELSEWHERE = lazy.pattern(r"[A-Za-z][A-Za-z0-9+.-]*+:|//|\\\\|#|\?|\Z|.*(?:\{\{|\{%|<%)", re.DOTALL)
"""What is no path of this site: another host, a fragment, a template that becomes an address."""
_POSTS = frozenset({".md", ".markdown"})
_PAGES = frozenset({".html", ".htm"})
_ASSETS = frozenset(
    {
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico",
        ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm", ".mov",
        ".pdf", ".zip", ".gz", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt",
    }
)  # fmt: skip
_SHELVES = ("", "source", "static", "public", "assets", "src", "content", "_posts", "source/_posts")
"""Folders of a site that generators copy to its root, or take posts from."""
_DATE = lazy.pattern(r"\d{4}-\d{1,2}-\d{1,2}-")
_SOURCES = {"a": "href", "area": "href", "img": "src", "video": "src", "audio": "src",
            "source": "src", "embed": "src", "object": "data"}  # fmt: skip


class BrokenInternalLink(ArchiveRule):
    """A link to a post or file of this site must find it.

    A relative address that the scraper left as it was on the source's site leads to a page that
    yours does not have, and a relative picture to a hole.

    Put the file there, or write the full address. Only what cannot be right is reported: a relative
    address with the ending of a post, a page, a picture or a download, where no such file lies
    beside the post, in its asset folder, in a folder above or where sites keep their assets, and no
    post of that name is known. An address from the site's root is looked up where its first folder
    exists.
    """

    code, name, severity = "LNK004", "broken-internal-link", Severity.ERROR
    impact = Impact.CONTENT

    bad = [
        Bad(
            '<p>⟦<a href="part-2.md">⟧next</a></p>',
            path="posts/part-1.md",
            message="'part-2.md' does not exist",
        ),
        Bad('⟦<img src="part-1/map.png" alt="">⟧', path="posts/part-1.html"),
        Bad(
            '⟦<img src="/images/b.png" alt="">⟧',
            path="source/_posts/a.md",
            files={"source/images/a.png": ""},
        ),
    ]
    good = [
        Good(
            '<p><a href="part-2.md#end">next</a></p>',
            path="posts/part-1.md",
            files={"posts/part-2.md": ""},
        ),
        Good(
            '<img src="map.png" alt="">', path="posts/part-1.md", files={"posts/part-1/map.png": ""}
        ),
        Good(
            '<a href="part-2.html">next</a>',
            path="_posts/2021-12-02-part-1.md",
            files={"_posts/2021-12-02-part-2.md": ""},
        ),
        Good('<a href="/2021/12/02/part-2.html">next</a>', path="_posts/2021-12-02-part-1.md"),
        Good('<a href="https://a.cn/part-2.html">next</a> <a href="about/">about</a>'),
    ]

    def facts(self, post: Post) -> Any:
        """The post's own addresses that name a file, with their places: ``(url, start, end)``."""
        if _surely_elsewhere(post.structure):
            return ()
        found = []
        names = post.structure.names
        # Each tag to look for takes time, and most bodies have one of these.
        tags = [tag for tag in _SOURCES if names is None or tag in names]
        for element in post.body.iter(*tags) if tags else ():
            url = element.get(_SOURCES[element.tag])
            if url and not url.startswith(("https://", "http://")) and _is_path(url):
                found.append((url, *post.span(element)))
        return tuple(found)

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        known = list(facts)
        if not any(addresses for _, addresses in known):
            return
        names = {_DATE.sub("", PurePosixPath(path).stem, count=1) for path, _ in known}
        for path, addresses in known:
            for url, start, end in addresses:
                if not _is_there(PurePosixPath(path), _path(url), names, archive):
                    yield (
                        path,
                        self.finding(Span(start, end), msg("{url!r} does not exist", url=url)),
                    )


def _surely_elsewhere(structure: Structure) -> bool:
    """Whether the tags alone tell that all addresses lead to other sites."""
    if structure.names is None:
        return False
    for name, head in structure.attributed:
        if name in _SOURCES:
            attributes = structure.attributes(head)
            if attributes is None:
                return False
            address = attributes.get(_SOURCES[name])
            if address and not address.startswith(("https://", "http://")):
                return False
    return True


def _is_path(url: str) -> bool:
    if _ELSEWHERE.match(url.strip()):
        return False
    return _path(url).suffix.lower() in _POSTS | _PAGES | _ASSETS


def _path(url: str) -> PurePosixPath:
    """The path of an address without query and fragment, decoded."""
    return PurePosixPath(unquote(re.split(r"[?#]", url.strip(), maxsplit=1)[0].replace("\\", "/")))


def _is_there(post: PurePosixPath, path: PurePosixPath, names: set[str], archive: Archive) -> bool:
    """Whether an address finds a file, or may find one that cannot be seen from here."""
    from_root = path.is_absolute()
    parts = [part for part in path.parts if part not in ("/", ".", "..")]
    if not parts or "\0" in str(path):
        return True
    if path.suffix.lower() in _PAGES | _POSTS and path.stem in names | {"index"}:
        return True
    folders = [post.parent, *post.parent.parents]
    shelves = [folder / shelf for folder in folders for shelf in _SHELVES]
    if from_root:
        if path.suffix.lower() in _PAGES or len(parts) < 2:
            return True
        if not any(archive.exists(shelf / parts[0]) for shelf in shelves):
            return True
    elif path.parts.count("..") > len(post.parent.parts):
        return True
    below = PurePosixPath(*parts)
    places = [post.parent / post.stem, *shelves]
    return any(archive.exists(place / below) for place in places)
