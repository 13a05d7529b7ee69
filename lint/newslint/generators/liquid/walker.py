"""The blocks of Jekyll's Liquid: which tags match, what is run, and what that stops."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import BlockKind, TemplateReading

from . import tags
from .block_stack import PRINTS, Block, BlockStack
from .evaluator import Environment, compare, how_many
from .expressions import Expression, parse_expression, parse_operand
from .syntax import parse_condition, parse_filtered, parse_loop
from .tokenizer import Token
from .values import UNKNOWN, DiesError, Exists, Liveness, Strictness, UndefinedError, truth

_TAG = lazy.pattern(r"-?\s*(#|\w+)\s*", re.ASCII)
_TAG_OF_4 = lazy.pattern(r"-?\s*(\w+)\s*", re.ASCII)
_SINCE_5 = frozenset({"#", "echo", "liquid", "render"})
"""Tags that Liquid 4, which Jekyll's gems have, does not know."""
_LINE = lazy.pattern(r"\s*(#|\w+)\s*(.*)", re.ASCII)
_RAW_END = lazy.pattern(r"\s*(\w+)", re.ASCII)

# Liquid::Block::MAX_DEPTH
_MAX_DEPTH = 100
_CONDITIONS = frozenset({"if", "unless"})
_BLOCK_NAMES = "capture case comment for highlight if ifchanged raw tablerow unless"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BRANCHES = frozenset({"else", "elsif", "when"})
_FILES = frozenset({"include", "include_relative", "link", "post_url"})
# Blocks that print what their author wrote, or nothing because the author meant it so.
_LAX = Strictness()
_MEANT = {"comment": BlockKind.HIDDEN, "highlight": BlockKind.CODE, "raw": BlockKind.RAW}


