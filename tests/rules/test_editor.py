"""The editor's line: every form that is really written counts, and prose does not."""

from __future__ import annotations

from pathlib import PurePosixPath

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inputs import make_archive
from pydantic import ValidationError

from newslint.core.source import Source
from newslint.linter.engine import lint
from newslint.linter.examples import unmark
from newslint.linter.registry import rules
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post

CODES = ("ED001", "ED002", "ED003")


def found(body, *, path="post.html", codes=CODES, **options):
    """The codes and start offsets of the rules' findings in a post."""
    active = RuleSet(rules()[code](rules()[code].Options(**options)) for code in codes)
    findings = lint(Post(Source.from_text(body), PurePosixPath(path)), active)
    return [(finding.code, finding.span.start) for finding in findings]


NAMED = """
<p>责任编辑：刘万里 SF014</p>
<p>（责任编辑：金子棋）</p>
<p>正文正文正文。（责任编辑：金子棋）</p>
<p>(责编：赵安妮(实习生)、李栋)</p>
<p>（责编：张华 审核：王丽）</p>
<p><strong>责编：</strong>蒋烨</p>
<p>责任编辑:叶文<br>打印｜投稿</p>
<p>发布时间: 2021-12-02 10:20 ｜ 来源: 新华网 ｜ 作者: 李 ｜ 责任编辑: 李勇</p>
<div><span>网络编辑：甲某</span> <span>责任编辑：乙某</span></div>
<div><span>网络编辑：甲某</span><span>责任编辑：乙某</span></div>
<p>责　编：张三</p>
<p>责　编　张三</p>
<p>责 任 编 辑：张三</p>
<p>编 辑：王 五</p>
<p>值班编委：张三</p>
<p>编辑丨李四</p>
<p>编辑｜李四</p>
<p>责编/李四</p>
<p>责任編輯：王五</p>
<p>責任編輯：王五</p>
<p>網絡編輯 / 王五</p>
<p>文丨张三　编辑丨李四</p>
<p>记者 张三 编辑 李四</p>
<p>（记者张三 责任编辑：李四）</p>
<p>(Reporting by A; Editing by B and C)</p>
<p>The end of the story. (Writing by Ann Lee; Editing by Bo van Dyke)</p>
<p>Reporting by J. Doe in London; Editing by Ann Lee</p>
<p>Editing by Ann Lee</p>
<p>EDITING BY ANN LEE</p>
<p>Edited by: Ann Lee and O'Neil</p>
<p>Editor: jane doe</p>
<p>Senior Editor: Jane Doe</p>
<p>Written by Ann Bee and edited by Cy Dee</p>
<p>编辑：阿依努尔·买买提</p>
<p>编辑/排版：张三</p>
<p>编辑、校对：张三</p>
<p>校对/编辑：张三</p>
<p>监制：王某 审核：李某 责编：赵某</p>
<p>体育编辑：张三</p>
<p>责编：张三 电话：010-8888</p>
<p>2021-12-02 10:20 来源：新华网 责任编辑：李勇</p>
<p>来源：央视新闻客户端　　编辑：张婷</p>
<p>正文最后一句。　　责任编辑：李勇</p>
<table><tr><td>责任编辑：</td><td>张三</td></tr></table>
<dl><dt>作者</dt><dd>李四</dd><dt>责任编辑</dt><dd>张三</dd></dl>
<p>&#36131;&#20219;&#32534;&#36753;：张三</p>
<p>责编：张三/李四</p>
<p>作者/张三  责编/李四</p>
<p>[责任编辑：张三]</p>
<p>END 责编丨王五</p>
<p>本文编辑：王五，如需转载请注明出处</p>
<p>编辑:admin</p>
""".strip().splitlines()

PROSE = """
<p>【责任编辑挑出的好文】今天的新闻。</p>
<p>Editing by hand is slow.</p>
<p>Editing by Hand is a book that nobody reads.</p>
<p>编辑部：欢迎来稿</p>
<p>他是一名编辑，工作十年。</p>
<p>编者按：本文讲述</p>
<p>编辑：你怎么看这个问题？</p>
<p>Editor's note: This story is old.</p>
<p>Note to editors: John will speak.</p>
<p>编辑推荐</p>
<p>编辑 推荐</p>
<p>我问编辑：不知道</p>
<p>责任编辑张三说，今天天气很好。</p>
<!-- 责任编辑：张三 -->
<style>/* 编辑：张三 */</style>
<p title="责任编辑：张三">a</p>
<p>如何使用编辑器：VIM</p>
<p>编译：张三</p>
<p>美编：张三</p>
<p>The book was edited by hand.</p>
""".strip().splitlines()


@pytest.mark.parametrize("line", NAMED)
def test_a_line_that_names_the_editor_is_enough(line):
    assert found(f"<p>正文。</p>{line}") == []


