"""Suppressions: what they hide, where they do not count, and what is said of those of no use."""

from __future__ import annotations

from pathlib import PurePosixPath
from textwrap import dedent

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint import ElementRule, Finding, FrontMatterRule, PostRule, Rule, Safety, Severity
from newslint.core.source import Source
from newslint.linter import fixer, suppressions
from newslint.linter.edits import apply
from newslint.linter.engine import lint_all
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.suppressions.invalid_suppression import InvalidSuppression
from newslint_rules.suppressions.unused_suppression import UnusedSuppression


class Pictures(ElementRule):
    """Every image is wrong.

    For these tests.
    """

    code, name, severity, tags = "IMG001", "no-referrer", Severity.ERROR, ("img",)

    def check(self, element, post):
        yield self.finding(post.span(element), "a picture")


class Links(ElementRule):
    """Every link is wrong.

    For these tests.
    """

    code, name, severity, tags = "SEC001", "script", Severity.ERROR, ("a",)

    def check(self, element, post):
        yield self.finding(post.span(element), "a link")


class Keys(FrontMatterRule):
    """Every key is wrong.

    For these tests.
    """

    code, name = "FM008", "empty-value"

    def check(self, front_matter, post):
        for entry in front_matter.walk():
            yield self.finding(entry.key, "a key")


class Whole(PostRule):
    """Every post is wrong.

    For these tests.
    """

    code, name = "ED001", "missing-editor-line"

    def check(self, post):
        yield self.finding(post.start_span(), "a post")


class Absent(PostRule):
    """A rule that is not selected.

    For these tests.
    """

    code, name = "IMG009", "referer-required"
    default = False

    def check(self, post):
        return ()


class Broken(PostRule):
    """A rule that raises.

    For these tests.
    """

    code, name = "HTML001", "unclosed-element"

    def check(self, post):
        raise ValueError("oh")


RULES: list[type[Rule]] = [Pictures, Links, Keys, Whole, UnusedSuppression, InvalidSuppression]
KNOWN = {rule.code: rule for rule in [*RULES, Absent]}


def run(text: str, rules=RULES, path="post.html", archive=None):
    post = Post(Source.from_text(text), PurePosixPath(path))
    outcome = lint_all(post, RuleSet([rule() for rule in rules], KNOWN), archive)
    return post, outcome


def codes(text: str, **more) -> list[str]:
    """The codes that stay, the one about the post as a whole left out."""
    return [finding.code for finding in run(text, **more)[1].kept if finding.code != "ED001"]


IMG = "<img src=a>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<!-- newslint-disable IMG001 -->{IMG}<!-- newslint-enable -->", []),
        (f"{IMG}<!-- newslint-disable IMG001 -->{IMG}<!-- newslint-enable -->{IMG}", ["IMG001"] * 2),
        (f"<!-- newslint-disable -->{IMG}<a>x</a>\n{IMG}", []),
        (f"<!-- newslint-disable no-referrer -->{IMG}<a>x</a>", ["SEC001"]),
        (f"<!-- newslint-disable IMG -->{IMG}<a>x</a>", ["SEC001"]),
        (f"<!-- newslint-disable ALL -->{IMG}<a>x</a>", []),
        (f"<!--newslint-disable   IMG001 ,SEC001-->{IMG}<a>x</a>", []),
        (f"<!-- newslint-disable IMG001 SEC001 -->{IMG}<a>x</a>", []),
        (f"<!-- newslint-disable IMG001 -- our own, SEC001 is not meant -->{IMG}<a>x</a>", ["SEC001"]),
        (f"<!-- newslint-disable -->{IMG}<!-- newslint-enable IMG001 -->{IMG}<a>x</a>", ["IMG001"]),
        (
            f"<!-- newslint-disable IMG001, SEC001 -->{IMG}<!-- newslint-enable IMG001 -->{IMG}<a>x</a>",
            ["IMG001"],
        ),
        (f"<!-- newslint-disable-next-line IMG001 -->\n{IMG}\n{IMG}", ["IMG001"]),
        (f"<!-- newslint-disable-next-line\nIMG001 -->\r\n{IMG}\r\n{IMG}", ["IMG001"]),
        (f"<!-- newslint-disable-next-line IMG001 -->{IMG}", ["IMG001", "NL001"]),
        (f"<p>{IMG} <!-- newslint-disable-line IMG001 --></p>\n{IMG}", ["IMG001"]),
        (f"{IMG}\n<!-- newslint-disable-file IMG001 -->\n{IMG}", []),
    ],
)  # fmt: skip
def test_what_a_comment_hides(text: str, expected: list[str]) -> None:
    assert sorted(codes(text)) == sorted(expected)


