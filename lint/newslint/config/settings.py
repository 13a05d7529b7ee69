"""The settings in force for one post: the layers of configuration, brought together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.config.defaults import DEFAULT_INCLUDE, Limits
from newslint.config.loader import Layer
from newslint.config.rule_selection import (
    NEWS,
    Choice,
    Decision,
    UnknownRuleError,
    decide,
    match,
)
from newslint.core.did_you_mean import nearest
from newslint.core.errors import ConfigError, NewslintError
from newslint.core.finding import Severity
from newslint.core.messages import msg
from newslint.core.patterns import patterns
from newslint.core.report import Detail
from newslint.generators import Target
from newslint.generators.target import GENERATORS
from newslint.linter import registry
from newslint.linter.options import RuleOptions
from newslint.linter.rule import FileRule, OnlineRule, Rule
from newslint.linter.rule_names import nearest_rule
from newslint.linter.ruleset import RuleSet

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.config.model import RuleChoice
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
    """The site that the file lies in, where the target in force builds it."""
    is_configured: bool = False
    """Whether a configuration file is in force, and not the command line alone."""
    all_files: bool = False
    """Whether a file that holds no post, by its content, is linted all the same."""
    said: tuple[Mapping[str, Any], ...] = ()
    """What each layer says, as it is written: what tells these settings from others."""


class Settings(_Values):
    """What judges one post. ``origins`` says for each setting which layer it is from."""

    @cached_property
    def prefix(self) -> str:
        """How the path of every file below the root begins."""
        return os.path.join(self.root, "")  # noqa: PTH118 - ends in a separator

    @cached_property
    def site_prefix(self) -> str:
        """How the path of every file of the site begins; empty where there is no site."""
        return "" if self.site is None else os.path.join(self.site.root, "")  # noqa: PTH118

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


class _Part(NamedTuple):
    """A layer, or one of its overrides, as far as it speaks of the file in question."""

    origin: str
    layer: Layer
    choice: RuleChoice
    place: tuple[str | int, ...]

    def fail(self, message: str, *path: str | int) -> NewslintError:
        return self.layer.fail(message, *self.place, *path)


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
) -> Settings:
    """The settings for the file at ``path`` (relative to ``root``) from its layers, the base first.

    ``site`` is the one that the file lies in, by the generator's own configuration; ``online`` says
    that the network is asked, without which no `OnlineRule` runs; ``all_files`` that files are
    linted that hold no posts. Raises ConfigError where a layer names a rule, option or value that
    does not exist.
    """
    known = list(layers)
    parts = list(_parts(known, root / path))
    rules, silent = _with_custom(known, root / path)
    origins: dict[str, str] = {}
    chosen = _last(parts, "target", origins)
    target = _target(chosen, site)
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
    options, severities = _rule_tables(rules, parts)
    active = [
        rule(options.get(code), severities.get(code))
        for code, rule in rules.items()
        if decisions[code].on
    ]
    values = {name: _last_of_layers(known, name, origins) for name in _LAYER_SETTINGS}
    if values["limits"] is not None:
        values["limits"] = Limits(**_table(known, "limits"))
    if values["online"] is not None:
        values["online"] = _table(known, "online")
    if values["baseline"] is not None:
        values["baseline"] = _folder_of(known, "baseline") / values["baseline"]
    if values["linked_folders"] is not None:
        folder = _folder_of(known, "linked_folders")
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
        origins=origins,
        is_configured=any(layer.path is not None for layer in known),
        said=tuple(layer.data for layer in known),
        **{name: value for name, value in values.items() if value is not None},
    )


def _target(chosen: str | None, site: Site | None) -> Target:
    """The target that the configuration chooses, with the site's version where it names none."""
    if not chosen:
        return Target() if site is None else site.target
    target = Target.parse(chosen)
    if target.version is None and site is not None and site.target.name == target.name:
        return site.target
    return target


def preset_of(target: Target) -> str:
    """The preset for the posts of a site that a generator builds."""
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

        speaking_here = _speaking(layer, file)
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


def _parts(layers: list[Layer], file: Path) -> Iterator[_Part]:
    for layer in layers:
        yield _Part(layer.origin, layer, layer.model, ())
        for kind, number in _speaking(layer, file):
            if kind == "overrides":
                origin = msg(
                    "[[overrides]] {number} of {origin}", number=number + 1, origin=layer.origin
                )
                override = layer.model.overrides[number]
                yield _Part(origin, layer, override, ("overrides", number))


