"""Enforce the limits of a post, and report failures as findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from newslint.core.errors import NewslintError
from newslint.core.fault import fault
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError, too_large
from newslint.core.report import FileReport
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.core.time_limit import Deadline, OutOfTimeError
from newslint.linter import diagnostics, limit_findings
from newslint.post.post import Post
from newslint.post.tokens import too_many

if TYPE_CHECKING:
    from newslint.config.settings import Settings
    from newslint.core.limits import Limits
    from newslint.files.posts import PostFile
    from newslint.files.store import Store
    from newslint.generators import Target

Done = TypeVar("Done")


def guarded(
    work: Callable[[], Done],
    source: Source,
    found: PostFile,
    settings: Settings,
    instead: Callable[[FileReport], Done],
) -> Done:
    """Return the result of some work on a post, within the limits of size and time.

    If a limit is exceeded or the work fails, return the result of ``instead`` for a report of that.
    Raises a NewslintError of the configuration.
    """
    limits = settings.limits
    if (why := too_much(source, found.place, settings.target, limits)) is not None:
        return instead(unreadable(found, settings, why))
    try:
        with Deadline(limits.seconds):
            return work()
    except OutOfTimeError:
        return instead(too_long(found, settings))
    except NewslintError:
        raise
    except Exception as error:
        return instead(broken(found, settings, error))


def too_much(source: Source, path: str, target: Target, limits: Limits) -> str | None:
    """Return why a post is too large to be checked, as a message, or None."""
    size = len(source.raw)
    if size > limits.file_size:
        return too_large(size, limits.file_size).message
    return too_many(Post(source, path, target), limits) if size > limits.tokens else None


def read_source(found: PostFile, store: Store, settings: Settings) -> Source | FileReport:
    """Return the source of a file, or the report of a file that cannot be read or is too large."""
    try:
        raw = store.read(found, settings.limits.file_size, settings.linked_folders)
        source = Source(raw)
        if len(raw) <= settings.limits.tokens and len(raw) <= settings.limits.file_size:
            return source
        why = too_much(source, found.place, settings.target, settings.limits)
        return source if why is None else unreadable(found, settings, why)
    except UnreadableError as error:
        return unreadable(found, settings, error.message)
    except NewslintError:
        raise
    except Exception as error:
        return broken(found, settings, error)


def unreadable(found: PostFile, settings: Settings, why: str) -> FileReport:
    """Return the report of a file that cannot be read."""
    return not_checked(found, settings, msg("the file {why}", why=why))


def broken(found: PostFile, settings: Settings, error: Exception) -> FileReport:
    """Return the report of a file on which newslint fails."""
    return not_checked(found, settings, fault(error))


def not_checked(found: PostFile, settings: Settings, words: str) -> FileReport:
    """Return the report of a file that was not checked, with a message about the reason."""
    finding = limit_findings.not_checked(settings.rules.rules, Span(0, 0), words)
    report = diagnostics.report(found.shown, Source(b""), [finding])
    return report._replace(unreadable=True, failed=report.fails_at(settings.fail_on))


def too_long(found: PostFile, settings: Settings) -> FileReport:
    """Return the report of a file that exceeds the time limit."""
    seconds = f"{settings.limits.seconds:g} seconds"
    return unreadable(
        found, settings, msg("takes more than {seconds} to check (limits.seconds)", seconds=seconds)
    )
