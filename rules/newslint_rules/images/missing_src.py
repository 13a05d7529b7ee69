"""IMG002."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Field, Finding, Fix, Good, RuleOptions, Safety, Severity, say
from newslint.core import lazy
from newslint_rules.images import _img_sources

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_LAZY_NAMES = frozenset({*_img_sources.LAZY, *_img_sources.LAZY_SETS})
_STAND_IN = lazy.pattern(
    r"(?:^|[/_.-])(?:1x1|blank|dot|empty|grey|gray|lazy|lazyload|loading|pixel|place-?holder"
    r"|spacer|transparent|trans|white)(?:[_.-][^/]*+)?\.(?:gif|png|jpe?g|svg|webp)(?:[?#]|\Z)",
    re.IGNORECASE,
)


class MissingSrc(ElementRule):
    """An image must say where its picture is, in `src`.

    Many sites leave `src` out, empty, or set to a grey dot, keep the real address in another
    attribute (`data-src`, `data-original`, `file` …) and let a script of theirs move it when the
    reader scrolls. A scraped post has the markup and not the script: the picture never comes.

    Move the address into `src`. Where such an attribute is there, the message names it and the
    unsafe fix does it; look whether it is the picture. A picture with nothing but a `srcset` is
    shown by browsers and by no feed reader, and the HTML standard requires `src`.
    """

    code, name, severity = "IMG002", "missing-src", Severity.ERROR
    fix = Safety.UNSAFE
    tags = ("img",)

    class Options(RuleOptions):
        """Where else the address may be."""

        lazy: tuple[str, ...] = Field(
            (), description="More attributes that hold the real address, the likeliest first."
        )

    bad = [
        Bad('<p>⟦<img alt="x" referrerpolicy="no-referrer">⟧</p>'),
        Bad(
            '⟦<img src="" data-src="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg" alt="">',
            message="image has an empty src: the picture is in data-src",
        ),
        Bad(
            '⟦<img class="zoom" file="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" class="zoom" file="https://a.cn/1.jpg" alt="">',
        ),
        Bad(
            '⟦<img src="/img/loading.gif" data-original="https://a.cn/1.jpg" alt="">⟧',
            fixed='<img src="https://a.cn/1.jpg" data-original="https://a.cn/1.jpg" alt="">',
        ),
    ]
    good = [
        Good('<img src="https://a.cn/1.jpg" alt="">'),
        Good('<img src="https://a.cn/1.jpg" data-src="https://a.cn/1.jpg" alt="">'),
    ]

    def __init__(
        self, options: RuleOptions | None = None, severity: Severity | None = None
    ) -> None:
        super().__init__(options, severity)
        self.more = tuple(name.strip().lower() for name in self.options.lazy)
        self.names = _LAZY_NAMES.union(self.more)

    def may_speak(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return not _img_sources.certain(attributes.get("src")) or not self.names.isdisjoint(
            attributes
        )

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        src = element.get("src")
        address = tidy = _img_sources.tidy(src)
        hidden = _img_sources.lazy(element, self.more)
        if not _img_sources.is_nothing(tidy):
            stand_in = tidy[:5].lower() == "data:" or _STAND_IN.search(tidy) is not None
            if hidden is None or not stand_in or hidden[1] == address:
                return ()
            what = say("has a stand-in as its src")
        elif src is None:
            what = say("has no src")
        else:
            what = (
                say('has src="{tidy}", which is no picture', tidy=tidy)
                if tidy
                else say("has an empty src")
            )
        if hidden is not None:
            what += say(": the picture is in {hidden}", hidden=hidden[0])
            fix = self.move(element, post, *hidden)
        elif found := _img_sources.candidates(element.get("srcset")):
            what += say(", only a srcset, which not every reader understands")
            fix = self.move(element, post, "srcset", found[0])
        else:
            what += say(": no picture is shown")
            fix = None
        return (self.finding(post.span(element), say("image {what}", what=what), fix),)

    def move(self, img: etree._Element, post: Post, name: str, address: str) -> Fix | None:
        """Write the address of the attribute ``name`` into ``src``."""
        value = _img_sources.written_value(post, img, name)
        token = post.html.start_tag(img)
        if value is None or token is None:
            return None
        if name.endswith("set"):
            # One address of several; what is written may have entities, the decoded one not.
            value = next((word for word in value.split() if "&" not in word), "").strip(",")
            if value != address:
                return None
        written = post.html.attribute(img, "src")
        if written is not None:
            swallowed = " " * (written.value == "" and not written.quote)
            edit = (written.span.shift(post.html.start), f'src="{value}"{swallowed}')
        else:
            at = token.span.start + 1 + len(token.name)
            edit = (_img_sources.point(at, post), f' src="{value}"')
        return self.mend(say("Take the address of {name}", name=name), edit)
