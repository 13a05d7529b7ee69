"""ARC001."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from newslint import Bad, Finding, Good, Severity, Span, StreamingArchiveRule, msg
from newslint_rules.archive._digest import digest

if TYPE_CHECKING:
    from newslint import Archive, FrontMatter, Post


class DuplicateTitle(StreamingArchiveRule):
    """No two posts of a section may have the same title.

    Readers and search engines cannot tell such posts apart. Usually the scraper fetched an article
    twice, from two URLs or with a correction.

    Delete one post, or give it another title. The section of a post is its first category, or its
    folder if it has none. White space and letter case are ignored. The rule reports the post with
    the later path.
    """

    code, name, severity = "ARC001", "duplicate-title", Severity.WARNING
    compares = True

    bad = [
        Bad(
            "---\n⟦title⟧: Markets  rise\ncategories: [Business]\n---\n",
            path="b.md",
            files={"a/a.md": "---\ntitle: 'markets rise'\ncategories: Business\n---\n"},
            message="'a/a.md' has the same title",
        ),
        Bad(
            "---\ndate: 2021-12-02\n⟦title⟧: 早报\n---\n",
            path="b.md",
            files={"a.html": "---\ntitle: 早报\n---\n"},
        ),
    ]
    good = [
        Good(
            "---\ntitle: Markets rise\ncategories: [World]\n---\n",
            path="b.md",
            files={"a.md": "---\ntitle: Markets rise\ncategories: [Business]\n---\n"},
        ),
        Good("---\ntitle: 早报\n---\n", path="b/b.md", files={"a/a.md": "---\ntitle: 早报\n---\n"}),
        Good("---\ntitle: ''\n---\n", path="b.md", files={"a.md": "---\ntitle: ''\n---\n"}),
    ]

    def facts(self, post: Post) -> Any:
        """Return a digest of section and title, and where the key is: ``(digest, start, end)``."""
        header = post.front_matter
        if header is None or not isinstance(title := header.data.get("title"), str):
            return None
        words = " ".join(title.split())
        if not words:
            return None
        section = _section(header.data) or f"\0{post.path.parent}"
        return (digest(f"{section}\0{words.casefold()}"), *_key(header))

    def start(self, archive: Archive) -> Callable[[str, Any], Iterable[Finding]]:
        first: dict[int, str] = {}

        def look(path: str, fact: tuple[int, int, int]) -> Iterable[Finding]:
            title, start, end = fact
            earlier = first.setdefault(title, path)
            if earlier is path:
                return ()
            message = msg("{earlier!r} has the same title", earlier=earlier)
            return (self.finding(Span(start, end), message),)

        return look


def _section(data: Mapping[str, Any]) -> str:
    """Return the first category, whatever form the categories have."""
    categories = data.get("categories") or data.get("category")
    while isinstance(categories, list) and categories:
        categories = categories[0]
    return categories.strip() if isinstance(categories, str) else ""


def _key(header: FrontMatter) -> Span:
    """Return where the key is; at the beginning of a line it need not be asked of the YAML."""
    if header.bounds.form == "yaml":
        at = f"\n{header.text}".find("\ntitle:")
        if at >= 0:
            return Span(at, at + len("title")).shift(header.bounds.content.start)
    return header.key_span(("title",))
