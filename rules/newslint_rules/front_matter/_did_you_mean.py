"""Keys that look like another one."""

from __future__ import annotations

from collections.abc import Iterable

from newslint import msg, schema


def meant_by(name: str, unknown: Iterable[str]) -> str:
    """`: is it meant by 'auther'?`, or nothing where no unknown key is near."""
    found = schema.near(name, unknown)
    return msg("; is {found!r} meant?", found=found) if found else ""
