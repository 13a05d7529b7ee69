"""IMG002."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Fix,
    Good,
    Impact,
    RuleOptions,
    Safety,
    Severity,
    Span,
    lazy,
    msg,
)
from newslint_rules.images import _img_sources, _markdown_images, _stand_ins

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_LAZY_NAMES = frozenset({*_img_sources.LAZY, *_img_sources.LAZY_SETS})
_EMPTY = lazy.pattern(r"(?<!\\)!\[[^\[\]\n]*+\]\([ \t]*+(?:<>)?+[ \t]*+\)")


_USUAL_TYPES = frozenset(
    f"image/{one}" for one in ("avif", "gif", "jpeg", "png", "svg+xml", "webp")
)
_LARGEST_PLACEHOLDER = 1_000
"""Characters of a ``data:`` URL that is less than an image of the article."""


class MissingSrc(ElementRule):
    """An image must have its URL in `src`.

    Many sites leave `src` out, empty, or set to a placeholder, keep the real URL in another
    attribute (`data-src`, `data-original`, `file` …), and let a script move it when the reader
    scrolls. A scraped post has the markup, but not the script: the image is never shown.

    Placeholders have many names. The rule treats a URL as a placeholder if several images with
    different attributes share it, whatever its name. A URL that ends in `undefined` or `null` was
    written by a script for a missing value. A `srcset` with a `data:` placeholder overrides a valid
    `src`, and so does a `<source>` in a `<picture>`. Markdown's `![]()` has no URL.

    Move the URL into `src`. If another attribute contains the URL, the message names it, and the
    unsafe fix moves it; check whether it is the right image. Browsers show an image that only has a
    `srcset`, but feed readers do not, and the HTML standard requires `src`.
    """

    code, name, severity = "IMG002", "missing-src", Severity.ERROR
    impact = Impact.CONTENT
    fix = Safety.UNSAFE
    tags = ("img", "source")

    class Options(RuleOptions):
        """Where else the address may be."""

        lazy: tuple[str, ...] = Field(
            (), description="More attributes that contain the real URL, the most likely first."
        )

    bad = [
        Bad('<p>⟦<img alt="x" referrerpolicy="no-referrer">⟧</p>'),
        Bad(
            '⟦<img src="" data-src="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg" alt="">',
            message="image has an empty src; the image is in data-src",
        ),
        Bad(
            '⟦<img class="zoom" file="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" class="zoom" file="https://a.cn/1.jpg" alt="">',
        ),
        Bad(
            '⟦<img src="https://a.cn/p/undefined" data-src="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg" alt="">',
            message="image has a src that ends in 'undefined'; the image is in data-src",
        ),
        Bad(
            '⟦<img srcset="data:image/gif;base64,R0lG" data-srcset="https://a.cn/1.jpg 2x"'
            ' src="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img srcset="https://a.cn/1.jpg 2x" data-srcset="https://a.cn/1.jpg 2x"'
            ' src="https://a.cn/1.jpg" alt="">',
            message="browsers show the placeholder of the srcset, not the src",
        ),
        Bad(
            '<picture>⟦<source srcset="data:image/gif;base64,R0lG" data-srcset="https://a.cn/1.webp">⟧'
            '<img src="https://a.cn/1.jpg" alt=""></picture>',
            fixed='<picture><source srcset="https://a.cn/1.webp" data-srcset="https://a.cn/1.webp">'
            '<img src="https://a.cn/1.jpg" alt=""></picture>',
            message="browsers show the placeholder of this <source>, not the image",
        ),
        Bad("Stars:\n⟦![]()⟧\n", path="post.md"),
        Bad(
            '⟦<img src="blob:https://a.cn/1" data-src="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg" alt="">',
            message='image has src="blob:https://a.cn/1", which is not an image; the image is in'
            " data-src",
        ),
        Bad(
            '⟦<img src="/img/loading.gif" data-original="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" data-original="https://a.cn/1.jpg" alt="">',
        ),
    ]
    good = [
        Good("An image is `![]()` in Markdown.\n", path="post.md"),
        Good('<img src="https://a.cn/1.jpg" alt="">'),
        Good('<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg" alt="">'),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.more = tuple(name.strip().lower() for name in self.options.lazy)
        self.names = _LAZY_NAMES.union(self.more)

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        src = attributes.get("src")
        if tag == "source":
            return "srcset" in attributes
        return (
            not _img_sources.certain(src)
            or not self.names.isdisjoint(attributes)
            or "srcset" in attributes
            or _stand_ins.is_no_name(src or "")
        )

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        if post.drops_html:
            return ()
        if element.tag == "source":
            return self.check_source(element, post)
        src = element.get("src")
        address = tidy = _img_sources.tidy(src)
        hidden = _img_sources.lazy_source(_img_sources.attributes_of(element), self.more)
        if _stand_ins.is_no_name(tidy):
            name = tidy.rpartition("/")[2]
            what = msg("has a src that ends in {name!r}", name=name)
        elif not _img_sources.is_nothing(tidy):
            if (overridden := self.overridden(element, post)) is not None:
                return (overridden,)
            if hidden is None or hidden[1] == address or not self.is_stand_in(tidy, post):
                return ()
            what = msg("has a placeholder as its src")
        elif src is None:
            what = msg("has no src")
        else:
            what = (
                msg('has src="{tidy}", which is not an image', tidy=tidy)
                if tidy
                else msg("has an empty src")
            )
        if hidden is not None:
            what += msg("; the image is in {hidden}", hidden=hidden[0])
            fix = self.move(element, post, *hidden)
        elif found := _img_sources.candidates(element.get("srcset")):
            what += msg(", only a srcset, which feed readers do not support")
            fix = self.move(element, post, "srcset", found[0])
        else:
            what += msg(", so no image is shown")
            fix = None
        return (self.finding(post.span(element), msg("image {what}", what=what), fix),)

    def is_stand_in(self, address: str, post: Post) -> bool:
        """Return whether an address is in for that of a lazy-loading attribute."""
        return _stand_ins.is_named(address, lazy_loaded=True) or address in _stand_ins.shared(post)

    def check_source(self, source: etree._Element, post: Post) -> Iterable[Finding]:
        """Yield the finding for a ``<source>`` of placeholders that browsers choose."""
        picture = next(source.iterancestors("picture"), None)
        srcset = (source.get("srcset") or "").strip()
        is_used = not source.get("media") and source.get("type", "image/png") in _USUAL_TYPES
        if picture is None or not is_used or not _is_placeholder(srcset, source.get("data-srcset")):
            return
        for one in picture.iter("img", "source"):
            if one is source:
                break
            if one.tag == "img" or _img_sources.candidates(one.get("srcset")):
                return  # it comes too late, or may not be reached
        img = next(picture.iter("img"), None)
        if img is not None and (finding := self.overridden(source, post)) is not None:
            yield finding

    def overridden(self, img: etree._Element, post: Post) -> Finding | None:
        """Return the finding for a ``srcset`` of placeholders, which browsers prefer to ``src``."""
        written = post.html.attribute(img, "srcset")
        if written is None or not (written.value or "").strip().lower().startswith("data:"):
            return None
        if "http" in (written.value or "").lower():
            return None
        if value := img.get("data-srcset"):
            edits = post.add_attribute(img, "srcset", value.strip())
            fix = self.make_fix("Use the URLs of data-srcset", *edits)
        else:
            fix = self.make_fix("Remove the srcset", *post.remove_attribute(img, "srcset"))
        if img.tag == "source":
            message = msg("browsers show the placeholder of this <source>, not the image")
        else:
            message = msg("browsers show the placeholder of the srcset, not the src")
        return self.finding(post.span(img), message, fix)

    def check_post(self, post: Post) -> Iterable[Finding]:
        if not _markdown_images.may_have_pictures(post) or "(" not in post.body_text:
            return
        for match in _EMPTY.finditer(post.html.html):
            span = Span(*match.span()).shift(post.body_start)
            if post.html.token_at(match.start()) is None and not post.is_code(span.start):
                yield self.finding(span, "image has no URL, so no image is shown")

    def move(self, img: etree._Element, post: Post, name: str, address: str) -> Fix | None:
        """Write the address of the attribute ``name`` into ``src``."""
        edits = post.add_attribute(img, "src", address, first=True)
        message = msg("Use the URL of {name}", name=name)
        return self.make_fix(message, *edits) if edits else None


def _is_placeholder(srcset: str, real: str | None) -> bool:
    """Return whether a ``srcset`` is inline data that is in for an image."""
    is_inline = srcset[:5].lower() == "data:"
    return is_inline and (bool(real) or len(srcset) <= _LARGEST_PLACEHOLDER)
