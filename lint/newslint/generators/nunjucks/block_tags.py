"""The tags of Nunjucks that run: each reads what is in it, and tells what that comes to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint.core.messages import msg
from newslint.generators.nunjucks import filters
from newslint.generators.nunjucks.evaluator import TemplateRunError, UndefinedError
from newslint.generators.nunjucks.lexer import TemplateSyntaxError, Token, TokenType
from newslint.generators.nunjucks.parser import Node
from newslint.generators.nunjucks.values import ANY, UNDEFINED, Shape, Value, both, string, truth

if TYPE_CHECKING:
    from newslint.generators.nunjucks.statements import Opener, Statements


def _if(template: Statements, token: Token, name: str) -> None:
    condition = template.parser.expression()
    template.parser.block_end(name)
    taken = truth(template.run(token, lambda: template.evaluator.value(condition)))
    rest = None if taken is None else not taken
    template.open(token, name, "elif elseif else endif", both(template.live, taken), open_=rest)


def _for(template: Statements, token: Token, name: str) -> None:
    first = template.parser.primary()
    if first.kind != "symbol":
        raise TemplateSyntaxError(msg("a loop requires a name"))
    names = [first]
    while template.parser.skip(","):
        names.append(template.parser.primary())
    if any(node.kind not in ("symbol", "string") for node in names):
        raise TemplateSyntaxError(msg("a loop requires names"))
    if not template.parser.skip_word("in"):
        raise TemplateSyntaxError(msg("“in” is missing in “{name}”", name=name))
    items = template.parser.expression()
    template.parser.block_end(name)
    value = template.run(token, lambda: template.evaluator.value(items))
    runs = _repeats(value, len(names))
    scope = {node.value: ANY for node in names} | {"loop": Value(Shape.OBJECT)}
    ending = {"for": "endfor", "asyncEach": "endeach", "asyncAll": "endall"}[name]
    rest = None if runs is None else not runs
    template.open(token, name, f"else {ending}", both(template.live, runs), open_=rest, names=scope)


def _set(template: Statements, token: Token, name: str) -> None:
    targets = [template.parser.primary()]
    while template.parser.skip(","):
        targets.append(template.parser.primary())
    if any(node.kind not in ("symbol", "string") for node in targets):
        raise TemplateSyntaxError(msg("only a name can be set"))
    if template.parser.skip("="):
        node = template.parser.expression()
        template.parser.block_end(name)
        value = template.run(token, lambda: template.evaluator.value(node))
    else:
        template.parser.block_end(name)
        value = string(None)
        template.report(token, template.parser.lexer.position)
        template.open(token, name, "endset", template.live)
    for target in targets:
        template.evaluator.set(target.value, value if template.live else ANY)


def _macro(template: Statements, token: Token, name: str) -> None:
    macro = template.parser.primary(postfix=False)
    if macro.kind not in ("symbol", "string"):
        raise TemplateSyntaxError(msg("a macro requires a name"))
    names = _parameters(template.parser.signature())
    template.parser.block_end(name)
    template.report(token, template.parser.lexer.position)
    template.evaluator.set(macro.value, Value(Shape.FUNCTION))
    template.open(token, name, "endmacro", None, names=names | {"caller": ANY})


def _call(template: Statements, token: Token, name: str) -> None:
    names: dict[str, Value] = {}
    following = template.parser.peek()
    if following and following.type is TokenType.OPERATOR and following.value == "(":
        names = _parameters(template.parser.signature())
    call = template.parser.primary()
    if call.kind != "call":
        raise TemplateSyntaxError(msg("“call” does not call a macro"))
    template.parser.block_end(name)
    template.run(token, lambda: template.evaluator.value(call))
    template.open(token, name, "endcall", None, names=names)


def _block(template: Statements, token: Token, name: str) -> None:
    block = template.parser.primary()
    if block.kind != "symbol" or not block.value.replace("$", "_").isidentifier():
        raise TemplateSyntaxError(msg("a block requires a name"))
    template.parser.block_end(name)
    if block.value in template.names:
        raise TemplateSyntaxError(msg("there are two blocks “{value}”", value=block.value))
    template.names.add(block.value)
    template.report(token, template.parser.lexer.position)
    names = {"super": Value(Shape.FUNCTION)} if template.extends else None
    template.open(token, f"block {block.value}", "endblock", template.live, names=names)


def _filter(template: Statements, token: Token, name: str) -> None:
    node = template.parser.filter(Node("symbol", "filter"))
    template.parser.block_end(name)

    def evaluate() -> Value:
        arguments = [template.evaluator.value(part) for part in node.parts[1:]]
        if not template.evaluator.is_filter(node.value):
            raise UndefinedError(msg("there is no filter “{value}”", value=node.value))
        if filters.breaks(node.value, template.environment.filters, string(None), len(arguments)):
            raise TemplateRunError(
                msg("the filter “{value}” does not accept text", value=node.value)
            )
        return ANY

    template.run(token, evaluate)
    template.open(token, name, "endfilter", template.live)


def _switch(template: Statements, token: Token, name: str) -> None:
    subject = template.parser.expression()
    template.parser.block_end(name)
    template.run(token, lambda: template.evaluator.value(subject))
    template.open(token, name, "first case default endswitch", False)


def _other_template(template: Statements, token: Token, name: str) -> None:
    """``include``, ``extends``, ``import`` and ``from``: the site has other templates, or none."""
    other = template.parser.expression()
    optional = False
    names: list[str] = []
    if name == "include":
        optional = template.parser.skip_word("ignore") and template.parser.skip_word("missing")
    elif name == "import":
        if not template.parser.skip_word("as"):
            raise TemplateSyntaxError(msg("“as” is missing in “import”"))
        names = [template.parser.expression().value]
        _with_context(template)
    elif name == "from":
        names = _imported(template)
    template.parser.block_end(name)
    template.extends |= name == "extends"

    def evaluate() -> Value:
        value = template.evaluator.value(other)
        if optional and value.shape in (Shape.STRING, Shape.ANY):
            return UNDEFINED
        file = value.constant
        if isinstance(file, str) and template.environment.defines("include", file):
            return ANY
        if template.environment.is_open and value.shape is Shape.ANY:
            return ANY  # the name is computed
        raise UndefinedError(msg("“{name}” does not find the template", name=name))

    template.run(token, evaluate)
    for one in names:
        template.evaluator.set(one, ANY)


def _imported(template: Statements) -> list[str]:
    """Read the names that ``from`` imports; return those that the template gets."""
    if not template.parser.skip_word("import"):
        raise TemplateSyntaxError(msg("“import” is missing in “from”"))
    names: list[str] = []
    while (token := template.parser.peek()) and token.type is not TokenType.BLOCK_END:
        if names and not template.parser.skip(","):
            raise TemplateSyntaxError(msg("a comma is missing between two names"))
        names.append(template.parser.primary().value)
        if names[-1].startswith("_"):
            raise TemplateSyntaxError(msg("a name that begins with “_” cannot be imported"))
        if template.parser.skip_word("as"):
            names[-1] = template.parser.primary().value
        _with_context(template)
    if not names:
        raise TemplateSyntaxError(msg("“from” does not import a name"))
    return names


def _with_context(template: Statements) -> None:
    given = template.parser.skip_word("with") or template.parser.skip_word("without")
    if given and not template.parser.skip_word("context"):
        raise TemplateSyntaxError(msg("“context” is missing"))


def _repeats(value: Value, names: int) -> bool | None:
    """Return whether a loop over the value runs at least once."""
    if truth(value) is False or value.shape in (Shape.NUMBER, Shape.BOOLEAN):
        return False
    if isinstance(value.constant, (str, tuple)):
        return bool(value.constant)
    if value.shape is Shape.OBJECT and names == 1:
        return False if not value.code else None
    return None


def _parameters(nodes: Iterable[Node]) -> dict[str, Value]:
    names: dict[str, Value] = {}
    for node in nodes:
        if node.kind == "keywords":
            names |= {pair.value: ANY for pair in node.parts}
        elif node.kind == "symbol":
            names[node.value] = ANY
        else:
            raise TemplateSyntaxError(msg("the parameters of a macro must be names"))
    return names


OPENERS: dict[str, Opener] = {
    **dict.fromkeys(("if", "ifAsync"), _if),
    **dict.fromkeys(("for", "asyncEach", "asyncAll"), _for),
    "set": _set,
    "macro": _macro,
    "call": _call,
    "block": _block,
    "filter": _filter,
    "switch": _switch,
    **dict.fromkeys(("include", "extends", "import", "from"), _other_template),
}
"""What reads a tag: it is given the template, the token ``{%`` and the tag's name."""
