"""What several tests need: posts, and the command run as a user runs it."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from newslint import Finding
from newslint.linter import engine
from newslint.linter.rule import Rule

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

# The same examples on every machine; how long one takes says more of the machine than of newslint.
settings.register_profile(
    "newslint", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("newslint")


def pytest_collection_finish() -> None:
    """Leave the thousands of tests out of each later garbage collection."""
    gc.freeze()


@pytest.fixture(autouse=True)
def a_rule_that_raises_fails_its_test(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it is a finding NL999 among others, which a test of one code would drop.

    A test that is about such rules is marked ``broken_rules``.
    """
    if request.node.get_closest_marker("broken_rules"):
        return

    def fail(rule: Rule, error: Exception) -> Finding:
        raise error

    monkeypatch.setattr(engine, "broken", fail)


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
