"""What is known of the values in a Liquid template without running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import NamedTuple, TypeAlias

Exists: TypeAlias = Callable[[str, str], bool]
"""Asks the site whether it has a file: kind (``include``, ``link``, …) and name as written."""


class DiesError(Exception):
    """Parsing or running this piece stops the build; the argument says why, for a writer."""


class UndefinedError(DiesError):
    """It stops the build unless the site defines what it names, such as a filter of its own."""


class Strictness(NamedTuple):
    """The errors that a site makes fatal: ``error_mode: strict`` and its like in Jekyll."""

    syntax: bool = False
    filters: bool = False
    variables: bool = False


class Unknown(Enum):
    """A value that depends on the site: there is one, but no one here knows which."""

    VALUE = "unknown"


class Keyword(Enum):
    """The words that compare with any empty value; and a hash, which is never the right one."""

    EMPTY = "empty"
    BLANK = "blank"
    NIL = "nil"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class Range:
    """``(low..high)``, both included."""

    low: int
    high: int

    @property
    def size(self) -> int:
        """How many numbers the range holds."""
        return max(0, self.high - self.low + 1)


UNKNOWN = Unknown.VALUE
Value: TypeAlias = bool | int | float | str | Range | Keyword | Unknown | None

# A list this long (8 bytes an item and more) does not fit into the memory of a build machine.
HUGE_RANGE = 100_000_000


class Liveness(IntEnum):
    """Whether the engine gets to run what is at a place of the template."""

    DEAD = 0
    MAYBE = 1
    LIVE = 2

    @property
    def other(self) -> Liveness:
        """The liveness of the branch that is taken when this one is not."""
        return Liveness(Liveness.LIVE - self)


def truth(value: Value) -> Liveness:
    """Whether a branch that depends on this value is taken: in Liquid all but nil and false is."""
    if value is UNKNOWN:
        return Liveness.MAYBE
    false = value is None or value is False or value is Keyword.NIL
    return Liveness.DEAD if false else Liveness.LIVE