def test_a_finding_about_the_whole_post_is_hidden_for_the_file_only() -> None:
    assert [f.code for f in run("<p>a</p><!-- newslint-disable-file ED001 -->")[1].kept] == []
    kept = [f.code for f in run("<!-- newslint-disable ED001 --><p>a</p>")[1].kept]
    assert kept == ["ED001", "NL001"]


def test_what_is_hidden_is_given_apart() -> None:
    _, outcome = run(f"<!-- newslint-disable-file IMG001, ED001 -->{IMG}")
    assert [finding.code for finding in outcome.suppressed] == ["ED001", "IMG001"]
    assert outcome.suppresses


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("author: # newslint-disable-line FM008", []),
        ("author: x  # newslint-disable-line empty-value -- an agency", []),
        ("author: x #newslint-disable-line", []),
        ("# newslint-disable-next-line FM008\nauthor: x", []),
        ("author: 'x # newslint-disable-line FM008'", ["FM008"]),
        ('author: "x\n # newslint-disable-line FM008"', ["FM008"]),
        ("author: |\n  x # newslint-disable-line FM008", ["FM008"]),
        ("author: |\n  x\n  # newslint-disable-file FM008", ["FM008"]),
        ("author: x# newslint-disable-line FM008", ["FM008"]),
        ("author: x # newslint-disable-line FM", []),
        ("author: |\n  x\n# newslint-disable-file FM008", []),
    ],
)
def test_comments_of_yaml_front_matter(header: str, expected: list[str]) -> None:
    assert codes(f"---\n{header}\n---\n<p>a</p>\n") == expected


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("<pre><code><!-- newslint-disable --></code></pre>", "a.html"),
        ("<code><!-- newslint-disable --></code>", "a.html"),
        ("```html\n<!-- newslint-disable -->\n```\n\n", "a.md"),
        ("`<!-- newslint-disable -->`\n\n", "a.md"),
        ('<p title="<!-- newslint-disable -->">a</p>', "a.html"),
        ("<style><!-- newslint-disable --></style>", "a.html"),
        ("<script><!-- newslint-disable --></script>", "a.html"),
        ("<textarea><!-- newslint-disable --></textarea>", "a.html"),
        ("<title><!-- newslint-disable --></title>", "a.html"),
        ("<!-- see newslint-disable -->", "a.html"),
        ("&lt;!-- newslint-disable --&gt;", "a.html"),
        ("<!newslint-disable>", "a.html"),
        ("# newslint-disable-file IMG001\n\n", "a.md"),
    ],
)
def test_no_comment_counts_inside_something_else(text: str, path: str) -> None:
    assert codes(f"{text}{IMG}", path=path) == ["IMG001"]


