"""What a rule says of itself, for pages, for the terminal and for scripts."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable
from typing import Any

from newslint.registry import family
from newslint.rule import Bad, Good, Rule
from newslint.testing import unmark

URL = "https://newslint.github.io/newslint/rules/{code}"
"""Where a rule's page is; the pages under docs/rules are made from the rules themselves."""


def rule_url(code: str) -> str:
    """The address of a rule's page."""
    return URL.format(code=code)


def summary(rule: type[Rule]) -> str:
    """The first sentence of a rule's documentation."""
    return " ".join(inspect.getdoc(rule).split("\n\n")[0].split())  # type: ignore[union-attr]


def explanation(rule: type[Rule]) -> str:
    """All but the first paragraph of a rule's documentation, in Markdown."""
    return (inspect.getdoc(rule) or "").partition("\n\n")[2].strip()


def describe(rule: type[Rule]) -> dict[str, Any]:
    """The object of ``newslint rules --output-format json``."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": family(rule.code),
        "severity": rule.severity.value,
        "default": rule.default,
        "fix": rule.fix.value if rule.fix else None,
        "targets": list(rule.targets),
        "summary": summary(rule),
        "url": rule_url(rule.code),
    }


def explain(rule: type[Rule]) -> dict[str, Any]:
    """The object of ``newslint rule CODE --output-format json``."""
    return {
        **describe(rule),
        "explanation": explanation(rule),
        "bad": [_bad(example) for example in rule.bad],
        "good": [_good(example) for example in rule.good],
        "options": options(rule),
    }


def options(rule: type[Rule]) -> list[dict[str, Any]]:
    """A rule's options: name, type in words, default, description."""
    schema = rule.Options.model_json_schema()
    return [
        {
            "name": name,
            "type": _type(field),
            "default": field.get("default"),
            "description": field.get("description", ""),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return " or ".join(repr(choice) for choice in field["enum"])
    if "const" in field:
        return repr(field["const"])
    if "anyOf" in field:
        return " or ".join(_type(part) for part in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    names = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true or false",
    }
    return names.get(field.get("type", ""), "any")


def _bad(example: Bad) -> dict[str, Any]:
    text, spans = unmark(example.text)
    return {
        "text": text,
        "path": example.path,
        "target": example.target,
        "options": dict(example.options),
        "spans": [{"start": span.start, "end": span.end} for span in spans],
        "fixed": example.fixed,
    }


def _good(example: Good) -> dict[str, Any]:
    return {
        "text": example.text,
        "path": example.path,
        "target": example.target,
        "options": dict(example.options),
    }


def page(rule: type[Rule]) -> str:
    """A rule's page in Markdown: why, bad, good, fixed text, options."""
    parts = [
        f"# {rule.code} {rule.name}",
        _facts(rule),
        summary(rule),
        explanation(rule),
        *(_bad_in_markdown(example) for example in rule.bad),
        *(_good_in_markdown(example) for example in rule.good),
        _options_in_markdown(rule),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(rule: type[Rule]) -> str:
    facts = [f"severity: **{rule.severity}**" if rule.default else "**off** unless selected"]
    facts.append(f"fix: **{rule.fix}**" if rule.fix else "no fix")
    if rule.targets:
        facts.append(f"targets: {', '.join(rule.targets)}")
    return " · ".join(facts)


def _bad_in_markdown(example: Bad) -> str:
    text, spans = unmark(example.text)
    said = "Bad" if spans else "Bad, at the very beginning"
    parts = [f"## {said}{_circumstances(example)}", _fenced(example.text)]
    if example.fixed is not None and example.fixed != text:
        parts += ["fixed:", _fenced(example.fixed)]
    return "\n\n".join(parts)


def _good_in_markdown(example: Good) -> str:
    return f"## Good{_circumstances(example)}\n\n{_fenced(example.text)}"


def _circumstances(example: Bad | Good) -> str:
    words = [] if example.target == "hexo" else [f"target `{example.target}`"]
    words += [f"`{_kebab(name)} = {_toml(value)}`" for name, value in example.options.items()]
    if example.path != "post.html":
        words.append(f"`{example.path}`")
    return f" ({', '.join(words)})" if words else ""


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def _toml(value: object) -> str:
    """A value as it is written in TOML; JSON is the same for all that options hold."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _fenced(text: str) -> str:
    from newslint.escape import plain

    text = "\n".join(plain(line, keep_tabs=True) for line in text.split("\n"))
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return f"{ticks}html\n{text.rstrip()}\n{ticks}"


def _options_in_markdown(rule: type[Rule]) -> str:
    rows = [
        f"- `{option['name']}` ({option['type']}, default `{_toml(option['default'])}`): "
        f"{option['description']}"
        for option in options(rule)
    ]
    return "\n".join(["## Options", "", *rows]) if rows else ""


def index(rules: Iterable[type[Rule]]) -> str:
    """The table of all rules in Markdown, a family after the other."""
    lines = [
        "# The rules",
        "",
        "In the bad examples ⟦…⟧ marks what is found, exactly; the marks are no part of the post.",
    ]
    last = ""
    for rule in rules:
        if family(rule.code) != last:
            last = family(rule.code)
            lines += ["", f"## {last}", "", "| rule | name | severity | fix | what |"]
            lines += ["| --- | --- | --- | --- | --- |"]
        severity = rule.severity.value if rule.default else "off"
        fix = rule.fix.value if rule.fix else ""
        what = summary(rule).replace("|", "\\|")
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {severity} | {fix} | {what} |"
        )
    return "\n".join(lines) + "\n"
