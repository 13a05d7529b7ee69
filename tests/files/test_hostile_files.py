"""Files and folders that are no ordinary ones: nothing hangs, fills the memory or ends in a crash."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from newslint.cli.run_options import CACHED_FROM
from newslint.config.loader import find_layers
from newslint.config.project import Project
from newslint.core.patterns import is_pattern, patterns
from newslint.core.report import FileReport
from newslint.files.discovery import discover
from newslint.files.ignore import forget
from newslint.generators.detect import site
from newslint.runner.pipeline import lint_files

Write = Callable[..., Path]
MEMORY = 1_000_000_000
"""Bytes of address space that a run may have: an endless file does not fit."""

OWN_FILES = [
    ".gitignore",
    "newslint.toml",
    "pyproject.toml",
    "_config.yml",
    "package.json",
    "hugo.toml",
    ".newslint-x.tmp",
]
"""Files that newslint reads, or looks at, beside the posts."""


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run ``newslint`` in a folder, with little memory and little time."""
    return subprocess.run(
        [sys.executable, "-m", "newslint", "--no-cache", "--jobs", "1", *args],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


@pytest.mark.parametrize("name", OWN_FILES)
@pytest.mark.parametrize("make", [os.mkfifo, endless, huge, os.mkdir])
def test_no_file_beside_the_posts_ends_or_stops_a_run(
    write: Write, tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    # A file hugo.toml, readable or not, makes a Hugo site, whose posts are in content.
    # Hugo drops the HTML of Markdown, but not that of HTML files.
    post = write("content/a.html", NO_REFERRER)
    make(tmp_path / name)
    done = run(tmp_path, "--fix", "--select", "IMG001", ".")
    assert "Traceback" not in done.stderr
    if make is huge and name in ("newslint.toml", "pyproject.toml"):
        assert done.returncode == 2
        assert (
            f"{name}: has 1,099,511,627,776 bytes, more than the limit of 1,000,000" in done.stderr
        )
    else:
        assert (done.returncode, done.stdout) == (0, "")
        assert "no-referrer" in post.read_text()


@pytest.mark.parametrize(("make", "words"), [(os.mkfifo, "named pipe"), (endless, "device")])
def test_a_baseline_that_is_no_file_is_said_so(
    write: Write, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    write("a.md", NO_REFERRER)
    make(tmp_path / "b.json")
    done = run(tmp_path, "--baseline", "b.json", ".")
    assert done.returncode == 2
    assert f"b.json: the baseline is a {words}" in done.stderr


@pytest.mark.parametrize("make", [os.mkfifo, endless])
def test_what_a_post_became_meanwhile_does_not_stop_a_run(
    write: Write, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    for number in range(CACHED_FROM + 1):
        post = write(f"{number}.md", "")
        os.utime(post, (1_600_000_000, 1_600_000_000))
    known = ["--cache-dir", str(tmp_path / "cache")]
    command = [sys.executable, "-m", "newslint", *known, "."]
    subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, timeout=60)
    post.unlink()
    make(post)
    done = subprocess.run(
        command, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert f"{post.name}:1:1: error IO001 the file is a" in done.stdout
    assert done.stdout.count("IO001") == 1


NO_PATTERNS = ["[z-a].md", "!", "a\\", "[[:z-a:]]", "/!/[b-a]", "![z-a]", "a/\\"]


@pytest.mark.parametrize("line", NO_PATTERNS)
def test_a_line_of_gitignore_that_is_no_pattern_leaves_nothing_out(
    write: Write, tmp_path: Path, line: str
) -> None:
    write(".gitignore", f"{line}\nb.md\n")
    for name in ("a.md", "b.md"):
        write(name, CLEAN)
    forget()
    assert [one.shown for one in discover([tmp_path], Project(tmp_path, True))] == ["a.md"]


@given(st.lists(st.text("[]!a-z/\\*?^:#. ", max_size=6), max_size=3))
def test_no_lines_of_gitignore_end_a_run(lines: list[str]) -> None:
    spec = patterns(tuple(lines))
    spec.match_file("a/b.md")
    with tempfile.TemporaryDirectory() as name:
        Path(name, "a.md").touch()
        Path(name, ".git").mkdir()
        Path(name, ".gitignore").write_text("\n".join(lines))
        forget()
        discover([Path(name)], Project(Path(name), True))


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('exclude = ["a", "!"]\n', 1, "exclude.1"),
        ('target = "hexo"\ninclude = ["[z-a].md"]\n', 2, "include.0"),
        ('[[overrides]]\nignore = ["FM"]\nfiles = ["!"]\n', 3, "overrides.0.files.0"),
        (
            '[[rule]]\ncode = "SITE001"\nname = "no-x"\nmessage = "x"\npattern = "x"\n'
            'files = ["[z-a]"]\n',
            6, "[[rule]] 1: files.0",
        ),
    ],
)  # fmt: skip
def test_a_wrong_pattern_of_a_configuration_is_an_error_with_its_place(
    write: Write, newslint: Command, text: str, line: int, key: str
) -> None:
    write("a.md", CLEAN)
    write("newslint.toml", text)
    done = newslint(".")
    assert done.returncode == 2
    assert f"newslint.toml:{line}: {key}: " in done.stderr
    assert "is not a valid .gitignore pattern" in done.stderr
    given = text.partition("\n")[0] if text.startswith("exclude") else 'exclude = ["!"]'
    write("newslint.toml", "")
    assert newslint("--config", given, ".").returncode == 2


def test_many_stars_take_no_longer_than_one(write: Write, tmp_path: Path) -> None:
    write(".gitignore", "*a" * 40 + "b\n" + "?*a" * 20 + "*b\n")
    write("a" * 240 + ".md", NO_REFERRER)
    done = run(tmp_path, "--select", "IMG001", ".")
    assert done.returncode == 1
    assert "IMG001" in done.stdout


_NAMES = st.lists(st.text("ab", min_size=1, max_size=8), min_size=1, max_size=3).map("/".join)


@given(st.text("ab*?/!", max_size=12), st.lists(_NAMES, min_size=1, max_size=8))
def test_stars_mean_what_they_mean_in_git(line: str, names: list[str]) -> None:
    if is_pattern(line):
        plain = GitIgnoreSpec.from_lines([line])
        for name in names:
            assert patterns((line,)).check_file(name).include == plain.check_file(name).include


def linted(folder: Path) -> list[FileReport]:
    for cached in (find_layers, site):
        cached.cache_clear()
    forget()
    project = Project(folder)
    return list(lint_files(discover([folder], project), project))


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of a user without privileges, who runs the test."""
    folder = Path(tempfile.mkdtemp())
    (folder / "a.md").write_text(NO_REFERRER)
    linted(folder)  # What is imported need not be readable for no one.
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("mode", [0o000, 0o400, 0o644])
def test_a_folder_that_may_not_be_entered_leaves_the_others_linted(nobody: Path, mode: int) -> None:
    inside = nobody / "d"
    inside.mkdir()
    (inside / "b.md").write_text(CLEAN)
    inside.chmod(mode)
    said = {one.path: [d.finding.code for d in one.diagnostics] for one in linted(nobody)}
    assert "IMG001" in said.pop("a.md")
    assert said == {("d/b.md" if mode else "d"): ["IO001"]}


@pytest.mark.parametrize("length", [4_050, 4_085, 4_091, 4_095, 4_096, 4_200])
def test_a_path_that_is_too_long_leaves_the_others_linted(tmp_path: Path, length: int) -> None:
    (tmp_path / "a.md").write_text(NO_REFERRER)
    opened = [os.open(tmp_path, os.O_RDONLY)]
    left = length - len(os.fsencode(tmp_path))
    while left > 1:
        name = "d" * min(200, left - 1)
        left -= len(name) + 1
        os.mkdir(name, dir_fd=opened[-1])
        opened.append(os.open(name, os.O_RDONLY, dir_fd=opened[-1]))
    opened.append(os.open("b.md", os.O_WRONLY | os.O_CREAT, dir_fd=opened[-1]))
    for handle in opened:
        os.close(handle)
    reports = linted(tmp_path)
    assert reports[0].path == "a.md"
    assert all(one.diagnostics for one in reports)
    shutil.rmtree(tmp_path / ("d" * 200))


def test_a_post_may_lie_deeper_than_calls_nest(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    depth = 1_500
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    post = os.open("a.md", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(post, NO_REFERRER.encode())
    named = "d/" * depth + "a.md"
    for options in ((), ("--isolated",), ("--force-exclude",)):
        done = run(tmp_path, *options, "--select", "IMG001", named)
        assert (done.returncode, "IMG001" in done.stdout) == (1, True), done.stderr[-300:]
    os.close(post)
    os.close(here)
    subprocess.run(["rm", "-r", "d"], cwd=tmp_path, check=True)
