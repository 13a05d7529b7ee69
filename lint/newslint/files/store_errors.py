"""Describe errors of a store to users."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError
from newslint.files.atomic_writer import WriteError

if TYPE_CHECKING:
    pass


def missing(url: str) -> UsageError:
    """Return the error for a URL that does not exist."""
    return UsageError(msg("no such bucket, folder or file: {url}", url=url))


@contextmanager
def worded(
    kind: type[UsageError] | type[UnreadableError] | type[WriteError], template: str, **values: str
) -> Iterator[None]:
    """Convert exceptions of a store to ``kind``, with the error as ``{value}`` of a template."""
    try:
        yield
    except (UsageError, UnreadableError, WriteError):
        raise
    except FileNotFoundError:
        raise kind(msg("no longer exists")) from None
    except Exception as error:
        raise kind(msg(template, value=words_for(error), **values)) from None


def words_for(error: Exception) -> str:
    """Return a description of a store's error, in one line."""
    if isinstance(error, PermissionError):
        return msg("permission denied")
    if type(error).__name__ == "NoCredentialsError":
        variables = "AWS_PROFILE, AWS_ACCESS_KEY_ID or FSSPEC_S3_ANON=true"
        return msg("no credentials; set {variables}", variables=variables)
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
