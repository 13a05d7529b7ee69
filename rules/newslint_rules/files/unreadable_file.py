"""IO001."""

from __future__ import annotations

from newslint import FileRule, Impact, Severity


class UnreadableFile(FileRule):
    """A file cannot be read: no permission, a broken link, over a limit.

    The generator would fail on it too, or the post would be missing without a word. The other
    files are linted all the same, and the exit code is 2, so that a script can tell "there are
    findings" from "I could not look".

    Make the file readable, mend or delete the link, or raise the limit that the message
    names: `limits.file-size` (bytes), or `limits.tokens` (tags, braces, front matter values and
    control characters), which keeps a post from taking more than some 400 MB of memory.
    """

    code, name, severity = "IO001", "unreadable-file", Severity.ERROR
    impact = Impact.POST
