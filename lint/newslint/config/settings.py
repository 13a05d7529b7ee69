"""The settings of a post: all configuration layers combined."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.config.defaults import DEFAULT_INCLUDE, Limits
from newslint.config.layers import (
    Part,
    folder_of,
    last_of_layers,
    last_of_parts,
    own_tables_about,
    parts_of,
    table_of,
)
from newslint.config.loader import Layer
from newslint.config.rule_selection import (
    NEWS,
    Choice,
    Decision,
    UnknownRuleError,
    decide,
    match,
)
from newslint.config.rule_settings import rule_tables
from newslint.core.errors import ConfigError
from newslint.core.messages import msg
from newslint.core.report import Detail
from newslint.generators import Target
from newslint.generators.target import GENERATORS
from newslint.linter import registry
from newslint.linter.rule import FileRule, OnlineRule, Rule
from newslint.linter.ruleset import RuleSet

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.generators.site import Site
    from newslint.post.schema import News


class _Values(NamedTuple):
    root: Path
    target: Target
    rules: RuleSet
    decisions: Mapping[str, Decision]
    schema_table: Mapping[str, Any]
    include: tuple[str, ...] = DEFAULT_INCLUDE
    fail_on: str = "error"
    limits: Limits = Limits()
    online: Mapping[str, Any] = MappingProxyType({})
    """The merged ``[online]`` tables: fields of `newslint.config.online.Online`."""
    site_url: str | None = None
    linked_folders: tuple[str, ...] = ()
    """Further folders that symbolic links may lead to, as absolute paths."""
    baseline: Path | None = None
    """The baseline file, as an absolute path."""
    run_code: bool = True
    detail: Detail = Detail.NONE
    """The contents of reports besides findings."""
    origins: Mapping[str, str] = MappingProxyType({})
    preset: str = NEWS
    """The preset of the schema, which also decides whether house rules are on."""
    site: Site | None = None
    """The file's site, if the target builds it."""
    is_configured: bool = False
    """Whether a configuration file applies, not only the command line."""
    site_prefix: str = ""
    """The common prefix of the absolute paths of the site's files (also for a store)."""
    all_files: bool = False
    """Whether files are linted that do not look like posts."""
    layer_data: tuple[Mapping[str, Any], ...] = ()
    """The data of each layer as written, which identifies these settings."""


class Settings(_Values):
    """The settings for one post. ``origins`` names the layer that each setting comes from."""

    @cached_property
    def prefix(self) -> str:
        """The common prefix of the paths of all files below the root."""
        return os.path.join(self.root, "")  # noqa: PTH118 - ends in a separator

    @cached_property
    def schema(self) -> type[BaseModel] | News:
        """The model of the front matter, built on first use.

        Raises ConfigError for a schema that cannot be built.
        """
        from newslint.post import schema

        if not self.schema_table:
            return schema.NEWS
        settings = schema.SchemaSettings.parse(dict(self.schema_table))
        return schema.build(settings, run_code=self.run_code, folder=self.root)


def resolve(
    layers: Iterable[Layer],
    path: PurePosixPath,
    root: Path,
    site: Site | None,
    *,
    run_code: bool,
    online: bool = False,
    detail: Detail = Detail.NONE,
    all_files: bool = False,
    site_prefix: str = "",
    detected: Target | None = None,
) -> Settings:
    """Return the settings for the file at ``path`` (relative to ``root``) from its layers.

    ``site`` is the site that the file is in, by the generator's configuration, and ``site_prefix``
    the common prefix of its files' absolute paths. ``detected`` is the target of a file outside of
    sites. Without ``online`` no `OnlineRule` runs. ``all_files`` lints files that do not look like
    posts. Raises ConfigError if a layer names an unknown rule, option or value.
    """
    known = list(layers)
    parts = list(parts_of(known, root / path))
    rules, inactive = _with_custom(known, root / path)
    origins: dict[str, str] = {}
    chosen = last_of_parts(parts, "target", origins)
    target = _target(chosen, site, detected)
    schema_table = _schema_table(parts, origins)
    preset = schema_table.get("preset") or (NEWS if site is None else preset_of(target))
    if preset != NEWS:
        schema_table["preset"] = preset
    decisions = _decide(rules, parts, preset)
    _overrule(decisions, rules, inactive, online=online)
    return Settings(
        root=root,
        target=target,
        site=site if site is not None and site.target.name == target.name else None,
        rules=_rule_set(rules, decisions, parts, preset),
        decisions=decisions,
        preset=preset,
        schema_table=schema_table,
        run_code=run_code,
        detail=detail,
        all_files=all_files,
        site_prefix=site_prefix,
        origins=origins,
        is_configured=any(layer.path is not None for layer in known),
        layer_data=tuple(layer.data for layer in known),
        **_layer_values(known, origins),
    )


