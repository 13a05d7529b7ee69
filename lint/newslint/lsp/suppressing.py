"""'Suppress here': the comment that hides one finding, where it does that and nothing else."""

from __future__ import annotations

from newslint.core.finding import Finding
from newslint.core.source import Source
from newslint.linter import engine
from newslint.linter.suppression_writer import silence
from newslint.lsp.workspace import LintedDocument
from newslint.post.post import Post
from newslint.runner.lint import make_post


def suppressed(linted: LintedDocument, finding: Finding) -> str | None:
    """The text with the comment that hides a finding, or None where none does just that."""
    rules = linted.settings.rules

    def lint(text: str) -> tuple[Post, list[Finding]]:
        post = make_post(Source.from_text(text), linted.found, linted.settings)
        return post, engine.lint_all(post, rules).kept

    names = {code: rule.name for code, rule in rules.known.items()}
    result = silence(linted.post.text, [finding], lint, names)
    return result.text if result.count else None
