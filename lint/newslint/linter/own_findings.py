"""Codes of the findings that newslint itself makes, whatever rules are installed."""

from __future__ import annotations

UNREADABLE = ("IO001", "unreadable-file")
"""Code and name of the finding for what could not be read, or not whole."""

BROKEN_RULE = ("NL999", "broken-rule")
"""Code and name of the finding that represents a rule of others that raised."""

SUPPRESSIONS = "NL"
"""The family of findings about suppressions: only a suppression that names them hides them."""
