"""What newslint promises of every input: of its findings, and of what it fixes.

Tags are reported apart by html5lib, not by newslint's own tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from html5lib import constants
from html5lib._tokenizer import HTMLTokenizer

from newslint import Finding, Impact, Post, Severity
from newslint.core.source import Source, printable
from newslint.generators import Target
from newslint.generators.markdown.inline_html import without_text_tags
from newslint.linter import registry
from newslint.linter.archive_rules import facts
from newslint.linter.diagnostics import report
from newslint.linter.engine import lint, order
from newslint.linter.fixer import Fixed, fix
from newslint.linter.ruleset import RuleSet

RULES = RuleSet([rule() for rule in registry.rules().values()])
RAW_TEXT = {"script": "scriptDataState", "style": "rawtextState", "textarea": "rcdataState",
            "title": "rcdataState", "xmp": "rawtextState", "iframe": "rawtextState",
            "noembed": "rawtextState", "noframes": "rawtextState", "plaintext": "plaintextState"}  # fmt: skip
REMOVING = {"FM025", "HTML002", "HTML006", "HTML009", "IMG006", "SEC001", "SEC005"}
"""Rules whose unsafe fix takes an element or a tag away."""
OWN = {"referrerpolicy", "rel", "target"}
"""Attributes that safe fixes set."""


def post_of(text: str, target: str, path: str) -> Post:
    """A text as the post that it represents."""
    return Post(Source.from_text(text), path, Target.parse(target))


def findings_of(post: Post) -> list[Finding]:
    """The findings of all rules, each held to what holds of every finding."""
    found = lint(post, RULES)
    broken = [one.message for one in found if one.code in ("NL999", "IO001")]
    assert not broken, broken
    length = len(post.text)
    assert all(0 <= one.span.start <= one.span.end <= length for one in found), found
    assert found == sorted(found, key=order)
    assert all(one.fix is None or one.fix.edits for one in found), found
    # Of front matter several fields or items are reported at one place.
    places = [
        (one.code, one.span, one.message if one.code.startswith("FM") else "") for one in found
    ]
    assert len(set(places)) == len(places), f"twice: {_twice(places)}"
    return found


def check(raw: bytes, target: str, path: str) -> None:
    """Raise AssertionError, or whatever broke, where a promise does not hold for an input."""
    source = Source(raw)
    post = post_of(source.text, target, path)
    first, known = findings_of(post), facts(post, RULES)
    again = post_of(source.text, target, path)
    assert first == findings_of(again), "not deterministic"
    assert known == facts(again, RULES), "facts differ"
    report(path, source, first)
    seen = {source.text: first}
    for unsafe in (False, True):
        check_fixes(source.text, seen, target, path, unsafe=unsafe)


def check_fixes(
    text: str, seen: dict[str, list[Finding]], target: str, path: str, *, unsafe: bool
) -> None:
    """Nothing fixable is left, twice is once, no error is new, and safe fixes change no tags.

    ``seen`` are the findings of texts that were linted already.
    """

    def findings(post: Post) -> list[Finding]:
        if post.text not in seen:
            seen[post.text] = findings_of(post)
        return seen[post.text]

    def fixed_once(text: str) -> Fixed:
        return fix(text, lambda t: post_of(t, target, path), findings, unsafe=unsafe)

    fixed = fixed_once(text)
    kind = "unsafe" if unsafe else "safe"
    codes = sorted({one.code for one in fixed.applied})
    bugs = [one.message for one in fixed.remaining if one.code == "NL999"]
    assert not bugs, bugs
    after = findings(post_of(fixed.text, target, path))
    left = {one.code for one in after if one.fix and (unsafe or one.fix.safety == "safe")}
    assert not left, f"{kind} fixes of {sorted(left)} are left after {codes}"
    again = fixed_once(fixed.text).text
    assert again == fixed.text, f"a second run changes the text after {codes}"
    new = errors(after) - errors(seen[text])
    new -= uncovered(codes, new, path, unsafe=unsafe)
    was, now = Source.from_text(text), Source.from_text(fixed.text)
    if unsafe and (was.is_utf8, was.utf16_or_32) != (now.is_utf8, now.utf16_or_32):
        new -= {"ED001", "FM001", "TXT004"}  # of bytes that are no text no one says what is missing
    if "HTML011" in errors(seen[text]):
        new.discard("TXT004")  # of a page whose rest is lost no one says what it shows
    assert not new, f"{kind} fixes of {codes} bring {sorted(new)}"
    if not unsafe and not deadly(seen[text]):
        stops = sorted(deadly(after))
        assert not stops, f"safe fixes of {codes} bring {stops}, which stops the build"
    if not unsafe and codes:
        check_tags(post_of(text, target, path), post_of(fixed.text, target, path), codes, seen)


def check_tags(before: Post, after: Post, codes: list[str], seen: dict[str, list[Finding]]) -> None:
    """Safe fixes change no tags, but of text in angle brackets, and where Markdown is fixed."""
    meant_as_text = {
        name
        for linted, found in seen.items()
        for one in found
        if one.code == "HTML012" and one.fix and one.fix.safety == "safe"
        for name, *_ in tags(linted[slice(*one.span)])
    }
    # What Markdown took for text are then the tags that browsers see in it.
    is_mended = bool(before.markdown_changes) and not after.markdown_changes
    seen_by = browser_tags_of if is_mended or "MD002" in codes else tags_of
    one, other = (
        [tag for tag in seen_by(post) if tag[0].removeprefix("/") not in meant_as_text]
        for post in (before, after)
    )
    assert one == other, f"safe fixes of {codes} change tags: {_difference(one, other)}"


SAME = {"FM002": "FM001", "ED002": "ED001"}
"""No front matter, and none that ends; no editor's line, and one that names no one."""


