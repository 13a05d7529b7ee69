"""Options that several subcommands share, and the project for them.

This module does not import Click, so that a run without options does not load it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from newslint.config.loader import Layer, layer_from_option, validate
from newslint.config.project import Project
from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.core.report import Detail


def words(value: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the words of a repeatable option with commas; None if it is not given."""
    if not value:
        return None
    return tuple(word.strip() for part in value for word in part.split(",") if word.strip())


class SelectionOptions(NamedTuple):
    """The values of the shared options."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    target: str | None = None
    config: tuple[str, ...] = ()
    isolated: bool = False
    online: bool = False
    all_files: bool = False
    exclude: tuple[str, ...] = ()


def project(
    choices: SelectionOptions, fail_on: str | None = None, detail: Detail = Detail.NONE
) -> Project:
    """Return the project for the options, relative to the current folder.

    ``detail`` selects the contents of reports besides findings.

    Raises UsageError or ConfigError for invalid options.
    """
    folder = Path.cwd()
    file, layers = None, []
    for text in choices.config:
        if "=" in text and not os.path.isfile(text):
            layers.append(layer_from_option(text, folder))
        elif file is not None:
            raise UsageError("--config is given two files; give one")
        elif not os.path.isfile(text):
            raise UsageError(
                msg("--config {text!r} is not a file; give a file or KEY=VALUE", text=text)
            )
        else:
            file = folder / text
    if choices.isolated and file is not None:
        raise UsageError("--isolated reads no configuration; remove --config FILE")
    layers += _command_line(choices, fail_on, folder)
    return Project(
        folder,
        choices.isolated,
        file,
        tuple(layers),
        choices.online,
        detail,
        all_files=choices.all_files,
    )


def _command_line(choices: SelectionOptions, fail_on: str | None, folder: Path) -> list[Layer]:
    settings = {
        "select": words(choices.select),
        "ignore": words(choices.ignore),
        "extend-select": words(choices.extend_select),
        "target": choices.target,
        "exclude": choices.exclude or None,
        "fail-on": fail_on,
    }
    data = {key: value for key, value in settings.items() if value is not None}
    if not data:
        return []
    from newslint.config.model import ConfigModel

    model = validate(ConfigModel, data, Path("the command line"), "", ())
    return [Layer("the command line", folder, model, data)]
