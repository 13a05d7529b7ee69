"""Resolve the paths of a command line: existing ones, with a position, or missing."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from newslint.cli.combinations import STDIN
from newslint.cli.subcommands import COMMANDS
from newslint.core import lazy
from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.files.store import is_url

_PLACE = lazy.pattern(r"(?s)(.+?)(?::[0-9]+){1,2}:?")
"""A path with a line and an optional column, as newslint, grep and compilers print it."""


def existing(given: Sequence[str]) -> list[str]:
    """Return the paths without a ``:LINE:COLUMN`` suffix.

    Raises UsageError for a path that does not exist, with a suggestion.
    """
    return [_existing(path, alone=len(given) == 1) for path in given]


def _existing(path: str, *, alone: bool) -> str:
    if path == STDIN or is_url(path) or os.path.lexists(path):
        return path
    place = _PLACE.fullmatch(path)
    if place is not None and os.path.lexists(place[1]):
        return place[1]
    hint = _hint(path, alone=alone)
    raise UsageError(msg("no such file or folder: {path}{hint}", path=path, hint=hint))


def _hint(path: str, *, alone: bool) -> str:
    """Return a suggestion of a command or path, or an empty text."""
    from newslint.core.did_you_mean import slip, suggestion

    if re.fullmatch(r"[A-Za-z]{2,8}[0-9]{3}", path):
        from newslint.cli.known_rules import known_rules

        if path.upper() in known_rules():
            return msg("; did you mean `newslint rule {code}`?", code=path.upper())
    command = slip(path, [*COMMANDS, *_ASKED]) if re.fullmatch(r"[a-z-]+", path) else None
    if command is not None:
        return msg("; did you mean `newslint {command}`?", command=_ASKED.get(command, command))
    folder, name = os.path.split(path)
    stem, suffix = os.path.splitext(name)
    try:
        there = map(os.path.splitext, os.listdir(folder or "."))
    except OSError:
        return ""
    near = slip(stem, [one for one, other in there if other == suffix])
    return suggestion(None if near is None else os.path.join(folder, near + suffix))


_ASKED = {"help": "--help", "version": "--version"}
"""Commands of other tools, and the equivalent options of newslint."""
