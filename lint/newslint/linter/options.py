"""The options of a rule: declared like a pydantic model, which is built only if options are given.

Most runs use only defaults, and importing pydantic takes longer than linting a post.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from newslint.core.names import kebab

if TYPE_CHECKING:
    from typing import Self

    from pydantic import BaseModel


class Declared:
    """The arguments of `Field`: the default, and the keywords for pydantic's ``Field``."""

    __slots__ = ("default", "keywords")

    def __init__(self, default: object, keywords: dict[str, Any]) -> None:
        self.default = default
        self.keywords = keywords


def Field(default: Any, *, description: str, **keywords: Any) -> Any:  # noqa: N802
    """Declare an option: its default, its description, and limits as in pydantic (``ge=0``)."""
    return Declared(default, {"description": description, **keywords})


class Checked:
    """Metadata of a type, ``Annotated[str, Checked(function)]``.

    The function gets a value of the type and returns the value to use. It raises ValueError with a
    message for an invalid value.
    """

    def __init__(self, function: Any) -> None:
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Return the schema of pydantic's AfterValidator, without importing pydantic."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.function, handler(source))


class RuleOptions:
    """The options of a rule: immutable; an unknown key is an error.

    Declared like a pydantic model: annotated fields with a default or `Field`. Given values are
    validated by pydantic; without any, pydantic is not imported. (`dataclasses` also takes longer
    to import than a post to lint.) A field ``max_bytes`` is ``max-bytes`` in a configuration.
    """

    _fields: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = dict(vars(cls))
        cls._written = own  # type: ignore[attr-defined]
        cls._fields = (*cls._fields, *own.get("__annotations__", ()))
        for name, value in own.items():
            if isinstance(value, Declared):
                setattr(cls, name, value.default)
            elif hasattr(value, "get_default"):  # pydantic's own Field
                setattr(cls, name, value.get_default(call_default_factory=True))

    def __init__(self, **values: Any) -> None:
        """Set the defaults and the given values. Raises pydantic.ValidationError."""
        if values:
            self._take(self.model()(**values))

    def _take(self, checked: object) -> None:
        """Copy the values of a validated model."""
        vars(self).update(vars(checked))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("options are frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("options are frozen")

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self._fields)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    @classmethod
    def model(cls) -> type[BaseModel]:
        """Return the pydantic model of the class."""
        return _model(cls)  # type: ignore[arg-type]

    @classmethod
    def model_validate(cls, values: object) -> Self:
        """Return the options for a configuration table. Raises pydantic.ValidationError."""
        checked = cls.model().model_validate(values)
        made = cls()
        made._take(checked)
        return made

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the options."""
        return cls.model().model_json_schema()


@cache
def _model(options: type[RuleOptions]) -> type[BaseModel]:
    from types import new_class

    import pydantic

    if options is RuleOptions:
        config = pydantic.ConfigDict(
            frozen=True, extra="forbid", alias_generator=kebab, populate_by_name=True
        )
        return new_class(
            "RuleOptions", (pydantic.BaseModel,), {}, lambda space: _fill(space, config)
        )
    written = {
        name: pydantic.Field(value.default, **value.keywords)
        if isinstance(value, Declared)
        else value
        for name, value in options._written.items()  # type: ignore[attr-defined]
        if name not in ("__dict__", "__weakref__", "_written", "_fields")
    }
    bases = tuple(_model(base) for base in options.__bases__ if issubclass(base, RuleOptions))  # type: ignore[arg-type]
    return new_class(options.__name__, bases, {}, lambda space: space.update(written))


def _fill(space: dict[str, Any], config: object) -> None:
    space |= {"__module__": __name__, "model_config": config}
