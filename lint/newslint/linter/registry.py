"""Find all rules, built-in ones and those of plug-ins, by an entry point group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from newslint.core import lazy
from newslint.core.entry_points import EntryPoint, entry_points
from newslint.core.errors import PluginError
from newslint.core.messages import msg
from newslint.linter.rule import (
    ArchiveRule,
    ElementRule,
    FileRule,
    FrontMatterRule,
    PostRule,
    Rule,
    SuppressionRule,
)

GROUP = "newslint.rules"
"""The entry point group. An entry point is a function that returns rule classes."""

BUILT_IN = "newslint_rules"
"""The package of the built-in rules."""

_CODE = lazy.pattern(r"[A-Z]{2,8}[0-9]{3}")
_NAME = lazy.pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_KINDS = (ElementRule, FrontMatterRule, PostRule, ArchiveRule, FileRule, SuppressionRule)


@cache
def rules() -> Mapping[str, type[Rule]]:
    """Return every installed rule by code, sorted by code.

    Raises PluginError if a plug-in cannot be loaded, violates the contract, or uses a code or name
    of another rule.
    """
    found: list[tuple[type[Rule], str]] = []
    for entry_point in entry_points(GROUP):
        found += ((rule, entry_point.name) for rule in _load(entry_point))
    return collect(found)


def is_built_in(rule: type[Rule] | None) -> bool:
    """Return whether a rule is built in, not from a plug-in or a configuration."""
    return rule is not None and rule.__module__.partition(".")[0] == BUILT_IN


def collect(found: Iterable[tuple[type[Rule], str]]) -> Mapping[str, type[Rule]]:
    """Return the rules by code after checking their contract; see `rules`."""
    by_code: dict[str, type[Rule]] = {}
    names: dict[str, str] = {}
    for rule, origin in sorted(found, key=lambda pair: str(getattr(pair[0], "code", ""))):
        _check_contract(rule, origin)
        if rule.code in by_code:
            raise PluginError(
                msg(
                    "{origin}: code {code} is used by {module__}",
                    origin=origin,
                    code=rule.code,
                    module__=by_code[rule.code].__module__,
                )
            )
        if rule.name in names:
            raise PluginError(
                msg(
                    "{origin}: name {name!r} is used by {names}",
                    origin=origin,
                    name=rule.name,
                    names=names[rule.name],
                )
            )
        by_code[rule.code] = rule
        names[rule.name] = rule.code
    return MappingProxyType(by_code)


def _load(entry_point: EntryPoint) -> list[type[Rule]]:
    try:
        return list(entry_point.load()())
    except Exception as error:
        raise PluginError(
            msg(
                "plug-in {name!r} ({value}) cannot be loaded: {exception}: {error}",
                name=entry_point.name,
                value=entry_point.value,
                exception=type(error).__name__,
                error=str(error),
            )
        ) from error


def _check_contract(rule: object, origin: str) -> None:
    if not (isinstance(rule, type) and issubclass(rule, _KINDS)):
        raise PluginError(msg("{origin}: {rule!r} is not a rule", origin=origin, rule=rule))
    for attribute, pattern in (("code", _CODE), ("name", _NAME)):
        value = getattr(rule, attribute, None)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise PluginError(
                msg(
                    "{origin}: {rule} has an invalid {attribute}: {value!r}",
                    origin=origin,
                    rule=rule.__name__,
                    attribute=attribute,
                    value=value,
                )
            )
    if not rule.__doc__:
        raise PluginError(
            msg("{origin}: {code} has no documentation", origin=origin, code=rule.code)
        )


def family(code: str) -> str:
    """Return the letters of a code: ``IMG`` of ``IMG001``."""
    return code.rstrip("0123456789")
