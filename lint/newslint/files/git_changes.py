"""The lines that changed since a git revision.

Compares the files on disk with the merge base of the revision and HEAD, so that merged lines of
others are not new. A renamed file is compared with its old version; all lines of an untracked file
are new.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError, read

if TYPE_CHECKING:
    from newslint.core.report import Diagnostic, FileReport

Lines = tuple[range, ...]
"""Ranges of line numbers, from 1."""


@dataclass(frozen=True, slots=True)
class _Repository:
    """The files of one repository, by their path from its root."""

    changed: dict[str, Lines]
    tracked: frozenset[str]
    """The files that git tracks; all lines of other files are new."""


@dataclass
class Changes:
    """The changes in the repositories of a run. ``left_out`` counts the hidden findings."""

    repositories: dict[Path, _Repository]
    left_out: int = 0

    def kept(self, file: Path, report: FileReport) -> list[Diagnostic]:
        """Return the findings of a report that touch a changed line."""
        lines = self.lines(file)
        if lines is None:
            return list(report.diagnostics)
        kept = [one for one in report.diagnostics if _touches(one, lines)]
        self.left_out += len(report.diagnostics) - len(kept)
        return kept

    def lines(self, file: Path) -> Lines | None:
        """Return the changed lines of a file; None if all are new."""
        folder = Path(os.path.realpath(file.parent))
        root = _root(folder)
        if root is None or root not in self.repositories:
            return None
        repository = self.repositories[root]
        name = (folder / file.name).relative_to(root).as_posix()
        if name not in repository.changed:
            return () if name in repository.tracked else None
        # git counts lines by LF only: in a file with lone CR the numbers differ from newslint's.
        return None if _has_lone_cr(file) else repository.changed[name]


def _touches(diagnostic: Diagnostic, lines: Lines) -> bool:
    first, last = diagnostic.start.line, diagnostic.end.line
    return any(part.start <= last and first < part.stop for part in lines)


def _has_lone_cr(file: Path) -> bool:
    try:
        raw = read(file, 100_000_000)
    except UnreadableError:
        return False
    return raw.count(b"\r") > raw.count(b"\r\n")


def find(revision: str, folders: Iterable[Path], *, run_code: bool = True) -> Changes:
    """Return the changes since a revision in the repositories of some folders.

    With ``run_code`` False, git runs no programs that a repository's configuration names: filters,
    and commands that would fetch missing objects. Raises UsageError if a folder is in no
    repository, git is not installed, or the revision is unknown.
    """
    roots: set[Path] = set()
    for folder in {Path(os.path.realpath(folder)) for folder in folders}:
        root = _root(folder)
        if root is None:
            raise UsageError(
                msg(
                    "--changed-since uses git, but {folder} is not in a git repository",
                    folder=folder,
                )
            )
        roots.add(root)
    return Changes({root: _repository(_Git(root, run_code), revision) for root in sorted(roots)})


def _root(folder: Path) -> Path | None:
    """Return the root of the repository that contains a folder, or None."""
    return next((one for one in (folder, *folder.parents) if os.path.exists(one / ".git")), None)


def _repository(git: _Git, revision: str) -> _Repository:
    base = _base(git, revision)
    tracked = os.fsdecode(git("ls-files", "-z")).split("\0")
    return _Repository(dict(parse(git(*_DIFF, base, "--"))), frozenset(tracked))


_DIFF = (
    "diff", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--diff-filter=d",
    "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--text",
    "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=all",
)  # fmt: skip
"""Options for a diff that do not depend on the user's git configuration."""


def _base(git: _Git, revision: str) -> str:
    """Return the commit to compare with: the merge base of HEAD and the revision."""
    try:
        commit = git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except subprocess.CalledProcessError:
        raise UsageError(
            msg(
                "--changed-since: there is no commit {revision!r} in {root}; in a shallow"
                " clone, run `git fetch --unshallow` or set `fetch-depth: 0`",
                revision=revision,
                root=git.root,
            )
        ) from None
    try:
        return git("merge-base", commit.decode().strip(), "HEAD").decode().split()[0]
    except subprocess.CalledProcessError:  # no commits yet, or unrelated histories
        return commit.decode().strip()


