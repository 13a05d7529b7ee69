"""Finds the settings of every file of a run, once for each folder and set of overrides."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from newslint.config.load import Layer, find_layers, layer_from_file
from newslint.config.settings import Settings, resolve, speaking
from newslint.targets import Target
from newslint.targets.detect import detect


class Place(NamedTuple):
    """What the files of a folder have in common; ``varies`` where they may differ all the same."""

    layers: tuple[Layer, ...]
    root: Path
    detected: Target | None
    varies: bool

    @property
    def key(self) -> object:
        """Equal for folders whose files have the same settings; a layer is read but once."""
        return tuple(map(id, self.layers)), self.root, self.detected


class Project:
    """How settings are found. Plain values, so that it can be sent to another process.

    ``isolated`` reads no configuration file and runs no code of the linted tree; ``file`` is one
    that is used instead of those found; ``last`` is what the command line says. ``online`` lets
    rules ask the network; ``detail`` asks for the profile of each post and the preview of each
    finding.
    """

    def __init__(
        self,
        folder: Path,
        isolated: bool = False,
        file: Path | None = None,
        last: tuple[Layer, ...] = (),
        online: bool = False,
        detail: bool = False,
    ) -> None:
        self.folder = folder
        self.isolated = isolated
        self.file = file
        self.last = last
        self.online = online
        self.detail = detail
        self._settings: dict[object, Settings] = {}
        self._places: dict[Path, Place] = {}

    @cached_property
    def _fixed(self) -> tuple[Layer, ...] | None:
        if self.isolated:
            return ()
        return layer_from_file(self.file) if self.file else None

    def layers(self, folder: Path) -> tuple[Layer, ...]:
        """The layers for the files of a folder, the base first, the command line last."""
        found = find_layers(folder) if self._fixed is None else self._fixed
        return (*found, *self.last)

    def root(self, folder: Path) -> Path:
        """The folder that paths are relative to: the configuration's, else the current one.

        A folder that lies in neither (``--config`` names a file elsewhere) is its own.
        """
        layers = find_layers(folder) if self._fixed is None else self._fixed
        candidates = [*(layer.folder for layer in layers[-1:]), self.folder]
        return next((one for one in candidates if folder.is_relative_to(one)), folder)

    def settings(self, file: Path) -> Settings:
        """The settings of a file, given as an absolute path.

        Raises ConfigError where a configuration that is in force for it is wrong.
        """
        place = self.place(file.parent)
        spoken = speaking(place.layers, file) if place.varies else ()
        key = (place.key, spoken)
        if key not in self._settings:
            path = PurePosixPath(file.relative_to(place.root).as_posix())
            self._settings[key] = resolve(
                place.layers,
                path,
                place.root,
                place.detected,
                run_code=not self.isolated,
                online=self.online,
                detail=self.detail,
            )
        return self._settings[key]

    def place(self, folder: Path) -> Place:
        """What the files of a folder have in common. Raises ConfigError as `settings` does."""
        place = self._places.get(folder)
        if place is None:
            place = self._places[folder] = self._placed(folder)
        return place

    def _placed(self, folder: Path) -> Place:
        layers = self.layers(folder)
        varies = any(layer.model.overrides or layer.model.rule for layer in layers)
        detected = None if self.isolated else detect(folder)
        return Place(layers, self.root(folder), detected, varies)

    def __getstate__(self) -> dict[str, object]:
        """Without the settings, which hold what cannot be pickled and are found again."""
        return {**self.__dict__, "_settings": {}, "_places": {}}