def errors(findings: Iterable[Finding]) -> set[str]:
    """The codes of the errors, of two that say the same of a post the first."""
    codes = {one.code for one in findings if one.severity is Severity.ERROR}
    return {SAME.get(code, code) for code in codes}


def deadly(findings: Iterable[Finding]) -> set[str]:
    """The codes of what stops the build."""
    return {one.code for one in findings if one.impact is Impact.BUILD}


class Uncovers(NamedTuple):
    """What fixes bring to light: it was in the post, but no one could see it.

    ``families`` begin the codes that may then be new, ``by`` are the rules whose fixes do it (None
    for all): the unsafe ones, of ``safe`` all. ``markdown`` is for Markdown files alone.
    """

    why: str
    by: set[str] | None
    families: tuple[str, ...]
    safe: bool = False
    markdown: bool = False


ANYTHING = ("",)
UNCOVERS = (
    Uncovers("front matter that did not parse, or was printed, is read and judged",
             {"FM003", "FM014", "FM025"}, ("FM", "NL", "SEC008", "TXT004"), safe=True),
    Uncovers("whether a file is meant as HTML is told by the share of tags in it, which any edit"
             " moves; safe ones are held to the rendered page by the guard",
             None, ("MD",), safe=True, markdown=True),
    Uncovers("what was Markdown is HTML", {"MD002"}, ANYTHING),
    Uncovers("an end tag that Markdown prints is reported once nothing opens it", {"HTML012"},
             ("HTML002",), safe=True, markdown=True),
    Uncovers("a permalink without the white space before it is another", {"FM016"}, ("SEC008",)),
    Uncovers("an unknown element counts as markup by an attribute with a value; a second one is none",
             {"HTML004"}, ("HTML012",), safe=True),
    Uncovers("a title that was a mapping is a text, and may be all that the body says",
             {"FM006", "FM022"},
             ("TXT004",), safe=True),
    Uncovers("text that nobody saw stands in the editor's line", {"HTML012"}, ("ED",), safe=True),
    Uncovers("a misspelled field has the name of one that the schema judges", {"FM026"},
             ("FM", "SEC008", "TXT004")),
    Uncovers("a lone CR ended no line of the front matter; a line feed does", {"TXT007"}, ("FM", "SEC008")),
    Uncovers("what an unclosed comment or style swallowed is part of the page", {"HTML011"},
             ANYTHING),
    Uncovers("what was a code block is HTML", {"MD001"}, ANYTHING),
    Uncovers("bytes that were no text are text", {"TXT001"}, ANYTHING),
    Uncovers("these are unsafe only where a tag or other Markdown comes to light",
             {"HTML010", "NL001", "TXT003"}, ANYTHING),
    Uncovers("without a tag before it, what was printed begins a line as front matter does",
             REMOVING, ("FM025",)),
    Uncovers("the line of such a tag was raw HTML, and is Markdown without it", REMOVING,
             ("HTML", "SEC", "IMG", "LNK", "MD"), markdown=True),
    Uncovers("what a shortcode of code contained is HTML", {"TPL001"}, ("HTML",)),
    Uncovers("behind a template that ended the build the engine reads on", {"TPL001"}, ("TPL002",)),
    Uncovers("what was removed was all there was", REMOVING, ("TXT004", "ED")),
    Uncovers("a reference that was shown as text is a space", {"TXT006"}, ("TXT004", "ED")),
    Uncovers("of a pair of tags one is text", {"HTML012", "HTML013"}, ("HTML", "ED", "LNK")),
    Uncovers("an image that Markdown showed as source has a URL", {"MD005"}, ("LNK002",)),
    Uncovers("an image without a URL has the one that stood in another attribute", {"IMG002"},
             ("LNK002",)),
)  # fmt: skip