@pytest.mark.parametrize("line", NAMED)
def test_it_counts_wrapped_in_the_pipeline_s_div_and_in_a_markdown_file(line):
    text = f"\n---\ntitle: a\n---\n\n<div>   \n<p>正文。</p>\n{line}\n  \n</div>\n            "
    assert found(text, path="post.md") == []


@pytest.mark.parametrize("line", PROSE)
def test_prose_names_no_editor(line):
    assert found(f"<p>正文。</p>{line}") == [("ED001", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "正文。\n\n责编：张三",
        "正文\n责编：张三\n",
        "# t\n\n正文。\n\n**责编：** 张三\n",
        "正文\n\n> 责编：张三\n",
        "正文\n\n- 责编：张三\n",
        "正文\n\n【责任编辑：[符甲](mailto:x@y.cn) TEL：010-1】\n",
        "<div>\n<p>a</p>\n\n责编：张三\n</div>\n",
    ],
)
def test_markdown_prose_counts(text):
    assert found(text, path="post.md") == []
    assert found(text.replace("编", "写"), path="post.md") == [("ED001", 0)]


@pytest.mark.parametrize(
    "line",
    [
        "<p>责任编辑：</p>",
        "<p>责编:</p>",
        "<p>编辑：</p>",
        "<p>（责任编辑：）</p>",
        "<p>责任编辑：null</p>",
        "<p>责任编辑：--</p>",
        "<p>责任编辑：&nbsp;</p>",
        "<p>责任编辑： 审核：王丽</p>",
        "<p>Editor:</p>",
        "<p>Editing by</p>",
        "<p>(Reporting by Ann; Editing by )</p>",
    ],
)
def test_a_label_without_a_name_is_empty_and_not_missing(line):
    body = f"<p>正文。</p>\n{line}"
    assert found(body) == [("ED002", body.index(line))]


def test_a_word_with_a_colon_above_a_sample_is_no_empty_label():
    assert found("<p>编辑：</p><pre>vi a</pre><p>责编：张三</p>") == []
    assert found("<p>Editor:</p><pre>vi a</pre><p>责编：张三</p>") == []


def test_one_role_twice_is_found_at_each_later_block():
    body = "<p>责任编辑：甲某</p>x<p>責任編輯：乙某</p><p>责编:丙某</p><p>网络编辑：丁某</p>"
    starts = [body.index("<p>責"), body.index("<p>责编")]
    assert found(body) == [("ED003", start) for start in starts]


def test_an_empty_label_is_no_duplicate():
    body = "<p>责编：张三</p><p>责编：</p>"
    assert found(body) == [("ED002", body.index("<p>责编：<"))]


def test_a_duplicate_is_taken_out_only_where_nothing_is_lost():
    rule = rules()["ED003"]
    for second, fixed in {
        "<p>责编：张三</p>": True,
        "<div>正文<br>责编：张三</div>": False,
        "<p>责编：张三 SF1</p>": False,
    }.items():
        post = Post(Source.from_text(f"<p>责编：张三</p><p>b</p>{second}"), PurePosixPath("a.html"))
        (finding,) = lint(post, RuleSet([rule()]))
        assert (finding.fix is not None) == fixed, second


def test_only_the_head_and_the_tail_count():
    middle = "<p>一。</p>" * 30 + "<p>责编：张三</p>" + "<p>二。</p>" * 30
    assert found(middle) == [("ED001", 0)]
    assert found(middle, tail=31) == []
    assert found(middle, head=31) == []
    assert found("<p>责编：张三</p>" + "<p>编程。</p>" * 60) == []
    assert found("<p>编程。</p>" * 60 + "<p>责编：张三</p>") == []
    assert found("<p>编程。</p>" * 60 + "<p>责编：张三</p>", tail=0) == [("ED001", 0)]
    assert found("<p>责编：张三</p>" + "<p>二。</p>" * 60, head=0) == [("ED001", 0)]


def test_a_far_line_is_misplaced_and_a_near_one_is_not():
    body = "<p>责编：张三</p>" + "<p>编程。</p>" * 60
    assert found(body, codes=["ED004"]) == [("ED004", 0)]
    assert found(body, codes=["ED004"], last=61) == []


def test_roles_and_patterns_are_options():
    assert found("<p>整理：张三</p>") == [("ED001", 0)]
    assert found("<p>整理：张三</p>", roles=["整理"]) == []
    assert found("<p>整理：</p>", roles=["整理"]) == [("ED002", 0)]
    assert found("<p>来自 张三 之手</p>", patterns=["之手$"]) == []


def test_a_bad_pattern_is_refused_in_words():
    with pytest.raises(ValidationError, match=r"'\(' is not a valid regular expression"):
        rules()["ED001"].Options(patterns=["("])
    with pytest.raises(ValidationError, match="a role is empty"):
        rules()["ED001"].Options(roles=[" "])


