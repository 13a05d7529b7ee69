"""The command's contract: arguments, streams, formats, exit codes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from generators.site_trees import lay

Write = Callable[..., Path]
LINE = re.compile(
    r"^(?P<path>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?:error|warning|info) (?P<code>[A-Z]+\d{3}) (\[\*\] )?\S.*$"
)


def test_no_finding_is_exit_0_and_an_empty_standard_output(newslint: Command, write: Write) -> None:
    write("a.md")
    done = newslint()
    assert (done.returncode, done.stdout) == (0, "")


def test_an_error_is_exit_1_and_one_line_in_a_pipe(newslint: Command, write: Write) -> None:
    write("posts/a.md", NO_REFERRER)
    done = newslint("posts")
    assert done.returncode == 1
    assert done.stdout.startswith("posts/a.md:13:24: error IMG001 [*] ")
    assert LINE.match(done.stdout.rstrip("\n"))


def test_check_is_the_default_command(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    assert newslint("check", "a.md").stdout == newslint("a.md").stdout == newslint().stdout


def test_a_warning_alone_is_exit_0_unless_fail_on_says_so(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER.replace(' alt=""', ' referrerpolicy="no-referrer"'))
    assert newslint("a.md").returncode == 0
    assert "IMG004" in newslint("a.md").stdout
    assert newslint("a.md", "--fail-on", "warning").returncode == 1
    assert newslint("a.md", "--fail-on", "never").returncode == 0


@pytest.mark.parametrize(
    "args",
    [
        ("no-such-folder",),
        ("--no-such-option",),
        ("--select", "XYZ999"),
        ("--target", "wordpress"),
        ("--output-format", "word"),
        ("--config", "missing.toml"),
        ("--fail-on", "sometimes"),
        ("-", "a.md"),
        ("rule", "XYZ999"),
    ],
)
def test_bad_usage_is_exit_2_with_words_and_no_findings(
    newslint: Command, write: Write, args: tuple[str, ...]
) -> None:
    write("a.md", NO_REFERRER)
    done = newslint(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()


def test_an_unknown_rule_suggests_the_nearest(newslint: Command) -> None:
    assert "'no-referrer'" in newslint("--select", "no-referer").stderr
    assert "'no-referrer'" in newslint("rule", "no-referer").stderr


def test_findings_are_sorted_by_path_then_place_then_code(newslint: Command, write: Write) -> None:
    for name in ("b.md", "a/z.md", "a.md", "B.md"):
        write(name, NO_REFERRER.replace("</div>", '<img src="https://x.example/y">\n</div>'))
    records = json.loads(newslint("--output-format", "json").stdout)
    keys = [(r["path"], r["start"]["offset"], r["end"]["offset"], r["code"]) for r in records]
    assert keys == sorted(keys)
    assert len({path for path, *_ in keys}) == 4


def test_json_is_one_array_of_the_documented_objects(newslint: Command, write: Write) -> None:
    path = write("posts/a.md", "\ufeff" + NO_REFERRER.replace("Text", "😀é"))
    text = path.read_bytes().decode()
    records = json.loads(newslint("posts", "--output-format", "json").stdout)
    record = next(r for r in records if r["code"] == "IMG001")
    assert list(record) == [
        "path", "code", "name", "severity", "impact", "message", "start", "end", "url", "fix",
    ]  # fmt: skip
    assert record["path"] == "posts/a.md"
    assert (record["name"], record["severity"]) == ("no-referrer", "error")
    offset = text.index("<img")
    assert record["start"]["offset"] == offset
    line = text[:offset].count("\n") + 1
    assert record["start"]["line"] == line
    assert record["start"]["column"] == offset - text.rindex("\n", 0, offset)
    assert text[offset : record["end"]["offset"]].endswith(">")
    fix = record["fix"]
    assert fix["applicability"] == "safe"
    (edit,) = fix["edits"]
    fixed = text[: edit["start"]] + edit["content"] + text[edit["end"] :]
    assert '<img src="https://img.example.net/a.jpg" alt="" referrerpolicy="no-referrer">' in fixed


def test_jsonl_says_the_same_as_json_one_object_a_line(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    write("b.md", "no front matter")
    lines = newslint("--output-format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(
        newslint("--output-format", "json").stdout
    )


def test_json_without_findings_is_an_empty_array(newslint: Command, write: Write) -> None:
    write("a.md")
    assert json.loads(newslint("--output-format", "json").stdout) == []


def test_full_shows_the_line_the_caret_and_a_summary(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    out = newslint("--output-format", "full").stdout
    lines = out.splitlines()
    source = next(i for i, line in enumerate(lines) if "13 │" in line)
    caret = lines[source + 1]
    assert lines[source][caret.index("^") :].startswith("<img")
    assert lines[source][: caret.rindex("^") + 1].endswith('alt="">')
    assert "1 error" in lines[-1]
    assert "1 fixable with --fix" in lines[-1]
    assert "\x1b" not in out


def test_the_caret_stands_under_the_place_behind_wide_characters(
    newslint: Command, write: Write
) -> None:
    from rich.cells import cell_len

    write("a.md", NO_REFERRER.replace("Text of the article.", "中文字符，在图片之前。"))
    lines = newslint("--output-format", "full").stdout.splitlines()
    source = next(i for i, line in enumerate(lines) if "13 │" in line)
    caret = lines[source + 1]
    assert cell_len(lines[source][: lines[source].index("<img")]) == caret.index("^")


@pytest.mark.parametrize("filler", ["x", "字", "\t", "a b "])
def test_long_lines_are_cut_around_the_place_at_80_cells(
    newslint: Command, write: Write, filler: str
) -> None:
    from rich.cells import cell_len

    write("a.md", NO_REFERRER.replace("Text", filler * 5_000))
    lines = newslint("--output-format", "full").stdout.splitlines()
    assert all(cell_len(line) <= 80 for line in lines if "│" in line)
    assert any("<img" in line for line in lines)


def test_grouped_puts_findings_under_the_name_of_their_file(
    newslint: Command, write: Write
) -> None:
    write("a.md", NO_REFERRER)
    write("b.md", NO_REFERRER)
    out = newslint("--output-format", "grouped").stdout
    assert [line for line in out.splitlines() if line in ("a.md", "b.md")] == ["a.md", "b.md"]
    assert out.count("IMG001") == 2


def test_output_file_takes_the_findings_and_standard_output_stays_empty(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", NO_REFERRER)
    done = newslint("a.md", "-o", "out.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert "IMG001" in (tmp_path / "out.txt").read_text()
    assert newslint("a.md", "-o", "no/such/folder/out.txt").returncode == 2


def test_standard_input_is_linted_as_the_path_it_stands_for(
    newslint: Command, write: Write
) -> None:
    write("newslint.toml", '[[overrides]]\nfiles = ["drafts/**"]\nignore = ["IMG"]\n')
    done = newslint("-", "--stdin-filename", "posts/a.md", stdin=NO_REFERRER)
    assert done.returncode == 1
    assert done.stdout.startswith("posts/a.md:13:24: error IMG001")
    assert newslint("-", "--stdin-filename", "drafts/a.md", stdin=NO_REFERRER).returncode == 0
    assert newslint("-", stdin=CLEAN).returncode == 0


def test_statistics_count_the_findings_of_each_rule(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    write("b.md", NO_REFERRER)
    done = newslint("--statistics")
    assert re.search(r"^2 IMG001 \[\*\] no-referrer$", done.stdout, re.MULTILINE)
    assert done.returncode == 1
    rows = json.loads(newslint("--statistics", "--output-format", "json").stdout)
    assert {"code": "IMG001", "name": "no-referrer", "count": 2, "fixable": 2} in rows


def test_quiet_leaves_out_the_summary_and_verbose_tells_the_time(
    newslint: Command, write: Write
) -> None:
    write("a.md", NO_REFERRER)
    assert newslint("-q").stderr == ""
    assert "Found 1 error" in newslint().stderr
    assert re.search(r"1 post.* in [\d.]+ s", newslint("-v").stderr)


def test_color_is_only_where_it_is_asked_for_or_a_terminal(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    for name in ("full", "grouped", "concise"):
        assert "\x1b[" not in newslint("--output-format", name).stdout
        assert "\x1b[" in newslint("--output-format", name, "--color", "always").stdout


def test_rules_lists_every_rule_as_text_and_as_json(newslint: Command) -> None:
    rows = json.loads(newslint("rules", "--output-format", "json").stdout)
    keys = ["code", "name", "family", "severity", "impact"]
    keys += ["default", "fix", "targets", "summary", "url"]
    assert all(list(row) == keys for row in rows)
    codes = [row["code"] for row in rows]
    assert codes == sorted(codes)
    assert {"FM001", "IMG001", "ED001", "STY001", "IO001"} <= set(codes)
    text = newslint("rules", COLUMNS="120").stdout
    assert all(code in text for code in codes)
    only = json.loads(
        newslint("rules", "--family", "img", "--fix", "safe", "--output-format", "json").stdout
    )
    assert "IMG001" in {row["code"] for row in only}
    assert all(row["family"] == "IMG" and row["fix"] == "safe" for row in only)


def test_rule_explains_one_rule_by_code_or_name(newslint: Command) -> None:
    by_code = json.loads(newslint("rule", "IMG001", "--output-format", "json").stdout)
    assert by_code == json.loads(newslint("rule", "no-referrer", "--output-format", "json").stdout)
    assert {"explanation", "bad", "good", "options"} <= set(by_code)
    assert by_code["bad"][0]["fixed"]
    text = newslint("rule", "img001").stdout
    assert "IMG001" in text
    assert "referrerpolicy" in text


def test_version_and_help_need_no_posts(newslint: Command) -> None:
    assert re.fullmatch(r"newslint \d+\.\d+\.\d+\S*\n", newslint("--version").stdout)
    assert "check" in newslint("--help").stdout
    assert "--select" in newslint("check", "--help").stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_finding_and_exit_2(newslint: Command, write: Write) -> None:
    write("a.md").chmod(0)
    done = newslint()
    assert done.returncode == 2
    assert "IO001" in done.stdout


def test_what_cannot_be_read_is_io001_and_the_others_are_still_linted(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("b.md", NO_REFERRER)
    (tmp_path / "a.md").symlink_to("nowhere.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "folder.md").mkdir()
    write("folder.md/c.md", NO_REFERRER)
    os.mkfifo(tmp_path / "pipe.md")
    write("big.md", b"x" * 10_000_001)
    done = newslint()
    assert done.returncode == 2
    codes = dict(re.findall(r"^(\S+?):\d+:\d+: error (IO001|IMG001)", done.stdout, re.MULTILINE))
    assert codes == {
        "a.md": "IO001",
        "b.md": "IMG001",
        "big.md": "IO001",
        "folder.md/c.md": "IMG001",
        "loop.md": "IO001",
        "pipe.md": "IO001",
    }


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n", b"---", b"---\n", b"---\n---\n", b"---\n: [\n---\n", b"\xff\xfe\x00", b"\0" * 1000,
        bytes(range(256)) * 50, b"\xef\xbb\xbf", "\u2028".encode() * 10, b"---\ntitle: \xff\n---\n<b",
        b"<div>" * 5_000, b"---\n" + b"[" * 100_000 + b"\n---\n", b"---\na: &a [*a]\n---\n",
        b"{" * 10_000, b"+++\na = {\n+++\n", b"---\n- " * 50_000 + b"\n---\n",
    ],
)  # fmt: skip
def test_no_content_of_a_file_ends_in_a_traceback(
    newslint: Command, write: Write, content: bytes
) -> None:
    write("a.md", content)
    done = newslint("--select", "ALL", "--output-format", "json")
    # 2 where a limit was reached, which is an IO001 finding.
    assert done.returncode in (0, 1, 2)
    assert done.returncode != 2 or '"IO001"' in done.stdout
    assert all(record["code"] != "NL999" for record in json.loads(done.stdout)), done.stdout


def test_what_a_post_or_a_name_says_is_no_command_to_the_terminal(
    newslint: Command, write: Write
) -> None:
    write("a\x1b[31m[red]\n.md", NO_REFERRER.replace("article.", "\x1b]0;x\x07\u202e[bold]"))
    for name in ("full", "concise", "grouped"):
        out = newslint("--output-format", name).stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", out), name
        assert "[red]" in out


def test_a_reader_that_goes_away_is_no_error_of_ours(write: Write, tmp_path: Path) -> None:
    import subprocess
    import sys

    for number in range(400):
        write(f"{number}.md", NO_REFERRER)
    done = subprocess.run(
        f"{sys.executable} -m newslint --no-progress | head -n 1",
        shell=True, cwd=tmp_path, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_single_file_is_held_against_the_rest_of_the_archive_in_a_project_only(
    newslint: Command, write: Write
) -> None:
    write("site/old.md")
    write("site/new.md", CLEAN.replace("Text of", "Another text of"))
    alone = ("site/new.md", "--select", "ARC001")
    args = (*alone, "--whole-archive")
    assert newslint(*args).stdout == ""
    write("site/newslint.toml", "")
    assert newslint(*alone).stdout == "", "one post is linted in the time of one post"
    assert newslint(*args).stdout.startswith(
        "site/new.md:2:1: warning ARC001 'old.md' has the same title"
    )
    assert newslint(*args, "site/old.md").stdout.count("ARC001") == 1
    broken = write("site/broken.md", NO_REFERRER)
    assert newslint("--fix", "--whole-archive", "site/new.md").returncode in (0, 1)
    assert broken.read_text() == NO_REFERRER


@pytest.mark.parametrize(
    ("renderer", "options", "why"),
    [
        ("kramed", "", "newslint does not support hexo-renderer-kramed"),
        ("pandoc", "", "newslint does not support hexo-renderer-pandoc"),
        ("markdown-it-plus", "", "newslint does not support hexo-renderer-markdown-it-plus"),
        ("markdown-it", "", ""),
        (
            "markdown-it",
            "markdown: {preset: zero}\n",
            "newslint does not support the option preset: zero",
        ),
    ],
)
def test_config_says_why_the_rules_of_markdown_are_silent(
    renderer: str, options: str, why: str, newslint: Command, write: Write
) -> None:
    package = f"hexo-renderer-{renderer}"
    write("package.json", f'{{"dependencies": {{"hexo": "8.0.0", "{package}": "1"}}}}')
    write("_config.yml", f"title: x\n{options}")
    shown = newslint("config", "--output-format", "json")
    told = json.loads(shown.stdout)["site"]["value"]["renderer"]
    assert told == (f"{package} (not modelled: {why})" if why else package)


def test_config_shows_what_was_read_of_the_site_and_what_it_does_not_tell(
    newslint: Command, tmp_path: Path
) -> None:
    lay("hexo-packages", tmp_path)
    shown = newslint("config", "hexo-packages", "--output-format", "json")
    site = json.loads(shown.stdout)["site"]["value"]
    assert (site["generator"], site["renderer"]) == ("hexo@8", "hexo-renderer-marked")
    assert site["read"]["_config.yml"] == ["the options of the site", "referrer policy: origin"]
    assert "hexo-tag-embed" in site["read"]["package.json"][0], "the plug-ins"
    (unknown,) = site["unknown"]
    assert "register.js registers tags with computed names" in unknown
    lines = newslint("config", "hexo-packages").stdout.splitlines()
    assert 'site.read."hexo-tag-own" = ["tags: own, frame"]  # the site\'s own files' in lines
    assert "site = null  # no site found" in newslint("config").stdout.splitlines()
