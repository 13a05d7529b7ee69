"""The tags of liquidjs that stand alone, and what the others want of their markup.

Every function raises DiesError where the real tag stops the build.
"""

from __future__ import annotations

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.liquid.values import UNKNOWN, DiesError, Exists, Liveness, UndefinedError

from .evaluator import Environment
from .expressions import Access, Filtered, Missing, Name, Operand, Reader
from .filters import FILTERS

_BAD_LINE = lazy.pattern(r"\n\s*+[^#\s]")


def parse_filtered(reader: Reader) -> Filtered:
    """Return an expression whose filters all exist."""
    filtered = reader.filtered()
    for call in filtered.filters:
        if call.name not in FILTERS:
            raise UndefinedError(msg("unknown filter “{name}”", name=call.name))
    return filtered


def run_echo(reader: Reader, environment: Environment, live: Liveness) -> None:
    """``echo``, which may be empty."""
    reader.skip_blank()
    if not reader.done():
        filtered = parse_filtered(reader)
        if live:
            environment.filtered(filtered)


def run_assign(reader: Reader, environment: Environment, live: Liveness) -> None:
    """``assign``; one that may not be reached leaves the variable unknown."""
    name = reader.word()
    reader.skip_blank()
    if not name or reader.peek() != "=":
        raise DiesError(msg("`assign` requires “name = value”"))
    reader.at += 1
    filtered = parse_filtered(reader)
    if live:
        value = environment.filtered(filtered)
        environment.variables[name] = value if live is Liveness.LIVE else UNKNOWN


def run_cycle(reader: Reader, environment: Environment, live: Liveness) -> None:
    """``cycle``: its values, perhaps after the name of a group."""
    begin = reader.at
    group = reader.value()
    reader.skip_blank()
    if not isinstance(group, Missing):
        reader.at = reader.at + 1 if reader.peek() == ":" else begin
    candidates: list[Filtered] = []
    while not reader.done():
        candidates.append(reader.filtered())
        reader.skip_behind(",")
    if not candidates:
        raise DiesError(msg("`cycle` requires values"))
    if live:
        environment.filtered(candidates[0])


def check_inline_comment(markup: str) -> None:
    """Every line of a ``#`` tag begins with ``#``."""
    if _BAD_LINE.search(markup):
        raise DiesError(msg("a line in the comment tag does not begin with #"))


def parse_capture(reader: Reader) -> str:
    """Return the name that a ``capture`` fills."""
    name = reader.word() or reader.quoted()
    if name is None:
        raise DiesError(msg("`capture` requires a name"))
    return name


def parse_loop(reader: Reader, *, named: bool) -> tuple[str, Operand]:
    """Return the variable and the collection of a ``for`` or a ``tablerow``."""
    variable = reader.word()
    joint = reader.word()
    collection = reader.value()
    if joint != "in" or isinstance(collection, Missing) or (named and not variable):
        raise DiesError(msg("a loop requires “name in list”"))
    reader.hash()
    return variable, collection


def parse_when(reader: Reader) -> list[Operand]:
    """Return the values of a ``when``."""
    values: list[Operand] = []
    while not reader.done():
        values.append(reader.present_value())
        reader.skip_blank()
        reader.skip_behind("," if reader.peek() == "," else "or")
    return values


def parse_file(reader: Reader) -> Operand:
    """Return the file that a tag names: a text, or something to compute; None for ``none``."""
    file = reader.value()
    if isinstance(file, Missing):
        raise DiesError(msg("a tag requires the name of a file"))
    is_none = isinstance(file, Access) and file.base is None and file.keys == (Name("none"),)
    return None if is_none else file


def parse_binding(reader: Reader) -> Operand | Missing:
    """What is between the file of a ``render`` and its arguments; gives the list to go over."""
    collection: Operand | Missing = NOTHING
    while not reader.done():
        reader.skip_blank()
        begin = reader.at
        keyword = reader.word()
        reader.skip_blank()
        if keyword not in ("with", "for") or reader.peek() == ":":
            reader.at = begin
            break
        value = reader.value()
        if isinstance(value, Missing):
            reader.at = begin
            break
        before = reader.at
        if reader.word() == "as":
            reader.word()
        else:
            reader.at = before
        if keyword == "for":
            collection = value
        reader.skip_blank()
        if reader.peek() == ",":
            reader.at += 1
    reader.hash()
    return collection


NOTHING = Missing()


def parse_with(reader: Reader) -> None:
    """What is between the file of an ``include`` and its arguments."""
    begin = reader.at
    if reader.word() == "with":
        reader.skip_blank()
        if reader.peek() != ":":
            reader.value()
            begin = reader.at
    reader.at = begin
    reader.hash()


def run_file(file: Operand, kind: str, environment: Environment, exists: Exists | None) -> None:
    """Raises DiesError if the site has no such file, or if no one can tell."""
    name = environment.value(file)
    if name is not UNKNOWN and (not isinstance(name, str) or not name):
        raise DiesError(msg("the file name is empty"))
    if exists is None or not isinstance(name, str):
        shown = f"“{name}”" if isinstance(name, str) else msg("with this name")
        raise UndefinedError(msg("if the site has no file {shown}, the build stops", shown=shown))
    if not exists(kind, name):
        raise UndefinedError(msg("the site has no file “{name}”", name=name))
