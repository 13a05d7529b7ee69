"""The structure of a post's HTML: its tags with their attributes, and what is wrong with them.

Most posts are balanced, in plain lower-case tags. One regular expression and a small loop prove
that in some microseconds. Whatever they cannot prove, or whatever is odd (a ``<`` in a comment, a
style or a value, upper case), is run through the exact tokenizer and `newslint.nesting`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from newslint import content_model as model
from newslint import lazy
from newslint.lazy import cached_property
from newslint.markup import RAW_TEXT, Attribute, Token, TokenKind, attributes, tokens
from newslint.problem import Problem, ProblemKind
from newslint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newslint.body import Body
    from newslint.post import Post

__all__ = ["Problem", "ProblemKind", "Structure", "Tag", "has_problems"]

_ATTRIBUTES = (
    r"(?:[ \t\n\r\f]++[a-z][a-z0-9_:.-]*+"
    r"(?:=(?:\"[^\"<]*+\"|'[^'<]*+'|[^ \t\n\r\f\"'<>=`]++))?+)*+"
)
_PLAIN = lazy.pattern(
    rf"<(?:(/?[a-z][a-z0-9-]*+)(?:>|({_ATTRIBUTES})[ \t\n\r\f]*+/?>)(?:[^<]*+(</)\1>)?+"
    r"|!--(?!-?>)(?:[^<-]++|-(?!-!?>))*+--!?>)"
)
"""A tag, with its end tag if only text is in between, or a comment; neither holds a ``<``.

