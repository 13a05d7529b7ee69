"""ARC005."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, LookBackRule, Severity, Span, say

if TYPE_CHECKING:
    from newslint import Archive, Post

_FATE = {
    "hexo": say("one overwrites the other"),
    "jekyll": say("one overwrites the other"),
    "hugo": say("one overwrites the other"),
    "eleventy": say("Eleventy stops the build of the whole site"),
}


class PermalinkCollision(LookBackRule):
    """No two posts may be written to one address.

    Hexo, Jekyll and Hugo write one over the other without a word, and nobody finds the lost one;
    Eleventy stops the build (all measured).

    Two posts come to one address by the same `permalink` (Hugo: `url`, `slug`), by names that
    differ in their extension alone, by names that differ only in letter case or in signs that Hugo
    and Jekyll drop from addresses. Give one another name or address.

    Addresses are those of the generator's default settings; a pattern of your
    `_config.yml` is not looked at. The later one by path is reported.
    """

    code, name, severity = "ARC005", "permalink-collision", Severity.ERROR
    targets = ("hexo", "jekyll", "hugo", "eleventy")

    bad = [
        Bad(
            "⟦⟧---\ndate: 2021-12-02 10:00:00\n---\n",
            path="source/_posts/a.md",
            files={"source/_posts/a.html": "---\ndate: 2021-12-02 18:00:00\n---\n"},
            message="'source/_posts/a.html' is written to the same address, "
            "2021/12/02/a/: one overwrites the other",
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
        """What the front matter says of the address; 0 for nothing."""
        from newslint.generators.permalinks import said

        header = post.front_matter
        return (said(header.data, post.target.name) if header else ()) or 0

    def look_back(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        target = archive.target.name
        if target not in self.targets:
            return lambda path, fact: ()
        from newslint.generators.permalinks import address, restored, rough

        first: dict[int, tuple[str, Any]] = {}
        # Of posts whose addresses are roughly the same, the first of each exact address: nearly
        # all posts are alone.
        groups: dict[int, dict[str, str]] = {}

        def look(path: str, fact: Any) -> Iterable[Finding]:
            said = restored(fact or (), target)
            roughly = rough(path, said, target)
            if roughly is None:
                return ()
            key = hash(roughly)
            before, its_fact = first.setdefault(key, (path, fact))
            if before == path:
                return ()
            group = groups.setdefault(key, {})
            if not group and (its := address(before, restored(its_fact or (), target), target)):
                group[its] = before
            where = address(path, said, target)
            earlier = path if where is None else group.setdefault(where, path)
            return () if earlier == path else (self._collision(where or "", earlier, target),)

        return look

    def _collision(self, where: str, earlier: str, target: str) -> Finding:
        message = say(
            "{earlier!r} is written to the same address, {shown}: {fate}",
            earlier=earlier,
            shown=where.removesuffix("index.html") or "/",
            fate=_FATE[target],
        )
        return self.finding(Span(0, 0), message)
