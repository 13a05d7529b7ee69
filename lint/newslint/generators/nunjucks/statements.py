"""What Nunjucks does with a complete template: which tags run, and which stop the build.

It follows Nunjucks' parser, but does not stop at the first error: it goes on after the
opening delimiter, as if that had been encoded. So all that has to be fixed is found at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import (
    PROBLEM_LIMIT,
    BlockKind,
    Effect,
    TagBlock,
    TemplateProblem,
    is_named_tag,
)
from newslint.generators.nunjucks.environment import Environment
from newslint.generators.nunjucks.evaluator import Evaluator, TemplateRunError, UndefinedError
from newslint.generators.nunjucks.lexer import (
    Lexer,
    TemplateSyntaxError,
    Token,
    TokenType,
    UnknownTagError,
)
from newslint.generators.nunjucks.parser import Parser
from newslint.generators.nunjucks.token_stream import shown
from newslint.generators.nunjucks.values import ANY, Value, both, truth

WORK_LIMIT = 20_000
"""Tokens read, beyond one for each character, before the rest of a hostile post is left alone."""

_RAW = {
    name: lazy.pattern(rf"\{{%\s*+(end)?{name}\s*+%\}}", re.ASCII) for name in ("raw", "verbatim")
}
_BRANCHES = frozenset({"else", "elif", "elseif", "case", "default", "endraw", "endverbatim"})
RUN = msg("it is replaced by its result")


@dataclass(slots=True)
class Block:
    """A tag that waits for its end tag.

    ``then`` are the tags that may follow; ``live`` whether what is inside is run (None: who
    knows), ``parent`` the same for the tag itself; ``open`` whether an ``else`` may still be taken.
    ``extension`` is true for a tag that is not Nunjucks' own.
    """

    name: str
    start: int
    end: int
    then: frozenset[str]
    live: bool | None
    parent: bool | None
    open: bool | None = True
    scoped: bool = False
    extension: bool = False


@dataclass(slots=True)
class Statements:
    """Reads a template. Call `read` once; offsets are those of the template.

    ``openers`` read the tags that run, by name: each is given this reader, the token ``{%`` and the
    tag's name. ``environment`` has what templates may use besides.
    """

    text: str
    openers: Mapping[str, Opener]
    environment: Environment
    problems: list[TemplateProblem] = field(default_factory=list)
    parser: Parser = field(init=False)
    evaluator: Evaluator = field(init=False)
    _blocks: list[Block] = field(init=False, default_factory=list)
    names: set[str] = field(init=False, default_factory=set)
    extends: bool = field(init=False, default=False)
    """Whether the template fills the blocks of another one, whose text is then ``super()``."""
    blocks: list[TagBlock] = field(init=False, default_factory=list)
    code_tags: ClassVar[frozenset[str]] = frozenset()
    """The tags that are no Nunjucks' own and show what is in them, escaped."""

    def __post_init__(self) -> None:
        self.parser = Parser(Lexer(self.text))
        self.evaluator = Evaluator(self.environment)

    def read(self) -> list[TemplateProblem]:
        """Return all that the engine does not leave as it is."""
        start = 0
        limit = WORK_LIMIT + len(self.text)
        while self.parser.work < limit and len(self.problems) < PROBLEM_LIMIT:
            try:
                start = self.parser.lexer.position
                token = self.parser.next()
                if token is None:
                    break
                start = token.start
                self.evaluator.reaches = False
                if token.type is TokenType.VARIABLE_START:
                    self._variable(token)
                elif token.type is TokenType.BLOCK_START:
                    self._statement(token)
                else:
                    self.plain(token)
            except TemplateSyntaxError as error:
                self._fail(start, str(error), undefined=isinstance(error, UnknownTagError))
        for block in self._blocks[:PROBLEM_LIMIT]:
            reason = msg("“{name}” has no end tag", name=block.name)
            self.add(block.start, block.end, Effect.SITE_DIES, reason)
        return self.problems

    def _fail(self, start: int, reason: str, *, undefined: bool) -> None:
        """Report what stops the build, and go on after the delimiter that is to blame."""
        lexer = self.parser.lexer
        if not lexer.in_code and self.text.startswith("#}", lexer.position):
            self._dies(lexer.position, lexer.position + 2, reason, malformed=True)
            if not self.text.startswith(("{{", "{%"), start):
                self.parser.restart(lexer.position + 2)
                return
        end = min(max(lexer.position, start + 2), len(self.text))
        line_end = self.text.find("\n", start, end)
        end = end if line_end < 0 else max(line_end, start + 2)
        malformed = not is_named_tag(self.text, start)
        self._dies(start, end, reason, malformed=malformed, undefined=undefined)
        self.parser.restart(start + 2)

    def _dies(
        self, start: int, end: int, reason: str, *, malformed: bool, undefined: bool = False
    ) -> None:
        problem = TemplateProblem(
            start, end, Effect.SITE_DIES, reason, malformed=malformed, undefined=undefined
        )
        self.problems.append(problem)

    @property
    def live(self) -> bool | None:
        """Whether what is read now is run; None if that depends on the post or the site."""
        return self._blocks[-1].live if self._blocks else True

    def add(
        self, start: int, end: int, effect: Effect, detail: str, code: bool = False, *,
        undefined: bool = False,
    ) -> None:  # fmt: skip
        """Note a problem."""
        self.problems.append(TemplateProblem(start, end, effect, detail, code, undefined=undefined))

    def report(self, token: Token, end: int, detail: str = RUN) -> None:
        """Note that the tag which begins with a token is run."""
        self.add(token.start, end, Effect.EXECUTED, detail, self.evaluator.reaches)

    def plain(self, token: Token) -> None:
        """Note a comment; text is left as it is."""
        if token.type is TokenType.COMMENT:
            self.report(token, token.end, msg("it is read as a comment and removed"))

    def run(self, token: Token, evaluate: Callable[[], Value], *, report: bool = True) -> Value:
        """Evaluate, and report what that comes to. The tag ends where the lexer is."""
        end = self.parser.lexer.position
        try:
            value = evaluate()
        except TemplateRunError as error:
            if self.live:
                undefined = isinstance(error, UndefinedError)
                reaches = self.evaluator.reaches
                self.add(
                    token.start, end, Effect.SITE_DIES, str(error), reaches, undefined=undefined
                )
            elif report:
                self.report(token, end)
            return ANY
        if report:
            self.report(token, end)
        return value

    def _variable(self, token: Token) -> None:
        node = self.parser.expression()
        end = self.parser.next()
        if end is None or end.type is not TokenType.VARIABLE_END:
            found = (
                msg(" before “{end}”", end=shown(end))
                if end and end.type is not TokenType.DATA
                else ""
            )
            raise TemplateSyntaxError(msg("“}}}}” is missing{found}", found=found))
        self.run(token, lambda: self.evaluator.printed(node))

    def _statement(self, token: Token) -> None:
        word = self.parser.next()
        if word is None:
            raise TemplateSyntaxError(msg("it is not closed"))
        if word.type is not TokenType.SYMBOL:
            raise TemplateSyntaxError(msg("“{word}” is not the name of a tag", word=shown(word)))
        name = word.value
        if self._blocks and name in self._blocks[-1].then:
            self._continue(token, name, self._blocks[-1])
        elif name in _RAW:
            self._raw(token, name)
        elif name in self.openers:
            self.openers[name](self, token, name)
        elif not self.read_extension(token, name):
            error = TemplateSyntaxError if self._is_own(name) else UnknownTagError
            raise error(msg("there is no tag “{word}”", word=shown(word)))

    def _is_own(self, name: str) -> bool:
        """Return whether a tag is the engine's own: an end or a branch without its beginning."""
        return name in _BRANCHES or name.removeprefix("end") in self.openers

    def read_extension(self, token: Token, name: str) -> bool:
        """Read a tag that is not Nunjucks' own; whether there is one of this name. Here, none."""
        return False

    def open(
        self, token: Token, name: str, then: str, live: bool | None, *,
        open_: bool | None = True, names: dict[str, Value] | None = None, extension: bool = False,
    ) -> None:  # fmt: skip
        """Note that the tag waits for one of the tags in ``then``, and knows ``names`` inside."""
        end = self.parser.lexer.position
        block = Block(name, token.start, end, frozenset(then.split()), live, self.live, open_)
        block.extension = extension
        if names is not None:
            block.scoped = True
            self.evaluator.push(names)
        self._blocks.append(block)

    def _continue(self, token: Token, name: str, block: Block) -> None:
        """A tag that belongs to an open block: its end, or another branch."""
        if name.startswith("end") and not (name == "endswitch" and "first" in block.then):
            self._blocks.pop()
            if block.scoped:
                self.evaluator.pop()
            if name == "endblock":
                self.parser.skip_word(block.name.partition(" ")[2])
            self.parser.block_end(name)
            kind = self._kind(block)
            if kind is not None:
                outer_end = self.parser.lexer.position
                self.blocks.append(TagBlock(kind, block.start, block.end, token.start, outer_end))
        elif block.name == "switch":
            self._case(name, block)
        elif name in ("elif", "elseif"):
            condition = self.parser.expression()
            self.parser.block_end(name)
            block.live = both(block.parent, block.open)
            taken = truth(self.run(token, lambda: self.evaluator.value(condition), report=False))
            block.live = both(block.parent, both(block.open, taken))
            block.open = both(block.open, None if taken is None else not taken)
        else:
            self.parser.block_end(name)
            block.live = both(block.parent, block.open)
            block.then -= {"else", "elif", "elseif"}
        if not block.extension:
            self.report(token, self.parser.lexer.position)

    def _kind(self, block: Block) -> BlockKind | None:
        """What becomes of the text of a block that is closed; None where it is shown as it is."""
        if block.extension and block.name in self.code_tags:
            return BlockKind.CODE
        # Its text is the value of a variable.
        return BlockKind.HIDDEN if block.name == "set" else None

    def _case(self, name: str, block: Block) -> None:
        # Nunjucks reads the first tag in a switch as a case, whatever its name is.
        block.live = None
        if name == "default" and "first" not in block.then:
            self.parser.block_end(name)
            block.then = frozenset(("endswitch",))
            return
        if name == "case":
            self.evaluator.possible(self.parser.expression())
        self.parser.block_end(name)
        block.then = frozenset(("case", "default", "endswitch"))

    def _raw(self, token: Token, name: str) -> None:
        self.parser.block_end(name)
        lexer = self.parser.lexer
        level, position, closed = 1, lexer.position, lexer.position
        match = None
        while level and (match := _RAW[name].search(self.text, position)):
            position = closed = match.end()
            level += -1 if match[1] else 1
        if match is not None:
            inner = (lexer.position, match.start())
            self.blocks.append(TagBlock(BlockKind.RAW, token.start, *inner, closed))
        lexer.position = closed
        if level:
            detail = msg(
                "“{name}” has no end tag; it is removed and does not protect the text after it",
                name=name,
            )
            self.add(token.start, token.end, Effect.EXECUTED, detail)


Opener: TypeAlias = Callable[[Statements, Token, str], None]
