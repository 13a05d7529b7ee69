"""Messages, written in English and translated when they are shown.

A rule calls ``msg("{name} is empty", name=key)``. The result is an ordinary English text that also
keeps its template and values. So findings, caches and baselines are the same in every language,
and a `Language` translates them at output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Message(str):
    """A filled template. It is equal to its English text, and usable as such."""

    __slots__ = ("template", "values")
    template: str
    values: tuple[tuple[str, object], ...]

    def __new__(cls, template: str, values: tuple[tuple[str, object], ...] = ()) -> Message:
        """Fill ``template`` as `str.format` does; without values it is used unchanged."""
        text = super().__new__(cls, template.format(**dict(values)) if values else template)
        text.template = template
        text.values = values
        return text

    def __getnewargs__(self) -> tuple[str, tuple[tuple[str, object], ...]]:  # type: ignore[override]
        """Return what a pickle contains: template and values, so that it is translated later."""
        return self.template, self.values

    def __str__(self) -> str:
        """Return the message itself, so that ``str(error)`` keeps the template."""
        return self

    def __add__(self, more: str) -> Message:
        """Return a message with text appended, which is translated with it."""
        return Message("{before}{after}", (("before", self), ("after", more))) if more else self

    def translated(self, look_up: Callable[[str], str]) -> str:
        """Return the translated text, including values that are messages themselves."""
        template = look_up(self.template)
        if not self.values:
            return template
        return template.format(
            **{
                name: value.translated(look_up) if isinstance(value, Message) else value
                for name, value in self.values
            }
        )


def msg(template: str, /, **values: object) -> str:
    """Return a translatable text: ``template`` with its ``{fields}`` filled; see `Message`.

    A text that is a message already is returned unchanged. With values, literal braces are doubled,
    as in `str.format`. Texts of a post are passed as values, never in the template, because values
    are not translated.
    """
    if not values and isinstance(template, Message):
        return template
    return Message(template, tuple(values.items()))


def plural(number: int, one: str, many: str, **values: object) -> str:
    """Return the singular or plural template, filled; both may contain ``{number}``."""
    return msg(one if number == 1 else many, number=number, **values)


def join_comma(parts: Sequence[str]) -> str:
    """Return ``a``, ``a, b`` or ``a, b, c``; in Chinese with the enumeration comma."""
    return _joined(parts, msg("{before}, {after}"))


def join_semicolon(parts: Sequence[str]) -> str:
    """Return ``a; b; c``, for parts that are sentences."""
    return _joined(parts, msg("{before}; {after}"))


def join_and(parts: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return _ended(parts, msg("{before} and {after}"))


def join_or(parts: Sequence[str]) -> str:
    """Return ``a``, ``a or b`` or ``a, b or c``."""
    return _ended(parts, msg("{before} or {after}"))


def _ended(parts: Sequence[str], template: str) -> str:
    return (
        _joined((join_comma(parts[:-1]), parts[-1]), template) if parts[1:] else join_comma(parts)
    )


def _joined(parts: Sequence[str], template: str) -> str:
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        joined = msg(template, before=joined, after=part)
    return joined
