"""The archive as a whole: what is there twice, names that cannot be kept, and what it costs."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inputs import SITES, Site, make_archive, measured

from newslint import ArchiveRule, check_paths, check_text
from newslint.config.project import Project
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.archive_rules import check, facts
from newslint.linter.examples import Files, unmark
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules import rules as built_in
from newslint_rules.archive._visible_text import seen
from newslint_rules.archive.duplicate_body import DuplicateBody
from newslint_rules.archive.duplicate_title import DuplicateTitle
from newslint_rules.archive.near_duplicate import NearDuplicate
from newslint_rules.archive.permalink_collision import PermalinkCollision
from newslint_rules.archive.unportable_filename import UnportableFilename
from newslint_rules.links.broken_internal_link import BrokenInternalLink

ON = (DuplicateTitle, DuplicateBody, UnportableFilename, PermalinkCollision)


def post_of(path, text, target="hexo"):
    source = Source(text) if isinstance(text, bytes) else Source.from_text(text)
    return Post(source, PurePosixPath(path), Target.parse(target))


def found(files, target="hexo", rules=ON):
    """The findings of archive rules: ``(path, code, severity, message)``."""
    made = [rule() for rule in rules]
    known = [
        (path, facts(post_of(path, text, target), RuleSet(made)).by_code)
        for path, text in sorted(files.items())
    ]
    findings = check(made, known, Files(dict.fromkeys(files, ""), Target.parse(target)))
    return [(p, f.code, f.severity.value, f.message) for p in findings for f in findings[p]]


@pytest.mark.parametrize(
    "rule", [*ON, NearDuplicate, BrokenInternalLink], ids=lambda rule: rule.code
)
def test_a_run_with_one_rule_alone_says_what_its_examples_say(
    rule: type[ArchiveRule], tmp_path: Path
) -> None:
    for number, example in enumerate(rule.bad):
        site = tmp_path / str(number)
        text, spans = unmark(example.text)
        for name, content in {**example.files, example.path: text}.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())
        (site / "newslint.toml").write_text(
            f"select = ['{rule.code}']\ntarget = '{example.target}'\n[rules.{rule.code}]\n"
            + "".join(f"{key} = {json.dumps(value)}\n" for key, value in example.options.items())
        )
        reports = check_paths([site], Project(site))
        (said,) = [one for one in reports if one.path == example.path]
        assert [one.finding.span for one in said.diagnostics] == spans, example


@pytest.mark.parametrize(
    "rule", [rule for rule in built_in() if issubclass(rule, ArchiveRule) and rule.compares]
)
def test_a_rule_that_compares_posts_reports_nothing_of_one_post(
    rule: type[ArchiveRule],
) -> None:
    for example in (*rule.bad, *rule.good):
        text, _ = unmark(example.text)
        for path, alone in {**example.files, example.path: text}.items():
            assert found({path: alone}, example.target, (rule,)) == []


def test_only_posts_that_are_compared_with_others_are_asked_for_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(DuplicateBody, "facts", lambda _, post: asked.append(str(post.path)))
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(TEXT)
    project = Project(tmp_path, isolated=True)
    assert len([*check_paths([tmp_path / "a.md"], project)]) == 1
    assert check_text(TEXT, "a.md", project) is not None
    assert asked == []
    assert len([*check_paths([tmp_path], project)]) == 2
    assert asked == ["a.md", "b.md"]


TEXT = "<p>A sentence &amp; another one.</p><p>第二段。</p>"


@pytest.mark.parametrize(
    "other",
    [
        "<div>A sentence &#38; another one.\n\n　　第二段。</div>",
        "<p>A&nbsp;sentence &amp; <b>another</b> one.</p><!-- x --><style>p{}</style><p>第二段。</p>",
        "A sentence & another **one**.\n\n第二段。\n",
        "<h2>A sentence &amp;</h2><ul><li>another one.</li></ul>第二\u200b段。<script>x()</script>",
    ],
)
def test_the_same_article_is_found_however_it_is_marked_up(other: str) -> None:
    header = "---\ntitle: {}\n---\n"
    files = {"a.html": header.format("A") + TEXT, "b.md": header.format("B") + other}
    assert [(path, code) for path, code, *_ in found(files, rules=[DuplicateBody])] == [
        ("b.md", "ARC002")
    ]


@pytest.mark.parametrize(
    "other", ["<p>A sentence &amp; another two.</p><p>第二段。</p>", "<p>第二段。</p>", ""]
)
def test_another_article_is_not(other: str) -> None:
    assert found({"a.html": TEXT, "b.html": other}, rules=[DuplicateBody]) == []


def test_of_three_copies_each_later_one_names_the_first() -> None:
    files = {"a.html": TEXT, "b.html": TEXT, "c.html": TEXT}
    told = found(files, rules=[DuplicateBody])
    assert [(path, message) for path, *_, message in told] == [
        ("b.html", "'a.html' has the same body"),
        ("c.html", "'a.html' has the same body"),
    ]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("title: A b", "title: 'a  B '", True),
        ("title: A", "title: A\ncategories: x", False),
        ("title: A\ncategories: [x, y]", "title: A\ncategories: x", True),
        ("title: A\ncategories: [[x, y]]", "category: x\ntitle: A", True),
        ("title: 5", "title: 5", False),
        ("date: 2021-12-02", "date: 2021-12-02", False),
        ("title: [A", "title: [A", False),
        ('"title": A', "title: A", True),
    ],
)
def test_titles_are_compared_within_a_section(one: str, two: str, same: bool) -> None:
    files = {"p/a.md": f"---\n{one}\n---\n", "p/b.md": f"---\n{two}\n---\n"}
    assert bool(found(files, rules=[DuplicateTitle])) is same


def test_names_that_a_generator_loses_are_errors_and_no_others() -> None:
    rows = [row for row in measured() if row["id"].startswith("29") or row["id"] == "X15"]
    assert len(rows) > 10
    for row in rows:
        for key in [
            key for key in row if key in {"hexo", "jekyll", "hugo", "eleventy"} or "_" in key
        ]:
            target = key.removesuffix("_njk").replace("_", "@").split(".")[0]
            name = row["file"]["name"]
            if target == "jekyll":
                name = f"_posts/{name}" if row["id"] == "X15" else f"_posts/2021-12-02-{name}"
            told = found({name: row["file"]["text"]}, target, [UnportableFilename])
            errors = [one for one in told if one[2] == "error"]
            assert bool(errors) is (row[key]["outcome"] != "ok"), (row["id"], target, told)


@pytest.mark.parametrize(
    ("path", "target", "severity"),
    [
        ("a%E4.md", "hexo", "error"),
        ("50%off.md", "hexo@7", "warning"),
        ("a%20b.md", "hexo@5", "error"),
        ("a#b.md", "hexo", "error"),
        ("source/_posts/.x.md", "hexo", "error"),
        ("source/_posts/_d/x.md", "hexo", "error"),
        ("source/_drafts/x.md", "hexo", None),
        ("bak.md~", "hexo@6", "error"),
        ("_posts/2021-12-02-x.md~", "jekyll", "error"),
        ("_posts/_d/2021-12-02-x.md", "jekyll", "error"),
        ("docs/x.md", "jekyll", None),
        ("blog/_posts/21-1-2-x.md", "jekyll", None),
        ("content/#x.md", "hugo", "error"),
        ("content/！.md", "hugo", "error"),
        ("content/.d/x.md", "hugo", "error"),
        ("content/_index.md", "hugo", None),
        ("a:b.md", "eleventy", "warning"),
        ("a\nb.md", "html", "warning"),
        ("NUL.html.md", "html", "warning"),
        ("nulls/console.md", "html", None),
        ("com1/x.md", "html", "warning"),
        ("dir./x.md", "html", "warning"),
        ("dot..md", "html", "warning"),
        ("sp .md", "html", "warning"),
        ("…….md", "html", None),
        ("中" * 84 + ".md", "html", None),
        ("中" * 85 + ".md", "html", "warning"),
        ("2021/新闻/靠谱吗？ “是”.md", "hexo", None),
    ],
)
def test_names(path: str, target: str, severity: str | None) -> None:
    told = found({path: ""}, target, [UnportableFilename])
    assert [one[2] for one in told] == ([severity] if severity else [])


@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.binary(max_size=60)), max_size=4),
       st.sampled_from(["hexo", "jekyll", "hugo", "eleventy", "html"]))  # fmt: skip
def test_nothing_breaks_the_rules(posts: list[tuple[str, bytes]], target: str) -> None:
    header = b"---\npermalink: [1]\nslug: 2021-99-99\ndate: !!x 5\ncategories: {a: 1}\n---\n"
    found(
        {f"{name}.md": header * (number % 2) + raw for number, (name, raw) in enumerate(posts)},
        target,
    )


@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy"])
def test_facts_are_plain_data_whatever_the_date(target: str) -> None:
    text = (
        "---\ntitle: A\ndate: 2021-12-02T14:50:58+08:00\ncategories: [a, 2, 2021-12-02]\n---\nText"
    )
    made = facts(post_of("a.md", text, target), RuleSet(rule() for rule in ON)).by_code
    pickled = pickle.dumps(made, 5)
    assert b"timezone" not in pickled
    assert b"newslint" not in pickled


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_facts_are_small_and_travel(title: str, permalink: str, body: str) -> None:
    header = f"title: {json.dumps(title)}\npermalink: {json.dumps(permalink[:8])}"
    post = post_of("a.md", f"---\n{header}\ndate: Thu, 02 Dec 2021 14:50:58 GMT\n---\n{body}")
    made = facts(post, RuleSet(rule() for rule in ON)).by_code
    assert pickle.loads(pickle.dumps(made)) == made
    alone = [value for value in made.values() if value]
    assert sum(len(pickle.dumps(value, 5)) - 14 for value in alone) <= 100 + 3 * len(permalink[:8])


def test_a_clean_archive_has_no_findings_and_small_facts(tmp_path: Path) -> None:
    assert make_archive(tmp_path, 2000, 0) == {}
    files = {str(f.relative_to(tmp_path)): f.read_bytes() for f in tmp_path.rglob("*.md")}
    assert len(files) == 2000
    for target in ("hexo", "hugo", "eleventy", "jekyll"):
        assert found(files, target) == []


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_corpus_has_no_false_findings(site: Site) -> None:
    files = {path.relative_to(site.root).as_posix(): path.read_bytes() for path in site.posts()}
    assert found(files, site.target) == []


def test_near_copies_are_found_and_nothing_else() -> None:
    pytest.importorskip("datasketch")
    program = Path(__file__).parents[2] / "benchmarks" / "near_duplicates.py"
    command = [sys.executable, program, "--posts", "300", "--copies", "90", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_nearest_of_several_is_named() -> None:
    pytest.importorskip("datasketch")
    from newslint_rules.archive.near_duplicate import NearDuplicate

    words = [f"word{number}" for number in range(200)]
    files = {
        "a.html": " ".join(words[:130] + [f"other{number}" for number in range(70)]),
        "b.html": " ".join(words[:190]),
        "c.html": " ".join(words),
        "d.html": " ".join(f"else{number}" for number in range(200)),
    }
    told = {path: message for path, *_, message in found(files, rules=[NearDuplicate])}
    assert set(told) == {"b.html", "c.html"}
    assert told["c.html"].startswith("'b.html' is nearly the same article")


def test_without_the_extra_words_say_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n" + "word and " * 100, encoding="utf-8")
    script = (
        "import sys; sys.modules['datasketch'] = None\n"
        "from newslint.cli.main import run\n"
        "sys.exit(run(['check', '--select', 'ARC003', '--no-cache', 'a.md']))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'newslint[near]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("reference", ["&nbsp;", "&#160;", "&#x3000;", "&ZeroWidthSpace;", "&shy;"])
def test_a_blank_that_is_written_as_a_reference_makes_no_other_body(reference: str) -> None:
    text = "An article that is long enough to be told apart by its words alone. " * 2
    bodies = [f"<p>{text}{one}{text}&#123;&amp;</p>" for one in ("", reference)]
    assert len({seen(post_of("a.html", body, "hexo")) for body in bodies}) == 1


@pytest.mark.parametrize("written", ["2021/12/02/a/", "/2021/12/02/a/index.html"])
@pytest.mark.parametrize("first", [True, False])
def test_a_written_url_that_is_the_url_of_a_dated_post_is_reported(
    written: str, first: bool
) -> None:
    dated = "---\ndate: Thu, 02 Dec 2021 10:00:00 GMT\n---\n"
    other = "---\ndate: 2021-12-03\n---\n"
    fixed = f"---\npermalink: {written}\n---\n"
    texts = (fixed, dated) if first else (dated, fixed)
    names = [
        f"{folder}/_posts/{'a' if text is dated else 'b'}.md"
        for folder, text in zip("xz", texts, strict=True)
    ]
    files = {**dict(zip(names, texts, strict=True)), "y/_posts/a.md": other}
    assert [(path, code) for path, code, *_ in found(files)] == [(max(names), "ARC005")]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("docs/2.0/a.md", "docs/2.1/a.md", 0),
        ("docs/2-edge/a.md", "docs/2.1/a.md", 0),
        ("docs/latest/tasks/a.md", "docs/v3/tasks/a.md", 0),
        ("posts/2020/a.md", "posts/2021/a.md", 1),
        ("World/a.md", "China/a.md", 1),
        ("docs/2.0/a.md", "docs/2.1/b.md", 1),
        ("en/2.0/a.md", "de/2.1/a.md", 1),
    ],
)
def test_a_page_of_a_manual_may_be_the_same_in_each_version(one, other, count):
    assert len(found({one: TEXT, other: TEXT}, rules=[DuplicateBody])) == count
