"""Time and memory a post, from a thousand posts to a million, as a table and a plot.

    python benchmarks/growth.py [--sizes 1000 10000 …] [--work FOLDER] [--plot docs/growth]

The posts are made on the fly, about 8 KB each, a thousand in a folder, and deleted when they were
linted. Each size is run in a process of its own, as ``newslint check`` without a cache, with all
default rules and without the rules about the archive. What was measured is kept in
FOLDER/growth.json: a run that was broken off goes on where it was. The exit code is 1 where a post
of the largest size takes more than 1.15 times what one of 10,000 takes, or memory is over its
limits. The plot needs matplotlib.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAKER = Path(__file__).with_name("make_archive.py")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
MODES = {"default rules": [], "no archive rules": ["--ignore", "ARC,LNK004"]}
PATTERNS = 1_000
"""Posts of the maker, of which all others are made: each with a title and a sentence of its own."""
OF_A_FOLDER = 1_000
MOST_RATIO = 1.15
"""How much longer a post may take at the largest size than at `BASE` posts."""
BASE = 10_000
MOST_OF_A_WORKER = 200_000_000
MOST_OF_A_POST = 300
"""Bytes in the parent, without archive rules."""


def patterns(scratch: Path) -> list[tuple[str, str]]:
    """What is before and after the first paragraph of some posts without defects."""
    folder = scratch / "patterns"
    command = [sys.executable, MAKER, folder, "--posts", str(PATTERNS), "--defects", "0"]
    subprocess.run(command, check=True)
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))]
    shutil.rmtree(folder)
    return [text.split("<p>", 1) for text in texts]  # type: ignore[misc]


def make(folder: Path, number: int, made: list[tuple[str, str]]) -> None:
    """Write so many posts, no two of which are alike."""
    for at in range(number):
        head, body = made[at % len(made)]
        into = folder / f"{at // OF_A_FOLDER:04}"
        if at % OF_A_FOLDER == 0:
            into.mkdir(parents=True)
        head = head.replace("title: '", f"title: '{at} ", 1)
        text = f"{head}<p>报道第{at}号。</p><p>{body}"
        (into / f"新闻报道第{at:07}号.md").write_text(text, encoding="utf-8")


def measure(folder: Path, options: list[str]) -> dict[str, float]:
    """Lint a folder in a process of its own: seconds, and bytes of the parent and of a worker."""
    command = [sys.executable, __file__, "--lint", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"newslint failed: {done.stderr}")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def lint(folder: str, options: list[str]) -> None:
    """Run newslint here and print what it took."""
    from newslint.cli.main import run

    os.chdir(folder)
    started = time.perf_counter()
    base = ["check", "--isolated", "--no-cache", "-q", "-o", os.devnull]
    code = run([*base, "--output-format", "concise", *options])
    seconds = time.perf_counter() - started
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join()  # it waits for the workers, of which only then is known what they took
    unit = 1 if sys.platform == "darwin" else 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor": sum(
                    (own.ru_utime, own.ru_stime, children.ru_utime, children.ru_stime)
                ),
                "parent": own.ru_maxrss * unit,
                "worker": children.ru_maxrss * unit,
                "code": code,
            }
        )
    )


def measured(sizes: list[int], work: Path) -> dict[str, dict[str, Any]]:
    """Every size in every mode, as far as it was not measured before."""
    kept = work / "growth.json"
    known: dict[str, dict[str, Any]] = json.loads(kept.read_text()) if kept.exists() else {}
    made: list[tuple[str, str]] = []
    for size in sizes:
        missing = [mode for mode in MODES if f"{size} {mode}" not in known]
        if not missing:
            continue
        made = made or patterns(work)
        folder = work / f"posts-{size}"
        shutil.rmtree(folder, ignore_errors=True)
        make(folder, size, made)
        for mode in missing:
            known[f"{size} {mode}"] = measure(folder, MODES[mode])
            kept.write_text(json.dumps(known, indent=1))
        shutil.rmtree(folder)
    return known


def table(sizes: list[int], known: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    yield (
        f"{'posts':>9}  {'rules':16} {'µs a post':>10} {'processor':>10} "
        f"{'parent MB':>10} {'worker MB':>10}"
    )
    for mode in MODES:
        for size in sizes:
            one = known[f"{size} {mode}"]
            each, own = (one[key] / size * 1e6 for key in ("seconds", "processor"))
            parent, worker = (one[key] / 1e6 for key in ("parent", "worker"))
            yield f"{size:9,}  {mode:16} {each:10.1f} {own:10.1f} {parent:10.1f} {worker:10.1f}"


def verdicts(sizes: list[int], known: dict[str, dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """What was promised, and whether it was kept."""
    first, last = sizes[0], sizes[-1]
    if BASE in sizes and last > BASE:
        for key in ("seconds", "processor"):
            one, two = (known[f"{size} default rules"][key] / size for size in (BASE, last))
            words = f"{key} a post at {last:,}: {two / one:.2f} times those at {BASE:,}"
            yield f"{words} (at most {MOST_RATIO})", two / one <= MOST_RATIO
    worker = max(known[f"{size} {mode}"]["worker"] for size in sizes for mode in MODES)
    yield f"a worker: {worker / 1e6:.0f} MB (at most 200)", worker <= MOST_OF_A_WORKER
    if last > first:
        low, high = (known[f"{size} no archive rules"]["parent"] for size in (first, last))
        each = (high - low) / (last - first)
        words = f"the parent, without archive rules: {each:.0f} bytes a post"
        yield f"{words} (at most {MOST_OF_A_POST})", each <= MOST_OF_A_POST


def plot(sizes: list[int], known: dict[str, dict[str, Any]], file: Path) -> None:
    """Draw time and memory over the number of posts, as PNG and SVG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for mode, sign in zip(MODES, ("o-", "s--"), strict=True):
        runs = [known[f"{size} {mode}"] for size in sizes]
        each = [run["seconds"] / size * 1e6 for size, run in zip(sizes, runs, strict=True)]
        left.plot(sizes, each, sign, label=mode)
        for kind in ("parent", "worker"):
            label = f"{kind}, {mode}"
            right.plot(sizes, [run[kind] / 1e6 for run in runs], sign, label=label)
    left.set(xscale="log", xlabel="posts", ylabel="µs a post", ylim=(0, None), title="Time")
    right.set(xscale="log", xlabel="posts", ylabel="MB", ylim=(0, None), title="Memory at most")
    left.legend()
    right.legend()
    for suffix in ("png", "svg"):
        figure.savefig(
            file.with_suffix(f".{suffix}"),
            dpi=120,
            metadata={"Date": None} if suffix == "svg" else None,
        )


def main() -> int:
    """Measure, print the table and whether promises are kept; draw the plot."""
    if sys.argv[1:2] == ["--lint"]:
        lint(sys.argv[2], sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--work", type=Path, help="where posts and results lie")
    parser.add_argument("--plot", type=Path, help="draw to FILE.png and FILE.svg")
    args = parser.parse_args()
    sizes = sorted(args.sizes)
    with tempfile.TemporaryDirectory() as scratch:
        work = args.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        known = measured(sizes, work)
    print(*table(sizes, known), sep="\n")
    kept = True
    for words, is_kept in verdicts(sizes, known):
        print(f"{words}: {'kept' if is_kept else 'NOT KEPT'}")
        kept &= is_kept
    if args.plot is not None:
        plot(sizes, known, args.plot)
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
