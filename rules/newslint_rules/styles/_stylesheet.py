"""What a style sheet says: its mistakes, the selectors that leak, what it fetches from elsewhere.

tinycss2 reads it as the CSS Syntax module says, which is how a browser does. A plain sheet, in
which nothing can be wrong, is known by one regular expression and never parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newslint import lazy, msg
from newslint_rules.styles._selectors import flaw, leaking

if TYPE_CHECKING:
    from tinycss2.ast import Node

SIZE_LIMIT = 100_000
"""Code points of a style above which it is not read: tinycss2 takes a second or two for them."""

_NAME = r"-{0,2}+[^\W\d][\w-]*+"
_VALUE = r"(?:[\w\s#%.,+*-]|/(?!\*)|\([\w\s#%.,+*-]*+\)|!\s*+important)++"
_BLOCK = rf"\{{(?:\s++|;|{_NAME}\s*+:{_VALUE}(?=[;}}]))*+\}}"
_LOOSE = r"\s++|[>+~]\s*+(?=[\w.#*:])|[^\W\d][\w-]*+|\*|::?+[a-z-]++"
_SCOPE = r"[.#]-?+[^\W\d][\w-]*+"
_SELECTOR = rf"(?![\s]*+[>+~])(?:{_LOOSE})*+{_SCOPE}(?:{_LOOSE}|{_SCOPE})*+"
_PLAIN = lazy.pattern(rf"(?:\s++|{_SELECTOR}(?:,{_SELECTOR})*+{_BLOCK})*+\Z")

_GROUPS = frozenset({"media", "supports", "layer", "container", "document", "-moz-document"})
_FRAMES = ("keyframes",)
_DECLARING = frozenset({"font-face", "page", "counter-style", "property", "viewport"})
_FETCHING = frozenset({"url", "src", "image-set", "-webkit-image-set", "image"})


class Remark(NamedTuple):
    """Something about a sheet: its line there, counted from 1, and what or which it is."""

    line: int
    text: str


class Sheet(NamedTuple):
    """What is to be reported of a style sheet."""

    mistakes: tuple[Remark, ...] = ()
    leaks: tuple[Remark, ...] = ()
    """The selectors that reach the complete site."""
    addresses: tuple[Remark, ...] = ()
    """What is fetched, by ``url()`` or ``@import``."""


PLAIN = Sheet()


@lru_cache(maxsize=128)
def read(css: str) -> Sheet:
    """Read a style sheet whose braces are raw."""
    if len(css) > SIZE_LIMIT or _PLAIN.match(css):
        return PLAIN
    import tinycss2

    # A form feed ends a line in CSS, and in no editor.
    css = css.replace("\f", " ")
    mistakes: list[Remark] = []
    leaks: list[Remark] = []
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    stack = [("sheet", list(reversed(rules)))]
    while stack:
        where, nodes = stack[-1]
        if not nodes:
            stack.pop()
            continue
        node = nodes.pop()
        inner = _judge(node, where, mistakes, leaks)
        if inner is not None:
            kind, content = inner
            parsed = tinycss2.parse_blocks_contents(
                content, skip_comments=True, skip_whitespace=True
            )
            stack.append((kind, list(reversed(parsed))))
    if rules and not _closed(css):
        line = rules[-1].source_line
        mistakes.append(
            Remark(line, msg("the block, string or comment that begins here is not closed"))
        )
    mistakes.sort(key=lambda remark: remark.line)
    return Sheet(tuple(mistakes), tuple(leaks), tuple(_addresses(css)))


def _judge(
    node: Node, where: str, mistakes: list[Remark], leaks: list[Remark]
) -> tuple[str, list[Node]] | None:
    """Look at one rule or declaration; returns what it holds, and what kind of place that is."""
    line = node.source_line
    if node.type == "error":
        mistakes.append(Remark(line, _words(node, where)))
    elif node.type == "declaration":
        if (bad := _bad_token(node.value)) is not None:
            mistakes.append(Remark(bad.source_line, _words(bad, where)))
    elif node.type == "qualified-rule":
        if where not in ("frames", "declarations"):
            if (wrong := flaw(node.prelude)) is not None:
                mistakes.append(Remark(line, wrong))
            elif where == "sheet":
                leaks.extend(Remark(line, name) for name in leaking(node.prelude))
        return ("frame" if where == "frames" else "rule"), node.content
    elif node.type == "at-rule":
        keyword = node.lower_at_keyword
        if node.content is None:
            return None
        if keyword in _GROUPS:
            return where, node.content
        if keyword.endswith(_FRAMES):
            return "frames", node.content
        if keyword in _DECLARING:
            return "declarations", node.content
    return None


def _words(node: Node, where: str) -> str:
    """Return a mistake as a message."""
    if node.kind in ("bad-string", "eof-in-string"):
        return msg("a string is not closed on its line")
    if node.kind in ("bad-url", "eof-in-url"):
        return msg("a URL in url() is malformed")
    if node.kind in (")", "]", "}"):
        return msg("{kind} closes nothing", kind=node.kind)
    if where == "sheet":
        return msg("this is not a rule; write a selector and a block in braces")
    return msg("this is not a declaration; write a name, a colon and a value")


def _bad_token(tokens: Iterable[Node]) -> Node | None:
    return next((token for token in _all(tokens) if token.type == "error"), None)


def _all(tokens: Iterable[Node]) -> Iterator[Node]:
    """Tokens and those inside their brackets, in order; without recursion."""
    stack = [iter(tokens)]
    while stack:
        for token in stack[-1]:
            yield token
            inner = getattr(token, "content", None) or getattr(token, "arguments", None)
            if isinstance(inner, list):
                stack.append(iter(inner))
                break
        else:
            stack.pop()


def _closed(css: str) -> bool:
    """Return whether everything that is opened is closed: then one more brace closes nothing."""
    import tinycss2

    last = tinycss2.parse_component_value_list(css + "\n}")[-1]
    return bool(last.type == "error" and last.kind == "}")


def _addresses(css: str) -> Iterator[Remark]:
    import tinycss2

    rule = ""
    fetching: set[int] = set()
    for node in _all(tinycss2.parse_component_value_list(css, skip_comments=True)):
        kind = node.type
        if kind == "at-keyword":
            rule = node.lower_value
        elif kind == "{} block" or node == ";":
            rule = ""
        elif rule == "namespace":
            continue  # A name that looks like an address: nothing is fetched.
        elif kind == "function" and node.lower_name in _FETCHING:
            fetching.update(id(argument) for argument in node.arguments)
        elif kind == "url" or (kind == "string" and (rule == "import" or id(node) in fetching)):
            yield Remark(node.source_line, node.value)


def declared_addresses(style: str) -> list[str]:
    """Return what a ``style`` attribute fetches."""
    if len(style) > SIZE_LIMIT:
        return []
    return [remark.text for remark in _addresses(style)]
