"""How long newslint takes to start: one post from the shell, and ``newslint --version``.

    python benchmarks/start.py [--rounds 20]

All commands run in turns, so that a noisy machine disturbs them alike; the figure to quote is the
median of each round's ratio of processor time. With --instructions they run once under valgrind
and instructions are counted, which nothing disturbs.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

POST = """---
title: A title
categories: [World]
headimg: https://a.cn/1.jpg
author: Wire
comments: false
date: Tue, 02 Feb 2021 15:10:00 GMT
thumbnail: https://a.cn/1.jpg
---
<div><p>Some words that say enough.</p>
<p><img src="https://a.cn/1.jpg" alt="A map" referrerpolicy="no-referrer"></p>
<p>(Editor: Ann Lee)</p></div>
"""
NEWSLINT = Path(sys.executable).with_name("newslint")


def commands(post: Path) -> dict[str, list[str]]:
    """The commands by what they are called in the table; the post's folder is not a project."""
    python = [sys.executable, "-c"]
    return {
        "python -c pass": [*python, "pass"],
        "the imports": [*python, "import lxml, pydantic, frontmatter, rich"],
        "newslint --version": [str(NEWSLINT), "--version"],
        "newslint POST": [str(NEWSLINT), str(post)],
    }


def seconds(command: list[str]) -> float:
    """The processor time of a command, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def instructions(command: list[str]) -> float:
    """The instructions of a command, in millions, counted by valgrind."""
    tool = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", sys.executable]
    script = command[1:] if command[0] == sys.executable else command
    done = subprocess.run([*tool, *script], check=True, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    assert found is not None, done.stderr
    return int(found[1]) / 1e6


def main() -> None:
    """Print what each command takes, and the two ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--instructions", action="store_true")
    args = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        post = Path(folder, "post.md")
        post.write_text(POST, encoding="utf-8")
        known = commands(post)
        measure, unit, scale = seconds, "ms", 1e3
        if args.instructions:
            measure, unit, scale, args.rounds = instructions, "M instructions", 1.0, 1
        for command in known.values():
            measure(command)  # compiles what is not compiled yet
        rounds = [{n: measure(c) for n, c in known.items()} for _ in range(args.rounds)]
    for name in known:
        each = [one[name] * scale for one in rounds]
        print(f"{name:20} {statistics.median(each):8.1f} {unit} (from {min(each):.1f})")
    for name, other in (("newslint --version", "python -c pass"), ("newslint POST", "the imports")):
        ratios = [one[name] / one[other] for one in rounds]
        print(f"{name:20} {statistics.median(ratios):8.2f} times {other}")


if __name__ == "__main__":
    main()