def _rule_set(
    rules: Mapping[str, type[Rule]],
    decisions: Mapping[str, Decision],
    parts: list[Part],
    preset: str,
) -> RuleSet:
    """Return the rules that are on, with their options and severities."""
    options, severities = rule_tables(rules, parts)
    active = [
        rule(options.get(code), severities.get(code))
        for code, rule in rules.items()
        if decisions[code].on
    ]
    for one in active:
        one.house_rules = preset == NEWS or one.code in severities
    return RuleSet(active, known=rules)


def _target(chosen: str | None, site: Site | None, detected: Target | None) -> Target:
    """Return the configured target, with the site's version if the configuration names none."""
    if not chosen:
        return detected or Target() if site is None else site.target
    target = Target.parse(chosen)
    if target.version is None and site is not None and site.target.name == target.name:
        return site.target
    return target


def preset_of(target: Target) -> str:
    """Return the preset for posts that a generator builds."""
    return target.name if target.name in GENERATORS else "minimal"


_LAYER_SETTINGS = (
    "include", "fail_on", "limits", "online", "site_url", "linked_folders", "baseline",
)  # fmt: skip


def _layer_values(layers: list[Layer], origins: dict[str, str]) -> dict[str, Any]:
    """Return the layers' values besides rules and schema; paths are relative to their files."""
    values = {name: last_of_layers(layers, name, origins) for name in _LAYER_SETTINGS}
    if values["limits"] is not None:
        values["limits"] = Limits(**table_of(layers, "limits"))
    if values["online"] is not None:
        values["online"] = table_of(layers, "online")
    if values["baseline"] is not None:
        values["baseline"] = folder_of(layers, "baseline") / values["baseline"]
    if values["linked_folders"] is not None:
        folder = folder_of(layers, "linked_folders")
        values["linked_folders"] = tuple(str(folder / one) for one in values["linked_folders"])
    return {name: value for name, value in values.items() if value is not None}


def _with_custom(layers: list[Layer], file: Path) -> tuple[dict[str, type[Rule]], set[str]]:
    """Return installed and ``[[rule]]`` rules, and the codes of those that exclude the file."""
    rules = dict(registry.rules())
    names = {rule.name for rule in rules.values()}
    inactive: set[str] = set()
    for layer in layers:
        if not layer.model.rule:
            continue
        from newslint.config import custom_rules

        applying = own_tables_about(layer, file)
        for number, (code, rule) in enumerate(custom_rules.rules(layer).items()):
            if code in rules or rule.name in names:
                taken = code if code in rules else rule.name
                raise layer.fail(
                    msg("{taken!r} is used by another rule; choose another one", taken=taken),
                    "rule",
                    number,
                )
            rules[code] = rule
            names.add(rule.name)
            if ("rule", number) not in applying:
                inactive.add(code)
    return rules, inactive


def _decide(rules: Mapping[str, type[Rule]], parts: list[Part], preset: str) -> dict[str, Decision]:
    choices = []
    for part in parts:
        choice = part.choice
        choices.append(Choice(part.origin, choice.select, choice.extend_select, choice.ignore))
        for key in ("select", "extend_select", "ignore"):
            for word in getattr(choice, key) or ():
                try:
                    match(word, rules)
                except UnknownRuleError as error:
                    raise part.fail(str(error), key.replace("_", "-")) from None
    return decide(rules, choices, preset)


def _overrule(
    decisions: dict[str, Decision],
    rules: Mapping[str, type[Rule]],
    inactive: set[str],
    *,
    online: bool,
) -> None:
    """Decide about rules that no selector changes: those always on, and those that cannot run."""
    decisions |= dict.fromkeys(inactive, Decision(False, "its files are others"))
    for code, rule in rules.items():
        is_on = decisions[code].on
        if issubclass(rule, FileRule) and not is_on:
            decisions[code] = Decision(True, "what cannot be read is always reported")
        elif issubclass(rule, OnlineRule) and is_on and not online:
            decisions[code] = Decision(False, "without --online off by default")


def _schema_table(parts: list[Part], origins: dict[str, str]) -> dict[str, Any]:
    """Return the merged [schema] table; later parts take precedence key by key, field by field."""
    table: dict[str, Any] = {}
    for part in parts:
        own = dict(part.choice.schema_)
        if not own:
            continue
        _check_schema(own, part)
        fields = {**table.get("fields", {}), **own.pop("fields", {})}
        table |= own
        if fields:
            table["fields"] = fields
        origins["schema"] = part.origin
        if "preset" in part.choice.schema_:
            origins["preset"] = part.origin
    return table


def _check_schema(table: dict[str, Any], part: Part) -> None:
    """Raise ConfigError, with file and line, for an invalid [schema] table."""
    from newslint.post import schema

    try:
        schema.build(schema.SchemaSettings.parse({**table, "model": None}))
        schema.SchemaSettings.parse(table)
    except ConfigError as error:
        raise part.fail(str(error), *error.key) from None
