"""Which loaders read the YAML of a target."""

from __future__ import annotations

from newslint.generators.hugo_changes import GOCCY
from newslint.generators.target import DEBIAN, Version, major


def dialects(target: str, version: Version | None = None) -> tuple[str, ...]:
    """Return the loaders that may read a target's YAML, the newest last."""
    if target == "jekyll":
        return ("psych" if version == DEBIAN else "safe",)
    if target in ("hexo", "eleventy"):
        is_older = (target, major(version)) in (("hexo", 5), ("eleventy", 2))
        return ("js3" if is_older else "js",)
    if target == "hugo":
        return tuple("goccy" if new else "go" for new in GOCCY.in_force(version))
    return ("js",)
