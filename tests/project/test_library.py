"""The library, as docs/library.md shows it."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER

import newslint

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
Write = Callable[..., Path]


def test_the_scraper_of_the_page_writes_a_fixed_post_and_prints_what_is_left(
    tmp_path: Path,
) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    written = (tmp_path / "posts/2026-11-27-harbour.md").read_text(encoding="utf-8")
    assert 'referrerpolicy="no-referrer"' in written
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines and all(line.startswith("posts/2026-11-27-harbour.md:") for line in lines)
    assert "IMG001" not in done.stdout


@pytest.mark.parametrize("kind", ["exception", "function", "type"])
def test_every_name_of_the_tables_is_public(kind: str) -> None:
    (table,) = re.findall(rf"^\| {kind} \|.*?\n\n", PAGE, re.DOTALL | re.MULTILINE)
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    names = [re.sub(r"\(.*", "", name) for cell in cells for name in re.findall(r"`(.*?)`", cell)]
    assert names
    assert set(names) <= set(newslint.__all__)


def test_a_fixed_text_says_what_was_fixed_and_what_is_left(tmp_path: Path) -> None:
    project = newslint.Project(tmp_path, isolated=True)
    text = NO_REFERRER.replace("title: A title\n", "title:\n")
    result = newslint.fix_text(text, "a.md", project)
    assert [one.code for one in result.fixed] == ["IMG001"]
    assert [one.finding.code for one in result.remaining] == ["FM008"]
    assert result.remaining == newslint.check_text(result.text, "a.md", project)
    again = newslint.fix_text(result.text, "a.md", project)
    assert again == (result.text, (), result.remaining)


def test_threads_that_share_a_project_get_the_same_answers(tmp_path: Path) -> None:
    project = newslint.Project(tmp_path, isolated=True)
    texts = [
        one.replace("Text", f"Text {number}")
        for number in range(20)
        for one in (CLEAN, NO_REFERRER)
    ]
    alone = [newslint.fix_text(text, "a.md", project) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        together = threads.map(lambda text: newslint.fix_text(text, "a.md", project), texts)
        assert [*together] == alone


def test_what_is_returned_and_the_project_can_be_pickled(tmp_path: Path) -> None:
    project = newslint.Project(tmp_path, isolated=True)
    result = newslint.fix_text(NO_REFERRER.replace("title", "titel"), "a.md", project)
    assert result.fixed and result.remaining
    assert pickle.loads(pickle.dumps(result)) == result
    same = pickle.loads(pickle.dumps(project))
    assert newslint.check_text(NO_REFERRER, "a.md", same) == newslint.check_text(
        NO_REFERRER, "a.md", project
    )


def test_a_wrong_configuration_and_a_missing_path_are_errors_for_users(
    write: Write, tmp_path: Path
) -> None:
    write("newslint.toml", 'target = "hexxo"\n')
    project = newslint.Project(tmp_path)
    with pytest.raises(newslint.ConfigError, match=r"newslint\.toml"):
        newslint.check_text(CLEAN, "a.md", project)
    with pytest.raises(newslint.UsageError, match=r"missing\.md"):
        list(newslint.check_paths(["missing.md"], newslint.Project(tmp_path, isolated=True)))
