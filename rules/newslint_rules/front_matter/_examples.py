"""Where a finding about a value of the front matter starts, and which errors are whose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import SchemaError, Span

if TYPE_CHECKING:
    from newslint import FrontMatter, Post

GOOD_MATTER = """\
---
title: 'A title'
categories:
 - World
headimg: 'https://img.example.net/1.jpg'
author: Wire
comments: false
date: Thu, 02 Dec 2021 14:50:58 GMT
thumbnail: 'https://img.example.net/1.jpg'
---

<p>Text</p>
"""
"""A post that keeps the schema ``news``: what examples are made of."""


def example(field: str, written: str) -> str:
    """`GOOD_MATTER` with one field written otherwise; an empty text leaves it out."""
    fields: list[str] = []
    for line in GOOD_MATTER.splitlines():
        if line.startswith(" - "):
            fields[-1] += f"\n{line}"
        else:
            fields.append(line)
    lines = [written if line.startswith(f"{field}:") else line for line in fields]
    return "\n".join(line for at, line in enumerate(lines) if line or not fields[at]) + "\n"


def key_of(path: Iterable[str | int]) -> tuple[str, ...]:
    """Return the keys on a path, without what comes after the first index of a list."""
    keys: list[str] = []
    for part in path:
        if isinstance(part, int):
            break
        keys.append(part)
    return tuple(keys)


def key_span(front_matter: FrontMatter, path: Iterable[str | int]) -> Span:
    """The span of the key that a value belongs to; a list's item belongs to the list's key."""
    return front_matter.key_span(key_of(path))


def complaints(post: Post, kind: str) -> list[SchemaError]:
    """Return what the schema has to say of one kind; nearly always nothing."""
    errors = post.schema_errors
    return [error for error in errors if error.kind == kind] if errors else []
