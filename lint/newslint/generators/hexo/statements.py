"""Nunjucks with the tags that Hexo adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from newslint.core.messages import msg
from newslint.generators.effects import BlockKind, Effect, TagBlock
from newslint.generators.hexo import tags
from newslint.generators.nunjucks.environment import GLOBALS, Environment
from newslint.generators.nunjucks.lexer import TemplateSyntaxError, Token, TokenType
from newslint.generators.nunjucks.statements import Statements
from newslint.generators.nunjucks.values import ANY, Shape, Value

_NAMES: dict[str, Value] = {
    **GLOBALS,
    "title": Value(Shape.STRING),
    "content": Value(Shape.STRING),
    "_content": Value(Shape.STRING),
    "raw": Value(Shape.STRING),
    "source": Value(Shape.STRING),
    "slug": Value(Shape.STRING),
    "layout": Value(Shape.STRING),
    "_id": Value(Shape.STRING),
    "date": Value(Shape.OBJECT),
    "updated": Value(Shape.OBJECT),
    "comments": Value(Shape.BOOLEAN),
    "published": Value(Shape.BOOLEAN),
    "photos": Value(Shape.LIST),
    "path": Value(Shape.STRING),
    "permalink": Value(Shape.STRING),
    "full_source": Value(Shape.STRING),
    "asset_dir": Value(Shape.STRING),
    "site": ANY,
    "link": ANY,
    "tags": ANY,
    "categories": ANY,
    "author": ANY,
    "headimg": ANY,
    "thumbnail": ANY,
}
"""The names that Hexo gives a post's template: the post's fields, as the database holds them."""
ENVIRONMENT = Environment(names=_NAMES, is_open=False)

_SWALLOWED = (
    TokenType.DATA,
    TokenType.COMMENT,
    TokenType.BLOCK_START,
    TokenType.VARIABLE_START,
    TokenType.VARIABLE_END,
)


@dataclass(slots=True, kw_only=True)
class HexoStatements(Statements):
    """Reads a template as Hexo of a major version does."""

    version: int
    code_tags: ClassVar[frozenset[str]] = frozenset({"code", "codeblock"})

    def read_extension(self, token: Token, name: str) -> bool:
        """Read one of Hexo's own tags; False where this version has none of that name."""
        kind = tags.tag(name, self.version)
        if kind is None:
            return False
        arguments, odd = [""], False
        while (part := self.parser.next(spaces=True)) and part.type is not TokenType.BLOCK_END:
            odd = odd or part.type in _SWALLOWED
            if part.type is TokenType.SPACE:
                arguments.append("")
            else:
                arguments[-1] += part.value
        given = [argument for argument in arguments if argument]
        end = self.parser.lexer.position
        if part is None and kind.block:
            raise TemplateSyntaxError(msg("it is not closed"))
        if (reason := tags.failure(name, given, self.version)) and self.live:
            self.add(
                token.start,
                end,
                Effect.SITE_DIES,
                reason,
                undefined=name == "post_link" and bool(given),
            )
        elif part is None:
            detail = msg("its quotes are not closed, so the rest of the post is lost")
            self.add(token.start, end, Effect.CUT, detail)
        elif odd:
            self.report(token, end, msg("it swallows the text up to the next “%}”"))
        elif len(given) < kind.needs:
            self.report(token, end, msg("the tag “{name}” runs and prints nothing", name=name))
        if not kind.block and any("<" in argument for argument in given):
            # No element begins in an argument.
            self.blocks.append(TagBlock(BlockKind.MARKUP, token.start, token.start, end, end))
        if kind.block:
            self.open(token, name, f"end{name}", self.live, extension=True)
        return True
