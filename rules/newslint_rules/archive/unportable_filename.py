"""ARC004."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, Impact, Role, Severity, Span, StreamingArchiveRule, msg
from newslint_rules.archive import _filenames
from newslint_rules.archive._outputs import output_of

if TYPE_CHECKING:
    from newslint import Archive, Post


class UnportableFilename(StreamingArchiveRule):
    r"""A file name must be valid for all systems and the generator.

    Scrapers use titles as file names, and titles can contain any character. The finding is an error
    if the generator loses the post (measured): Hexo ignores names that begin with `_` or `.`,
    truncates URLs at `?`, and writes broken links for `%20` or `#`; Jekyll ignores names without a
    date; Hugo ignores names that begin with `#`; Eleventy writes `"`, `%`, `#` and `?` into links
    unchanged. If the URLs of the site do not contain file names (`permalink: /:hash/`), such
    characters are not reported.

    Otherwise the finding is a warning. A checkout on Windows fails for `: * ? " < > | \\`, control
    characters, device names (`con.md`), names that end in a dot or a space, and two names that
    differ only in letter case. Most systems allow 255 bytes, which is 85 Chinese characters.

    Rename the file.
    """

    code, name, severity = "ARC004", "unportable-filename", Severity.WARNING
    impact = Impact.POST

    bad = [
        Bad(
            "⟦⟧",
            path="100%.md",
            message="the file name contains a single %, at which Hexo 8 fails and ignores the post",
        ),
        Bad("⟦⟧", path="source/_posts/_under.md"),
        Bad("⟦⟧", path="_posts/case.md", target="jekyll"),
        Bad("⟦⟧", path="a: b.md"),
        Bad("⟦⟧", path="con.md"),
        Bad("⟦⟧", path="b/A.md", files={"b/B.md": "", "B/a.md": ""}),
        Bad("⟦⟧", path='it\'s "q".md', target="eleventy"),
    ]
    good = [
        Good("", path="source/_posts/2021/新闻 标题：靠谱吗？.md"),
        Good("", path="_posts/2021-12-02-case.md", target="jekyll"),
        Good("", path="about.md", target="jekyll"),
        Good("", path="_under.md", target="hugo"),
        Good("", path="A.B-c_d.md", files={"A.B-c_e.md": ""}),
    ]

    def facts(self, post: Post) -> Any:
        """Whether the signs of its name come into its address: 1 for no, 2 for not known, else 0.

        The archive knows its path.
        """
        if post.site is None or _filenames.is_plain(post.site_path, post.target):
            return 0
        output = output_of(post, _filenames.probe(post.site_path))
        return 2 if output is None else int(_filenames.MARK not in output)

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        first: dict[int, str] = {}

        def look(path: str, fact: Any) -> Iterable[Finding]:
            found = []
            if wrong := _problem(path, fact, archive):
                severity = Severity.ERROR if wrong.lost else None
                message = msg("the file name {message}", message=wrong.message)
                found.append(self.finding(Span(0, 0), message, severity=severity))
            # hash() of one process is enough to find the few whose texts are then compared.
            folded = path.casefold()
            earlier = first.setdefault(hash(folded), path)
            if earlier is not path and folded == earlier.casefold():
                message = msg(
                    "the file name differs from {earlier!r} only in letter case", earlier=earlier
                )
                found.append(self.finding(Span(0, 0), message))
            return found

        return look


def _problem(path: str, fact: int, archive: Archive) -> _filenames.NameProblem | None:
    target = archive.target
    if _filenames.is_plain(path, target):
        return None
    located = archive.site_of(path)
    if located is None:
        return _filenames.problem(path, target)
    site, site_path = located
    is_lost = site.role(site_path).role is Role.LOST
    fate = _filenames.Fate(is_lost, {0: True, 1: False}.get(fact))
    return _filenames.problem(site_path, target, fate)
