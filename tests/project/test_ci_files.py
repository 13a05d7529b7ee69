"""The files for CI systems: they say what they should, and their scripts run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CLEAN, NO_REFERRER

ROOT = Path(__file__).parents[2]
Write = Callable[..., Path]


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text())


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A `newslint` on its own, as a CI job has it installed."""
    path = tmp_path / "bin" / "newslint"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n')
    path.chmod(0o755)
    return path


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    assert shutil.which("bash"), "bash is not installed"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def check_step(
    folder: Path, command: Path, paths: str, args: str = ""
) -> tuple[str, dict[str, str]]:
    """What the action's second script prints, and its outputs."""
    steps = loaded("action.yml")["runs"]["steps"]
    (step,) = [step for step in steps if step.get("id") == "check"]
    output = folder / "output"
    output.write_text("")
    done = run(
        step["run"], folder, NEWSLINT=str(command), NEWSLINT_PATHS=paths, NEWSLINT_ARGS=args,
        NEWSLINT_SARIF="true", RUNNER_TEMP=str(folder), GITHUB_OUTPUT=str(output),
        GITHUB_ACTIONS="true",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, dict(line.split("=", 1) for line in output.read_text().splitlines())


def test_the_action_annotates_writes_sarif_and_gives_the_exit_code(
    command: Path, write: Write, tmp_path: Path
) -> None:
    write("my posts/天 气.md", NO_REFERRER)
    write("good/a.md", CLEAN.replace("A title", "Another one"))
    printed, outputs = check_step(tmp_path, command, "my posts\ngood\n")
    assert "::error file=my posts/天 气.md,line=13" in printed
    assert outputs["exit-code"] == "1"
    log = json.loads(Path(outputs["sarif-file"]).read_text())
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["IMG001"]
    assert check_step(tmp_path, command, "good")[1]["exit-code"] == "0"
    assert check_step(tmp_path, command, "my posts", "--fail-on never")[1]["exit-code"] == "0"
    assert check_step(tmp_path, command, "nowhere")[1]["exit-code"] == "2"


def test_what_is_given_to_the_action_is_no_script(
    command: Path, write: Write, tmp_path: Path
) -> None:
    write("a.md", CLEAN)
    _, outputs = check_step(tmp_path, command, "$(touch pwned); `touch pwned`", "; touch pwned")
    assert outputs["exit-code"] == "2"
    assert not (tmp_path / "pwned").exists()
    for step in loaded("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_gitlab_job_writes_both_reports_and_fails_with_newslint(
    command: Path, write: Write, tmp_path: Path
) -> None:
    write("posts/a.md", NO_REFERRER)
    job = loaded("ci/gitlab-ci.yml")[".newslint"]
    lines = [line for line in job["script"] if "pip install" not in line]
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"NEWSLINT_PATHS": "posts", "NEWSLINT_ARGS": "", "PATH": path, "GITHUB_ACTIONS": ""}
    done = run("\n".join(lines), tmp_path, **settings)
    assert done.returncode == 1, done.stderr
    assert "posts/a.md:13:24: error IMG001" in done.stdout
    reports = job["artifacts"]["reports"]
    issues = json.loads((tmp_path / reports["codequality"]).read_text())
    assert [issue["check_name"] for issue in issues] == ["IMG001"]
    suites = ET.fromstring((tmp_path / reports["junit"]).read_text())
    assert len(list(suites.iter("failure"))) == 1
    write("posts/a.md", CLEAN)
    assert run("\n".join(lines), tmp_path, **settings).returncode == 0
    assert run("\n".join(lines), tmp_path, **{**settings, "NEWSLINT_PATHS": "no"}).returncode == 2
