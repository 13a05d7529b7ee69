"""IO001."""

from __future__ import annotations

from newslint import FileRule, Impact, Severity


class UnreadableFile(FileRule):
    """A file cannot be read: no permission, a broken link, or over a limit.

    The generator would fail on it too, or silently leave out the post. newslint checks the other
    files, and exits with code 2, so that a script can distinguish findings from files that were not
    checked.

    Make the file readable, fix or delete the link, or increase the limit that the message names:
    `limits.file-size` (bytes), or `limits.tokens` (tags, braces, front matter values and control
    characters), which limits the memory for a post to about 400 MB.
    """

    code, name, severity = "IO001", "unreadable-file", Severity.ERROR
    impact = Impact.POST
