"""Validate front matter against a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core import lazy
from newslint.core.finding import Severity
from newslint.core.messages import msg
from newslint.generators.hugo_changes import DATES
from newslint.post.schema.errors import SchemaError
from newslint.post.schema.fields import kinds
from newslint.post.schema.news_fast_path import News
from newslint.post.schema.severities import READ_AS_DATES, with_severity
from newslint.post.schema.wording import kind_of, name_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.generators import Target
    from newslint.generators.dates import DateReading
    from newslint.post.front_matter import FrontMatter

__all__ = ["DateField", "SchemaError", "check", "date_fields"]

# Day and month of an existing date in any year; 29 February is checked separately.
_DAY = (
    r"(?:(?:0[1-9]|1[0-9]|2[0-8]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|(?:29|30) (?:Jan|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|31 (?:Jan|Mar|May|Jul|Aug|Oct|Dec))"
)
_RFC_2822 = lazy.pattern(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), {_DAY} (?:19[7-9]|20[0-9])[0-9]"
    r" (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT\Z"
)
_NEEDS_A_DATE = frozenset({"hexo", "jekyll", "hugo"})
"""Targets for which an empty ``date`` is worse than none: it stops Jekyll."""

_READ_RFC_2822 = frozenset({"hexo", "jekyll", "hugo", "html"})
"""Targets that read RFC 2822 dates as written (docs/generators.md, row 18a)."""


def check(
    model: type[BaseModel] | News, header: FrontMatter, target: Target
) -> tuple[SchemaError, ...]:
    """Return the errors of parsed front matter by a model, and by the target for dates."""
    data = header.data
    if not isinstance(model, News):
        found = _pydantic_errors(model, data)
    else:
        found = [] if model.fits(data) else _pydantic_errors(model.model, data)
    if target.name == "hexo" and data.get("date") is False and not _is_required(model, ("date",)):
        # Hexo takes it for no date.
        found = [error for error in found if error.path != ("date",)]
        data = {key: value for key, value in data.items() if key != "date"}
    wrong = {error.path for error in found} if found else ()
    paths = _date_paths(model)
    if target.name == "hugo":
        paths += _hugo_dates(model, data, target)
    for path in paths:
        if path[0] not in data:
            continue
        value = data[path[0]]
        if value.__class__ is str and target.name in _READ_RFC_2822 and _RFC_2822.match(value):
            continue
        if value.__class__ is str and not value.strip() and _is_required(model, path):
            if len(path) == 1 and path not in wrong:
                found.append(SchemaError(path, "empty", msg("{path} is empty", path=path[0])))
            continue
        found.extend(_date_errors(header, path, target, wrong))
    return with_severity(found, model) if found else ()


def _pydantic_errors(model: type[BaseModel], data: Mapping[str, Any]) -> list[SchemaError]:
    """Return pydantic's errors of the data, with messages."""
    from pydantic import ValidationError

    try:
        model.__pydantic_validator__.validate_python(data)
    except ValidationError as error:
        from newslint.post.schema import error_messages

        return error_messages.schema_errors(model, error, data)
    except Exception as error:
        words = msg(
            "the model of the site failed: {exception}: {error}",
            exception=type(error).__name__,
            error=str(error),
        )
        return [SchemaError((), "value", words)]
    return []


@cache
def _date_paths(model: type[BaseModel] | News) -> tuple[tuple[str, ...], ...]:
    """Return the paths of dates: ``date`` in any model, and those that the model defines."""
    others = (path for path, kind in kinds(model).items() if kind.date)
    return tuple(dict.fromkeys((("date",), *others)))


def _hugo_dates(
    model: type[BaseModel] | News, data: Mapping[str, Any], target: Target
) -> tuple[tuple[str, ...], ...]:
    """Return further keys that Hugo reads as dates, in versions that stop at an invalid one."""
    if not DATES.may_hold(target.version):
        return ()
    from newslint.generators.hugo_keys import DATE_KEYS

    known = _date_paths(model)
    return tuple((key,) for key in data if key.lower() in DATE_KEYS and (key,) not in known)


def _is_required(model: type[BaseModel] | News, path: tuple[str, ...]) -> bool:
    kind = kinds(model).get(path)
    return kind is not None and kind.required


class DateField(NamedTuple):
    """A date in the front matter: its path, its value, and how the target reads it."""

    path: tuple[str, ...]
    value: object
    reading: DateReading


def date_fields(
    model: type[BaseModel] | News, header: FrontMatter, target: Target
) -> Iterator[DateField]:
    """Yield the dates that are not empty, in the order of the model."""
    for path in _date_paths(model):
        reading = _read(header, path, target)
        if reading is not None:
            yield reading


def _date_errors(
    header: FrontMatter, path: tuple[str, ...], target: Target, wrong: Any
) -> Iterator[SchemaError]:
    if path in wrong:
        return
    date = _read(header, path, target)
    if date is None or date.reading.outcome is None:
        return
    if isinstance(date.value, (bool, list, dict)):
        words = msg(
            "{name} is {kind}; it must be a date",
            name=name_of(path),
            kind=kind_of(date.value),
        )
        yield SchemaError(path, "type", words, outcome=date.reading.outcome)
    else:
        words = msg("{name}: {words}", name=name_of(path), words=date.reading.detail)
        # For Hugo an empty date is no date.
        is_none = target.name == "hugo" and date.value in (None, "")
        severity = Severity.WARNING if is_none else None
        yield SchemaError(path, "date", words, severity=severity, outcome=date.reading.outcome)


def _read(header: FrontMatter, path: tuple[str, ...], target: Target) -> DateField | None:
    value: Any = header.data
    for part in path:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    empty = value is None or (isinstance(value, str) and not value.strip())
    if empty and not (path == ("date",) and target.name in _NEEDS_A_DATE):
        return None
    from newslint.generators.dates import read_date
    from newslint.generators.hugo_keys import DATE_KEYS

    is_read = path[-1] in READ_AS_DATES or (target.name == "hugo" and path[-1].lower() in DATE_KEYS)
    name = target.name if is_read and len(path) == 1 else "html"
    text, plain = None, False
    if not isinstance(value, str):
        scalar = header.scalar(path)
        text = scalar.value if scalar is not None else str(value)
        plain = scalar is not None and not scalar.style
    return DateField(path, value, read_date(value, text, plain, name, target.version))
