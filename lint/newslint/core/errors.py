"""The exceptions that users of the command or the library can cause and handle."""

from __future__ import annotations

from pathlib import Path


class NewslintError(Exception):
    """An error that the user can fix; its text states what is wrong, where, and what to do.

    ``place`` is the part of the text before the message; it is not translated.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(place + message if place else message)
        self.message = message
        self.place = place


class UsageError(NewslintError):
    """A command or function was called with arguments that it does not support."""


class ConfigError(NewslintError):
    """A configuration is invalid: names file, line (from 1) and key where they are known."""

    def __init__(
        self,
        message: str,
        path: Path | None = None,
        line: int | None = None,
        key: tuple[str, ...] = (),
    ) -> None:
        place = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(message, place)
        self.path = path
        self.line = line
        self.key = key


class PluginError(NewslintError):
    """A rule, reporter or plug-in cannot be loaded or violates the contract of a rule."""
