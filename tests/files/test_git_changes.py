"""``--changed-since``: findings on the lines that git says changed, and on no others."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, Command
from hypothesis import given
from hypothesis import strategies as st

from newslint.files.git_changes import parse

Write = Callable[..., Path]
LINES = [f'<p>{n} <img src="https://img.example.net/{n}.jpg" alt=""></p>' for n in range(9)]


def post(lines: list[str]) -> str:
    return CLEAN.replace("</div>", "\n".join((*lines, "</div>")))


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    who = {
        f"GIT_{a}_{b}": "t@example.net" for a in ("AUTHOR", "COMMITTER") for b in ("NAME", "EMAIL")
    }

    def run(*args: str) -> str:
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            ["git", "-c", "commit.gpgsign=false", *args],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "-q", "-b", "main")
    return run


@pytest.fixture
def commit(git: Callable[..., str]) -> Callable[[str], None]:
    def make(name: str) -> None:
        git("add", "-A")
        git("commit", "-qm", name)

    return make


def found(newslint: Command, *args: str) -> list[str]:
    done = newslint("--output-format", "json", "--select", "IMG001,ED001,FM005", *args)
    assert done.returncode in (0, 1), done.stderr
    return [f"{r['path']}:{r['start']['line']}" for r in json.loads(done.stdout)]


def test_only_changed_lines_count(newslint: Command, write: Write, git, commit) -> None:
    write("a.md", post(LINES))
    write("b.md", post(LINES))
    commit("old")
    assert found(newslint, "--changed-since", "HEAD") == []
    lines = list(LINES)
    lines[4] = lines[4].replace("<p>", "<p>changed ")
    lines.insert(7, '<img src="https://img.example.net/x.jpg" alt="">')
    write("a.md", post(lines))
    assert found(newslint, "--changed-since", "HEAD") == ["a.md:19", "a.md:22"]
    commit("new")
    assert found(newslint, "--changed-since", "HEAD") == []
    assert found(newslint, "--changed-since", "HEAD~1") == ["a.md:19", "a.md:22"]
    done = newslint("--changed-since", "HEAD")
    assert done.returncode == 0
    assert "findings on unchanged lines hidden" in done.stderr


def test_an_untracked_file_is_wholly_new(newslint: Command, write: Write, git, commit) -> None:
    write("a.md", post(LINES))
    commit("old")
    write('天 气/neu "1"\t.md', post(LINES[:2]))
    assert len(found(newslint, "--changed-since", "HEAD")) == 2
    git("add", "-A")
    assert len(found(newslint, "--changed-since", "HEAD")) == 2


def test_a_renamed_file_has_the_lines_that_differ(
    newslint: Command, write: Write, git, commit, tmp_path: Path
) -> None:
    write("a.md", post(LINES))
    commit("old")
    (tmp_path / "posts").mkdir()
    git("mv", "a.md", "posts/ü b.md")
    assert found(newslint, "--changed-since", "HEAD") == []
    lines = [*LINES, LINES[0]]
    write("posts/ü b.md", post(lines))
    assert found(newslint, "--changed-since", "HEAD") == ["posts/ü b.md:24"]
    git("add", "-A")
    assert found(newslint, "--changed-since", "HEAD") == ["posts/ü b.md:24"]


def test_what_a_merge_brings_in_from_there_is_not_ours(
    newslint: Command, write: Write, git, commit
) -> None:
    write("a.md", post(LINES))
    commit("old")
    git("checkout", "-qb", "topic")
    write("ours.md", post(LINES[:1]))
    commit("ours")
    git("checkout", "-q", "main")
    write("theirs.md", post(LINES))
    write("a.md", post(LINES[:5]))
    commit("theirs")
    git("checkout", "-q", "topic")
    assert found(newslint, "--changed-since", "main") == ["ours.md:15"]
    git("merge", "-qm", "merge", "main")
    assert found(newslint, "--changed-since", "main") == ["ours.md:15"]


def test_lines_that_are_gone_bring_out_what_is_missing_now(
    newslint: Command, write: Write, git, commit
) -> None:
    write("a.md", post(LINES[:3]))
    commit("old")
    write(
        "a.md",
        post(LINES[:3]).replace("<p>责任编辑：刘万里</p>\n", "").replace("author: Wire\n", ""),
    )
    assert found(newslint, "--changed-since", "HEAD") == ["a.md:1", "a.md:1"]


def test_the_users_git_configuration_and_folder_do_not_matter(
    newslint: Command, write: Write, git, commit, tmp_path: Path
) -> None:
    for key, value in [
        ("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("color.ui", "always"),
        ("diff.renames", "false"), ("diff.external", "false"), ("diff.context", "9"),
        ("diff.relative", "true"), ("diff.algorithm", "histogram"),
    ]:  # fmt: skip
        git("config", key, value)
    write("site/posts/a.md", post(LINES))
    commit("old")
    write("site/posts/a.md", post([*LINES, LINES[0]]))
    assert found(newslint, "site/posts", "--changed-since", "HEAD") == ["site/posts/a.md:24"]
    hook = {"GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index"}
    done = newslint("site", "--changed-since", "HEAD", "--select", "IMG001", **hook)
    assert done.stdout.startswith("site/posts/a.md:24:")


def test_a_post_with_lone_cr_is_never_left_out(
    newslint: Command, write: Write, git, commit
) -> None:
    write("a.md", post(LINES[:2]).replace("\n", "\r"))
    commit("old")
    write("a.md", post(LINES[:3]).replace("\n", "\r"))
    assert found(newslint, "--changed-since", "HEAD")


def test_outside_of_a_repository_and_for_an_unknown_revision_it_says_so(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", post(LINES))
    done = newslint("--changed-since", "HEAD")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not in a git repository" in done.stderr
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for revision in ("no-such-branch", "--output=x", "HEAD"):
        done = newslint("--changed-since", revision)
        assert (done.returncode, done.stdout) == (2, ""), revision
        assert revision in done.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("args", [("--fix",), ("--diff",), ("-",)])
def test_what_does_not_go_with_it_is_bad_usage(
    newslint: Command, write: Write, git, commit, args: tuple[str, ...]
) -> None:
    write("a.md", post(LINES))
    commit("old")
    done = newslint("--changed-since", "HEAD", *args)
    assert (done.returncode, done.stdout) == (2, "")


def test_text_that_looks_like_a_diff_is_text(newslint: Command, write: Write, git, commit) -> None:
    write("a.md", post(["-- a/b.md", "++ b/c.md", "@@ -1 +1 @@", *LINES]).rstrip("\n"))
    commit("old")
    text = (
        post(["-- a/x.md", "++ b/y.md", "@@ -1 +1,99 @@", *LINES[:-1], LINES[0]]).rstrip("\n") + " "
    )
    write("a.md", text)
    assert found(newslint, "--changed-since", "HEAD") == ["a.md:26"]


@given(st.binary())
def test_no_diff_is_too_strange_to_read(diff: bytes) -> None:
    list(parse(diff))
    list(parse(b"diff --git a/x b/x\n+++ " + diff))


def _clean(git: Callable[..., str], command: str) -> None:
    git("config", "filter.x.clean", command)


def _required_process(git: Callable[..., str], command: str) -> None:
    git("config", "filter.x.process", command)
    git("config", "filter.x.required", "true")


def _odd_name(git: Callable[..., str], command: str) -> None:
    git("config", "filter.x.y=z.clean", command)
    Path(".git/info").mkdir(exist_ok=True)
    Path(".git/info/attributes").write_text("*.html filter=x.y=z\n")


def _included(git: Callable[..., str], command: str) -> None:
    Path(".git/more").write_text(f'[filter "x"]\n\tclean = {json.dumps(command)}\n')
    git("config", "include.path", "more")


def _fsmonitor(git: Callable[..., str], command: str) -> None:
    git("config", "core.fsmonitor", command)


def _external(git: Callable[..., str], command: str) -> None:
    git("config", "diff.external", command)
    git("config", "diff.x.textconv", command)
    git("config", "diff.x.command", command)


def _hook(git: Callable[..., str], command: str) -> None:
    for folder in (".git/hooks", "hooks"):
        for name in ("post-index-change", "pre-auto-gc", "fsmonitor-watchman"):
            hook = Path(folder, name)
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(f"#!/bin/sh\n{command}\n")
            hook.chmod(0o755)
    git("config", "core.hooksPath", "hooks")


def _missing_objects(git: Callable[..., str], command: str) -> None:
    git("config", "remote.origin.url", ".")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.uploadpack", command)
    git("config", "extensions.partialClone", "origin")
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "protocol.allow", "always")
    blob = git("rev-parse", "HEAD:a.html").strip()
    Path(".git/objects", blob[:2], blob[2:]).unlink()


@pytest.mark.parametrize(
    "attack",
    [
        _clean,
        _required_process,
        _odd_name,
        _included,
        _fsmonitor,
        _external,
        _hook,
        _missing_objects,
    ],
)
def test_with_isolated_git_runs_nothing_that_its_repository_names(
    newslint: Command,
    write: Write,
    git,
    commit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    attack: Callable[[Callable[..., str], str], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(".gitattributes", "*.html filter=x diff=x\n")
    write("a.html", post(LINES[:3]))
    commit("one")
    write("a.html", post([*LINES[:3], LINES[3]]))
    sign = tmp_path / ".git" / "ran"
    attack(git, f"touch {sign}; cat")
    done = newslint("--isolated", "--select", "IMG001", "--changed-since", "HEAD", ".")
    assert not sign.exists()
    if attack is _missing_objects:
        assert (done.returncode, "git reports" in done.stderr) == (2, True)
    else:
        assert done.stdout.count("IMG001") == 1, done.stderr


def test_filters_of_ones_own_repository_are_heeded(
    newslint: Command, write: Write, git, commit
) -> None:
    write(".gitattributes", "*.html filter=x\n")
    git("config", "filter.x.clean", "sed s/1.jpg/one.jpg/")
    write("a.html", post(LINES[:3]))
    commit("one")
    write("a.html", post([*LINES[:3], LINES[3]]))
    assert found(newslint, "--changed-since", "HEAD", ".") == ["a.html:18"]
