"""Where an archive's images come from: what IMG001 sees for `newslint init` and `stats`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import InferredOptions, inference
from newslint_rules.images import _img_sources, _markdown_images
from newslint_rules.images._known_hosts import (
    NEEDS_REFERER,
    PLACEHOLDERS,
    PROXIES,
    REFUSES_FOREIGN,
    host_and_path,
    listed,
)

if TYPE_CHECKING:
    from newslint import Observation, Observations, Post

_MOST_NAMED = 12
"""Hosts that a note names."""
_MOST_EXEMPT = 20
"""Hosts up to which each is exempted; with more of them the images are from anywhere."""
_WORDS = (
    (REFUSES_FOREIGN, "refuses the Referer of other sites"),
    (NEEDS_REFERER, "serves its own site alone"),
    (frozenset(PROXIES), "a proxy of others"),
    (frozenset(PLACEHOLDERS), "stand-in pictures"),
)


def observe(post: Post) -> Iterator[Observation]:
    """The hosts of a post's images, and of those that send a Referer; ``""`` is the site's own.

    Each as often as it occurs. Markdown's images are named too; that they carry no policy says
    nothing.
    """
    for img in post.body.iter("img"):
        address = _img_sources.fetched(img)
        host = host_and_path(address)[0]
        if not host and (not address or _img_sources.SCHEME.match(address)):
            continue
        yield "host", host
        if not _img_sources.is_silent(img):
            yield "sends", host
            yield "bare", ""
    for picture in _markdown_images.pictures(post, lambda address: address):
        yield "host", host_and_path(picture.address)[0]


def infer_options(seen: Observations) -> InferredOptions | None:
    """Hosts that are exempt, where most posts would be reported, and the hosts there are."""
    hosts = seen.of_kind("host")
    if not hosts:
        return None
    named = ", ".join(_said(host, number) for host, number in hosts[:_MOST_NAMED] if host)
    more = len(hosts) - _MOST_NAMED
    notes = []
    if named:
        rest = f" and {more:,} more" if more > 0 else ""
        notes.append(f"Picture hosts, by posts: {named}{rest}.")
    number = dict(hosts).get("")
    if number:
        notes.append(f"Pictures with a relative address: {number:,} posts.")
    bare = dict(seen.of_kind("bare")).get("", 0)
    usual = _usually_bare(seen)
    options: dict[str, object] = {}
    if "" in usual and dict(hosts)[""] >= (1 - inference.USUAL) * seen.posts:
        options["relative"] = False
    exempt = [host for host in usual if host and not listed(host, REFUSES_FOREIGN)]
    if bare > inference.TOO_OFTEN * seen.posts and 0 < len(exempt) <= _MOST_EXEMPT:
        options["exempt"] = exempt
    if options:
        notes.append(
            "Most posts with such pictures give them no referrerpolicy, which is taken for right:"
            " take out a host that refuses hot links."
        )
    return InferredOptions(options, tuple(notes))


def _usually_bare(seen: Observations) -> list[str]:
    """The hosts of which most posts have an image that sends a Referer, and that many have."""
    posts = dict(seen.of_kind("host"))
    return [
        host
        for host, number in seen.of_kind("sends")
        if number >= inference.ENOUGH and number > (1 - inference.TOO_OFTEN) * posts[host]
    ]


def _said(host: str, number: int) -> str:
    words = next((f" ({words})" for hosts, words in _WORDS if listed(host, hosts)), "")
    return f"{host} {number:,}{words}"
