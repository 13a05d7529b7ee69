"""The baseline: known findings, identified by path, rule, text and occurrence.

Findings in the baseline are not reported. A second occurrence of the same finding, another finding
of the same rule, and the same finding in another post are. Renamed posts are recognized by content.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newslint.core import lazy
from newslint.core.errors import ConfigError
from newslint.core.fingerprint import occurrences
from newslint.core.messages import msg
from newslint.core.reader import UnreadableError, read
from newslint.files.local import shown_path
from newslint.linter.rule_failures import is_always_reported

if TYPE_CHECKING:
    from newslint.config.project import Project
    from newslint.core.report import Diagnostic, FileReport

FILE_NAME = "newslint-baseline.json"
"""The default file name of ``newslint baseline``."""

_FILE_LIMIT = 1_000_000_000
"""Maximum bytes of a baseline: a million findings take a fifth of that."""

_Digest = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KnownFinding(_Table):
    """One finding in the baseline. The digest identifies it; the message is informative."""

    code: str
    message: str
    digest: _Digest
    count: Annotated[int, Field(ge=1)] = 1


class KnownPost(_Table):
    """The findings of one post, and a sketch of its content that identifies it after a rename."""

    content: str
    findings: tuple[KnownFinding, ...]


class _File(_Table):
    version: Literal[1]
    posts: dict[str, KnownPost]


@dataclass
class Baseline:
    """The findings of a baseline file. ``left_out`` counts the findings that it hid."""

    path: Path
    posts: Mapping[str, KnownPost] = field(default_factory=dict)
    left_out: int = 0
    _renamed: dict[str, str] = field(default_factory=dict, repr=False)

    def kept(self, file: Path, report: FileReport) -> list[Diagnostic]:
        """Return the findings of a report that are not in the baseline."""
        post = self.known(file)
        if post is None:
            return list(report.diagnostics)
        counts = {one.digest: one.count for one in post.findings}
        kept = [
            one
            for one, occurrence in occurrences(report.diagnostics)
            if occurrence >= counts.get(one.digest, 0) or is_always_reported(one.finding, report)
        ]
        self.left_out += len(report.diagnostics) - len(kept)
        return kept

    def key(self, file: Path) -> str:
        """Return the name of a post in the baseline: its path relative to the baseline's folder."""
        return shown_path(str(file), self.path.parent)

    def known(self, file: Path) -> KnownPost | None:
        """Return the entry of a post, also if the post was renamed; None if there is none."""
        return self.posts.get(self.name(file) or "")

    def name(self, file: Path) -> str | None:
        """Return the name of a post's entry, possibly from before a rename, or None."""
        key = self.key(file)
        if key in self.posts:
            return key
        if key not in self._renamed and (former := self._former(file)) is not None:
            self._renamed[key] = former
        return self._renamed.get(key)

    def _former(self, file: Path) -> str | None:
        """Return the missing post whose content is most similar to that of a post without entry."""
        missing = self._missing.keys() - self._renamed.values()
        content = sketch(file) if missing else ""
        alike = [(_likeness(content, self.posts[name].content), name) for name in sorted(missing)]
        best, name = max(alike, default=(0.0, ""))
        return name if best >= RENAMED else None

    @cached_property
    def _missing(self) -> dict[str, None]:
        """The posts of the baseline whose files no longer exist."""
        folder = self.path.parent
        return {name: None for name in self.posts if not os.path.lexists(folder / name)}


def load(path: Path) -> Baseline:
    """Read a baseline file. Raises ConfigError if it is missing or invalid."""
    try:
        data = json.loads(read(path, _FILE_LIMIT, is_post=False).decode("utf-8-sig"))
    except UnreadableError as error:
        raise ConfigError(
            msg("the baseline {why}; create it with `newslint baseline`", why=str(error)), path
        ) from None
    except UnicodeDecodeError:
        raise ConfigError("the baseline is not UTF-8", path) from None
    except json.JSONDecodeError as error:
        raise ConfigError(
            msg("the baseline is not valid JSON: {why}", why=error.msg), path, error.lineno
        ) from None
    except RecursionError:
        raise ConfigError("the baseline is nested too deep", path) from None
    if isinstance(data, dict) and isinstance(version := data.get("version"), int) and version > 1:
        raise ConfigError(
            msg(
                "the baseline was written by a newer version of newslint ({version})",
                version=version,
            ),
            path,
        )
    try:
        return Baseline(path, _File.model_validate(data).posts)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        words = f"{place}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise ConfigError(msg("this is not a baseline: {words}", words=words), path) from None