def test_a_code_element_that_is_never_closed_takes_no_suppression_away() -> None:
    assert codes(f"<p><code>a</p><!-- newslint-disable IMG001 -->{IMG}") == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a\n<!-- newslint-disable-next-line IMG001 -->\n<p>b</p>\n", "a\n<p>b</p>\n"),
        ("a <!-- newslint-disable IMG001 --> b", "a  b"),
        (
            f"<!-- newslint-disable-next-line SEC001, IMG001, FM008 -->\n{IMG}",
            f"<!-- newslint-disable-next-line IMG001, FM008 -->\n{IMG}",
        ),
        (
            f"<!-- newslint-disable-next-line SEC001, no-referrer -- a reason -->\n{IMG}",
            f"<!-- newslint-disable-next-line no-referrer -- a reason -->\n{IMG}",
        ),
        ("<!-- newslint-disable IMG001 -->\n<p>a</p>\n<!-- newslint-enable -->\n", "<p>a</p>\n"),
        ("<!-- newslint-disable -->\n<p>a</p>", "<p>a</p>"),
        ("<!-- newslint-enable SEC001 -->\n<p>a</p>", "<p>a</p>"),
    ],
)
def test_a_suppression_of_no_use_is_reported_and_removed(text: str, fixed: str) -> None:
    rules = [Pictures, Links, Whole, UnusedSuppression]
    known_only_these = {rule.code: rule for rule in [*rules, Keys]}
    known_only_these["FM008"] = type("Off", (Keys,), {"default": False, "__doc__": Keys.__doc__})

    def parse(body: str) -> Post:
        return Post(Source.from_text(body), PurePosixPath("a.html"))

    def lint(post: Post) -> list[Finding]:
        found = lint_all(post, RuleSet([rule() for rule in rules], known_only_these)).kept
        return [finding for finding in found if finding.code != "IMG001"]

    assert any(finding.code == "NL001" for finding in lint(parse(text)))
    assert fixer.fix(text, parse, lint, unsafe=False).text == fixed


def test_the_comment_of_front_matter_goes_with_the_blank_before_it() -> None:
    rules = [Pictures, UnusedSuppression]
    text = "---\nauthor: x  # newslint-disable-line IMG001\n# newslint-disable-line IMG001\n---\n<p>a</p>"
    _, outcome = run(text, rules)
    edits = sorted(e.span for f in outcome.kept for e in f.fix.edits)
    for span in reversed(edits):
        text = text[: span.start] + text[span.end :]
    assert text == "---\nauthor: x\n---\n<p>a</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- newslint-disable-file IMG009 -->",
        "<!-- newslint-disable-file referer-required -->",
        "<!-- newslint-disable-file NL001 -->",
        "<!-- newslint-disable IMG009 --><!-- newslint-enable IMG009 -->",
    ],
)
def test_a_rule_that_did_not_run_is_not_called_unused(text: str) -> None:
    assert codes(text) == []


def test_a_family_is_unused_only_when_all_that_it_stands_for_ran() -> None:
    text = "<!-- newslint-disable IMG --><p>a</p>"
    assert codes(text) == ["NL001"]
    assert codes(text, rules=[Links, Whole, UnusedSuppression]) == []
    everything = "<!-- newslint-disable --><p>a</p>"
    assert codes(everything) == ["NL001"]
    assert codes(everything, rules=[Pictures, UnusedSuppression]) == []


@pytest.mark.broken_rules
def test_nothing_is_called_unused_when_a_rule_broke() -> None:
    found = codes("<!-- newslint-disable IMG001 --><p>a</p>", rules=[*RULES, Broken])
    assert found == ["NL999"]


def test_a_finding_of_the_whole_archive_is_hidden_and_counts_as_use() -> None:
    text = "<!-- newslint-disable-file IMG009 --><p>a</p>"
    late = Finding(
        "IMG009",
        "referer-required",
        Severity.ERROR,
        "late",
        Post(Source(b""), PurePosixPath("a")).start_span(),
    )
    _, outcome = run(text, archive=[late])
    assert outcome.suppressed[0] == late
    assert [f.code for f in outcome.kept] == ["ED001"]


def test_findings_about_suppressions_hide_only_by_name() -> None:
    assert codes("<!-- newslint-disable-file --><!-- newslint-disable SEC001 -->") == ["NL001"]
    named = "<!-- newslint-disable-file NL001 --><!-- newslint-disable SEC001 -->"
    assert codes(named) == []


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("newslint-disable IMG01", "'IMG01'; did you mean 'IMG001'?"),
        ("newslint-disable no-referer", "did you mean 'no-referrer'?"),
        ("newslint-disable-nextline IMG001", "did you mean 'newslint-disable-next-line'?"),
        ("newslint-enable QQ", "'QQ'"),
        ("newslint-disable IMG001:", "'IMG001:'"),
    ],
)
def test_an_unknown_word_is_an_error_that_names_the_nearest(comment: str, words: str) -> None:
    _, outcome = run(f"<p>a</p>\n<!-- {comment} -->{IMG}", [InvalidSuppression])
    (finding,) = outcome.kept
    assert finding.code == "NL002"
    assert words in finding.message
    assert finding.span == (9, 9 + len(comment) + 9)


