"""Default settings as plain values, since reading a configuration requires pydantic."""

from __future__ import annotations

from newslint.core.limits import Limits

__all__ = ["DEFAULT_INCLUDE", "TEMPLATE_SUFFIXES", "Limits"]

DEFAULT_INCLUDE = (
    "**/*.md", "**/*.markdown", "**/*.mkd", "**/*.mkdn", "**/*.mkdown", "**/*.mdown",
    "**/*.html", "**/*.htm",
)  # fmt: skip
TEMPLATE_SUFFIXES = (".njk", ".liquid")
"""The suffixes of templates, which are posts too in an Eleventy site."""
