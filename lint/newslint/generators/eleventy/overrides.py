"""What ``templateEngineOverride`` makes of a template, whatever its suffix is."""

from __future__ import annotations

from typing import NamedTuple

ENGINES = {"liquid": "liquid", "njk": "nunjucks"}
"""The engines by their names in Eleventy, and as newslint names them."""
KEY = "templateEngineOverride"
PLAIN = frozenset({"html", "md"})
"""The languages that no template engine reads first, where they are named alone."""
SUFFIXES = {f".{name}": engine for name, engine in ENGINES.items()}
"""The engine of a template that its suffix names, where nothing is known of the site."""


class Override(NamedTuple):
    """The engine that reads the body, None for none, and whether Markdown reads it then."""

    engine: str | None
    is_markdown: bool


def names(value: object) -> tuple[str, ...]:
    """Return the languages that a value names: ``njk,md``. Anything but a text has none."""
    if not isinstance(value, str) or not value:
        return ()
    found = (name.strip().lower() for name in value.split(","))
    return tuple(filter(None, found))


def read(value: object) -> Override:
    """Return what a value means; false, null and an empty text leave the body as it is."""
    found = names(value)
    engine = next((name for name in found if name not in PLAIN), None)
    return Override(ENGINES.get(engine, engine) if engine else None, "md" in found)
