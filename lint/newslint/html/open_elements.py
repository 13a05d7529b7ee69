"""The stack of open elements (HTML standard, 13.2.4.2), and elements closed without end tag.

Every operation takes constant time at any depth.
"""

from __future__ import annotations

from collections import defaultdict

from newslint.core.span import Span
from newslint.html import content_model as model
from newslint.html.problems import Problem


class Open:
    """An open element. ``index`` is its position in the stack."""

    __slots__ = (
        "blocked",
        "closed",
        "crossed",
        "index",
        "lost",
        "marks",
        "name",
        "nested",
        "span",
    )

    def __init__(self, name: str, span: Span, index: int, marks: tuple[str, ...]) -> None:
        self.name = name
        self.span = span
        self.index = index
        self.closed = False
        self.lost = False
        """Whether something other than its own end tag closed it."""
        self.marks = marks
        self.crossed = ""
        """The name of the enclosing element if that ended first."""
        self.nested: list[Problem] = []
        self.blocked: list[tuple[Span, Open]] = []
        """End tags of this name that were inside an element they do not cross."""

    @property
    def needs_end(self) -> bool:
        """Whether its end tag is required."""
        optional = self.name in model.OPTIONAL_END
        return not optional or (self.name == "p" and self.crossed in model.NEEDS_P_END)


class Lost:
    """An element that was closed implicitly; its end tag may follow."""

    __slots__ = ("closer", "element", "parent", "popper")

    def __init__(self, element: Open, closer: Problem | None, popper: str) -> None:
        self.element = element
        self.parent: Open | None = None
        self.closer = closer
        """The problem of the start tag that closed it, reported if its own end tag follows."""
        self.popper = popper


_MARKS: dict[str, frozenset[str]] = {
    "scope": model.SCOPE,
    "table scope": model.TABLE_SCOPE,
    "button scope": model.SCOPE | {"button"},
    "list scope": model.SCOPE | {"ol", "ul"},
    "special": (model.SPECIAL | model.FOREIGN) - {"address", "div", "p"},
    "table": model.TABLE_PARTS | {"table", "template"},
    "foreign": model.FOREIGN | model.HTML_AGAIN,
}
"""Named lists of elements; the innermost open element of each is kept beside the stack."""

MARKS_OF: dict[str, tuple[str, ...]] = {
    name: tuple(mark for mark, names in _MARKS.items() if name in names)
    for name in frozenset().union(*_MARKS.values())
}


class OpenElements:
    """The open elements. ``where`` lists them by name, ``closed_early`` those that were closed
    implicitly.

    A closed element inside the stack is only marked, and removed when it is on top.
    """

    def __init__(self) -> None:
        self.elements: list[Open] = []
        self.where: dict[str, list[Open]] = defaultdict(list)
        self.marks: dict[str, list[Open]] = {mark: [] for mark in _MARKS}
        self.closed_early: dict[str, list[Lost]] = defaultdict(list)

    def in_table(self) -> bool:
        """Return whether the parts of a table are kept at this place."""
        bound = self.innermost("table scope")
        return bound is not None and bound.name in ("table", "template")

    def push(self, name: str, span: Span, marks: tuple[str, ...]) -> None:
        """Open an element; ``marks`` are the lists that it belongs to."""
        if name in model.HTML_AGAIN and not self.marks["foreign"]:
            marks = ()  # Outside of SVG and MathML the element is unknown.
        element = Open(name, span, len(self.elements), marks)
        self.elements.append(element)
        self.where[name].append(element)
        closed = self.closed_early[name]
        while closed and closed[-1].closer is None and not closed[-1].element.needs_end:
            closed.pop()
        for mark in marks:
            self.marks[mark].append(element)

    def innermost(self, mark: str) -> Open | None:
        """Return the innermost open element of a named list."""
        marked = self.marks[mark]
        return marked[-1] if marked else None

    def top(self) -> Open | None:
        """Return the innermost open element."""
        while self.elements and self.elements[-1].closed:
            self.elements.pop()
        return self.elements[-1] if self.elements else None

    def pop(self) -> Open:
        """Remove the innermost element from the stack and return it."""
        element = self.elements.pop()
        if not element.closed:
            element.closed = True
            self.where[element.name].pop()
            for mark in element.marks:
                self.marks[mark].pop()
        return element

    def lose_from(self, index: int, popper: str, closer: Problem | None) -> list[Lost]:
        """Remove the elements from ``index`` on, which have no end tag, and return them."""
        losses = []
        while len(self.elements) > index:
            if self.elements[-1].closed:
                self.elements.pop()
                continue
            element = self.pop()
            element.lost = True
            lost = Lost(element, closer, popper)
            self.closed_early[element.name].append(lost)
            losses.append(lost)
        return losses

    def close_from(self, element: Open, closer: Problem) -> None:
        """Close an element and its open descendants, as the start tag of ``closer`` does."""
        losses = self.lose_from(element.index, closer.name, closer)
        for lost in losses:
            lost.parent = self.top()
