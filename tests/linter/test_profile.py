"""What is reported of a post in a few words, and what is shown of a finding."""

from __future__ import annotations

import pickle
from pathlib import Path, PurePosixPath

import pytest
from conftest import FRONT_MATTER
from runner.test_runner import posts  # noqa: F401 - a fixture

from newslint.config.project import Project
from newslint.core.finding import Edit, Fix, Safety
from newslint.core.report import Detail, FileReport, Profile
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.files.discovery import discover
from newslint.generators import Target
from newslint.linter.preview import AROUND, HUNKS, LINES, MARKED, preview
from newslint.linter.profile import LENGTH_KEPT, VALUES_KEPT, profile
from newslint.post.post import Post
from newslint.runner.pipeline import lint_files


def told(text: str, path: str = "World/post.md", target: str = "hexo") -> Profile:
    project = Project(Path("/nowhere"), isolated=True)
    rules = project.settings(Path("/nowhere/a.md")).rules
    return profile(Post(Source.from_text(text), PurePosixPath(path), Target(target)), rules)


def values(of: Profile, kind: str) -> dict[str, int]:
    return {name: number for k, name, number in of.metrics if k == kind}


def test_a_post_tells_its_categories_month_author_editor_and_picture_hosts():
    body = (
        "<p>Text<img src='//b.example/1.png' alt=''><img src='https://B.example/2.png' alt=''></p>"
        "<p>责编：赵安妮(实习生)、李栋</p>"
    )
    said = told(FRONT_MATTER.replace(" - One", " - One\n - Two") + body)
    assert said.categories == ("One", "Two")
    assert said.month == "2021-12"
    assert values(said, "authors") == {"Wire": 1}
    assert values(said, "editors") == {"赵安妮": 1, "李栋": 1}
    assert values(said, "picture-hosts") == {"img.example.net": 2, "b.example": 2}


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("date: 2021-03-31T23:30:00-02:00", "2021-04"),
        ("date: 2009-02-13 07:56:21 UTC", "2009-02"),
        ("date: '2021-12-31'", "2021-12"),
        ("date: some day", ""),
        ("date: 2021-13-45", ""),
        ("date: [1]", ""),
        ("date:", ""),
        ("title: x", ""),
    ],
)
def test_the_month_is_that_of_the_date(written: str, month: str):
    assert told(f"---\n{written}\n---\ntext").month == month


def test_a_date_that_the_target_does_not_read_counts_as_it_is_meant():
    said = told("---\ndate: Thu, 02 Dec 2021 14:50:58 GMT\n---\n", target="eleventy")
    assert said.month == "2021-12"


def test_without_a_date_the_name_of_the_file_tells():
    assert told("---\ntitle: x\n---\n", "_posts/2020-05-01-x.md").month == "2020-05"
    assert told("---\ntitle: x\n---\n", "_posts/2020-50-01-x.md").month == ""


@pytest.mark.parametrize(
    ("written", "categories"),
    [
        ("categories: One", ("One",)),
        ("category: One", ("One",)),
        ("categories: [[One, Two], [Three]]", ("One", "Two")),
        ("categories: [2021, true, {a: 1}, '']", ("2021",)),
        ("categories: {a: b}", ()),
        ("categories: []\ncategory: Two", ("Two",)),
    ],
)
def test_categories_in_every_form(written: str, categories: tuple[str, ...]):
    assert told(f"---\n{written}\n---\n").categories == categories


def test_authors_in_every_form():
    said = told("---\nauthors:\n  - Ann Lee\n  - name: Bo Roe\n    url: x\n  - [a]\n---\n")
    assert values(said, "authors") == {"Ann Lee": 1, "Bo Roe": 1}


@pytest.mark.parametrize(
    "text", ["", "---\n", "---\na: [\n---\n", "\udcff\udcfe", "---\n- a\n---\n"]
)
def test_a_post_that_cannot_be_read_has_an_empty_profile(text: str):
    assert told(text) == Profile()


