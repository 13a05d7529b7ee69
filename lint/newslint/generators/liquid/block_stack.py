"""The open blocks of a Liquid template, what of it is run, and the problems found so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeVar

from newslint.core.messages import msg
from newslint.generators.effects import (
    BlockKind,
    Effect,
    TagBlock,
    TemplateProblem,
    TemplateReading,
)

from .values import Liveness

RUNS = msg("the generator replaces it with its result")
PRINTS = msg("the generator prints the value of this variable, which is often empty")
CUTS = msg("the post ends here, and the text after it is not shown")

_WORST_FIRST = list(Effect)

Subject = TypeVar("Subject")


@dataclass(slots=True)
class Block(Generic[Subject]):
    """An open block: where its tag is and what becomes of its branches."""

    name: str
    start: int
    end: int
    outside: Liveness
    quiet: bool
    taken: Liveness = Liveness.DEAD
    """Whether an earlier branch was taken."""
    subject: Subject | None = None
    """The value that a ``case`` compares."""
    variable: str = ""
    has_else: bool = False


class BlockStack(Generic[Subject]):
    """Keeps the open blocks, the liveness of the place, and one problem for each place."""

    def __init__(self) -> None:
        self.live = Liveness.LIVE
        self.quiet = False
        self.blocks: list[Block[Subject]] = []
        self.open: Counter[str] = Counter()
        self._loops: list[int] = []
        self.problems: dict[int, TemplateProblem] = {}
        self.verbatim: list[TagBlock] = []
        # Inside {% liquid %} all lines represent the one tag, and this is its span.
        self.span: tuple[int, int] | None = None
        # How many blocks are outside of that tag.
        self.floor = 0

    def report(
        self,
        start: int,
        end: int,
        effect: Effect,
        detail: str,
        *,
        malformed: bool = False,
        undefined: bool = False,
    ) -> None:
        """Note a problem; of two at one place the worse one stays, of equals the first."""
        if self.span is not None:
            start, end = self.span
        known = self.problems.get(start)
        if known is None or _WORST_FIRST.index(effect) < _WORST_FIRST.index(known.effect):
            self.problems[start] = TemplateProblem(
                start, end, effect, detail, malformed=malformed, undefined=undefined
            )

    def dies(
        self,
        start: int,
        end: int,
        detail: str,
        *,
        malformed: bool = False,
        undefined: bool = False,
    ) -> None:
        """Note what stops the build; see `TemplateProblem` for ``malformed`` and ``undefined``."""
        self.report(start, end, Effect.SITE_DIES, detail, malformed=malformed, undefined=undefined)

    def shows(self, kind: BlockKind, opening: tuple[int, int], closing: tuple[int, int]) -> None:
        """Note a block of text that is no prose, by the offsets of its two tags."""
        self.verbatim.append(TagBlock(kind, opening[0], opening[1], closing[0], closing[1]))

    def runs(self, start: int, end: int, detail: str = RUNS) -> None:
        """Note what is run instead of shown, unless it is where nothing is shown."""
        if not self.quiet:
            self.report(start, end, Effect.EXECUTED, detail)

    def unclosed(self, block: Block[Subject]) -> None:
        """Note a block without its end."""
        self.dies(block.start, block.end, msg("{{% {name} %}} is not closed", name=block.name))

    def unknown(self, name: str, start: int, end: int, known: frozenset[str]) -> None:
        """Note a tag that no block takes; ``known`` are the names that some place has a use for."""
        self.dies(
            start,
            end,
            msg("unknown tag “{name}”", name=name),
            malformed=name[:1].isdigit() and self.span is None,
            undefined=name.removeprefix("end") not in known,
        )

    def innermost(self) -> Block[Subject] | None:
        """The innermost block that a tag here can be about."""
        return self.blocks[-1] if len(self.blocks) > self.floor else None

    def push(self, name: str, start: int, end: int) -> Block[Subject]:
        """Open a block."""
        block: Block[Subject] = Block(name, start, end, self.live, self.quiet)
        if name == "for":
            self._loops.append(len(self.blocks))
        self.blocks.append(block)
        self.open[name] += 1
        return block

    def pop(self) -> Block[Subject]:
        """Close the innermost block."""
        block = self.blocks.pop()
        self.open[block.name] -= 1
        if block.name == "for":
            self._loops.pop()
        self.live = block.outside
        self.quiet = block.quiet
        return block

    def interrupt(self, start: int, end: int) -> None:
        """``break`` and ``continue`` end the loop they are in, and the post without one."""
        self.runs(start, end)
        if not self.live:
            return
        if not self._loops:
            self.report(start, end, Effect.CUT, CUTS)
        rest = self.live.other
        for place in range(self._loops[-1] + 1 if self._loops else 0, len(self.blocks)):
            # No block is more alive than the one around it: the first that fits ends it.
            if self.blocks[place].outside <= rest:
                break
            self.blocks[place].outside = rest
        self.live = min(self.live, rest)

    def close_to(self, end_name: str) -> int:
        """How many blocks stay open if this end tag closes the one that it names, else all."""
        depth = len(self.blocks)
        name = end_name.removeprefix("end")
        if name == end_name or not self.open[name]:
            return depth
        while depth > self.floor and self.blocks[depth - 1].name != name:
            depth -= 1
        return depth - 1 if depth > self.floor else len(self.blocks)

    def reading(self) -> TemplateReading:
        """Return all problems and all blocks, in the order of the text."""
        problems = [self.problems[start] for start in sorted(self.problems)]
        return TemplateReading(problems, sorted(self.verbatim, key=lambda one: one.outer_start))
