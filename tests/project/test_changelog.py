"""The changelog has the form of Keep a Changelog, and knows the version that is built."""

from __future__ import annotations

import re
from pathlib import Path

import newslint

TEXT = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_what_is_not_released_comes_first_and_each_version_has_its_date() -> None:
    assert HEADINGS[0] == "[Unreleased]"
    for heading in HEADINGS[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading), heading
    dates = [heading[-10:] for heading in HEADINGS[1:]]
    assert dates == sorted(dates, reverse=True)


def test_no_mark_of_a_merge_is_left() -> None:
    assert not re.search(r"^(<<<<<<<|=======|>>>>>>>)", TEXT, re.MULTILINE)


def test_entries_are_below_one_of_the_six_kinds() -> None:
    assert set(re.findall(r"^### (.*)$", TEXT, re.MULTILINE)) <= KINDS


def test_each_version_links_to_its_changes_and_the_newest_one_is_this() -> None:
    links = re.findall(r"^\[(.+)\]: https://", TEXT, re.MULTILINE)
    assert links == [heading.partition("]")[0][1:] for heading in HEADINGS]
    assert HEADINGS[1].startswith(f"[{newslint.__version__}]")
