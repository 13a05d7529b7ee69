"""newslint's verdicts on the posts of the measured table, against what the generators did."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from typing import Any

import inputs
import pytest

from newslint import check_paths
from newslint.config.project import Project

from . import eleventy
from .generators import NUNJUCKS, parts
from .verdicts import FOLDERS, Verdict, accusations, errors, layers

TARGETS = {
    "hexo": "hexo@8",
    "hexo_7.3.0": "hexo@7",
    "hexo_6.3.0": "hexo@6",
    "hexo_5.4.2": "hexo@5",
    "jekyll": "jekyll@debian",
    "hugo": "hugo@0.111",
    "eleventy": "eleventy",
    "eleventy_njk": NUNJUCKS,
}
FATAL = ("site-fails", "post-fails")
UNDATED = "X15"
"""The one case whose name is as it is for Jekyll, too, which wants a date in it."""


def cases() -> list[dict[str, Any]]:
    """All cases but those of file names: ARC004's, which looks at files (rules/test_archive.py)."""
    return [
        case
        for case in inputs.measured()
        if not case["id"].startswith("29") and case["id"] != "X15"
    ]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Verdict]]:
    """What newslint says of all cases for a target, by id: each in a site of its own."""

    @cache
    def all_verdicts(target: str) -> dict[str, Verdict]:
        root = tmp_path_factory.mktemp("sites")
        named = parts(target)
        options = layers(named.target, root)
        found = {}
        for case in cases():
            site = root / case["id"]
            if named.variant:
                eleventy.write_site(site, int(named.version), named.variant)
            file = site / _place(case, target)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content_of(case["file"]))
            project = Project(site, isolated=not named.variant, last=options, given=())
            reports = check_paths([file], project)
            found[case["id"]] = tuple(d.finding for r in reports for d in r.diagnostics)
        return found

    return all_verdicts


def _place(case: dict[str, Any], target: str) -> str:
    folder = FOLDERS[parts(target).name]
    if case["id"] == UNDATED:
        folder = folder.rpartition("/")[0] + "/"
    return folder + case["file"]["name"]


def content_of(file: dict[str, str]) -> bytes:
    """The bytes of a post of the measured table."""
    return file["text"].encode() if "text" in file else base64.b64decode(file["base64"])


def measured(column: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in cases() if column in case]


@pytest.mark.parametrize(
    ("column", "case"),
    [
        pytest.param(c, case, id=f"{c}-{case['id']}")
        for c in TARGETS
        for case in cases()
        if c in case
    ],
)
def test_verdict_fits_what_the_generator_did(
    column: str, case: dict[str, Any], verdicts: Callable[[str], dict[str, Verdict]]
) -> None:
    found, outcome = verdicts(TARGETS[column])[case["id"]], case[column]["outcome"]
    said = [(f.code, str(f.severity), f.message) for f in found]
    if outcome in FATAL:
        assert errors(found), (case[column], said)
    if outcome != "ok":
        assert found, case[column]
    else:
        assert not accusations(found), said


@pytest.mark.parametrize("case", measured("hexo"))
def test_without_a_version_what_kills_any_version_is_an_error(
    case: dict[str, Any], verdicts: Callable[[str], dict[str, Verdict]]
) -> None:
    columns = [case[c]["outcome"] for c in TARGETS if c.startswith("hexo") and c in case]
    found = verdicts("hexo")[case["id"]]
    if any(outcome in FATAL for outcome in columns):
        assert errors(found), case
    elif all(outcome == "ok" for outcome in columns):
        assert not accusations(found), [(f.code, f.message) for f in found]
