"""The hook of .pre-commit-hooks.yaml, run by the real pre-commit on a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER

ROOT = Path(__file__).parents[2]
HOOK_FILES = (
    "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "lint", "rules",
)  # fmt: skip

pytest.importorskip("pre_commit", reason="pre-commit is not installed")
Git = Callable[..., subprocess.CompletedProcess[str]]


def git(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    identity = {
        f"GIT_{who}_{what}": "t@example.net"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return subprocess.run(
        ["git", "-c", "commit.gpgsign=false", "-c", "core.quotepath=false", *args],
        cwd=folder, env={**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that contains the hook as a user would name it: this checkout, committed."""
    folder = tmp_path_factory.mktemp("hook")
    for name in HOOK_FILES:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    assert git(folder, "commit", "-qm", "hook").returncode == 0
    return folder


@pytest.fixture
def site(tmp_path: Path, hook: Path) -> Path:
    git(tmp_path, "init", "-q")
    revision = git(hook, "rev-parse", "HEAD").stdout.strip()
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hook}\n  rev: {revision}\n  hooks:\n  - id: newslint\n"
        "  - id: newslint-fix\n    stages: [manual]\n"
    )
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    git(tmp_path, "add", ".")
    assert git(tmp_path, "commit", "-qm", "start").returncode == 0
    return tmp_path


def test_a_good_post_is_committed_and_a_bad_one_is_blocked(site: Path) -> None:
    (site / "好 post.md").write_text(CLEAN)
    git(site, "add", ".")
    good = git(site, "commit", "-m", "good")
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stderr + good.stdout

    (site / "坏 post.md").write_text(NO_REFERRER)
    (site / "notes.txt").write_text("no post")
    git(site, "add", ".")
    bad = git(site, "commit", "-m", "bad")
    assert bad.returncode != 0
    said = bad.stdout + bad.stderr
    assert "坏 post.md:13:24: error IMG001" in said, said
    assert "notes.txt" not in said
    assert "坏 post.md" not in git(site, "ls-tree", "--name-only", "HEAD").stdout


def test_an_excluded_post_and_a_deleted_one_do_not_block(site: Path) -> None:
    (site / "newslint.toml").write_text('exclude = ["drafts/"]\n')
    (site / "drafts").mkdir()
    (site / "drafts" / "bad.md").write_text(NO_REFERRER)
    (site / "good.md").write_text(CLEAN)
    git(site, "add", ".")
    assert git(site, "commit", "-m", "drafts").returncode == 0
    git(site, "rm", "-q", "good.md")
    git(site, "mv", "drafts/bad.md", "drafts/worse.md")
    done = git(site, "commit", "-m", "delete and rename")
    assert done.returncode == 0, done.stdout + done.stderr


def test_several_files_at_once_are_each_told_by_their_names(site: Path) -> None:
    names = [f"posts/天 气 {number}.md" for number in range(5)] + ["posts/it's; $(x) & y.html"]
    (site / "posts").mkdir()
    for name in names:
        (site / name).write_text(NO_REFERRER.replace("A title", name.replace("'", "")))
    git(site, "add", ".")
    done = git(site, "commit", "-m", "many")
    assert done.returncode != 0
    for name in names:
        assert f"{name}:13:24: error IMG001" in done.stdout + done.stderr
    assert not git(site, "ls-tree", "-r", "--name-only", "HEAD", "posts").stdout


def test_posts_of_every_markdown_suffix_are_checked(site: Path) -> None:
    names = [f"{suffix}.{suffix}" for suffix in ("MD", "markdown", "mkd", "mkdown", "mdown", "htm")]
    for name in names:
        (site / name).write_text(NO_REFERRER.replace("A title", name))
    git(site, "add", ".")
    done = git(site, "commit", "-m", "suffixes")
    assert done.returncode != 0
    for name in names:
        assert f"{name}:13:24: error IMG001" in done.stdout + done.stderr


def test_layouts_and_includes_of_a_site_are_neither_checked_nor_named(site: Path) -> None:
    files = {
        "_config.yml": "title: x\n",
        "_layouts/default.html": "<html><body>{{ content }}\n",
        "_includes/note.html": "<b onclick='x()'>{{ include.text }}\n",
        "README.md": "# The site\n",
    }
    for name, text in files.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text)
    git(site, "add", ".")
    done = git(site, "commit", "-m", "layouts")
    assert done.returncode == 0, done.stdout + done.stderr

    (site / "_posts").mkdir()
    (site / "_posts" / "2021-12-02-a.md").write_text("---\ntitle: A\n---\n{% nothing %}\n")
    for name in ("_layouts/default.html", "_includes/note.html", "README.md"):
        (site / name).write_text(files[name] + "<p>more\n")
    git(site, "add", ".")
    done = git(site, "commit", "-m", "a post")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "_posts/2021-12-02-a.md:4:1: error TPL001" in said
    assert not any(name in said for name in files), said


def test_a_renamed_post_is_linted_under_its_new_name(site: Path) -> None:
    (site / "old.md").write_text(NO_REFERRER)
    git(site, "add", ".")
    assert git(site, "commit", "-qm", "old", "--no-verify").returncode == 0
    git(site, "mv", "old.md", "neu ü.md")
    (site / "neu ü.md").write_text(NO_REFERRER.replace("A title", "Another title"))
    git(site, "add", ".")
    done = git(site, "commit", "-m", "rename")
    assert done.returncode != 0
    assert "neu ü.md:13:24: error IMG001" in done.stdout + done.stderr


def test_the_fixing_hook_writes_and_never_stages(site: Path) -> None:
    name = "mend 我.md"
    (site / name).write_text(NO_REFERRER)
    git(site, "add", ".")
    staged = git(site, "diff", "--cached").stdout
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "newslint-fix", "--hook-stage", "manual"],
        cwd=site, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode != 0, run.stdout
    assert "files were modified by this hook" in run.stdout
    assert git(site, "diff", "--cached").stdout == staged
    assert 'referrerpolicy="no-referrer"' in (site / name).read_text()
    git(site, "add", ".")
    assert git(site, "commit", "-m", "mended").returncode == 0


def test_a_staged_post_is_held_against_the_whole_archive(site: Path) -> None:
    (site / "old.md").write_text(CLEAN)
    git(site, "add", ".")
    assert git(site, "commit", "-qm", "old").returncode == 0
    (site / ".newslint.toml").write_text('[severity]\nARC001 = "error"\n')
    for name in ("a new one.md", "z.md"):
        (site / name).write_text(CLEAN.replace("Text of", "Quite another text of"))
        git(site, "add", ".")
        done = git(site, "commit", "-m", "the same title")
        said = done.stdout + done.stderr
        assert done.returncode != 0, said
        assert f"{name}:2:1: error ARC001 'old.md' has the same title" in said
        assert "old.md:" not in said
        git(site, "rm", "-qf", name)
