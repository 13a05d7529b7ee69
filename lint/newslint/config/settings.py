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
    last_said,
    own_speaking,
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
    """What the ``[online]`` tables say: fields of `newslint.config.online.Online`."""
    site_url: str | None = None
    linked_folders: tuple[str, ...] = ()
    """Folders besides those that are linted to which symbolic links may lead, as absolute paths."""
    baseline: Path | None = None
    """The file of findings that are left out, as an absolute path."""
    run_code: bool = True
    detail: Detail = Detail.NONE
    """What reports hold besides findings."""
    origins: Mapping[str, str] = MappingProxyType({})
    preset: str = NEWS
    """The schema's preset in force, which decides whether house rules are on."""
    site: Site | None = None
    """The site that the file is in, where the target in force builds it."""
    is_configured: bool = False
    """Whether a configuration file is in force, and not the command line alone."""
    site_prefix: str = ""
    """How the absolute path of every file of the site begins; in a store, what represents it."""
    all_files: bool = False
    """Whether a file that contains no post, by its content, is linted nevertheless."""
    said: tuple[Mapping[str, Any], ...] = ()
    """What each layer says, as it is written: what tells these settings from others."""


class Settings(_Values):
    """What judges one post. ``origins`` says for each setting which layer it is from."""

    @cached_property
    def prefix(self) -> str:
        """How the path of every file below the root begins."""
        return os.path.join(self.root, "")  # noqa: PTH118 - ends in a separator

    @cached_property
    def schema(self) -> type[BaseModel] | News:
        """The model of the front matter; built when a post is first checked against it.

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
    """The settings for the file at ``path`` (relative to ``root``) from its layers, the base first.

    ``site`` is the one that the file is in, by the generator's own configuration, and
    ``site_prefix`` how the absolute paths of its files begin; ``detected`` is the target where the
    file is in no site; ``online`` says
    that the network is asked, without which no `OnlineRule` runs; ``all_files`` that files are
    linted that hold no posts. Raises ConfigError where a layer names a rule, option or value that
    does not exist.
    """
    known = list(layers)
    parts = list(parts_of(known, root / path))
    rules, silent = _with_custom(known, root / path)
    origins: dict[str, str] = {}
    chosen = last_said(parts, "target", origins)
    target = _target(chosen, site, detected)
    schema_table = _schema_table(parts, origins)
    preset = schema_table.get("preset") or (NEWS if site is None else preset_of(target))
    if preset != NEWS:
        schema_table["preset"] = preset
    decisions = _decide(rules, parts, preset)
    decisions |= dict.fromkeys(silent, Decision(False, "its files are others"))
    decisions |= {
        code: Decision(True, "what cannot be read is always reported")
        for code, rule in rules.items()
        if issubclass(rule, FileRule) and not decisions[code].on
    }
    if not online:
        decisions |= {
            code: Decision(False, "without --online off by default")
            for code, rule in rules.items()
            if issubclass(rule, OnlineRule) and decisions[code].on
        }
    options, severities = rule_tables(rules, parts)
    active = [
        rule(options.get(code), severities.get(code))
        for code, rule in rules.items()
        if decisions[code].on
    ]
    values = {name: last_of_layers(known, name, origins) for name in _LAYER_SETTINGS}
    if values["limits"] is not None:
        values["limits"] = Limits(**table_of(known, "limits"))
    if values["online"] is not None:
        values["online"] = table_of(known, "online")
    if values["baseline"] is not None:
        values["baseline"] = folder_of(known, "baseline") / values["baseline"]
    if values["linked_folders"] is not None:
        folder = folder_of(known, "linked_folders")
        values["linked_folders"] = tuple(str(folder / one) for one in values["linked_folders"])
    return Settings(
        root=root,
        target=target,
        site=site if site is not None and site.target.name == target.name else None,
        rules=RuleSet(active, known=rules),
        decisions=decisions,
        preset=preset,
        schema_table=schema_table,
        run_code=run_code,
        detail=detail,
        all_files=all_files,
        site_prefix=site_prefix,
        origins=origins,
        is_configured=any(layer.path is not None for layer in known),
        said=tuple(layer.data for layer in known),
        **{name: value for name, value in values.items() if value is not None},
    )


def _target(chosen: str | None, site: Site | None, detected: Target | None) -> Target:
    """The target that the configuration chooses, with the site's version where it names none."""
    if not chosen:
        return detected or Target() if site is None else site.target
    target = Target.parse(chosen)
    if target.version is None and site is not None and site.target.name == target.name:
        return site.target
    return target


def preset_of(target: Target) -> str:
    """Return the preset for the posts of a site that a generator builds."""
    return target.name if target.name in GENERATORS else "minimal"


_LAYER_SETTINGS = (
    "include", "fail_on", "limits", "online", "site_url", "linked_folders", "baseline",
)  # fmt: skip


def _with_custom(layers: list[Layer], file: Path) -> tuple[dict[str, type[Rule]], set[str]]:
    """The installed rules and those of the ``[[rule]]`` tables; which of these are silent here."""
    rules = dict(registry.rules())
    names = {rule.name for rule in rules.values()}
    silent: set[str] = set()
    for layer in layers:
        if not layer.model.rule:
            continue
        from newslint.config import custom_rules

        speaking_here = own_speaking(layer, file)
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
            if ("rule", number) not in speaking_here:
                silent.add(code)
    return rules, silent


def _decide(rules: Mapping[str, type[Rule]], parts: list[Part], preset: str) -> dict[str, Decision]:
    choices = []
    for part in parts:
        said = part.choice
        choices.append(Choice(part.origin, said.select, said.extend_select, said.ignore))
        for key in ("select", "extend_select", "ignore"):
            for word in getattr(said, key) or ():
                try:
                    match(word, rules)
                except UnknownRuleError as error:
                    raise part.fail(str(error), key.replace("_", "-")) from None
    return decide(rules, choices, preset)


def _schema_table(parts: list[Part], origins: dict[str, str]) -> dict[str, Any]:
    """Return the [schema] table: a later part's keys win, and its fields one by one."""
    table: dict[str, Any] = {}
    for part in parts:
        said = dict(part.choice.schema_)
        if not said:
            continue
        _check_schema(said, part)
        fields = {**table.get("fields", {}), **said.pop("fields", {})}
        table |= said
        if fields:
            table["fields"] = fields
        origins["schema"] = part.origin
        if "preset" in part.choice.schema_:
            origins["preset"] = part.origin
    return table


def _check_schema(said: dict[str, Any], part: Part) -> None:
    """Raise ConfigError, with file and line, for a [schema] table that is wrong."""
    from newslint.post import schema

    try:
        schema.build(schema.SchemaSettings.parse({**said, "model": None}))
        schema.SchemaSettings.parse(said)
    except ConfigError as error:
        raise part.fail(str(error), *error.key) from None
