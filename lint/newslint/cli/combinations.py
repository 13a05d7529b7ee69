"""Options of ``check`` that exclude each other; a combination is a usage error."""

from __future__ import annotations

from collections.abc import Mapping

from newslint.core.errors import UsageError
from newslint.core.messages import msg

STDIN = "-"
"""The path that represents standard input."""

_WRITES = ("--fix", "--diff", "--add-suppressions")
_ELSEWHERE = ("--engine", "--scheduler")

_APART: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "--diff",
        ("--output-format", "--statistics", "--fail-on"),
        msg("--diff shows fixes, not findings"),
    ),
    (
        "--add-suppressions",
        ("--fix", "--diff", STDIN),
        msg("--add-suppressions writes suppression comments into files"),
    ),
    (
        "--changed-since",
        ("--fix", "--diff", STDIN),
        msg("--changed-since reports findings on lines tracked by git"),
    ),
    (
        STDIN,
        ("--whole-archive", *_ELSEWHERE),
        msg("`-` reads one post from standard input"),
    ),
    (
        "--timing",
        (*_WRITES, "--unsafe-fixes", "--output-format", "--output-file", "--statistics",
         "--fail-on", "--baseline", "--changed-since", "--whole-archive", "--online", STDIN,
         *_ELSEWHERE),
        msg("--timing measures rules in this process, and shows no findings"),
    ),
    (
        "--watch",
        (*_WRITES, "--timing", "--output-file", "--fail-on", "--baseline", "--changed-since",
         "--whole-archive", "--online", STDIN, *_ELSEWHERE),
        msg("--watch shows the findings in this machine's files until Ctrl+C"),
    ),
)  # fmt: skip
"""An option, the options that it excludes, and the reason."""

_COUNTED = ("json", "jsonl")
"""The formats of counts besides text."""


def refuse(given: Mapping[str, object]) -> None:
    """Raise UsageError for the first two options that exclude each other.

    ``given`` are the values of options; false values are options that were not given.
    """
    for option, others, why in _APART:
        for other in others if given.get(option) else ():
            if given.get(other):
                template = "{option} cannot be used with {other}: {why}"
                raise UsageError(msg(template, option=option, other=other, why=why))
    output_format = given.get("--output-format")
    if given.get("--editor") and output_format != "html":
        raise UsageError(msg("--editor adds links to the HTML report; add --output-format html"))
    if given.get("--statistics") and output_format not in (None, *_COUNTED):
        template = "--statistics cannot be used with --output-format {name}; it prints text or json"
        raise UsageError(msg(template, name=output_format))