def test_known_words_beside_an_unknown_one_still_count() -> None:
    assert codes(f"<!-- newslint-disable IMG001, QQ -->{IMG}") == ["NL002"]


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "<!-- newslint-disable" + " IMG001," * n + " -->",
        lambda n: "<!-- newslint-" + "a-" * n,
        lambda n: "<code>" * n + "<!-- newslint-disable -->" + "</code>" * n,
        lambda n: "<!-- newslint-enable -->" * n,
        lambda n: "<!-- newslint-disable-next-line IMG001 -->\n" * n,
    ],
    ids=["words", "verb", "samples", "comments", "lines"],
)
def test_time_grows_in_step_with_hostile_comments(make) -> None:
    growth.check(make, run, 20_000)


@given(st.lists(st.sampled_from(dedent("""\
    <!-- newslint-disable IMG001 -->
    <!-- newslint-disable -->
    <!-- newslint-enable -->
    <!-- newslint-enable IMG001 -->
    <!-- newslint-disable-next-line IMG -->
    <!-- newslint-disable-file SEC001 -->
    <img src=a>
    <a>x</a>
    <pre>
    </pre>""").split("\n")), max_size=12))  # fmt: skip
def test_no_finding_is_lost_and_none_is_made(lines: list[str]) -> None:
    text = "\n".join(lines)
    _, outcome = run(text)
    own = [f for f in outcome.kept if f.code.startswith("NL")]
    assert len(outcome.kept) - len(own) + len(outcome.suppressed) == len(plain_findings(text))
    safe = [f.fix for f in own if f.fix and f.fix.safety is Safety.SAFE]
    after = run(apply(text, safe)[0])[1]
    for one, other in ((outcome.kept, after.kept), (outcome.suppressed, after.suppressed)):
        assert [f.code for f in one if f not in own] == [
            f.code for f in other if not f.code.startswith("NL")
        ]


def plain_findings(text: str) -> list[Finding]:
    post = Post(Source.from_text(text), PurePosixPath("a.html"))
    return [f for rule in (Pictures(), Links()) for e in post.body.iter(*rule.tags) for f in rule.check(e, post)] + list(Whole().check(post))  # fmt: skip


def test_parse_gives_nothing_where_there_is_nothing() -> None:
    post = Post(Source.from_text("<p>a</p>"), PurePosixPath("a.html"))
    assert suppressions.parse(post, {}) == ()


def test_the_command_hides_findings_of_the_whole_archive_and_judges_them_last(
    newslint, write
) -> None:
    write("newslint.toml", 'select = ["LNK", "NL"]\n')
    link = '<p><a href="gone.md">x</a></p>\n'
    write("a.html", f"<!-- newslint-disable-next-line LNK004 -->\n{link}")
    write("b.html", f"<!-- newslint-disable-next-line LNK004 -->\n<p>b</p>\n{link}")
    write("c.html", f"<!-- newslint-disable -->\n{link}")
    lines = newslint("--output-format", "concise").stdout.splitlines()
    assert [line.split(" ")[2] for line in lines] == ["NL001", "LNK004"]
    assert all(line.startswith("b.html") for line in lines)


def test_fix_leaves_alone_what_is_suppressed(newslint, write) -> None:
    write("newslint.toml", 'select = ["TXT003", "NL"]\n')
    text = "<!-- newslint-disable-next-line TXT003 -->\n<p>a\u200bb</p>\n"
    path = write("a.html", f"{text}<p>c\u200bd</p>\n<!-- newslint-disable-file TXT004 -->\n")
    newslint("--fix")
    assert (
        path.read_text(encoding="utf-8")
        == f"{text}<p>cd</p>\n<!-- newslint-disable-file TXT004 -->\n"
    )
    write("newslint.toml", 'select = ["TXT", "NL"]\n')
    newslint("--fix")
    assert path.read_text(encoding="utf-8") == f"{text}<p>cd</p>\n"
