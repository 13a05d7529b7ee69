"""Posts in an S3 server, linted on a Dask cluster: the same findings, whoever dies."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from distributed import Client

ROOT = "s3://bucket/posts"
CONFIGURATION = """\
exclude = ["old/"]

[limits]
file-size = 50_000

[[overrides]]
files = ["World/**"]
ignore = ["IMG001"]
"""
TREE = {
    ".gitignore": "drafts/\n",
    "a.md": NO_REFERRER,
    "drafts/a.md": NO_REFERRER,
    "old/a.md": NO_REFERRER,
    "node_modules/a.md": NO_REFERRER,
    "notes.txt": "no post",
    "World/a b.md": NO_REFERRER.replace("A title", "Another title"),
    "World/#1 50%+1?.md": NO_REFERRER.replace("A title", "Twice"),
    "新闻/一.md": NO_REFERRER.replace("A title", "Twice"),
    "新闻/.gitignore": "no-*.md\n!no-no.md\n",
    "新闻/no-1.md": NO_REFERRER,
    "新闻/no-no.md": NO_REFERRER.replace("A title", "No"),
    "empty.md": "",
    "long.md": CLEAN + "x" * 60_000,
    "latin.md": CLEAN.encode().replace(b"Text", b"T\xe9xt"),
    "bom.md": b"\xef\xbb\xbf" + CLEAN.encode(),
    "crlf.md": NO_REFERRER.replace("\n", "\r\n").replace("A title", "CRLF"),
    "hushed.md": "<!-- newslint-disable-file IMG001 -->".join(NO_REFERRER.rsplit("<div>", 1)),
    "hushed for nothing.md": CLEAN.replace("</div>", "<!-- newslint-disable SEC001 --></div>"),
    "links.md": CLEAN.replace("Text", '<a href="a.md">there</a> <a href="gone.md">not</a>'),
}
"""Names that are quoted in URLs, folders that are left out, posts that are read in each way."""


def put(port: int, files: dict[str, bytes]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for name, data in files.items():
        headers = {"Content-Type": "text/html", "x-amz-acl": "public-read"}
        connection.request("PUT", quote(f"/{name}"), data, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, name


def listening(start: Callable[[], int | None], what: str) -> int:
    """Wait until something tells its port."""
    for _ in range(600):
        if (port := start()) is not None:
            return port
        time.sleep(0.1)
    pytest.fail(f"{what} does not start")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Path]]:
    """Start a program, whose log is returned; it ends with the tests."""
    folder = tmp_path_factory.mktemp("logs")
    running: list[subprocess.Popen[bytes]] = []

    def start(*command: str, **environment: str) -> Path:
        log = folder / f"{len(running)}.log"
        with log.open("wb") as stream:
            running.append(
                subprocess.Popen(
                    [sys.executable, *command],
                    stdout=stream,
                    stderr=stream,
                    cwd=folder,
                    env={**os.environ, **environment},
                    start_new_session=True,
                )
            )
        return log

    yield start
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def bucket(started: Callable[..., Path]) -> dict[str, str]:
    """An S3 server that contains the tree; the environment by which it is reached."""
    log = started("-m", "moto.server", "-H", "127.0.0.1", "-p", "0")

    def port() -> int | None:
        words = log.read_text().partition("http://127.0.0.1:")[2]
        return int(words.split()[0]) if words else None

    found = listening(port, "moto's server")
    put(found, {"bucket": b""})
    put(found, {f"bucket/posts/{name}": as_bytes(text) for name, text in TREE.items()})
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{found}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "knows",
        "AWS_DEFAULT_REGION": "us-east-1",
        "PORT": str(found),
    }


@pytest.fixture(scope="module")
def scheduler(started: Callable[..., Path], bucket: dict[str, str], tmp_path_factory) -> str:
    """The address of a Dask scheduler with two workers."""
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    quiet = {**bucket, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    where = ("--scheduler-file", str(file), "--no-dashboard")
    started("-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *where, **quiet)
    listening(lambda: 1 if file.exists() else None, "the scheduler")
    for _ in range(2):
        started("-m", "dask", "worker", "--nthreads", "1", *where, **quiet)
    return str(json.loads(file.read_text())["address"])


def as_bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


@pytest.fixture
def tree(write: Callable[..., Path], tmp_path: Path) -> Path:
    """The same posts on the disk, with a configuration; the command runs in the folder."""
    for name, text in TREE.items():
        write(name, text)
    write("newslint.toml", CONFIGURATION)
    return tmp_path


def below(url: str, text: str) -> str:
    """What was said of posts below a URL, as it is reported of those in the current folder."""
    return text.replace(f'"{url}/', '"')


def findings(command: Command, *args: str, **environment: str) -> str:
    done = command("check", "--no-cache", "--output-format", "jsonl", *args, **environment)
    assert done.returncode == 2, done.stderr  # one post is too long
    return done.stdout


def test_posts_in_s3_are_judged_as_those_in_the_current_folder(
    newslint: Command, tree: Path, bucket: dict[str, str]
) -> None:
    here = findings(newslint)
    assert here.count('"IMG001"') == 4
    assert {"ARC001", "NL001", "LNK004", "IO001"} <= {
        json.loads(one)["code"] for one in here.splitlines()
    }
    assert below(ROOT, findings(newslint, ROOT, **bucket)) == here


def test_a_cluster_says_what_this_machine_says(
    newslint: Command, tree: Path, bucket: dict[str, str], scheduler: str
) -> None:
    here = findings(newslint)
    on_cluster = ("--engine", "dask", "--scheduler", scheduler)
    assert findings(newslint, *on_cluster) == here
    assert below(ROOT, findings(newslint, ROOT, *on_cluster, **bucket)) == here


def test_findings_are_the_same_when_a_worker_is_killed_half_way(
    newslint: Command, write: Callable[..., Path], tmp_path: Path, bucket: dict[str, str],
    scheduler: str, started: Callable[..., Path],
) -> None:  # fmt: skip
    posts = {
        f"{number:03}.md": NO_REFERRER.replace("A title", f"{number}") for number in range(400)
    }
    put(int(bucket["PORT"]), {f"bucket/many/{name}": text.encode() for name, text in posts.items()})
    for name, text in posts.items():
        write(f"many/{name}", text)
    how = ("check", "--no-cache", "--ignore", "ARC,LNK004", "--output-format", "jsonl", "-q")
    on_cluster = ("--engine", "dask", "--scheduler", scheduler)
    done = newslint(*how, "many")
    with Client(scheduler, set_as_default=False) as client:
        workers = client.run(os.getpid)
    with subprocess.Popen(
        [sys.executable, "-m", "newslint", *how, "s3://bucket/many", *on_cluster],
        cwd=tmp_path,
        env={**os.environ, **bucket},
        stdout=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        first = run.stdout.readline()
        os.kill(min(workers.values()), signal.SIGKILL)
        assert run.poll() is None, "it came too late"
        found = (first + run.stdout.read()).decode()
        assert run.wait(120) == 1
    assert found.replace("s3://bucket/", "") == done.stdout


def test_a_post_that_kills_workers_costs_itself_alone(
    newslint: Command, write: Callable[..., Path], scheduler: str
) -> None:
    for number in range(6):
        write(f"{number}.md", NO_REFERRER.replace("A title", f"Number {number}"))
    here = newslint("check", "--isolated", "--output-format", "jsonl").stdout.splitlines()
    write("newslint.toml", '[schema]\nmodel = "deadly:Post"')
    write("deadly.py", DEADLY)
    done = newslint(
        "check", "--engine", "dask", "--scheduler", scheduler, "--output-format", "jsonl"
    )
    assert done.returncode == 2, done.stderr
    there = done.stdout.splitlines()
    of_deadly = [json.loads(one) for one in there if '"3.md"' in one]
    assert [one["code"] for one in of_deadly] == ["IO001"]
    assert "was killed" in of_deadly[0]["message"]
    rest = [one for one in there if '"3.md"' not in one]
    assert rest == [one for one in here if '"3.md"' not in one]


DEADLY = """\
import os, signal, sys
from pydantic import BaseModel, field_validator

