"""Completion of the command line, in the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Command

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from terminal import Session

Write = Callable[..., Path]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which ``newslint`` is the one under test."""
    program = tmp_path / "bin" / "newslint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n')
    program.chmod(0o755)
    return f"{program.parent}:/usr/local/bin:/usr/bin:/bin"


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


STARTS = {
    "bash": (("--norc", "--noprofile", "-i"), 'eval "$(newslint completion bash)"'),
    "zsh": (
        ("-f", "-i"),
        "unsetopt automenu; autoload -U compinit; compinit -u -D;"
        ' eval "$(newslint completion zsh)"',
    ),
}
TYPED = [
    ("newslint explain IMG00", "IMG009"),
    ("newslint check --select IMG001,STY00", "IMG001,STY005"),
    ("newslint check --target=hugo@0.1", "@0.111"),
    ("newslint check --target hugo@0.1", "@0.111"),
    ("newslint --output-format j", "junit"),
    ("newslint s", "schema"),
    ("newslint --fail-on error --uns", "--unsafe-fixes"),
    ("newslint check po", "posts/"),
    ("newslint po", "posts/"),
    ("newslint rule SITE00", "SITE001"),
    ("newslint rules --family SI", "SITE"),
]
"""What is typed before the Tab key, and a word that is then shown."""


@pytest.fixture
def site(write: Write) -> None:
    """A folder with posts, and a rule of its own."""
    write("posts/a.md")
    write(
        "newslint.toml",
        '[[rule]]\ncode = "SITE001"\nname = "no-marquee"\ncss = "marquee"\nmessage = "x"\n',
    )


@pytest.fixture(params=STARTS)
def session(
    request: pytest.FixtureRequest, tmp_path: Path, path: str, site: None
) -> Iterator[Session]:
    """An interactive shell that has newslint's completion."""
    arguments, setup = STARTS[request.param]
    environment = {"PATH": path, "PS1": "READY> ", "NEWSLINT_LANG": "en", "HOME": str(tmp_path)}
    session = Session(tmp_path, shell(request.param), *arguments, columns=200, **environment)
    try:
        # What is typed is shown, too: it must not hold the prompt.
        session.type(f"{setup}; PS1='NO''W> '\n")
        session.until("NOW> ")
        yield session
    finally:
        session.kill()


def test_a_shell_completes_what_is_typed(session: Session) -> None:
    for typed, shown in TYPED:
        session.type(f"{typed}\t\t")
        session.until(shown)
        session.type("\x15echo DO''NE\n")
        session.until("DONE")


def test_fish_completes_what_is_typed(tmp_path: Path, path: str, site: None) -> None:
    fish = shell("fish")
    asked = "; ".join(f"echo; complete -C '{typed}'" for typed, _ in TYPED)
    done = subprocess.run(
        [fish, "--no-config", "-c", f"newslint completion fish | source; {asked}"],
        cwd=tmp_path, env={"PATH": path, "HOME": str(tmp_path), "NEWSLINT_LANG": "en"},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    answers = done.stdout.split("\n\n")
    assert len(answers) == len(TYPED), done.stdout
    for (typed, shown), answer in zip(TYPED, answers, strict=True):
        words = [line.partition("\t")[0] for line in answer.strip().splitlines()]
        assert any(word.endswith(shown) for word in words), (typed, answer)
        last = typed.rpartition(" ")[2]
        assert all(word.startswith(last) for word in words), (typed, answer)


def test_completing_is_quiet_where_the_configuration_is_wrong(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", "ignore = [\n")
    done = newslint("rule", "IMG00", _NEWSLINT_COMPLETE="fish")
    assert done.stdout.startswith("plain\tIMG001\t")
    assert done.stderr == ""


def test_an_unknown_shell_is_a_usage_error(newslint: Command) -> None:
    done = newslint("completion", "csh")
    assert done.returncode == 2
    assert "bash" in done.stderr
    assert done.stdout == ""
