"""The front matter rules together: one defect, one finding; true for the target; fixes that hold."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import hypothesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs import SITES, Site, make_archive, measured

from newslint import Finding, Severity, fix_text
from newslint.core.source import Source
from newslint.generators import VERSIONS, Target
from newslint.linter import registry
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post import boundaries, front_matter
from newslint.post.post import Post
from newslint.post.schema import SchemaSettings, build

TARGETS = tuple(VERSIONS)
CODES = [code for code in registry.rules() if code.startswith("FM") or code == "SEC008"]
RULES = RuleSet(registry.rules()[code]() for code in CODES if registry.rules()[code].default)
ALL_RULES = RuleSet(registry.rules()[code]() for code in CODES)

LINES = {
    "title": "title: 'A title'",
    "categories": "categories:\n - World\n - Wire",
    "headimg": "headimg: 'https://img.example.net/1.jpg'",
    "author": "author: Wire",
    "comments": "comments: false",
    "date": "date: Thu, 02 Dec 2021 14:50:58 GMT",
    "thumbnail": "thumbnail: 'https://img.example.net/1.jpg'",
}


def post(text: str | bytes, target: str = "hexo", preset: str = "news", path: str = "a.md") -> Post:
    source = Source(text) if isinstance(text, bytes) else Source.from_text(text)
    model = build(SchemaSettings.model_validate({"preset": preset}))
    return Post(source, PurePosixPath(path), Target.parse(target), lambda: model)


def findings(text: str | bytes, target: str = "hexo", preset: str = "news") -> list[Finding]:
    return lint(post(text, target, preset), RULES)


def codes(text: str, target: str = "hexo", preset: str = "news") -> list[str]:
    return [finding.code for finding in findings(text, target, preset)]


def matter(**changed: str | None) -> str:
    """A clean post with some fields written otherwise, left out (None) or added."""
    lines = {**LINES, **changed}
    return "---\n" + "".join(f"{line}\n" for line in lines.values() if line) + "---\n\n<p>x</p>\n"


def test_a_clean_post_gets_nothing_from_any_rule() -> None:
    assert findings(matter()) == []
    assert findings("\n" + matter()) == []
    assert findings("\ufeff" + matter().replace("\n", "\r\n")) == []


@pytest.mark.parametrize(
    ("changed", "code", "line"),
    [
        ({"title": 'title: "say "stop" now"'}, "FM003", 2),
        ({"title": "title: @at"}, "FM003", 2),
        ({"title": "title: [快讯] news"}, "FM003", 2),
        ({"title": "title: a: b"}, "FM003", 2),
        ({"title": 'title: "open'}, "FM003", 2),
        ({"author": "author:Wire"}, "FM003", 7),
        ({"author": "author: *nobody"}, "FM003", 7),
        ({"author": "author: once\nauthor: twice"}, "FM004", 8),
        ({"author": None}, "FM005", 1),
        ({"comments": "comments: [1, 2]"}, "FM006", 8),
        ({"comments": "comments: 'no'"}, "FM006", 8),
        ({"headimg": "headimg: 1.jpg"}, "FM007", 6),
        ({"thumbnail": "thumbnail: ''"}, "FM008", 10),
        ({"title": "title: ~"}, "FM008", 2),
        ({"title": "title: #1"}, "FM008", 2),
        ({"categories": "categories:\n - World\n -"}, "FM008", 3),
        ({"date": "date: yesterday noon"}, "FM010", 9),
        ({"date": "date: Fri, 31 Feb 2021 14:50:58 GMT"}, "FM010", 9),
        ({"date": "date: Fri, 02 Dec 2021 14:50:58 GMT"}, "FM011", 9),
        ({"title": "title: 'A &amp; B'"}, "FM015", 2),
        ({"title": "title: 'A '"}, "FM016", 2),
        ({"headimg": "headimg: https://placehold.co/1.png"}, "FM019", 6),
        ({"headimg": "headimg: http://a.cn/1.png"}, "FM020", 6),
        ({"categories": "categories:\n - World\n - World"}, "FM021", 5),
        ({"title": "title: 2021"}, "FM022", 2),
        ({"title": "title: [x]"}, "FM006", 2),
        ({"title": "title: Win C #1"}, "FM022", 2),
        ({"author": "author: 2021-01-01"}, "FM022", 7),
        ({"categories": "categories:\n - World\n - 2021"}, "FM022", 3),
        ({"x": "content: text"}, "FM023", 11),
        ({"x": "x: !foo 1"}, "FM023", 11),
        ({"x": "draft: true"}, "FM024", 11),
        ({"x": "permalink: ../../x/"}, "SEC008", 11),
        ({"x": "permalink: 2021"}, "FM006", 11),
    ],
)
def test_one_defect_is_one_finding_at_its_line(
    changed: dict[str, str | None], code: str, line: int
) -> None:
    text = matter(**changed)
    found = findings(text)
    assert [finding.code for finding in found] == [code], found
    assert post(text).source.lines.position(found[0].span.start).line == line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<p>x</p>\n", "FM001"),
        ("", "FM001"),
        ("---\n" + "\n".join(LINES.values()), "FM002"),
        ("  \n" + matter(), "FM014"),
        (matter().replace("---", "----"), ""),
        (matter().replace("---\n\n", "...\n\n"), "FM025"),
    ],
)
def test_front_matter_that_is_not_there_is_one_finding(text: str, code: str) -> None:
    assert codes(text) == ([code] if code else [])


@pytest.mark.parametrize(
    ("changed", "target", "expected"),
    [
        ({"x": "list:\n\t- a"}, "hexo", []),
        ({"x": "list:\n\t- a"}, "jekyll", ["FM003"]),
        ({"x": "x: &a 1\ny: &a 2"}, "hexo", []),
        ({"x": "x: !ruby/object:Gem\n  i: x"}, "hugo", []),
        ({"x": "x: !ruby/object:Gem\n  i: x"}, "jekyll@debian", ["FM023"]),
        ({"x": "x: :symbol"}, "jekyll@debian", ["FM003"]),
        ({"x": "x: :symbol"}, "jekyll", []),
        ({"x": "x: :symbol"}, "hexo", []),
        ({"x": "content: text"}, "jekyll", []),
        ({"x": "content: text"}, "eleventy", ["FM010", "FM023"]),
        ({"x": "draft: true"}, "hugo", ["FM024"]),
        ({"x": "published: false"}, "eleventy", ["FM010", "FM024"]),
        ({"x": "permalink: ../../x/"}, "jekyll", []),
        ({"date": "date: 2099-01-01T00:00:00Z"}, "hexo", []),
        ({"date": "date: 2099-01-01T00:00:00Z"}, "jekyll", ["FM013"]),
        ({"date": "date: '2021-12-02 10:00:00'"}, "eleventy", ["FM010"]),
        ({"title": "title: yes"}, "hugo", ["FM022"]),
    ],
)
def test_verdicts_are_the_targets(
    changed: dict[str, str | None], target: str, expected: list[str]
) -> None:
    assert sorted(codes(matter(**changed), target)) == expected


@pytest.mark.parametrize("preset", ["hexo", "jekyll", "hugo", "minimal"])
def test_without_required_fields_no_front_matter_is_needed(preset: str) -> None:
    assert codes("<p>x</p>", "hexo", preset) == []
    assert codes("<p>x</p>", "hugo", preset) == ["FM001"]


@pytest.mark.parametrize("target", ["hexo", "jekyll", "eleventy"])
@pytest.mark.parametrize(
    "text",
    [
        "title: A storm\n<p>x</p>\n",
        "date: 2022-03-04\n\n<p>x</p>\n",
        "title = 'A storm'\ndate = 2022-03-04\n<p>x</p>\n",
        '"title": "A storm",\n"date": "2022-03-04"\n<p>x</p>\n',
        "author: Wire\nweight: 3\n<p>x</p>\n",
        "—\ntags:\n - a\n - b\nauthor: Wire\n<p>x</p>\n",
    ],
)
def test_fields_that_no_fence_holds_are_a_missing_front_matter(text: str, target: str) -> None:
    assert codes(text, target, "minimal") == ["FM001"]


@pytest.mark.parametrize("target", ["jekyll", "eleventy"])
@pytest.mark.parametrize("lead", ["# draft of Monday\n", "A line of text\n\n"])
def test_fields_behind_a_line_of_text_are_a_missing_front_matter(lead: str, target: str) -> None:
    text = lead + "---\nweight: 3\nlist:\n - a\ntitle: A storm\n---\n<p>x</p>\n"
    assert codes(text, target, "minimal") == ["FM001"]


@pytest.mark.parametrize("target", ["hexo", "jekyll", "eleventy"])
@pytest.mark.parametrize(
    "text",
    [
        "Title: the word that heads a page, or a knight's\n\nmore text\n",
        "titles: many were given\n\nmore text\n",
        "date == today, if all goes well\n",
        "Text\n\nmore text\n\n----\n\nkey: is a word\n\n----\n\ntitle: is another\n",
    ],
)
def test_text_with_a_colon_is_no_front_matter(text: str, target: str) -> None:
    assert codes(text, target, "minimal") == []


def test_values_that_the_schema_wants_otherwise_are_nobodys_mistake() -> None:
    text = "---\ntitle: x\ndate: 2021-01-01\nlayout: false\ntags: [a]\n---\n"
    assert codes(text, "hexo", "hexo") == []


# Fixes.


def fixed(text: str, target: str = "hexo", preset: str = "news") -> str:
    """The text after all safe fixes, round by round."""
    for _ in range(10):
        fixes = [f.fix for f in findings(text, target, preset) if f.fix and f.fix.safety == "safe"]
        new, _ = apply(text, fixes)
        if new == text:
            return text
        text = new
    raise AssertionError(f"never comes to rest: {text!r}")


def values(text: str, target: str = "hexo") -> dict[str, object]:
    one = post(text, target)
    assert one.front_matter is not None
    assert one.front_matter.error is None, one.front_matter.error
    return dict(one.front_matter.data)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"say "stop" now"', 'say "stop" now'),
        ('"Foo" bar', '"Foo" bar'),
        ('"A" and "B"', '"A" and "B"'),
        ("'it's'", "it's"),
        ("'it''s 'so'", "it's 'so"),
        ("@at", "@at"),
        ("%pct", "%pct"),
        ("*star* x", "*star* x"),
        ("`code`", "`code`"),
        ("[快讯] news", "[快讯] news"),
        ("a: b", "a: b"),
        ('"a\\d"', "a\\d"),
        ("Win C #1", "Win C #1"),
        ("[x]", "[x]"),
        ("2021-01-01", "2021-01-01"),
        ('"""\'A title\'"""', "A title"),
        ('"' * 9 + "'A title'" + '"' * 9, "A title"),
        ("''A title''", "A title"),
        ('""A" and "B""', '"A" and "B"'),
    ],
)
def test_a_title_that_quotes_mend_is_what_was_meant(written: str, meant: str, target: str) -> None:
    text = fixed(f"---\ntitle: {written}\nauthor: x\n---\n", target, "minimal")
    assert values(text, target) == {"title": meant, "author": "x"}


