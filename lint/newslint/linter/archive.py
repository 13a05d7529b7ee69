"""Queries of archive rules other than the facts of posts: files and the network."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newslint.generators import Target
    from newslint.generators.site import Site
    from newslint.linter.http_request import Answer, Request


class Archive(Protocol):
    """What an archive rule may ask besides the facts."""

    target: Target
    site_url: str | None
    """The site's address, as the configuration says it."""

    asks_site: bool
    """Whether a rule asked a site for its files: what it found is then not kept."""

    def exists(self, path: PurePosixPath) -> bool:
        """Whether a file or folder of the project is there; the path is relative to its root."""

    def answer(self, request: Request) -> Answer | None:
        """Return what the network answers; None where it was not asked."""

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return the site that a post is in, and the post's path below its root; None for none."""


def unanswered(request: Request) -> Answer | None:
    """Return what the network answers where it is not asked."""
    return None
