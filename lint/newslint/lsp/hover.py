"""Hover texts for rules, findings and front matter keys."""

from __future__ import annotations

from lsprotocol import types

from newslint.core.finding import Impact
from newslint.core.language import Language
from newslint.core.messages import join_comma, msg
from newslint.linter import rule_docs
from newslint.linter.rule import Rule
from newslint.lsp.documents import Document
from newslint.lsp.front_matter_cursor import Key, key_at, keys_of
from newslint.lsp.key_docs import KEYS
from newslint.lsp.suppression_codes import rule_at
from newslint.lsp.workspace import LintedDocument

_DEAREST = list(Impact)


def hover(
    document: Document, linted: LintedDocument, position: types.Position
) -> types.Hover | None:
    """Return the text for a position: a rule's code, or a key and the findings there."""
    offset = document.places.offset(position)
    if (named := rule_at(linted, offset)) is not None:
        rule, span = named
        return _hover(_rule(rule, rule.impact, document.language), document.places.range(span))
    parts: list[str] = []
    range_ = None
    if (at := key_at(linted.post, offset)) is not None:
        path, span = at
        key = keys_of(linted.settings).get(".".join(path))
        if key is not None or path[-1] in KEYS:
            parts.append(_key(path[-1], key, document.language))
            range_ = document.places.range(span)
    known = linted.settings.rules.known
    impacts: dict[str, Impact] = {}
    for one in linted.report.diagnostics:
        if one.finding.span.start <= offset < one.finding.span.end:
            here = impacts.get(one.finding.code, Impact.HOUSE), one.finding.impact
            impacts[one.finding.code] = min(here, key=_DEAREST.index)
    parts += [
        _rule(known[code], impact, document.language)
        for code, impact in impacts.items()
        if code in known
    ]
    return _hover("\n\n---\n\n".join(parts), range_) if parts else None


def _hover(text: str, range_: types.Range | None) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), range_)


def _rule(rule: type[Rule], impact: Impact, language: Language) -> str:
    """Return the documentation of a rule with the impact of a finding, which may differ."""
    head = f"**{rule.code} {rule.name}**"
    if url := rule_docs.rule_url(rule):
        head += f" · [{language.translate(msg('page'))}]({url})"
    cost = language.translate(rule_docs.impact_fact(impact))
    about = cost, rule_docs.summary(rule, language), rule_docs.explanation(rule, language)
    return "\n\n".join(part for part in (head, *about) if part)


def _key(name: str, key: Key | None, language: Language) -> str:
    about = language.translate((key.description if key else "") or KEYS.get(name, ""))
    if key is None:
        return "\n\n".join((f"**{name}**", about))
    facts = [key.type]
    if key.required:
        facts.append(msg("required"))
    if key.default is not None:
        facts.append(msg("default `{value}`", value=key.default))
    words = msg("**{name}**: {facts}", name=name, facts=join_comma(facts))
    return "\n\n".join(part for part in (language.translate(words), about) if part)