@pytest.mark.parametrize(
    "piece",
    [
        "编辑：",
        "（编辑：",
        "编辑 ",
        "责 编 ",
        "Editing by A; ",
        "(Editing by ",
        "编辑/编辑/",
        "Editor: ",
        "(",
        "[a](",
    ],
)
@pytest.mark.parametrize("wrap", ["{}", "<p>{}</p>", "<p>编辑：{}"])
def test_time_grows_in_step_with_hostile_text(piece, wrap):
    growth.check(
        lambda times: wrap.format(piece * times), lambda text: found(text, path="a.md"), 30_000
    )


@pytest.mark.parametrize("tag", ["<span>", "<div>"])
def test_an_editor_is_found_however_deep(tag):
    assert found(tag * 200 + "责编：张三") == []
    assert found(tag * 200 + "正文") == [("ED001", 0)]
    # What libxml2 drops beyond its own limit is IO001's to report: here nothing may raise.
    assert found(tag * 5_000 + "责编：张三") in ([], [("ED001", 0)])


@given(
    st.text(
        st.sampled_from(
            "编辑责任：:/｜|（）()[] 　张三李四Editing by.;,，。\n<p></p>*&#32534;\x00\ud800"
        )
    )
)
def test_no_text_breaks_the_rules(text):
    for path in ("a.md", "a.html"):
        assert "NL999" not in [code for code, _ in found(text, path=path, codes=[*CODES, "ED004"])]


def test_made_posts_have_the_planted_errors_and_no_other(tmp_path):
    out = tmp_path / "posts"
    labels = make_archive(out, 600, 0.5, seed=5)
    planted = {path for path, (code, _) in labels.items() if code == "ED001"}
    assert planted
    for file in out.rglob("*.md"):
        name = file.relative_to(out).as_posix()
        expected = [("ED001", 0)] if name in planted else []
        assert found(file.read_text("utf-8"), path=name) == expected, name


@pytest.mark.parametrize("front", ["", "---\ntitle: x\n---\n"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("a.md", "Text.\n\n⟦责任编辑：⟧\n"),
        ("a.md", "Text &amp; text.\n\n⟦责任编辑：⟧\n\nmore\n\n⟦责任编辑：⟧\n"),
        ("a.md", "Text\r\n\r\n⟦责任编辑：⟧\r\n"),
        ("a.md", "Text\r\r⟦责任编辑：⟧\r"),
        ("a.md", "a **b**\n⟦责任编辑：⟧\nc"),
        ("a.md", "a <b>c</b> d\n⟦责任编辑：⟧\n\ne <i>f</i>\n"),
        ("a.md", "<p>t</p>\n\n⟦责任编辑：⟧\n\n<p>d</p>"),
        ("a.md", "t\n\n⟦> 责任编辑：⟧\n"),
        ("a.md", "t\n\n⟦**责任编辑**：⟧\n"),
        ("a.md", "t\n\n⟦责任&#32534;辑：⟧\n"),
        ("a.html", "\nText<br>\n⟦责任编辑：⟧\n"),
        ("a.html", "<body>\nText\n<br>⟦责任编辑：⟧</body>"),
        ("a.html", "<p>x</p>⟦责任编辑：⟧<p>y</p>"),
        ("a.html", "<!-- 责任编辑： -->t<br>⟦责任编辑：⟧<!-- 责任编辑： -->"),
        ("a.html", "<p>责任编辑</p>⟦责任编辑：⟧"),
        ("a.html", "x\n⟦<p>⟧责任编辑：</p>"),
        ("a.html", "x ⟦<div>⟧t<br>责任编辑：</div>"),
        ("a.html", "x ⟦<div>⟧责任编辑：<br>责任编辑：</div>"),
        ("a.md", "⟦责任编辑：责任编辑：⟧\n"),
    ],
)
def test_an_empty_label_is_found_where_it_stands_and_once(front: str, path: str, body: str) -> None:
    text, spans = unmark(front + body)
    post = Post(Source.from_text(text), PurePosixPath(path))
    findings = lint(post, RuleSet([rules()["ED002"]()]))
    assert [one.span for one in findings] == spans


def test_an_empty_label_of_markdown_can_be_suppressed_above_it() -> None:
    text = "Text.\n\n<!-- newslint-disable-next-line ED002 -->\n责任编辑：\n\nMore.\n"
    assert not found(text, path="a.md", codes=["ED002"])
    assert found(text.replace("disable", "x"), path="a.md", codes=["ED002"])


def test_lines_in_the_body_are_misplaced_and_duplicates_where_they_stand() -> None:
    first = "责任编辑：刘万里\n\n"
    text = "Intro.\n\n" + first + "Text.\n\n" * 30
    assert found(text, path="a.md", codes=["ED004"]) == [("ED004", text.index("责任"))]
    twice = "Text.\n\n" + first + "<p>x</p>\n\n" + first
    duplicates = found(twice, path="a.md", codes=["ED003"])
    assert [at for _, at in duplicates] == [twice.rindex("责任")]
