"""newslint's verdicts on the posts of the shared table, against what the generators did with them."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from .verdicts import Verdict, accusations, errors, judge

TABLE = Path(__file__).parents[3] / "shared" / "renderers" / "truth.json"
TARGETS = {
    "hexo": "hexo@8",
    "hexo_7.3.0": "hexo@7",
    "hexo_6.3.0": "hexo@6",
    "hexo_5.4.2": "hexo@5",
    "jekyll": "jekyll",
    "hugo": "hugo",
    "eleventy": "eleventy",
}
FATAL = ("site-fails", "post-fails")
PREFIX = {"jekyll": "2021-12-02-"}
"""A post of Jekyll has its date in its name; the table leaves it out."""
UNDATED = "X15"
"""The one case whose name stands as it is for Jekyll too."""

pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="the measured table is not here")


def cases() -> list[dict[str, Any]]:
    return json.loads(TABLE.read_bytes()) if TABLE.exists() else []


def verdict(case: dict[str, Any], target: str) -> Verdict:
    file = case["file"]
    content = file["text"].encode() if "text" in file else base64.b64decode(file["base64"])
    prefix = "" if case["id"] == UNDATED else PREFIX.get(target, "")
    return judge(target)(prefix + file["name"], content)


def measured(column: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in cases() if column in case]


@pytest.mark.parametrize(
    ("column", "case"),
    [pytest.param(c, case, id=f"{c}-{case['id']}") for c in TARGETS for case in cases() if c in case],
)
def test_verdict_fits_what_the_generator_did(column: str, case: dict[str, Any]) -> None:
    found, outcome = verdict(case, TARGETS[column]), case[column]["outcome"]
    said = [(f.code, str(f.severity), f.message) for f in found]
    if outcome in FATAL:
        assert errors(found), (case[column], said)
    if outcome != "ok":
        assert found, case[column]
    else:
        assert not accusations(found), said


@pytest.mark.parametrize("case", measured("hexo"))
def test_without_a_version_what_kills_any_version_is_an_error(case: dict[str, Any]) -> None:
    columns = [case[c]["outcome"] for c in TARGETS if c.startswith("hexo") and c in case]
    found = verdict(case, "hexo")
    if any(outcome in FATAL for outcome in columns):
        assert errors(found), case
    elif all(outcome == "ok" for outcome in columns):
        assert not accusations(found), [(f.code, f.message) for f in found]
