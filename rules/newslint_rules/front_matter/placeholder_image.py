"""FM019."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    FrontMatterRule,
    Good,
    Impact,
    RuleOptions,
    Severity,
    join_and,
    plural,
)
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.images import _stand_ins
from newslint_rules.images._known_hosts import PLACEHOLDERS, Hosts, host_and_path, listed

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

IMAGE_FIELDS = (
    "headimg",
    "thumbnail",
    "cover",
    "banner",
    "banner_img",
    "index_img",
    "top_img",
    "image",
    "feature_image",
    "featured_image",
)
"""The fields that hold an image's address."""


def fields_by_text(post: Post, fields: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the texts that some fields of the front matter have, each with its fields."""
    found: dict[str, list[str]] = {}
    if (header := post.front_matter) is not None:
        data = header.data
        for field in fields:
            if field in data and isinstance(value := data[field], str):
                found.setdefault(value, []).append(field)
    return found


class PlaceholderImage(FrontMatterRule):
    """The image of a post should not be a placeholder.

    `https://via.placeholder.com/640x480` is a placeholder for an image that was never added.
    Readers see a grey box, or nothing, since several of these services are closed.

    The rule also reports placeholders that a page shows while it loads (`loading.gif`), a URL that
    the images of the body share as their placeholder, and URLs that end in `undefined`.

    Set the URL of a real image, or remove the field if the schema allows that.
    """

    code, name, severity = "FM019", "placeholder-image", Severity.WARNING
    impact = Impact.CONTENT

    class Options(RuleOptions):
        """Hosts and fields."""

        hosts: Hosts = Field(
            PLACEHOLDERS, description="Hosts of placeholder images, including subdomains."
        )
        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS, description="The fields that contain the URL of an image."
        )

    bad = [
        Bad(
            example("headimg", "⟦headimg⟧: 'https://via.placeholder.com/640x480'"),
            message="headimg is a placeholder image from placeholder.com",
        ),
        Bad(example("thumbnail", "⟦thumbnail⟧: https://picsum.photos/200")),
        Bad(
            example("headimg", "⟦headimg⟧: https://a.cn/p/undefined"),
            message="headimg is not an image; its URL ends in 'undefined'",
        ),
        Bad(
            example("thumbnail", "⟦thumbnail⟧: https://a.cn/images/loadimg.gif"),
            message="thumbnail is a placeholder that a page shows while it loads",
        ),
    ]
    good = [
        Good(GOOD_MATTER),
        Good(
            example("headimg", "headimg: 'https://picsum.photos/200'"), options={"hosts": ["a.cn"]}
        ),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.hosts = frozenset(self.options.hosts)

    def check(self, front_matter: FrontMatter, post: Post) -> Iterable[Finding]:
        for value, names in post.once(fields_by_text, self.options.fields).items():
            told = self._told(value, names, post) if "/" in value else None
            if told is not None:
                yield self.finding(front_matter.key_span((names[0],)), told)

    def _told(self, value: str, names: list[str], post: Post) -> str | None:
        """Return what is wrong with the address that some fields have; None for nothing."""
        number = len(names)
        if _stand_ins.is_no_name(value):
            return plural(
                number,
                "{fields} is not an image; its URL ends in {name!r}",
                "{fields} are not images; their URL ends in {name!r}",
                fields=join_and(names),
                name=value.rpartition("/")[2],
            )
        if _stand_ins.is_named(value) or _stand_ins.is_shared(value, post):
            return plural(
                number,
                "{fields} is a placeholder that a page shows while it loads",
                "{fields} are placeholders that a page shows while it loads",
                fields=join_and(names),
            )
        found = listed(host_and_path(value)[0], self.hosts)
        if found is None:
            return None
        return plural(
            number,
            "{fields} is a placeholder image from {found}",
            "{fields} are placeholder images from {found}",
            fields=join_and(names),
            found=found,
        )
