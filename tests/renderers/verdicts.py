"""What newslint says of a post for one generator, as far as the generator can be asked about it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from newslint import Finding, Severity, check_text
from newslint.config.loader import Layer, layer_from_option
from newslint.config.project import Project

from .generators import plain_target, site_files

RULES = ("FM", "TPL", "MD", "HTML", "TXT", "STY005", "IMG002", "SEC001", "SEC008", "ARC004", "IO")
"""What says something of the way from the file to the page; not the editor's line, hosts, links."""
MATTERS_OF_TASTE = (
    "FM009", "FM011", "FM012", "FM017", "FM018", "FM019", "FM020",
    "HTML004", "HTML005", "HTML007", "HTML009", "HTML010", "TXT005",
)  # fmt: skip
"""Rules that a generator has no part in: what they report is built as it is."""
FOLDERS = {
    "hexo": "source/_posts/",
    "jekyll": "_posts/2021-12-02-",
    "hugo": "content/posts/",
    "eleventy": "posts/",
}
"""What is before the name of a post in each generator's site, as the builders place it."""
ACCUSING = ("FM", "TPL", "HTML002", "HTML011")
"""An error of one of these says that the generator spoils the post: it must be so."""

Verdict = tuple[Finding, ...]


def judge(target: str) -> Callable[[str, bytes], Verdict]:
    """A function that lints a post, given its file name and its bytes, for a target."""
    files = site_files(target)
    site = tempfile.TemporaryDirectory(prefix="newslint-site-") if files else None
    root = Path(site.name) if site else Path("/site")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    target = plain_target(target)
    given = layers(target, root)
    project = Project(root, isolated=site is None, given=() if site else None, last=given)
    folder = FOLDERS[target.partition("@")[0]]

    def verdict(name: str, content: bytes) -> Verdict:
        # The folder of the site is there as long as this function.
        path = f"{site.name}/{folder}{name}" if site else f"{folder}{name}"
        return tuple(d.finding for d in check_text(content, path, project))

    return verdict


def layers(target: str, folder: Path) -> tuple[Layer, ...]:
    """No configuration but this: nothing is required of the front matter, all verdicts are on."""
    options = (
        f"target={target}",
        "schema={preset='minimal'}",
        f"select={_known(RULES)}",
        f"ignore={_known(MATTERS_OF_TASTE)}",
    )
    return tuple(layer_from_option(option, folder) for option in options)


def _known(words: tuple[str, ...]) -> list[str]:
    """Those of the words that some rule answers to: not every rule may be built yet."""
    from newslint.linter import registry

    return [word for word in words if any(code.startswith(word) for code in registry.rules())]


def errors(verdict: Verdict) -> list[str]:
    """The codes of the findings of severity error."""
    return [finding.code for finding in verdict if finding.severity is Severity.ERROR]


def accusations(verdict: Verdict) -> list[str]:
    """The codes of the errors that a generator must bear out."""
    return [code for code in errors(verdict) if code.startswith(ACCUSING)]
