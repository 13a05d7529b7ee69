"""LNK004."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newslint import ArchiveRule, Bad, Finding, Good, Impact, Severity, Span, lazy, msg
from newslint_rules.links import _site_addresses
from newslint_rules.links._site_addresses import Address, Kind
from newslint_rules.links._site_lookup import Missing, missing, without_scheme

if TYPE_CHECKING:
    from newslint import Archive, Post

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
_HEXO = {"_config.yml": "post_asset_folder: true\n", "source/_posts/a/b.png": ""}
_HUGO = {"hugo.toml": 'baseURL = "https://example.org/"\n'}


class BrokenInternalLink(ArchiveRule):
    """A link to a page or file of the site must have a target.

    A relative URL that the scraper did not change leads to a page that your site does not have; a
    relative image is not shown.

    The rule checks links and images in HTML and Markdown, `img`, `asset_img`, `asset_link` and
    `asset_path` of Hexo, and `figure` of Hugo. In Hexo and Jekyll, an image field of the front
    matter such as `cover` with a URL from the root is a warning, since the theme prints it. In a
    site that newslint can read, it resolves a URL as the generator and browsers do: relative to the
    URL of the post, with the base path of the site, `post_asset_folder`, `marked.postAsset`, page
    bundles, permalinks and aliases. A URL that another site of the same host may serve is a
    warning. If a plug-in or a template may change the URL, nothing is reported, except for a host
    or mail address without `https://` or `mailto:`.

    In other folders, the rule only reports URLs that cannot be right: a relative URL with the
    suffix of a post, a page, an image or a download, if there is no such file next to the post, in
    its asset folder, in a folder above, or in a folder where sites keep their assets, and no post
    has that name. A URL from the root of the site is looked up if its first folder exists.

    Add the file, or write the full URL.
    """

    code, name, severity = "LNK004", "broken-internal-link", Severity.ERROR
    impact = Impact.CONTENT

    bad = [
        Bad(
            '<p>⟦<a href="part-2.md">⟧next</a></p>',
            path="posts/part-1.md",
            message="'part-2.md' does not exist",
        ),
        Bad(
            "⟦[here](www.a.cn/b)⟧ or ⟦<a href='x@a.cn'>⟧by mail</a>\n",
            path="posts/part-1.md",
            message="browsers look for 'www.a.cn/b' on your site; write https://www.a.cn/b",
        ),
        Bad("⟦![map](part-1/map.png)⟧\n", path="posts/part-1.md"),
        Bad(
            '⟦<img src="/images/b.png" alt="">⟧',
            path="source/_posts/a.md",
            files={"source/images/a.png": ""},
        ),
        Bad(
            "⟦![b](b.png)⟧ ⟦{% asset_img c.png %}⟧ {% asset_img b.png %}\n",
            path="source/_posts/a.md",
            files=_HEXO,
            message="'b.png' becomes '/b.png', which does not exist; set marked.postAsset, or "
            "use asset_img",
        ),
        Bad(
            'See:\n\n⟦{{< figure src="b.png" >}}⟧\n',
            path="content/posts/a/index.md",
            files=_HUGO,
            target="hugo",
        ),
    ]
    good = [
        Good(
            '<p><a href="part-2.md#end">next</a></p>',
            path="posts/part-1.md",
            files={"posts/part-2.md": ""},
        ),
        Good("![map](map.png)\n", path="posts/part-1.md", files={"posts/part-1/map.png": ""}),
        Good(
            '<a href="part-2.html">next</a>',
            path="_posts/2021-12-02-part-1.md",
            files={"_posts/2021-12-02-part-2.md": ""},
        ),
        Good('<a href="/2021/12/02/part-2.html">next</a>', path="_posts/2021-12-02-part-1.md"),
        Good('<a href="https://a.cn/part-2.html">next</a> <a href="about/">about</a>'),
        Good(
            '![b](b.png) {{< figure src="b.png" >}} [c](/posts/c/)\n',
            path="content/posts/a/index.md",
            files={**_HUGO, "content/posts/a/b.png": "", "content/posts/c.md": ""},
            target="hugo",
        ),
    ]

    def facts(self, post: Post) -> Any:
        """Return the post's own addresses, with their places: see `Address`."""
        return _site_addresses.addresses(post)

    def check_archive(
        self, facts: Iterable[tuple[str, Any]], archive: Archive
    ) -> Iterator[tuple[str, Finding]]:
        known = list(facts)
        if not any(addresses for _, addresses in known):
            return
        names = {_DATE.sub("", PurePosixPath(path).stem, count=1) for path, _ in known}
        for path, addresses in known:
            located = archive.site_of(path) if addresses else None
            for one in map(Address._make, addresses):
                if located is not None:
                    archive.depends_on_site = True
                    hole = missing(one, *located)
                else:
                    hole = _without_site(PurePosixPath(path), one, names, archive)
                if hole is not None:
                    severity = None if hole.is_sure else Severity.WARNING
                    span = Span(one.start, one.end)
                    yield path, self.finding(span, hole.message, severity=severity)


def _without_site(
    post: PurePosixPath, one: Address, names: set[str], archive: Archive
) -> Missing | None:
    """Return what a post of no known site surely lacks."""
    if one.kind == Kind.ASSET:
        words = [word for word in one.url.split("\n") if "\0" not in word]
        if any(archive.exists(post.parent / post.stem / word) for word in words):
            return None
        return Missing(msg("the asset folder of the post has no {name!r}", name=words[0]))
    if one.kind == Kind.FIELD:
        return None
    if (found := without_scheme(one)) is not None:
        return found
    path = _path(one.url)
    if path.suffix.lower() not in _POSTS | _PAGES | _ASSETS or "{" in one.url:
        return None
    if _is_there(post, path, names, archive):
        return None
    return Missing(msg("{url!r} does not exist", url=one.url))


def _path(url: str) -> PurePosixPath:
    """Return the path of an address without query and fragment, decoded."""
    return PurePosixPath(unquote(re.split(r"[?#]", url.strip(), maxsplit=1)[0].replace("\\", "/")))


def _is_there(post: PurePosixPath, path: PurePosixPath, names: set[str], archive: Archive) -> bool:
    """Return whether an address finds a file, or may find one that cannot be seen from here."""
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
