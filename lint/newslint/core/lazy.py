"""Values that are computed on first use: regular expressions and properties of a post.

newslint has some hundred patterns; compiling them all takes longer than linting a hundred posts.
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
        """As that of Python 3.12. Python 3.11's takes a lock, and thrice the time: a post has 16.

        No post is looked at by two threads at once, and twice made would be the same.
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
    """A pattern whose methods are attributes of its own: as quick as those of a compiled one."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source: tuple[Any, int] = pattern, flags


class _Pattern(_Compiled):
    """Becomes the compiled pattern at its first use."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        public = (one for one in dir(compiled) if not one.startswith("_"))
        self.__dict__.update((one, getattr(compiled, one)) for one in public)
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(self, name)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As ``re.compile(text, flags)``, but compiled at its first use; a mistake in it shows then."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern that a user wrote. Raises ValueError, which says what is wrong with it."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what `re` may read in another way one day
        try:
            return re.compile(text, flags)
        except (re.error, OverflowError) as error:
            raise ValueError(str(error)) from None
        except RecursionError:
            raise ValueError("nested too deep") from None


T = TypeVar("T")


class Inherited(Generic[T]):
    """What each folder has of its own and takes over from those above it, looked up once.

    In a loop, since folders may nest deeper than Python's calls.
    """

    def __init__(self, own: Callable[[Path], tuple[T, bool]], join: Callable[[T, T], T]) -> None:
        """``own`` gives what a folder has, and whether nothing above it counts.

        ``join`` puts together what a folder has and what the one above it comes to.
        """
        self._own = own
        self._join = join
        self._known: dict[Path, T] = {}

    def __call__(self, folder: Path) -> T:
        """What a folder comes to; raises what ``own`` does."""
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
        """Look at every folder again when it is next asked for."""
        self._known.clear()