class _Git:
    """Runs git in one repository."""

    def __init__(self, root: Path, run_code: bool) -> None:
        self.root = root
        # In a git hook, GIT_DIR and the index may be those of another repository.
        self._environment = {
            key: value for key, value in os.environ.items() if key not in _OF_HOOKS
        }
        self._environment["GIT_OPTIONAL_LOCKS"] = (
            "0"  # otherwise a diff writes the index and runs a hook
        )
        if not run_code:
            self._environment |= {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}
            self._without_filters()

    def _without_filters(self) -> None:
        """Disable the filters that the repository's configuration names.

        Uses the environment, since names may contain ``=``, which ``git -c`` cannot express.
        """
        named = self("config", "--includes", "--null", "--name-only", "--get-regexp", r"^filter\.")
        keys = {key.rpartition(".")[0] for key in os.fsdecode(named).split("\0") if key}
        settings = [
            (f"{key}.{name}", value)
            for key in sorted(keys)
            for name, value in (("clean", ""), ("process", ""), ("required", "false"))
        ]
        known = self._environment.get("GIT_CONFIG_COUNT", "")
        first = int(known) if known.isdecimal() else 0
        for number, (key, value) in enumerate(settings, first):
            self._environment[f"GIT_CONFIG_KEY_{number}"] = key
            self._environment[f"GIT_CONFIG_VALUE_{number}"] = value
        self._environment["GIT_CONFIG_COUNT"] = str(first + len(settings))

    def __call__(self, *args: str) -> bytes:
        """Return git's output. Raises UsageError; CalledProcessError for an unknown object."""
        command = ["git", "--no-pager"]
        for setting in ("core.quotePath=false", "core.fsmonitor=false", "core.hooksPath=/dev/null"):
            command += ("-c", setting)
        try:
            done = subprocess.run(  # noqa: S603
                [*command, *args],
                cwd=self.root,
                env=self._environment,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise UsageError("--changed-since uses git, which is not installed") from None
        must_do = args[0] in ("diff", "ls-files")
        if done.returncode and (must_do or b"dubious ownership" in done.stderr):
            words = os.fsdecode(done.stderr).strip().partition("\n")[0]
            raise UsageError(msg("--changed-since: git reports: {words}", words=words))
        if args[0] != "config":  # returns 1 if there is nothing to print
            done.check_returncode()
        return done.stdout


_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_LITERAL_PATHSPECS")

_HUNK = re.compile(rb"@@ -[0-9]++(?:,([0-9]++))?+ \+([0-9]++)(?:,([0-9]++))?+ @@")


def parse(diff: bytes) -> Iterator[tuple[str, Lines]]:
    """Yield the files of a diff without context, with their changed lines in the new version."""
    lines = iter(diff.split(b"\n"))
    name: str | None = None
    found: list[range] = []
    for line in lines:
        if line.startswith(b"+++ "):
            name = _name(line[4:])
        elif match := _HUNK.match(line):
            removed, added = (int(match[at] or b"1") for at in (1, 3))
            found += _hunk(int(match[2]), added)
            _skip(lines, removed + added)
        elif line.startswith(b"diff --git ") and name is not None:
            yield name, tuple(found)
            name, found = None, []
    if name is not None:
        yield name, tuple(found)


def _skip(lines: Iterator[bytes], number: int) -> None:
    """Skip the text of a hunk; git's note about a missing line end is not part of it."""
    while number and (line := next(lines, None)) is not None:
        number -= not line.startswith(b"\\")


def _hunk(start: int, added: int) -> Iterator[range]:
    """Yield the lines of one hunk.

    If lines were only deleted, findings about something missing are on the line at their place.
    """
    if added:
        yield range(start, start + added)
    else:
        yield range(1, 2)


def _name(written: bytes) -> str:
    """Return a file name from a ``+++`` line: quoted if it has a control character or a quote."""
    written = written.removesuffix(b"\t")
    if written.startswith(b'"'):
        written = _ESCAPE.sub(_unescaped, written[1:-1])
    return os.fsdecode(written.removeprefix(b"b/"))


_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTERS = {
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
}


def _unescaped(match: re.Match[bytes]) -> bytes:
    one = match[1]
    return bytes([int(one, 8)]) if len(one) == 3 else _LETTERS.get(one, one)