class Walker(BlockStack[Expression]):
    """Goes through the tokens once and collects the problems.

    ``is_4`` says that the engine is Liquid 4, not 5.
    """

    def __init__(
        self, text: str, exists: Exists | None, *, is_4: bool, strict: Strictness = _LAX
    ) -> None:
        super().__init__()
        self.text = text
        self.exists = exists
        self.is_4 = is_4
        self.strict = strict
        self.environment = Environment(is_4, strict)
        self._raw: tuple[int, int] | None = None

    def walk(self, tokens: Iterable[Token]) -> None:
        """Go through all tokens of the text."""
        for token in tokens:
            if self._raw is not None:
                end = self._raw_end(self.text[token.start : token.end])
                if end is not None:
                    self.shows(BlockKind.RAW, self._raw, (token.start + end, token.end))
                    self._raw = None
            elif not token.closed:
                reason = msg("it is not closed correctly")
                self.dies(token.start, token.end, reason, malformed=True)
            elif token.is_tag:
                self._tag_token(token.start, token.end)
            else:
                self._output(token.start, token.end)

    def finish(self) -> TemplateReading:
        """Return what is left open at the end stops the build; returns all that was found."""
        if self._raw is not None:
            self.dies(*self._raw, msg("{% raw %} without {% endraw %}"))
        for block in self.blocks:
            self.unclosed(block)
        return self.reading()

    @staticmethod
    def _raw_end(token: str) -> int | None:
        """Where the tag endraw (without a dash before) begins that a token, however it began, ends
        with; None where it does not.
        """
        if not token.endswith("%}"):
            return None
        place = len(token) - 2
        while (place := token.rfind("{%", 0, place)) >= 0:
            if match := _RAW_END.match(token, place + 2, len(token) - 2):
                return place if match[1] == "endraw" else None
        return None

    def _output(self, start: int, end: int) -> None:
        inner = self.text[start + 2 : end - 2]
        inner = inner.removeprefix("-").removesuffix("-")
        self.runs(start, end, PRINTS)
        try:
            filtered = parse_filtered(inner, self.strict)
        except DiesError as error:
            self.dies(start, end, str(error), malformed=True)
            return
        try:
            tags.run_echo(self.environment, filtered, self.live)
        except DiesError as error:
            self.dies(start, end, str(error), undefined=isinstance(error, UndefinedError))

    def _tag_token(self, start: int, end: int) -> None:
        inner = self.text[start + 2 : end - 2]
        match = (_TAG_OF_4 if self.is_4 else _TAG).match(inner)
        if match is None:
            self.dies(start, end, msg("a tag has no name"), malformed=True)
            return
        markup = inner[match.end() :].removesuffix("-")
        if match[1] == "liquid" and not self.is_4:
            self._lines(start, end, markup)
        else:
            self._tag(match[1], markup, start, end)

    def _lines(self, start: int, end: int, markup: str) -> None:
        """The tag ``liquid``: one tag a line, and whatever it opens it closes."""
        self.runs(start, end)
        self.span = (start, end)
        outer, self.floor = self.floor, len(self.blocks)
        for line in markup.split("\n"):
            if not line.strip(" \t\r\f\v"):
                continue
            match = _LINE.match(line)
            if match is None:
                self._unknown(line, start, end)
            elif self._raw is None:
                self._tag(match[1], match[2], start, end)
        for block in self.blocks[self.floor :]:
            self.unclosed(block)
        if self._raw is not None:
            self.dies(start, end, msg("{% raw %} without {% endraw %}"))
            self._raw = None
        while len(self.blocks) > self.floor:
            self._close()
        self.floor = outer
        self.span = None

    def _tag(self, name: str, markup: str, start: int, end: int) -> None:
        try:
            if name in _BLOCKS:
                self._open(name, markup, start, end)
            elif name in _FILES:
                file_tag = tags.FileTag(name, markup)
                if self.live:
                    file_tag.run(self.exists, self.environment)
            elif not self._single(name, markup, start, end):
                self._inner(name, markup, start, end)
        except DiesError as error:
            self.dies(start, end, str(error), undefined=isinstance(error, UndefinedError))

    def _single(self, name: str, markup: str, start: int, end: int) -> bool:
        """Tags that stand alone; false if this is not one."""
        if self.is_4 and name in _SINCE_5:
            return False
        if name in ("break", "continue"):
            self.interrupt(start, end)
        elif name == "assign":
            self.runs(start, end)
            variable, filtered = tags.parse_assign(markup, self.strict)
            tags.run_assign(self.environment, variable, filtered, self.live)
        elif name == "echo":
            self.runs(start, end)
            tags.run_echo(self.environment, parse_filtered(markup, self.strict), self.live)
        elif name in tags.SINGLE_CHECKS:
            self.runs(start, end)
            tags.SINGLE_CHECKS[name](markup)
            if name == "render" and self.live:
                raise DiesError(msg("the generator does not support the tag `render`"))
        else:
            return False
        return True

    def _open(self, name: str, markup: str, start: int, end: int) -> None:
        if len(self.blocks) >= _MAX_DEPTH and name != "raw":
            self.dies(start, end, "blocks nested too deep")
        if name == "raw":
            self._raw = (start, end)
            if markup.strip(" \t\n\r\f\v"):
                raise DiesError(msg("{% raw %} takes no arguments"))
            return
        block = self.push(name, start, end)
        if name not in _MEANT:
            self.runs(start, end)
        self.quiet = self.quiet or name == "comment"
        branch = self._first_branch(block, markup)
        self.live = min(self.live, branch)

    def _first_branch(self, block: Block[Expression], markup: str) -> Liveness:
        name = block.name
        if name in _CONDITIONS:
            return self._condition(block, markup, negate=name == "unless")
        if name == "case":
            block.subject = parse_expression(tags.parse_case(markup))
            return Liveness.DEAD
        if name == "for":
            loop = parse_loop(markup, self.strict)
            if self.live:
                block.taken = self.environment.items(loop)
            self.environment.variables |= {loop.variable: UNKNOWN, "forloop": UNKNOWN}
            return block.taken
        if name == "tablerow":
            collection = parse_expression(tags.parse_table_row(markup))
            return how_many(self.environment.value(collection)) if self.live else self.live
        if name == "capture":
            block.variable = tags.parse_capture(markup)
        elif name == "highlight":
            tags.check_highlight(markup)
        return Liveness.DEAD if name == "comment" else Liveness.LIVE

    def _condition(
        self, block: Block[Expression], markup: str, *, negate: bool = False
    ) -> Liveness:
        comparisons = parse_condition(markup, self.strict)
        if min(block.outside, block.taken.other) is Liveness.DEAD:
            return Liveness.DEAD
        held = self.environment.condition(comparisons)
        branch = min(held.other if negate else held, block.taken.other)
        block.taken = max(block.taken, held.other if negate else held)
        return branch

    def _inner(self, name: str, markup: str, start: int, end: int) -> None:
        """A tag that only the block around it can know: else, when, an end."""
        block = self.innermost()
        if block is None:
            self._unknown(name, start, end)
        elif name == f"end{block.name}":
            if block.name not in _MEANT:
                self.runs(start, end)
            elif self.span is None:
                self.shows(_MEANT[block.name], (block.start, block.end), (start, end))
            if block.name == "capture" and self.span is None:
                self.shows(BlockKind.HIDDEN, (block.start, block.end), (start, end))
            self._close()
        elif block.name in _CONDITIONS and name in ("else", "elsif"):
            self.runs(start, end)
            branch = block.taken.other
            if name == "elsif":
                branch = self._condition(block, markup)
            self.live = min(block.outside, branch)
        elif block.name == "case" and name in ("else", "when"):
            self._case_branch(block, name, markup, start, end)
        elif block.name == "for" and name == "else":
            self.runs(start, end)
            self.live = min(block.outside, block.taken.other)
            if block.has_else:
                self._close()
            block.has_else = True
        elif block.name != "comment":
            self._unknown(name, start, end)

    def _case_branch(
        self, block: Block[Expression], name: str, markup: str, start: int, end: int
    ) -> None:
        self.runs(start, end)
        if name == "else":
            if markup.strip():
                raise DiesError(msg("`else` in a `case` takes no arguments"))
            self.live = min(block.outside, block.taken.other)
            return
        operands = [parse_operand(value) for value in tags.parse_when(markup)]
        held = Liveness.DEAD
        if block.outside:
            value = self.environment.value(block.subject)
            for operand in operands:
                held = max(held, truth(compare(value, "==", self.environment.value(operand))))
        block.taken = max(block.taken, held)
        self.live = min(block.outside, held)

    def _close(self) -> None:
        block = self.pop()
        if block.name == "capture" and self.live:
            self.environment.variables[block.variable] = UNKNOWN

    def _unknown(self, name: str, start: int, end: int) -> None:
        """A tag that no one knows here. Goes on as if the blocks it skips had been closed."""
        self.unknown(name, start, end, _BLOCKS | _BRANCHES)
        keep = self.close_to(name)
        for block in self.blocks[keep + 1 :]:
            self.unclosed(block)
        while len(self.blocks) > keep:
            self._close()
