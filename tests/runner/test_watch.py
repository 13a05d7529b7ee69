"""``newslint check --watch``, as a user runs it."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command

from newslint.generators.detect import SITE_FILES

pytest.importorskip("watchfiles")
Write = Callable[..., Path]
ENDED = re.compile(r"newslint: \d\d:\d\d:\d\d (watching|checked) ")
PLAIN = "---\ntitle: A title\ndate: 2021-12-02\n---\n\nWords of the article.\n"
ANOTHER = CLEAN.replace("A title", "Another title").replace("Text of", "Words of")


class Watcher:
    """The command while it runs: what it prints, as it prints it."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newslint", "check", "--watch", *args],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "GITHUB_ACTIONS": "", "PYTHONUNBUFFERED": "1"},
            # A background shell hands on an ignored Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def round(self, timeout: float = 120) -> list[str]:
        """The lines up to the next one that tells the time."""
        seen: list[str] = []
        until = time.monotonic() + timeout
        while not (seen and ENDED.match(seen[-1])):
            seen.append(self.lines.get(timeout=max(0.01, until - time.monotonic())))
        return [line for line in seen if not ENDED.match(line)]

    def until(self, words: str, timeout: float = 30) -> None:
        """Wait for a line that contains some words."""
        until = time.monotonic() + timeout
        while words not in self.lines.get(timeout=max(0.01, until - time.monotonic())):
            pass

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self.reader.join(5)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watcher]]:
    running: list[Watcher] = []

    def start(*args: str) -> Watcher:
        running.append(Watcher(tmp_path, *args))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
        one.reader.join(5)
        assert one.process.stdout is not None
        one.process.stdout.close()


def codes(lines: list[str]) -> list[tuple[str, str]]:
    """Path and code of each finding in concise lines."""
    found = [line.split(": ") for line in lines if line.count(":") >= 3 and ".md:" in line]
    return [(parts[0].split(":")[0], parts[1].split()[1]) for parts in found]


def test_a_change_tells_of_the_changed_post_alone(
    watch: Callable[..., Watcher], write: Write
) -> None:
    for number in range(50):
        write(
            f"posts/{number}.md",
            NO_REFERRER.replace("A title", f"Title {number}").replace("Text", f"Text {number}"),
        )
    running = watch("posts")
    assert len({path for path, _ in codes(running.round())}) == 50
    write("posts/7.md", ANOTHER.replace("<p>Words", "<p>{% if %}Words"))
    assert codes(running.round()) == [("posts/7.md", "TPL001")]
    write("posts/7.md", ANOTHER)
    assert codes(running.round()) == []
    assert running.end() == 0


def test_archive_findings_follow_every_change(watch: Callable[..., Watcher], write: Write) -> None:
    write("a.md")
    second = write("b.md", ANOTHER)
    running = watch()
    assert codes(running.round()) == []
    write("b.md")
    assert codes(running.round()) == [("b.md", "ARC002"), ("b.md", "ARC001")]
    write("c.md")
    assert {path for path, _ in codes(running.round())} == {"c.md"}
    write("a.md", ANOTHER)  # b is now the first of its kind, and c names it
    lines = running.round()
    assert {path for path, _ in codes(lines)} == {"c.md"}
    assert "'b.md' has the same body" in "\n".join(lines)
    second.unlink()  # and c is alone: its report is reported again, without a finding
    assert codes(running.round()) == []


def test_a_changed_configuration_looks_at_all_anew(
    watch: Callable[..., Watcher], write: Write
) -> None:
    write("a.md", NO_REFERRER)
    running = watch()
    assert ("a.md", "IMG001") in codes(running.round())
    write("newslint.toml", 'ignore = ["IMG"]\n')
    assert codes(running.round()) == []
    write("newslint.toml", "ignore = [\n")
    assert "newslint.toml" in running.lines.get(timeout=60)
    write("newslint.toml", "")
    assert ("a.md", "IMG001") in codes(running.round())


def test_a_post_that_an_editor_replaces_is_seen(
    watch: Callable[..., Watcher], write: Write, tmp_path: Path
) -> None:
    post = write("a.md")
    running = watch("a.md")
    assert codes(running.round()) == []
    write("a.md.tmp", NO_REFERRER).replace(post)
    assert ("a.md", "IMG001") in codes(running.round())


