"""Codes of findings that newslint creates itself, whichever rules are installed."""

from __future__ import annotations

UNREADABLE = ("IO001", "unreadable-file")
"""Code and name of the finding that a file could not be read or completely checked."""

BROKEN_RULE = ("NL999", "broken-rule")
"""Code and name of the finding that a rule of a plug-in or configuration failed."""

SUPPRESSION_FAMILY = "NL"
"""The family of findings about suppressions, which only suppressions that name them hide."""
