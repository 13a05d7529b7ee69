"""Nothing is lost: a file is either as it was or wholly fixed, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NO_REFERRER, Command

from newslint.files.atomic_writer import WriteError, clear_orphans, write

Write = Callable[..., Path]
OLD, NEW = b"old\n", b"new and longer\n"


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".newslint-*")]


def test_mode_and_extended_attributes_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(OLD)
    file.chmod(0o640)
    try:
        os.setxattr(file, "user.note", b"mine")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    write(file, OLD, NEW)
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o7777 == 0o640
    assert os.getxattr(file, "user.note") == b"mine"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(OLD)
    os.chown(file, 1234, 4321)
    write(file, OLD, NEW)
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)


def test_of_a_symbolic_link_the_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "sub" / "a.md", tmp_path / "link.md"
    target.parent.mkdir()
    target.write_bytes(OLD)
    link.symlink_to("sub/a.md")
    write(link, OLD, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert leftovers(tmp_path) == []


def test_a_hard_link_is_noticed_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(OLD)
    os.link(file, tmp_path / "b.md")
    with pytest.raises(WriteError, match="hard link"):
        write(file, OLD, NEW)
    assert file.read_bytes() == OLD


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"someone else's\n")
    with pytest.raises(WriteError, match="changed"):
        write(file, OLD, NEW)
    assert file.read_bytes() == b"someone else's\n"
    assert leftovers(tmp_path) == []


def test_the_command_says_what_it_could_not_write_and_exits_2(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", NO_REFERRER)
    write("b.md", NO_REFERRER)
    os.link(tmp_path / "a.md", tmp_path / "kept.txt")
    done = newslint("--fix")
    assert done.returncode == 2
    assert "a.md has a hard link" in done.stderr
    assert "IMG001" in done.stdout
    assert "no-referrer" in (tmp_path / "b.md").read_text()
    assert (tmp_path / "a.md").read_text() == NO_REFERRER


def test_orphans_of_a_killed_run_are_cleared_and_live_ones_are_not(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / ".newslint-orphan.tmp").write_bytes(b"half")
    live = tmp_path / ".newslint-live.tmp"
    with live.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        clear_orphans(tmp_path)
        assert leftovers(tmp_path) == [".newslint-live.tmp"]
    clear_orphans(tmp_path)
    assert leftovers(tmp_path) == []


def test_a_full_disk_leaves_the_file_as_it_was(newslint: Command, small_disk: Path) -> None:
    big = NO_REFERRER.replace("Text", "Text " * 30_000)
    (small_disk / "a.md").write_text(big)
    done = newslint("--fix", str(small_disk))
    assert done.returncode == 2
    assert "the disk is full" in done.stderr
    assert (small_disk / "a.md").read_text() == big
    assert leftovers(small_disk) == []


def test_a_limit_on_file_sizes_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    big = NO_REFERRER.replace("Text", "Text " * 30_000)
    (tmp_path / "a.md").write_text(big)
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000));"
        "sys.argv = ['newslint', '--fix', 'a.md']; from newslint.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (tmp_path / "a.md").read_text() == big
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_kill_at_any_moment_leaves_every_file_old_or_new(
    newslint: Command, write: Write, tmp_path: Path, stop: signal.Signals
) -> None:
    posts = 300
    # Not `random.Random()`: a failure must be seen again.
    rng = random.Random(stop)
    cut_short = 0
    for attempt in range(8):
        for number in range(posts):
            write(f"posts/{number}.md", NO_REFERRER + "x" * 2_000)
        old = NO_REFERRER + "x" * 2_000
        new = old.replace('alt="">', 'alt="" referrerpolicy="no-referrer">')
        process = subprocess.Popen(
            [sys.executable, "-m", "newslint", "--fix", "-q", "posts"],
            cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            # A background shell hands on an ignored Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        while process.poll() is None and (tmp_path / "posts/0.md").read_text() == old:
            time.sleep(0.002)
        time.sleep(attempt * rng.random() * 0.02)  # The first time at once: much is left then.
        process.send_signal(stop)
        _, errors = process.communicate(timeout=60)
        assert b"Traceback" not in errors
        texts = [(tmp_path / f"posts/{number}.md").read_text() for number in range(posts)]
        assert all(text in (old, new) for text in texts)
        cut_short += old in texts
    assert cut_short, "every run ended before it was stopped: the test shows nothing"
    assert newslint("--fix", "posts").returncode == 0
    assert leftovers(tmp_path) == []
