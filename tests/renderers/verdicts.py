"""What newslint says of a post for one generator, as far as the generator can be asked about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from newslint import Finding, Severity, check_text
from newslint.config.load import layer_from_option
from newslint.config.project import Project

RULES = ("FM", "TPL", "MD", "HTML", "TXT", "STY005", "SEC008", "ARC004")
"""What says something of the way from the file to the page; not the editor's line, hosts, links."""
MATTERS_OF_TASTE = (
    "FM009", "FM011", "FM012", "FM017", "FM018", "FM019", "FM020",
    "HTML004", "HTML005", "HTML007", "HTML009", "HTML010", "TXT005",
)  # fmt: skip
"""Rules that a generator has no part in: what they report is built as it stands."""
ACCUSING = ("FM", "TPL", "HTML002", "HTML011")
"""An error of one of these says that the generator spoils the post: it must be so."""

Verdict = tuple[Finding, ...]


def judge(target: str) -> Callable[[str, bytes], Verdict]:
    """A function that lints a post, given its file name and its bytes, for a target."""
    project = _project(target)

    def verdict(name: str, content: bytes) -> Verdict:
        return tuple(d.finding for d in check_text(content, name, project))

    return verdict


@cache
def _project(target: str) -> Project:
    """No configuration but this: nothing is required of the front matter, all verdicts are on."""
    options = (
        f"target={target}",
        "schema={preset='minimal'}",
        f"select={_known(RULES)}",
        f"ignore={_known(MATTERS_OF_TASTE)}",
    )
    folder = Path("/site/posts")
    layers = tuple(layer_from_option(option, folder) for option in options)
    return Project(folder, isolated=True, last=layers)


def _known(words: tuple[str, ...]) -> list[str]:
    """Those of the words that some rule answers to: not every rule may be built yet."""
    from newslint import registry

    return [word for word in words if any(code.startswith(word) for code in registry.rules())]


def errors(verdict: Verdict) -> list[str]:
    """The codes of the findings of severity error."""
    return [finding.code for finding in verdict if finding.severity is Severity.ERROR]


def accusations(verdict: Verdict) -> list[str]:
    """The codes of the errors that a generator must bear out."""
    return [code for code in errors(verdict) if code.startswith(ACCUSING)]