def dump(posts: Mapping[str, KnownPost]) -> str:
    """Return a baseline as sorted text: the same findings give the same bytes."""
    entries = {name: post.model_dump() for name, post in posts.items()}
    for post in entries.values():
        post["findings"] = sorted(post["findings"], key=lambda one: (one["code"], one["digest"]))
    data = {"version": 1, "posts": dict(sorted(entries.items()))}
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    try:
        text.encode()
    except UnicodeEncodeError:  # a file name that is not UTF-8
        return json.dumps(data, indent=1) + "\n"
    return text


def renewed(
    old: Baseline,
    reports: Iterable[FileReport],
    project: Project,
    paths: Sequence[Path],
    *,
    prune: bool,
) -> dict[str, KnownPost]:
    """Return the posts of the baseline after linting the posts below ``paths``.

    With ``prune`` no new findings are added. Entries of other posts, and findings of rules that are
    not on, are kept.
    """
    folder = old.path.parent
    roots = [Path(os.path.normpath(project.folder / path)) for path in paths]
    posts = {
        name: post
        for name, post in old.posts.items()
        if not any(Path(os.path.normpath(folder / name)).is_relative_to(root) for root in roots)
    }
    for report in reports:
        file = project.path(report.path)
        name = old.name(file) if report.diagnostics or old.key(file) in old.posts else None
        former = old.posts.get(name or "")
        if report.unreadable:
            made = former
        else:
            made = _post(file, report, former, project.settings(file).rules.codes, prune=prune)
        if name is not None:
            posts.pop(name, None)
        if made is not None and made.findings:
            posts[old.key(file)] = made
    return posts


def _post(
    file: Path, report: FileReport, former: KnownPost | None, ran: frozenset[str], *, prune: bool
) -> KnownPost | None:
    """Return the new entry of a linted post; None for an empty one."""
    before = {one.digest: one for one in former.findings} if former is not None else {}
    findings = {one.digest: one for one in before.values() if one.code not in ran}
    for found, occurrence in occurrences(report.diagnostics):
        finding, digest = found.finding, found.digest
        allowed = before[digest].count if digest in before else 0
        if is_always_reported(finding, report) or (prune and occurrence >= allowed):
            continue
        findings[digest] = KnownFinding(
            code=finding.code, message=finding.message, digest=digest, count=occurrence + 1
        )
    return KnownPost(content=sketch(file), findings=tuple(findings.values())) if findings else None


_PIECE = lazy.pattern(r"[^<>\r\n。．.！!？?]{12,}+")
"""A part of a text that is rarely in another one: a sentence or a line."""
_SKETCH = 8

RENAMED = 0.7
"""Minimum similarity of a new and a missing post to be the same: one of eight sentences changed."""

_READ_LIMIT = 10_000_000
"""Maximum bytes of a post that are read: the default of ``limits.file-size``."""


def sketch(file: Path) -> str:
    """Return the smallest hashes of a post's sentences, of which similar posts share most."""
    try:
        text = read(file, _READ_LIMIT).decode("utf-8", "replace")
    except UnreadableError:
        return ""
    pieces = {piece.strip() for piece in _PIECE.findall(text)} or {text}
    least = sorted({crc32(piece.encode()) for piece in pieces})[:_SKETCH]
    return " ".join(f"{number:08x}" for number in least)


def _likeness(one: str, other: str) -> float:
    """Return the similarity of two sketches: the share of common hashes (bottom-k sketch)."""
    ours, theirs = set(one.split()), set(other.split())
    least = set(sorted(ours | theirs)[:_SKETCH])
    return len(least & ours & theirs) / len(least) if least else 0.0
