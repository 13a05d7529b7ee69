"""LNK005."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newslint import (
    Bad,
    ElementRule,
    Field,
    Finding,
    Good,
    Impact,
    RuleOptions,
    Safety,
    Severity,
    Span,
    lazy,
    msg,
)

if TYPE_CHECKING:
    from lxml import etree

    from newslint import Post

_SEPARATOR = lazy.pattern(r"(&(?:amp;|#38;|#[xX]26;)?+)")
_QUERY = lazy.pattern(r"(?:[^#&]|&#?)*+")
"""Up to the fragment; the ``#`` of a character reference begins none."""
_ADDRESS = lazy.pattern(r"(?:[^?#&]|&#?)*+")
_KNOWN = (
    "utm_*", "mtm_*", "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "pk_content",
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid",
    "twclid", "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "_hsenc", "_hsmi",
    "__hssc", "__hstc", "__hsfp", "hsctatracking", "mkt_tok", "vero_id", "oly_enc_id",
    "oly_anon_id", "_openstat", "ref_src", "ref_url", "spm", "scm",
)  # fmt: skip


class TrackingParameter(ElementRule):
    """A link should have no tracking parameters.

    `utm_source=rss` and `fbclid=…` report to the other site where a reader came from, as if all
    your readers had come from the feed. They make URLs long, and an article has many different
    URLs.

    The fix removes the parameters and keeps the rest of the URL unchanged.
    """

    code, name, severity = "LNK005", "tracking-parameter", Severity.WARNING
    impact = Impact.SECURITY
    default = False
    fix = Safety.SAFE
    tags = ("a", "area")

    class Options(RuleOptions):
        """What counts as tracking."""

        parameters: tuple[str, ...] = Field(
            _KNOWN, description="Names of parameters, in lower case; `*` matches any text."
        )
        keep: tuple[str, ...] = Field((), description="Names of parameters to allow.")

    bad = [
        Bad(
            '⟦<a href="https://a.cn/1?id=7&amp;utm_source=rss&amp;utm_medium=feed#x">⟧a</a>',
            fixed='<a href="https://a.cn/1?id=7#x">a</a>',
            message="the link has tracking parameters: utm_source, utm_medium",
        ),
        Bad('⟦<a href="https://a.cn/1?fbclid=Iw">⟧a</a>', fixed='<a href="https://a.cn/1">a</a>'),
        Bad(
            "⟦<a href=https://a.cn/1?spm=1&q=2&b>⟧a</a>", fixed="<a href=https://a.cn/1?q=2&b>a</a>"
        ),
    ]
    good = [
        Good('<a href="https://a.cn/1?id=7&amp;q=utm_source">a</a>'),
        Good('<a href="https://a.cn/1?spm=1">a</a>', options={"keep": ["spm"]}),
    ]

    def check(self, element: etree._Element, post: Post) -> Iterable[Finding]:
        if "?" not in (element.get("href") or ""):
            return ()
        written = post.html.attribute(element, "href")
        if written is None or written.value is None:
            return ()
        address = _ADDRESS.match(written.value)[0]  # type: ignore[index]
        rest = written.value[len(address) + 1 :]
        if not written.value.startswith("?", len(address)):
            return ()
        query = _QUERY.match(rest)[0]  # type: ignore[index]
        pieces = _SEPARATOR.split(query)
        parameters, separators = pieces[::2], ["", *pieces[1::2]]
        tracking = [name for one in parameters if self.is_tracking(name := _name(one))]
        if not tracking:
            return ()
        kept = [
            (separator, one)
            for separator, one in zip(separators, parameters, strict=True)
            if not self.is_tracking(_name(one))
        ]
        text = "".join(s + one for s, one in kept)[len(kept[0][0]) if kept else 0 :]
        start = written.value_span.start + len(address) + post.html.start
        span = Span(start, start + 1 + len(query))
        names = ", ".join(dict.fromkeys(tracking))
        fix = self.make_fix("Remove the tracking parameters", (span, f"?{text}" if text else ""))
        message = msg("the link has tracking parameters: {names}", names=names)
        return (self.finding(post.span(element), message, fix),)

    def is_tracking(self, name: str) -> bool:
        """Return whether a parameter of that name only tracks."""
        known, keep = self.options.parameters, self.options.keep
        return any(fnmatchcase(name, one) for one in known) and name not in keep


def _name(parameter: str) -> str:
    return unquote(parameter.partition("=")[0]).lower()
