"""A made archive and the corpus: exactly the right findings, each at its line, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from inputs import CORPUS, SITES, Site, make_archive

from newslint import check_paths
from newslint.config.project import Project
from newslint.linter.registry import rules

POSTS = 2_000
Place = tuple[str, int, str]
"""Code, line and severity of a finding."""
EXPECTED: dict[str, list[list[object]]] = json.loads((CORPUS / "expected.json").read_bytes())
"""What each post of the corpus gets from the default rules, by its path; others get nothing."""


@pytest.mark.parametrize("seed", [1, 7])
def test_each_planted_defect_is_found_at_its_line_and_no_error_anywhere_else(
    seed: int, tmp_path: Path
) -> None:
    planted = make_archive(tmp_path / "posts", POSTS, 0.2, seed)
    labels = {f"posts/{path}": label for path, label in planted.items()}
    assert len(labels) > POSTS / 10
    assert {code for code, _ in labels.values()} <= set(rules())
    files = 0
    for report in check_paths([tmp_path / "posts"], Project(tmp_path, isolated=True)):
        files += 1
        errors = {
            (one.finding.code, one.start.line)
            for one in report.diagnostics
            if one.finding.severity == "error"
        }
        expected = {labels[report.path]} if report.path in labels else set()
        assert errors == expected, report.path
    assert files == POSTS


@cache
def found(site: Site) -> dict[str, list[Place]]:
    """The findings in a site without a configuration, by the file's path below the corpus."""
    return {
        f"{site.name}/{report.path}": [
            (one.finding.code, one.start.line, str(one.finding.severity))
            for one in report.diagnostics
        ]
        for report in check_paths([site.root], Project(site.root))
    }


@pytest.mark.parametrize(
    ("site", "path"),
    [pytest.param(site, path, id=path.name) for site in SITES for path in site.posts()],
)
def test_a_post_of_the_corpus_gets_the_expected_findings_and_no_other(
    site: Site, path: Path
) -> None:
    name = path.relative_to(CORPUS).as_posix()
    assert found(site)[name] == [tuple(one) for one in EXPECTED.get(name, [])]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_of_a_site_only_the_posts_are_linted(site: Site) -> None:
    posts = {path.relative_to(CORPUS).as_posix() for path in site.posts()}
    assert set(found(site)) == posts


def test_what_is_expected_is_of_posts_that_exist() -> None:
    assert [name for name in EXPECTED if not (CORPUS / name).is_file()] == []
