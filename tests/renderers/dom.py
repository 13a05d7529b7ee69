"""What a page says to a browser: its tree as a flat list, white space that no one sees left out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import html5lib

BLOCKS = frozenset(
    (  # noqa: SIM905
        "html head body address article aside blockquote center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr li"
        " link main menu meta nav noframes ol optgroup option p pre search section summary table"
        " tbody td template tfoot th thead title tr ul caption colgroup col script style br"
    ).split()
)
_EXACT = frozenset({"pre", "textarea", "script", "listing", "xmp", "plaintext"})
_SPACES = re.compile(r"[ \t\n\r\f]+")

Token = tuple[Any, ...]
"""``("<", tag, attributes)``, ``(">", tag)``, ``("#", comment)`` or ``("", text)``."""


def tokens(html: str, *, scripts: bool = False) -> list[Token]:
    """The complete page, in the order of its text, parsed as the HTML standard says.

    ``scripts`` as in a reader's browser, which runs them: what is in ``<noscript>`` is then no
    markup.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        root = html5lib.parse(html, namespaceHTMLElements=False, scripting=scripts)
    return list(_trimmed(_joined(_walk(root))))


def _walk(root: Any) -> Iterator[tuple[Token, bool]]:
    """The tokens, each with whether white space counts where it is; without recursion."""
    stack: list[tuple[str, Any, bool]] = [("enter", root, False)]
    while stack:
        step, node, exact = stack.pop()
        if step == "text":
            if node:
                yield ("", node), exact
        elif step == "leave":
            yield (">", node), exact
        elif not isinstance(node.tag, str):
            yield ("#", (node.text or "").strip()), exact
        else:
            tag = node.tag.rpartition("}")[2]
            inner = exact or tag in _EXACT
            yield ("<", tag, tuple(sorted(map(_attribute, node.attrib.items())))), exact
            stack.append(("leave", tag, exact))
            for child in reversed(node):
                stack.append(("text", child.tail, inner))
                stack.append(("enter", child, inner))
            stack.append(("text", node.text, inner))


def _attribute(item: tuple[Any, str]) -> tuple[str, str]:
    return str(item[0]), item[1]


def _joined(parts: Iterator[tuple[Token, bool]]) -> list[tuple[Token, bool]]:
    """Pieces of text that touch as one, runs of white space as one blank."""
    joined: list[tuple[Token, bool]] = []
    for token, exact in parts:
        if token[0] == "" and not exact:
            token = ("", _SPACES.sub(" ", token[1]))
        if token[0] == "" and joined and joined[-1][0][0] == "":
            before = joined[-1][0][1]
            text = before + token[1]
            joined[-1] = (("", text if exact else _SPACES.sub(" ", text)), exact)
        else:
            joined.append((token, exact))
    return joined


def _trimmed(parts: list[tuple[Token, bool]]) -> Iterator[Token]:
    """Without the white space beside blocks, which no browser shows."""
    for at, (token, exact) in enumerate(parts):
        if token[0] != "" or exact:
            yield token
            continue
        text = token[1]
        if at == 0 or _is_block(parts[at - 1][0]):
            text = text.lstrip(" ")
        if at + 1 == len(parts) or _is_block(parts[at + 1][0]):
            text = text.rstrip(" ")
        if text:
            yield ("", text)


def _is_block(token: Token) -> bool:
    return token[0] == "#" or (token[0] in "<>" and token[1] in BLOCKS)


def visible(text: str) -> str:
    """A text as a line of a page shows it."""
    return _SPACES.sub(" ", text).strip(" ")
