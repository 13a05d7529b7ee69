"""Find nesting errors: tags that are not closed, have no start tag, or overlap.

Browsers repair nesting errors silently, so their tree does not show them. This module runs the
tags over a stack of open elements by the rules of the HTML standard (13.2.6.4.7). Where a browser
would repair, the error is kept until it is clear what the author meant, so that one error is one
problem. Each tag takes constant time at any depth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from newslint.core.span import Span
from newslint.html import content_model as model
from newslint.html.open_elements import MARKS_OF, Open, OpenElements
from newslint.html.problems import Problem, ProblemKind
from newslint.html.tokenizer import RAW_TEXT, Token, TokenKind

_POPS = model.CLOSES_BLOCKS | model.SPECIAL | model.FOREIGN | model.HTML_AGAIN
_BREAKS_OUT = (model.CLOSES_P - {"figcaption"}) | model.FORMATTING_OUTSIDE
_SWALLOWERS = frozenset({"noscript", "template"})
_DOCUMENT = frozenset({"body", "head", "html"})


def problems(tokens: Iterable[Token]) -> tuple[Problem, ...]:
    """Return the nesting errors of a text's tags, in the order of the text."""
    machine = _Machine()
    for token in tokens:
        machine.feed(token)
    return machine.finish()


class _Machine:
    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.open = OpenElements()
        self.emitted: dict[int, int] = {}
        self.document: dict[str, list[int]] = defaultdict(list)
        self.swallowed = False

    def feed(self, token: Token) -> None:
        name = token.name
        if token.kind is TokenKind.TEXT:
            if not token.closed:
                self._swallow(
                    self.open.elements[-1].span if self.open.elements else token.span, name
                )
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
        foreign = self.open.innermost("foreign")
        if foreign is not None and foreign.name in model.FOREIGN:
            if name not in _BREAKS_OUT:
                if not token.self_closing:
                    self.open.push(name, span, MARKS_OF.get(name, ()))
                return
            self.open.close_from(foreign, self._nesting(name, span, foreign.name))
        if name in model.FOREIGN and token.self_closing:
            return
        self._imply_ends(name, span)
        top = self.open.top()
        if top is not None and name not in model.CHILDREN.get(top.name, (name,)):
            self._emit(self._nesting(name, span, top.name))
        elif name in model.TABLE_PARTS and self.open.innermost("table") is None:
            self._emit(self._nesting(name, span))
        if name not in model.VOID_TO_BROWSERS:
            self._note_nested(name, span)
            dropped = name in model.TABLE_PARTS and not self.open.in_table()
            self.open.push(name, span, ("table",) if dropped else MARKS_OF.get(name, ()))

    def _imply_ends(self, name: str, span: Span) -> None:
        """Close the elements that a start tag closes in a browser."""
        if name in ("li", "dd", "dt"):
            special = self.open.innermost("special")
            if special is not None and special.name in (("li",) if name == "li" else ("dd", "dt")):
                self.open.close_from(special, self._nesting(name, span, special.name))
        if name == "button" and self.open.where["button"]:
            button, bound = self.open.where["button"][-1], self.open.innermost("scope")
            if bound is None or bound.index < button.index:
                self.open.close_from(button, self._nesting(name, span, "button"))
        if name in model.CLOSES_P and self.open.where["p"]:
            paragraph, bound = self.open.where["p"][-1], self.open.innermost("button scope")
            if bound is None or bound.index < paragraph.index:
                self.open.close_from(paragraph, self._nesting(name, span, "p"))
        if name == "table" and (table := self.open.innermost("table scope")) is not None:
            part = self.open.innermost("table")
            if table.name == "table" and part is not None and part.name in model.CHILDREN:
                # A table outside of a cell ends the enclosing table.
                self.open.close_from(table, self._nesting(name, span, "table"))
        if closed := model.CLOSED_BY.get(name):
            while (part := self.open.innermost("table")) is not None and part.name in closed:
                self.open.close_from(part, self._nesting(name, span, part.name))
        elif closed := model.CLOSED_AT_TOP.get(name):
            while (top := self.open.top()) is not None and top.name in closed:
                self.open.close_from(top, self._nesting(name, span, top.name))

    def _note_nested(self, name: str, span: Span) -> None:
        """Record an ``<a>`` in an ``<a>``: a problem only if the outer one is closed."""
        outer = None
        if name in model.NO_NESTING and self.open.where[name]:
            outer, bound = self.open.where[name][-1], self.open.innermost("scope")
            if bound is not None and bound.index > outer.index:
                return
        elif name in model.HEADINGS and (top := self.open.top()) and top.name in model.HEADINGS:
            outer = top
        if outer is not None:
            outer.nested.append(self._nesting(name, span, outer.name))

    # End tags

    def _end(self, name: str, span: Span) -> None:
        if name in model.VOID_TO_BROWSERS:
            self.found.append(Problem(ProblemKind.STRAY, span, name))
            return
        opened = self.open.where[name]
        if name in model.HEADINGS and not opened and self._end_other_heading(name):
            return
        bound = self._bound(name)
        if opened and (bound is None or bound.index <= opened[-1].index):
            self._end_open(opened[-1])
        elif not self._end_lost(name):
            if opened and bound is not None:
                opened[-1].blocked.append((span, bound))
            else:
                leaks = name in model.AROUND_A_POST and bound is None
                self.found.append(Problem(ProblemKind.STRAY, span, name, leaks=leaks))

    def _bound(self, name: str) -> Open | None:
        if name == "table" or name in model.TABLE_PARTS:
            return self.open.innermost("table scope")
        return self.open.innermost("list scope" if name == "li" else "scope")

    def _end_open(self, element: Open) -> None:
        if element.name in _POPS or element is self.open.elements[-1]:
            losses = self.open.lose_from(element.index + 1, element.name, None)
            self.open.pop()
            for lost in losses:
                lost.parent = self.open.top()
        else:
            # As in browsers: an inline element ends, and elements that began inside continue.
            above = self.open.elements[element.index + 1]
            if not above.closed:
                above.crossed = element.name
            element.closed = True
            self.open.where[element.name].pop()
        self._closed(element)

    def _closed(self, element: Open) -> None:
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
        """Return whether an end tag belongs to an element that was closed implicitly."""
        closed = self.open.closed_early[name]
        while closed and not closed[-1].element.needs_end:
            parent = closed[-1].parent
            if parent is None or not parent.closed:
                break
            closed.pop()
        if not closed:
            return False
        lost = closed.pop()
        leaks = name in model.AROUND_A_POST and self._bound(name) is None
        if lost.closer is not None:
            self._emit(lost.closer._replace(leaks=leaks))
        else:
            element = lost.element
            self.found.append(
                Problem(ProblemKind.MISNESTED, element.span, element.name, lost.popper, leaks)
            )
        return True

    def _end_other_heading(self, name: str) -> bool:
        """Close a heading by the end tag of another one, ``<h2>…</h3>``, as browsers do."""
        top = self.open.top()
        if top is None or top.name not in model.HEADINGS:
            return False
        self.open.pop()
        self.found.append(Problem(ProblemKind.MISNESTED, top.span, top.name, name))
        return True

    # Problems

    def _nesting(self, name: str, span: Span, other: str = "") -> Problem:
        return Problem(ProblemKind.NESTING, span, name, other)

    def _emit(self, problem: Problem) -> None:
        """Report a nesting problem; each tag has at most one."""
        at = self.emitted.setdefault(problem.span.start, len(self.found))
        if at == len(self.found):
            self.found.append(problem)
        elif problem.leaks:
            self.found[at] = problem

    def _unclosed(self, element: Open) -> None:
        kind = ProblemKind.SWALLOWS if element.name in _SWALLOWERS else ProblemKind.UNCLOSED
        self.found.append(Problem(kind, element.span, element.name))

    def finish(self) -> tuple[Problem, ...]:
        top = self.open.top()
        if top is not None and top.name in RAW_TEXT and not self.open.marks["foreign"]:
            self._swallow(top.span, top.name)
        for losses in self.open.closed_early.values():
            for lost in losses:
                if lost.element.needs_end:
                    self._unclosed(lost.element)
        if not self.swallowed:
            self._finish_open([element for element in self.open.elements if not element.closed])
        return tuple(sorted(self.found, key=lambda problem: problem.span))

    def _finish_open(self, left: list[Open]) -> None:
        """Report elements that are still open, unless an inner element blocked their end tag."""
        by_name: dict[str, list[Open]] = defaultdict(list)
        for element in left:
            by_name[element.name].append(element)
        excused: set[Open] = set()
        for element in left:
            for span, bound in element.blocked:
                if not bound.closed:
                    excused.add(element)
                elif bound.lost:
                    continue
                elif by_name[bound.name]:
                    # The inner element took the end tag of the outer one.
                    excused.add(by_name[bound.name].pop())
                    self._unclosed(bound)
                else:
                    self.found.append(Problem(ProblemKind.STRAY, span, element.name))
        for element in left:
            if element.needs_end and element not in excused:
                self._unclosed(element)


def _head(token: Token) -> Span:
    """Return the span of the ``<!--`` or ``<a`` of a token that runs to the end of the text."""
    marks = {TokenKind.START: 1, TokenKind.COMMENT: 4}
    start = token.span.start
    return Span(start, min(token.span.end, start + marks.get(token.kind, 2) + len(token.name)))