def uncovered(codes: Iterable[str], new: set[str], path: str, *, unsafe: bool) -> set[str]:
    """Of new errors those that a fix brings to light; see `UNCOVERS`."""
    families = tuple(
        family
        for one in UNCOVERS
        if (one.by is None or not one.by.isdisjoint(codes))
        and (unsafe or one.safe)
        and (path.endswith(".md") or not one.markdown)
        for family in one.families
    )
    return {code for code in new if families and code.startswith(families)}


def tags_of(post: Post) -> list[tuple[str, ...]]:
    """The tags of a body; in Markdown without what it takes for text."""
    return tags(without_text_tags(post.body_text) if post.is_markdown else post.body_text)


def browser_tags_of(post: Post) -> list[tuple[str, ...]]:
    """The tags of a body as they are written."""
    return tags(post.body_text)


def tags(html: str) -> list[tuple[str, ...]]:
    """The tags of a text with the names and values of their attributes, as html5lib cuts them."""
    tokenizer = HTMLTokenizer(printable(html))
    found: list[tuple[str, ...]] = []
    for token in tokenizer:
        if token["type"] == constants.tokenTypes["StartTag"]:
            flat = [token["name"]]
            for name, value in token["data"].items():
                if name not in OWN:
                    flat += (name, _kind(name, value))
            found.append(tuple(flat))
            if state := RAW_TEXT.get(token["name"]):
                tokenizer.state = getattr(tokenizer, state)
        elif token["type"] == constants.tokenTypes["EndTag"]:
            found.append((f"/{token['name']}",))
    return found


def _kind(name: str, value: str) -> str:
    """Of an attribute that a safe fix may write otherwise, what must stay."""
    if name in ("href", "src", "action", "formaction"):
        scheme = re.match(r"[a-z][a-z0-9+.-]*:", "".join(unescape(value).split()).lower())
        return scheme[0] if scheme else ""
    return ""


def _twice(places: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [one for number, one in enumerate(places) if one in places[:number]]


def _difference(one: list[tuple[str, ...]], other: list[tuple[str, ...]]) -> str:
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    return f"{one[at : at + 2]} / {other[at : at + 2]}"
