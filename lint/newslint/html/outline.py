"""The structure of a post's HTML: its tags with their attributes, and what is wrong with them.

Most posts are balanced, in plain lower-case tags. Cutting the text at ``<`` and ``>`` and a small
loop prove that in some microseconds. Whatever they cannot prove, or whatever is odd (a ``<`` or
``>`` in a comment, a style or a value, upper case), is run through the exact tokenizer and
`newslint.html.nesting`.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newslint.core import lazy
from newslint.core.lazy import cached_property
from newslint.html import content_model as model
from newslint.html.problems import Problem, ProblemKind
from newslint.html.tokenizer import RAW_TEXT, Attribute, Token, TokenKind, attributes, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from newslint.html.tree import Body

__all__ = ["Problem", "ProblemKind", "Structure", "Tag"]

_ATTRIBUTES = (
    r"(?:[ \t\n\r]++[a-z][a-z0-9_:.-]*+"
    r"(?:=(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\r\f\"'=`]++))?+)*+"
)
_HEAD = lazy.pattern(rf"(/?[a-z][a-z0-9-]*+)(?:{_ATTRIBUTES}[ \t\n\r]*+/?+)?+|(?s:!--.*--)")
"""What stands between ``<`` and the first ``>`` of a tag or comment that is whole by then.

It takes less than a browser does, never more: each ``<`` that it fits begins a tag or comment.
No form feed, which parts attributes to a browser and ends a tag for Markdown.
"""

_PARTED = lazy.pattern(r"(?:\r\n?+|\n)[ \t]*+(?:[\r\n*+=#_`~|:0-9-]|\Z)")
"""Where a paragraph of Markdown may end within a tag, which is then none; a ``>`` that begins a
line begins a quotation."""

_ATTRIBUTE = lazy.pattern(
    r"[ \t\n]([a-z][a-z0-9_:.-]*+)"
    r"(?:=(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\"'=`]++)))?+"
)
"""An attribute in one of `Structure.tag_sources`."""

_REFERENCE = lazy.pattern(r"&(?!amp;|[A-Za-z0-9_]++=)")
"""What may stand for another character; in an attribute, ``&b=2`` does not (13.2.5.73)."""

_HEADS_KEPT, _HEAD_KEPT = 1_000, 100
"""Tags whose names are kept, and their code points at most: those of a site's posts are the same
few, but for the pictures."""

_SHAPE_KEPT = 500
"""Tags of a body up to which it is kept how they nest."""

_names: dict[str, str] = {}

_BARE = {
    head: head
    for name in (  # noqa: SIM905
        "a b blockquote br code div em figcaption figure h1 h2 h3 h4 h5 h6 hr i li ol p pre section"
        " span strong style sub sup table tbody td tfoot th thead tr u ul"
    ).split()
    for head in (name, f"/{name}")
}
"""Tags without attributes as they nearly all are: known at once."""

_DEEPEST = 64
"""Nesting above which the quick look gives up, so that it stays linear."""

_BLOCK, _HEADING, _INLINE, _VOID, _RULE, _RAW, _INSIDE, _ODD = range(8)

_ENDLESS = frozenset({_VOID, _RULE})

_CHILDREN = {**model.CHILDREN, **dict.fromkeys(RAW_TEXT, frozenset())}
"""Elements in which only some may stand. In raw text there are none: the ``<`` is text."""

_HIDDEN = frozenset({"script", "style"})
_HIDING = (RAW_TEXT | {"noscript", "template"}) - _HIDDEN
"""Elements of which nothing is shown, and others in which text is not what it seems."""

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

    Where the quick look understood the text, ``tag_sources`` is what stands between ``<`` and ``>``
    of each tag and comment (end tags too), with lower-case names and no blanks around ``=``,
    ``tag_names`` the name of each (``/p`` of an end tag, nothing of a comment), and
    ``following_text`` what follows each up to the next; ``leading_text`` is the text before the
    first, ``names`` are all names. A tag inside of raw text may be among them, none is missing.
    Where it did not understand, ``names`` is None and the others, but for ``leading_text``, are
    empty: look at ``tags`` then.
    """

    def __init__(self, body: Body, without_text: Callable[[str], str] | None = None) -> None:
        """``without_text`` masks each ``<`` that Markdown takes for text; None outside of it."""
        self._html = body.html
        self._body = body
        self._without_text = without_text
        self.tag_sources: Sequence[str] = ()
        self.tag_names: Sequence[str] = ()
        self.following_text: Sequence[str] = ()
        self.names: frozenset[str] | None = None
        self.attributed: Sequence[tuple[str, str]] = ()
        """The names of the tags that have attributes, or a ``/`` at the end, each with its head."""
        self._attributes: dict[str, Mapping[str, str] | None] = {}
        self.is_balanced = False
        """Whether it is proved that all tags are closed and nested as they should be."""
        self.leading_text = body.pieces[0]
        self._look(body.pieces)

    def _look(self, pieces: Sequence[str]) -> None:
        """The quick look, at the text cut at each ``<``."""
        heads: list[str] = []
        order: list[str] = []
        texts: list[str] = []
        attributed: list[tuple[str, str]] = []
        known = _BARE.get
        for piece in islice(pieces, 1, None):
            head, end, text = piece.partition(">")
            name = known(head)
            if name is None:
                name = _name(head)
                if name is None:
                    return
                if name and len(name) != len(head):
                    attributed.append((name, head))
            if not end:
                return
            heads.append(head)
            order.append(name)
            texts.append(text)
        self.tag_sources, self.tag_names, self.following_text = heads, order, texts
        self.attributed = attributed
        self.names = frozenset(order)
        look = _is_balanced if len(order) <= _SHAPE_KEPT else _is_balanced.__wrapped__
        self.is_balanced = look(_shape(order))

    @cached_property
    def attribute_text(self) -> str | None:
        """The heads of ``attributed``, for a quick search; None where ``names`` is."""
        if self.names is None:
            return None
        return "\n".join([head for _, head in self.attributed])

    @cached_property
    def shown(self) -> str | None:
        """The text between the tags, references not decoded, without that of styles and scripts.

        None where it takes a tree to know what is shown.
        """
        if not self.is_balanced or self.names is None or not self.names.isdisjoint(_HIDING):
            return None
        texts = self.following_text
        if not self.names.isdisjoint(_HIDDEN):
            both = zip(self.tag_names, texts, strict=True)
            texts = [text for name, text in both if name not in _HIDDEN]
        return self.leading_text + "".join(texts)

    def attributes(self, head: str) -> Mapping[str, str] | None:
        """The attributes of a tag, decoded, from one of ``tag_sources``.

        None where that is no matter of a glance: a name given twice, a reference, a line end.
        """
        try:
            return self._attributes[head]
        except KeyError:
            found = self._attributes[head] = _attributes_of(head)
            return found

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the nesting, in the order of the places."""
        if self.is_balanced:
            return ()
        from newslint.html.nesting import problems

        return problems(self.tokens)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tags, comments and raw text; in Markdown, what it takes for text is left out."""
        if self._without_text is not None and self.names is None:
            text = self._without_text(self._html)
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

    def of_kind(self, kind: ProblemKind) -> list[Problem]:
        """The problems of one kind."""
        return [problem for problem in self.problems if problem.kind is kind]


