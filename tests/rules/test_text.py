"""Text: encodings, mojibake, characters that no one sees, posts that are empty or cut off."""

from __future__ import annotations

from pathlib import PurePosixPath

import growth
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs import NEWS, corpus

from newslint import Safety
from newslint.core.source import Source
from newslint.linter.edits import apply
from newslint.linter.engine import lint
from newslint.linter.ruleset import RuleSet
from newslint.post.post import Post
from newslint_rules.text import _encodings
from newslint_rules.text.control_character import ControlCharacter
from newslint_rules.text.double_escaped_entity import DoubleEscapedEntity
from newslint_rules.text.empty_body import EmptyBody
from newslint_rules.text.mixed_line_endings import MixedLineEndings
from newslint_rules.text.mojibake import Mojibake
from newslint_rules.text.not_utf8 import NotUtf8
from newslint_rules.text.truncated_body import TruncatedBody

RULES = [ControlCharacter, DoubleEscapedEntity, EmptyBody, MixedLineEndings, Mojibake, NotUtf8, TruncatedBody]  # fmt: skip


def found(rule, text, path="post.html"):
    source = Source(text) if isinstance(text, bytes) else Source.from_text(text)
    return lint(Post(source, PurePosixPath(path)), RuleSet([rule]))


def mended(rule, text, unsafe=True, path="post.html"):
    source = Source(text) if isinstance(text, bytes) else Source.from_text(text)
    findings = lint(Post(source, PurePosixPath(path)), RuleSet([rule]))
    wanted = [f.fix for f in findings if f.fix and (unsafe or f.fix.safety is Safety.SAFE)]
    return apply(source.text, wanted)[0]


# --- TXT001 ------------------------------------------------------------------------------------

CHINESE = "市气象台2日发布消息称，东部山区将在后天夜里迎来第一场小雪。"
TAIWANESE = "市氣象臺2日發布消息稱，東部山區將在後天夜裡迎來第一場小雪。"
JAPANESE = "首相は２日、記者会見を開き、新しい経済対策を発表した。"
KOREAN = "한국 정부는 2일 새로운 경제 대책을 발표했다."
FRENCH = "Le président a déclaré qu’il n’était pas d’accord — « jamais »."
PORTUGUESE = "A decisão não é só do governo; a população também tem de opinar."
GERMAN = "Die Bürger müssen für größere Häuser zahlen."
FRAME = "---\ntitle: '{0}'\n---\n\n<div>\n<p>{0}</p>\n</div>\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (CHINESE, "gbk", "GB18030 (GBK)"),
        ("正文内容", "gbk", "GB18030 (GBK)"),
        ("新华社快讯", "gbk", "GB18030 (GBK)"),
        (CHINESE, "utf-16", "UTF-16"),
        (TAIWANESE, "big5", "Big5"),
        (TAIWANESE, "gbk", "GB18030 (GBK)"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (FRENCH, "cp1252", "Windows-1252"),
        (PORTUGUESE, "cp1252", "Windows-1252"),
        (GERMAN, "latin-1", "Windows-1252"),
        ("café", "cp1252", "Windows-1252"),
        ("Правительство объявило о новых мерах поддержки", "cp1251", "cp1251"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", FRAME], ids=["bare", "framed"])
def test_the_encoding_is_named_and_the_text_is_given_back(text, encoding, name, frame) -> None:
    whole = frame.format(text)
    (finding,) = found(NotUtf8(), whole.encode(encoding))
    assert finding.message == f"not UTF-8: it seems to be {name}"
    assert finding.fix.safety is Safety.UNSAFE
    assert mended(NotUtf8(), whole.encode(encoding)) == whole


def test_a_headline_of_eight_characters_is_nearly_always_enough_for_chinese() -> None:
    pieces, wrong = 0, []
    for post in NEWS.posts():
        text = "".join(c for c in post.read_text(encoding="utf-8") if "一" <= c <= "龥")
        headlines = [text[at : at + 8] for at in range(0, len(text) - 8, 8)]
        pieces += len(headlines)
        wrong += [one for one in headlines if _encodings.detect(one.encode("gbk")) != "gb18030"]
    assert pieces > 500
    assert len(wrong) * 20 <= pieces, wrong


def test_only_the_lines_that_are_not_utf8_are_decoded() -> None:
    raw = "---\ntitle: '新闻标题'\n---\n<p>".encode() + "正文内容".encode("gbk") + b"</p>\n"
    assert mended(NotUtf8(), raw) == "---\ntitle: '新闻标题'\n---\n<p>正文内容</p>\n"


def test_a_text_that_looks_like_utf8_by_chance_in_one_line_is_decoded_as_a_whole() -> None:
    text = "<p>正文内容</p>\n<p>联通</p>\n"
    assert mended(NotUtf8(), text.encode("gbk")) == text


def test_damaged_utf8_is_no_other_encoding() -> None:
    raw = "<p>东部山区后天夜里有小雪</p>".encode()
    (finding,) = found(NotUtf8(), raw[:-5])
    assert finding.fix is None
    assert "0xE9" in finding.message
    assert finding.span.start == len(raw[:-7].decode())


def test_the_place_is_the_first_wrong_byte() -> None:
    (finding,) = found(NotUtf8(), b"<p>abc \xe9t\xe9</p>")
    assert finding.span == (7, 8)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_break_a_rule_of_text(raw: bytes) -> None:
    for rule in RULES:
        assert all(f.code != "NL999" for f in found(rule(), raw)), found(rule(), raw)


# --- TXT002 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [CHINESE, TAIWANESE, JAPANESE, KOREAN, FRENCH, PORTUGUESE, GERMAN])
@pytest.mark.parametrize("by", ["cp1252", "latin-1", "gbk"])
def test_text_decoded_by_a_wrong_encoding_is_found_and_text_itself_is_not(text, by) -> None:
    assert found(Mojibake(), f"<p>{text}</p>") == []
    wrong = text.encode().decode(by, "replace")
    if by == "gbk" and text in (KOREAN, FRENCH, PORTUGUESE, GERMAN):
        return
    assert found(Mojibake(), f"<p>{wrong}</p>")


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO, IRMÃ, À NAÇÃO, É, Ângela, Âmbito",
        "L’été « la beauté\u00a0» “été” – à la carte… ÇA, naïve, Noël",
        "På æbler, å ø; Malmö, Ångström",
        "Việt Nam: Ã là một chữ cái, ÂM nhạc",
        "România, â și ă; Łódź, Žižek, Dvořák",
        "价格€20，（约合）¥150 °C ±5 ×2 §3",
        "锛是一种元素",
    ],
)
def test_languages_with_such_letters_are_left_alone(text: str) -> None:
    assert found(Mojibake(), f"<p>{text}</p>") == []


