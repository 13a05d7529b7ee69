"""Finds the settings of every file of a run, once for each folder and set of overrides."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from newslint.config.load import Layer, find_layers, layer_from_file
from newslint.config.settings import Settings, resolve, speaking
from newslint.targets.detect import detect


@dataclass(frozen=True)
class Project:
    """How settings are found. Plain values, so that it can be sent to another process.

    ``isolated`` reads no configuration file and runs no code of the linted tree; ``file`` is one
    that is used instead of those found; ``last`` is what the command line says.
    """

    folder: Path
    isolated: bool = False
    file: Path | None = None
    last: tuple[Layer, ...] = ()
    _settings: dict[object, Settings] = field(default_factory=dict, compare=False, repr=False)

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
        folder = file.parent
        layers = self.layers(folder)
        key = (folder, speaking(layers, file))
        if key not in self._settings:
            root = self.root(folder)
            path = PurePosixPath(file.relative_to(root).as_posix())
            detected = None if self.isolated else detect(folder)
            self._settings[key] = resolve(layers, path, root, detected, run_code=not self.isolated)
        return self._settings[key]

    def __getstate__(self) -> dict[str, object]:
        """Without the settings, which hold what cannot be pickled and are found again."""
        return {**self.__dict__, "_settings": {}}