def _attributes_of(head: str) -> dict[str, str] | None:
    if "\r" in head or ("&" in head and _REFERENCE.search(head)):
        return None
    found = _ATTRIBUTE.findall(head)
    attributes = {name: double or single or bare for name, double, single, bare in found}
    if "&" in head:
        attributes = {name: value.replace("&amp;", "&") for name, value in attributes.items()}
    return attributes if len(attributes) == len(found) else None


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


def _name(head: str) -> str | None:
    """The name of a tag, by what stands between ``<`` and ``>``; None where it is odd."""
    known = _names.get(head)
    if known is not None:
        return known
    match = _HEAD.fullmatch(head)
    if match is None:
        return None
    name = match[1] or ""
    if name and ("\n" in head or "\r" in head) and _PARTED.search(head):
        return None
    if len(head) <= _HEAD_KEPT:
        if len(_names) >= _HEADS_KEPT:
            _names.clear()
        _names[head] = name
    return name


def _shape(order: Sequence[str]) -> str:
    """The names of tags in their order, of many short paragraphs that follow each other but one."""
    shape = " ".join(order)
    while (shorter := shape.replace(" p /p p /p ", " p /p ")) != shape:
        shape = shorter
    return shape


@lru_cache(maxsize=1024)
def _is_balanced(shape: str) -> bool:
    """Whether tags are certainly closed and nested as they should be; False means unknown."""
    stack: list[str] = []
    parent = ""
    children = _CHILDREN
    for name in shape.split(" ") if shape else ():
        if name[:1] == "/":
            if parent != name[1:]:
                return False
            stack.pop()
            parent = stack[-1] if stack else ""
            continue
        look = _LOOK.get(name)
        if look is None:
            if not name:
                if parent in RAW_TEXT:
                    return False
                continue
        elif look == _BLOCK:
            if "p" in stack:
                return False
        elif not _fits(look, name, parent, stack):
            return False
        if parent in children and name not in children[parent]:
            return False
        if look in _ENDLESS:
            continue
        if len(stack) > _DEEPEST:
            return False
        stack.append(name)
        parent = name
    return not stack


def _fits(look: int, name: str, parent: str, stack: list[str]) -> bool:
    """Whether a start tag closes nothing where it stands."""
    if look == _INLINE:
        return name not in stack
    if look == _INSIDE:
        return parent in _INSIDE_OF[name]
    if look == _HEADING:
        return "p" not in stack and parent not in model.HEADINGS
    if look == _RULE:
        return "p" not in stack
    return look in (_VOID, _RAW)
