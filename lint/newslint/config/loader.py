"""Read configuration files: the nearest one above a post, and the files that it extends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from newslint.core.did_you_mean import nearest
from newslint.core.errors import ConfigError, UsageError
from newslint.core.lazy import Inherited
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError, read_small

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.config.model import ConfigModel

Model = TypeVar("Model", bound="BaseModel")

FILE_NAMES = ("newslint.toml", ".newslint.toml", "pyproject.toml")
"""Names of configuration files, in order of precedence within a folder."""


class Layer(NamedTuple):
    """A configuration file or the command line. Patterns are relative to ``folder``."""

    origin: str
    folder: Path
    model: ConfigModel
    data: Mapping[str, Any] = MappingProxyType({})
    path: Path | None = None
    text: str = ""

    def fail(self, message: str, *path: str | int) -> ConfigError:
        """Return an error at a key of this layer."""
        place = self.path if self.path is not None else Path(self.origin)
        return ConfigError(message, place, line_of(self.text, path) if self.text else None)


def _own_layers(folder: Path) -> tuple[tuple[Layer, ...], bool]:
    for name in FILE_NAMES:
        path = folder / name
        if os.path.isfile(path) and (layers := layer_from_file(path)):
            return layers, True
    return (), False


find_layers = Inherited(_own_layers, lambda own, above: above)
"""Returns the layers for the files of a folder, the most general first; may be empty.

Raises ConfigError if a file cannot be read or is invalid.
"""


@cache
def layer_from_file(path: Path) -> tuple[Layer, ...]:
    """Return a file's layer after those that it extends; none if pyproject.toml has no table."""
    return tuple(reversed(list(_chain(path))))


def _chain(path: Path) -> Iterator[Layer]:
    seen: set[Path] = set()
    while True:
        seen.add(path.resolve())
        layer = _read(path)
        if layer is None:
            return
        yield layer
        if layer.model.extend is None:
            return
        base = path.parent / Path(layer.model.extend).expanduser()
        if not os.path.isfile(base):
            raise layer.fail(
                msg("extend refers to {extend!r}, which does not exist", extend=layer.model.extend),
                "extend",
            )
        if base.resolve() in seen:
            raise layer.fail("extend goes round in a circle", "extend")
        path = base


def _read(path: Path) -> Layer | None:
    import tomllib

    from newslint.config.model import ConfigModel

    try:
        text = read_small(path).decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnreadableError as error:
        raise ConfigError(str(error), path) from None
    except UnicodeDecodeError:
        raise ConfigError("is not UTF-8; save it as UTF-8", path) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(
            msg("is not valid TOML: {value}", value=str(error) or "nested too deep"), path
        ) from None
    inside: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        table = data.get("tool", {}).get("newslint")
        if table is None:
            return None
        data, inside = table, ("tool", "newslint")
    model = validate(ConfigModel, data, path, text, inside)
    return Layer(str(path), path.parent, model, data, path, text)


def layer_from_option(text: str, folder: Path) -> Layer:
    """Return the layer of ``--config KEY=VALUE``; the value is TOML, or else plain text."""
    import tomllib

    from newslint.config.model import ConfigModel

    key, _, value = text.partition("=")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        try:
            data = tomllib.loads(f"{key} = {_quoted(value.strip())}")
        except tomllib.TOMLDecodeError as error:
            raise UsageError(
                msg(
                    "--config {text!r} is neither a file nor KEY=VALUE: {error}",
                    text=text,
                    error=str(error),
                )
            ) from None
    model = validate(ConfigModel, data, Path("--config"), "", ())
    return Layer("--config", folder, model, data)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def validate(
    model: type[Model], data: object, path: Path, text: str, inside: tuple[str | int, ...]
) -> Model:
    """Return the data as a model.

    Raises ConfigError with the first invalid key, its line and the closest valid key.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # Report a misspelled key rather than the missing key that it causes.
        first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
        place = tuple(first["loc"])
        message = _words(model, dict(first), place)
        line = line_of(text, (*inside, *place)) if text else None
        raise ConfigError(message, path, line) from None


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """Return the 1-based line of a key in valid TOML, or of the nearest table above it.

    `tomllib` does not provide lines. ``[[x]]`` tables count from 0.
    """
    from newslint.core.span import LineIndex
    from newslint.post.toml_entries import toml_entries

    lines = LineIndex(text)
    places: dict[tuple[str | int, ...], int] = {}
    for entry in toml_entries(text, 0):
        for length in range(1, len(entry.path) + 1):
            places.setdefault(entry.path[:length], lines.position(entry.key.start).line)
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return None


def _words(model: type[BaseModel], error: dict[str, Any], place: tuple[str | int, ...]) -> str:
    key = ".".join(str(part) for part in place)
    if error["type"] == "extra_forbidden":
        known = _keys_at(model, place[:-1])
        return msg("unknown key {key!r}{nearest}", key=key, nearest=nearest(str(place[-1]), known))
    cause = error.get("ctx", {}).get("error")  # its text is a message
    words = str(error["msg"])
    words = str(cause) if cause else words[:1].lower() + words[1:]
    if "valid tuple" in words:
        words = words.replace("valid tuple", "valid list")
    return msg("{key}: {words}", key=key, words=words) if key else words


def _keys_at(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """Return the valid keys of a table, from the types of the models on the path to it."""
    for part in place:
        if isinstance(part, int):
            continue
        info = next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
        inner = _model_in(info.annotation) if info else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
