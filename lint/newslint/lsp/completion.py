"""Completion of front matter keys, values used in the archive, and rule codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from lsprotocol import types

from newslint.core.messages import msg
from newslint.core.span import Span
from newslint.linter import rule_docs, suppressions
from newslint.lsp.archive_values import ArchiveValues
from newslint.lsp.documents import Document
from newslint.lsp.front_matter_cursor import Key, Spot, keys_of, keys_written, spot
from newslint.lsp.key_docs import KEYS
from newslint.lsp.suppression_codes import Writing, writing
from newslint.lsp.workspace import LintedDocument

TRIGGERS = (" ", "-", "[", ",")
"""Characters after which an editor requests completions by itself."""

_MOST = 200
"""Maximum number of offered values."""

_VERBS = {
    "disable": msg("from here to newslint-enable"),
    "disable-file": msg("in the complete post"),
    "disable-line": msg("on this line"),
    "disable-next-line": msg("on the next line"),
    "enable": "from here on again",
}


def completion(
    document: Document, linted: LintedDocument, known: ArchiveValues, position: types.Position
) -> list[types.CompletionItem]:
    """Return the completions at a position, the most likely first."""
    offset = document.places.offset(position)
    if (written := writing(linted.post, offset)) is not None:
        return list(_suppression(document, linted, written))
    here = spot(linted.post, offset)
    if here is None:
        return []
    if here.is_key:
        return list(_keys(document, linted, known, here))
    return list(_values(document, linted, known, here))


def _suppression(
    document: Document, linted: LintedDocument, written: Writing
) -> Iterator[types.CompletionItem]:
    if written.verb:
        for verb in suppressions.VERBS:
            yield _item(document, written.typed, verb, _VERBS[verb], 0)
        return
    report = linted.report
    found = {one.finding.code for one in (*report.diagnostics, *report.suppressed)}
    for code, rule in linted.settings.rules.known.items():
        item = _item(document, written.typed, code, rule.name, 0 if code in found else 1)
        item.kind = types.CompletionItemKind.EnumMember
        item.documentation = rule_docs.summary(rule, document.language)
        # Match by name as well as by code.
        item.filter_text = f"{code} {rule.name}"
        yield item


def _keys(
    document: Document, linted: LintedDocument, known: ArchiveValues, here: Spot
) -> Iterator[types.CompletionItem]:
    there = keys_written(linted.post) - {here.key}
    keys = {name: key for name, key in keys_of(linted.settings).items() if "." not in name}
    for name in (*keys, *(key for key in known.names() if key not in keys)):
        if name in there:
            continue
        key = keys.get(name)
        rank = 0 if key is not None and key.required else 1 if key is not None else 2
        item = _item(
            document, here.typed, name, key.type if key else msg("used in the archive"), rank
        )
        item.kind = types.CompletionItemKind.Field
        about = (key.description if key else "") or KEYS.get(name, "")
        item.documentation = document.language.translate(about) or None
        assert isinstance(item.text_edit, types.TextEdit)
        if not _has_colon(linted.post.text, here.typed.end):
            item.text_edit.new_text = f"{name}: "
        yield item


def _has_colon(text: str, offset: int) -> bool:
    return text[offset : offset + 100].lstrip(" \t").startswith(":")


def _values(
    document: Document, linted: LintedDocument, known: ArchiveValues, here: Spot
) -> Iterator[types.CompletionItem]:
    key = keys_of(linted.settings).get(here.key)
    fixed = _fixed(key) if key else []
    for value in fixed:
        yield _item(document, here.typed, value, "", 0)
    seen = [one for one in known.values(here.key, but=document.file) if one not in fixed]
    for rank, value in enumerate(seen[:_MOST]):
        item = _item(document, here.typed, value, msg("used in the archive"), rank + 1)
        item.kind = types.CompletionItemKind.Value
        assert isinstance(item.text_edit, types.TextEdit)
        if not (key and key.is_url):
            item.text_edit.new_text = quoted(value)
        # Editors compare it with the typed text, which may begin with a quote.
        item.filter_text = f"{_quote(linted.post.text, here.typed)}{value}"
        yield item


def _quote(text: str, typed: Span) -> str:
    first = text[typed.start : typed.start + 1]
    return first if typed.end > typed.start and first in "\"'" else ""


def _fixed(key: Key) -> list[str]:
    """Return the values that the schema defines."""
    choices: Iterable[object] = key.choices
    if key.type == "true or false" and not key.choices:
        choices = (True, False)
    return [
        str(one).lower() if isinstance(one, bool) else quoted(one) if isinstance(one, str) else
        str(one) for one in choices
    ]  # fmt: skip


def quoted(text: str) -> str:
    """Return a text as a YAML scalar, as a value, an item or in a flow sequence."""
    import yaml

    try:
        plain = yaml.safe_load(f"[{text}]") == [text] and yaml.safe_load(text) == text
    except (yaml.YAMLError, ValueError):
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def _item(
    document: Document, typed: Span, text: str, detail: str, rank: int
) -> types.CompletionItem:
    return types.CompletionItem(
        label=text,
        detail=document.language.translate(detail) or None,
        sort_text=f"{rank:04}{text}",
        text_edit=types.TextEdit(document.places.range(typed), text),
    )
