"""The shortcodes that Hugo brings along, by version."""

from __future__ import annotations

BUILT_IN: dict[str, tuple[int, int | None, bool]] = {
    "comment": (138, None, True),
    "details": (140, None, True),
    "figure": (0, None, False),
    "gist": (0, 156, False),
    "highlight": (0, None, True),
    "instagram": (0, None, False),
    "instagram_simple": (0, 123, False),
    "param": (0, None, False),
    "qr": (141, None, True),
    "ref": (0, None, False),
    "relref": (0, None, False),
    "tweet": (0, 156, False),
    "twitter": (0, 156, False),
    "twitter_simple": (0, 156, False),
    "vimeo": (0, None, False),
    "vimeo_simple": (0, None, False),
    "x": (141, None, False),
    "x_simple": (141, None, False),
    "youtube": (0, None, False),
}
"""The embedded shortcodes: the minor version that brought each, the one that removed it, and
whether it has inner text. A removed one ends the build."""
