"""``--add-suppressions``: afterwards the findings are silent, and nothing else has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import frontmatter
import pytest
from conftest import BODY, CLEAN, FRONT_MATTER, NO_REFERRER, Command
from inputs import any_posts

from newslint import Finding, Post
from newslint.cli.add_suppressions import suppress_all
from newslint.config.loader import layer_from_option
from newslint.config.project import Project
from newslint.core.source import Source
from newslint.files.discovery import discover
from newslint.linter import engine, registry
from newslint.linter.ruleset import RuleSet
from newslint.linter.suppression_writer import silence
from newslint.runner.pipeline import lint_files

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
    assert "a.md has a hard link" in done.stderr
    assert done.returncode == 2
    assert (tmp_path / "a.md").read_text() == text
    assert not (tmp_path / ".newslint-orphan.tmp").exists()


def lints_for(pictures: int, line: str, suffix: str) -> int:
    """How often a post with so many findings, one a line, is linted to silence them all."""
    texts: list[str] = []
    rules = RuleSet([rule() for rule in registry.rules().values() if rule.code == "IMG001"])

    def lint(text: str) -> tuple[Post, list[Finding]]:
        texts.append(text)
        post = Post(Source.from_text(text), PurePosixPath(f"a.{suffix}"))
        return post, engine.lint_all(post, rules).kept

    body = "\n".join(line.replace("1.jpg", f"{number}.jpg") for number in range(pictures))
    _, wanted = lint(FRONT_MATTER + body)
    assert len(wanted) == pictures
    done = silence(FRONT_MATTER + body, wanted, lint, {"IMG001": "no-referrer"})
    assert done.count == pictures
    assert lint(done.text)[1] == []
    return len(texts)


@pytest.mark.parametrize(
    ("line", "suffix"),
    [
        ('<p><img src="https://a.cn/1.jpg" alt=""></p>', "html"),
        ('<p><img src="https://a.cn/1.jpg" alt=""></p>', "md"),
        ('\nText\nand <img src="https://a.cn/1.jpg" alt=""> more', "md"),
        ('<pre>\n<img src="https://a.cn/1.jpg" alt="">\n</pre>', "html"),
    ],
)
def test_more_findings_do_not_lint_a_post_more_often(line: str, suffix: str) -> None:
    assert lints_for(200, line, suffix) <= max(lints_for(50, line, suffix), 8)


def test_what_one_way_does_not_silence_gets_another(newslint: Command, write: Write) -> None:
    lines = [f'<p><img src="https://a.cn/{number}.jpg" alt=""></p>' for number in range(12)]
    lines[5] = f"<pre>\n{lines[5]}\n{lines[5]}</pre>"
    path = write("a.html", FRONT_MATTER + BODY + "\n".join(lines))
    after = silenced(newslint, path)
    assert after.count("newslint-disable-next-line") == 11
    assert after.count("newslint-disable IMG001 --><pre>") == 1


# The first alarm may ring in a callback of the garbage collector, where Python drops it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_post_that_takes_too_long_is_left_as_it_was(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = NO_REFERRER + "<p>a <img src='https://a.cn/1.jpg'> b</p>\n" * 300
    path = write("a.html", text)
    files = discover([tmp_path], Project(tmp_path))
    reports = list(lint_files(files, Project(tmp_path)))
    hasty = Project(tmp_path, last=(layer_from_option("limits.seconds = 0.001", tmp_path),))
    assert not suppress_all(files, reports, hasty, "")
    said = capsys.readouterr().err
    assert "a.html takes more than 0.001 seconds to suppress (limits.seconds)" in said
    assert path.read_text() == text