def test_a_profile_stays_small_whatever_a_post_holds():
    names = "".join(f" - {'x' * 500}{number}\n" for number in range(5000))
    pictures = "".join(f"<img src='https://h{n}.example/' alt=''>" for n in range(5000))
    said = told(f"---\nauthors:\n{names}categories:\n{names}---\n{pictures}")
    assert len(values(said, "picture-hosts")) == VALUES_KEPT
    assert len(said.categories) <= VALUES_KEPT
    assert all(len(name) <= LENGTH_KEPT for _, name, _ in said.metrics)
    assert len(pickle.dumps(said)) < 40_000


def test_a_report_has_details_only_when_asked(posts: Path):  # noqa: F811
    def run(detail: Detail, jobs: int = 1) -> list[FileReport]:
        project = Project(posts, isolated=True, detail=detail)
        return list(lint_files(discover([posts], project), project, jobs=jobs))

    plain, detailed = run(Detail.NONE), run(Detail.ALL)
    assert not any(report.profile for report in plain)
    assert all(report.profile for report in detailed)
    assert run(Detail.ALL, jobs=3) == detailed
    said = [one for report in detailed for one in report.diagnostics]
    assert said
    assert all(one.preview is not None for one in said)
    both = [
        [one.finding for report in reports for one in report.diagnostics]
        for reports in (plain, detailed)
    ]
    assert both[0] == both[1]


def shown(text: str, marked: str, *edits: tuple[str, str]) -> tuple[list[str], list[str]]:
    """The rows of a preview, ⟦…⟧ around what is marked."""
    start = text.index(marked)
    spans = [(Span(text.index(old), text.index(old) + len(old)), new) for old, new in edits]
    fix = Fix("mend", tuple(Edit(span, new) for span, new in spans), Safety.SAFE)
    made = preview(Source.from_text(text), Span(start, start + len(marked)), fix)
    written = [
        [
            f"{row.sign}{row.line or ''}|"
            + "".join(f"⟦{part}⟧" if at % 2 else part for at, part in enumerate(row.parts))
            for row in rows
        ]
        for rows in (made.source, made.change)
    ]
    return written[0], written[1]


def test_a_preview_marks_the_lines_and_shows_the_fix():
    source, change = shown("a\nb cd e\nf", "cd", ("cd", "XY"))
    assert source == [" 1|a", " 2|b ⟦cd⟧ e", " 3|f"]
    assert change == ["-2|b ⟦cd⟧ e", "+|b ⟦XY⟧ e"]


def test_a_preview_of_several_lines_and_a_line_that_goes():
    source, change = shown("a\r\n<p>\r\nx</p>\r\nb", "<p>\r\nx</p>", ("<p>\r\nx</p>\r\n", ""))
    assert source == [" 1|a", " 2|⟦<p>⟧", " 3|⟦x</p>⟧", " 4|b"]
    assert change == ["-2|⟦<p>⟧", "-3|⟦x</p>⟧"]


def test_edits_of_one_line_stand_together_and_those_of_others_apart():
    _, change = shown("<b>x</b>\ny\n<i>", "<b>", ("<b>", "<s>"), ("</b>", "</s>"), ("<i>", ""))
    assert change == ["-1|⟦<b>⟧x⟦</b>⟧", "+|⟦<s>⟧x⟦</s>⟧", "-3|⟦<i>⟧", "+|"]


def test_an_insertion_is_marked_in_the_new_line_alone():
    _, change = shown("<img>", "<img>", (">", " alt=''>"))
    assert change == ["-1|<img⟦>⟧", "+|<img⟦ alt=''>⟧"]


def test_a_preview_stays_small_whatever_the_post_holds():
    text = "x" * 5000 + "y\n" * 5000 + "z" * 5000
    source = Source.from_text(text)
    edits = [Edit(Span(at, at + 1), "w" * 9000) for at in range(0, 9000, 2)]
    made = preview(source, Span(10, len(text)), Fix("m", tuple(edits), Safety.SAFE))
    assert len(made.source) <= LINES + 2
    assert len(pickle.dumps(made)) < HUNKS * LINES * (2 * MARKED + 2 * AROUND + 200)
    assert made.more > 0
