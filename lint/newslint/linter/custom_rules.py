"""Rules without Python: ``[[rule]]`` tables, and the rules created from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from newslint.core import lazy
from newslint.core.finding import Finding, Fix, Safety, Severity
from newslint.core.messages import msg
from newslint.core.names import kebab
from newslint.core.patterns import checked
from newslint.core.span import Span
from newslint.linter import xpath_check
from newslint.linter.rule import PostRule, Rule
from newslint.linter.source_map import MappedText, field_value, style_texts, text_pieces, whole_text

if TYPE_CHECKING:
    from lxml import etree

    from newslint.post.post import Post


class CustomFix(BaseModel):
    """How a custom rule fixes what it finds. ``name`` and ``value`` are those of an attribute.

    ``content`` replaces the element or the match; it may contain fields of the message.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    action: Literal["set-attribute", "remove-attribute", "remove-element", "unwrap", "replace"]
    name: str | None = None
    value: str = ""
    content: str = ""
    safety: Safety = Safety.UNSAFE

    @model_validator(mode="after")
    def _complete(self) -> CustomFix:
        if self.action.endswith("attribute") and not self.name:
            raise ValueError(msg("{action} requires a name", action=self.action))
        return self


class CustomRule(BaseModel):
    """One ``[[rule]]`` table."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=kebab, defer_build=True)

    code: Annotated[str, Field(pattern=r"^[A-Z]{2,8}[0-9]{3}$")]
    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    message: Annotated[str, Field(min_length=1)]
    description: str = ""
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    """The rule's documentation URL."""
    severity: Severity = Severity.WARNING
    xpath: str | None = None
    css: str | None = None
    pattern: str | None = None
    on: str = "source"
    files: tuple[Annotated[str, AfterValidator(checked)], ...] = ()
    fix: CustomFix | None = None
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_expression(self) -> CustomRule:
        if len(self._given()) != 1:
            raise ValueError("give exactly one of xpath, css and pattern")
        if self.pattern is None and self.on != "source":
            raise ValueError("on goes with a pattern")
        if self.pattern is not None and self.fix and self.fix.action != "replace":
            raise ValueError(
                msg(
                    "a rule with a pattern supports the fix `replace` only, not {action}",
                    action=self.fix.action,
                )
            )
        return self

    def _given(self) -> list[str]:
        keys = ("xpath", "css", "pattern")
        return [key for key in keys if getattr(self, key) is not None]

    @property
    def key(self) -> str:
        """The key of the expression: ``xpath``, ``css`` or ``pattern``."""
        return self._given()[0]


def rule_of(table: CustomRule, compiled: Any, origin: str) -> type[Rule]:
    """Return the rule class for a table, with its compiled expression.

    ``origin`` names the configuration that contains it.
    """
    base = _PatternRule if table.pattern is not None else _ElementsRule
    doc = table.description or msg(
        "{message}.\n\nA rule of {origin}.", message=table.message.rstrip("."), origin=origin
    )
    attributes = {
        "__doc__": doc,
        "code": table.code,
        "name": table.name,
        "severity": table.severity,
        "url": table.url,
        "fix": table.fix.safety if table.fix else None,
        "table": table,
        # As a class attribute, a function would become a method.
        "compiled": staticmethod(compiled) if callable(compiled) else compiled,
    }
    return type(table.name.title().replace("-", ""), (base,), attributes)


def compiled_of(table: CustomRule) -> Any:
    """Return the compiled expression. Raises ValueError with what is wrong with it."""
    key = table.key
    expression = getattr(table, key)
    if key == "pattern":
        return lazy.compiled(expression, re.MULTILINE)
    from lxml import etree

    if key == "css":
        from cssselect import HTMLTranslator

        try:
            expression = HTMLTranslator().css_to_xpath(expression)
        except Exception as error:  # cssselect also raises other exceptions than its own
            raise ValueError(str(error)) from None
    try:
        compiled = etree.XPath(expression)
    except etree.XPathSyntaxError as error:
        raise ValueError(str(error)) from None
    if (wrong := xpath_check.fault(expression)) is not None:
        raise ValueError(wrong)
    return compiled


class _CustomRule(PostRule):
    table: CustomRule
    compiled: Any

    def words(self, template: str, fields: dict[str, str]) -> str:
        """Return a template with each ``{name}`` filled; unknown names become empty."""
        return _FIELD.sub(lambda field: fields.get(field[1], ""), template)


_FIELD = lazy.pattern(r"\{([\w:.-]+)\}")


