"""Messages, written in English and translated when they are shown.

A rule writes ``say("{name} is empty", name=key)``: a text like any other, in English, which
still knows its template and what fills it. So findings, caches and baselines are the same in every
language, and a `Language` can tell each of them again at the very end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Message(str):
    """A filled template. Equal to, and usable as, its English text."""

    __slots__ = ("template", "values")
    template: str
    values: tuple[tuple[str, object], ...]

    def __new__(cls, template: str, values: tuple[tuple[str, object], ...] = ()) -> Message:
        """Fill ``template`` as `str.format` does; without values it is taken as it is."""
        text = super().__new__(cls, template.format(**dict(values)) if values else template)
        text.template = template
        text.values = values
        return text

    def __getnewargs__(self) -> tuple[str, tuple[tuple[str, object], ...]]:  # type: ignore[override]
        """What a pickle keeps: the language of the reader is not known yet."""
        return self.template, self.values

    def __str__(self) -> str:
        """The message itself, so that ``str(error)`` still knows its template."""
        return self

    def __add__(self, more: str) -> Message:
        """A text with more after it, which is reported with it."""
        return Message("{before}{after}", (("before", self), ("after", more))) if more else self

    def translated(self, look_up: Callable[[str], str]) -> str:
        """Return the text in another language, the parts that are messages themselves included."""
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
    """Return a text for people: ``template`` with its ``{fields}`` filled; see `Message`.

    A text that is a message already stays the one that it is.
    Braces that represent themselves are doubled where there are values, as in `str.format`. Texts
    of a post go in as values, never into the template: they are not translated.
    """
    if not values and isinstance(template, Message):
        return template
    return Message(template, tuple(values.items()))


def plural(number: int, one: str, many: str, **values: object) -> str:
    """Return the template for one thing or for several; both may hold ``{number}``."""
    return msg(one if number == 1 else many, number=number, **values)


def join_comma(parts: Sequence[str]) -> str:
    """``a``, ``a, b``, ``a, b, c``: in Chinese the comma of a list is another."""
    return _joined(parts, msg("{before}, {after}"))


def join_semicolon(parts: Sequence[str]) -> str:
    """``a; b; c``: for parts that are sentences."""
    return _joined(parts, msg("{before}; {after}"))


def join_and(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return _ended(parts, msg("{before} and {after}"))


def join_or(parts: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return _ended(parts, msg("{before} or {after}"))


def _ended(parts: Sequence[str], template: str) -> str:
    return (
        _joined((join_comma(parts[:-1]), parts[-1]), template) if parts[1:] else join_comma(parts)
    )


def _joined(parts: Sequence[str], template: str) -> str:
    whole = parts[0] if parts else ""
    for part in parts[1:]:
        whole = msg(template, before=whole, after=part)
    return whole
