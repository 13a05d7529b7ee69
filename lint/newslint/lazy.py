"""Regular expressions that are compiled when they are first used.

newslint has some hundred; compiling them all takes longer than linting a hundred posts.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


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
