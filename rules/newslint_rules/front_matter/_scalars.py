"""Unquoted values that are not what they look like: FM022's, which FM006 and FM008 leave to it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from newslint import FieldKind, Span, lazy, msg, schema

if TYPE_CHECKING:
    from pydantic import BaseModel
    from yaml.nodes import ScalarNode

    from newslint import FrontMatter, Post

Path = tuple[str | int, ...]

SWALLOWED = lazy.pattern(r"[A-Za-z_][\w-]*+:[^\s:/]")
"""A plain key that contains a colon: ``title:'It is``. An address (``https://``) is none."""
_NEXT_ITEM = lazy.pattern(r"[\r\n][ \t]*+-[ \t]")
_ONLY_COMMENT = lazy.pattern(r"[ \t]*+:[ \t]++#(?P<text>[^\s#])?+")
_TEXT_LIKE_COMMENT = lazy.pattern(r"[ \t]++#(?:[^\s#][^\r\n]*+|(?=[ \t]*+(?:[\r\n]|\Z)))")


_ALWAYS: dict[tuple[str, ...], FieldKind] = {
    ("title",): FieldKind(text=True),
    ("categories",): FieldKind(text=True, texts=True),
    ("tags",): FieldKind(text=True, texts=True),
}
"""What every generator shows as text, whatever the schema says or leaves open."""


@cache
def text_fields(model: type[BaseModel]) -> dict[tuple[str, ...], FieldKind]:
    """Return the fields that hold text, or a list of texts."""
    fields = _ALWAYS | schema.kinds(model)
    return {path: kind for path, kind in fields.items() if kind.text or kind.texts}


def kind_at(post: Post, path: Path) -> FieldKind | None:
    """Return what is known of the field that a path leads into, where it contains text."""
    if path == ("layout",) and post.target.name == "eleventy":
        return None  # In quotes, a number is the name of no layout either: both stop the build.
    fields = text_fields(post.schema)
    return fields.get(tuple(part for part in path if isinstance(part, str)))


def is_refused(post: Post, path: Path) -> bool:
    """Whether a value that is no text is none by mistake: ``layout: false`` may be just that."""
    known = schema.kinds(post.schema)
    if tuple(part for part in path if isinstance(part, str)) not in known:
        return True
    return any(error.path == path and error.kind == "type" for error in post.schema_errors)


def holds_text(post: Post, path: Path) -> bool:
    """Return whether a text is wanted at a path: in a text field, or in a list of texts."""
    kind = kind_at(post, path)
    if kind is None:
        return False
    return kind.texts if path and isinstance(path[-1], int) else kind.text


def is_ambiguous(front_matter: FrontMatter, post: Post, path: Path) -> bool:
    """Return whether a scalar that should be text is none, only because it is without quotes."""
    if not holds_text(post, path) or front_matter.scalar(path) is None:
        return False
    return unquoted(front_matter, post, path) is not None


def in_brackets(front_matter: FrontMatter, post: Post, path: Path) -> Span | None:
    """The span of a list or mapping that was meant as text, as in ``title: [x]``; None for others.

    Where the schema has a list of texts, a list is what it should be.
    """
    kind = kind_at(post, path)
    if front_matter.scalar(path) is not None or not holds_text(post, path):
        return None
    if kind is not None and kind.texts:
        return None
    return unquoted(front_matter, post, path)


def unquoted(front_matter: FrontMatter, post: Post, path: Path) -> Span | None:
    """Return the span of a value of one line that would be text in quotes, as it looks.

    A plain scalar; or brackets that hold one word, as in ``title: [x]`` and ``author: {x}``. A
    mapping with a value (``author: {name: x}``) looks like what it is, but in a title.
    """
    if front_matter.bounds.form != "yaml":
        return None
    scalar = front_matter.scalar(path)
    span = front_matter.value_span(path)
    if "\n" in post.text[span.start : span.end]:
        return None
    if scalar is not None:
        return span if _is_bare(post, scalar, span) and scalar.value else None
    value: Any = front_matter.data
    for part in path:
        value = value[part]
    brackets = post.text[span.start : span.start + 1] in ("[", "{")
    short = path == ("title",) or _is_one_word(value)
    return span if brackets and short and value and _stands_alone(post, span) else None


def _is_bare(post: Post, scalar: ScalarNode, span: Span) -> bool:
    """Whether a scalar has no quotes, and no tag, anchor or alias represents it or before it."""
    alone = not scalar.style and _stands_alone(post, span)
    return alone and post.text[span.start : span.start + 1] not in ("!", "&", "*")


def _stands_alone(post: Post, span: Span) -> bool:
    before = post.text[max(0, span.start - 100) : span.start].rstrip(" \t")
    return before[-1:] in (":", "-", ",", "[", "{", "\n", "\r")


def _is_one_word(value: object) -> bool:
    if isinstance(value, dict):
        return len(value) < 2 and all(one is None for one in value.values())
    return isinstance(value, list) and len(value) < 2


def is_comment(front_matter: FrontMatter, post: Post, path: Path) -> bool:
    """Return whether a value is empty because all of it is a comment: ``title: #1 of all``.

    A title that is one is empty even where the comment is meant, as in ``title: # fix me``.
    """
    if front_matter.bounds.form != "yaml" or not path or isinstance(path[-1], int):
        return False
    key = front_matter.key_span(path)
    comment = _ONLY_COMMENT.match(post.text, key.end)
    return comment is not None and (comment["text"] is not None or path == ("title",))


def line_end(text: str, start: int) -> int:
    """Return the end of the line that an offset is in."""
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    return min(ends, default=len(text))


def runs_into_item(written: str) -> bool:
    """Whether a plain scalar goes on in a line that was meant for the next item of a list."""
    return _NEXT_ITEM.search(written) is not None


def is_null_word(front_matter: FrontMatter, post: Post, path: Path) -> bool:
    """Return whether a title is nothing, though a word is there.

    In other fields, ``null`` and ``~`` mean that there is no value: ``permalink: null`` is the
    site's own, ``tags: null`` is none.
    """
    scalar = front_matter.scalar(path)
    if scalar is None or path != ("title",):
        return False
    is_bare = _is_bare(post, scalar, front_matter.value_span(path))
    return is_bare and scalar.value.lower() in ("null", "~")


def cut_comment(text: str, end: int) -> Span | None:
    """Return what a scalar that ends at ``end`` lost to what looks like text (`` #1``, `` #``)."""
    match = _TEXT_LIKE_COMMENT.match(text, end)
    return None if match is None else Span(end, match.end())


@cache
def yaml_1_1_kind(text: str) -> str | None:
    """Return what YAML 1.1, which most tools read, makes of a plain scalar; None for text."""
    from yaml.nodes import ScalarNode
    from yaml.resolver import Resolver

    resolver: Any = Resolver()
    tag = str(resolver.resolve(ScalarNode, text, (True, False)))
    return _KINDS.get(tag.rpartition(":")[2])


_KINDS = {"bool": msg("true or false"), "int": msg("a number"), "float": msg("a number")}
_KINDS |= {"null": msg("nothing"), "timestamp": msg("a date")}
