"""What becomes of text that a Markdown renderer reads as Markdown: as a message, and as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import join_and, join_semicolon, msg
from newslint.generators.markdown.dialects import Dialect
from newslint.generators.markdown.inline_code import tags_and_comments
from newslint.generators.markdown.kramdown_grammar import Event
from newslint.generators.markdown.printed_tags import MALFORMED

if TYPE_CHECKING:
    from markdown_it.token import Token

CODE = msg("indented by four or more spaces after an empty line, so readers see the tags as code")

KRAMDOWN = {
    Event.TEXT: msg("text outside of elements is rendered as Markdown, in a <p> element"),
    Event.CODE: CODE,
    Event.STRAY: msg("this end tag matches no open element and is printed as text"),
    Event.UNREAD: MALFORMED,
    Event.UNCLOSED: msg(
        "the element has no end tag, and is closed at a different place than in a browser"
    ),
    Event.PARAGRAPH: msg(
        "the paragraph has no end tag, and is closed too late, which adds an empty paragraph"
    ),
    Event.ATTRIBUTE: msg(
        "of a duplicate attribute, the last value is kept; browsers keep the first"
    ),
    Event.DEPTH: msg("the elements are nested too deep, and the build stops"),
    Event.ENTITY: msg("a character reference without a semicolon is printed as text"),
}

_BLOCKS = {
    "heading_open": msg("a heading"),
    "bullet_list_open": msg("a list"),
    "ordered_list_open": msg("a numbered list"),
    "blockquote_open": msg("a quote block"),
    "hr": msg("a horizontal rule"),
    "table_open": msg("a table"),
    "fence": msg("a code block"),
    "code_block": msg("a code block"),
}
_INLINE = (
    (
        lazy.pattern(r"(?<![\w*])\*{1,3}[^\s*]|[^\s*]\*{1,3}[^\s*]|\b_{1,3}[^\s_]"),
        msg("* and _ may become emphasis"),
    ),
    (lazy.pattern(r"(?<![\"'=/\w])(?:https?://|www\.)[\w-]"), msg("a plain URL becomes a link")),
    (lazy.pattern(r"`[^`]"), msg("text in backticks becomes code")),
    (lazy.pattern(r"\]\("), msg("brackets become a link")),
    (lazy.pattern(r"\\[!-/:-@\[-`{-~]"), msg("a backslash is removed")),
)
_STRUCK = lazy.pattern(r"~[^\s~](?:[^~]*[^\s~])?~")


def detail(tokens: list[Token], rules: Dialect) -> str:
    """Return what becomes of the blocks of one region, for a writer."""
    kinds = [kind for t in tokens if t.level == 0 and (kind := _BLOCKS.get(t.type))]
    words = [msg("becomes {kinds}", kinds=join_and(list(dict.fromkeys(kinds))))] if kinds else []
    if any(token.type == "paragraph_open" and token.level == 0 for token in tokens):
        words.append(msg("is put into a <p> element"))
    if any(token.type == "definition" for token in tokens):
        words.append(msg("a line is read as a link definition and removed"))
    content = "\n".join(t.content for t in tokens if t.type == "inline")[:10_000]
    text = " ".join(_between(content))
    words += [said for pattern, said in _INLINE if pattern.search(text)]
    if rules.marked and _STRUCK.search(text):
        words.append(msg("the text between two ~ is struck through"))
    return msg(
        "rendered as Markdown: {words}", words=join_semicolon(words or [msg("the content changes")])
    )


def rendered(tokens: Sequence[Token]) -> str:
    """The blocks as HTML, in which text is left as it is: enough to see what changes. Linear."""
    pieces: list[str] = []
    for token in tokens:
        if token.type == "html_block":
            pieces.append(token.content)
        elif token.type == "inline":
            pieces.append(_escaped(token.content))
        elif token.type in ("code_block", "fence"):
            pieces.append(f"<pre><code>{_plain(token.content)}</code></pre>\n")
        elif token.tag and not token.hidden:
            slash = "/" if token.nesting < 0 else ""
            pieces.append(f"<{slash}{token.tag}>" + ("\n" if token.level == 0 else ""))
    return "".join(pieces)


def _escaped(text: str) -> str:
    """Inline text: tags and comments stay, every other ``<`` and ``>`` is text."""
    pieces: list[str] = []
    position = 0
    for start, end in tags_and_comments(text):
        pieces += (_plain(text[position:start], "&"), text[start:end])
        position = end
    return "".join([*pieces, _plain(text[position:], "&")])


def _between(text: str) -> Iterator[str]:
    """Yield what is between the tags and comments."""
    position = 0
    for start, end in tags_and_comments(text):
        yield text[position:start]
        position = end
    yield text[position:]


def _plain(text: str, ampersand: str = "&amp;") -> str:
    return text.replace("&", ampersand).replace("<", "&lt;").replace(">", "&gt;")
