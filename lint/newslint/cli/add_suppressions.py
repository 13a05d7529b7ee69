"""``--add-suppressions``: write suppression comments for the findings of each post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newslint.cli.localization import echo, error_text, language, line
from newslint.core.errors import NewslintError
from newslint.core.escaping import plain
from newslint.core.fault import fault
from newslint.core.messages import msg
from newslint.core.source import Source
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.files.store import store_of
from newslint.linter import engine
from newslint.reports.wording import findings, posts
from newslint.runner.lint import make_post

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.finding import Finding
    from newslint.core.report import FileReport
    from newslint.files.posts import PostFile
    from newslint.post.post import Post


def suppress_all(
    files: Sequence[PostFile],
    reports: Iterable[FileReport],
    run: Project,
    reason: str,
) -> bool:
    """Suppress the reported findings of some files, and print their number on standard error.

    Returns False if a file could not be written. Raises UsageError for a reason that cannot be in a
    comment.
    """
    from newslint.linter.suppression_writer import check_reason

    words = check_reason(reason)
    by_path = {found.shown: found for found in files}
    silenced = changed = 0
    all_written = True
    for report in list(reports):
        if report.diagnostics and not report.unreadable:
            try:
                number = _suppress(by_path[report.path], report, run, words)
            except Exception as error:
                line(f"newslint: {plain(report.path)} {plain(_words(error))}")
                all_written = False
                continue
            silenced += number
            changed += number > 0
    numbers = {"findings": findings(silenced), "posts": posts(changed)}
    echo(msg("{findings} suppressed in {posts}", **numbers))
    return all_written


def _words(error: Exception) -> str:
    """Return why a file could not be written, translated."""
    return (
        error_text(error)
        if isinstance(error, NewslintError)
        else language().translate(fault(error))
    )


def _suppress(found: PostFile, report: FileReport, run: Project, reason: str) -> int:
    from newslint.linter.suppression_writer import silence

    settings = run.settings(found.place)
    store = store_of(run)
    source = Source(store.read(found, settings.limits.file_size, settings.linked_folders))

    def lint(text: str) -> tuple[Post, list[Finding]]:
        same = source if text == source.text else Source.from_text(text)
        post = make_post(same, found, settings)
        return post, engine.lint_all(post, settings.rules).kept

    wanted = [one.finding for one in report.diagnostics]
    names = {code: rule.name for code, rule in settings.rules.known.items()}
    try:
        with Deadline(settings.limits.seconds):
            done = silence(source.text, wanted, lint, names, reason)
    except OutOfTimeError:
        raise NewslintError(
            msg(
                "takes more than {seconds:g} seconds to suppress (limits.seconds); the file was"
                " not changed",
                seconds=settings.limits.seconds,
            )
        ) from None
    if done.text != source.text:
        store.write(found, source.raw, Source.from_text(done.text).raw)
    return done.count
