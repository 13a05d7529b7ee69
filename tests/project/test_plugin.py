"""Plug-ins: the example, installed; rules that break; packages that are wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "plugin"


def run(target: Path, folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a module of Python where the packages of ``target`` are installed."""
    environment = {**os.environ, "PYTHONPATH": str(target), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def newslint(target: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = run(target, folder, "newslint", *arguments)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's package, built and installed by pip."""
    target = tmp_path_factory.mktemp("packages")
    source = tmp_path_factory.mktemp("source") / "plugin"
    # Nothing of a build is left in the repository.
    source.mkdir()
    for file in EXAMPLE.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            copy = source / file.relative_to(EXAMPLE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--disable-pip-version-check", "--target", target, source),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


def test_the_example_is_a_rule_like_every_other(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Snow!!!\n---\n<p>x</p>\n")
    (tmp_path / "newslint.toml").write_text('select = ["DESK"]\n')
    done = newslint(installed, tmp_path, "a.md", "--output-format", "concise", "--quiet")
    assert done.stdout == "a.md:2:12: warning DESK001 the headline shouts: !!!\n"
    assert newslint(installed, tmp_path, "--fix", "--unsafe-fixes", "--quiet").returncode == 0
    assert (tmp_path / "a.md").read_text() == "---\ntitle: Snow!\n---\n<p>x</p>\n"

    rules = json.loads(newslint(installed, tmp_path, "rules", "--output-format", "json").stdout)
    (rule,) = [one for one in rules if one["code"] == "DESK001"]
    assert (rule["name"], rule["severity"], rule["fix"]) == ("shouting-title", "warning", "unsafe")
    assert rule["url"] == "https://desk.example/rules/shouting-title"
    (tmp_path / "b.md").write_text("---\ntitle: Hail!!!\n---\n")
    found = json.loads(newslint(installed, tmp_path, "b.md", "--output-format", "json").stdout)
    assert [(one["code"], one["url"]) for one in found] == [("DESK001", rule["url"])]
    page = newslint(installed, tmp_path, "rule", "shouting-title").stdout
    assert "Marks in a row that are no shouting" in page


def test_the_example_s_options_are_checked(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Snow!!!\n---\n")
    config = tmp_path / "newslint.toml"
    config.write_text('select = ["DESK"]\n[rules.DESK001]\nmost = 3\n')
    assert newslint(installed, tmp_path, "--fail-on", "info").returncode == 0
    config.write_text('select = ["DESK"]\n[rules.DESK001]\nmots = 3\n')
    done = newslint(installed, tmp_path)
    assert done.returncode == 2
    assert (
        "newslint.toml:3: rules.DESK001 has no option 'mots'; did you mean 'most'?" in done.stderr
    )


def test_the_example_s_own_tests_pass(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "pytest", "-p", "no:cacheprovider", EXAMPLE / "tests")
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def package(folder: Path, module: str) -> Path:
    """An installed package that is a plug-in, as pip leaves it."""
    information = folder / "broken-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[newslint.rules]\nbroken = broken_rules:rules\n")
    (folder / "broken_rules.py").write_text(module)
    return folder


RULE = '''
from newslint import ElementRule, PostRule

class Broken({base}):
    """Never works."""
    code, name = "{code}", "{name}"
    tags = ("p",)
    def check(self, *args):
        {body}

def rules():
    return [Broken]
'''


@pytest.mark.parametrize("base", ["PostRule", "ElementRule"])
@pytest.mark.parametrize("body", ["return 1 / 0", "yield 1 / 0"])
def test_a_rule_that_raises_is_told_by_name_and_the_others_go_on(
    tmp_path: Path, base: str, body: str
) -> None:
    module = RULE.format(base=base, code="BROKE001", name="always-breaks", body=body)
    target = package(tmp_path / "packages", module)
    (tmp_path / "a.html").write_text("<p>x</p><script>x</script>\n")
    done = newslint(
        target, tmp_path, "a.html", "--select", "BROKE001,SEC001", "--output-format", "json"
    )
    assert done.returncode == 1
    broken, other = json.loads(done.stdout)
    assert (broken["code"], other["code"]) == ("NL999", "SEC001")
    assert broken["message"].startswith("rule BROKE001 (always-breaks) failed: ZeroDivisionError")


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (RULE.format(base="PostRule", code="IMG001", name="mine", body="pass"), "code IMG001 is used"),
        (RULE.format(base="PostRule", code="MINE001", name="no-referrer", body="pass"), "'no-referrer' is used"),
        (RULE.format(base="PostRule", code="mine", name="mine", body="pass"), "an invalid code: 'mine'"),
        ("import nowhere_to_be_found\n", "cannot be loaded: ModuleNotFoundError"),
        ("def rules(:\n", "cannot be loaded: SyntaxError"),
        ("def rules():\n    return [1]\n", "1 is not a rule"),
        ("", "cannot be loaded: AttributeError"),
    ],
)  # fmt: skip
def test_a_package_that_is_wrong_is_an_error_in_words(
    tmp_path: Path, module: str, words: str
) -> None:
    target = package(tmp_path / "packages", module)
    (tmp_path / "a.html").write_text("<p>x</p>\n")
    done = newslint(target, tmp_path, "a.html")
    assert done.returncode == 2
    assert words in done.stderr
    assert "broken" in done.stderr
    assert done.stdout == ""
