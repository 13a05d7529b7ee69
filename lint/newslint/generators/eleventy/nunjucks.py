"""Nunjucks as Eleventy runs it: its filters, the shortcodes and data of the site.

Measured with Eleventy 3.1.8: unless ``throwOnUndefined`` is on, a name without a value prints
nothing; what is called, filtered or included must exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.effects import (
    BlockKind,
    Effect,
    TagBlock,
    TemplateProblem,
    TemplateReading,
)
from newslint.generators.eleventy.plugins import NUNJUCKS
from newslint.generators.nunjucks.block_tags import OPENERS
from newslint.generators.nunjucks.environment import GLOBALS, Environment
from newslint.generators.nunjucks.evaluator import UndefinedError
from newslint.generators.nunjucks.filters import FILTERS
from newslint.generators.nunjucks.lexer import TemplateSyntaxError, Token, TokenType
from newslint.generators.nunjucks.parser import Node
from newslint.generators.nunjucks.statements import RUN, Statements
from newslint.generators.nunjucks.values import ANY, Shape, Value, string
from newslint.generators.site_roles import BUNDLE_TAGS, Answer, Definition

if TYPE_CHECKING:
    from newslint.generators.site import Site

_NO_PATH = frozenset(Shape) - {Shape.STRING, Shape.ANY}
_NO_LIST = frozenset(Shape) - {Shape.STRING, Shape.LIST, Shape.ANY}
_FILTERS: dict[str, frozenset[Shape]] = {
    **FILTERS,
    **dict.fromkeys(("slug", "slugify", "log", "renderTransforms"), frozenset()),
    "url": _NO_PATH - {Shape.UNDEFINED, Shape.NULL},
    "inputPathToUrl": _NO_PATH,
    **dict.fromkeys(
        (
            "getCollectionItem", "getCollectionItemIndex", "getNextCollectionItem",
            "getPreviousCollectionItem",
        ),
        _NO_LIST,
    ),
}  # fmt: skip
"""The filters that Eleventy adds, each with the kinds of values that break it."""
_SUPPLIED = dict.fromkeys(("page", "collections", "eleventy", "pkg"), Value(Shape.OBJECT))
_OWN = BUNDLE_TAGS | {"setAsync"}
_SYNCHRONOUS = frozenset({"call", "filter", "switch"})
"""The tags in which a paired shortcode fails, since it is asynchronous."""
_EXTENDS = lazy.pattern(r"\{%-?\s*+extends\b")
_LIST_LIMIT = 100
_OPEN = frozenset({"date", "tags", "permalink", "pagination"})
"""The data that Eleventy makes something else of, at times."""


def read(body: str, site: Site | None, data: Mapping[str, Any]) -> TemplateReading:
    """Return what Nunjucks makes of a body; ``data`` is the post's, with that of its folders."""
    if not any(mark in body for mark in ("{{", "{%", "{#", "#}")):
        return TemplateReading([], [])
    statements = EleventyStatements(body, OPENERS, environment(site, data))
    problems = sorted(statements.read(), key=lambda problem: problem.start)
    blocks = sorted(statements.blocks, key=lambda block: block.outer_start)
    return TemplateReading(problems, blocks)


def environment(site: Site | None, data: Mapping[str, Any]) -> Environment:
    """Return what a post of a site may use."""
    is_computed = "eleventyComputed" in data
    names = {
        name: ANY if is_computed or name in _OPEN else _value(value)
        for name, value in data.items()
    }  # fmt: skip
    pages = data.get("pagination")
    if isinstance(pages, Mapping):
        names[str(pages.get("alias")).partition(".")[0]] = ANY
    known = {**GLOBALS, **names, **_SUPPLIED}
    if site is None:
        return Environment(names=known, filters=_FILTERS)
    from newslint.generators.eleventy.site import EleventySite

    has = site

    def lookup(kind: Any, name: str) -> Definition:
        if kind == "include" and name.startswith(("./", "../")):
            return Definition(Answer.UNKNOWN, reason=msg("{name} may exist", name=name))
        return has.lookup_in(kind, name, NUNJUCKS)

    filters = {
        name: breaking
        for name, breaking in _FILTERS.items()
        if lookup("filter", name).source in ("", "Eleventy")
    }
    throws = site.options.throws if isinstance(site, EleventySite) else False
    return Environment(names=known, filters=filters, lookup=lookup, throws=throws)


