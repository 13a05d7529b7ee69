"""ARC005."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, Impact, Severity, Span, StreamingArchiveRule, msg
from newslint_rules.archive._outputs import output_of, permalinks, site_folder, small_date

if TYPE_CHECKING:
    from newslint import Archive, Post

_FATE = {
    "hugo": msg("one overwrites the other, in an undefined order"),
    "eleventy": msg("Eleventy stops the build"),
}
_FATES = {
    None: msg("one overwrites the other"),
    True: msg("this post is lost"),
    False: msg("this post overwrites the other one"),
}
"""What becomes of two posts, by whether the earlier one by path stays."""


class PermalinkCollision(StreamingArchiveRule):
    """No two posts may have the same URL.

    Hexo, Jekyll and Hugo silently overwrite one post with the other; Eleventy stops the build
    (measured). Hexo keeps the oldest post, Jekyll the newest, and Hugo either of them.

    Two posts have the same URL if they have the same `permalink` (Hugo: `url`, `slug`), if their
    names differ only in the extension, in letter case, or in characters that Hugo and Jekyll remove
    from URLs, or if the pattern of the URL contains too little of the post (`:abbrlink` of
    hexo-abbrlink with `rep: hex` is a checksum of the title, which may be the same for two titles).
    Change the name or the URL of one post.

    newslint computes URLs from the settings of the site (`permalink`, `permalinks`, `defaults` and
    similar). If a URL depends on something that newslint cannot see, nothing is reported. The rule
    reports the post with the later path.
    """

    code, name, severity = "ARC005", "permalink-collision", Severity.ERROR
    compares = True
    impact = Impact.POST
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "⟦⟧---\ndate: 2021-12-02 10:00:00\n---\n",
            path="source/_posts/a.md",
            files={"source/_posts/a.html": "---\ndate: 2021-12-02 18:00:00\n---\n"},
            message="'source/_posts/a.html' has the same URL, 2021/12/02/a/: this post "
            "overwrites the"
            " other one",
        ),
        Bad(
            "⟦⟧---\npermalink: /x/\n---\n",
            path="b.md",
            files={"a.md": "---\npermalink: x/index.html\n---\n"},
        ),
        Bad(
            "⟦⟧",
            path="_posts/2021-12-02-a-b.md",
            files={"_posts/2021-12-02-a b.md": ""},
            target="jekyll",
        ),
        Bad("⟦⟧", path="content/posts/a？.md", files={"content/posts/A.md": ""}, target="hugo"),
        Bad(
            "⟦⟧",
            path="posts/index.md",
            files={"posts/a.md": "---\npermalink: posts/\n---\n"},
            target="eleventy",
        ),
    ]
    good = [
        Good(
            "---\ndate: 2021-12-02\n---\n",
            path="a.md",
            files={"a.html": "---\ndate: 2021-12-03\n---\n"},
        ),
        Good(
            "", path="_posts/2021-12-02-a.md", files={"_posts/2021-12-03-a.md": ""}, target="jekyll"
        ),
        Good("", path="content/a/a.md", files={"content/b/a.md": ""}, target="hugo"),
        Good("---\npermalink: /b/\n---\n", path="c.md", files={"a.md": ""}, target="eleventy"),
    ]

    def facts(self, post: Post) -> Any:
        """Return what posts with one URL have in common, the URL's file, the date, and the folder.

        The folder is that of the site. The file is None if it is found from the others.
        """
        target, folder = post.target.name, site_folder(post)
        slug = None
        if target == "hexo" and (post.site is None or not post.site_path):
            slug = permalinks().dated_slug(post.name, post.data)
        if slug is not None:
            return slug, None, small_date(post.data["date"]), folder
        output = output_of(post)
        if output is None:
            return None
        slug = permalinks().slug_in(output) if target == "hexo" else output
        return slug, output, small_date(post.data.get("date")), folder

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        target = archive.target.name
        if target not in self.targets:
            return lambda path, fact: ()
        first: dict[str, tuple[str, Any]] = {}
        by_file: dict[str, tuple[str, object]] = {}

        def add(path: str, fact: Any) -> tuple[str, tuple[str, object]] | None:
            """Return a post's file, and the first post that is written to it."""
            slug, output, day, folder = fact
            output = output or permalinks().dated_address(slug, day)
            if output is None:
                return None
            return output, by_file.setdefault(f"{folder}\0{output}", (path, day))

        def look(path: str, fact: Any) -> Iterable[Finding]:
            slug, _, day, folder = fact
            key = f"{folder}\0{slug}"
            earliest = first.setdefault(key, (path, fact))
            if earliest[0] == path:
                return ()
            add(*earliest)
            added = add(path, fact)
            if added is None or added[1][0] == path:
                return ()
            output, its = added
            return (self._collision(output, its, (path, day), target),)

        return look

    def _collision(
        self, output: str, earlier: tuple[str, object], later: tuple[str, object], target: str
    ) -> Finding:
        stays = permalinks().survivor(earlier, later, target)
        fate = _FATE.get(target, _FATES[stays])
        message = msg(
            "{earlier!r} has the same URL, {shown}: {fate}",
            earlier=earlier[0],
            shown=output.removesuffix("index.html") or "/",
            fate=fate,
        )
        impact = Impact.BUILD if target == "eleventy" else None
        return self.finding(Span(0, 0), message, impact=impact)
