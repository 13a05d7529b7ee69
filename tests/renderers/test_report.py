"""The command that makes the tables of docs/truth.md."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from . import eleventy, jekyll
from .generators import BUILDS, NUNJUCKS
from .proof import Tally
from .report import HEAD, row, rule_rows

ROOT = Path(__file__).parents[2]


def test_a_row_has_the_columns_of_the_table_in_the_documentation() -> None:
    assert HEAD[0].count("|") == row("hexo@8", Tally(posts=1)).count("|")
    page = (ROOT / "docs" / "truth.md").read_text(encoding="utf-8")
    assert HEAD[0].partition("|")[2].partition("|")[2].strip() in page


def test_rules_without_a_miss_and_without_a_false_report_are_left_out() -> None:
    one = Tally(missed=Counter(FM001=1), spoke=Counter(FM001=9, FM002=5), accused=Counter(FM002=5))
    two = Tally(spoke=Counter(FM003=4), accused=Counter(FM003=4), false=Counter(FM003=1))
    assert [*rule_rows([one, two])] == [
        "| FM001 | 1 of 10 (10.0%) | — |",
        "| FM003 | 0 of 4 (0.0%) | 1 of 4 (25.0%) |",
    ]


@pytest.mark.skipif(jekyll.available() is not None, reason=str(jekyll.available()))
def test_the_command_prints_a_row_of_what_is_installed() -> None:
    command = [
        sys.executable,
        "tests/renderers/report.py",
        "--posts",
        "8",
        "--target",
        jekyll.TARGET,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"\n| `{jekyll.TARGET}` | " in done.stdout


def test_versions_and_variants_of_eleventy_are_targets_of_the_proof() -> None:
    assert {"eleventy", "eleventy@2", NUNJUCKS} <= set(BUILDS)
    assert eleventy.home(2) != eleventy.home(3)
