"""newslint beside other linters, all over the same posts in one run.

    python benchmarks/peers.py [--posts 2000] [--rounds 3] [--work FOLDER]

HTMLHint, html-validate, markdownlint-cli2 and the Nu HTML checker (vnu.jar) come from the npm
registry, djLint from PyPI; they are installed into FOLDER, which may be used again. Needed are npm
and Java. Each is run as it is meant to be over many files: once for all of them, with its own
defaults, and with as many processes as it takes by itself. Those that lint HTML alone get the same
files under names that end in .html. All run in turns; the median of each is told. The exit code is
1 where newslint, with all default rules and without its cache, does less than 8 times the posts a
second of the fastest of them. Told too, and not counted, is what it does with its cache over posts
that have not changed since the last run; none of the others keeps anything.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

MAKER = Path(__file__).with_name("make_archive.py")
NODE = ("htmlhint", "html-validate", "markdownlint-cli2", "vnu-jar")
LEAST = 8.0
CACHED = "newslint, unchanged posts"


class Run(NamedTuple):
    """One invocation: how long it took, how it ended, and how much it said."""

    seconds: float
    code: int
    lines: int


def install(work: Path) -> dict[str, str]:
    """Install what is missing; the versions by name."""
    node, python = work / "node", work / "python"
    node.mkdir(parents=True, exist_ok=True)
    if not (node / "node_modules").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", *NODE]
        subprocess.run(command, cwd=node, check=True)
    if not python.is_dir():
        subprocess.run([sys.executable, "-m", "venv", python], check=True)
        subprocess.run([python / "bin" / "pip", "install", "-q", "djlint"], check=True)
    versions = {
        name: json.loads((node / "node_modules" / name / "package.json").read_text())["version"]
        for name in NODE
    }
    script = "from importlib.metadata import version; print(version('djlint'))"
    command = [str(python / "bin" / "python"), "-c", script]
    asked = subprocess.run(command, check=True, capture_output=True, text=True)
    return {**versions, "djlint": asked.stdout.strip()}


def made(work: Path, number: int) -> None:
    """Make the posts, and the same under names that end in .html, as the HTML linters want them."""
    for folder in (work / "md", work / "html"):
        shutil.rmtree(folder, ignore_errors=True)
    posts = work / "md" / "posts"
    subprocess.run([sys.executable, MAKER, posts, "--posts", str(number)], check=True)
    for at, file in enumerate(sorted(posts.rglob("*.md"))):
        to = work / "html" / "posts" / f"{at // 1000:03}" / f"{at:06}.html"
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)


def commands(work: Path) -> dict[str, tuple[Path, list[str]]]:
    """Where each linter is run, and how."""
    tools = work / "node" / "node_modules"
    html, markdown = work / "html", work / "md"
    newslint = [sys.executable, "-m", "newslint", "check", "--isolated", "posts"]
    return {
        "newslint": (markdown, [*newslint, "--no-cache"]),
        CACHED: (markdown, [*newslint, "--cache-dir", str(work / "cache")]),
        "htmlhint": (html, ["node", str(tools / "htmlhint/bin/htmlhint"), "posts/**/*.html"]),
        "html-validate": (
            html,
            ["node", str(tools / "html-validate/bin/html-validate.mjs"), "--ext", "html", "posts"],
        ),
        "markdownlint-cli2": (
            markdown,
            ["node", str(tools / "markdownlint-cli2/markdownlint-cli2-bin.mjs"), "posts/**/*.md"],
        ),
        "vnu-jar": (
            html,
            ["java", "-jar", str(tools / "vnu-jar/build/dist/vnu.jar"), "--skip-non-html", "posts"],
        ),
        "djlint": (html, [str(work / "python/bin/djlint"), "posts", "--lint", "--quiet"]),
    }


def run(folder: Path, command: list[str]) -> Run:
    """Run a linter over all posts."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        done = subprocess.run(command, cwd=folder, stdout=said, stderr=said, check=False)
        seconds = time.perf_counter() - started
        said.seek(0)
        return Run(seconds, done.returncode, sum(1 for _ in said))


def main() -> int:
    """Print a table; 1 where newslint is not as many times as fast as promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, help="where the linters and the posts lie")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = (args.work or Path(scratch)).absolute()
        versions = install(work)
        made(work, args.posts)
        ways = commands(work)
        run(*ways[CACHED])
        rounds = [{name: run(*way) for name, way in ways.items()} for _ in range(args.rounds)]
    print(f"{args.posts:,} posts, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'':28} {'posts/s':>9} {'newslint is':>12} {'exit code':>10} {'lines':>11}")
    fastest = 0.0
    own = args.posts / statistics.median(one["newslint"].seconds for one in rounds)
    for name in ways:
        runs = [one[name] for one in rounds]
        speed = args.posts / statistics.median(one.seconds for one in runs)
        ratio = statistics.median(one[name].seconds / one["newslint"].seconds for one in rounds)
        if name not in ("newslint", CACHED):
            fastest = max(fastest, speed)
        shown = f"{name} {versions.get(name, '')}"
        times = f"{ratio:.1f} times"
        print(f"{shown:28} {speed:9.0f} {times:>12} {runs[-1].code:10} {runs[-1].lines:11,}")
    print(f"newslint does {own / fastest:.1f} times the posts a second of the fastest of them")
    return int(own / fastest < LEAST)


if __name__ == "__main__":
    sys.exit(main())
