"""The options and severities of rules in the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from newslint.config.layers import (
    Part,
)
from newslint.config.rule_selection import (
    UnknownRuleError,
    match,
)
from newslint.core.did_you_mean import nearest
from newslint.core.finding import Severity
from newslint.core.messages import msg
from newslint.linter.options import RuleOptions
from newslint.linter.rule import Rule
from newslint.linter.rule_names import nearest_rule

if TYPE_CHECKING:
    pass


def rule_tables(
    rules: Mapping[str, type[Rule]], parts: list[Part]
) -> tuple[dict[str, RuleOptions], dict[str, Severity]]:
    """Return the options and severities by code; keys of later parts take precedence."""
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


def _options(rule: type[Rule], table: dict[str, Any], part: Part, word: str) -> RuleOptions:
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