class _PatternRule(_CustomRule):
    def check(self, post: Post) -> Iterator[Finding]:
        regex: re.Pattern[str] = self.compiled
        for text in self._texts(post):
            for match in regex.finditer(text.text):
                if match.end() > match.start():
                    yield self._found(text, match)

    def _texts(self, post: Post) -> Iterable[MappedText]:
        on = self.table.on
        special: dict[str, Callable[[Post], Iterable[MappedText]]] = {
            "source": lambda post: (whole_text(post.text),),
            "text": text_pieces,
            "style": style_texts,
        }
        return special[on](post) if on in special else field_value(post, on)

    def _found(self, text: MappedText, match: re.Match[str]) -> Finding:
        span = text.span(match.start(), match.end())
        groups = {str(at): part or "" for at, part in enumerate(match.groups(), 1)}
        named = {name: part or "" for name, part in match.groupdict().items()}
        fields = {"match": match[0], "text": match[0], **groups, **named}
        fix = self.table.fix
        replacement = None
        if fix is not None and text.is_exact(match.start(), match.end()):
            replacement = self.make_fix("Replace the text", (span, self.words(fix.content, fields)))
        return self.finding(span, self.words(self.table.message, fields), replacement)


class _ElementsRule(_CustomRule):
    def check(self, post: Post) -> Iterator[Finding]:
        found = self.compiled(post.body)
        if not isinstance(found, list):
            # A number, boolean or text: if true, the finding is about the post as a whole.
            if found:
                yield self.finding(post.start_span(), self.words(self.table.message, {}))
            return
        for one in found:
            yield from self._found(one, post)

    def _found(self, one: Any, post: Post) -> Iterator[Finding]:
        """Yield a finding at the element, attribute or text that the expression returns."""
        element: etree._Element | None = one if not isinstance(one, str) else one.getparent()  # type: ignore[attr-defined]
        if element is None or not isinstance(element.tag, str):
            return
        attribute = getattr(one, "attrname", None)
        fields = {str(name): str(value) for name, value in element.attrib.items()}
        text = " ".join("".join(map(str, element.itertext())).split())
        fields |= {"tag": element.tag, "text": text, "match": str(one) if attribute else text}
        message = self.words(self.table.message, fields)
        yield self.finding(
            post.span(element, attribute), message, self._fix_of(element, fields, post)
        )

    def _fix_of(self, element: etree._Element, fields: dict[str, str], post: Post) -> Fix | None:
        fix = self.table.fix
        token = post.html.start_tag(element)
        if fix is None or token is None:
            return None
        if fix.action == "set-attribute":
            return self._set_attribute(element, self.words(fix.value, fields), post)
        if fix.action == "remove-attribute":
            removal = post.remove_attribute(element, str(fix.name).lower())
            return self.make_fix(msg("Remove {name}", name=fix.name), *removal) if removal else None
        if fix.action == "remove-element":
            removal = post.remove_element(element)
            return self.make_fix("Remove the element", *removal) if removal else None
        end = post.html.end_tag(element)
        start = token.span.shift(post.body_start)
        if end is None:
            return None
        if fix.action == "unwrap":
            return self.make_fix("Remove the tags", (start, ""), (end, ""))
        content = self.words(fix.content, fields)
        return self.make_fix("Replace the text", (Span(start.start, end.end), content))

    def _set_attribute(self, element: etree._Element, value: str, post: Post) -> Fix | None:
        assert self.table.fix is not None
        name = str(self.table.fix.name).lower()
        old = element.get(name)
        if old == value:
            return None
        edits = post.add_attribute(element, name, value, first=True)
        message = msg("Add {name}", name=name) if old is None else msg("Set {name}", name=name)
        return self.make_fix(message, *edits) if edits else None


def failures(rule: type[Rule]) -> Iterator[str]:
    """Yield what is wrong with the examples of a custom rule, as messages.

    A bad example must be reported, at the spans marked ⟦…⟧ if there are any; a good one must not.
    Each example is checked as a ``.html`` post.
    """
    from newslint.linter.examples import run_example, unmark
    from newslint.linter.rule import Bad, Good

    assert issubclass(rule, _CustomRule)
    for bad in rule.table.bad:
        text, spans = unmark(bad)
        found = [finding.span for finding in run_example(rule, Bad(text), text)]
        if not found:
            yield msg("does not report its bad example {bad!r}", bad=bad)
        elif spans and found != spans:
            places = [text[slice(*span)] for span in found]
            yield msg("reports {places} in its bad example {bad!r}", places=places, bad=bad)
    for good in rule.table.good:
        if run_example(rule, Good(good), good):
            yield msg("reports its good example {good!r}", good=good)
