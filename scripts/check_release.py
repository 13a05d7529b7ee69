"""Checks that a release is prepared: tag, version and changelog agree, and all rules are listed.

python scripts/check_release.py v0.2.0
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import newslint
from newslint.linter import registry

ROOT = Path(__file__).parents[1]


def problems(tag: str) -> Iterator[str]:
    """What is missing, and what to do."""
    version = tag.removeprefix("v")
    if newslint.__version__ != version:
        yield f"newslint.__version__ is {newslint.__version__}: set it to {version}"
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(
        rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE
    ):
        yield f"CHANGELOG.md has no heading '## [{version}] - DATE': rename [Unreleased]"
    with (ROOT / "tests" / "data" / "rules.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["code"] for row in csv.DictReader(file)}
    for code, rule in registry.rules().items():
        if rule.__module__.startswith("newslint_rules") and code not in listed:
            yield f"{code} is not in tests/data/rules.csv: add its line"


def main() -> int:
    """Print what is missing; the exit code."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(problems(sys.argv[1]))
    print("\n".join(found) or "ready")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
