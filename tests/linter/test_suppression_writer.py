"""``--add-suppressions``: afterwards the findings are silent, and nothing else has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import frontmatter
import pytest
from conftest import BODY, CLEAN, FRONT_MATTER, NO_REFERRER, Command
from inputs import any_posts

Write = Callable[..., Path]
IMG = '<img src="https://img.example.net/a.jpg">'
COMMENT = re.compile(
    r"^[ \t]*<!-- newslint-disable-(?:next-line|file) [^\n]*?-->\r?\n|<!-- newslint-.*?-->"
    r"| # newslint-disable-line [^\n]*",
    re.MULTILINE,
)


def silenced(newslint: Command, path: Path, *args: str) -> str:
    """The text after the command; all is silent then, and a second time changes nothing."""
    before = path.read_bytes().decode()
    done = newslint("--add-suppressions", "--fail-on", "info", *args)
    after = path.read_bytes().decode()
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + after
    again = newslint("--add-suppressions", *args)
    assert "0 findings suppressed" in again.stderr
    assert path.read_bytes().decode() == after
    assert COMMENT.sub("", after) == before, after
    return after


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"<div>\n  <p>{IMG}</p>\n</div>",
            "\n  <!-- newslint-disable-next-line IMG001, IMG004 -->\n  <p>",
        ),
        (f"<pre>\n{IMG}\n</pre>", "<!-- newslint-disable IMG001, IMG004 --><pre>"),
        ("<style>\n.a{color:red}\n</style>", "<!-- newslint-disable STY001 --><style>"),
        (f"{IMG}{IMG}", "<!-- newslint-disable-next-line IMG001, IMG004 -->\n<img"),
        ("<script>\nx()\n</script>", "<!-- newslint-disable-next-line SEC001 -->\n<script>"),
        (f"<p\n title='a'\n>{IMG}</p>", "newslint-disable"),
        ("<p>a\n&amp;nbsp;b</p><textarea>\n{{ x.y.z }}</textarea>", "newslint-disable"),
    ],
)
@pytest.mark.parametrize("suffix", ["md", "html"])
def test_each_place_gets_the_comment_that_works_there(
    newslint: Command, write: Write, body: str, expected: str, suffix: str
) -> None:
    path = write(f"a.{suffix}", FRONT_MATTER + BODY.replace("</div>", body + "\n</div>"))
    assert newslint().stdout
    assert expected in silenced(newslint, path)


def test_a_paragraph_of_markdown_is_not_torn(newslint: Command, write: Write) -> None:
    path = write("a.md", CLEAN + f"\nOne line of prose\nthen {IMG}\nand a third.\n")
    after = silenced(newslint, path)
    assert "<!-- newslint-disable-line IMG001, IMG004 -->" in after
    assert "One line of prose\nthen <img" in after


def test_front_matter_gets_a_comment_of_yaml(newslint: Command, write: Write) -> None:
    text = CLEAN.replace("comments: false", "comments: [false]").replace("One", "'One' # well")
    path = write("a.md", text)
    after = silenced(newslint, path)
    assert "comments: [false] # newslint-disable-line FM006\n" in after
    assert frontmatter.loads(after).metadata == frontmatter.loads(text).metadata


def test_findings_about_the_whole_post_are_silenced_for_the_file(
    newslint: Command, write: Write
) -> None:
    text = CLEAN.replace("<p>责任编辑：刘万里</p>\n", "").replace("author: Wire\n", "")
    after = silenced(newslint, write("a.md", text))
    assert "---\n<!-- newslint-disable-file ED001, FM005 -->\n" in after


@pytest.mark.parametrize(
    "text", ["<p>No front matter, no editor.</p>\n", "---\ntitle: x\n---", "---\n"]
)
def test_a_post_without_a_body_or_front_matter_works_too(
    newslint: Command, write: Write, text: str
) -> None:
    write("a.html", text)
    newslint("--add-suppressions")
    assert newslint().stdout == ""


def test_line_ends_and_a_byte_order_mark_stay(newslint: Command, write: Write) -> None:
    path = write("a.md", "\ufeff" + NO_REFERRER.replace("\n", "\r\n"))
    after = silenced(newslint, path)
    assert "<!-- newslint-disable-next-line IMG001 -->\r\n<p>" in after
    assert after.startswith("\ufeff---")


def test_a_comment_that_is_there_takes_the_rule_in(newslint: Command, write: Write) -> None:
    text = NO_REFERRER.replace(' alt=""', "").replace(
        "<p>Text", "<!-- newslint-disable-next-line IMG004 -- ours -->\n<p>Text"
    )
    path = write("a.md", text)
    assert newslint("--add-suppressions").returncode == 0
    assert "<!-- newslint-disable-next-line IMG004, IMG001 -- ours -->" in path.read_text()


def test_the_reason_stands_in_the_comment(newslint: Command, write: Write) -> None:
    path = write("a.md", NO_REFERRER)
    assert "IMG001 -- our own host -->" in silenced(newslint, path, "--reason", "our own\n host")


@pytest.mark.parametrize("reason", ["a --> b", "a -- b", "{{ x }}", "{% x %}", "\x1b[2J"])
def test_a_reason_that_would_end_the_comment_is_refused(
    newslint: Command, write: Write, reason: str
) -> None:
    path = write("a.md", NO_REFERRER)
    done = newslint("--add-suppressions", "--reason", reason)
    assert (done.returncode, done.stdout) == (2, "")
    assert path.read_text() == NO_REFERRER


@pytest.mark.parametrize("args", [("--fix",), ("--diff",), ("-",)])
def test_it_goes_with_neither_fixes_nor_standard_input(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    write("a.md", NO_REFERRER)
    assert newslint("--add-suppressions", *args).returncode == 2
    assert newslint("--reason", "x").returncode == 2


def test_only_what_is_reported_is_silenced(newslint: Command, write: Write) -> None:
    path = write("a.md", NO_REFERRER.replace(' alt=""', ""))
    newslint("--add-suppressions", "--select", "IMG004")
    assert "IMG004 -->" in path.read_text()
    assert "IMG001" in newslint().stdout
    assert "IMG004" not in newslint().stdout


def test_a_finding_of_the_whole_archive_is_silenced_for_its_file(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", "")
    write("a.md")
    path = write("b.md", CLEAN.replace("Text of", "Quite another text of"))
    assert "<!-- newslint-disable-file ARC001 -->" in silenced(
        newslint, path, "b.md", "--whole-archive"
    )
    assert newslint().stdout == ""


def test_the_posts_of_the_corpus_are_silent_afterwards(newslint: Command, write: Write) -> None:
    for number, file in enumerate(any_posts()):
        write(f"{number}{file.suffix}", file.read_bytes())
    newslint("--add-suppressions")
    left = newslint("--ignore", "NL").stdout
    assert left == ""


def test_a_post_that_cannot_be_written_is_said_and_is_exit_2(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    text = NO_REFERRER.replace(' alt=""', ' referrerpolicy="no-referrer"')
    write("a.md", text)
    (tmp_path / "kept.txt").hardlink_to(tmp_path / "a.md")
    (tmp_path / ".newslint-orphan.tmp").write_text("half")
    done = newslint("--add-suppressions")
    assert "a.md has another name (a hard link)" in done.stderr
    assert done.returncode == 2
    assert (tmp_path / "a.md").read_text() == text
    assert not (tmp_path / ".newslint-orphan.tmp").exists()
