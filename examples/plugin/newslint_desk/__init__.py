"""The rules of our desk."""

from __future__ import annotations

from newslint import Rule


def rules() -> list[type[Rule]]:
    """The rule classes; newslint calls this through the entry point."""
    from newslint_desk.shouting_title import ShoutingTitle

    return [ShoutingTitle]
