"""What a generator and its site give to templates of Nunjucks, besides the engine's own tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from newslint.generators.nunjucks.filters import FILTERS
from newslint.generators.nunjucks.values import ANY, OBJECT_METHODS, REACHING, Shape, Value
from newslint.generators.site_roles import Answer, Definition

GLOBALS: dict[str, Value] = {
    "range": Value(Shape.FUNCTION),
    "cycler": Value(Shape.FUNCTION),
    "joiner": Value(Shape.FUNCTION),
    "__proto__": Value(Shape.OBJECT, code=True),
    **{name: Value(Shape.FUNCTION, code=name in REACHING) for name in OBJECT_METHODS},
}
"""The names that Nunjucks itself gives every template, and those that every object has."""

_ABSENT = Definition(Answer.NO)


def _nothing(kind: str, name: str) -> Definition:
    return _ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The names, filters and definitions of one generator or site.

    ``filters`` has each filter with the kinds of values that break it. ``lookup`` is asked for what
    is in neither: a filter, tag, include or variable (``data``) of a name. ``is_open`` says that
    a site may define variables: what fails for the lack of one is then `UndefinedError`. ``throws``
    is true where nothing may be printed that has no value (``throwOnUndefined``).
    """

    names: Mapping[str, Value] = field(default_factory=lambda: GLOBALS)
    filters: Mapping[str, frozenset[Shape]] = field(default_factory=lambda: FILTERS)
    lookup: Callable[[str, str], Definition] = _nothing
    is_open: bool = True
    throws: bool = False

    def value(self, name: str) -> Value | None:
        """Return the value of a name; None where nothing has it."""
        known = self.names.get(name)
        if known is None and self.lookup("data", name).answer is not Answer.NO:
            return ANY
        return known

    def defines(self, kind: str, name: str) -> bool:
        """Return whether the site certainly defines a name."""
        return self.lookup(kind, name).answer is Answer.YES
