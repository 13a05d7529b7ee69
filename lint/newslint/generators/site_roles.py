"""What a site takes a file for, and whether it has something: plain values, light to import."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

UNKNOWN_ENGINE = "unknown"
"""The engine of a site's templates (``Site.template_engines``) that its configuration computes."""
BUNDLE_TAGS = frozenset(("getBundle", "getBundleFileUrl"))
"""The tags of Eleventy that name a bundle, which exists if the site has a tag of that name."""


PAGE_FOLDERS = frozenset(("page", "pages"))
"""Names of folders that hold the site's own pages, in generators that have none for posts."""


class Role(Enum):
    """What the generator takes a file for."""

    POST = "post"
    """A post, published as it is."""
    DRAFT = "draft"
    """A post that this build leaves out on purpose: a folder of drafts."""
    PAGE = "page"
    """A page that the generator renders, and no post: an index, an about page, a list page.

    A post is a file where the generator, or the site, has its articles:

    - Hexo: in ``_posts``;
    - Jekyll: in ``_posts``, and a document of an own collection that has a date, in
      its name or front matter;
    - Hugo: in a section of ``mainSections``; without that parameter, in any section, except those
      whose name is the type of pages (``PAGE_FOLDERS``);
    - Eleventy: in a folder below the input folder, except those of ``PAGE_FOLDERS``.
    """
    TEMPLATE = "template"
    """A layout, include, shortcode, scaffold or archetype."""
    DATA = "data"
    """Configuration, data and code of the site."""
    ASSET = "asset"
    """Copied to the site as it is, or a resource of a page."""
    IGNORED = "ignored"
    """The generator does not read it."""
    LOST = "lost"
    """Looks like a post and lies where posts lie, but the generator drops or refuses it."""

    @property
    def is_linted(self) -> bool:
        """Whether a run without named files looks at the file."""
        return self in (Role.POST, Role.DRAFT, Role.PAGE, Role.LOST)


class FileRole(NamedTuple):
    """The role of one file, and why: which setting or folder decides."""

    role: Role
    reason: str = ""
    is_fatal: bool = False
    """Whether the generator stops the build of the complete site because of the file."""
    is_unconverted: bool = False
    """Whether the generator publishes the text of a post as it is: not as a page."""


class Answer(Enum):
    """Whether the site has something."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Definition(NamedTuple):
    """What is known of a name that templates may use.

    ``source`` is the file, relative to the site's root, or the package that defines it; ``reason``
    says why an answer is `Answer.UNKNOWN`. ``paired`` says whether it has an end tag or inner
    text: None where both work or it is not known.
    """

    answer: Answer
    source: str = ""
    reason: str = ""
    paired: bool | None = None
