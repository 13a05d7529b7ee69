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

    Raises ConfigError at the line of a table or expression that is wrong.
    """
    made: dict[str, type[Rule]] = {}
    for number, table in enumerate(layer.model.rule):
        try:
            said = CustomRule.model_validate(table)
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
            compiled = compiled_of(said)
        except ValueError as error:
            message = msg(
                "[[rule]] {number} ({code}): invalid {key}: {error}",
                number=number + 1,
                code=said.code,
                key=said.key,
                error=str(error),
            )
            raise layer.fail(message, "rule", number, said.key) from None
        if said.code in made:
            raise layer.fail(
                msg("the code {code} is used twice", code=said.code), "rule", number, "code"
            )
        made[said.code] = rule_of(said, compiled, layer.origin)
    return made
