"""Text that a post hands to a tag of its site: what becomes of it, only the site's code says."""

from __future__ import annotations

from itertools import pairwise

from newslint import Post, lazy, templates

_NAME = lazy.pattern(r"\{(?:%-?|\{<)\s*+(?P<name>[\w/-]++)")
_IN_PLACE = frozenset(
    {
        "asyncAll", "asyncEach", "block", "case", "for", "if", "ifAsync", "layout", "raw", "switch",
        "tablerow", "unless", "verbatim",
    }
)  # fmt: skip
"""The tags of the engines themselves that put their content into the page where it is."""


def inner_texts(post: Post) -> list[tuple[int, int]]:
    """Return what is between the tags of a site and their end tags, in offsets of the body.

    Hugo renders what is in ``{{% %}}`` as a part of the page's Markdown: that is left out.
    """
    body = post.body_text
    if "{%" not in body and "{{<" not in body:
        return []
    skipped = sorted(span.shift(-post.body_start) for span in post.code_spans)
    return sorted(
        (left.end, right.start)
        for family in templates.tag_families(body, post.target.name, skipped)
        if (tag := _NAME.match(body, family[0].start)) and tag["name"] not in _IN_PLACE
        for left, right in pairwise(family)
    )
