"""What is wrong with the nesting of tags: which are never closed, close nothing, or overlap.

A browser repairs everything silently, so its tree tells nothing. Here the tags run over a stack
of open elements by the HTML standard's rules (13.2.6.4.7), and where a browser would repair, the
defect is kept until it is clear what the author wrote: one defect is one problem. Each tag costs
constant time, however deep the nesting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from newslint import content_model as model
from newslint.markup import RAW_TEXT, Token, TokenKind
from newslint.span import Span


class ProblemKind(Enum):
    """What is wrong with a tag."""

    UNCLOSED = auto()
    """A start tag of an element that needs an end tag and has none."""
    STRAY = auto()
    """An end tag that closes nothing."""
    MISNESTED = auto()
    """The start tag of an element that ends after the one in which it began."""
    NESTING = auto()
    """The start tag of an element that cannot stand where it does."""
    DOCUMENT = auto()
    """A doctype, ``<html>``, ``<head>`` or ``<body>``."""
    SWALLOWS = auto()
    """The beginning of a comment, raw text or tag that never ends: what follows is gone."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect: ``span`` is the tag that it is about, ``name`` its name (a comment has none).

    ``other`` is the element it collides with. ``leaks`` says that a browser then closes an
    element around the post. ``end`` is the end tag that belongs to a DOCUMENT tag.
    """

    kind: ProblemKind
    span: Span
    name: str = ""
    other: str = ""
    leaks: bool = False
    end: Span | None = None


@dataclass(slots=True, eq=False)
class _Open:
    name: str
    span: Span
    index: int
    closed: bool = False
    lost: bool = False
    """Closed by something else than its own end tag."""
    marks: tuple[str, ...] = ()
    crossed: str = ""
    """The element in which this one began and which ended first."""
    nested: list[Problem] = field(default_factory=list)
    blocked: list[tuple[Span, _Open]] = field(default_factory=list)
    """End tags of this name that came inside an element they do not reach across."""

    @property
    def needs_end(self) -> bool:
        optional = self.name in model.OPTIONAL_END
        return not optional or (self.name == "p" and self.crossed in model.NEEDS_P_END)


@dataclass(slots=True)
class _Lost:
    """An element that was closed for its author; its end tag may still come."""

    element: _Open
    parent: _Open | None
    closer: Problem | None
    """The start tag that closed it, if one did: what is wrong if the end tag still comes."""
    popper: str = ""


_MARKS: dict[str, frozenset[str]] = {
    "scope": model.SCOPE,
    "table scope": model.TABLE_SCOPE,
    "button scope": model.SCOPE | {"button"},
    "list scope": model.SCOPE | {"ol", "ul"},
    "special": (model.SPECIAL | model.FOREIGN) - {"address", "div", "p"},
    "table": model.TABLE_PARTS | {"table", "template"},
    "foreign": model.FOREIGN | model.HTML_AGAIN,
}
_MARKS_OF: dict[str, tuple[str, ...]] = {
    name: tuple(mark for mark, names in _MARKS.items() if name in names)
    for name in frozenset().union(*_MARKS.values())
}
_POPS = model.CLOSES_BLOCKS | model.FOREIGN | model.HTML_AGAIN | {"p"}
_BREAKS_OUT = (model.CLOSES_P - {"figcaption"}) | model.FORMATTING_OUTSIDE
_SWALLOWERS = frozenset({"noscript", "template"})
_DOCUMENT = frozenset({"body", "head", "html"})


def problems(tokens: Iterable[Token]) -> tuple[Problem, ...]:
    """What is wrong with the nesting of a text's tags, in the order of their places."""
    machine = _Machine()
    for token in tokens:
        machine.feed(token)
    return machine.finish()


