"""Find the suppression comments of a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.span import Span

if TYPE_CHECKING:
    from newslint.post.post import Post


MARK = "newslint-"
"""Every suppression contains this text: a cheap test before parsing."""

_VERB = r"newslint-(?P<verb>[A-Za-z]++(?:-[A-Za-z]++)*+)"

_COMMENT = lazy.pattern(rf"<!--\s*+{_VERB}(?P<rest>.*)--!?>", re.DOTALL)

_YAML_COMMENT = lazy.pattern(rf"(?:^|(?<=[ \t]))#[ \t]*+{_VERB}(?P<rest>[^\r\n]*+)", re.MULTILINE)

_SAMPLES = frozenset({"pre", "code", "samp", "kbd"})


def in_body(post: Post) -> Iterator[tuple[Span, re.Match[str]]]:
    """Yield the suppression comments of the body, with their spans in the file."""
    from newslint.html.tokenizer import TokenKind

    start = post.html.start
    comments = [
        token.span
        for token in post.html.tokens
        if token.kind is TokenKind.COMMENT and token.closed
        if post.html.html.find(MARK, *token.span) >= 0
    ]
    samples = _code_samples(post) if comments else []
    for span in comments:
        if any(first <= span.start < last for first, last in samples):
            continue
        span = span.shift(start)
        if match := _COMMENT.match(post.text, *span):
            yield span, match


def _code_samples(post: Post) -> list[Span]:
    """Return the elements that show code, from start tag to end tag; unclosed ones are ignored."""
    from newslint.html.tokenizer import TokenKind

    opened: dict[str, list[int]] = {}
    samples: list[Span] = []
    for token in post.html.tokens:
        if token.name in _SAMPLES:
            if token.kind is TokenKind.START:
                opened.setdefault(token.name, []).append(token.span.end)
            elif token.kind is TokenKind.END and opened.get(token.name):
                samples.append(Span(opened[token.name].pop(), token.span.start))
    return samples


def in_front_matter(post: Post) -> Iterator[tuple[Span, re.Match[str]]]:
    """Yield the suppression comments of YAML front matter, not those in strings."""
    bounds = post.bounds
    if bounds is None or bounds.form != "yaml" or bounds.closing is None:
        return
    content = bounds.content
    matches = list(_YAML_COMMENT.finditer(post.text, content.start, content.end))
    if not matches or (header := post.front_matter) is None or header.node is None:
        return
    strings = list(_scalars(header.node, content.start))
    for match in matches:
        at = match.start()
        if not any(start <= at < end for start, end in strings):
            yield Span(at, at + len(match[0].rstrip())), match


def _scalars(node: object, base: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the scalars of a YAML node, including keys; not what aliases repeat."""
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, ScalarNode):
            yield base + one.start_mark.index, base + one.end_mark.index
        elif isinstance(one, SequenceNode):
            waiting += one.value
        elif isinstance(one, MappingNode):
            waiting += [part for pair in one.value for part in pair]
