"""Runs over many posts: the same reports, however they are done."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from newslint.config.project import Project
from newslint.core.report import FileReport
from newslint.files.discovery import discover
from newslint.files.posts import PostFile
from newslint.linter.ruleset import RuleSet
from newslint.runner import task as tasks
from newslint.runner.executors import BATCH, WORTHWHILE
from newslint.runner.fix import FixMode
from newslint.runner.pipeline import lint_files

CLEAN = """---
title: A title
categories: [World]
headimg: https://a.cn/1.jpg
author: Wire
comments: false
date: Tue, 02 Feb 2021 15:10:00 GMT
thumbnail: https://a.cn/1.jpg
---
<p>Some words that say enough.</p>
<p>(Editor: Ann Lee)</p>
"""
KINDS = [
    CLEAN,
    CLEAN.replace("</p>\n", '</p><img src="https://a.cn/1.jpg" alt="x">\n', 1),
    CLEAN.replace("</p>\n", '</p><a href="no-such-post.html">x</a>\n', 1),
    CLEAN.replace(
        "</p>\n", "</p><!-- newslint-disable-next-line LNK004 -->\n<a href='none.html'>x</a>\n", 1
    ),
    CLEAN.replace("title: A title", "title: [a: b"),
    CLEAN.replace("Some", "<div>{% foo %}"),
    "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
]
"""Posts silently, with findings, with archive findings, suppressed ones, broken ones."""


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(WORTHWHILE + 20):
        text = KINDS[number % len(KINDS)] if number % 3 == 0 else CLEAN
        (folder / f"{number:04}.md").write_text(text, encoding="utf-8")
    return folder


def reports(folder: Path, **how: object) -> list[FileReport]:
    project = Project(folder, isolated=True)
    return list(lint_files(discover([folder], project), project, **how))  # type: ignore[arg-type]


def test_several_processes_say_what_one_says(posts: Path):
    one = reports(posts)
    assert {len(report.diagnostics) > 0 for report in one} == {True, False}
    assert any(d.finding.code == "LNK004" for report in one for d in report.diagnostics)
    assert any(d.finding.code == "LNK004" for report in one for d in report.suppressed)
    assert not any(d.finding.code == "NL001" for report in one for d in report.diagnostics)
    assert reports(posts, jobs=2) == one
    assert reports(posts, jobs=3) == one


def test_a_post_that_kills_its_process_is_an_unreadable_one(
    posts: Path, monkeypatch: pytest.MonkeyPatch
):
    before = reports(posts)
    deadly = posts / "0100.md"
    home, lint_together = os.getpid(), tasks.lint_together

    def dying(files: Sequence[PostFile], project: Project, **options: bool) -> object:
        if deadly in [found.file for found in files] and os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return lint_together(files, project, **options)

    monkeypatch.setattr(tasks, "lint_together", dying)
    after = reports(posts, jobs=2)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [report.path for report in changed] == ["0100.md"]
    assert changed[0].unreadable
    assert [d.finding.code for d in changed[0].diagnostics] == ["IO001"]


def test_reports_come_before_the_last_post_is_read(posts: Path):
    for number, file in enumerate(sorted(posts.iterdir())):
        file.write_text(CLEAN if number < 200 else KINDS[2])
    project = Project(posts, isolated=True)
    files = discover([posts], project)
    stream = lint_files(files, project)
    for file in files[BATCH:]:
        file.file.unlink()
    assert [next(stream).unreadable for _ in range(BATCH + 2)] == [False] * BATCH + [True] * 2


def test_what_posts_have_in_common_with_earlier_ones_is_said_before_the_last_post_is_read(
    posts: Path,
):
    for file in posts.iterdir():
        file.write_text(CLEAN)
    project = Project(posts, isolated=True)
    files = discover([posts], project)
    stream = lint_files(files, project)
    for file in files[BATCH:]:
        file.file.unlink()
    first, *others = (next(stream) for _ in range(BATCH))
    assert first.diagnostics == ()
    for report in others:
        assert [d.finding.code for d in report.diagnostics] == ["ARC002", "ARC001"]
    assert next(stream).unreadable


def test_what_hangs_on_later_posts_waits_for_them(tmp_path: Path):
    for number in range(2 * BATCH):
        text = CLEAN.replace("A title", f"Title {number}").replace("words", f"words {number}")
        (tmp_path / f"post-{number:03}.md").write_text(text)
    link = '<a href="post-099.html">later</a><a href="post-100.html">never</a>'
    (tmp_path / "post-001.md").write_text(CLEAN + link)
    said = [d.finding.message for one in reports(tmp_path) for d in one.diagnostics]
    assert said == ["'post-100.html' does not exist"]


def test_what_travels_to_a_process_and_back_can_be_pickled(posts: Path):
    project = Project(posts)
    project.settings(posts / "a.md")
    task = tasks.Task(project, FixMode(diff=True))
    files = discover([posts], project)[:BATCH]
    assert pickle.loads(pickle.dumps(task))(files) == task(files)
    said = reports(posts)
    assert pickle.loads(pickle.dumps(said)) == said


def test_the_settings_of_a_folder_are_made_once_for_all_alike(tmp_path: Path):
    project = Project(tmp_path, isolated=True)
    one, two = (project.settings(tmp_path / name / "a.md") for name in ("a", "b"))
    assert one is two
    assert isinstance(one.rules, RuleSet)


def _group_is_gone(group: int) -> bool:
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(os.name != "posix", reason="process groups")
@pytest.mark.parametrize(
    ("stop", "everybody"), [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGKILL, False)]
)
def test_a_run_that_is_stopped_leaves_no_process(
    posts: Path, tmp_path: Path, stop: signal.Signals, everybody: bool
):
    for number in range(1_500):
        (posts / f"more-{number:04}.md").write_text(KINDS[1])
    command = [sys.executable, "-m", "newslint", "check", "--isolated", "--jobs", "3"]
    options = ["--ignore", "ARC,LNK004", "--output-format", "jsonl", "--no-cache", "site"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    process.stdout.readline()  # findings come while others are still being looked for
    assert process.poll() is None
    (os.killpg if everybody else os.kill)(process.pid, stop)
    _, errors = process.communicate(timeout=60)
    assert _group_is_gone(process.pid)
    if stop == signal.SIGINT:
        assert process.returncode == 130
        assert errors.decode().strip() == "newslint: interrupted"