@pytest.mark.parametrize("place", ["site", "above"])
def test_every_file_that_tells_the_site_is_heeded(
    watch: Callable[..., Watcher], write: Write, place: str
) -> None:
    """Where it is next to the posts, and above the folder that is watched."""
    write("posts/a.md", NO_REFERRER)
    running = watch("posts" if place == "above" else ".")
    assert codes(running.round()) == [("posts/a.md", "IMG001")]
    for name in (*SITE_FILES, ".gitignore", "pyproject.toml"):
        path = write(name, "{}" if name.endswith(".json") else "\n")
        running.round()
        path.unlink()
        assert codes(running.round()) == [("posts/a.md", "IMG001")], name
    assert running.end() == 0


def test_a_file_that_tells_the_site_changes_what_is_found(
    watch: Callable[..., Watcher], write: Write
) -> None:
    write("content/a.md", PLAIN.replace("Words", "{% if x %}Words"))
    running = watch("--select", "TPL001")
    assert codes(running.round()) == [("content/a.md", "TPL001")]
    write("hugo.yml", "baseURL: https://example.org/\n")
    assert codes(running.round()) == []


@pytest.mark.parametrize("watched", [".", "content"])
def test_a_template_of_the_site_that_comes_makes_all_verdicts_anew(
    watch: Callable[..., Watcher], write: Write, watched: str
) -> None:
    write("hugo.toml", "baseURL = 'https://example.org/'\n")
    write("layouts/shortcodes/other.html", "other")
    write("content/a.md", PLAIN.replace("Words", "{{< note >}}Words"))
    running = watch(watched, "--select", "TPL001")
    assert codes(running.round()) == [("content/a.md", "TPL001")]
    write("layouts/shortcodes/note.html", "note")
    assert codes(running.round()) == []
    assert running.end() == 0


def test_what_a_configuration_extends_is_heeded_wherever_it_lies(
    watch: Callable[..., Watcher], write: Write
) -> None:
    write("common/base.toml", "")
    write("site/newslint.toml", 'extend = "../common/base.toml"\n')
    write("site/posts/a.md", NO_REFERRER)
    running = watch("site/posts")
    assert codes(running.round()) == [("site/posts/a.md", "IMG001")]
    write("common/base.toml", 'ignore = ["IMG"]\n')
    assert codes(running.round()) == []


def test_a_folder_that_goes_and_comes_back_is_watched_again(
    watch: Callable[..., Watcher], write: Write, tmp_path: Path
) -> None:
    write("posts/a.md", NO_REFERRER)
    running = watch("posts")
    assert codes(running.round()) == [("posts/a.md", "IMG001")]
    shutil.rmtree(tmp_path / "posts")
    running.until("posts was deleted")
    write("posts/b.md", NO_REFERRER)
    assert ("posts/b.md", "IMG001") in codes(running.round())
    write("posts/b.md", ANOTHER)
    assert codes(running.round()) == []
    (tmp_path / "posts").rename(tmp_path / "old")
    write("posts/c.md", NO_REFERRER)
    assert ("posts/c.md", "IMG001") in codes(running.round())
    assert running.end() == 0


def test_findings_in_the_baseline_of_the_configuration_are_left_out(
    watch: Callable[..., Watcher], write: Write, newslint: Command
) -> None:
    write("a.md", NO_REFERRER)
    write("newslint.toml", 'baseline = "newslint-baseline.json"\n')
    newslint("baseline")
    running = watch()
    assert codes(running.round()) == []
    write("a.md", NO_REFERRER.replace("<div>", "<div><script>x</script>"))
    assert codes(running.round()) == [("a.md", "SEC001")]


def test_without_the_extra_words_say_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'watchfiles' else real(name, *a)\n"
        "from newslint.cli.main import run\n"
        "sys.exit(run(['check', '--watch']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'newslint[watch]'" in done.stderr


@pytest.mark.parametrize("option", ["--fix", "--diff", "--timing", "--add-suppressions"])
def test_watching_writes_and_measures_nothing(tmp_path: Path, option: str) -> None:
    command = [sys.executable, "-m", "newslint", "check", "--watch", option]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--watch" in done.stderr
