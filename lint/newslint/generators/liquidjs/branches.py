"""The branches of LiquidJS's blocks: which of them may be shown."""

from __future__ import annotations

from newslint.core.messages import msg
from newslint.generators.liquid.block_stack import Block, BlockStack
from newslint.generators.liquid.values import (
    DiesError,
    Liveness,
    truth,
)

from . import tags
from .evaluator import Environment, equals
from .expressions import Filtered, Reader


class Branches(BlockStack[Filtered]):
    """The conditions of ``if``, ``unless`` and ``case``."""

    environment: Environment

    def condition(
        self, block: Block[Filtered], reader: Reader, *, negate: bool = False
    ) -> Liveness:
        """Return how live the branch after a condition is."""
        filtered = tags.parse_filtered(reader)
        if min(block.outside, block.taken.other) is Liveness.DEAD:
            return Liveness.DEAD
        held = truth(self.environment.filtered(filtered))
        held = held.other if negate else held
        branch = min(held, block.taken.other)
        block.taken = max(block.taken, held)
        return branch

    def alternative(self, block: Block[Filtered], name: str, reader: Reader) -> None:
        """``else`` and ``elsif``; ``unless`` lets pass what ``if`` refuses."""
        if block.has_else:
            self.live = Liveness.DEAD
            if block.name == "if":
                raise DiesError(msg("`{name}` after `else`", name=name))
            return
        if name == "elsif":
            self.live = min(block.outside, self.condition(block, reader))
            return
        block.has_else = True
        self.live = min(block.outside, block.taken.other)
        if block.name == "if" and not reader.done():
            raise DiesError(msg("`else` takes no arguments; use `elsif` for a condition"))

    def case_branch(self, block: Block[Filtered], name: str, reader: Reader) -> None:
        """``when`` and ``else`` in a ``case``."""
        if block.has_else:
            self.live = Liveness.DEAD if name == "else" else self.live
            return
        if name == "else":
            block.has_else = True
            self.live = min(block.outside, block.taken.other)
            return
        values = tags.parse_when(reader)
        held = Liveness.DEAD
        if block.outside and block.subject is not None:
            subject = self.environment.filtered(block.subject)
            for value in values:
                held = max(held, truth(equals(subject, self.environment.value(value))))
        block.taken = max(block.taken, held)
        self.live = min(block.outside, held)
