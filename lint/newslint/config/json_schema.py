"""The JSON Schema of the configuration file, including the rules' options, for editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from newslint.config.model import ConfigModel
from newslint.core.finding import Severity
from newslint.generators import VERSIONS, Target
from newslint.linter import registry, rule_docs
from newslint.linter.custom_rules import CustomRule
from newslint.linter.rule import Rule
from newslint.post.schema.json_schema import DIALECT
from newslint.post.schema.settings import SchemaSettings

SCHEMA_URL = "https://newslint.github.io/newslint/newslint.schema.json"
"""The URL at which the documentation publishes the schema."""

_TYPES = ("text", "url", "bool", "integer", "number", "date", "list", "mapping", "any")
_ALIASES = ("string", "str", "boolean", "int", "float", "datetime", "array", "table", "object")


def config_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``newslint.toml``."""
    rules = registry.rules()
    schema = ConfigModel.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema.setdefault("$defs", {})
    definitions["selector"] = _selector(rules.values())
    definitions["custom-rule"] = _hoisted(
        "custom-rule", CustomRule.model_json_schema(), definitions
    )
    definitions["field"] = _field()
    definitions["schema"] = _schema_table()
    tables = {code: _options(rule, definitions) for code, rule in rules.items()}
    tables |= {rule.name: {"$ref": f"#/$defs/options.{code}"} for code, rule in rules.items()}
    for code in rules:
        definitions[f"options.{code}"] = tables[code]
        tables[code] = {"$ref": f"#/$defs/options.{code}"}
    for table in (schema, definitions["Override"]):
        _sharpen(table["properties"], tables)
    schema["properties"]["rule"]["items"] = {"$ref": "#/$defs/custom-rule"}
    return {"$schema": DIALECT, "$id": SCHEMA_URL, **schema, "title": "newslint.toml"}


def _sharpen(properties: dict[str, Any], tables: Mapping[str, Any]) -> None:
    """Add what the pydantic model checks later: rules, options, targets, the schema table."""
    selector = {"$ref": "#/$defs/selector"}
    for key in ("select", "extend-select", "ignore"):
        properties[key] = {"type": "array", "items": selector}
    severities = {"enum": [severity.value for severity in Severity]}
    properties["severity"] = {
        "type": "object",
        "propertyNames": selector,
        "additionalProperties": severities,
    }
    properties["rules"] = {
        "type": "object",
        "properties": dict(tables),
        # The rules of [[rule]] tables have no options.
        "additionalProperties": False,
    }
    properties["schema"] = {"$ref": "#/$defs/schema"}
    known = [str(Target(name, one)) for name, many in VERSIONS.items() for one in (None, *many)]
    properties["target"] = {
        "type": "string",
        "anyOf": [{"enum": known}, {"pattern": "^[a-z]+@[0-9]+\\."}],
    }


def _selector(rules: Iterable[type[Rule]]) -> dict[str, Any]:
    """Return the schema of a selector: code, name, family, ALL, prefix, code of a ``[[rule]]``."""
    known = list(rules)
    families = sorted({registry.family(rule.code) for rule in known})
    words = ["ALL", *families, *(rule.code for rule in known), *(rule.name for rule in known)]
    return {"type": "string", "anyOf": [{"enum": words}, {"pattern": "^[A-Z]{1,8}[0-9]{0,3}$"}]}


def _options(rule: type[Rule], definitions: dict[str, Any]) -> dict[str, Any]:
    table = _hoisted(f"options.{rule.code}", rule.Options.model_json_schema(), definitions)
    return {
        **table,
        "title": f"{rule.code} {rule.name}",
        "description": f"{rule_docs.summary(rule)} {rule_docs.rule_url(rule) or ''}".rstrip(),
    }


def _hoisted(name: str, schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose definitions are moved to ``definitions``, under unique names."""
    inner = schema.pop("$defs", {})
    text = json.dumps([schema, inner]).replace('"#/$defs/', f'"#/$defs/{name}.')
    moved, inner = json.loads(text)
    definitions.update({f"{name}.{key}": value for key, value in inner.items()})
    result: dict[str, Any] = moved
    return result


def _schema_table() -> dict[str, Any]:
    table = SchemaSettings.model_json_schema(by_alias=True)
    properties = {key: table["properties"][key] for key in ("preset", "model", "severity")}
    properties["fields"] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _field() -> dict[str, Any]:
    """Return the schema of a field: a type's name, or a table; nested tables are its fields."""
    types = {"enum": [*_TYPES, *_ALIASES]}
    table = SchemaSettings.model_json_schema(by_alias=True)["$defs"]["FieldSettings"]
    properties = {**table["properties"], "type": types, "items": {"$ref": "#/$defs/field"}}
    inner = {"type": "object", "$ref": "#/$defs/field"}
    return {
        "anyOf": [
            types,
            {"type": "object", "properties": properties, "additionalProperties": inner},
        ]
    }
