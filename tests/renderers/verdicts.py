"""What newslint says of a post for one generator, as far as the generator can be asked about it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from newslint import Finding, Severity, check_text
from newslint.config.loader import Layer, layer_from_option
from newslint.config.project import Project

from . import eleventy, hexo
from .generators import Parts, parts

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
    project = project_of(target, *options())
    folder = FOLDERS[parts(target).name]

    def verdict(name: str, content: bytes) -> Verdict:
        return tuple(d.finding for d in check_text(content, f"{folder}{name}", project))

    return verdict


def project_of(target: str, *options: str) -> Project:
    """The project of a target with some options and no other configuration.

    It has no site but where the target names a renderer or an engine, which only a site has.
    """
    named = parts(target)
    folder = _site(named) if named.variant else Path("/site")
    chosen = (f"target={named.target}", *options)
    last = tuple(layer_from_option(one, folder) for one in chosen)
    return Project(folder, isolated=not named.variant, given=(), last=last)


@cache
def _site(named: Parts) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="newslint-site-"))
    atexit.register(shutil.rmtree, folder)
    if named.name == "hexo":
        hexo.write_site(folder / "site", int(named.version), named.variant)
    else:
        eleventy.write_site(folder / "site", int(named.version), named.variant)
    return folder / "site"


@cache
def options() -> tuple[str, ...]:
    """Nothing is required of the front matter, all verdicts are on."""
    return (
        "schema={preset='minimal'}",
        f"select={_known(RULES)}",
        f"ignore={_known(MATTERS_OF_TASTE)}",
    )


def layers(target: str, folder: Path) -> tuple[Layer, ...]:
    """The layers of `options` and a target of newslint's."""
    return tuple(layer_from_option(one, folder) for one in (f"target={target}", *options()))


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
