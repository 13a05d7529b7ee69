"""Build the model from the ``[schema]`` table."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

from pydantic import BaseModel, Field, create_model
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from pydantic_core import SchemaError as CoreSchemaError
from pydantic_core import SchemaValidator, core_schema

from newslint.core.errors import ConfigError
from newslint.core.messages import msg
from newslint.post.schema import severities, types
from newslint.post.schema.fields import written_name
from newslint.post.schema.presets import PRESETS, PostModel
from newslint.post.schema.settings import FieldSettings, SchemaSettings

_TYPES: dict[str, Any] = {
    "text": types.Text,
    "url": types.Url,
    "bool": types.Switch,
    "integer": types.Integer,
    "number": types.Number,
    "date": types.Date,
    "mapping": types.Mapping,
    "any": Any,
}
_built: dict[tuple[str, bool, Path | None], type[BaseModel]] = {}


def build(
    settings: SchemaSettings, *, run_code: bool = True, folder: Path | None = None
) -> type[BaseModel]:
    """Return the model for some settings, cached.

    With ``run_code`` False, ``model`` is refused, since it runs the site's own code. ``folder`` is
    where the site's own modules are searched; by default the current folder. Raises ConfigError for
    a model that cannot be loaded, and for invalid fields.
    """
    key = (settings.model_dump_json(), run_code, folder)
    if key not in _built:
        _built[key] = _build(settings, run_code, folder)
    return _built[key]


def _build(settings: SchemaSettings, run_code: bool, folder: Path | None) -> type[BaseModel]:
    base: type[BaseModel] = PRESETS[settings.preset]
    if settings.model is not None:
        if not run_code:
            raise ConfigError("schema.model runs code of the site, which --isolated does not allow")
        base = _load(settings.model, folder or Path.cwd())
    if not settings.fields:
        return severities.graded(base, settings)
    tree: dict[str, Any] = {}
    for name, field in settings.fields.items():
        *above, last = name.split(".")
        branch = tree
        for part in above:
            branch = branch.setdefault(part, {}).setdefault("", {})
        branch.setdefault(last, {})["self"] = field
    try:
        return severities.graded(_with_fields(base, tree, "schema.fields"), settings)
    except (PydanticUserError, PydanticSchemaGenerationError, CoreSchemaError) as error:
        words = str(error).strip().splitlines()[0]
        raise ConfigError(f"schema.fields: {words}") from None


def _load(name: str, folder: Path) -> type[BaseModel]:
    module_name, colon, attribute = name.partition(":")
    if not (colon and module_name and attribute):
        raise ConfigError(
            msg("schema.model is {name!r}; it must look like 'package.module:Model'", name=name)
        )
    here = str(folder)
    sys.path.insert(0, here)  # a console script does not search the site's own folder
    try:
        model: Any = importlib.import_module(module_name)
        for part in attribute.split("."):
            model = getattr(model, part)
    except ModuleNotFoundError as error:
        raise ConfigError(
            msg("schema.model: there is no module {name!r}", name=error.name)
        ) from None
    except AttributeError:
        raise ConfigError(
            msg(
                "schema.model: {module_name} has no {attribute!r}",
                module_name=module_name,
                attribute=attribute,
            )
        ) from None
    except Exception as error:
        words = f"{type(error).__name__}: {error}"
        raise ConfigError(
            msg(
                "schema.model: {module_name} cannot be imported: {words}",
                module_name=module_name,
                words=words,
            )
        ) from error
    finally:
        sys.path.remove(here)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise ConfigError(msg("schema.model: {name} is not a pydantic model", name=name))
    return model


def _with_fields(base: type[BaseModel], tree: dict[str, Any], place: str) -> type[BaseModel]:
    """Return a model with the fields of a tree: by name the settings, and the fields below."""
    known = {written_name(name, info): name for name, info in base.model_fields.items()}
    made: dict[str, Any] = {}
    for position, (name, node) in enumerate(tree.items()):
        here = f"{place}.{name}"
        settings = node.get("self", FieldSettings())
        old = base.model_fields.get(known.get(name, ""))
        required = settings.required
        if "" in node:
            inner = _inner(old.annotation if old else None)
            annotation: Any = _with_fields(inner, node[""], here)
            if required is None and settings.type is None:
                required = any(info.is_required() for info in annotation.model_fields.values())
        else:
            annotation = _annotation(settings, old, here)
        if required is None:
            required = old.is_required() if old else False
        if not required:
            annotation = Optional[annotation]  # noqa: UP045 - of a value
        description = settings.description or (old.description if old else None)
        attribute = known.get(name, f"field_{position}_")
        default = ... if required else None
        made[attribute] = (annotation, Field(default, alias=name, description=description))
    return create_model(base.__name__, __base__=base, **made)


class _Inside(PostModel):
    """A mapping in the front matter of which only some fields are defined."""


def _inner(annotation: Any) -> type[BaseModel]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return _Inside


def _annotation(settings: FieldSettings, old: Any, place: str) -> Any:
    """Return the type of a field: of the settings, else of the preset, else an implied one."""
    kind = settings.type or _implied(settings)
    if settings.choices is not None:
        return Literal[settings.choices]
    if kind == "list":
        item = _annotation(settings.items, None, f"{place}.items") if settings.items else Any
        annotation: Any = list[item]  # type: ignore[valid-type]
    elif kind is not None:
        annotation = _TYPES[kind]
    elif old is not None:
        annotation = Annotated[(old.annotation, *old.metadata)] if old.metadata else old.annotation
    else:
        annotation = Any
    if kind == "text" and settings.required and not settings.pattern and not settings.min_length:
        annotation = types.FilledText
    limits = _limits(settings, kind, place)
    return Annotated[annotation, Field(**limits)] if limits else annotation


def _implied(settings: FieldSettings) -> str | None:
    if settings.items is not None:
        return "list"
    if settings.minimum is not None or settings.maximum is not None:
        return "number"
    return "text" if settings.pattern is not None else None


_LIMITED_KINDS = {
    "pattern": ("text", "url"),
    "ge": ("integer", "number"),
    "le": ("integer", "number"),
    "min_length": ("text", "url", "list", "mapping"),
    "max_length": ("text", "url", "list", "mapping"),
}
"""The types for which a limit can be set, by pydantic's name of the limit."""

