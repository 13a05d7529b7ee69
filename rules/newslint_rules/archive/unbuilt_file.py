"""ARC006."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, Impact, Role, Severity, Span, StreamingArchiveRule, msg
from newslint_rules.archive import _filenames

if TYPE_CHECKING:
    from newslint import Archive, Post

_HUGO = 'baseURL = "https://example.org/"\n'


class UnbuiltFile(StreamingArchiveRule):
    """A post must be a file that the generator builds.

    The file is in the folder of the posts and looks like a post, but the generator silently ignores
    it. With `post_asset_folder: true`, Hexo 6 to 8 read only files with the suffix of
    `new_post_name` as posts, and treat `.html` posts as assets. Hugo builds only one of `a.md` and
    `a/index.md`, and one of `a.md` and `a.html`; if the content folder itself has an `index.md`,
    Hugo treats all other files there as its resources. Hugo 0.162 and later stop the build for
    `.html` files in the content folder, unless `security.allowContent` allows them. Jekyll does not
    convert posts with a suffix that is not in `markdown_ext`, such as `.mdown`.

    The message names the setting. Change it, or rename or move the file. ARC004 reports files that
    are ignored only because of their name.
    """

    code, name, severity = "ARC006", "unbuilt-file", Severity.ERROR
    impact = Impact.POST
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "⟦⟧<p>x</p>",
            path="source/_posts/a.html",
            files={"_config.yml": "post_asset_folder: true\n", "source/_posts/b.md": "x"},
            message="this file is not built: with post_asset_folder, Hexo reads only .md files "
            "as posts (new_post_name)",
        ),
        Bad(
            "⟦⟧---\ntitle: x\n---\nx",
            path="content/posts/a.md",
            files={"hugo.toml": _HUGO, "content/posts/a/index.md": "---\ntitle: x\n---\nx"},
            target="hugo",
        ),
    ]
    good = [
        Good("x", path="source/_posts/a.md", files={"_config.yml": "post_asset_folder: true\n"}),
        Good("<p>x</p>", path="source/_posts/a.html", files={"_config.yml": "title: x\n"}),
        Good(
            "x",
            path="content/posts/a/index.md",
            files={"hugo.toml": _HUGO, "content/posts/b.md": "x"},
            target="hugo",
        ),
    ]

    def facts(self, post: Post) -> Any:
        """Nothing but that the post is there; the archive knows its path, and the site its fate."""
        return None if post.site is None else 0

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        def look(path: str, _: Any) -> Iterable[Finding]:
            located = archive.site_of(path)
            if located is None:
                return ()
            site, site_path = located
            role = site.role(site_path)
            if role.is_unconverted and role.role is Role.POST:
                message = msg("this file is published, but not as a page: {reason}",
                              reason=role.reason)  # fmt: skip
                return (self.finding(Span(0, 0), message, impact=Impact.CONTENT),)
            if role.role is not Role.LOST or _by_name(site_path, archive):
                return ()
            message = msg("this file is not built: {reason}", reason=role.reason)
            impact = Impact.BUILD if role.is_fatal else None
            return (self.finding(Span(0, 0), message, impact=impact),)

        return look


def _by_name(path: str, archive: Archive) -> bool:
    """Return whether ARC004 tells already that the file is left out."""
    told = _filenames.problem(path, archive.target, _filenames.Fate(True, False))
    return told is not None and told.lost
