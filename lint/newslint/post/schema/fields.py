"""The fields of a model, for rules that check values by their meaning."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from newslint.post.schema.field_kind import FieldKind
from newslint.post.schema.news_fast_path import News

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

Path = tuple[str, ...]


@cache
def kinds(model: type[BaseModel] | News) -> dict[Path, FieldKind]:
    """Return the fields of a model by path, including those of nested models."""
    if isinstance(model, News):
        return model.kinds
    found: dict[Path, FieldKind] = {}
    _collect(model, (), found, ())
    return found


@cache
@cache
def fields_of(model: type[BaseModel] | News) -> frozenset[str]:
    """Return the top-level keys of a model."""
    if isinstance(model, News):
        return frozenset(path[0] for path in model.kinds)
    return frozenset(written_name(name, info) for name, info in model.model_fields.items())


_GENERATOR_FIELDS = {
    "hexo": "layout title date updated comments tag tags category categories permalink excerpt"
    " disableNunjucks lang published photos slug",
    "jekyll": "layout permalink published date category categories tag tags title slug excerpt"
    " excerpt_separator render_with_liquid",
    "hugo": "aliases audio cascade categories date description draft expiryDate headless images"
    " isCJKLanguage keywords lastmod layout linkTitle markup menu menus outputs params publishDate"
    " resources series sitemap slug summary tags title translationKey type url videos weight",
    "eleventy": "title date tags layout permalink pagination templateEngineOverride"
    " eleventyComputed eleventyNavigation eleventyExcludeFromCollections",
}
"""All fields of the presets, which take pydantic, and a few more."""


@cache
def generator_fields(generator: str) -> frozenset[str]:
    """Return the keys at the top of the front matter that a generator reads itself."""
    return frozenset(_GENERATOR_FIELDS.get(generator, "").split())


def _collect(
    model: type[BaseModel],
    path: Path,
    found: dict[Path, FieldKind],
    above: tuple[type[BaseModel], ...],
) -> None:
    for name, info in model.model_fields.items():
        here = (*path, written_name(name, info))
        kind = _kind(info)
        found[here] = kind
        if kind.model is not None and kind.model not in above:
            _collect(kind.model, here, found, (*above, model))


def written_name(name: str, info: FieldInfo) -> str:
    """Return the key that front matter uses for a field."""
    alias = info.validation_alias if isinstance(info.validation_alias, str) else info.alias
    return alias or name


def _kind(info: FieldInfo) -> FieldKind:
    from pydantic import BaseModel

    from newslint.post.schema.types import DATE_MARK, URL_PATTERN

    leaves = list(_leaves(info.annotation, info.metadata))
    facts: dict[str, Any] = {"required": info.is_required()}
    for leaf, metadata in leaves:
        if DATE_MARK in metadata or _is(leaf, "date"):
            facts["date"] = True
        elif leaf is str:
            is_url = any(getattr(mark, "pattern", None) == URL_PATTERN for mark in metadata)
            facts["url" if is_url else "text"] = True
        elif get_origin(leaf) in (list, tuple, set, frozenset):
            inner = [one for part in get_args(leaf) for one in _leaves(part, ())]
            facts["texts" if any(one is str for one, _ in inner) else "other"] = True
        elif isinstance(leaf, type) and issubclass(leaf, BaseModel):
            facts["model"] = leaf
        elif leaf is not type(None):
            facts["other"] = True
    return FieldKind(**facts)


def _is(leaf: object, module: str) -> bool:
    return getattr(leaf, "__module__", "") == "datetime" and module in getattr(leaf, "__name__", "")


def _leaves(annotation: Any, metadata: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the members of a union, each with its metadata."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _leaves(inner, (*metadata, *_unfolded(more)))
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _leaves(part, metadata)
    else:
        yield annotation, tuple(metadata)


def _unfolded(marks: list[Any]) -> Iterator[Any]:
    from pydantic.fields import FieldInfo

    for mark in marks:
        yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)
