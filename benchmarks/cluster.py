"""One and two Dask workers over the same posts, all on this machine.

    python benchmarks/cluster.py [--posts 20000] [--rounds 3] [--folder POSTS] [--s3]

Scheduler and workers are programs of their own, started here. Each round lints all posts with one
worker and with two, in turns; the figures to quote are the medians. What the client and the
scheduler take a post, in processor time, is what bounds a larger cluster.

How much two processes can do more than one depends on the machine: two processors may be the two
threads of one core. So each round also lints all posts by one process without Dask, then by two at
once, each all posts, that know nothing of each other.

The posts are in a folder, as on a shared file system. ``--s3`` puts them into moto's S3 server: it
shows what reading over HTTP costs a worker, but not how a cluster grows, since that server takes
more processor time a post than linting does, in one process.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import psutil

from newslint.config.project import Project
from newslint.files.discovery import discover, located
from newslint.files.posts import PostFile
from newslint.runner import dask_connection, executors
from newslint.runner.pipeline import lint_files

MAKER = Path(__file__).with_name("make_archive.py")
URL = "s3://bucket/posts"


@contextmanager
def program(log: Path, *command: str) -> Iterator[psutil.Process]:
    """A program that runs as long as the block."""
    with log.open("wb") as stream:
        process = psutil.Popen([sys.executable, *command], stdout=stream, stderr=stream)
    try:
        yield process
    finally:
        for one in (*process.children(recursive=True), process):
            one.kill()
        process.wait()


def awaited(look: Callable[[], str]) -> str:
    """What a look gives, as soon as it gives something."""
    while not (found := look()):
        time.sleep(0.1)
    return found


@contextmanager
def s3_server(folder: Path, scratch: Path) -> Iterator[str]:
    """The S3 server of moto, with the posts of a folder: their URL."""
    log = scratch / "s3.log"
    with program(log, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"):
        url = awaited(lambda: log.read_text().partition("Running on ")[2].partition("\n")[0])
        os.environ |= {
            "AWS_ENDPOINT_URL": url.strip(),
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "knows",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        from s3fs import S3FileSystem

        files = S3FileSystem()
        files.mkdir("bucket")
        files.put(f"{folder}/", "bucket/posts/", recursive=True)
        yield URL


@contextmanager
def dask_cluster(scratch: Path, workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """A scheduler with workers of one thread each: its address, its process and theirs."""
    file = scratch / f"scheduler-{workers}.json"
    where = ("--scheduler-file", str(file), "--no-dashboard")
    log = scratch / f"scheduler-{workers}.log"
    with program(
        log, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *where
    ) as scheduler:
        address = awaited(lambda: json.loads(file.read_text())["address"] if file.exists() else "")
        many = ("--nworkers", str(workers), "--nthreads", "1", "--local-directory", str(scratch))
        with program(
            scratch / f"workers-{workers}.log", "-m", "dask", "worker", *many, *where
        ) as nannies:
            yield address, [scheduler, nannies]


class Round:
    """Lints all posts on a cluster that is warm, and remembers what that took."""

    def __init__(
        self, address: str, programs: list[psutil.Process], files: Sequence[PostFile], run: Project
    ) -> None:
        self.joined = dask_connection.connected(address, 1)
        self.programs = programs
        self.files = files
        self.run = run
        self.took: list[tuple[float, ...]] = []

    def __call__(self) -> None:
        """Lint; keep seconds, and the processor seconds of client, scheduler and workers."""
        before = self._times()
        found = sum(1 for _ in lint_files(self.files, self.run, cluster=self.joined))
        assert found == len(self.files)
        self.took.append(tuple(b - a for a, b in zip(before, self._times(), strict=True)))

    def _times(self) -> tuple[float, ...]:
        spent = [
            sum(sum(one.cpu_times()[:2]) for one in (program, *program.children(recursive=True)))
            for program in self.programs
        ]
        return time.perf_counter(), time.process_time(), *spent


def apart(place: str, processes: int) -> float:
    """The seconds that so many runs over all posts take at once, each in one process."""
    options = ("--isolated", "--no-cache", "--jobs", "1")
    command = [sys.executable, "-m", "newslint", "check", *options, place]
    started = time.perf_counter()
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(processes)]
    for run in runs:
        run.wait()
    return time.perf_counter() - started


def main() -> None:
    """Print what each number of workers takes, and how many times as fast two are as one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--s3", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folder = args.folder or scratch / "posts"
        if args.folder is None:
            made = [sys.executable, MAKER, folder, "--posts", str(args.posts)]
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        with s3_server(folder, scratch) if args.s3 else nullcontext(str(folder)) as place:
            measure(place, args.rounds, scratch)


def measure(place: str, rounds: int, scratch: Path) -> None:
    """Lint a folder or URL on a cluster of one worker and on one of two, in turns."""
    started = time.perf_counter()
    given, run = located([place], Project(Path.cwd(), isolated=True))
    files = discover(given, run)
    listing = time.perf_counter() - started
    with (
        dask_cluster(scratch, 1) as first,
        dask_cluster(scratch, 2) as second,
    ):
        ways = {1: Round(*first, files, run), 2: Round(*second, files, run)}
        with closing(ways[1].joined), closing(ways[2].joined):
            for one in ways.values():
                list(lint_files(files[:200], run, cluster=one.joined))
            possible = []
            for _ in range(rounds):
                for one in ways.values():
                    one()
                possible.append(2 * apart(place, 1) / apart(place, 2))
    number = len(files)
    cores = executors.cores()
    print(
        f"{number:,} posts in {run.url or 'a folder'}, {cores} cores, "
        f"Python {sys.version.split()[0]}"
    )
    print(f"{'listing':20} {listing / number * 1e6:11.1f} µs a post by the clock")
    for workers, way in ways.items():
        names = (f"{workers} workers", "  client", "  scheduler", "  workers")
        for name, column in zip(names, zip(*way.took, strict=True), strict=True):
            each = statistics.median(column) / number * 1e6
            kind = "of processor time" if name.startswith(" ") else "by the clock"
            print(f"{name:20} {each:11.1f} µs a post {kind}")
    times = [one[0] / two[0] for one, two in zip(ways[1].took, ways[2].took, strict=True)]
    print(f"two workers are {_spread(times)} times as fast as one")
    print(f"two processes apart do {_spread(possible)} times as much as one")


def _spread(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    main()
