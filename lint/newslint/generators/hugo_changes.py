"""What has changed in Hugo from version to version, each change measured on both sides.

The versions between the last one without a change and the first one with it were not measured: a
post must suit both. So it is where the version is not known.
"""

from __future__ import annotations

from typing import NamedTuple

from newslint.core.messages import msg
from newslint.generators.target import Version


class Change(NamedTuple):
    """A change: the last minor version measured without it, and the first with it."""

    without: int
    since: int

    def in_force(self, version: Version | None) -> tuple[bool, ...]:
        """Whether a version has the change: both answers, the older first, where it may be either.

        None represents all versions.
        """
        if version is None:
            return (False, True)
        minor = (*version, 0)[1]
        if minor >= self.since:
            return (True,)
        return (False,) if minor <= self.without else (False, True)

    def may_hold(self, version: Version | None) -> bool:
        """Return whether some version that is meant has the change."""
        return True in self.in_force(version)

    def named(self, message: str, version: Version | None, *, with_it: bool = True) -> str:
        """A message about what holds with (or without) the change, with the versions if needed."""
        if len(self.in_force(version)) == 1:
            return message
        if with_it:
            return msg("{message} (Hugo 0.{minor} and later)", message=message, minor=self.since)
        return msg("{message} (Hugo before 0.{minor})", message=message, minor=self.since)


PAGES = Change(111, 131)
"""Reserved keys of a wrong type, and fences whose attributes are not read, end the build."""
LEXER = PAGES
"""Front matter is not looked for in comments, and HTML without it is a page."""
DATES = Change(131, 147)
"""A date that is not read ends the build, and ``published`` is one."""
BYTE_ORDER_MARK = Change(166, 167)
"""A byte order mark is passed over at the very beginning alone."""
GOCCY = Change(151, 152)
"""YAML is read by goccy/go-yaml: YAML 1.2, and a key that is duplicated ends the build."""
TYPED_KEYS = GOCCY
"""A key that is a number with a full stop, true or false ends the build,"""
TYPED_KEYS_FREE = Change(152, 153)
"""but not from here on."""
SITES = Change(152, 153)
"""``sites`` is a reserved key."""
KIND = PAGES
"""A ``kind`` other than ``page`` ends the build, or leaves the post without a page,"""
KIND_FREE = Change(152, 153)
"""but not from here on."""
CASCADE = PAGES
"""A ``cascade`` of a wrong type ends the build,"""
CASCADE_WITHOUT = Change(152, 153)
"""but not from here"""
CASCADE_LATE = Change(157, 158)
"""to here."""
CASCADE_LANG = Change(162, 168)
"""``lang`` in the target of a ``cascade`` ends the build."""
OLD_BUILD = Change(159, 160)
"""``_build`` ends the build."""
PATH_KEYS = Change(158, 159)
"""``path``, ``lang`` and ``kind`` end the build,"""
PATH_KEYS_FREE = Change(164, 165)
"""and do not any more."""
EMPTY_PARAMS = Change(161, 162)
"""An empty ``params`` is none."""
TOML_1_1 = Change(163, 164)
"""TOML front matter may have what is new in TOML 1.1."""
