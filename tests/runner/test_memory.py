"""Memory: a worker contains its posts, and the process that leads a run next to nothing of each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import NO_REFERRER

from newslint import ArchiveRule
from newslint.linter import registry

resource = pytest.importorskip("resource", reason="the system does not count memory")
if sys.platform != "linux":
    pytest.skip("elsewhere ru_maxrss counts other things", allow_module_level=True)

MEASURED = """
import resource, sys
from newslint.cli.main import run
code = run(sys.argv[1:])
kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
print(code, *(resource.getrusage(kind).ru_maxrss for kind in kinds))
"""
WITHOUT_ARCHIVE = ",".join(
    sorted(code for code, rule in registry.rules().items() if issubclass(rule, ArchiveRule))
)
A_FILE = 500
"""Posts that one file represents, as hard links: what is measured is who contains what of them."""


class Used(NamedTuple):
    """The most bytes that the leading process had, and the largest of its workers."""

    leader: int
    worker: int


def used(folder: Path, *args: str) -> Used:
    done = subprocess.run(
        [
            *(sys.executable, "-c", MEASURED, "--no-cache", "--jobs", "2", "-q"),
            *("-o", os.devnull, "--ignore", WITHOUT_ARCHIVE, *args, str(folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    code, leader, worker = map(int, done.stdout.split())
    assert code == 1
    assert worker > 0, "there were no workers"
    return Used(leader * 1024, worker * 1024)


@pytest.fixture
def posts(tmp_path: Path) -> Callable[[int], Path]:
    """Make a folder of so many posts, each with a finding."""

    def make(number: int) -> Path:
        folder = tmp_path / str(number)
        folder.mkdir()
        for at in range(number):
            post = folder / f"2021-12-02-post-{at:06}.md"
            if at % A_FILE == 0:
                post.write_text(NO_REFERRER)
                original = post
            else:
                post.hardlink_to(original)
        return folder

    return make


def test_the_leading_process_takes_under_300_bytes_a_post_without_archive_rules(
    posts: Callable[[int], Path],
) -> None:
    few, many = 2_000, 14_000
    growth = (
        used(posts(many), "--select", "IMG001").leader
        - used(posts(few), "--select", "IMG001").leader
    )
    assert growth < 300 * (many - few), f"{growth / (many - few):.0f} bytes a post"


def test_a_worker_stays_below_200_mb(posts: Callable[[int], Path]) -> None:
    folder = posts(400)
    image = '<img src="https://a.cn/1.jpg" alt="A map" referrerpolicy="no-referrer">'
    for at in range(20):
        # Ten times as long as the posts of an archive are, and a batch of them at a time.
        text = f"<p>Some text of an article.{image}</p>\n" * 900
        (folder / f"2021-12-01-long-{at}.md").write_text(NO_REFERRER + text)
    assert used(folder).worker < 200_000_000
