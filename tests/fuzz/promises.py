"""What newslint promises of every input: of its findings, and of what it fixes.

Tags are told apart by html5lib, not by newslint's own tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from html5lib import constants
from html5lib._tokenizer import HTMLTokenizer

from newslint import Finding, Post, Severity
from newslint.core.source import Source, printable
from newslint.generators import Target
from newslint.generators.markdown.inline_html import without_text_tags
from newslint.linter import registry
from newslint.linter.archive_rules import facts
from newslint.linter.engine import RuleSet, lint, order, report
from newslint.linter.fixer import Fixed, fix

RULES = RuleSet([rule() for rule in registry.rules().values()])
RAW_TEXT = {"script": "scriptDataState", "style": "rawtextState", "textarea": "rcdataState",
            "title": "rcdataState", "xmp": "rawtextState", "iframe": "rawtextState",
            "noembed": "rawtextState", "noframes": "rawtextState", "plaintext": "plaintextState"}  # fmt: skip
REMOVING = {"FM025", "HTML002", "HTML006", "HTML009", "IMG006", "SEC001", "SEC005"}
"""Rules whose unsafe fix takes an element or a tag away."""
OWN = {"referrerpolicy", "rel", "target"}
"""Attributes that safe fixes set."""


def post_of(text: str, target: str, path: str) -> Post:
    """A text as the post that it stands for."""
    return Post(Source.from_text(text), path, Target.parse(target))


def findings_of(post: Post) -> list[Finding]:
    """The findings of all rules, each held to what holds of every finding."""
    found = lint(post, RULES)
    broken = [one.message for one in found if one.code == "NL999"]
    assert not broken, broken
    length = len(post.text)
    assert all(0 <= one.span.start <= one.span.end <= length for one in found), found
    assert found == sorted(found, key=order)
    places = [(one.code, one.span, one.message) for one in found]
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
    codes = sorted(set(fixed.codes))
    bugs = [one.message for one in fixed.remaining if one.code == "NL999"]
    assert not bugs, bugs
    after = findings(post_of(fixed.text, target, path))
    left = {one.code for one in after if one.fix and (unsafe or one.fix.safety == "safe")}
    assert not left, f"{kind} fixes of {sorted(left)} are left after {codes}"
    again = fixed_once(fixed.text).text
    assert again == fixed.text, f"a second run changes the text after {codes}"
    new = errors(after) - errors(seen[text])
    new -= uncovered(fixed.codes, new, path, unsafe=unsafe)
    if unsafe and not Source.from_text(text).is_utf8:
        new -= {
            "ED001",
            "FM001",
            "TXT004",
        }  # where bytes are no text, nobody knows what readers see
    assert not new, f"{kind} fixes of {codes} bring {sorted(new)}"
    if not unsafe and fixed.codes:
        meant_as_text = {
            name
            for linted, found in seen.items()
            for one in found
            if one.code == "HTML012" and one.fix and one.fix.safety == "safe"
            for name, *_ in tags(linted[slice(*one.span)])
        }
        one, other = (
            [
                tag
                for tag in tags_of(post_of(each, target, path))
                if tag[0].removeprefix("/") not in meant_as_text
            ]
            for each in (text, fixed.text)
        )
        assert one == other, f"safe fixes of {codes} change tags: {_difference(one, other)}"


def errors(findings: Iterable[Finding]) -> set[str]:
    return {one.code for one in findings if one.severity is Severity.ERROR}


def uncovered(codes: Iterable[str], new: set[str], path: str, *, unsafe: bool) -> set[str]:
    """Of new errors those that a fix brings to light: they were there, but out of sight."""
    done = set(codes)
    families: tuple[str, ...] = ()
    if (
        done & {"FM003", "FM014", "FM025"}
        or (unsafe and "FM026" in done)
        or (unsafe and "TXT007" in done)
    ):
        families += ("FM", "SEC008")  # front matter that nobody could read
    if unsafe and done & {"HTML011", "MD001", "TXT001"}:
        return new  # what was swallowed, was code or in another encoding is a page now
    if unsafe and done & {"HTML010", "NL001", "TXT003"}:
        return new  # they are unsafe just where a tag or other Markdown comes to light
    if unsafe and done & REMOVING:
        families += ("FM025",)  # fields that were printed behind a tag begin a line now
        # In Markdown the line of such a tag is raw HTML, and without it prose.
        families += ("HTML", "SEC", "IMG") if path.endswith(".md") else ()
    if unsafe and done & {"HTML012", "HTML013"}:
        families += ("HTML", "ED", "LNK")  # of a pair of tags one may be text now
    if unsafe and "IMG002" in done:
        families += ("LNK002",)  # an image without an address got the one that it has
    if unsafe and done & REMOVING:
        families += ("TXT004", "ED")  # all there was
    return {code for code in new if code.startswith(families or ("-",))}


def tags_of(post: Post) -> list[tuple[str, ...]]:
    """The tags of a body; in Markdown without what it takes for text."""
    return tags(without_text_tags(post.body_text) if post.is_markdown else post.body_text)


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
