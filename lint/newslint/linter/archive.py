"""What archive rules look at: facts of all posts, and which files there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from newslint.files.store import DISK, Store

if TYPE_CHECKING:
    from newslint.core.finding import Finding
    from newslint.generators import Target
    from newslint.linter.engine import RuleSet
    from newslint.linter.http_request import Answer, Request
    from newslint.linter.rule import ArchiveRule
    from newslint.post.post import Post


class Archive(Protocol):
    """What an archive rule may ask besides the facts."""

    target: Target
    site_url: str | None
    """The site's address, as the configuration says it."""

    def exists(self, path: PurePosixPath) -> bool:
        """Whether a file or folder of the project is there; the path is relative to its root."""

    def answer(self, request: Request) -> Answer | None:
        """What the network answers; None where it was not asked."""


def unanswered(request: Request) -> Answer | None:
    """What the network answers where it is not asked."""
    return None


class Folder:
    """An archive that is a folder of this machine's file system, or of a store."""

    def __init__(
        self,
        root: Path,
        target: Target,
        site_url: str | None = None,
        answer: Callable[[Request], Answer | None] = unanswered,
        store: Store = DISK,
    ) -> None:
        """``answer`` tells what the network answers, where it was asked."""
        self.root = root
        self.target = target
        self.site_url = site_url
        self.answer = answer
        self._store = store

    def exists(self, path: PurePosixPath) -> bool:
        """Whether a file or folder is there; a path that no file can have is not."""
        try:
            return self._store.exists(self.root / path)
        except (OSError, ValueError):
            return False


class Files:
    """An archive given as a mapping of paths to texts: for tests and for examples."""

    def __init__(
        self,
        files: Mapping[str, str],
        target: Target,
        answers: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """``answers`` as in an example of an online rule."""
        self.files = files
        self.target = target
        self.site_url: str | None = "https://example.org/"
        self._answers = answers or {}

    def exists(self, path: PurePosixPath) -> bool:
        """Whether a file of that path, or one below it, is given."""
        name = str(path)
        return name in self.files or any(file.startswith(name + "/") for file in self.files)

    def answer(self, request: Request) -> Answer | None:
        """What the example says that an address answers."""
        from newslint.linter.http_request import Answer, State

        fields = self._answers.get(request.url)
        if fields is None:
            return None
        said = {**fields, **fields.get("referred", {})} if request.referer else {**fields}
        said.pop("referred", None)
        return Answer(**{**said, "state": State(said.get("state", State.ALIVE))})


def facts(post: Post, rules: RuleSet) -> dict[str, Any]:
    """What each archive rule needs to know of one post, by code; rules with nothing left out."""
    return facts_together((post,), rules)[0]


def facts_together(posts: Sequence[Post], rules: RuleSet) -> list[dict[str, Any]]:
    """The `facts` of each post, rule by rule (see `newslint.linter.engine.lint_together`)."""
    each: list[dict[str, Any]] = [{} for _ in posts]
    for rule in rules.archive:
        code, look = rule.code, rule.facts
        for post, known in zip(posts, each, strict=True):
            if (fact := look(post)) is not None:
                known[code] = fact
    return each


def check(
    rules: Iterable[ArchiveRule], posts: Iterable[tuple[str, Mapping[str, Any]]], archive: Archive
) -> dict[str, list[Finding]]:
    """The findings of archive rules by path, from the facts of all posts, by path and code."""
    findings: dict[str, list[Finding]] = {}
    known = list(posts)
    for rule in rules:
        facts = ((path, by_code[rule.code]) for path, by_code in known if rule.code in by_code)
        for path, finding in rule.check_archive(facts, archive):
            findings.setdefault(path, []).append(finding)
    return findings
