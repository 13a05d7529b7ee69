"""The documentation of a rule, for pages, the terminal and scripts."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from newslint.core.finding import Finding, Impact
from newslint.core.language import ENGLISH, Language
from newslint.core.messages import join_comma, msg
from newslint.core.names import kebab
from newslint.linter import registry
from newslint.linter.examples import run_example, unmark
from newslint.linter.families import family_name
from newslint.linter.registry import family, is_built_in
from newslint.linter.rule import Bad, Good, Rule

URL = "https://newslint.github.io/newslint/rules/{code}"
"""Where a rule's page is; docs/hooks.py makes the pages when the site is built."""


def rule_url(rule: type[Rule]) -> str | None:
    """Return the URL of a rule's documentation page, or None."""
    return rule.url or (URL.format(code=rule.code) if is_built_in(rule) else None)


def finding_url(finding: Finding) -> str | None:
    """Return the URL of the page about a finding's rule, or None."""
    rule = registry.rules().get(finding.code)
    return finding.url or (None if rule is None else rule_url(rule))


def summary(rule: type[Rule], language: Language = ENGLISH) -> str:
    """Return the first sentence of a rule's documentation."""
    first = (inspect.getdoc(rule) or "").partition("\n\n")[0]
    return language.translate(" ".join(first.split()))


def explanation(rule: type[Rule], language: Language = ENGLISH) -> str:
    """Return a rule's documentation without the first paragraph, in Markdown."""
    return language.translate((inspect.getdoc(rule) or "").partition("\n\n")[2].strip())


