"""The stack of open elements (HTML standard, 13.2.4.2), and those closed without their end tag.

Every question to it takes constant time, however deep the nesting.
"""

from __future__ import annotations

from collections import defaultdict

from newslint.core.span import Span
from newslint.html import content_model as model
from newslint.html.problems import Problem


class Open:
    """An open element. ``index`` is its place in the stack."""

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
        """Closed by something else than its own end tag."""
        self.marks = marks
        self.crossed = ""
        """The element in which this one began and which ended first."""
        self.nested: list[Problem] = []
        self.blocked: list[tuple[Span, Open]] = []
        """End tags of this name that came inside an element they do not reach across."""

    @property
    def needs_end(self) -> bool:
        """Whether its end tag may not be left out."""
        optional = self.name in model.OPTIONAL_END
        return not optional or (self.name == "p" and self.crossed in model.NEEDS_P_END)


class Lost:
    """An element that was closed for its author; its end tag may still come."""

    __slots__ = ("closer", "element", "parent", "popper")

    def __init__(self, element: Open, closer: Problem | None, popper: str) -> None:
        self.element = element
        self.parent: Open | None = None
        self.closer = closer
        """The start tag that closed it, if one did: what is wrong if the end tag still comes."""
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
"""What the innermost element of is asked for: named lists, kept beside the stack."""

MARKS_OF: dict[str, tuple[str, ...]] = {
    name: tuple(mark for mark, names in _MARKS.items() if name in names)
    for name in frozenset().union(*_MARKS.values())
}


class OpenElements:
    """The open elements. ``where`` lists those of a name, ``closed_early`` those closed by
    something else.

    An element in the middle that is closed stays in the stack, marked, until it is on top.
    """

    def __init__(self) -> None:
        self.elements: list[Open] = []
        self.where: dict[str, list[Open]] = defaultdict(list)
        self.marks: dict[str, list[Open]] = {mark: [] for mark in _MARKS}
        self.closed_early: dict[str, list[Lost]] = defaultdict(list)

    def in_table(self) -> bool:
        """Return whether the parts of a table are kept here."""
        bound = self.innermost("table scope")
        return bound is not None and bound.name in ("table", "template")

    def push(self, name: str, span: Span, marks: tuple[str, ...]) -> None:
        """Open an element; ``marks`` are the lists that it is on."""
        if name in model.HTML_AGAIN and not self.marks["foreign"]:
            marks = ()  # Outside of SVG and MathML it is an element that no one knows.
        element = Open(name, span, len(self.elements), marks)
        self.elements.append(element)
        self.where[name].append(element)
        gone = self.closed_early[name]
        while gone and gone[-1].closer is None and not gone[-1].element.needs_end:
            gone.pop()
        for mark in marks:
            self.marks[mark].append(element)

    def innermost(self, mark: str) -> Open | None:
        """Return the innermost open element of a list of names."""
        marked = self.marks[mark]
        return marked[-1] if marked else None

    def top(self) -> Open | None:
        """Return the innermost open element."""
        while self.elements and self.elements[-1].closed:
            self.elements.pop()
        return self.elements[-1] if self.elements else None

    def pop(self) -> Open:
        """Take the innermost element off the stack."""
        element = self.elements.pop()
        if not element.closed:
            element.closed = True
            self.where[element.name].pop()
            for mark in element.marks:
                self.marks[mark].pop()
        return element

    def lose_from(self, index: int, popper: str, closer: Problem | None) -> list[Lost]:
        """Pop the elements from ``index`` on, which have had no end tag."""
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
        """Close an element and what is open inside, as the start tag of ``closer`` does."""
        losses = self.lose_from(element.index, closer.name, closer)
        for lost in losses:
            lost.parent = self.top()
