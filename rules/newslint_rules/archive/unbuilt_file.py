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
    """A post must be a file that the generator makes a page of.

    It lies where posts lie and looks like one, but the generator leaves it out without a word:
    with `post_asset_folder: true` Hexo 6 to 8 take only files with the suffix of `new_post_name`
    for posts, and `.html` posts for assets; Hugo builds `a/index.md` in the place of `a.md`, and
    with an `index.md` in the content folder itself takes all other files there for its resources.
    Or it refuses the file, and the build of the whole site stops: Hugo since 0.162 takes no `.html`
    in its content folder unless `security.allowContent` allows it.

    The message names the setting that decides. Change it, or rename or move the file. What the
    name alone decides is ARC004's.
    """

    code, name, severity = "ARC006", "unbuilt-file", Severity.ERROR
    impact = Impact.POST
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "⟦⟧<p>x</p>",
            path="source/_posts/a.html",
            files={"_config.yml": "post_asset_folder: true\n", "source/_posts/b.md": "x"},
            message="no page is made of this file: with post_asset_folder Hexo takes only .md "
            "files for posts (new_post_name)",
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
            if role.role is not Role.LOST or _by_name(site_path, archive):
                return ()
            message = msg("no page is made of this file: {reason}", reason=role.reason)
            impact = Impact.BUILD if role.is_fatal else None
            return (self.finding(Span(0, 0), message, impact=impact),)

        return look


def _by_name(path: str, archive: Archive) -> bool:
    """Whether ARC004 tells already that the file is left out."""
    told = _filenames.problem(path, archive.target, _filenames.Fate(True, False))
    return told is not None and told.lost
