"""What an address of a post finds in a site that newslint can read."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from newslint import SiteAnswer, lazy, msg
from newslint_rules.links._site_addresses import Address, Kind

if TYPE_CHECKING:
    from newslint import Site


class Missing(NamedTuple):
    """What an address lacks, as a message; not sure where another site of the host may have it."""

    message: str
    is_sure: bool = True


def missing(one: Address, site: Site, post: str) -> Missing | None:
    """What an address of a post does not find in its site; None where it may find something."""
    if one.kind == Kind.ASSET:
        return _missing_asset(one.url.split("\n"), site, post)
    if "\0" in one.url:
        return None
    if one.kind == Kind.FIGURE:
        own = site.lookup("shortcode", "figure").source
        if own.endswith(".html") or site.has_asset(one.url, post) is not SiteAnswer.NO:
            return None  # what a shortcode of the site's own does is not known
    url = one.url.strip()
    answer = site.serves(url, post, markdown_image=one.kind == Kind.IMAGE)
    if answer is SiteAnswer.UNKNOWN and (found := without_scheme(one)) is not None:
        return found
    if answer is not SiteAnswer.NO:
        return None
    if site.is_redirected(url):
        return None
    if one.kind == Kind.FIELD:
        return Missing(
            msg("{url!r} does not exist, unless the theme changes the URL", url=url), False
        )
    if url != url.lower() and site.serves(url.lower(), post) is SiteAnswer.YES:
        told = msg("{url!r} does not exist; the site has it in lower case", url=url)
        return Missing(told, False)
    if site.is_surely_own(url):
        return Missing(_words(one, site, post))
    return Missing(
        msg("{url!r} does not exist, unless another site of this host has it", url=url), False
    )


_SCHEMES = (
    (lazy.pattern(r"www\.(?:[\w-]++\.)++[A-Za-z]{2,}+(?=[:/?#]|\Z)", re.IGNORECASE), "https://"),
    (lazy.pattern(r"[\w.+-]++@(?:[A-Za-z0-9-]++\.)++[A-Za-z]{2,}+\Z"), "mailto:"),
)


def without_scheme(one: Address) -> Missing | None:
    """Return what a host or mail address without a scheme lacks: it names a file of the site."""
    url = one.url.strip()
    if one.kind not in (Kind.HTML, Kind.LINK, Kind.IMAGE):
        return None
    for pattern, scheme in _SCHEMES:
        if pattern.match(url):
            told = msg(
                "browsers look for {url!r} on your site; write {scheme}",
                url=url,
                scheme=scheme + url,
            )
            return Missing(told)
    return None


def _missing_asset(names: list[str], site: Site, post: str) -> Missing | None:
    if any(site.has_asset(name, post) is not SiteAnswer.NO for name in names):
        return None
    return Missing(msg("the asset folder of the post has no {name!r}", name=names[0]))


_ASSET_OPTIONS = {"hexo-renderer-markdown-it": "markdown.images.post_asset"}
"""The option by which a renderer of Hexo looks for images among the files of the post."""


def _words(one: Address, site: Site, post: str) -> str:
    """Return what is wrong with an address that surely finds nothing."""
    path = unquote(one.url.strip().partition("#")[0].partition("?")[0])
    is_hexo_image = one.kind == Kind.IMAGE and site.target.name == "hexo"
    if is_hexo_image and not path.startswith("/") and site.has_asset(path, post) is SiteAnswer.YES:
        return msg(
            "{url!r} becomes {place!r}, which does not exist; set {option}, or use asset_img",
            url=one.url,
            option=_ASSET_OPTIONS.get(site.renderer.name, "marked.postAsset"),
            place=posixpath.join("/", posixpath.normpath(path)),
        )
    found = without_scheme(one)
    return found.message if found else msg("{url!r} does not exist", url=one.url)
