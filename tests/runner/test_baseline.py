"""The baseline: what was there before is reported no more, and nothing else is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CLEAN, NO_REFERRER, Command

Write = Callable[..., Path]
FILE = "newslint-baseline.json"
SENTENCES = "\n".join(
    f"<p>Sentence number {n} of this very article stands here</p>" for n in range(9)
)


def img(name: str, rest: str = ' alt=""') -> str:
    return f'<img src="https://img.example.net/{name}.jpg"{rest}>'


def post(*lines: str, title: str = "A title") -> str:
    text = CLEAN.replace("A title", title).replace("<p>Text", SENTENCES + "\n<p>Text")
    return text.replace("</div>", "\n".join((*lines, "</div>")))


def codes(newslint: Command, *args: str) -> list[str]:
    done = newslint("--output-format", "json", "--baseline", FILE, *args)
    return [f"{record['path']} {record['code']}" for record in json.loads(done.stdout)]


def stored(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / FILE).read_text())["posts"]
    return found


@pytest.fixture
def old(newslint: Command, write: Write) -> None:
    write("newslint.toml", 'ignore = ["ARC"]\n')
    write("a.md", post(img("one"), img("two", "")))
    write("b.md", post(img("one")))
    write("clean.md")
    done = newslint("baseline")
    assert done.returncode == 0
    assert "4 findings of 2 posts" in done.stderr


def test_what_is_in_the_baseline_is_reported_no_more(newslint: Command, old: None) -> None:
    assert newslint().returncode == 1
    done = newslint("--baseline", FILE, "--fail-on", "info")
    assert (done.returncode, done.stdout) == (0, "")
    assert "4 findings in the baseline hidden" in done.stderr


def test_warnings_are_covered(newslint: Command, write: Write) -> None:
    write("a.md", post(img("x", ' referrerpolicy="no-referrer"')))
    assert "IMG004" in newslint().stdout
    newslint("baseline")
    assert codes(newslint) == []


def test_lines_above_change_nothing(newslint: Command, write: Write, old: None) -> None:
    write("a.md", post("<p>New.</p>", "<p>Newer.</p>", img("one"), img("two", "")))
    assert codes(newslint) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([img("two", ""), img("three")], ["a.md IMG001"]),
        ([img("one"), img("one"), img("two", "")], ["a.md IMG001"]),
        ([img("one"), img("two", ""), "<p onclick=1>x</p>"], ["a.md SEC002"]),
        ([img("one", ' alt="" onclick="x"')], ["a.md IMG001", "a.md SEC002"]),
    ],
)
def test_a_mended_finding_hides_no_new_one(
    newslint: Command, write: Write, old: None, lines: list[str], expected: list[str]
) -> None:
    write("a.md", post(*lines))
    assert codes(newslint) == expected


def test_another_missing_field_is_new(newslint: Command, write: Write) -> None:
    write("a.md", post().replace("author: Wire\n", ""))
    newslint("baseline")
    assert codes(newslint) == []
    write("a.md", post().replace("comments: false\n", ""))
    assert codes(newslint) == ["a.md FM005"]


def test_the_same_finding_in_another_post_is_new(
    newslint: Command, write: Write, old: None
) -> None:
    write("c.md", post(img("one"), title="Something else that happened today"))
    assert codes(newslint) == ["c.md IMG001"]


def test_a_renamed_post_is_known_by_its_content(
    newslint: Command, write: Write, old: None, tmp_path: Path
) -> None:
    (tmp_path / "world").mkdir()
    (tmp_path / "a.md").rename(tmp_path / "world" / "renamed 天.md")
    assert codes(newslint) == []
    write("world/renamed 天.md", post(img("one"), img("new")).replace("number 3", "number three"))
    assert codes(newslint) == ["world/renamed 天.md IMG001"]


def test_a_copy_or_another_post_takes_no_place_of_a_deleted_one(
    newslint: Command, write: Write, old: None, tmp_path: Path
) -> None:
    write("copy.md", (tmp_path / "a.md").read_bytes())
    assert [one.split()[0] for one in codes(newslint)] == ["copy.md"] * 3
    (tmp_path / "copy.md").unlink()
    (tmp_path / "b.md").unlink()
    other = "\n".join(f"<p>Quite another story, part {n}, was told that day</p>" for n in range(9))
    write(
        "c.md", CLEAN.replace("A title", "Rain").replace("</div>", other + img("one") + "\n</div>")
    )
    assert codes(newslint) == ["c.md IMG001"]


def test_prune_takes_out_what_is_mended_and_nothing_in(
    newslint: Command, write: Write, old: None, tmp_path: Path
) -> None:
    write("a.md", post(img("two", ""), img("new")))
    (tmp_path / "b.md").unlink()
    assert newslint("baseline", "--prune").returncode == 0
    assert list(stored(tmp_path)) == ["a.md"]
    assert [one["code"] for one in stored(tmp_path)["a.md"]["findings"]] == ["IMG001", "IMG004"]
    assert codes(newslint) == ["a.md IMG001"]
    write("a.md", post(img("one"), img("two", "")))
    assert codes(newslint) == ["a.md IMG001"]


def test_prune_follows_a_renamed_post(
    newslint: Command, write: Write, old: None, tmp_path: Path
) -> None:
    (tmp_path / "a.md").rename(tmp_path / "z.md")
    newslint("baseline", "--prune")
    assert sorted(stored(tmp_path)) == ["b.md", "z.md"]
    assert codes(newslint) == []


def test_prune_needs_a_baseline(newslint: Command, write: Write) -> None:
    write("a.md")
    done = newslint("baseline", "--prune")
    assert done.returncode == 2
    assert FILE in done.stderr


def test_the_file_is_sorted_and_the_same_for_the_same_posts(
    newslint: Command, old: None, tmp_path: Path
) -> None:
    first = (tmp_path / FILE).read_bytes()
    newslint("baseline")
    newslint("baseline", "b.md", "a.md")
    newslint("baseline", "--prune")
    assert (tmp_path / FILE).read_bytes() == first
    assert list(stored(tmp_path)) == ["a.md", "b.md"]


def test_what_is_elsewhere_or_of_other_rules_stays(
    newslint: Command, write: Write, old: None, tmp_path: Path
) -> None:
    write("a.md", post())
    newslint("baseline", "b.md")
    assert list(stored(tmp_path)) == ["a.md", "b.md"]
    newslint("baseline", "--prune", "--select", "IMG004")
    assert [one["code"] for one in stored(tmp_path)["a.md"]["findings"]] == ["IMG001", "IMG001"]


def test_it_works_from_another_folder_and_for_standard_input(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    text = post(img("one"))
    write("site/posts/a.md", text)
    assert newslint("baseline", "site", "-o", f"site/{FILE}").returncode == 0
    assert list(stored(tmp_path / "site")) == ["posts/a.md"]
    assert newslint("site", "--baseline", f"site/{FILE}").returncode == 0
    done = newslint(
        "-", "--stdin-filename", "site/posts/a.md", "--baseline", f"site/{FILE}", stdin=text
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", "<<<<<<< HEAD\n{}", '{"version": 2, "posts": {}}', '{"version": 1}',
        '{"version": 1, "posts": {"a.md": {"content": "", "findings": [{"code": "X"}]}}}',
        "[" * 100_000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_a_baseline_that_is_none_is_told_in_words(
    newslint: Command, write: Write, content: str | bytes
) -> None:
    write("a.md", post(img("one")))
    write(FILE, content)
    done = newslint("--baseline", FILE)
    assert (done.returncode, done.stdout) == (2, "")
    assert FILE in done.stderr


def test_a_missing_baseline_is_exit_2(newslint: Command, write: Write) -> None:
    write("a.md")
    assert newslint("--baseline", "none.json").returncode == 2


def test_findings_of_the_whole_archive_are_covered(newslint: Command, write: Write) -> None:
    write("newslint.toml", "")
    write("a.md", CLEAN)
    write("b.md", CLEAN.replace("Text of", "Quite another text of"))
    assert "ARC001" in newslint("b.md", "--whole-archive").stdout
    newslint("baseline", "b.md")
    assert codes(newslint) == codes(newslint, "b.md", "--whole-archive") == []


def test_the_configuration_may_name_the_baseline(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("site/newslint.toml", 'baseline = "old.json"\n')
    write("site/posts/a.md", post(img("one")))
    assert newslint("site").returncode == 2
    newslint("baseline", "site", "-o", "site/old.json")
    assert newslint("site").returncode == 0
    write("site/posts/b.md", post(img("one"), title="B"))
    write("c.md", post(img("one"), title="C"))
    told = newslint("--select", "IMG001").stdout.splitlines()
    assert [line.split(":")[0] for line in told] == ["c.md", "site/posts/b.md"]


def test_more_findings_than_are_shown_are_debt_until_there_are_others(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", "limits.findings = 2\n")
    lines = [img(str(number)) for number in range(5)]
    write("a.md", post(*lines))
    newslint("baseline")
    assert codes(newslint) == []
    write("a.md", post(*lines, img("new")))
    assert codes(newslint) == ["a.md IO001"]


def test_a_file_that_cannot_be_read_is_always_told(newslint: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("nowhere.md")
    assert newslint("baseline").returncode == 2
    assert newslint("--baseline", FILE).returncode == 2
    assert codes(newslint) == ["a.md IO001"]


def test_the_file_is_whole_at_every_moment(
    newslint: Command, write: Write, small_disk: Path
) -> None:
    for number in range(100):
        write(f"{number}.md", NO_REFERRER.replace("article.", f"article {number}."))
    file = small_disk / "b.json"
    assert newslint("baseline", "--no-progress", "-o", str(file)).returncode == 0
    before = file.read_bytes()
    for number in range(1_000):
        write(f"more/{number}.md", NO_REFERRER.replace("article.", f"article {number}!"))
    done = newslint("baseline", "--no-progress", "-o", str(file))
    assert done.stderr.endswith(
        "b.json cannot be written: the disk is full; the file was not changed\n"
    )
    assert done.returncode == 2
    assert file.read_bytes() == before
    assert [path.name for path in small_disk.iterdir()] == ["b.json"]


def test_what_is_no_file_is_not_written_over(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    done = newslint("baseline", "-o", "/dev/full")
    assert done.stderr == "newslint: /dev/full exists and is not a file; nothing was written\n"
    assert done.returncode == 2
