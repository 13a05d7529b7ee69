"""The configuration layers of a file, and how their values are combined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.config.loader import Layer
from newslint.core.errors import NewslintError
from newslint.core.messages import msg
from newslint.core.patterns import patterns

if TYPE_CHECKING:
    from newslint.config.model import RuleChoice


class Part(NamedTuple):
    """A layer, or one of its overrides, that applies to a file."""

    origin: str
    layer: Layer
    choice: RuleChoice
    place: tuple[str | int, ...]

    def fail(self, message: str, *path: str | int) -> NewslintError:
        """Return the error for a value at a place of this part."""
        return self.layer.fail(message, *self.place, *path)


def parts_of(layers: list[Layer], file: Path) -> Iterator[Part]:
    """Yield the parts of the configuration that apply to a file, in increasing precedence."""
    for layer in layers:
        yield Part(layer.origin, layer, layer.model, ())
        for kind, number in own_tables_about(layer, file):
            if kind == "overrides":
                origin = msg(
                    "[[overrides]] {number} of {origin}", number=number + 1, origin=layer.origin
                )
                override = layer.model.overrides[number]
                yield Part(origin, layer, override, ("overrides", number))


def tables_about(layers: Iterable[Layer], file: Path) -> tuple[tuple[int, str, int], ...]:
    """Return which tables of the layers apply to a file; equal results mean equal settings."""
    return tuple(
        (at, *which) for at, layer in enumerate(layers) for which in own_tables_about(layer, file)
    )


def own_tables_about(layer: Layer, file: Path) -> list[tuple[str, int]]:
    """Return the overrides and custom rules of a layer that apply to a file, by kind and number."""
    found = [
        ("overrides", number)
        for number, override in enumerate(layer.model.overrides)
        if _fits(override.files, layer, file)
    ]
    for number, table in enumerate(layer.model.rule):
        files = table.get("files")
        if not isinstance(files, list) or not files or _fits(tuple(map(str, files)), layer, file):
            found.append(("rule", number))
    return found


def _fits(lines: tuple[str, ...], layer: Layer, file: Path) -> bool:
    if not file.is_relative_to(layer.folder):
        return False
    return patterns(lines).match_file(file.relative_to(layer.folder).as_posix())


def last_of_parts(parts: list[Part], name: str, origins: dict[str, str]) -> str | None:
    """Return the value of a setting from the last part that sets it, or None."""
    found = None
    for part in parts:
        if (value := getattr(part.choice, name)) is not None:
            found, origins[name] = value, part.origin
    return found


def table_of(layers: list[Layer], name: str) -> dict[str, Any]:
    """Return the merged tables of a name of all layers; keys of later layers take precedence."""
    table: dict[str, Any] = {}
    for layer in layers:
        table |= getattr(layer.model, name).model_dump(exclude_unset=True)
    return table


def folder_of(layers: list[Layer], name: str) -> Path:
    """Return the folder of the last layer that sets a setting."""
    return [layer.folder for layer in layers if name in layer.model.model_fields_set][-1]


def last_of_layers(layers: list[Layer], name: str, origins: dict[str, str]) -> Any:
    """Return the value of a setting from the last layer that sets it, or None."""
    found = None
    for layer in layers:
        if name in layer.model.model_fields_set:
            found = getattr(layer.model, name)
            origins[name.replace("_", "-")] = layer.origin
    return found
