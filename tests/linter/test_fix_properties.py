"""What holds of every fix, on posts mixed from hostile pieces, real posts and made archives."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pieces
import promises
import pytest
from conftest import CLEAN, NO_REFERRER
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from inputs import any_posts, make_archive
from lxml import etree

from newslint import Post
from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter import registry
from newslint.linter.engine import lint
from newslint.linter.fixer import Fixed, fix
from newslint.linter.ruleset import RuleSet

TARGETS = ("hexo", "hexo@7", "hexo@5", "jekyll", "hugo", "eleventy", "html")
EVERYTHING = RuleSet([rule() for rule in registry.rules().values()])
relaxed = settings(
    deadline=None,
    max_examples=300,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def parse(text: str, path: str = "a.html", target: str = "hexo") -> Post:
    return Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))


def fixed(text: str, path: str, target: str, rules: RuleSet, *, unsafe: bool) -> Fixed:
    return fix(
        text,
        lambda changed: parse(changed, path, target),
        lambda post: lint(post, rules),
        unsafe=unsafe,
    )


def check_fix(text: str, path: str, target: str, unsafe: bool) -> None:
    """Hold the fixes of all rules to what `promises` says of them."""
    text = Source.from_text(text).text
    first = {text: promises.findings_of(promises.post_of(text, target, path))}
    promises.check_fixes(text, first, target, path, unsafe=unsafe)


@relaxed
@given(
    pieces.posts,
    st.sampled_from(("a.md", "a.html")),
    st.sampled_from(TARGETS),
    st.booleans(),
)
@example("---\nscore: .nan\ntitle: 12\n---\n<p>x</p>", "a.html", "hexo", False)
@example("\x0b{% raw %}x", "a.html", "hugo", False)
@example("</p>{", "a.html", "hugo", True)
@example("---\n---\n\x00```\n<img src=x>\n```\n<a href={{x}}>y{% comment %}", "a.md", "hexo", False)
@example("---\ntitle: x\n---\n\x00", "a.md", "html", False)
@example("<table><tr><p>x</table><script>```\r<img src=x>\r```\r<a>", "a.md", "eleventy", True)
@example("---\n---\n<!-- newslint-enable -->![x](https://n.sinaimg.cn/a.jpg)", "a.md", "hexo", True)
def test_fixes_come_to_rest_leave_nothing_and_bring_no_error(
    text: str, path: str, target: str, unsafe: bool
) -> None:
    check_fix(text, path, target, unsafe)


@relaxed
@given(pieces.posts, st.sampled_from(("\r\n", "\r")), st.sampled_from(("hexo", "hugo")))
def test_what_a_fix_inserts_ends_its_lines_as_the_post_does(
    text: str, end: str, target: str
) -> None:
    # Invisible characters and mixed line ends are another rule's to level.
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rules = RuleSet([r for r in EVERYTHING.rules if r.code not in ("TXT007", "NL001")])
    once = fixed(plain.replace("\n", end), "a.html", target, rules, unsafe=True).text
    assert once.count("\n") == (once.count("\r\n") if end == "\r\n" else 0)


def only(code: str) -> RuleSet:
    return RuleSet([registry.rules()[code]()])


def shape(text: str, *, without: Iterable[str] = (), comments: bool = True) -> list[object]:
    """The lxml tree of a post as plain values, without some attributes."""
    left_out = set(without)
    found: list[object] = []
    for node in parse(text).body.iter():
        if isinstance(node.tag, str):
            kept = {k: v for k, v in node.attrib.items() if k not in left_out}
            found.append((node.tag, sorted(kept.items()), node.text or ""))
        elif comments:
            found.append(("comment", node.text))
        if comments:
            found.append(node.tail or "")
    return found


def all_text(text: str) -> str:
    return "".join(map(str, parse(text).body.itertext(with_tail=True)))


@relaxed
@given(pieces.bodies)
@pytest.mark.parametrize(
    ("code", "attributes"),
    [("IMG001", ["referrerpolicy"]), ("SEC006", ["rel"]), ("LNK005", ["href"]), ("HTML004", [])],
)
def test_the_tree_changes_only_in_the_attribute_that_a_fix_is_about(
    code: str, attributes: list[str], body: str
) -> None:
    after = fixed(body, "a.html", "hexo", only(code), unsafe=False).text
    assert shape(after, without=attributes) == shape(body, without=attributes)


@relaxed
@given(pieces.bodies)
def test_of_comments_only_the_reported_ones_go(body: str) -> None:
    post = parse(body)
    comments = [one.fix for one in lint(post, only("HTML010")) if one.fix]
    after = fixed(body, "a.html", "hexo", only("HTML010"), unsafe=True).text
    gone = sum(edit.span.end - edit.span.start for one in comments for edit in one.edits)
    assert len(after) == len(post.text) - gone
    written, left = (
        [one.tag for one in each.body.iter("*") if each.html.start_tag(one)]
        for each in (post, parse(after))
    )
    assert written == left


@relaxed
@given(pieces.bodies)
def test_a_control_character_goes_and_nothing_else(body: str) -> None:
    after = fixed(body, "a.html", "hexo", only("TXT003"), unsafe=False).text
    rest = iter("".join(body.split()))
    assert all(character in rest for character in "".join(after.split()))
    gone = set(body) - set(after)
    assert not any(character.isalnum() or character in "<>&\"'=\n\r" for character in gone)


@relaxed
@given(pieces.posts, st.sampled_from(TARGETS))
def test_encoding_a_template_keeps_what_the_page_says(text: str, target: str) -> None:
    rules = RuleSet([registry.rules()[code]() for code in ("TPL001", "TPL002")])
    post = parse(text, "a.html", target)
    if post.front_matter is None or "<style" in text or "\0" in text:
        return
    after = parse(fixed(text, "a.html", target, rules, unsafe=False).text, "a.html", target)
    values = [
        sorted(one.attrib.items()) for one in post.body.iter("*")
    ], "".join(map(str, post.body.itertext()))  # fmt: skip
    assert values == (
        [sorted(one.attrib.items()) for one in after.body.iter("*")],
        "".join(map(str, after.body.itertext())),
    )


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def in_a_browser(page: str, folder: Path) -> str:
    """The text of a page as Chromium has it."""
    file = folder / "page.html"
    script = (
        "<script id=last>document.body.innerHTML = '<pre id=out></pre>' +"
        "'';document.getElementById('out').textContent = window.said</script>"
    )
    reader = "<script>window.said = document.getElementById('post').textContent</script>"
    file.write_text(
        f"<!doctype html><meta charset=utf-8><body><div id=post>{page}</div>{reader}{script}",
        encoding="utf-8",
    )
    done = subprocess.run(
        [str(CHROMIUM), *QUIET, f"--user-data-dir={folder / 'profile'}", "--dump-dom",
         file.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    said = done.stdout.decode().split('<pre id="out">', 1)[1].split("</pre>", 1)[0]
    return html.unescape(said)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_encoded_braces_are_the_same_text_in_a_browser(tmp_path: Path) -> None:
    parts = [
        piece
        for piece in pieces.TEMPLATES
        if "<" not in piece and "comment" not in piece and "raw" not in piece
    ]
    text = "".join(
        f"<p title='{part}'>a {part} b</p>\n<b>{part}</b>\n" for part in parts if "'" not in part
    )
    for target in ("hexo", "jekyll", "eleventy"):
        post = f"---\ntitle: x\n---\n{text}"
        after = fixed(post, "a.html", target, only("TPL001"), unsafe=False).text
        assert after != post
        assert in_a_browser(parse(after).body_text, tmp_path) == in_a_browser(text, tmp_path)


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("target", ["hexo", "jekyll", "hugo", "eleventy"])
def test_on_the_corpus(target: str, unsafe: bool) -> None:
    for path in any_posts():
        check_fix(Source(path.read_bytes()).text, path.name, target, unsafe)


def test_on_a_made_archive(tmp_path: Path) -> None:
    make_archive(tmp_path / "posts", 300, 0.5)
    changed = 0
    for number, path in enumerate(sorted(tmp_path.rglob("*.md"))):
        text = Source(path.read_bytes()).text
        check_fix(text, path.name, TARGETS[number % len(TARGETS)], unsafe=number % 2 > 0)
        changed += fixed(text, path.name, "hexo", EVERYTHING, unsafe=False).text != text
    assert changed > 20


def test_the_pieces_reach_the_rules() -> None:
    """The properties above say something only where the rules have something to say."""
    seen: set[str] = set()
    for piece in (*pieces.HTML, *pieces.TEMPLATES, *pieces.ODDITIES):
        for target in ("hexo", "jekyll"):
            found = lint(parse(CLEAN + piece, "a.md", target), EVERYTHING)
            seen |= {one.code for one in found if one.fix}
    for key in pieces.KEYS:
        seen |= {
            one.code
            for one in lint(parse(f"---\n{key}\n---\n{NO_REFERRER}"), EVERYTHING)
            if one.fix
        }
    with_fix = {code for code, rule in registry.rules().items() if rule.fix is not None}
    assert len(with_fix - seen) <= 8, sorted(with_fix - seen)
    assert etree.LXML_VERSION
