"""What a public project has: workflows, templates and `.ci/run`, each as it should be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(
    path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"
)


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = loaded(path)["jobs"]
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs(path).values():
        yield from job.get("steps", ())


def test_there_are_workflows_for_tests_release_and_docs() -> None:
    names = {path.stem: loaded(path)["name"] for path in WORKFLOWS}
    assert names == {"docs": "docs", "release": "release", "tests": "tests"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_unless_a_job_says_more_and_ends_by_itself(path: Path) -> None:
    assert loaded(path)["permissions"] == {"contents": "read"}
    for name, job in jobs(path).items():
        assert "uses" in job or job["timeout-minutes"] <= 40, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_commit_and_no_value_of_an_event_is_part_of_a_script(
    path: Path,
) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", step["uses"]), step
        assert "${{" not in step.get("run", ""), step


def test_tests_run_on_each_python_of_the_classifiers_and_on_three_systems() -> None:
    matrix = jobs(GITHUB / "workflows" / "tests.yml")["tests"]["strategy"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert matrix["python"] == versions
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    for step in steps(GITHUB / "workflows" / "tests.yml"):
        for folder in re.findall(r"\btests/\w+", step.get("run", "")):
            assert (ROOT / folder).is_dir(), folder


def test_a_release_is_published_without_a_secret_after_the_tests() -> None:
    path = GITHUB / "workflows" / "release.yml"
    publish = jobs(path)["publish"]
    assert publish["permissions"] == {"id-token": "write"}
    assert publish["environment"]["name"] == "pypi"
    assert set(publish["needs"]) == {"tests", "build"}
    assert not re.search(r"secrets\.|password|api-token", path.read_text(encoding="utf-8"))


def test_dependabot_looks_at_folders_that_have_dependencies() -> None:
    manifests = {"github-actions": ".github/workflows", "pip": "pyproject.toml"}
    for update in loaded(GITHUB / "dependabot.yml")["updates"]:
        folder = ROOT / update["directory"].lstrip("/")
        assert (folder / manifests.get(update["package-ecosystem"], "package.json")).exists()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_has_what_github_asks_of_one(path: Path) -> None:
    form = loaded(path)
    assert form["name"] and form["description"]
    fields = [item for item in form["body"] if item["type"] != "markdown"]
    assert all(item["type"] in {"textarea", "input", "dropdown"} for item in fields)
    assert all(item["attributes"]["label"] for item in fields)
    ids = [item["id"] for item in fields]
    assert len(set(ids)) == len(ids) > 0


def test_hooks_of_pre_commit_run_the_checks_of_ci() -> None:
    (repository,) = loaded(ROOT / ".pre-commit-config.yaml")["repos"]
    commands = [hook["entry"].split()[:2] for hook in repository["hooks"]]
    assert commands == [["ruff", "check"], ["ruff", "format"]]
    check = (ROOT / ".ci" / "check").read_text(encoding="utf-8")
    assert all(f"run {' '.join(command)}" in check for command in commands)


README = """\
<!-- test-command -->
```sh
LC_ALL=C ls -A > "$SEEN" && cat kept.txt >> "$SEEN" && mkdir -p .venv/bin && printf '#!/bin/sh\\n' > .venv/bin/python && chmod +x .venv/bin/python
```
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small repository with `.ci/run`, in which everything else only leaves a trace."""
    folder = tmp_path / "checkout"
    files = {
        ".ci/run": (ROOT / ".ci" / "run").read_text(encoding="utf-8"),
        ".ci/check": '#!/bin/sh\npwd >> "$SEEN"\n',
        ".ci/install-generators": '#!/bin/sh\necho installed >> "$SEEN.installed"\n',
        ".gitignore": ".venv/\n",
        "README.md": README,
        "kept.txt": "as committed\n",
        "gone.txt": "deleted later\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if name.startswith(".ci/"):
            path.chmod(0o755)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "start")
    (folder / "kept.txt").write_text("changed since\n", encoding="utf-8")
    (folder / "gone.txt").unlink()
    (folder / "new.txt").write_text("new\n", encoding="utf-8")
    (folder / ".venv").mkdir()
    (folder / ".venv" / "mine").write_text("do not delete\n", encoding="utf-8")
    return folder


def git(folder: Path, *args: str) -> str:
    return subprocess.run(
        ["git", *args], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def ci_run(folder: Path, **environment: str) -> tuple[list[str], Path]:
    """The lines that the test command and the checks wrote down, and the temporary folder."""
    seen, temporary = folder.parent / "seen", folder.parent / "temporary"
    temporary.mkdir()
    outside = {key: value for key, value in os.environ.items() if key != "CI"}
    done = subprocess.run(
        [folder / ".ci" / "run"], cwd=folder.parent, capture_output=True, text=True, check=False,
        env={**outside, "SEEN": str(seen), "TMPDIR": str(temporary), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return seen.read_text(encoding="utf-8").splitlines(), temporary


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
def test_ci_run_tests_a_copy_of_the_working_tree_and_leaves_everything_as_it_was(
    checkout: Path,
) -> None:
    before = git(checkout, "status", "--porcelain"), git(checkout, "diff", "--cached")
    lines, temporary = ci_run(checkout)
    assert lines[:-1] == [
        ".ci", ".gitignore", "README.md", "kept.txt", "new.txt", "changed since",
    ]  # fmt: skip
    assert lines[-1].startswith(str(temporary))
    assert (git(checkout, "status", "--porcelain"), git(checkout, "diff", "--cached")) == before
    assert [path.name for path in (checkout / ".venv").iterdir()] == ["mine"]
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
def test_ci_run_installs_the_generators_only_where_ci_is_set(checkout: Path) -> None:
    installed = checkout.parent / "seen.installed"
    ci_run(checkout)
    assert not installed.exists()
    (checkout.parent / "temporary").rmdir()
    ci_run(checkout, CI="true")
    assert installed.read_text() == "installed\n"


def test_the_script_that_checks_a_release_says_what_is_missing() -> None:
    def check(tag: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "scripts/check_release.py", tag]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    done = check("v99.0.0")
    assert done.returncode == 1
    assert "set it to 99.0.0" in done.stdout
    assert "CHANGELOG.md has no heading '## [99.0.0] - DATE'" in done.stdout