It takes less than a browser does, never more: each ``<`` that it matches begins a tag or comment.
"""

_BLANKS = (" ", "\t", "\n", "\r", "\f", ">")
"""White space, and what ends a tag."""

_DEEPEST = 64
"""Nesting above which the quick look gives up, so that it stays linear."""

_BLOCK, _HEADING, _INLINE, _VOID, _RULE, _RAW, _INSIDE, _ODD = range(8)

_ENDLESS = frozenset({_VOID, _RULE})

_INSIDE_OF: dict[str, frozenset[str]] = {
    "li": frozenset({"menu", "ol", "ul"}),
    "dd": frozenset({"dl"}),
    "dt": frozenset({"dl"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "tr": frozenset({"table", "tbody", "tfoot", "thead"}),
    "tbody": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
}
"""Parents in which these close nothing. The quick look knows no others."""

_LOOK: dict[str, int] = {
    **dict.fromkeys(model.CLOSES_P, _BLOCK),
    **dict.fromkeys(model.HEADINGS, _HEADING),
    **dict.fromkeys(model.NO_NESTING, _INLINE),
    **dict.fromkeys(model.VOID_TO_BROWSERS, _VOID),
    **dict.fromkeys(RAW_TEXT, _RAW),
    **dict.fromkeys(_INSIDE_OF, _INSIDE),
    **dict.fromkeys(model.FOREIGN | model.HTML_AGAIN | set(model.CLOSED_AT_TOP), _ODD),
    **dict.fromkeys(("body", "col", "colgroup", "form", "head", "html"), _ODD),
    **dict.fromkeys(("plaintext", "xmp"), _ODD),
    "hr": _RULE,
}


class Tag(NamedTuple):
    """A start tag and its attributes (offsets of the body's ``html``)."""

    token: Token
    attributes: tuple[Attribute, ...]


class Structure:
    """What the tags of a body are and how they nest. Offsets are those of ``body.html``.

    ``names`` are the names of the tags (``/p`` is an end tag), ``attribute_texts`` the attributes
    of each tag as written, with lower-case names and no blanks around ``=``; a tag inside of raw
    text may be among them, none is missing but an end tag behind plain text. Both are None where
    the quick look did not understand the text: look at ``tags`` then.
    """

    def __init__(self, body: Body, *, markdown: bool = False) -> None:
        self._html = body.html
        self._body = body
        self._markdown = markdown
        self.attribute_texts: tuple[str, ...] | None = None
        self.names: frozenset[str] | None = None
        self._balanced = False
        count = body.openings
        pairs: list[tuple[str, str, str]] = _PLAIN.findall(body.html) if count else []
        names, texts, leaves = zip(*pairs, strict=True) if pairs else ((), (), ())
        if 2 * len(pairs) - leaves.count("") == count:
            self.names = frozenset(names)
            self.attribute_texts = texts
            self._balanced = _balanced(pairs)

    @cached_property
    def attribute_text(self) -> str | None:
        """All of ``attribute_texts``, for a quick search."""
        return None if self.attribute_texts is None else "\n".join(self.attribute_texts)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the nesting, in the order of the places."""
        if self._balanced:
            return ()
        from newslint.nesting import problems

        return problems(self.tokens)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tags, comments and raw text; in Markdown, what it takes for text is left out."""
        if self._markdown and self.names is None:
            from newslint.prose_tags import without_text_tags

            text = without_text_tags(self._html)
            if text != self._html:
                return tuple(_tokens(text))
        if "<svg" in self._html or "<math" in self._html:
            return tuple(_tokens(self._html))
        return self._body.tokens

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The start tags with their attributes."""
        html = self._html
        return tuple(
            Tag(token, tuple(attributes(html, token)))
            for token in self.tokens
            if token.kind is TokenKind.START and token.closed
        )

    def next_token(self, token: Token) -> Token | None:
        """The token behind one of ``tokens``."""
        at = bisect_right(self.tokens, token.span, key=lambda other: other.span)
        return self.tokens[at] if at < len(self.tokens) else None

    def cut(self, attribute: Attribute) -> Span:
        """What to cut to remove an attribute: it and the blanks before it.

        The blanks stay where they still part what is left: ``a=1 b="2"c=3``, ``a=1 b="2"/>``,
        ``a/ b>``.
        """
        html, (start, end) = self._html, attribute.span
        if html[end : end + 1] in _BLANKS:
            while html[start - 1] in _BLANKS[:-1]:
                start -= 1
            if html[start - 1] == "/":
                start = attribute.span.start
        return Span(start, end)

    def of_kind(self, kind: ProblemKind) -> list[Problem]:
        """The problems of one kind."""
        return [problem for problem in self.problems if problem.kind is kind]


def has_problems(post: Post) -> bool:
    """Whether anything is wrong with a post's tags: the trigger of the rules that say what."""
    return bool(post.structure.problems)


def _tokens(text: str) -> Iterator[Token]:
    """The tokens of a text; ``<title/>`` in an SVG is whole there, and no raw text follows."""
    position, foreign = 0, 0
    while True:
        for token in tokens(text, position):
            yield token
            if token.name in model.FOREIGN and not token.self_closing:
                foreign = max(0, foreign + (1 if token.kind is TokenKind.START else -1))
            elif foreign and token.self_closing and token.name in RAW_TEXT:
                position = token.span.end
                break
        else:
            return


def _balanced(pairs: list[tuple[str, str, str]]) -> bool:
    """Whether tags are certainly closed and nested as they should be; False means unknown."""
    stack: list[str] = []
    parent = again = ""
    children = model.CHILDREN
    for name, _, leaf in pairs:
        # An element that is closed at once changes nothing: the next of its name fits too.
        if leaf and name == again:
            continue
        again = name if leaf else ""
        look = _LOOK.get(name)
        if look is None:
            if not name:
                continue
            if name[0] == "/":
                if parent != name[1:]:
                    return False
                stack.pop()
                parent = stack[-1] if stack else ""
                continue
        elif look == _BLOCK:
            if "p" in stack:
                return False
        elif not _fits(look, name, leaf, parent, stack):
            return False
        if parent in children and name not in children[parent]:
            return False
        if leaf or look in _ENDLESS:
            continue
        if len(stack) > _DEEPEST:
            return False
        stack.append(name)
        parent = name
    return not stack


def _fits(look: int, name: str, leaf: str, parent: str, stack: list[str]) -> bool:
    """Whether a start tag closes nothing where it stands, and what it opens is closed."""
    if look == _VOID:
        return not leaf
    if look == _INLINE:
        return name not in stack
    if look == _RAW:
        return bool(leaf)
    if look == _INSIDE:
        return parent in _INSIDE_OF[name]
    if look == _HEADING:
        return "p" not in stack and parent not in model.HEADINGS
    return look == _RULE and not leaf and "p" not in stack
