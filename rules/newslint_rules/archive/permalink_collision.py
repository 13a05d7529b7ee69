"""ARC005."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, Impact, Severity, Span, StreamingArchiveRule, msg
from newslint_rules.archive._outputs import output_of, site_folder, small_date

if TYPE_CHECKING:
    from newslint import Archive, Post

_FATE = {
    "hugo": msg("one overwrites the other, now this one, now that one"),
    "eleventy": msg("Eleventy stops the build of the whole site"),
}
_FATES = {
    None: msg("one overwrites the other"),
    True: msg("this post is lost"),
    False: msg("this post overwrites the other one"),
}
"""What becomes of two posts, by whether the earlier one by path stays."""


class PermalinkCollision(StreamingArchiveRule):
    """No two posts may be written to one address.

    Hexo, Jekyll and Hugo write one over the other without a word, and nobody finds the lost one;
    Eleventy stops the build (all measured). With Hexo the oldest post stays, with Jekyll the
    newest one, with Hugo one or the other by chance.

    Two posts come to one address by the same `permalink` (Hugo: `url`, `slug`), by names that
    differ in their extension alone, by names that differ only in letter case or in signs that Hugo
    and Jekyll drop from addresses, by a pattern in which too little of a post goes (`:abbrlink`
    of hexo-abbrlink with `rep: hex` sums up titles, and two titles may have the same sum). Give one
    another name or address.

    Addresses are those of the site's own settings (`permalink`, `permalinks`, `defaults` and the
    like). Where they rest on something that newslint cannot see, nothing is said. The later one by
    path is reported.
    """

    code, name, severity = "ARC005", "permalink-collision", Severity.ERROR
    impact = Impact.POST
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "⟦⟧---\ndate: 2021-12-02 10:00:00\n---\n",
            path="source/_posts/a.md",
            files={"source/_posts/a.html": "---\ndate: 2021-12-02 18:00:00\n---\n"},
            message="'source/_posts/a.html' is written to the same address, "
            "2021/12/02/a/: this post overwrites the other one",
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
        """The file that the post is written to, its date, and the folder of its site."""
        output = post.once(output_of)
        if output is None:
            return None
        return output, small_date(post.data.get("date")), site_folder(post)

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        target = archive.target.name
        if target not in self.targets:
            return lambda path, fact: ()
        first: dict[str, tuple[str, object]] = {}

        def look(path: str, fact: Any) -> Iterable[Finding]:
            output, day, folder = fact
            its, its_day = first.setdefault(f"{folder}\0{output}", (path, day))
            if its == path:
                return ()
            return (self._collision(output, (its, its_day), (path, day), target),)

        return look

    def _collision(
        self, output: str, earlier: tuple[str, object], later: tuple[str, object], target: str
    ) -> Finding:
        from newslint import permalinks

        stays = permalinks.survivor(earlier, later, target)
        fate = _FATE.get(target, _FATES[stays])
        message = msg(
            "{earlier!r} is written to the same address, {shown}: {fate}",
            earlier=earlier[0],
            shown=output.removesuffix("index.html") or "/",
            fate=fate,
        )
        impact = Impact.BUILD if target == "eleventy" else None
        return self.finding(Span(0, 0), message, impact=impact)
