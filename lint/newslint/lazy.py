"""Regular expressions that are compiled when they are first used.

newslint has some hundred; compiling them all takes longer than linting a hundred posts.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Becomes the compiled pattern, method by method: the first use of each compiles and keeps it.

    A kept method is an attribute like any other, so that later uses cost what they cost of a
    compiled pattern.
    """

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source: tuple[Any, int] = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self._compiled = re.compile(*self._source)
        value = getattr(compiled, name)
        setattr(self, name, value)
        return value


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As ``re.compile(text, flags)``, but compiled at its first use; a mistake in it shows then."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