class _Machine:
    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.stack: list[_Open] = []
        self.where: dict[str, list[_Open]] = defaultdict(list)
        self.marks: dict[str, list[_Open]] = {mark: [] for mark in _MARKS}
        self.gone: dict[str, list[_Lost]] = defaultdict(list)
        self.emitted: dict[int, int] = {}
        self.document: dict[str, list[int]] = defaultdict(list)
        self.swallowed = False

    def feed(self, token: Token) -> None:
        name = token.name
        if token.kind is TokenKind.TEXT:
            if not token.closed:
                self._swallow(self.stack[-1].span if self.stack else token.span, name)
        elif not token.closed or name == "plaintext":
            self._swallow(token.span if token.closed else _head(token), name)
        elif token.kind is TokenKind.DOCTYPE:
            self.found.append(Problem(ProblemKind.DOCUMENT, token.span, "!doctype"))
        elif name in _DOCUMENT:
            self._document_tag(token)
        elif token.kind is TokenKind.START:
            self._start(token)
        elif token.kind is TokenKind.END:
            self._end(name, token.span)

    def _swallow(self, span: Span, name: str) -> None:
        if not self.swallowed:
            self.found.append(Problem(ProblemKind.SWALLOWS, span, name))
            self.swallowed = True

    def _document_tag(self, token: Token) -> None:
        opened = self.document[token.name]
        if token.kind is TokenKind.START:
            opened.append(len(self.found))
        elif opened:
            at = opened.pop()
            start = self.found[at]
            self.found[at] = Problem(start.kind, start.span, start.name, end=token.span)
            return
        self.found.append(Problem(ProblemKind.DOCUMENT, token.span, token.name))

    # Start tags

    def _start(self, token: Token) -> None:
        name, span = token.name, token.span
        foreign = self._innermost("foreign")
        if foreign is not None and foreign.name in model.FOREIGN:
            if name not in _BREAKS_OUT:
                if not token.self_closing:
                    self._push(name, span, _MARKS_OF.get(name, ()))
                return
            self._close_from(foreign, self._nesting(name, span, foreign.name))
        if name in model.FOREIGN and token.self_closing:
            return
        self._imply_ends(name, span)
        top = self._top()
        if top is not None and name not in model.CHILDREN.get(top.name, (name,)):
            self._emit(self._nesting(name, span, top.name))
        elif name in model.TABLE_PARTS and self._innermost("table") is None:
            self._emit(self._nesting(name, span))
        if name not in model.VOID_TO_BROWSERS:
            self._note_nested(name, span)
            dropped = name in model.TABLE_PARTS and not self._in_table()
            self._push(name, span, ("table",) if dropped else _MARKS_OF.get(name, ()))

    def _imply_ends(self, name: str, span: Span) -> None:
        """Close what the start tag closes in a browser."""
        if name in ("li", "dd", "dt"):
            special = self._innermost("special")
            if special is not None and special.name in (("li",) if name == "li" else ("dd", "dt")):
                self._close_from(special, self._nesting(name, span, special.name))
        if name == "button" and self.where["button"]:
            button, bound = self.where["button"][-1], self._innermost("scope")
            if bound is None or bound.index < button.index:
                self._close_from(button, self._nesting(name, span, "button"))
        if name in model.CLOSES_P and self.where["p"]:
            paragraph, bound = self.where["p"][-1], self._innermost("button scope")
            if bound is None or bound.index < paragraph.index:
                self._close_from(paragraph, self._nesting(name, span, "p"))
        if closed := model.CLOSED_BY.get(name):
            while (part := self._innermost("table")) is not None and part.name in closed:
                self._close_from(part, self._nesting(name, span, part.name))
        elif closed := model.CLOSED_AT_TOP.get(name):
            while (top := self._top()) is not None and top.name in closed:
                self._close_from(top, self._nesting(name, span, top.name))

    def _note_nested(self, name: str, span: Span) -> None:
        """Remember an ``<a>`` in an ``<a>``; a problem only if the outer one is closed."""
        outer = None
        if name in model.NO_NESTING and self.where[name]:
            outer, bound = self.where[name][-1], self._innermost("scope")
            if bound is not None and bound.index > outer.index:
                return
        elif name in model.HEADINGS and (top := self._top()) and top.name in model.HEADINGS:
            outer = top
        if outer is not None:
            outer.nested.append(self._nesting(name, span, outer.name))

    def _in_table(self) -> bool:
        bound = self._innermost("table scope")
        return bound is not None and bound.name in ("table", "template")

    def _push(self, name: str, span: Span, marks: tuple[str, ...]) -> None:
        element = _Open(name, span, len(self.stack), marks=marks)
        self.stack.append(element)
        self.where[name].append(element)
        gone = self.gone[name]
        while gone and gone[-1].closer is None and not gone[-1].element.needs_end:
            gone.pop()
        for mark in marks:
            self.marks[mark].append(element)

    # End tags

    def _end(self, name: str, span: Span) -> None:
        if name in model.VOID_TO_BROWSERS:
            self.found.append(Problem(ProblemKind.STRAY, span, name))
            return
        opened = self.where[name]
        if name in model.HEADINGS and not opened and self._end_other_heading(name):
            return
        bound = self._bound(name)
        if opened and (bound is None or bound.index <= opened[-1].index):
            self._end_open(opened[-1])
        elif not self._end_lost(name):
            if opened and bound is not None:
                opened[-1].blocked.append((span, bound))
            else:
                leaks = name in model.CLOSES_BLOCKS and bound is None
                self.found.append(Problem(ProblemKind.STRAY, span, name, leaks=leaks))

    def _bound(self, name: str) -> _Open | None:
        if name == "table" or name in model.TABLE_PARTS:
            return self._innermost("table scope")
        return self._innermost("list scope" if name == "li" else "scope")

    def _end_open(self, element: _Open) -> None:
        if element.name in _POPS or element is self.stack[-1]:
            losses = self._lose_from(element.index + 1, element.name, None)
            self._pop()
            for lost in losses:
                lost.parent = self._top()
        else:
            # As browsers do: an inline element ends, and what began inside goes on.
            above = self.stack[element.index + 1]
            if not above.closed:
                above.crossed = element.name
            element.closed = True
            self.where[element.name].pop()
        self._closed(element)

    def _closed(self, element: _Open) -> None:
        for problem in element.nested:
            self._emit(problem)
        if element.crossed:
            self.found.append(
                Problem(ProblemKind.MISNESTED, element.span, element.name, element.crossed)
            )
        for span, bound in element.blocked:
            if not bound.lost:
                self.found.append(Problem(ProblemKind.STRAY, span, element.name))

    def _end_lost(self, name: str) -> bool:
        """Whether an end tag belongs to an element that something else has closed."""
        gone = self.gone[name]
        while gone and not gone[-1].element.needs_end:
            parent = gone[-1].parent
            if parent is None or not parent.closed:
                break
            gone.pop()
        if not gone:
            return False
        lost = gone.pop()
        leaks = name in model.CLOSES_BLOCKS and self._bound(name) is None
        if lost.closer is not None:
            self._emit(replace(lost.closer, leaks=leaks))
        else:
            element = lost.element
            self.found.append(
                Problem(ProblemKind.MISNESTED, element.span, element.name, lost.popper, leaks)
            )
        return True

    def _end_other_heading(self, name: str) -> bool:
        """``<h2>…</h3>``: a browser closes the heading."""
        top = self._top()
        if top is None or top.name not in model.HEADINGS:
            return False
        self._pop()
        self.found.append(Problem(ProblemKind.MISNESTED, top.span, top.name, name))
        return True

    # The stack

    def _innermost(self, mark: str) -> _Open | None:
        marked = self.marks[mark]
        return marked[-1] if marked else None

    def _top(self) -> _Open | None:
        while self.stack and self.stack[-1].closed:
            self.stack.pop()
        return self.stack[-1] if self.stack else None

    def _pop(self) -> _Open:
        element = self.stack.pop()
        if not element.closed:
            element.closed = True
            self.where[element.name].pop()
            for mark in element.marks:
                self.marks[mark].pop()
        return element

    def _lose_from(self, index: int, popper: str, closer: Problem | None) -> list[_Lost]:
        """Pop the elements from ``index`` on, which have had no end tag."""
        losses = []
        while len(self.stack) > index:
            if self.stack[-1].closed:
                self.stack.pop()
                continue
            element = self._pop()
            element.lost = True
            lost = _Lost(element, None, closer, popper)
            self.gone[element.name].append(lost)
            losses.append(lost)
        return losses

    def _close_from(self, element: _Open, closer: Problem) -> None:
        losses = self._lose_from(element.index, closer.name, closer)
        for lost in losses:
            lost.parent = self._top()

    # Problems

    def _nesting(self, name: str, span: Span, other: str = "") -> Problem:
        return Problem(ProblemKind.NESTING, span, name, other)

    def _emit(self, problem: Problem) -> None:
        """Report a nesting problem; one tag has at most one."""
        at = self.emitted.setdefault(problem.span.start, len(self.found))
        if at == len(self.found):
            self.found.append(problem)
        elif problem.leaks:
            self.found[at] = problem

    def _unclosed(self, element: _Open) -> None:
        kind = ProblemKind.SWALLOWS if element.name in _SWALLOWERS else ProblemKind.UNCLOSED
        self.found.append(Problem(kind, element.span, element.name))

    def finish(self) -> tuple[Problem, ...]:
        top = self._top()
        if top is not None and top.name in RAW_TEXT and not self.marks["foreign"]:
            self._swallow(top.span, top.name)
        for losses in self.gone.values():
            for lost in losses:
                if lost.element.needs_end:
                    self._unclosed(lost.element)
        if not self.swallowed:
            self._finish_open([element for element in self.stack if not element.closed])
        return tuple(sorted(self.found, key=lambda problem: problem.span))

    def _finish_open(self, left: list[_Open]) -> None:
        """Report what is still open, unless its end tag was kept from it by something inside."""
        by_name: dict[str, list[_Open]] = defaultdict(list)
        for element in left:
            by_name[element.name].append(element)
        excused: set[_Open] = set()
        for element in left:
            for span, bound in element.blocked:
                if not bound.closed:
                    excused.add(element)
                elif bound.lost:
                    continue
                elif by_name[bound.name]:
                    # The inner one took the end tag of the outer one.
                    excused.add(by_name[bound.name].pop())
                    self._unclosed(bound)
                else:
                    self.found.append(Problem(ProblemKind.STRAY, span, element.name))
        for element in left:
            if element.needs_end and element not in excused:
                self._unclosed(element)


def _head(token: Token) -> Span:
    """The ``<!--`` or ``<a`` of a token that runs to the end of the text."""
    marks = {TokenKind.START: 1, TokenKind.COMMENT: 4}
    start = token.span.start
    return Span(start, min(token.span.end, start + marks.get(token.kind, 2) + len(token.name)))
