"""The ``[schema]`` table of the configuration."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from newslint.core import lazy
from newslint.core.did_you_mean import nearest
from newslint.core.errors import ConfigError
from newslint.core.finding import Severity
from newslint.core.messages import msg
from newslint.core.names import kebab
from newslint.post.schema.wording import alternatives

Preset = Literal["news", "hexo", "jekyll", "hugo", "eleventy", "minimal"]
TypeName = Literal["text", "url", "bool", "integer", "number", "date", "list", "mapping", "any"]

_WORD = lazy.pattern(r"'([^']*)'")
_ALIASES = {"string": "text", "str": "text", "boolean": "bool", "int": "integer", "float": "number"}
_ALIASES |= {"datetime": "date", "array": "list", "table": "mapping", "object": "mapping"}


class _Table(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=kebab, populate_by_name=True
    )


class FieldSettings(_Table):
    """What ``[schema.fields.NAME]`` says of one field; what it leaves out stays as it was."""

    type: TypeName | None = None
    """What the value must be; without it that of the preset, or anything."""
    required: bool | None = None
    """Whether the field must be there, with something in it."""
    pattern: str | None = None
    """A regular expression that a text must match somewhere; ``^`` and ``$`` hold it."""
    choices: Annotated[tuple[str | int | float | bool, ...], Field(min_length=1)] | None = None
    """The values that are allowed."""
    minimum: float | None = None
    maximum: float | None = None
    min_length: Annotated[int, Field(ge=0)] | None = None
    """The least characters of a text, or items of a list."""
    max_length: Annotated[int, Field(ge=0)] | None = None
    items: FieldSettings | None = None
    """What each item of a list must be: a type's name, or a table as this one."""
    description: str | None = None
    """What the field is for; told with every complaint about it."""
    severity: Severity | None = None
    """The severity of a missing or invalid value; without it that of the schema."""

    @field_validator("type", mode="before")
    @classmethod
    def _known_by_other_names(cls, value: object) -> object:
        return _ALIASES.get(value, value) if isinstance(value, str) else value

    @field_validator("items", mode="before")
    @classmethod
    def _name_of_a_type(cls, value: object) -> object:
        return {"type": value} if isinstance(value, str) else value


class SchemaSettings(_Table):
    """The ``[schema]`` table. ``fields`` has dotted names for what is in a mapping."""

    preset: Preset = "news"
    model: str | None = None
    """``package.module:Model``: the site's own pydantic model, instead of a preset."""
    severity: Severity | None = None
    """The severity of missing and invalid values, by default error. What the generator itself
    cannot use is an error nevertheless."""
    fields: dict[str, FieldSettings] = {}

    @field_validator("fields", mode="before")
    @classmethod
    def _flat(cls, value: object) -> object:
        return dict(_flatten("", value)) if isinstance(value, dict) else value

    @classmethod
    def parse(cls, table: dict[str, Any]) -> SchemaSettings:
        """Return the settings that a table of the configuration says.

        Raises ConfigError, which names the key and the nearest right one.
        """
        try:
            return cls.model_validate(table)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = [str(part) for part in first["loc"]]
            key = ".".join(("schema", *path))
            if first["type"] == "extra_forbidden":
                model = cls if len(path) == 1 else FieldSettings
                known = [kebab(name) for name in model.model_fields]
                message = msg(
                    "unknown key {key!r}{nearest}", key=key, nearest=nearest(path[-1], known)
                )
                raise ConfigError(message, key=("schema", *path)) from None
            if first["type"] == "literal_error":
                expected = str(first["ctx"]["expected"])
                near = nearest(str(first["input"]), _WORD.findall(expected))
                message = msg(
                    "{key} is {first!r}; choose {expected}{near}",
                    key=key,
                    first=first["input"],
                    expected=alternatives(expected),
                    near=near,
                )
                raise ConfigError(message, key=("schema", *path)) from None
            cause = first.get("ctx", {}).get("error")  # whose text is a message
            words = str(first["msg"])
            words = str(cause) if cause else words[:1].lower() + words[1:]
            message = msg("{key}: {words}", key=key, words=words)
            raise ConfigError(message, key=("schema", *path)) from None


def _flatten(prefix: str, table: dict[str, Any]) -> list[tuple[str, Any]]:
    """``[schema.fields.seo.title]`` is the field ``seo.title``: a table in a table is a field."""
    flat: list[tuple[str, Any]] = []
    for name, value in table.items():
        path = f"{prefix}{name}"
        if isinstance(value, str):
            flat.append((path, {"type": value}))
        elif isinstance(value, dict):
            inner = {k: v for k, v in value.items() if isinstance(v, dict) and k != "items"}
            own = {k: v for k, v in value.items() if k not in inner}
            if own or not inner:
                flat.append((path, own))
            flat += _flatten(f"{path}.", inner)
        else:
            flat.append((path, value))
    return flat
