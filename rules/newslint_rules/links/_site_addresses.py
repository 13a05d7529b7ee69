"""The addresses in a post that name a page or file of its own site, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newslint import lazy
from newslint_rules.front_matter.placeholder_image import IMAGE_FIELDS
from newslint_rules.images import _markdown_images
from newslint_rules.links import _url_validation

if TYPE_CHECKING:
    from newslint import Post

_SOURCES = {"a": "href", "area": "href", "img": "src", "video": "src", "audio": "src",
            "source": "src", "embed": "src", "object": "data"}  # fmt: skip
_ATTRIBUTES = ("href", "src", "data")
_ELSEWHERE = lazy.pattern(r"[A-Za-z][A-Za-z0-9+.-]*+:|//|\\\\|#|\?|[“”‘’]|\Z")
"""What is no path of this site: another host, a fragment; or in quotation marks (LNK002)."""
_TEMPLATE = lazy.pattern(r"\{\{|\{%|<%|\{#")
_OUTPUT_FIRST = lazy.pattern(r"(?:\{\{[^{}]*+\}\}\s*+){1,2}+[^{}]*+\Z")
"""An address that begins with what a variable or filter prints: often the site's own address."""
_ADDRESS_FILTERS = frozenset({"jekyll", "eleventy"})
_MAY_BE_LOCAL = lazy.pattern(r"\](?:\(|:)\s*+<?(?!https?://|#|mailto:|\)|\s|$)")
"""The beginning of a Markdown address that leads to no other host."""
_ASSET_TAG = lazy.pattern(r"\{%-?\s*+asset_(?P<kind>img|path|link)\s++(?P<rest>[^%\n]*+)%\}")
_FIGURE = lazy.pattern(r"\{\{[<%]\s*+figure\s(?P<rest>[^{}]*?)[>%]\}\}")
_FIGURE_SOURCE = lazy.pattern(r"(?<![\w-])src\s*+=\s*+(?:\"([^\"]*+)\"|`([^`]*+)`|([^\s\"`>]++))")
_IMG_TAG = lazy.pattern(r"\{%-?\s*+img\s++(?P<rest>[^%\n]*+)%\}")
_IMG_SOURCE = lazy.pattern(r"/|[A-Za-z]{3,9}:|www\.")
"""What Hexo's ``img`` takes for the address; the words before are classes."""
_WORD = lazy.pattern(r"(?:\"[^\"]*+\"|'[^']*+'|[^\s\"']++)++")
_MOST_WORDS = 100
_FIELDS_OF = frozenset({"hexo", "jekyll"})
"""The generators whose themes print an image field that begins with / as it is."""


class Kind:
    """How an address is written, which decides how the generator reads it."""

    HTML = 0
    LINK = 1
    IMAGE = 2
    ASSET = 3
    """A tag of Hexo that looks a name up in the post's asset folder: one word or several."""
    FIGURE = 4
    FIELD = 5
    """An image field of the front matter, which the theme prints."""


class Address(NamedTuple):
    """One address: how it is written, its text, and where it is in the file."""

    kind: int
    url: str
    start: int
    end: int


def addresses(post: Post) -> tuple[tuple[int, str, int, int], ...]:
    """The addresses of a post that may name something of its site, in order, as plain tuples."""
    found = [*_in_html(post)] if _may_be_local(post.attribute_text) else []
    body = post.body_text
    if post.is_markdown and "]" in post.signs and _MAY_BE_LOCAL.search(body):
        found += _in_markdown(post)
    if "{" in post.signs:
        if post.target.name == "hexo" and post.runs_templates and "{%" in body:
            found += _in_asset_tags(post)
            found += _in_img_tags(post)
        elif post.target.name == "hugo" and "figure" in body and "{{" in body:
            found += _in_figures(post)
    if post.site is not None and post.target.name in _FIELDS_OF:
        found += _in_fields(post)
    if not found:
        return ()
    found.sort(key=lambda one: one.start)
    return tuple((one.kind, one.url, one.start, one.end) for one in found)


def is_local(url: str, target: str) -> bool:
    """Return whether an address leads to no other host, and newslint may tell where it leads."""
    url = url.strip()
    if _ELSEWHERE.match(url):
        return False
    if _TEMPLATE.search(url) is None:
        # LNK002 reports a scheme without its colon.
        return "//" not in url or _url_validation.fault(url) is None
    return target in _ADDRESS_FILTERS and _OUTPUT_FIRST.match(url) is not None


_HOLDING = tuple((f"{name}=", f'{name}="https://', f'{name}="http://') for name in _ATTRIBUTES)


def _may_be_local(text: str) -> bool:
    """Return whether an address in some tags may lead to no other host.

    Nearly all do, and counting them takes less than looking at each.
    """
    for holding, secure, plain in _HOLDING:
        number = text.count(holding)
        if number:
            number -= text.count(secure)
            if number and number != text.count(plain):
                return True
    return False


def _in_html(post: Post) -> Iterator[Address]:
    target = post.target.name
    for tag in post.tags(*_SOURCES):
        url = tag.attributes.get(_SOURCES[tag.name])
        if url and not url.startswith(("https://", "http://")) and is_local(url, target):
            yield Address(Kind.HTML, url, *tag.span)


def _in_markdown(post: Post) -> Iterator[Address]:
    target = post.target.name

    def wanted(url: str) -> bool:
        return not url.startswith(("https://", "http://")) and is_local(url, target)

    for is_image, one in _markdown_images.references(post, wanted):
        kind = Kind.IMAGE if is_image else Kind.LINK
        yield Address(kind, one.address, *one.span)


def _in_asset_tags(post: Post) -> Iterator[Address]:
    for tag in _ASSET_TAG.finditer(post.body_text):
        start, end = tag.start() + post.body_start, tag.end() + post.body_start
        words = _words(tag["rest"])
        if words and not post.is_code(start):
            # Hexo takes the first word of an image that is a file, and the first word of a link.
            wanted = words[:_MOST_WORDS] if tag["kind"] == "img" else words[:1]
            yield Address(Kind.ASSET, "\n".join(wanted), start, end)


def _in_img_tags(post: Post) -> Iterator[Address]:
    for tag in _IMG_TAG.finditer(post.body_text):
        start, end = tag.start() + post.body_start, tag.end() + post.body_start
        url = next((one for one in _words(tag["rest"]) if _IMG_SOURCE.match(one)), "")
        if url and is_local(url, "hexo") and not post.is_code(start):
            yield Address(Kind.HTML, url, start, end)


def _words(text: str) -> list[str]:
    """The arguments of a tag of Hexo: what quotes hold, white space at both ends aside."""
    words = [one[0].replace('"', "").replace("'", "").strip() for one in _WORD.finditer(text)]
    return [one for one in words if one]


def _in_fields(post: Post) -> Iterator[Address]:
    header = post.front_matter
    if header is None:
        return
    for name in IMAGE_FIELDS:
        url = header.data.get(name)
        if isinstance(url, str) and url.startswith("/") and is_local(url, ""):
            yield Address(Kind.FIELD, url, *header.key_span((name,)))


def _in_figures(post: Post) -> Iterator[Address]:
    for figure in _FIGURE.finditer(post.body_text):
        source = _FIGURE_SOURCE.search(figure["rest"])
        url = next(filter(None, source.groups()), "") if source else ""
        start, end = figure.start() + post.body_start, figure.end() + post.body_start
        if url and is_local(url, "hugo") and not post.is_code(start):
            yield Address(Kind.FIGURE, url, start, end)
