"""SEC006."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Fix, Good, Impact, Post, Safety, Severity, msg

if TYPE_CHECKING:
    from lxml import etree

_HERE = frozenset({"", "_parent", "_self", "_top"})
"""Targets that open no new window."""


class Opener(ElementRule):
    """A link opens a new window whose page can control yours.

    Through `window.opener`, the linked page can send the reader's tab to a copy of your site that
    prompts for a password. Current browsers protect `target="_blank"`; older and embedded browsers
    do not, and no browser protects a named target.

    The fix adds `rel="noopener"`, which changes nothing else.
    """

    code, name, severity, fix = "SEC006", "opener", Severity.WARNING, Safety.SAFE
    impact = Impact.SECURITY
    tags = ("a", "area", "form")
    bad = [
        Bad(
            '<p>⟦<a href="https://a.cn/" target="_blank">⟧link</a></p>\n',
            fixed='<p><a href="https://a.cn/" target="_blank" rel="noopener">link</a></p>\n',
            message='target="_blank" lets the linked page control yours; add rel="noopener"',
        ),
        Bad(
            "⟦<a target=_BLANK rel=nofollow href=https://a.cn/>⟧link</a>\n",
            fixed='<a target=_BLANK rel="nofollow noopener" href=https://a.cn/>link</a>\n',
        ),
        Bad(
            '⟦<a href="https://a.cn/" rel target="_new">⟧link</a>\n',
            fixed='<a href="https://a.cn/" rel="noopener" target="_new">link</a>\n',
        ),
    ]
    good = [
        Good('<a href="https://a.cn/" target="_blank" rel="nofollow NoReferrer">link</a>\n'),
        Good('<a href="https://a.cn/" target="_self">link</a><a target="_blank">no link</a>\n'),
    ]

    def might_report(self, tag: str, attributes: Mapping[str, str], text: str, post: Post) -> bool:
        return "target" in attributes

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        target = element.get("target")
        if not target or target.strip().lower() in _HERE:
            return
        if element.get("action" if element.tag == "form" else "href") is None:
            return
        rel = element.get("rel", "").lower().split()
        if "noopener" in rel or "noreferrer" in rel:
            return
        shown = " ".join(target[:40].split())
        yield self.finding(
            post.span(element),
            msg(
                'target="{target}" lets the linked page control yours; add rel="noopener"',
                target=shown,
            ),
            self._fix(element, post),
        )

    def _fix(self, element: etree._Element, post: Post) -> Fix | None:
        rel = f"{(element.get('rel') or '').strip()} noopener".strip()
        edits = post.add_attribute(element, "rel", rel, after="target")
        return self.make_fix('Add rel="noopener"', *edits) if edits else None
