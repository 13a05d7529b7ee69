"""FM019."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Field, Finding, FrontMatterRule, Good, RuleOptions, Severity, say
from newslint_rules.front_matter._examples import GOOD_MATTER, example
from newslint_rules.images._known_hosts import PLACEHOLDERS, Hosts, host_and_path, listed

if TYPE_CHECKING:
    from newslint import Header, Post

IMAGE_FIELDS = ("headimg", "thumbnail")
"""The fields that hold a picture's address."""


class PlaceholderImage(FrontMatterRule):
    """A post's picture should not come from a placeholder service.

    `https://via.placeholder.com/640x480` was put there until the real picture would come. Readers
    see a grey box, or nothing at all: several of these services are closed.

    Give the address of a real picture, or leave the field out where the schema lets you.
    """

    code, name, severity = "FM019", "placeholder-image", Severity.WARNING

    class Options(RuleOptions):
        """Hosts and fields."""

        hosts: Hosts = Field(
            PLACEHOLDERS, description="Hosts of placeholder pictures; subdomains count, too."
        )
        fields: tuple[str, ...] = Field(
            IMAGE_FIELDS, description="The fields that hold a picture's address."
        )

    bad = [
        Bad(
            example("headimg", "⟦headimg⟧: 'https://via.placeholder.com/640x480'"),
            message="headimg is a placeholder picture, from placeholder.com",
        ),
        Bad(example("thumbnail", "⟦thumbnail⟧: https://picsum.photos/200")),
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
        self.domains = {_domain(host) for host in self.hosts}

    def check(self, front_matter: Header, post: Post) -> Iterable[Finding]:
        for field in self.options.fields:
            value = front_matter.data.get(field)
            if not isinstance(value, str) or "//" not in value:
                continue
            start = value.split("/", 3)
            if start[0] in _SCHEMES and start[1] == "" and _domain(start[2]) not in self.domains:
                continue
            host, _ = host_and_path(value)
            found = listed(host, self.hosts)
            if found is not None:
                message = say(
                    "{field} is a placeholder picture, from {found}", field=field, found=found
                )
                yield self.finding(front_matter.key_span((field,)), message)


_SCHEMES = ("https:", "http:")


def _domain(host: str) -> str:
    """The last two parts of a host's name: enough to tell most hosts from those on the list."""
    return ".".join(host.lower().rsplit(".", 2)[-2:])
