"""The files for CI systems: they say what they should, and their scripts run."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CLEAN, NO_REFERRER, Command

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
        NEWSLINT_SARIF="true", NEWSLINT_ACTION=str(ROOT), RUNNER_TEMP=str(folder),
        GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(folder / "summary.md"),
        GITHUB_ACTIONS="true", PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
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
    summary = (tmp_path / "summary.md").read_text()
    assert "| 1 | lose text or images | 1 |" in summary
    assert "#### Posts that lose text or images\n\n- my posts/天 气.md:13: [IMG001](" in summary
    assert f"::add-matcher::{ROOT}/ci/problem-matcher.json" in printed
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


def test_every_action_that_is_used_is_pinned_to_a_commit() -> None:
    used = [step["uses"] for step in loaded("action.yml")["runs"]["steps"] if "uses" in step]
    assert len(used) == 3
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in used), used


def test_the_job_summary_counts_posts_by_impact_and_shows_the_text_of_posts_as_it_is() -> None:
    def finding(path: str, impact: str, message: str = "m") -> dict[str, Any]:
        return {
            "path": path, "impact": impact, "message": message, "code": "X1", "url": "https://x",
            "start": {"line": 1},
        }  # fmt: skip

    summary = runpy.run_path(str(ROOT / "ci" / "job_summary.py"))["summary"]
    text = summary(
        [
            *(finding(f"{number}.md", "build") for number in range(25)),
            finding("0.md", "house"),
            finding("a|b.md", "content", "<img src=x>\n[a](b) @team"),
        ]
    )
    assert "| 25 | stop the build | 25 |\n| 1 | lose text or images | 1 |\n| 1 | have" in text
    assert "- and 5 more" in text
    assert text.index("#### Posts that stop the build") < text.index("#### Posts that lose")
    (line,) = [line for line in text.splitlines() if line.startswith("- a\\|b")]
    assert line.endswith(r"\<img src=x\> \[a\]\(b\) @" + "\u200bteam")
    assert "No issues found." in summary([])


def test_the_problem_matcher_reads_every_line_of_the_concise_format(
    newslint: Command, write: Write
) -> None:
    write("posts/天 气.md", NO_REFERRER.replace("<div>", "<div><script>a()</script>"))
    write("newslint.toml", '[severity]\nIMG001 = "info"\n')
    printed = newslint("--select", "ALL").stdout.splitlines()
    matchers = json.loads((ROOT / "ci" / "problem-matcher.json").read_text())["problemMatcher"]
    patterns = [one["pattern"][0] for one in matchers]
    seen = set()
    for line in printed:
        ((pattern, match),) = [
            (one, found) for one in patterns if (found := re.search(one["regexp"], line))
        ]
        path, number, column, *_ = line.split(":")
        assert match[pattern["file"]] == path == "posts/天 气.md"
        assert (match[pattern["line"]], match[pattern["column"]]) == (number, column)
        assert line.endswith(match[pattern["message"]])
        seen.add(match[4] if "severity" in pattern else "info")
    assert {"error", "info"} <= seen


def component(**inputs: str) -> dict[str, Any]:
    """The job of the GitLab component after GitLab has put the inputs in."""
    spec, jobs = (ROOT / "templates" / "newslint.yml").read_text().split("\n---\n")
    given = yaml.safe_load(spec)["spec"]["inputs"]
    assert set(inputs) <= set(given)
    values = {name: inputs.get(name, one["default"]) for name, one in given.items()}
    filled = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda match: values[match[1]], jobs)
    ((name, job),) = yaml.safe_load(filled).items()
    assert name == values["job-name"]
    return job


def test_the_gitlab_job_writes_both_reports_and_fails_with_newslint(
    command: Path, write: Write, tmp_path: Path
) -> None:
    write("posts/a.md", NO_REFERRER)
    job = component(paths="posts")
    lines = [line for line in job["script"] if "pip install" not in line]
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    given = {key: value for key, value in job["variables"].items() if key.startswith("NEWSLINT")}
    assert given["NEWSLINT_PATHS"] == "posts"
    settings = {**given, "PATH": path, "GITHUB_ACTIONS": ""}
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


def test_the_megalinter_plugin_runs_newslint_once_over_all_files(
    newslint: Command, write: Write
) -> None:
    folder = ROOT / "ci" / "mega-linter-plugin-newslint"
    (linter,) = yaml.safe_load((folder / "newslint.megalinter-descriptor.yml").read_text())[
        "linters"
    ]
    write("a.md", NO_REFERRER)
    write("b.md", NO_REFERRER.replace("A title", "Another"))
    write("newslint.toml", "[severity]\n")
    done = newslint(
        *linter["cli_lint_extra_args"],
        linter["cli_config_arg_name"],
        "newslint.toml",
        "a.md",
        "b.md",
    )
    assert linter["cli_lint_mode"] == "list_of_files"
    assert done.returncode == 1
    errors = re.findall(linter["cli_lint_errors_regex"], done.stdout)
    assert len(errors) == done.stdout.count(": error ") >= 2
    assert newslint("check", linter["cli_lint_fix_arg_name"], "a.md").returncode == 0
    assert newslint(linter["cli_version_arg_name"]).returncode == 0


def test_the_dockerfile_s_steps_build_a_command_that_runs_alone(tmp_path: Path) -> None:
    """Its COPY and pip steps in an empty folder; what apt and git do is left to a real build."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    source, home = tmp_path / "src", tmp_path / "newslint"
    source.mkdir()
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "COPY" and not rest.startswith("--from"):
            *names, target = rest.split()
            for name in names:
                assert (ROOT / name).exists(), name
                to = source / target / (name if target == "./" else "")
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
                copy(ROOT / name, to)
        elif word == "RUN" and "/opt/newslint" in rest:
            step = rest.replace("/opt/newslint", str(home)).replace(
                "python -m venv", f"{sys.executable} -m venv"
            )
            done = run(step, source)
            assert done.returncode == 0, done.stderr
    (entry,) = [
        json.loads(line.split(" ", 1)[1]) for line in lines if line.startswith("ENTRYPOINT")
    ]
    shutil.rmtree(source)
    path = str(home / "bin")
    done = run(
        f"{entry[0]} --version && {entry[0]} {ROOT}/examples/posts",
        tmp_path,
        PATH=f"{path}:/usr/bin:/bin",
    )
    assert done.returncode == 1, done.stderr
    assert "error FM003" in done.stdout
