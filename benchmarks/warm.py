"""A warm run over unchanged posts, and several processes, beside the least that could be done.

    python benchmarks/warm.py [--posts 100000] [--folder POSTS]

The least is to list the folders and to ask for the status of each file. All run in turns in one
process; the figures to quote are the medians of the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from newslint.config.project import Project
from newslint.files.discovery import discover
from newslint.runner import executors
from newslint.runner.cache.cache import Cache
from newslint.runner.pipeline import lint_files

MAKER = Path(__file__).with_name("make_archive.py")


def listed(folder: str) -> int:
    """The files below a folder, each looked at; their number."""
    number = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                number += listed(entry.path)
            else:
                entry.stat()
                number += 1
    return number


def linted(folder: Path, jobs: int, cache: Path | None = None) -> int:
    """Find and lint the posts of a folder; their number."""
    project = Project(folder, isolated=True)
    files = discover([folder], project)
    if cache is None:
        return sum(1 for _ in lint_files(files, project, jobs=jobs))
    with closing(Cache(cache)) as known:
        return sum(1 for _ in lint_files(files, project, jobs=jobs, cache=known))


def seconds(run: Callable[[], object]) -> float:
    """How long a call takes, in seconds."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def main() -> None:
    """Print a table of the ways to run, each with its ratio to the least."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    jobs = executors.cores()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch) / "posts"
        if args.folder is None:
            made = [sys.executable, MAKER, folder, "--posts", str(args.posts)]
            subprocess.run(made, check=True)
            time.sleep(3)  # until the files' times are settled, as those of an archive are
        cache = Path(scratch) / "cache.sqlite"
        linted(folder, jobs, cache)
        ways: dict[str, Callable[[], object]] = {
            "scandir and stat": lambda: listed(str(folder)),
            "warm": lambda: linted(folder, jobs, cache),
            "cold, one process": lambda: linted(folder, 1),
            f"cold, {jobs} processes": lambda: linted(folder, jobs),
        }
        rounds = [{name: seconds(run) for name, run in ways.items()} for _ in range(args.rounds)]
        number = listed(str(folder))
    least = "scandir and stat"
    print(f"{number:,} files, {jobs} cores, Python {sys.version.split()[0]}")
    for name in ways:
        each = statistics.median(one[name] for one in rounds) / number * 1e6
        ratio = statistics.median(one[name] / one[least] for one in rounds)
        print(f"{name:20} {each:8.1f} µs a post {ratio:8.1f} times {least}")


if __name__ == "__main__":
    main()