@pytest.mark.parametrize(
    "written", ['"open', "'open", '"a\\"b" c\\d"', "a: b #c", 'x\nauthor "y"', "- a"]
)
def test_what_nobody_can_tell_is_left_alone(written: str) -> None:
    text = f"---\ntitle: {written}\n---\n"
    assert fixed(text, preset="minimal") == text


@pytest.mark.parametrize("written", ['"""it is "so" here"""', '"""A title\'"', '"""""'])
def test_piled_up_quotes_that_are_not_plain_layers_are_no_safe_fix(written: str) -> None:
    text = f"---\ntitle: {written}\n---\n"
    assert codes(text, preset="minimal") == ["FM003"]
    assert fixed(text, preset="minimal") == text


SHARED_VALUES = {
    "an item of a list with an anchor": 'categories: &y\n - World\n - " x"\ntags: *y',
    "a flow list with an anchor": "tags: &y [a, ' b']\nkeywords: *y",
    "a scalar with an anchor": "author: &y ' Wire'\nsource: *y",
    "an anchor that nobody uses": "author: &y ' Wire'",
    "a tag": "author: !!str ' Wire'",
    "an item given twice": "tags: &y [a, b, a]\ncategories: *y",
    "an address": "headimg: &y 'http://img.example.net/a.jpg'\nthumbnail: *y",
    "a day of the week": "date: &y Fri, 02 Dec 2021 14:50:58 GMT\nupdated: *y",
    "a merged key": "base: &y {author: ' Wire'}\n<<: *y",
    "a word that is nothing": "author: &y null\nsource: *y",
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("lines", SHARED_VALUES.values(), ids=SHARED_VALUES)
def test_what_an_alias_stands_for_too_is_reported_and_not_fixed(lines: str, target: str) -> None:
    one = post(f"---\ntitle: A title\n{lines}\n---\n<p>x</p>\n", target, "minimal")
    if one.front_matter is None or one.front_matter.error is not None:
        return
    found = lint(one, ALL_RULES)
    assert all(finding.code != "NL999" for finding in found)
    before = dict(one.front_matter.data)
    for finding in found:
        if finding.fix is not None:
            text, _ = apply(one.text, [finding.fix])
            after = post(text, target, "minimal").front_matter
            assert after is not None
            assert after.error is None
            changed = {key for key in before if after.data.get(key) != before[key]}
            assert len(changed) <= 1, (finding.code, changed)


def test_an_anchored_value_keeps_its_finding_without_a_fix() -> None:
    for lines in ("tags: &y [a, ' b']\nkeywords: *y", "author: &y ' Wire'\nsource: *y"):
        found = findings(f"---\ntitle: A title\n{lines}\n---\n<p>x</p>\n", "hexo@5", "minimal")
        padded = [finding for finding in found if finding.code == "FM016"]
        assert padded
        assert [finding.fix for finding in padded] == [None] * len(padded)


@pytest.mark.parametrize("target", ["hexo", "hexo@5", "jekyll", "hugo", "eleventy"])
@pytest.mark.parametrize(
    "written",
    [
        r'" x \ud83d"', r'" x \ud83d\ude00"', r'" \udc80 x"', r'" \uffff"', r'" a\u2028b"',
        r'" a\x85b"', r'" a\ufeffb"', r'"a\x07b\ufffe"', r'" \\ \" \u0000"', "' a\u3000'",
    ],
)  # fmt: skip
def test_a_padded_text_keeps_what_only_an_escape_can_write(written: str, target: str) -> None:
    text = f"---\ntitle: {written}\n---\n<p>x</p>\n"
    before = post(text, target).front_matter
    if before is None or before.error is not None:
        assert fix_text(text, "a.md").text
        return
    after = fixed(text, target, "minimal")
    assert values(after, target)["title"] == re.sub(
        r"[\x00-\x08\x7f-\x84]", "", before.data["title"]
    ).strip(" \u3000")
    assert Source.from_text(after).text == after


@given(
    st.lists(
        st.sampled_from(
            [r"\ud83d", r"\ude00", r"\uffff", r"\u2028", r"\x85", r"\x00", "\u200b", " ", "x", "好",
             "\udcc3", "\udca9", "\udce5", "\udca5", "\udcbd", "\\\\", "'", "\t", "\ufeff"]
        ),
        max_size=8,
    ).map("".join),
    st.sampled_from(['"', "'", ""]),
)  # fmt: skip
def test_no_text_ends_a_fix(inner: str, quote: str) -> None:
    text = f"---\ntitle: {quote}{inner}{quote}\n---\n<p>{inner}</p>\n"
    source = Source.from_text(text)
    once = fix_text(source.raw, "a.md").text
    assert Source.from_text(once).text == once
    assert fix_text(Source.from_text(once).raw, "a.md").text == once


def test_several_values_are_requoted_together() -> None:
    text = "---\ntitle: @a\nauthor: [x] y\nsource: ok\n---\n"
    assert fixed(text, preset="minimal") == ("---\ntitle: '@a'\nauthor: '[x] y'\nsource: ok\n---\n")


@pytest.mark.parametrize(
    ("field", "quoted"),
    [
        ("categories: [a, b", False),
        ("tags: [a] b", False),
        ("title: [a", False),
        ("title: [a] b", True),
        ("author: {a} b", True),
    ],
)
def test_brackets_of_what_may_be_a_list_are_not_safely_quoted(field: str, quoted: bool) -> None:
    text = f"---\n{field}\nsource: x\n---\n"
    key, value = field.split(": ")
    after = f"---\n{key}: '{value}'\nsource: x\n---\n"
    assert fixed(text, preset="minimal") == (after if quoted else text)


@pytest.mark.parametrize("written", ["&: 1", "&a: 1", "!x 1", "!!str [x"])
def test_quotes_are_not_put_behind_an_anchor_or_a_tag(written: str) -> None:
    text = f"---\ntitle: {written}\nauthor: x\n---\n"
    assert fixed(text, "hexo", "minimal") in (text, text.replace(written, f"'{written}'"))


TITLES = st.text(st.sampled_from("ab1:# '\"[]{}@%*&!|>-,?`\\~é新"), min_size=1, max_size=12)


@settings(deadline=None)
@given(TITLES, st.sampled_from(TARGETS))
@hypothesis.example("{1}#", "hexo")
def test_a_safe_fix_of_a_title_gives_just_the_text_that_was_written(
    written: str, target: str
) -> None:
    text = f"---\ntitle: {written}\nauthor: x\n---\n"
    result = fixed(text, target, "minimal")
    if result == text:
        return
    title = values(result, target)["title"]
    assert values(result, target)["author"] == "x"
    # What is between outer quotes, or all of it.
    bare = written.strip()
    inner = bare[1:-1].replace("''", "'").replace('\\"', '"')
    before_comment = bare.partition(" #")[0].strip()
    assert title in (bare, inner, inner.strip(), bare.strip("'\"").strip(), before_comment)


PIECES = st.lists(
    st.sampled_from(
        [
            *LINES.values(),
            "title: [x]",
            "title: 'x '",
            "title: @x",
            "title: #1",
            "tags: [a, a, 1]",
            "tags:\n- a\n- a\n- ~",
            "seo: {title: 1}",
            "x: &a [1]\ny: *a",
            "draft: true",
            "content:",
            "\tx: 1",
            "- a",
            "? x",
            "x: |\n  a\n  b",
            'x: "\\x07"',
            "date: 2021-02-30",
            "date: 1e400",
            "permalink: [..]",
            "---",
            "...",
            "\x00",
            "\udcff",
        ]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(
    PIECES,
    st.sampled_from(TARGETS),
    st.sampled_from(["---", "+++", ";;;", "---json", "", "{"]),
    st.sampled_from(["", "\n", " \n", "\ufeff"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_no_post_breaks_a_rule_and_fixes_come_to_rest(
    pieces: list[str], target: str, opening: str, lead: str, end: str
) -> None:
    closing = {"---json": "---", "": "---", "{": "}"}.get(opening, opening)
    text = (lead + "\n".join([opening, *pieces, closing, "", "<p>x</p>"])).replace("\n", end)
    for preset in ("news", "hexo"):
        found = lint(post(text, target, preset), ALL_RULES)
        assert "NL999" not in {finding.code for finding in found}, found
        for finding in found:
            assert 0 <= finding.span.start <= finding.span.end <= len(text)
        fixed(text, target, preset)


@settings(deadline=None)
@given(PIECES, st.sampled_from(["hexo", "jekyll", "hugo", "eleventy"]))
def test_the_fast_way_gives_the_values_of_the_slow_one(pieces: list[str], target: str) -> None:
    text = "---\ntitle: x\n" + "\n".join(pieces) + "\n---\n"
    place = boundaries.find_boundaries(text, Target.parse(target))
    if not place.simple or place.bounds is None:
        return
    fast = front_matter.parse(text, place.bounds, Target.parse(target), simple=True)
    slow = front_matter.parse(text, place.bounds, Target.parse(target), simple=False)
    assert (fast.data, fast.error, fast.problems) == (slow.data, slow.error, slow.problems)


# The real things.


def test_every_planted_defect_is_found_at_its_line_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "posts"
    labels = make_archive(out, 600, 0.5)
    files = list(out.rglob("*.md"))
    assert len(files) == 600
    for file in files:
        path = file.relative_to(out).as_posix()
        one = post(file.read_bytes(), path=path)
        found = {
            (finding.code, one.source.lines.position(finding.span.start).line)
            for finding in lint(one, RULES)
        }
        label = labels.get(path)
        assert found == ({label} if label and label[0] in CODES else set()), path


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_posts_of_the_corpus_get_nothing(site: Site) -> None:
    for file in site.posts():
        found = lint(post(file.read_bytes(), site.target, site.preset, file.name), RULES)
        assert found == [], file.name


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("title: a", "hexo", ["FM005"]),
        ("title: a", "hugo", ["FM005"]),
        ("title: a", "eleventy", ["FM005"]),
        ("title: a", "jekyll", []),
        ("date: 2021-01-01", "jekyll", ["FM005"]),
        ("title:\ndate: 2021-01-01", "jekyll", ["FM008"]),
        ("title: ''\ndate: 2021-01-01", "jekyll", ["FM008"]),
        ("title: a\npublishDate: 2021-01-01", "hugo", []),
        ("title: a\ndate: 2021-01-01", "hexo", []),
        ("title: a\ndate: 2021-01-01\ncategories: a b", "jekyll", ["FM007"]),
        ("title: a\ndate: 2021-01-01\ncategories: a b", "hugo", []),
        ("title: a\ndate: 2021-01-01\ncategories: [a b, 'c?d']", "jekyll", ["FM007"]),
        ("title: a\ndate: 2021-01-01\ncategories: [a b, 'c#d']", "jekyll", []),
    ],
)
def test_what_the_target_makes_of_it_is_a_warning(
    text: str, target: str, expected: list[str]
) -> None:
    found = findings(f"---\n{text}\n---\n<p>a</p>\n", target, "minimal")
    assert [finding.code for finding in found] == expected
    assert all(finding.severity is Severity.WARNING for finding in found)


OTHER_RULES = frozenset({"16m", "16n", "18e", "19b2", "19h", "31b", "X7"})
"""Rows that are wrong for what does not exist, or is fine where nothing is required (16m, 16n, 18e,
19b2), for a link or a layout (19h, X7), and one that is left out because it asks for it (31b)."""

ROWS = ("16", "17", "18", "19", "25", "26", "31", "32")
MORE_ROWS = frozenset(
    {"2", "2b", "3", "4", "5b", "6.md", "6.html", "6b.md", "6c.md", "28b", "30", "X8", "X9", "X9b"}
    | {"X10", "X11", "X13", "X14", "X17", "X18", "X20", "X21"}
)


@pytest.mark.parametrize("target", ["hexo", "jekyll@debian", "hugo", "eleventy"])
def test_what_the_generators_do_is_what_the_rules_say(target: str) -> None:
    judged, column = 0, target.partition("@")[0]
    for row in measured():
        if "text" not in row["file"]:
            continue
        found = lint(post(row["file"]["text"], target, "minimal", row["file"]["name"]), RULES)
        errors = [finding for finding in found if finding.severity == "error"]
        outcome = row[column]["outcome"]
        assert not (errors and outcome == "ok"), (row["id"], errors)
        if row["id"].startswith(ROWS) or row["id"] in MORE_ROWS:
            judged += 1
            if outcome != "ok" and row["id"] not in OTHER_RULES:
                assert found, (row["id"], row[column])
            if outcome in ("site-fails", "post-fails") and row["id"] not in OTHER_RULES:
                assert errors, (row["id"], row[column])
    assert judged > 60


@pytest.mark.parametrize(
    ("key", "target", "field"),
    [
        ("categries", "hexo", "categories"),
        ("categorie", "jekyll", "categories"),
        ("permalnik", "jekyll", "permalink"),
        ("drfat", "hugo", "draft"),
        ("layuot", "eleventy", "layout"),
        ("Tags", "hexo", "tags"),
        ("ttags", "hexo", "tags"),
        ("Tags", "hugo", ""),  # To Hugo, both are one key.
        ("categries", "html", ""),
        ("tasks", "hexo", ""),
        ("data", "hexo", ""),
        ("height", "hugo", ""),
        ("comment", "hexo", ""),
        ("permalnik", "hugo", ""),
    ],
)
def test_a_misspelled_field_of_the_generator_is_reported_whatever_the_schema(
    key: str, target: str, field: str
) -> None:
    found = findings(f"---\ntitle: x\ndate: 2021-12-02\n{key}: a\n---\nx\n", target, "minimal")
    slips = [one for one in found if one.code == "FM026"]
    assert [f"did you mean {field!r}" in one.message for one in slips] == [True] * bool(field)


@pytest.mark.parametrize("key", ["dte", "data", "adte", "datte"])
def test_a_short_name_is_a_misspelled_date_where_its_value_is_a_date(key: str) -> None:
    assert "FM026" in codes(f"---\ntitle: x\n{key}: 2021-12-02 08:00:00\n---\nx\n", "jekyll")


@pytest.mark.parametrize(
    ("target", "lines", "severity"),
    [
        ("jekyll", "title: a\ntitle: b", "error"),
        ("jekyll", "mood: a\nmood: b", "warning"),
        ("jekyll", "seo:\n  title: a\n  title: b", "warning"),
        ("hugo@0.111", "Slug: a\nslug: b", "error"),
        ("hugo@0.111", "mood: a\nmood: b", "warning"),
        ("hugo@0.160", "mood: a\nmood: b", "error"),
        ("eleventy", "mood: a\nmood: b", "error"),
        ("hexo", "mood: a\nmood: b", "error"),
    ],
)
def test_a_duplicate_key_is_an_error_where_the_post_or_a_known_field_is_lost(
    target: str, lines: str, severity: str
) -> None:
    each = findings(f"---\n{lines}\n---\nx\n", target, "minimal")
    assert [one.severity.value for one in each if one.code == "FM004"] == [severity]


@pytest.mark.parametrize(
    ("preset", "lines", "severities"),
    [
        ("hugo", "tags: ['', x]", []),  # left out
        ("jekyll", "categories: ['']", ["warning"]),
        ("news", "categories: ['', x]", ["error"]),
    ],
)
def test_an_empty_item_is_an_error_only_in_a_required_list(
    preset: str, lines: str, severities: list[str]
) -> None:
    target = "hexo" if preset == "news" else preset
    each = findings(f"---\ntitle: a\ndate: 2021-01-01\n{lines}\n---\nx\n", target, preset)
    assert [one.severity.value for one in each if "item" in one.message] == severities


UNREAD = "+++\ntitle = 'a'\n+++\n<p>Text</p>\n"
OPEN = "---\ntitle: a\n\n<p>Text</p>\n"


@pytest.mark.parametrize(
    ("code", "text", "target", "impact"),
    [
        ("FM002", OPEN, "hugo", "build"),
        ("FM002", OPEN, "jekyll", "content"),
        ("FM025", "----\ntitle: a\n----\n<p>Text</p>\n", "hugo", "build"),
        ("FM025", UNREAD, "jekyll", "content"),
        ("FM001", "<!-- a -->\n<p>Text</p>\n", "hugo@0.111", "build"),
        ("FM001", "<!-- a --><p>Text</p>\n", "hugo@0.111", "content"),
    ],
)
def test_front_matter_that_is_not_read_costs_what_the_generator_does(
    code: str, text: str, target: str, impact: str
) -> None:
    each = findings(text, target)
    assert [str(one.impact) for one in each if one.code == code] == [impact]