_LIMIT_KEYS = {
    "ge": "minimum", "le": "maximum", "min_length": "min-length", "max_length": "max-length",
}  # fmt: skip
"""The configuration's names of limits that differ from pydantic's."""


def _limits(settings: FieldSettings, kind: str | None, place: str) -> dict[str, Any]:
    limits: dict[str, Any] = {
        "pattern": settings.pattern,
        "ge": settings.minimum,
        "le": settings.maximum,
        "min_length": settings.min_length,
        "max_length": settings.max_length,
    }
    given = {name: limit for name, limit in limits.items() if limit is not None}
    for name in given:
        if kind is not None and kind not in _LIMITED_KINDS[name]:
            template = "{place}: {key} cannot be used with type {kind!r}"
            words = msg(template, place=place, key=_LIMIT_KEYS.get(name, name), kind=kind)
            raise ConfigError(words, key=_key(place))
    if settings.pattern is not None:
        _check_pattern(settings.pattern, place)
    for low, high in (("ge", "le"), ("min_length", "max_length")):
        if low in given and high in given and given[low] > given[high]:
            template = "{place}: {least} is greater than {most}"
            words = msg(template, place=place, least=_LIMIT_KEYS[low], most=_LIMIT_KEYS[high])
            raise ConfigError(words, key=_key(place))
    return given


def _check_pattern(pattern: str, place: str) -> None:
    """Check a pattern in the syntax of Rust's regex crate, which has no slow patterns."""
    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except CoreSchemaError as error:
        lines = str(error).strip().splitlines()
        why = lines[-1].removeprefix("error: ")
        raise ConfigError(
            msg("{place}.pattern is not a valid regular expression: {why}", place=place, why=why),
            key=_key(f"{place}.pattern"),
        ) from None


def _key(place: str) -> tuple[str, ...]:
    return tuple(place.split("."))
