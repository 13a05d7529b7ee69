"""Code actions: fix a finding, apply all safe fixes, suppress a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from io import StringIO
from itertools import islice

from lsprotocol import types

from newslint.core.finding import Edit, Finding, Safety
from newslint.core.messages import msg
from newslint.core.report import Diagnostic, FileReport
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.linter import engine
from newslint.linter.suppression_writer import silence
from newslint.lsp.diagnostics import diagnostic
from newslint.lsp.documents import Document
from newslint.lsp.workspace import LintedDocument
from newslint.post.post import Post
from newslint.runner.fix import FixMode, fix_source
from newslint.runner.lint import make_post

FIX_ALL = "source.fixAll.newslint"
"""The kind of the action that applies all safe fixes; editors can run it on save."""

KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)

_MOST = 10
"""Maximum number of findings for which actions are offered at once."""

_MOST_LINES = 20_000
"""Maximum number of lines of a post for which changes are computed line by line."""


class Actions:
    """The actions for one version of a document."""

    def __init__(
        self, document: Document, linted: LintedDocument, shown: FileReport, *, versioned: bool
    ) -> None:
        """``shown`` is the published report; ``versioned`` is true if the editor accepts edits
        with the version that they apply to.
        """
        self._document = document
        self._linted = linted
        self._shown = shown
        self._versioned = versioned

    def within(
        self, range_: types.Range, only: Sequence[str | types.CodeActionKind] | None
    ) -> list[types.CodeAction]:
        """Return the actions for a range, of the requested kinds."""
        actions: list[types.CodeAction] = []
        if _is_wanted(types.CodeActionKind.QuickFix, only):
            touched = list(islice(self._touched(range_), _MOST))
            actions += [fix for one in touched if (fix := self._fix(one)) is not None]
            actions += [hide for one in touched if (hide := self._suppress(one)) is not None]
        if _is_wanted(FIX_ALL, only) and (all_ := self._fix_all()) is not None:
            actions.append(all_)
        return actions

    def _touched(self, range_: types.Range) -> Iterator[Diagnostic]:
        start, end = self._document.places.span(range_)
        for one in self._shown.diagnostics:
            span = one.finding.span
            if span.start <= end and start <= span.end:
                yield one

    def _fix(self, one: Diagnostic) -> types.CodeAction | None:
        finding = one.finding
        if finding.fix is None:
            return None
        is_safe = finding.fix.safety is Safety.SAFE
        title = msg("{words} ({code})", words=finding.fix.message, code=finding.code)
        if not is_safe:
            title = msg("{words} ({code}, unsafe)", words=finding.fix.message, code=finding.code)
        return types.CodeAction(
            title=self._document.language.translate(title),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(finding)],
            is_preferred=is_safe,
            edit=self._workspace_edit(finding.fix.edits),
        )

    def _suppress(self, one: Diagnostic) -> types.CodeAction | None:
        text = _suppressed(self._linted, one.finding)
        if text is None:
            return None
        title = msg("Suppress {code} ({name}) here", code=one.finding.code, name=one.finding.name)
        return types.CodeAction(
            title=self._document.language.translate(title),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self._diagnostic(one.finding)],
            edit=self._workspace_edit(changes(self._linted.post.text, text)),
        )

    def _fix_all(self) -> types.CodeAction | None:
        linted = self._linted
        source = linted.post.source
        fixed = fix_source(source, linted.found, linted.settings, FixMode())
        if fixed.source.text == source.text:
            return None
        return types.CodeAction(
            title=self._document.language.translate(msg("Fix all safe newslint problems")),
            kind=FIX_ALL,
            edit=self._workspace_edit(changes(source.text, fixed.source.text)),
        )

    def _diagnostic(self, finding: Finding) -> types.Diagnostic:
        """Return a finding as it was published, since editors compare the two."""
        return diagnostic(self._document.language.finding(finding), self._document.places)

    def _workspace_edit(self, edits: Sequence[Edit]) -> types.WorkspaceEdit:
        document = self._document
        text_edits = [document.places.edit(edit) for edit in edits]
        if not self._versioned:
            return types.WorkspaceEdit(changes={document.uri: text_edits})
        name = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(name, text_edits)])


def _is_wanted(
    kind: str | types.CodeActionKind, only: Sequence[str | types.CodeActionKind] | None
) -> bool:
    """Return whether a kind, or one that includes it, is requested; by default all are."""
    if only is None:
        return True
    name = _text(kind)
    return any(name == one or name.startswith(f"{one}.") or not one for one in map(_text, only))


def _text(kind: str | types.CodeActionKind) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def changes(old: str, new: str) -> list[Edit]:
    """Return edits that convert one text to the other, line by line, so that the cursor stays."""
    before, after = (list(StringIO(text, newline="")) for text in (old, new))
    if len(before) > _MOST_LINES:
        return [Edit(Span(0, len(old)), new)]
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    return [
        Edit(Span(starts[first], starts[last]), "".join(after[start:end]))
        for kind, first, last, start, end in SequenceMatcher(None, before, after).get_opcodes()
        if kind != "equal"
    ]


def _suppressed(linted: LintedDocument, finding: Finding) -> str | None:
    """Return the text with a comment that hides exactly one finding, or None if there is none."""
    rules = linted.settings.rules

    def lint(text: str) -> tuple[Post, list[Finding]]:
        post = make_post(Source.from_text(text), linted.found, linted.settings)
        return post, engine.lint_all(post, rules).kept

    names = {code: rule.name for code, rule in rules.known.items()}
    result = silence(linted.post.text, [finding], lint, names)
    return result.text if result.count else None
