"""Which fixes are offered: a safe one leaves all that it is not about what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from conftest import CLEAN

from newslint import Finding, Post, PostRule, Safety, Severity, Span
from newslint.config.project import Project
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import fix_guard, registry
from newslint.linter.engine import lint
from newslint.linter.fixer import Fixed, fix
from newslint.linter.rule import Rule
from newslint.linter.ruleset import RuleSet

EVERYTHING = RuleSet([rule() for rule in registry.rules().values()])
UNSEEN = ("\u200b", "\0", "\x07", "\x7f", "\ufeff", "\u200c", "\u200e", "\u2060")


def post_of(text: str, path: str = "a.html", target: str = "hexo") -> Post:
    return Post(Source.from_text(text), path, Target.parse(target))


def only(*rules: str | type[Rule]) -> RuleSet:
    return RuleSet([(registry.rules()[r] if isinstance(r, str) else r)() for r in rules])


def safety(text: str, code: str, path: str = "a.html", target: str = "hexo") -> list[str | None]:
    """Of each finding of a rule how safe its fix is."""
    rules = EVERYTHING if code == "NL001" else only(code)
    found = [one for one in lint(post_of(text, path, target), rules) if one.code == code]
    return [str(one.fix.safety) if one.fix else None for one in found]


def fixed(text: str, path: str, target: str, rules: RuleSet, *, unsafe: bool = False) -> Fixed:
    return fix(
        text, lambda t: post_of(t, path, target), lambda post: lint(post, rules), unsafe=unsafe
    )


# --- What is left must not become something else ------------------------------------------------


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(
    "text",
    [
        '<p>Write <⟦⟧script>document.title="ran"</script> by hand.</p>',
        "<p>one <⟦⟧/p> two</p>",
        "<p>one <!⟦⟧-- two</p><p>three</p>",
        "<p>one</p><!-- a -⟦⟧-> b --><p>two</p>",
        "<scr⟦⟧ipt>go()</script>",
        "<p>&am⟦⟧p;lt; and &⟦⟧lt;b&gt;</p>",
        "<p on⟦⟧click='go()'>one</p>",
        '<a href="java⟦⟧script:go()">x</a>',
        '<img src="https://a.cn/1⟦⟧.jpg" alt="">',
        "<p>{⟦⟧{ x }} and {⟦⟧% raw %}</p>",
        "one\n\n- ⟦⟧```\na\n```\n",
        "1. ⟦⟧~~~\na\n~~~\n",
    ],
)
def test_taking_out_what_nobody_sees_is_unsafe_where_it_joins_to_something(text, unseen) -> None:
    text = text.replace("⟦⟧", unseen)
    assert set(safety(text, "TXT003")) == {"unsafe"}
    assert fixed(text, "a.html", "hexo", only("TXT003")).text == text


@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy"])
@pytest.mark.parametrize(
    "text",
    [
        "one\n\n⟦⟧```{r}\nx <- 1\n⟦⟧```\n",
        "one\n\n⟦⟧# no heading\n",
        "one\n\n⟦⟧- no item\n",
        "one\n\n1⟦⟧. no item\n",
        "one *two⟦⟧* three*\n",
        "**“one”**⟦⟧two\n",
        "htt⟦⟧p://a.cn/ and www⟦⟧.a.cn\n",
        "[x](java⟦⟧script:go\\(\\))\n",
        "one  ⟦⟧\ntwo\n",
        "one\n⟦⟧\ntwo\n",
        "one\n\n<span>⟦⟧\ntwo *three*\n</span>\n",
        "⟦⟧<div>\n*one*\n</div>\n",
    ],
)
def test_in_markdown_it_is_unsafe_where_the_text_would_mean_more(text, target) -> None:
    text = "---\ntitle: x\n---\n" + text.replace("⟦⟧", "\u200b")
    assert set(safety(text, "TXT003", "a.md", target)) == {"unsafe"}


@pytest.mark.parametrize("path", ["a.html", "a.md"])
@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy", "html"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>新⟦⟧闻</p>\n", "<p>新闻</p>\n"),
        ("新⟦⟧闻，one⟦⟧ two\n", "新闻，one two\n"),
        ("<p>⟦⟧one</p><p>two⟦⟧</p>\n", "<p>one</p><p>two</p>\n"),
        ('<p><img src="/a.jpg" alt="新⟦⟧闻"></p>\n', '<p><img src="/a.jpg" alt="新闻"></p>\n'),
        ("<p>a &amp; b⟦⟧</p>\n", "<p>a &amp; b</p>\n"),
    ],
)
def test_in_plain_text_it_is_safe(text, expected, target, path) -> None:
    text = text.replace("⟦⟧", "\u200b")
    assert set(safety(text, "TXT003", path, target)) == {"safe"}
    assert fixed(text, path, target, only("TXT003")).text == expected


@pytest.mark.parametrize("code", ["NL001", "HTML010"])
@pytest.mark.parametrize(
    "text",
    [
        '<p><⟦⟧script>document.title="ran"</script></p>',
        "<p>&am⟦⟧p; x</p>",
        "<p>{⟦⟧{ x }}</p>",
        "<p>one</p><⟦⟧!-- two -->",
    ],
)
def test_taking_out_a_comment_is_unsafe_where_it_joins_to_something(text, code) -> None:
    comment = "<!-- newslint-enable -->" if code == "NL001" else "<!-- ad -->"
    text = text.replace("⟦⟧", comment)
    assert safety(text, code)[0] == "unsafe"
    assert fixed(text, "a.html", "hexo", EVERYTHING if code == "NL001" else only(code)).text == text


def test_a_suppression_does_not_come_to_speak_of_another_line() -> None:
    text = (
        "<!-- newslint-disable-next-line IMG004 -->\n<!-- newslint-enable -->\n"
        '<p><img src="/a.jpg"></p>\n'
    )
    post = post_of(text)
    unused = [one for one in lint(post, EVERYTHING) if one.code == "NL001"]
    assert [str(one.fix.safety) for one in unused if one.fix] == ["safe", "unsafe"]
    assert "IMG004" in {one.code for one in fixed(text, "a.html", "hexo", EVERYTHING).remaining}


def test_the_second_of_two_equal_values_is_not_changed_alone() -> None:
    text = "---\ntitle: 12\ntitle: 12\n---\n<p>x</p>\n"
    assert safety(text, "FM022", target="hugo") == [None]
    assert safety(text.replace("title: 12\n", "", 1), "FM022", target="hugo") == ["safe"]


def test_a_lone_cr_may_be_a_line_end_to_front_matter() -> None:
    assert safety("---\r---\rr:\r---", "TXT007", target="hugo") == ["unsafe"]
    assert safety("<p>a</p>\r<p>b</p>\r", "TXT007", target="hugo") == ["safe"]
    text = "---\ntitle: x\n---\n<p>a</p>\r\n<p>b</p>\r\n"
    assert safety(text, "TXT007", target="hugo") == ["safe"]


def test_half_a_character_is_not_written() -> None:
    text = '---\ntitle: " x \\ud83d"\n---\n<p>x</p>\n'
    # It is written as the escape that it was.
    assert safety(text, "FM016") == ["safe"]
    raw = b"<p>\xe5\xae\xef\xbb\xbf\xa1</p>"
    assert safety(raw.decode("utf-8", "surrogateescape"), "TXT003") == [None]


# --- Front matter -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("</b>---\ntitle: [\n---\n<p>x</p>\n", "HTML002"),
        ("</b>---\ntitle: x\n---\n<p>x</p>\n", "HTML002"),
        ("<!doctype html>\n---\ntitle: [\n---\n<p>x</p>\n", "HTML006"),
        ("-\u200b--\ntitle: [\n---\n<p>x</p>\n", "TXT003"),
        ("-<!-- newslint-enable -->--\ntitle: [\n---\n<p>x</p>\n", "NL001"),
        ('\n---\ntitle: "x\nb: 1\n---\n<p>x</p>\n', "FM014"),
        ("---\rtitle: [x\r---\r<p>x</p>\r", "TXT007"),
    ],
)
def test_a_fix_that_would_make_or_break_front_matter_is_not_offered(text, code) -> None:
    found = [one for one in lint(post_of(text, target="jekyll"), EVERYTHING) if one.code == code]
    assert found
    assert [one.fix for one in found] == [None] * len(found)
    for unsafe in (False, True):
        after = fixed(text, "a.html", "jekyll", EVERYTHING, unsafe=unsafe)
        assert not [one for one in after.remaining if one.code == "NL999"]


def test_no_unsafe_fix_makes_a_tag_of_what_was_text() -> None:
    text = '<p><</b>script>document.title="ran"</script></p>'
    assert safety(text, "HTML002")[0] is None
    assert "<script" not in fixed(text, "a.html", "hexo", only("HTML002"), unsafe=True).text


# --- What is offered is done --------------------------------------------------------------------


@pytest.mark.parametrize("target", ["hexo", "jekyll"])
def test_every_fix_that_is_offered_as_safe_is_made(target) -> None:
    text = (
        "---\ntitle: ' x '\ntags: [a, a]\n---\n<p>一\u200b二 <\u200bb>x</b></p>\n"
        '<img src="https://n.sinaimg.cn/a.jpg" alt=""><!-- newslint-enable --> '
        "<a target=_blank href='https://a.cn/?utm_source=x'>y</a>\r\n"
    )
    offered = [one for one in lint(post_of(text, target=target), EVERYTHING) if one.fix]
    promised = {one.code for one in offered if one.fix and one.fix.safety is Safety.SAFE}
    assert {"IMG001", "SEC006", "LNK005", "NL001", "FM016", "FM021", "TXT007"} <= promised
    assert "TXT003" not in promised
    done = fixed(text, "a.html", target, EVERYTHING)
    assert promised <= {one.code for one in done.applied}
    assert not [one for one in done.remaining if one.fix and one.fix.safety is Safety.SAFE]


def test_fixes_that_only_together_make_a_tag_are_not_both_safe() -> None:
    text = "<p><\u200b<!-- ad -->script>go()</script></p>"
    post = post_of(text)
    found = [one for one in lint(post, only("TXT003", "HTML010")) if one.fix]
    kinds = [one.fix.safety for one in found if one.fix]
    assert Safety.UNSAFE in kinds
    after = fixed(text, "a.html", "hexo", only("TXT003", "HTML010")).text
    assert "<script" not in after


@pytest.mark.parametrize("path", ["a.html", "a.md"])
@pytest.mark.parametrize(
    "text",
    [
        "<table><template><table><template>x",
        "<template><table><tr><template><td>",
        "<table><tr><td><noscript><table><template>",
        "<template>" * 40,
        '<img file="g<style>."<e>',
    ],
)
def test_closing_what_swallows_the_page_comes_to_an_end(text, path) -> None:
    after = fixed(text, path, "html", EVERYTHING, unsafe=True)
    assert not [one for one in after.remaining if one.code == "NL999"]
    assert not [one for one in after.remaining if one.fix]
    assert fixed(after.text, path, "html", EVERYTHING, unsafe=True).text == after.text


# --- Rules of others ----------------------------------------------------------------------------


class Swap(PostRule):
    """Turns one text into another."""

    code, name, severity, fix = "TST001", "swap", Severity.WARNING, Safety.SAFE
    old, new = "left", "right"

    def check(self, post: Post) -> Iterator[Finding]:
        at = post.text.find(self.old)
        if at >= 0:
            span = Span(at, at + len(self.old))
            yield self.finding(span, "turned", self.make_fix("Turn", (span, self.new)))


class Outside(Swap):
    """Edits what does not exist."""

    def check(self, post: Post) -> Iterator[Finding]:
        yield self.finding(Span(0, 0), "turned", self.make_fix("Turn", (Span(9_999, 10_000), "")))


class Breaks(Swap):
    """Breaks the front matter."""

    old, new = "title: A", 'title: "A'


class OpensTag(Swap):
    """Says that it is safe, and opens an element."""

    old, new = "Text", "<"


@pytest.mark.parametrize("rule", [Breaks, Outside])
def test_a_bad_fix_of_another_s_rule_is_named_and_not_offered(rule) -> None:
    found = lint(post_of(CLEAN), only(rule))
    assert [one.fix for one in found if one.code == "TST001"] == [None]
    (bug,) = [one for one in found if one.code == "NL999"]
    assert "TST001 (swap)" in bug.message
    assert "author of the rule" in bug.message


def test_a_fix_that_changes_more_than_it_says_is_unsafe_whoever_wrote_the_rule() -> None:
    text = CLEAN.replace("Text of", "Text!-- of")
    (found,) = lint(post_of(text), only(OpensTag))
    assert found.fix is not None
    assert found.fix.safety is Safety.UNSAFE


def test_a_configured_rule_is_held_to_the_same(tmp_path, write, newslint) -> None:
    write(
        "newslint.toml",
        "[[rule]]\ncode = 'SITE001'\nname = 'no-bar'\npattern = '\\|'\nmessage = 'no bar'\n"
        "fix = { action = 'replace', content = '', safety = 'safe' }\n",
    )
    path = write("a.html", "---\ntitle: x\n---\n<p>a|b <|script>go()</script></p>\n")
    shown = newslint("--select", "SITE001", "--output-format", "concise").stdout
    assert [line.split(":")[2] for line in shown.splitlines() if "[*]" in line] == ["5"]
    newslint("--fix", "--select", "SITE001")
    assert path.read_text() == "---\ntitle: x\n---\n<p>ab <|script>go()</script></p>\n"


# --- What no one read must not come alive -------------------------------------------------------

CODE = "{{ range.constructor('x')() }}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Hexo 7 drops all that follows an opening without its end.
        ("<p>{#</p><p>" + CODE + "</p>", "TPL001"),
        ("<p>{#</p><p>{% foo %}</p>", "TPL001"),
        # Where "endif" is anywhere, Hexo 7 looks for the end of an if, and cuts the post off.
        ("<!--[if IE]>x<![endif]--><p>{% if %}</p>", "HTML010"),
    ],
)
def test_a_fix_that_lets_the_engine_read_what_it_did_not_is_unsafe(text: str, code: str) -> None:
    assert safety(text, code, "a.html", "hexo@7")[0] == "unsafe"
    assert fixed(text, "a.html", "hexo@7", EVERYTHING).text == text


def test_markdown_is_not_made_to_swallow_the_page_safely() -> None:
    text = '<p>one</p>\n\n<img\n  src="a.png"\n  alt=""\n>\n'
    assert safety(text, "MD002", "a.md", "eleventy") == ["safe"]
    assert safety(text + "<b>two</b><!- three\n", "MD002", "a.md", "eleventy")[0] != "safe"


@pytest.mark.parametrize(
    ("key", "expected"), [("title", "safe"), ("permalink", "unsafe"), ("layout", "unsafe")]
)
def test_white_space_is_safely_removed_only_where_it_moves_no_page(key: str, expected: str) -> None:
    text = f"---\n{key}: ' ./../x/'\n---\n<p>text</p>\n"
    assert safety(text, "FM016") == [expected]


def test_a_template_that_is_shown_as_code_is_not_made_to_run() -> None:
    text = "<div>\n<p>a</p>\n\n    <p>b {{ value }}</p>\n</div>\n"
    assert safety(text, "MD001", "a.md", "hexo") == ["unsafe"]
    assert safety(text.replace("{{ value }}", "c"), "MD001", "a.md", "hexo") == ["safe"]


def test_a_script_that_is_shown_as_code_is_not_made_to_run() -> None:
    text = "<div>\n<p>a</p>\n\n    <p>b</p><script>go()</script>\n</div>\n"
    assert safety(text, "MD001", "a.md", "hexo") == ["unsafe"]
    assert safety(text.replace("script", "i"), "MD001", "a.md", "hexo") == ["safe"]


LINK = '<a href="https://a.cn/" target="_blank">here</a>'


@pytest.mark.parametrize("target", ["hexo", "jekyll", "eleventy"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [("faq", "unsafe"), ("chart", "unsafe"), ("note", "safe"), ("if", "safe")],
)
def test_the_text_of_a_tag_of_the_site_may_be_data_and_is_not_changed_safely(
    name: str, expected: str, target: str
) -> None:
    text = f"{{% {name} x %}}\n\n[{LINK}]\n\n{{% end{name} %}}\n"
    assert safety(text, "SEC006", "a.md", target) == [expected]
    assert safety(f"{text}\n{LINK}\n", "SEC006", "a.md", target) == [expected, "safe"]


@pytest.mark.parametrize(
    ("line", "target", "expected"),
    [
        ("date: 2021-13-45", "jekyll", "unsafe"),  # not read before; read, it stops the build
        ("date: 2021-12-02", "jekyll", "safe"),
        ("content: x", "hexo", "unsafe"),  # read, it replaces the article
        ("author: Wire", "hexo", "safe"),
        ("date: 2021-13-45", "eleventy", "safe"),  # the build stops before and after
    ],
)
def test_front_matter_is_quoted_safely_where_reading_it_does_no_new_harm(
    line: str, target: str, expected: str
) -> None:
    text = f"---\ntitle: @one\n{line}\n---\n<p>text</p>\n"
    assert safety(text, "FM003", "a.html", target) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Press <esc> now.</p>", "safe"),
        ("<table><tr><esc></tr></table>", "unsafe"),  # a browser moves text out of a table
        ("<p>Press <esc <kbd>x</kbd></p>", "unsafe"),
    ],
)
def test_brackets_are_escaped_safely_where_text_is_shown_in_its_place(
    text: str, expected: str
) -> None:
    assert safety(text, "HTML012") == [expected]


def test_no_bracket_within_escaped_text_opens_a_tag() -> None:
    text = "<p>Press <esc <kbd>x</kbd></p>"
    after = fixed(text, "a.html", "hexo", only("HTML012"), unsafe=True).text
    assert after == "<p>Press &lt;esc &lt;kbd&gt;x</kbd></p>"


# --- Costs --------------------------------------------------------------------------------------


def counted_trials(monkeypatch: pytest.MonkeyPatch, texts: Iterable[str]) -> list[int]:
    """How many texts the guard tries for each post."""
    counts = []
    real = fix_guard._damage
    for text in texts:
        tried = []
        monkeypatch.setattr(
            fix_guard, "_damage", lambda *given, tried=tried: (tried.append(1), real(*given))[1]
        )
        lint(post_of(text), EVERYTHING)
        counts.append(len(tried))
    return counts


def test_a_post_with_nothing_to_fix_is_not_tried(monkeypatch) -> None:
    assert counted_trials(monkeypatch, [CLEAN]) == [0]


def test_sound_fixes_are_tried_together(monkeypatch) -> None:
    picture = '<img src="https://n.sinaimg.cn/a.jpg" alt="">\n'
    few, many = counted_trials(monkeypatch, [CLEAN + picture, CLEAN + picture * 200])
    assert few == many == 1


def test_however_many_fixes_do_damage_few_texts_are_tried(monkeypatch) -> None:
    text = CLEAN + "<p><\u200bb>x</b></p>\n" * 2_000
    (count,) = counted_trials(monkeypatch, [text])
    assert count <= 3 * fix_guard.TRIALS


def test_project_and_library_see_the_same(tmp_path) -> None:
    import newslint as nl

    text = CLEAN.replace("Text", "T<\u200bb>ext</b>")
    found = nl.check_text(text, "a.html", Project(tmp_path, isolated=True))
    assert [str(d.finding.fix.safety) for d in found if d.finding.code == "TXT003"] == ["unsafe"]


def test_no_fix_uncovers_html_that_stops_an_older_hugo() -> None:
    text = "<!-- newslint-enable --><p>News</p>\n"
    assert safety(text, "NL001", "a.md", "hugo@0.168") == ["safe"]
    assert safety(text, "NL001", "a.md", "hugo@0.111") == [None]