def describe(rule: type[Rule], language: Language = ENGLISH) -> dict[str, Any]:
    """Return the object of ``newslint rules --output-format json``."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": family(rule.code),
        "severity": rule.severity.value,
        "impact": rule.impact.value,
        "default": rule.default,
        "fix": rule.fix.value if rule.fix else None,
        "targets": list(rule.targets),
        "summary": summary(rule, language),
        "url": rule_url(rule),
    }


def explain(rule: type[Rule], language: Language = ENGLISH) -> dict[str, Any]:
    """Return the object of ``newslint rule CODE --output-format json``."""
    return {
        **describe(rule, language),
        "explanation": explanation(rule, language),
        "bad": [_bad(example) for example in rule.bad],
        "good": [_good(example) for example in rule.good],
        "options": options(rule, language),
    }


def options(rule: type[Rule], language: Language = ENGLISH) -> list[dict[str, Any]]:
    """Return a rule's options: name, type as a message, default, description."""
    schema = rule.Options.model_json_schema()
    return [
        {
            "name": name,
            "type": _type(field, language.translate),
            "default": field.get("default"),
            "description": language.translate(field.get("description", "")),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _type(field: dict[str, Any], translate: Callable[[str], str]) -> str:
    if "enum" in field:
        return translate(" or ").join(repr(choice) for choice in field["enum"])
    if "const" in field:
        return repr(field["const"])
    if "anyOf" in field:
        return translate(" or ").join(_type(part, translate) for part in field["anyOf"])
    if field.get("type") == "array":
        return translate(msg("list of {items}", items=_type(field.get("items", {}), translate)))
    names = {
        "string": "text",
        "integer": "integer",
        "number": "number",
        "boolean": "true or false",
    }
    return translate(names.get(field.get("type", ""), "any"))


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


def page(rule: type[Rule], language: Language = ENGLISH, *, brief: bool = False) -> str:
    """Return a rule's page in Markdown: why, bad, good, fixed text, options.

    The heading of a bad example is its finding's message, unless ``brief``: that runs the rule.
    """
    parts = [
        f"# {rule.code} {rule.name}",
        _facts(rule, language),
        summary(rule, language),
        explanation(rule, language),
        *(_bad_in_markdown(rule, example, language, brief) for example in rule.bad),
        *_good_in_markdown(rule.good, language),
        _options_in_markdown(rule, language),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


_IMPACTS = {
    Impact.BUILD: msg("the generator stops, and no page is built"),
    Impact.POST: msg("the post is not published, or under another URL"),
    Impact.CONTENT: msg("text, an image or a link is lost or wrong"),
    Impact.SECURITY: msg("a script of another site runs, or readers are tracked"),
    Impact.HOUSE: msg("a convention of the site"),
}


def impact_fact(impact: Impact) -> str:
    """Return what an impact means, as a message with Markdown; the name is that of the options."""
    meaning = _IMPACTS[impact]
    return msg("impact: `{impact}` ({meaning})", impact=impact.value, meaning=meaning)


def _facts(rule: type[Rule], language: Language) -> str:
    severity = msg(rule.severity.value)
    facts = [msg("severity: **{severity}**", severity=severity)]
    if not rule.default:
        facts = [msg("**off** unless selected")]
    facts.append(impact_fact(rule.impact))
    safety = rule.fix and msg(rule.fix.value)
    facts.append(msg("fix: **{safety}**", safety=safety) if rule.fix else msg("no fix"))
    if rule.targets:
        facts.append(msg("targets: {targets}", targets=join_comma(rule.targets)))
    return " · ".join(map(language.translate, facts))


_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_HEADING = 100
"""Maximum code points of a message in a heading."""


def _reported(rule: type[Rule], example: Bad, text: str, language: Language) -> str:
    """Return the message about an example, as Markdown; empty if the example does not work."""
    message = example.message
    if not message:
        try:
            message = next(one.message for one in run_example(rule, example, text))
        except Exception:  # an example of a plug-in
            return ""
    words = language.translate(message).replace("\n", " ")
    words = words if len(words) <= _HEADING else words[: _HEADING - 1].rstrip() + "…"
    # Not every Markdown renderer accepts a backslash before each of these characters.
    return _SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", words)


def _bad_in_markdown(rule: type[Rule], example: Bad, language: Language, brief: bool) -> str:
    text, spans = unmark(example.text)
    heading = language.translate("Bad" if spans else "Bad, at the beginning")
    if not brief and (reported := _reported(rule, example, text, language)):
        heading = f"{heading}: {reported}"
    parts = [f"## {heading}{_circumstances(example, language)}", _fenced(example.text)]
    if example.fixed is not None and example.fixed != text:
        parts += [language.translate("fixed:"), _fenced(example.fixed)]
    return "\n\n".join(parts)


def _good_in_markdown(examples: Iterable[Good], language: Language) -> Iterator[str]:
    """Yield the good examples; those with the same circumstances share a heading."""
    groups: dict[str, list[str]] = {}
    for example in examples:
        groups.setdefault(_circumstances(example, language), []).append(_fenced(example.text))
    for circumstances, texts in groups.items():
        yield f"## {language.translate('Good')}{circumstances}"
        yield from texts


def _circumstances(example: Bad | Good, language: Language) -> str:
    target = language.translate(msg("target `{target}`", target=example.target))
    words = [] if example.target == "hexo" else [target]
    words += [f"`{kebab(name)} = {_toml(value)}`" for name, value in example.options.items()]
    if example.path != "post.html":
        words.append(f"`{example.path}`")
    for url, answer in example.answers.items():
        words.append(f"`{url}` {language.translate(_answer_text(answer))}")
    return f" ({', '.join(words)})" if words else ""


def _answer_text(answer: Mapping[str, Any]) -> str:
    """Return the answer for a URL of an example, as a message."""
    if "moved" in answer:
        return msg("permanently redirects to `{moved}`", moved=answer["moved"])
    words = msg("returns status {status}", status=answer.get("status", 200))
    if "words" in answer:
        words = msg(answer["words"])
    if "referred" in answer:
        referred = _answer_text({"status": 200, **answer["referred"]})
        return msg("{words}; for your site it {referred}", words=words, referred=referred)
    return msg("{words} with a different image", words=words) if answer.get("differs") else words


def _toml(value: object) -> str:
    """Return a value in TOML, which equals JSON for all values of options."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _fenced(text: str) -> str:
    from newslint.core.escaping import plain

    text = "\n".join(plain(line, keep_tabs=True) for line in text.split("\n"))
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return f"{ticks}html\n{text.rstrip()}\n{ticks}"


def _options_in_markdown(rule: type[Rule], language: Language) -> str:
    template = "- `{name}` ({type}, default `{default}`): {description}"
    rows = [
        language.translate(msg(template, **{**option, "default": _toml(option["default"])}))
        for option in options(rule, language)
    ]
    return "\n".join([f"## {language.translate('Options')}", "", *rows]) if rows else ""


def index(rules: Iterable[type[Rule]], language: Language = ENGLISH) -> str:
    """Return the table of all rules in Markdown, grouped by family."""
    translate = language.translate
    marks = msg("In bad examples, ⟦…⟧ marks the exact finding; the marks are not part of the post.")
    lines = [f"# {translate('Rules')}", "", translate(marks)]
    columns = [translate(name) for name in ("code", "name", "severity", "fix", "summary")]
    last = ""
    for rule in rules:
        if family(rule.code) != last:
            last = family(rule.code)
            lines += [
                "",
                f"## {family_name(last, language)} ({last})",
                "",
                f"| {' | '.join(columns)} |",
            ]
            lines += [f"|{' --- |' * len(columns)}"]
        severity = translate(rule.severity.value if rule.default else "off")
        fix = translate(rule.fix.value) if rule.fix else ""
        what = summary(rule, language).replace("|", "\\|")
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {severity} | {fix} | {what} |"
        )
    return "\n".join(lines) + "\n"
