"""The configuration: which files say what, and the settings in force for each post."""

from __future__ import annotations

from newslint.config.load import Layer, find_layers, layer_from_file, layer_from_option
from newslint.config.model import ConfigModel, Limits
from newslint.config.settings import Settings, resolve

__all__ = [
    "ConfigModel",
    "Layer",
    "Limits",
    "Settings",
    "find_layers",
    "layer_from_file",
    "layer_from_option",
    "resolve",
]
