"""The YAML that goccy/go-yaml reads, which Hugo has since 0.152.

It is libyaml's but for what is measured here: characters that it takes for text are replaced by
letters before libyaml sees them, and put back into the values. Each replacement is one character
long, so that places stay what they are.
"""

from __future__ import annotations

import re

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml import libyaml
from newslint.generators.yaml.js_nodes import YamlSyntaxError
from newslint.generators.yaml.nodes import all_nodes
from newslint.generators.yaml.simple import BLANK

_LETTERS = 0xF0000
"""Where the letters begin that represent characters: a plane of Unicode for private use."""
_TEXT = lazy.pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Characters that are text wherever they stand."""
_PATCHES = 50
"""Mistakes of libyaml's that are put right in one text; one with more is refused."""
_DOUBLE = lazy.pattern(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_PAIR = lazy.pattern(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_OPEN_VALUE = lazy.pattern(
    r"(?:^|\n)(?P<indent>[ ]*)(?:[^\s#][^\n]*:|-)[ \t]*(?P<gap>\r?\n(?:[ \t]*\r?\n)*[ ]*)\Z"
)
"""A key or a dash without a value, at the end of what is before a line."""
_VALUE = lazy.pattern(
    r"(?P<indent>[ ]*)(?P<word>(?!- |[{#]|-\r?$)(?:[^\s:]|:(?!\s|\Z))[^\n]*?)\r?$", re.M
)
_DASH = lazy.pattern(r"\r?\n[ \t]+-(?:\s|\Z)")
_KEYED = lazy.pattern(r":(?:\s|\Z)")
_DOCUMENT_END = lazy.pattern(r"^(\.\.\.)[ \t]*\r?\n", re.MULTILINE)
_PROPERTY = lazy.pattern(r"(?<= )(?:&(?!&)[^\s,\[\]{}]*(?=[ \t]+\S)|![^\s,\[\]{}]*(?=\s|\Z))")
"""An anchor or a tag, whatever its name, before something else."""
_LAST_ANCHOR = lazy.pattern(r"(?:^|\n)[^\n\"'#]*[:-][ \t]+(&[^\s,\[\]{}]+)\s*\Z")
_LONG_KEY = lazy.pattern(r"^[ ]*+[^\n:]{1020,}+:(?:\s|\Z)", re.MULTILINE)
_LINES_BACK, _LONGEST_LINE = 10, 200
"""How far before a mistake the line is looked for that caused it."""


def compose(text: str) -> Node | None:
    """The node of the first document; raises YamlSyntaxError where a document has a mistake."""
    if not text.strip(BLANK):
        return None
    shown = text if text.isascii() and text.isprintable() else _TEXT.sub(_letter, text)
    shown = _without_pairs(shown)
    for _ in range(_PATCHES):
        try:
            node = libyaml.compose(shown, whole=True)
        except YamlSyntaxError as error:
            patched = _patched(shown, error)
            if patched is None and _LONG_KEY.search(text):
                from newslint.generators.yaml import js_parser  # which has no limit either

                return js_parser.compose(text)
            if patched is None:
                raise
            shown = patched
            continue
        _check(text, node)
        if "\t" in text or shown is not text:
            _restore(node)
        return node
    raise YamlSyntaxError("syntax", 0, msg("this is not valid YAML"))


def _letter(match: re.Match[str]) -> str:
    return _letters(match[0])


def _letters(text: str) -> str:
    return "".join(chr(_LETTERS + ord(char)) for char in text)


def _without_pairs(text: str) -> str:
    """Two escapes that are one character together are read as such; libyaml refuses them."""
    return text if "\\u" not in text else _PAIR.sub(lambda pair: "x" * len(pair[0]), text)


def _patched(text: str, error: YamlSyntaxError) -> str | None:
    """Return the text without what libyaml alone refuses; None where both do."""
    if error.kind != "syntax":
        return None
    at = min(error.offset, len(text))
    char, line = text[at : at + 1], text[text.rfind("\n", 0, at) + 1 : at]
    in_flow = _depth(line) > 0
    if char == "," and line.rstrip().endswith("{"):
        return _blanked(text, at, at + 1)
    in_first = at == len(line) and not text.partition("\n")[0].strip()
    if char == "\t" and (line.strip() == "-" or in_first):
        return _blanked(text, at, at + 1)
    if _is_text(char, line, text[at + 1 : at + 2], in_flow) and (
        char not in ":-" or error.what == libyaml.NO_CONTENT
    ):
        return text[:at] + _letters(char) + text[at + 1 :]
    end = _DOCUMENT_END.search(text, 0, at)
    if end is not None and not text[end.end() : at].strip():
        return f"{text[: end.start(1)]}---{text[end.end(1) :]}"
    mark = _PROPERTY.search(text, max(0, at - 100), len(text))
    if mark is not None and mark.start() < at <= mark.end():
        return _blanked(text, mark.start(), mark.end())
    return _joined(text, at)


def _is_text(char: str, line: str, following: str, in_flow: bool) -> bool:
    """Return whether a character that libyaml does not take for the beginning of a word is one.

    ``line`` is what is before it.
    """
    if char == ",":
        return not in_flow
    if char in (":", "-"):
        return in_flow
    if char == "?":
        return following in ("", "\n", "\r")
    return char == "}" or (char == "%" and line[:1] == " ") or (char == "%" and line[-1:] == "\t")


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _depth(line: str) -> int:
    """Return how many brackets of a line are open, roughly: quotes are not looked at."""
    return sum(map(line.count, "[{")) - sum(map(line.count, "]}"))


def _joined(text: str, at: int) -> str | None:
    """Return a value in the line after its key or dash, no deeper than it, moved after it."""
    for _ in range(_LINES_BACK):
        start = text.rfind("\n", 0, at) + 1
        value = _VALUE.match(text, start)
        if value is not None and not _KEYED.search(value["word"]):
            found = _OPEN_VALUE.search(text, max(0, start - _LONGEST_LINE), value.start("word"))
            is_level = found is not None and len(found["indent"]) == len(value["indent"])
            if found is not None and is_level and not _DASH.match(text, value.end()):
                return _blanked(text, found.start("gap"), found.end("gap"))
        if not start:
            return None
        at = start - 1
    return None


def _check(text: str, root: Node | None) -> None:
    """Raise for what libyaml takes and goccy/go-yaml does not."""
    swallowed = text
    if "\t" in text and '"' in text:
        swallowed = _swallowed(text, root)
        if swallowed != text:
            libyaml.compose(_TEXT.sub(_letter, swallowed), whole=True)
    anchor = _LAST_ANCHOR.search(text)
    if anchor is not None:
        what = msg("an anchor has no value")
        raise YamlSyntaxError("syntax", anchor.start(1), what)
    for node in all_nodes(root) if root is not None else ():
        if isinstance(node, (SequenceNode, MappingNode)) and node.flow_style:
            _check_flow(text, node)


def _swallowed(text: str, root: Node | None) -> str:
    """Return each tab in double quotes makes it skip a character after the closing quote."""
    for node in all_nodes(root) if root is not None else ():
        if isinstance(node, ScalarNode) and node.style == '"':
            start, end = node.start_mark.index, node.end_mark.index
            written = text[start:end]
            skipped = len(re.findall(r'\t(?!")', written)) if "\n" not in written else 0
            text = _blanked(text, end, min(end + skipped, len(text)))
    return text


def _check_flow(text: str, node: Node) -> None:
    """A word in brackets must not go on at the beginning of a line."""
    for part in all_nodes(node):
        if isinstance(part, ScalarNode) and not part.style:
            start, end = part.start_mark.index, part.end_mark.index
            lines = text[start:end].rstrip().split("\n")[1:]
            if any(line.strip() and line[:1] not in (" ", "\t") for line in lines):
                at = text.index("\n", start) + 1
                what = msg("a word in brackets continues at the beginning of the next line")
                raise YamlSyntaxError("syntax", at, what)


_REPLACED = lazy.pattern(f"[{chr(_LETTERS)}-{chr(_LETTERS + 0xFFFF)}]")


def _restore(root: Node | None) -> None:
    """Put the characters back into the values; without quotes, tabs are lost."""
    for node in all_nodes(root) if root is not None else ():
        if isinstance(node, ScalarNode):
            value = node.value if node.style else node.value.replace("\t", "")
            node.value = _REPLACED.sub(lambda one: chr(ord(one[0]) - _LETTERS), value)
