"""What Hugo makes of a comment at the beginning of a post, in each version, and what is reported."""

from __future__ import annotations

import pytest

from newslint import Impact

from . import hugo
from .verdicts import judge

POSTS = {
    "closed.html": ("<!-- one -->\n<p>Text</p>\n", "Text"),
    "open.html": ("<!-- one\n<p>Text</p>\n", ""),
    "lines.html": ("<!-- one\n two -->\n<p>Text</p>\n", "Text"),
    "dashes.html": ("<!-- one\n  -->\n<p>Text</p>\n", "Text"),
    "document.html": ("<!-- one -->\n<!DOCTYPE html>\n<p>Text</p>\n", "Text"),
    "plain.html": ("<!-- one -->\nText\n", "Text"),
    "two.html": ("<!-- one -->\n<!-- two -->\nText\n", "Text"),
    "line.html": ("<!-- one --><p>Text</p>\n", "Text"),
    "late.html": ("<!-- one --><p>Text</p>\nmore\n<!-- two -->\n<p>end</p>\n", "Text"),
    "header.html": ("<!-- one -->\n---\ntitle: A title\n---\n<p>Text</p>\n", "Text"),
    "cut.html": ("<!-- one -->\n---\ntitle: A title\n---\n<p>Text</p>\n<!-- two -->\n", "Text"),
    "hidden.html": ("<!--\n---\ntitle: A title\n---\n-->\n<p>Text</p>\n", "Text"),
    "closed.md": ("<!-- one -->\n<p>Text</p>\n", "Text"),
    "plain.md": ("<!-- one -->\nText\n", "Text"),
}
"""Posts, with the text that readers must see."""


@pytest.mark.parametrize("version", hugo.VERSIONS)
def test_a_comment_before_the_post_is_reported_where_it_stops_the_build_or_hides_text(
    version: str,
) -> None:
    if reason := hugo.available(version):
        pytest.skip(reason)
    verdict = judge(f"hugo@{version}")
    for name, (text, shown) in POSTS.items():
        built = hugo.build({name: text.encode()}, version)
        found = [one for one in verdict(name, text.encode()) if one.code.startswith("FM")]
        costs = {one.impact for one in found if one.severity == "error"}
        assert (Impact.BUILD in costs) == (built.exit_code != 0), (name, found)
        is_lost = built.exit_code != 0 or shown not in built.pages[name].article
        is_printed = "title:" in text and not is_lost and "title:" in built.pages[name].article
        assert bool(costs) == (is_lost or is_printed), (name, found)
