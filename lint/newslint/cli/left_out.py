"""Messages about named files that are not posts, and are neither checked nor fixed."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.cli.localization import echo
from newslint.core.escaping import plain
from newslint.core.messages import msg
from newslint.files.posts import LeftOut

_SHOWN = 5
"""Maximum number of files that are listed: hooks may pass all files of a site."""


def report_skipped(left_out: Sequence[LeftOut]) -> None:
    """Print the files and the reasons on standard error."""
    for path, reason in left_out[:_SHOWN]:
        echo(msg("{path} is not checked: {reason}", path=plain(path), reason=reason))
    if (more := len(left_out) - _SHOWN) > 0:
        echo(msg("{more:,} more files are not checked, since they are not posts", more=more))