def test_mojibake_is_told_once_a_line_at_its_first_character() -> None:
    text = "<p>cafÃ© \ufffdÃ©</p>\n<p>\ufffd\ufffd锟斤拷锟斤拷 x</p>\n<p>锟斤拷锟斤拷</p>"
    places = [text[f.span.start : f.span.end] for f in found(Mojibake(), text)]
    assert places == ["Ã©", "\ufffd\ufffd", "锟斤拷锟斤拷"]


# --- TXT003 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "safe", "unsafe"),
    [
        ("a\u200bb", "ab", "ab"),
        ("新\u200b闻", "新闻", "新闻"),
        ("a\x00b\x08c\x7fd", "abcd", "abcd"),
        ("one\x0ctwo", "one two", "one two"),
        ("a\x93b\x94", "a\x93b\x94", "ab"),
        ("a\u202bb\u202c", "a\u202bb\u202c", "ab"),
        ("a\u202ab\u202c", "ab", "ab"),
        ("a\u2066b\u2069c\u200e", "abc", "abc"),
        ("שלום \u202eabc\u202c", "שלום \u202eabc\u202c", "שלום abc\u202c"),
        ("A\u200dB 中\u200c文", "AB 中文", "AB 中文"),
    ],
)
def test_what_nobody_sees_goes_where_the_page_stays_the_same(text, safe, unsafe) -> None:
    assert mended(ControlCharacter(), f"<p>{text}</p>", unsafe=False) == f"<p>{safe}</p>"
    assert mended(ControlCharacter(), f"<p>{text}</p>") == f"<p>{unsafe}</p>"


@pytest.mark.parametrize(
    "text",
    ["👨\u200d👩\u200d👧 ❤️\u200d🔥 🏳️\u200d🌈", "क्\u200dष", "می\u200cخواهم", "שלום\u200f!", "\u2067שלום\u2069", "ภาษา\u200bไทย", "　空\u00a0格\u3000·×", "a\tb\r\nc", "soft\u00adhyphen", "1️⃣", "©\u200d"],
)  # fmt: skip
def test_what_a_script_needs_stays(text: str) -> None:
    assert found(ControlCharacter(), f"<p>{text}</p>") == []


def test_front_matter_and_the_byte_order_mark_at_the_start_are_not_its_business() -> None:
    assert found(ControlCharacter(), "\ufeff---\ntitle: a\u200bb\n---\n<p>c</p>") == []
    assert found(ControlCharacter(), "\ufeff<p>c</p>") == []
    assert len(found(ControlCharacter(), "\ufeff\ufeff<p>c</p>")) == 1


@given(st.text(alphabet="ab \n中\u200b\u200d\u202e\u202c\x00\x0c\ufeffש", max_size=20))
def test_after_the_fix_nothing_is_left_to_say_that_can_be_mended(text: str) -> None:
    once = mended(ControlCharacter(), text)
    for _ in range(5):
        once, before = mended(ControlCharacter(), once), once
        if once == before:
            break
    assert all(f.fix is None for f in found(ControlCharacter(), once))


