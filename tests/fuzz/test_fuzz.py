"""A bounded run of the fuzzer, and every crash that was ever found."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("newslint_fuzz", HERE / "fuzz.py")
assert _spec and _spec.loader
fuzz = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz)

FIXTURES = sorted((HERE / "fixtures").glob("*.txt"))


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_what_once_broke_breaks_no_more(fixture: Path, path: str) -> None:
    kind = "configuration" if fixture.stem.startswith("configuration") else "html"
    for target in fuzz.TARGETS:
        fuzz.check(kind, fixture.read_bytes(), target, path)


def test_some_seconds_of_hostile_input_break_nothing() -> None:
    count, found = fuzz.fuzz(seconds=15, seed=20211202)
    assert not found, "\n".join(found)
    assert count > 20