def speaking(layers: Iterable[Layer], file: Path) -> tuple[tuple[int, str, int], ...]:
    """Which tables of which layers speak of a file: files with the same ones share settings."""
    return tuple(
        (at, *which) for at, layer in enumerate(layers) for which in _speaking(layer, file)
    )


def _speaking(layer: Layer, file: Path) -> list[tuple[str, int]]:
    """The overrides and custom rules of a layer that speak of a file, by kind and number."""
    found = [
        ("overrides", number)
        for number, override in enumerate(layer.model.overrides)
        if _fits(override.files, layer, file)
    ]
    for number, table in enumerate(layer.model.rule):
        files = table.get("files")
        if not isinstance(files, list) or not files or _fits(tuple(map(str, files)), layer, file):
            found.append(("rule", number))
    return found


def _fits(lines: tuple[str, ...], layer: Layer, file: Path) -> bool:
    if not file.is_relative_to(layer.folder):
        return False
    return patterns(lines).match_file(file.relative_to(layer.folder).as_posix())


def _decide(
    rules: Mapping[str, type[Rule]], parts: list[_Part], preset: str
) -> dict[str, Decision]:
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


def _rule_tables(
    rules: Mapping[str, type[Rule]], parts: list[_Part]
) -> tuple[dict[str, RuleOptions], dict[str, Severity]]:
    """The options and severities by code; a later part's keys win, one by one."""
    tables: dict[str, dict[str, Any]] = {}
    severities: dict[str, Severity] = {}
    options: dict[str, RuleOptions] = {}
    for part in parts:
        for word, severity in part.choice.severity.items():
            try:
                severities.update(dict.fromkeys(match(word, rules), severity))
            except UnknownRuleError as error:
                raise part.fail(str(error), "severity", word) from None
        for word, table in part.choice.rules.items():
            code = _exactly(word, rules)
            if code is None:
                hint = nearest_rule(word, rules)
                raise part.fail(
                    msg("unknown rule {word!r}{nearest}", word=word, nearest=hint),
                    "rules",
                    word,
                )
            tables.setdefault(code, {}).update(table)
            options[code] = _options(rules[code], tables[code], part, word)
    return options, severities


def _exactly(word: str, rules: Mapping[str, type[Rule]]) -> str | None:
    if word in rules:
        return word
    return next((code for code, rule in rules.items() if rule.name == word), None)


def _options(rule: type[Rule], table: dict[str, Any], part: _Part, word: str) -> RuleOptions:
    from pydantic import ValidationError

    try:
        options: RuleOptions = rule.Options.model_validate(table)
        return options
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        if first["type"] == "extra_forbidden":
            known = [info.alias or name for name, info in rule.Options.model().model_fields.items()]
            message = msg(
                "rules.{word} has no option {key!r}{nearest}",
                word=word,
                key=key,
                nearest=nearest(key, known),
            )
        else:
            message = f"rules.{word}.{key}: {first['msg'].removeprefix('Value error, ')}"
        raise part.fail(message, "rules", word, key) from None


def _schema_table(parts: list[_Part], origins: dict[str, str]) -> dict[str, Any]:
    """The [schema] table: a later part's keys win, and its fields one by one."""
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


def _check_schema(said: dict[str, Any], part: _Part) -> None:
    """Raise ConfigError, with file and line, for a [schema] table that is wrong."""
    from newslint.post import schema

    try:
        schema.build(schema.SchemaSettings.parse({**said, "model": None}))
        schema.SchemaSettings.parse(said)
    except ConfigError as error:
        raise part.fail(str(error), *error.key) from None


def _last(parts: list[_Part], name: str, origins: dict[str, str]) -> str | None:
    found = None
    for part in parts:
        if (value := getattr(part.choice, name)) is not None:
            found, origins[name] = value, part.origin
    return found


def _table(layers: list[Layer], name: str) -> dict[str, Any]:
    """The tables of a name of all layers; a later layer's keys win, one by one."""
    said: dict[str, Any] = {}
    for layer in layers:
        said |= getattr(layer.model, name).model_dump(exclude_unset=True)
    return said


def _folder_of(layers: list[Layer], name: str) -> Path:
    """The folder of the layer that has the last word on a setting."""
    return [layer.folder for layer in layers if name in layer.model.model_fields_set][-1]


def _last_of_layers(layers: list[Layer], name: str, origins: dict[str, str]) -> Any:
    found = None
    for layer in layers:
        if name in layer.model.model_fields_set:
            found = getattr(layer.model, name)
            origins[name.replace("_", "-")] = layer.origin
    return found
