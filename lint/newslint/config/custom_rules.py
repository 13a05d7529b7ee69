"""The rules of a configuration's ``[[rule]]`` tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from newslint.core.messages import msg
from newslint.linter.custom_rules import CustomRule, compiled_of, rule_of
from newslint.linter.rule import Rule

if TYPE_CHECKING:
    from newslint.config.loader import Layer


def rules(layer: Layer) -> dict[str, type[Rule]]:
    """Return the rules of a layer's ``[[rule]]`` tables, by code.

    Raises ConfigError, with the line, for an invalid table or expression.
    """
    made: dict[str, type[Rule]] = {}
    for number, data in enumerate(layer.model.rule):
        try:
            table = CustomRule.model_validate(data)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            words = str(first["msg"]).removeprefix("Value error, ")
            key = ".".join(str(part) for part in first["loc"])
            message = msg(
                "[[rule]] {number}: {key}{words}",
                number=number + 1,
                key=key + ": " if key else "",
                words=words,
            )
            raise layer.fail(message, "rule", number, *first["loc"]) from None
        try:
            compiled = compiled_of(table)
        except ValueError as error:
            message = msg(
                "[[rule]] {number} ({code}): invalid {key}: {error}",
                number=number + 1,
                code=table.code,
                key=table.key,
                error=str(error),
            )
            raise layer.fail(message, "rule", number, table.key) from None
        if table.code in made:
            raise layer.fail(
                msg("the code {code} is used twice", code=table.code), "rule", number, "code"
            )
        made[table.code] = rule_of(table, compiled, layer.origin)
    return made
