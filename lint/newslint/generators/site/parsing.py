"""Values of a site's configuration and data files; a file that does not parse has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from newslint.generators.front_matter import read

TEXT_LIMIT = 256_000
"""Characters of one configuration file or front matter that are parsed; longer files are data."""

VALUE_LIMIT = 20_000
"""Values that one file may hold, each YAML alias written out."""

FORMS = {"yaml": "yaml", "yml": "yaml", "toml": "toml", "json": "json"}
"""The form of a file by its suffix, without the dot."""

_TOML_DOTS = 1_000

EMPTY: Mapping[str, Any] = MappingProxyType({})


def parse(text: str, form: str, target: str) -> dict[str, Any] | None:
    """Return the mapping that a text in YAML, TOML or JSON holds, or None; never raises.

    ``target`` names the generator whose YAML it is.
    """
    if len(text) > TEXT_LIMIT:
        return None
    try:
        values = _PARSERS[form](text, target)
        return values if isinstance(values, dict) and _fits(values) else None
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None


def front_matter(text: str, target: str, *, html_file: bool = False) -> Mapping[str, Any]:
    """Return the front matter of a file as its generator reads it; empty where there is none."""
    found = read(text, target, html_file=html_file)
    if found.form is None or found.error is not None:
        return EMPTY
    return parse(text[found.start : found.end], found.form, target) or EMPTY


def section(values: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """Return the mapping below some keys; empty where there is none."""
    found: Any = values
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else EMPTY


def texts(value: Any) -> tuple[str, ...]:
    """Return a text, or the texts of a list; all else is left out."""
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a mapping, or the mappings of a list."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one


def lower_keys(value: Any) -> Any:
    """Return a value of `parse` with all keys of its mappings in lower case."""
    if isinstance(value, dict):
        return {str(key).lower(): lower_keys(one) for key, one in value.items()}
    if isinstance(value, list):
        return [lower_keys(one) for one in value]
    return value


def _yaml(text: str, target: str) -> Any:
    from newslint.generators import yaml
    from newslint.generators.yaml.simple import simple

    # Most front matter is so plain that no YAML parser is needed: a third of the time.
    if yaml.is_simple(text):
        found = simple(text, yaml.dialect(target))
        if found is not None:
            return found
    return yaml.load(text, target)


def _toml(text: str, target: str) -> Any:
    import tomllib

    # A key of n parts takes tomllib n² memory.
    if any(line.count(".") > _TOML_DOTS for line in text.split("\n")):
        return None
    try:
        return tomllib.loads(text)
    except ValueError:
        if target != "hugo":
            raise
    from newslint.generators.toml import as_toml_10

    return tomllib.loads(as_toml_10(text, newer=True).text)


def _json(text: str, target: str) -> Any:
    import json

    return json.loads(text)


_PARSERS = {"yaml": _yaml, "toml": _toml, "json": _json}


def _fits(value: Any) -> bool:
    """Whether a value has few parts, aliases written out: what is made of it then is bounded."""
    left, waiting = VALUE_LIMIT, [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        left -= 1
        if left < 0 or depth > 50:
            return False
        if isinstance(one, Mapping):
            waiting.extend((part, depth + 1) for part in one.values())
        elif isinstance(one, list):
            waiting.extend((part, depth + 1) for part in one)
    return True
