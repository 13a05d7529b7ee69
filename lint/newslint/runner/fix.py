"""Fixes the text of a post, and writes it where it was read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newslint.core.finding import FileReport, Finding
from newslint.core.reader import UnreadableError
from newslint.core.source import Source
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.files.discovery import Found
from newslint.files.store import Store
from newslint.linter import archive, engine
from newslint.linter.fixer import fix
from newslint.post.post import Post
from newslint.runner.lint import (
    OfFile,
    found_online,
    lint_source,
    make_post,
    report_of,
    too_long,
    unreadable,
)

if TYPE_CHECKING:
    from newslint.config.settings import Settings
    from newslint.online.client import Network


class Fixing(NamedTuple):
    """Which fixes are made: the safe ones, or the unsafe ones too; ``diff`` writes nothing."""

    unsafe: bool = False
    diff: bool = False


def fix_file(
    found: Found,
    settings: Settings,
    store: Store,
    fixing: Fixing,
    network: Network | None = None,
) -> OfFile:
    """Fix one file; its report, the facts that archive rules need of it, and None."""
    try:
        source = Source(store.read(found, settings.limits.file_size))
    except UnreadableError as error:
        return unreadable(found, settings, str(error)), {}, None
    fixed = fix_source(source, found, settings, fixing, network)
    if network is not None:
        from newslint.runner.online_rules import without

        fixed = fixed._replace(report=without(fixed.report, settings))
    if fixed.source is source or fixing.diff:
        return fixed.report, fixed.facts, None
    from newslint.files.atomic_writer import WriteError

    try:
        store.write(found, source.raw, fixed.source.raw)
    except WriteError as error:
        report, facts = lint_source(source, found, settings)
        return report._replace(problem=str(error)), facts, None
    return fixed.report, fixed.facts, None


class FixedSource(NamedTuple):
    """A source after its fixes (the same object where there was nothing to fix), and its report."""

    source: Source
    report: FileReport
    facts: Mapping[str, Any]


def fix_source(
    source: Source,
    found: Found,
    settings: Settings,
    fixing: Fixing,
    network: Network | None = None,
) -> FixedSource:
    """Fix one text, without writing it anywhere; where it takes too long, it stays as it is.

    What ``network`` has answered is fixed too; that it remains is said with the archive's findings.
    """
    try:
        with Deadline(settings.limits.seconds):
            return _fix_source(source, found, settings, fixing, network)
    except OutOfTimeError:
        return FixedSource(source, too_long(found, settings), {})


def _fix_source(
    source: Source, found: Found, settings: Settings, fixing: Fixing, network: Network | None
) -> FixedSource:
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
    report = report_of(found, post, outcome, settings)
    report = report._replace(fixed=len(fixed.codes))
    if fixing.diff:
        from newslint.core.diff import unified

        report = report._replace(diff=unified(found.shown, source.text, fixed.text))
    return FixedSource(post.source, report, archive.facts(post, settings.rules))


def clear_orphans(files: Iterable[Found]) -> None:
    """Take away what an interrupted run left in the folders of some files."""
    from newslint.files import atomic_writer

    for folder in {Path(os.path.realpath(found.place)).parent for found in files}:
        atomic_writer.clear_orphans(folder)
