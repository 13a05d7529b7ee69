"""The blocks of liquidjs: which tags match, what is run, and what that stops."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import BlockKind, Effect, TemplateReading
from newslint.generators.liquid.block_stack import PRINTS, Block
from newslint.generators.liquid.evaluator import how_many
from newslint.generators.liquid.values import (
    UNKNOWN,
    DiesError,
    Exists,
    Liveness,
    UndefinedError,
)
from newslint.generators.liquidjs.branches import Branches
from newslint.generators.site_roles import BUNDLE_TAGS

from . import tags
from .evaluator import Environment
from .expressions import Filtered, Missing, Reader
from .tokenizer import BLANK, Token, read_name, tokenize

_BLOCK_NAMES = "block capture case comment for if layout raw tablerow unless"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BRANCHES = frozenset({"else", "elsif", "when"})
# Their tokens are skipped up to the end tag, whatever they are.
_SKIPPED = {"comment": BlockKind.HIDDEN, "raw": BlockKind.RAW}
# The paired shortcode of Eleventy's own plug-in for code, which a site has or does not have.
_CODE = "highlight"
_CONDITIONS = frozenset({"if", "unless"})
_OBJECTS = {"for": "forloop", "tablerow": "tablerowloop", "block": "block"}
# Measured: liquidjs overflows its call stack between 1000 and 1100 blocks within blocks.
_MAX_DEPTH = 1000
_LINE = lazy.pattern(r"[^\n]*+\n?")


class Walker(Branches):
    """Goes through the tokens once and collects the problems."""

    def __init__(self, text: str, exists: Exists | None) -> None:
        super().__init__()
        self.text = text
        self.exists = exists
        self.environment = Environment(exists)
        self._code: tuple[int, int] | None = None

    def walk(self, tokens: Iterable[Token]) -> None:
        """Go through all tokens of the text."""
        for token in tokens:
            if not token.closed:
                reason = msg("it is not closed correctly")
                # A raw without its end is a complete tag, and no accident.
                is_opener = token.end == token.start + 2
                self.dies(token.start, token.end, reason, malformed=is_opener)
            elif token.name == "":
                self.dies(token.start, token.end, msg("a tag has no name"), malformed=True)
            elif token.name is None:
                self._output(token)
            else:
                reader = Reader(self.text, token.inner, token.inner_end)
                self._tag(token.name, reader, token.start, token.end)

    def finish(self) -> TemplateReading:
        """Return what is left open at the end stops the build; returns all that was found."""
        self._close_all()
        return self.reading()

    def _close_all(self) -> None:
        while len(self.blocks) > self.floor:
            block = self._close()
            if block.name != "layout":
                self.unclosed(block)

    def _skipping(self) -> bool:
        return len(self.blocks) > self.floor and self.blocks[-1].name in _SKIPPED

    def _output(self, token: Token) -> None:
        if self._skipping():
            return
        self.runs(token.start, token.end, PRINTS)
        try:
            filtered = tags.parse_filtered(Reader(self.text, token.inner, token.inner_end))
        except DiesError as error:
            malformed = not isinstance(error, UndefinedError)
            self.dies(
                token.start, token.end, str(error), malformed=malformed, undefined=not malformed
            )
            return
        try:
            if self.live:
                self.environment.filtered(filtered)
        except DiesError as error:
            undefined = isinstance(error, UndefinedError)
            self.dies(token.start, token.end, str(error), undefined=undefined)

    def _tag(self, name: str, reader: Reader, start: int, end: int) -> None:
        try:
            if self._skipping():
                block = self.blocks[-1]
                if name == f"end{block.name}":
                    if self.span is None:
                        self.shows(_SKIPPED[block.name], (block.start, block.end), (start, end))
                    self._close()
            elif name in _BLOCKS:
                self._open(name, reader, start, end)
            elif name == "liquid":
                self._lines(reader, start, end)
            elif not (
                self._file_tag(name, reader, start, end) or self._single(name, reader, start, end)
            ):
                self._inner(name, reader, start, end)
        except DiesError as error:
            self.dies(start, end, str(error), undefined=isinstance(error, UndefinedError))

    def _lines(self, reader: Reader, start: int, end: int) -> None:
        """The tag ``liquid``: one tag a line, and whatever it opens it closes."""
        self.runs(start, end)
        outer = (self.span, self.floor)
        self.span, self.floor = self.span or (start, end), len(self.blocks)
        lines: list[tuple[str, Reader]] = []
        reader.skip_blank()
        while not reader.done():
            line = _LINE.match(self.text, reader.at, reader.end)
            stop = line.end() if line else reader.end
            lines.append(self._line(reader.at, stop))
            reader.at = stop
            reader.skip_blank()
        for name, markup in lines:
            if name:
                self._tag(name, markup, start, end)
            else:
                self.dies(start, end, msg("a line is not a tag"))
        self._close_all()
        self.span, self.floor = outer

    def _line(self, start: int, stop: int) -> tuple[str, Reader]:
        line = self.text[start:stop]
        right = stop - 1 if line.endswith("-") else stop
        left = start + 1 if line.startswith("-") else start
        right = left + len(self.text[left:right].rstrip(BLANK))
        left = right - len(self.text[left:right].lstrip(BLANK))
        name, left = read_name(self.text, left, right)
        return name, Reader(self.text, left, right)

    def _file_tag(self, name: str, reader: Reader, start: int, end: int) -> bool:
        """``include`` and ``render``: put in another file; false if this is neither."""
        if name not in ("include", "render"):
            return False
        file = tags.parse_file(reader)
        is_computed = isinstance(file, str) and self._check_name(file)
        collection = tags.NOTHING if name == "include" else tags.parse_binding(reader)
        if name == "include":
            tags.parse_with(reader)
        live = self.live
        if live and not self.environment.value(file):
            raise DiesError(msg("the file name is empty"))
        if live and not isinstance(collection, Missing):
            # Without anything to go over, the file is not even looked for.
            live = min(live, how_many(self.environment.value(collection)))
            self.runs(start, end)
        if live:
            file = UNKNOWN if is_computed else file
            tags.run_file(file, "include", self.environment, self.exists)
        return True

    def _check_name(self, name: str) -> bool:
        """Return whether a file name is itself a template; raises DiesError if it is a bad one."""
        if "{{" not in name and "{%" not in name:
            return False
        inner = Walker(name, self.exists)
        inner.walk(tokenize(name))
        if any(problem.effect is Effect.SITE_DIES for problem in inner.finish().problems):
            raise DiesError(msg("the braces in a file name are invalid"))
        return True

    def _single(self, name: str, reader: Reader, start: int, end: int) -> bool:
        """Tags that stand alone; false if this is not one."""
        if name in ("break", "continue"):
            self.interrupt(start, end)
            return True
        if name not in ("assign", "echo", "cycle", "increment", "decrement", "#", *BUNDLE_TAGS):
            return False
        self.runs(start, end)
        if name == "assign":
            tags.run_assign(reader, self.environment, self.live)
        elif name == "echo":
            tags.run_echo(reader, self.environment, self.live)
        elif name == "cycle":
            tags.run_cycle(reader, self.environment, self.live)
        elif name == "#":
            tags.check_inline_comment(self.text[reader.at : reader.end])
        elif name in BUNDLE_TAGS and self.live:
            raise UndefinedError(msg("the site has no such bundle"))
        return True

    def _open(self, name: str, reader: Reader, start: int, end: int) -> None:
        if len(self.blocks) >= _MAX_DEPTH:
            raise DiesError("blocks nested too deep")
        block = self.push(name, start, end)
        if name in _SKIPPED:
            return
        self.runs(start, end)
        if name in _OBJECTS:
            self.environment.objects.add(_OBJECTS[name])
        self.live = min(self.live, self._first_branch(block, reader))

    def _first_branch(self, block: Block[Filtered], reader: Reader) -> Liveness:
        name = block.name
        if name in _CONDITIONS:
            return self.condition(block, reader, negate=name == "unless")
        if name == "case":
            block.subject = tags.parse_filtered(reader)
            return Liveness.DEAD
        if name in ("for", "tablerow"):
            block.variable, collection = tags.parse_loop(reader, named=name == "for")
            if self.live:
                block.taken = how_many(self.environment.value(collection))
            self.environment.variables[block.variable] = UNKNOWN
            return block.taken
        if name == "capture":
            block.variable = tags.parse_capture(reader)
        elif name == "layout":
            file = tags.parse_file(reader)
            is_computed = isinstance(file, str) and self._check_name(file)
            reader.hash()
            if file is not None and self.live:
                file = UNKNOWN if is_computed else file
                tags.run_file(file, "layout", self.environment, self.exists)
        return Liveness.LIVE

    def _inner(self, name: str, reader: Reader, start: int, end: int) -> None:
        """A tag that only the block around it can know: else, when, an end."""
        block = self.innermost()
        kind = block.name if block else ""
        if block is None or kind == "layout":
            self._unknown(name, start, end)
        elif name == f"end{kind}":
            self.runs(start, end)
            if kind in ("if", "for") and not reader.done():
                self.dies(start, end, msg("`{name}` takes no arguments", name=name))
            if kind == "capture" and self.span is None:
                self.shows(BlockKind.HIDDEN, (block.start, block.end), (start, end))
            self._close()
        elif kind in _CONDITIONS and name in ("else", "elsif"):
            self.runs(start, end)
            self.alternative(block, name, reader)
        elif kind == "case" and name in ("else", "when"):
            self.runs(start, end)
            self.case_branch(block, name, reader)
        elif kind == "for" and name == "else":
            self.runs(start, end)
            self.live = min(block.outside, block.taken.other)
            if not reader.done():
                raise DiesError(msg("`else` takes no arguments"))
        else:
            self._unknown(name, start, end)

    def _close(self) -> Block[Filtered]:
        block = self.pop()
        if block.name == "capture" and self.live:
            self.environment.variables[block.variable] = UNKNOWN
        if block.name in _OBJECTS and not self.open[block.name]:
            self.environment.objects.discard(_OBJECTS[block.name])
        return block

    def _unknown(self, name: str, start: int, end: int) -> None:
        """A tag that no one knows here. Goes on as if the blocks it skips had been closed."""
        self.unknown(name, start, end, _BLOCKS | _BRANCHES)
        if name == _CODE:
            self._code = start, end
        elif name == f"end{_CODE}" and self._code is not None:
            self.shows(BlockKind.CODE, self._code, (start, end))
            self._code = None
        keep = self.close_to(name)
        for block in self.blocks[keep + 1 :]:
            if block.name != "layout":
                self.unclosed(block)
        while len(self.blocks) > keep:
            self._close()