def _value(value: object) -> Value:
    """Return what is known of a value of the front matter."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool):
        return Value(Shape.BOOLEAN, value)
    if isinstance(value, (int, float)):
        return Value(Shape.NUMBER, float(value))
    if isinstance(value, list):
        plain = all(isinstance(one, (str, int, float, bool)) for one in value[:_LIST_LIMIT])
        is_known = plain and len(value) <= _LIST_LIMIT
        return Value(Shape.LIST, tuple(map(_value, value)) if is_known else None)
    if isinstance(value, Mapping):
        return Value(Shape.OBJECT)
    return Value(Shape.NULL) if value is None else ANY


@dataclass(slots=True)
class EleventyStatements(Statements):
    """Reads a template with the shortcodes of a site."""

    code_tags: ClassVar[frozenset[str]] = frozenset({"highlight"})

    _extends: bool = field(init=False, default=False)
    _outside: tuple[int, int] | None = field(init=False, default=None)
    """The first text that is in no block: where another template is extended, it is removed."""

    def read(self) -> list[TemplateProblem]:
        """Return all that the engine does not leave as it is."""
        problems = Statements.read(self)
        if self._extends and self._outside is not None:
            detail = msg("it is outside of the blocks of a template with “extends”, and is removed")
            self.add(*self._outside, Effect.WRONG, detail)
        return problems

    def report(self, token: Token, end: int, detail: str = RUN) -> None:
        """Note that the tag which begins with a token is run."""
        Statements.report(self, token, end, detail)
        if self.live is True and _EXTENDS.match(self.text, token.start):
            self._extends = True

    def plain(self, token: Token) -> None:
        """Note a comment, which hides the HTML in it, and text."""
        Statements.plain(self, token)
        if token.type is TokenType.COMMENT:
            inner = (token.start + 2, token.end - 2)
            self.blocks.append(TagBlock(BlockKind.HIDDEN, token.start, *inner, token.end))
        elif self._outside is None and (text := token.value.strip()) and self.live is not False:
            start = token.start + token.value.index(text)
            if not any(block.name.startswith("block ") for block in self._blocks):
                self._outside = (start, start + len(text))

    def read_extension(self, token: Token, name: str) -> bool:
        """Read a shortcode that the site defines; False where it has none of this name.

        A tag that reads itself (``addNunjucksTag``) is not known here either.
        """
        definition = self.environment.lookup("tag", name)
        if definition.answer is not Answer.YES or definition.paired is None:
            return False
        if name.startswith("end") and self.environment.defines("tag", name[3:]):
            raise TemplateSyntaxError(msg("“{name}” has no start tag", name=name))
        if definition.source == "Eleventy" and name not in _OWN:
            return False
        outer = next((block.name for block in self._blocks if block.name in _SYNCHRONOUS), None)
        if definition.paired and outer:
            message = msg("“{name}” does not work inside “{outer}”", name=name, outer=outer)
            raise TemplateSyntaxError(message)
        arguments = self.parser.bare_arguments()
        self.parser.block_end(name)
        self.run(token, lambda: self._shortcode(name, arguments))
        if definition.paired:
            self.open(token, name, f"end{name}", self.live, extension=True)
        return True

    def _shortcode(self, name: str, arguments: tuple[Node, ...]) -> Value:
        values = [self.evaluator.value(argument) for argument in arguments]
        if name in BUNDLE_TAGS:
            bundle = values[0].constant if values else ""
            is_known = values and values[0].shape is Shape.ANY
            if not is_known and not self.environment.defines("tag", str(bundle)):
                raise UndefinedError(msg("the site has no such bundle"))
        return ANY
