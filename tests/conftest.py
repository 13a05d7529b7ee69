"""What several tests need: posts, and the command run as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

FRONT_MATTER = """\
---
title: A title
categories:
 - One
headimg: 'https://img.example.net/a.jpg'
author: Wire
comments: false
date: Thu, 02 Dec 2021 14:50:58 GMT
thumbnail: 'https://img.example.net/a.jpg'
---

"""
BODY = """\
<div>
<p>Text of the article.</p>
<p>责任编辑：刘万里</p>
</div>
"""
CLEAN = FRONT_MATTER + BODY
NO_REFERRER = CLEAN.replace("article.", 'article.<img src="https://img.example.net/a.jpg" alt="">')

Command = Callable[..., subprocess.CompletedProcess[str]]

# How long an example takes says more of the machine than of newslint.
settings.register_profile("newslint", deadline=None)
settings.load_profile("newslint")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What compares times may lose a race on a busy machine; what really grows loses them all."""
    for item in items:
        if "time_grows" in item.name or "soon" in item.name:
            item.add_marker(pytest.mark.flaky(reruns=4, reruns_delay=1))


@pytest.fixture
def newslint(tmp_path: Path) -> Command:
    """Run ``newslint`` in a folder of its own; standard output is a pipe."""

    def run(
        *args: str, stdin: str | bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "newslint", *args],
            cwd=tmp_path,
            input=data,
            capture_output=True,
            timeout=120,
            env={
                **os.environ,
                "PYTHONWARNINGS": "error",
                "COLUMNS": "80",
                "GITHUB_ACTIONS": "",
                **environment,
            },
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file below the folder in which the command runs."""

    def put(name: str, content: str | bytes = CLEAN) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(["mount", *options], check=False).returncode:
        pytest.skip("no right to mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
