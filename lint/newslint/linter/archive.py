"""What archive rules can query besides the facts of posts: files and the network."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newslint.generators import Target
    from newslint.generators.site import Site
    from newslint.linter.http_request import Answer, Request


class Archive(Protocol):
    """The archive as archive rules see it."""

    target: Target
    site_url: str | None
    """The site's URL, from the configuration."""

    depends_on_site: bool
    """Whether a rule used a site's files; the findings are then not cached."""

    def exists(self, path: PurePosixPath) -> bool:
        """Return whether a file or folder exists; the path is relative to the project's root."""

    def answer(self, request: Request) -> Answer | None:
        """Return the network's answer to a request; None if it was not sent."""

    def site_of(self, path: str) -> tuple[Site, str] | None:
        """Return the site of a post, and the post's path in it; None if it is in none."""


def unanswered(request: Request) -> Answer | None:
    """Return None: the answer in a run without network."""
    return None
