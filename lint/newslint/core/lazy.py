"""Values that are computed on first use: regular expressions and properties of a post.

Compiling the several hundred patterns of newslint takes longer than linting a hundred posts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, AnyStr, Generic, TypeVar, cast

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:

    class cached_property:  # noqa: N801
        """Backport of Python 3.12's: Python 3.11's takes a lock and three times as long.

        A post has 16 of them. No two threads share a post, and computing one twice is harmless.
        """

        def __init__(self, make):
            self._make = make
            self.__doc__ = make.__doc__

        def __set_name__(self, owner, name):
            self._name = name

        def __get__(self, given, owner=None):
            if given is None:
                return self
            made = given.__dict__[self._name] = self._make(given)
            return made


__all__ = ["Inherited", "cached_property", "compiled", "pattern"]


class _Compiled:
    """A pattern whose methods are its own attributes, as fast as those of a compiled pattern."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source: tuple[Any, int] = pattern, flags


class _Pattern(_Compiled):
    """Compiles the pattern on first use."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        public = (one for one in dir(compiled) if not one.startswith("_"))
        self.__dict__.update((one, getattr(compiled, one)) for one in public)
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(self, name)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the pattern of ``re.compile(text, flags)``; compiles and raises on first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern that a user wrote. Raises ValueError with what is wrong."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # syntax whose meaning may change in a later Python
        try:
            return re.compile(text, flags)
        except (re.error, OverflowError) as error:
            raise ValueError(str(error)) from None
        except RecursionError:
            raise ValueError("nested too deep") from None


T = TypeVar("T")


class Inherited(Generic[T]):
    """A property that folders inherit from their parents; looked up once for each folder.

    Iterative, since folders may nest deeper than Python's call stack.
    """

    def __init__(self, own: Callable[[Path], tuple[T, bool]], join: Callable[[T, T], T]) -> None:
        """``own`` returns a folder's own value and whether inheritance stops there.

        ``join`` combines a folder's own value with the inherited one.
        """
        self._own = own
        self._join = join
        self._known: dict[Path, T] = {}

    def __call__(self, folder: Path) -> T:
        """Return the value of a folder. Raises what ``own`` raises."""
        known = self._known
        below: list[tuple[Path, T]] = []
        while folder not in known:
            value, ends = self._own(folder)
            if ends or folder.parent == folder:
                known[folder] = value
                break
            below.append((folder, value))
            folder = folder.parent
        value = known[folder]
        for inner, own in reversed(below):
            value = known[inner] = self._join(own, value)
        return value

    def cache_clear(self) -> None:
        """Discard all values, so that folders are read again on their next use."""
        self._known.clear()