class Post(BaseModel, extra="allow"):
    title: str

    @field_validator("title")
    @classmethod
    def die(cls, value):
        if value == "Number 3" and "distributed.worker" in sys.modules:
            os.kill(os.getpid(), signal.SIGKILL)
        return value
"""


def test_fixes_go_to_the_bucket_and_leave_the_rest_of_an_object_alone(
    newslint: Command, write: Callable[..., Path], bucket: dict[str, str], scheduler: str
) -> None:
    put(
        int(bucket["PORT"]),
        {"bucket/fix/a.md": NO_REFERRER.encode(), "bucket/fix/b.md": CLEAN.encode()},
    )
    on_cluster = ("--engine", "dask", "--scheduler", scheduler)
    diff = newslint("check", "--diff", "s3://bucket/fix", *on_cluster, **bucket)
    assert diff.returncode == 1, diff.stderr
    assert "+++ b/s3://bucket/fix/a.md" in diff.stdout and "no-referrer" in diff.stdout
    assert fetched(bucket, "bucket/fix/a.md")[0] == NO_REFERRER.encode()
    done = newslint("check", "--fix", "s3://bucket/fix", *on_cluster, **bucket)
    assert done.returncode == 0, done.stderr
    write("a.md", NO_REFERRER)
    newslint("check", "--fix", "a.md")
    text, kind = fetched(bucket, "bucket/fix/a.md")
    assert (text, kind) == (write("b.md").with_name("a.md").read_bytes(), "text/html")


def fetched(bucket: dict[str, str], name: str) -> tuple[bytes, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", int(bucket["PORT"]), timeout=60)
    connection.request("GET", quote(f"/{name}"))
    answer = connection.getresponse()
    return answer.read(), answer.getheader("Content-Type")


def test_a_worker_with_other_versions_is_refused_before_work_starts(
    newslint: Command, write: Callable[..., Path], started: Callable[..., Path], tmp_path: Path
) -> None:
    write("a.md")
    write(
        "other/ftfy-0.0.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: ftfy\nVersion: 0.0.1\n"
    )
    file = tmp_path / "scheduler.json"
    where = ("--scheduler-file", str(file), "--no-dashboard")
    started("-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *where)
    listening(lambda: 1 if file.exists() else None, "the scheduler")
    address = json.loads(file.read_text())["address"]
    started("-m", "dask", "worker", "--no-nanny", *where, PYTHONPATH=str(tmp_path / "other"))
    done = newslint("check", "--engine", "dask", "--scheduler", address)
    assert done.returncode == 2
    assert not done.stdout
    assert "ftfy is " in done.stderr and "on this machine, and 0.0.1 there" in done.stderr
    assert "lxml" not in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--scheduler", "tcp://127.0.0.1:1"), "add --engine dask"),
        (("--engine", "dask", "--scheduler", "http://127.0.0.1:1"), "unknown address scheme 'http'"),
        (("--engine", "dask", "--scheduler", "x:1", "--jobs", "2"), "--jobs"),
        (("s3://nowhere/posts",), "no such bucket, folder or file: s3://nowhere/posts"),
        (("s3://nowhere",), "no such bucket, folder or file: s3://nowhere\n"),
        (("s3://bucket/posts", "."), "check them in separate runs"),
        (("s3://bucket/posts", "--changed-since", "HEAD"), "--changed-since"),
        (("s3://bucket/posts", "--watch"), "--watch"),
        (("memory://posts", "--fix"), "no such bucket, folder or file"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_words(
    newslint: Command, bucket: dict[str, str], args: tuple[str, ...], words: str
) -> None:
    done = newslint("check", *args, **bucket)
    assert done.returncode == 2
    assert words in done.stderr
    assert not done.stdout
