"""newslint with all default rules beside the floor: read, `frontmatter.loads`, lxml's parse.

    python benchmarks/floor.py [--posts 10000] [--rounds 5] [--folder POSTS]

Both go through the same posts in one process, a hundred posts each in turns: a machine whose speed
changes from one second to the next disturbs both alike. newslint's is one run over all of them. The
figure to quote is the median of the ratios. Without --folder, posts are made.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import frontmatter
from lxml import etree

from newslint.config.project import Project
from newslint.files.posts import PostFile
from newslint.runner.pipeline import lint_files

MAKER = Path(__file__).with_name("make_archive.py")
TURN = 100


def floor(files: Sequence[Path]) -> None:
    """Read and parse each post, nothing more."""
    parser = etree.HTMLParser()
    for file in files:
        post = frontmatter.loads(file.read_text(encoding="utf-8"))
        etree.fromstring(post.content, parser)


def one_round(files: Sequence[Path], project: Project) -> tuple[float, float]:
    """The seconds of the floor and of newslint, which go through the posts side by side."""
    found = [PostFile(str(file), str(file)) for file in files]
    reports = lint_files(found, project)
    low = high = 0.0
    for at in range(0, len(files), TURN):
        turn = files[at : at + TURN]
        started = time.perf_counter()
        linted = [*islice(reports, len(turn))]
        between = time.perf_counter()
        floor(turn)
        low += time.perf_counter() - between
        high += between - started
        assert len(linted) == len(turn)
    return low, high


def main() -> None:
    """Print the floor, newslint and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    # As the command does (`newslint.cli`); the floor gains a little by it too.
    gc.set_threshold(50_000)
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch) / "posts"
        if args.folder is None:
            # Without defects: the floor stops at a post whose YAML does not parse.
            made = [sys.executable, MAKER, folder, "--posts", str(args.posts), "--defects", "0"]
            subprocess.run(made, check=True)
        files = sorted(folder.rglob("*.md"))
        size = sum(file.stat().st_size for file in files)
        print(
            f"{len(files):,} posts, {size / len(files) / 1000:.1f} KB each, "
            f"Python {sys.version.split()[0]}"
        )
        pairs = []
        for _ in range(args.rounds):
            project = Project(folder, isolated=True)
            pairs.append(one_round(files, project))
    for name, times in zip(("floor", "newslint"), zip(*pairs, strict=True), strict=True):
        each = [one / len(files) * 1e6 for one in times]
        print(
            f"{name:10} {statistics.median(each):8.1f} µs a post "
            f"(from {min(each):.1f} to {max(each):.1f})"
        )
    ratios = [high / low for low, high in pairs]
    print(
        f"ratio      {statistics.median(ratios):8.2f} (from {min(ratios):.2f} to {max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
