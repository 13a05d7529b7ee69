"""Real posts and a made archive: every planted defect is found at its line, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHARED

from newslint import check_paths
from newslint.config.project import Project
from newslint.linter.registry import rules

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
POSTS = 2_000


@pytest.fixture(scope="module", params=[1, 7])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    made = [sys.executable, str(SHARED / "tools" / "make_archive.py"), str(folder / "posts")]
    subprocess.run(
        [*made, "--posts", str(POSTS), "--seed", str(request.param), "--defects", "0.2"], check=True
    )
    return folder


def test_each_planted_defect_is_found_at_its_line_and_no_error_anywhere_else(archive: Path) -> None:
    labels = {}
    for line in (archive / "posts.labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        labels["posts/" + label["path"]] = (label["code"], label["line"])
    assert len(labels) > POSTS / 10
    assert {code for code, _ in labels.values()} <= set(rules())
    files = 0
    for report in check_paths([archive / "posts"], Project(archive, isolated=True)):
        files += 1
        errors = {
            (one.finding.code, one.start.line)
            for one in report.diagnostics
            if one.finding.severity == "error"
        }
        expected = {labels[report.path]} if report.path in labels else set()
        assert errors == expected, report.path
    assert files == POSTS


def test_the_post_that_it_all_began_with_has_no_error(tmp_path: Path) -> None:
    (report,) = check_paths([SHARED / "corpus" / "archive"], Project(tmp_path, isolated=True))
    found = [
        (one.finding.code, one.start.line, str(one.finding.severity)) for one in report.diagnostics
    ]
    assert found == [("MD001", 59, "warning"), ("IMG004", 66, "warning")], found
