"""A rule is one file: what CONTRIBUTING.md says, done as it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE, NAME = "HTML099", "no-blink"


def run(*command: str | Path, stdin: str = "", cwd: Path = ROOT, **environment: str) -> str:
    """The output of a module of Python; it has to succeed."""
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, input=stdin.encode(), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    text = done.stdout.decode()
    assert done.returncode == 0, text
    return text


def template() -> str:
    """The rule as CONTRIBUTING.md shows it."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^ *```python\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return textwrap.dedent(block)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a contributor changes: a copy of the rules and of the script."""
    for folder in ("scripts", "rules"):
        for file in (ROOT / folder).rglob("*.py"):
            copy = tmp_path / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    return tmp_path


def new_rule(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/new_rule.py", *arguments],
        cwd=checkout, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_template_passes_ruff_and_mypy_as_pasted(tmp_path: Path) -> None:
    place = f"rules/newslint_rules/markup/{NAME.replace('-', '_')}.py"
    run("-m", "ruff", "check", "--stdin-filename", place, "-", stdin=template())
    run("-m", "ruff", "format", "--check", "--stdin-filename", place, "-", stdin=template())
    pasted = tmp_path / Path(place).name
    pasted.write_text(template(), encoding="utf-8")
    run("-m", "mypy", pasted)


def test_the_script_writes_the_template_into_the_folder_of_the_codes_family(
    checkout: Path,
) -> None:
    done = new_rule(checkout, CODE, NAME)
    assert done.returncode == 0, done.stderr
    path = checkout / "rules" / "newslint_rules" / "markup" / "no_blink.py"
    assert done.stdout.startswith(f"{path}\n")
    assert path.read_text(encoding="utf-8") == template()


def test_the_new_file_is_a_rule_with_nothing_else_touched(checkout: Path) -> None:
    assert new_rule(checkout, CODE, NAME).returncode == 0
    rules = str(checkout / "rules")
    explained = run("-m", "newslint", "rule", CODE, PYTHONPATH=rules)
    assert NAME in explained
    found = run(
        "-m", "newslint", "-", "--isolated", "--select", CODE, "--output-format", "concise",
        stdin="<p>a</p><blink>b</blink>\n", PYTHONPATH=rules,
    )  # fmt: skip
    assert f"-:1:9: {CODE}" in found or f"1:9: warning {CODE}" in found
    run(
        "-m", "pytest", "-p", "no:cacheprovider", "tests/rules/test_rules.py", "-k",
        f"{CODE} or listed", PYTHONPATH=rules,
    )  # fmt: skip
    told = run("docs/messages.py", "--check", PYTHONPATH=rules)
    assert (
        "warning: zh: not translated: 'A `<blink>` element hides its text half of the time.'"
        in told
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("X1", NAME), "2 to 8 capital letters and 3 digits"),
        ((CODE, "No Blink"), "lower-case words joined by hyphens"),
        (("HTML001", NAME), "HTML001 unclosed-element exists"),
        ((CODE, "missing-alt"), "IMG004 missing-alt exists"),
        (("ZZ001", NAME), "name the folder with --family: one of archive, editor"),
        ((CODE, NAME, "--family", "marvels"), "name the folder with --family"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_the_reason(
    checkout: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(checkout.rglob("*"))
    done = new_rule(checkout, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(checkout.rglob("*")) == before


def test_no_file_is_overwritten(checkout: Path) -> None:
    path = checkout / "rules" / "newslint_rules" / "text" / "no_blink.py"
    path.write_text("# mine\n", encoding="utf-8")
    done = new_rule(checkout, "TXT099", NAME)
    assert done.returncode == 2
    assert "exists" in done.stderr
    assert path.read_text(encoding="utf-8") == "# mine\n"