# --- TXT004, TXT005, TXT006, TXT007 ------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    ["", "\n\n", "<div>\n</div>", "<!-- more -->", "<style>a{}</style>", "<script>x()</script>", "<p>&nbsp;\u200b</p>", "<p><br></p>"],
)  # fmt: skip
def test_an_empty_body_is_found_at_the_very_beginning(body: str) -> None:
    (finding,) = found(EmptyBody(), "---\ntitle: x\n---\n" + body)
    assert finding.span == (0, 0)


@pytest.mark.parametrize(
    "body",
    ["a", "<p>a</p>", "<svg></svg>", "<iframe src=x></iframe>", "<video></video>", "<ul><li>a</ul>", "<!-- a -->b", "<div><table><td>1</table></div>", "\udcff"],
)  # fmt: skip
def test_a_body_with_anything_to_see_is_none(body: str) -> None:
    assert found(EmptyBody(), "---\ntitle: x\n---\n" + body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>一</p><p>…<a href='x'>阅读全文</a></p>", "阅读全文"),
        ("<p>一</p><a href='x'>查看原文</a>\n<p>责任编辑：刘万里 SF014</p>", "查看原文"),
        ("<p>One […]</p>\n<p>The post <a href='x'>One</a> appeared first on <a href='y'>Site</a>.</p>", "[…]"),
        ("<p>One [&hellip;]</p>", "[&hellip;]"),
        ("<p>One <a class='more-link' href='x'>Continue reading<span> One and two</span></a></p>", "Continue reading"),
        ("<p>READ MORE</p>", "READ MORE"),
        ("<p>Read the full story &raquo;</p>", None),
    ],
)  # fmt: skip
def test_a_post_that_ends_in_read_more(body: str, words: str | None) -> None:
    (finding,) = found(TruncatedBody(), body)
    if words:
        assert body[finding.span.start : finding.span.end] == words


@pytest.mark.parametrize(
    "body",
    ["<p>Read more here</p><p>and then the end.</p>", "<p>阅读全文的人不多。</p>", "<p>[1] 注 …</p>", "<p>a</p><!-- more --><p>b</p>", "<p>He had read.</p>", "<p>查看</p>"],
)  # fmt: skip
def test_a_post_that_only_says_so_is_whole(body: str) -> None:
    assert found(TruncatedBody(), body) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a&amp;nbsp;b", "a&nbsp;b"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&amp;#123;&amp;#x7D;", "&#123;&#x7D;"),
        ("&amp;amp;amp;nbsp;", "&amp;amp;nbsp;"),
        ("<a href='?a=1&amp;amp;copy;=2' title='&amp;quot;'>x</a>", "<a href='?a=1&amp;amp;copy;=2' title='&quot;'>x</a>"),
    ],
)  # fmt: skip
def test_one_escape_is_taken_away(text: str, fixed: str) -> None:
    assert mended(DoubleEscapedEntity(), f"<p>{text}</p>") == f"<p>{fixed}</p>"


@pytest.mark.parametrize(
    "text",
    ["a &amp; b; c", "&amp;nosuch;", "&amp;copy=1", "<pre>&amp;lt;</pre>", "<!-- &amp;lt; -->", "<script>'&amp;lt;'</script>", "AT&amp;T;"],
)  # fmt: skip
def test_what_is_escaped_once_or_is_code_stays(text: str) -> None:
    assert found(DoubleEscapedEntity(), f"<p>{text}</p>") == []


@given(st.lists(st.sampled_from(["a", "\n", "\r\n", "\r"]), max_size=12))
def test_line_ends_are_made_alike_by_the_majority(pieces: list[str]) -> None:
    text = "".join(pieces)
    before = found(MixedLineEndings(), text)
    after = mended(MixedLineEndings(), text)
    assert found(MixedLineEndings(), after) == []
    ends = set(_ends(text))
    assert len(before) == (len(ends) > 1 or ends == {"\r"})
    assert after.splitlines() == text.splitlines()


def _ends(text: str) -> list[str]:
    return [line[len(line.rstrip("\r\n")) :] for line in text.splitlines(keepends=True) if line[-1] in "\r\n"]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("piece", ["&amp;", "Ã", "锟", "\u200d", "<pre>", "[…", "&amp;amp;", "\r\n\r", " ", "é’", "锛銆"])  # fmt: skip
def test_time_grows_in_step_with_hostile_text(rule, piece: str) -> None:
    growth.check(
        lambda size: piece * (size // len(piece)), lambda text: found(rule(), text), 200_000
    )


def test_nothing_is_said_of_the_posts_of_the_corpus() -> None:
    rules = RuleSet([rule() for rule in RULES])
    for path in corpus():
        post = Post(Source(path.read_bytes()), PurePosixPath(path.name))
        assert lint(post, rules) == [], path
