"""Fix the text of a post, and write it back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core.fault import fault
from newslint.core.finding import Finding
from newslint.core.report import FileReport
from newslint.core.source import Source
from newslint.files import site_files
from newslint.files.posts import PostFile
from newslint.files.store import Store
from newslint.linter import archive_rules, engine
from newslint.linter.fixer import fix
from newslint.post.post import Post
from newslint.runner.guarding import guarded, read_source
from newslint.runner.lint import OfFile, found_online, lint_source, make_post, report_of

if TYPE_CHECKING:
    from newslint.config.settings import Settings
    from newslint.online.client import Network


class FixMode(NamedTuple):
    """Which fixes are applied: safe ones, or unsafe ones too; with ``diff`` nothing is written."""

    unsafe: bool = False
    diff: bool = False


def fix_file(
    found: PostFile,
    settings: Settings,
    store: Store,
    fixing: FixMode,
    network: Network | None = None,
) -> OfFile:
    """Fix one file; return its report, the facts for archive rules, and None."""
    source = read_source(found, store, settings)
    if isinstance(source, FileReport):
        return source, {}, None
    fixed = fix_source(source, found, settings, fixing, network)
    if network is not None:
        from newslint.runner.online_rules import without_online

        fixed = fixed._replace(report=without_online(fixed.report, settings))
    if fixed.source is source or fixing.diff:
        return fixed.report, fixed.facts, None
    problem = _write(found, source, fixed.source, store)
    if not problem:
        return fixed.report, fixed.facts, None
    report, facts = lint_source(source, found, settings)
    return report._replace(problem=problem), facts, None


def _write(found: PostFile, old: Source, new: Source, store: Store) -> str:
    """Write a fixed post; return why it could not be written, or an empty text."""
    from newslint.files.atomic_writer import WriteError

    try:
        store.write(found, old.raw, new.raw)
    except WriteError as error:
        return str(error)
    except Exception as error:
        return fault(error)
    return ""


class FixResult(NamedTuple):
    """A source after its fixes, its report, and the fixed findings.

    If nothing was fixed, the source is the original object.
    """

    source: Source
    report: FileReport
    facts: Mapping[str, Any]
    applied: Sequence[Finding] = ()


def fix_source(
    source: Source,
    found: PostFile,
    settings: Settings,
    fixing: FixMode,
    network: Network | None = None,
) -> FixResult:
    """Fix one text, without writing it.

    A text that is too large, takes too long, or on which newslint fails, is unchanged. Findings of
    online rules are fixed if ``network`` has the answers; those that remain are reported with the
    archive's findings.
    """
    if site_files.is_no_post(found.place, source.text, settings):
        return FixResult(source, FileReport(found.shown), {})

    def work() -> FixResult:
        return _fix_source(source, found, settings, fixing, network)

    return guarded(work, source, found, settings, lambda report: FixResult(source, report, {}))


def _fix_source(
    source: Source, found: PostFile, settings: Settings, fixing: FixMode, network: Network | None
) -> FixResult:
    posts: dict[str, Post] = {}
    outcomes: dict[str, engine.Outcome] = {}

    def parse(text: str) -> Post:
        if text not in posts:
            same = source if text == source.text else Source.from_text(text)
            posts[text] = make_post(same, found, settings)
        return posts[text]

    def lint(post: Post) -> list[Finding]:
        online = found_online(post, settings, network)
        outcomes[post.text] = engine.lint_all(post, settings.rules, online=online)
        return outcomes[post.text].kept

    fixed = fix(source.text, parse, lint, unsafe=fixing.unsafe)
    post = posts[fixed.text]
    outcome = outcomes[fixed.text]._replace(kept=list(fixed.remaining))
    facts = archive_rules.facts(post, settings.rules)
    report = report_of(found, post, outcome, settings, facts.failures)
    report = report._replace(fixed=len(fixed.applied))
    if fixing.diff:
        from newslint.core.diff import unified

        report = report._replace(diff=unified(found.shown, source.text, fixed.text))
    return FixResult(post.source, report, facts.by_code, fixed.applied)


def clear_orphans(files: Iterable[PostFile]) -> None:
    """Delete temporary files of an interrupted run in the folders of some files."""
    from newslint.files import atomic_writer

    for folder in {Path(os.path.realpath(found.place)).parent for found in files}:
        atomic_writer.clear_orphans(folder)
