"""One parsed post, as the rules see it. Lazy: nothing is parsed that no rule asks for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from newslint.core.lazy import cached_property
from newslint.core.limits import Limits
from newslint.core.source import Source
from newslint.core.span import Span
from newslint.generators import Target
from newslint.html.outline import Structure
from newslint.html.tree import ATTRIBUTES_SUSPICIOUS, Body
from newslint.post import boundaries
from newslint.post import front_matter as header
from newslint.post.boundaries import Place
from newslint.post.front_matter import Header

if TYPE_CHECKING:
    from lxml import etree
    from pydantic import BaseModel

    from newslint.generators.markdown import Change
    from newslint.generators.site import Site
    from newslint.post.schema import News, SchemaError

Made = TypeVar("Made")

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdown", ".mdown"})


class Post:
    """A post: its source, its front matter, its body, and the settings that judge it.

    ``path`` is relative to the project, with forward slashes, ``name`` the same as text: few rules
    ask for the path, and making one takes longer than most rules. ``schema`` gives the pydantic
    model of the front matter when it is asked for.
    """

    def __init__(
        self,
        source: Source,
        path: PurePosixPath | str,
        target: Target | None = None,
        schema: Callable[[], type[BaseModel] | News] | None = None,
        limits: Limits | None = None,
        site: Site | None = None,
        site_path: str = "",
    ) -> None:
        self.source = source
        self.text = source.text
        """The decoded file, a byte order mark included; all offsets count in it."""
        self.name = str(path)
        self.target = target or Target()
        self._schema = schema
        self.limits = limits or Limits()
        self.site = site
        """The site that the post lies in; None where there is none that the target builds."""
        self.site_path = site_path
        """The post's path below the root of its site; empty where it has none."""
        self._made: dict[tuple[Any, ...], Any] = {}

    @cached_property
    def path(self) -> PurePosixPath:
        """The path below the project's root."""
        return PurePosixPath(self.name)

    @cached_property
    def is_markdown(self) -> bool:
        """Whether a generator puts the body through a Markdown renderer."""
        stem, dot, suffix = self.name.rpartition(".")
        # The dot of a hidden file begins no suffix.
        return dot + suffix.lower() in MARKDOWN_SUFFIXES and stem[-1:] not in ("", "/")

    @cached_property
    def place(self) -> Place:
        """Where the front matter stands for the target, and why it does not read it, if so."""
        return boundaries.place(self.text, self.target, html_file=not self.is_markdown)

    @cached_property
    def bounds(self) -> boundaries.Bounds | None:
        """Where the front matter stands for the target; where it reads none, as it is meant."""
        return self.place.bounds

    @cached_property
    def front_matter(self) -> Header | None:
        """The parsed front matter, its values those that the target sees.

        None where there is none, where its fence is never closed, and where it is a program.
        """
        bounds = self.bounds
        if bounds is None or bounds.closing is None or bounds.form not in header.FORMS:
            return None
        return header.parse(
            self.text, bounds, self.target, simple=self.place.simple, limits=self.limits
        )

    @cached_property
    def schema(self) -> type[BaseModel] | News:
        """The pydantic model that the front matter is checked against."""
        if self._schema is None:
            from newslint.post.schema import NEWS

            return NEWS
        return self._schema()

    @cached_property
    def schema_errors(self) -> tuple[SchemaError, ...]:
        """What the schema has to say of the front matter, in words for writers."""
        if self.front_matter is None or self.front_matter.error is not None:
            return ()
        from newslint.post.schema import check

        return check(self.schema, self.front_matter, self.target)

    @cached_property
    def body_start(self) -> int:
        """The offset at which the body begins: behind the front matter, or 0."""
        return self.bounds.body if self.bounds else 0

    @cached_property
    def body_text(self) -> str:
        """The body as it stands in the file."""
        return self.text[self.body_start :]

    @cached_property
    def code_spans(self) -> tuple[Span, ...]:
        """The code in a Markdown body (fences, inline code, samples), in offsets of the file."""
        if not self.is_markdown or not _may_hold_code(self.body_text):
            return ()
        from newslint.generators import markdown

        return tuple(
            Span(*span).shift(self.body_start) for span in markdown.code_spans(self.body_text)
        )

    @cached_property
    def markdown_changes(self) -> tuple[Change, ...]:
        """Where the target's Markdown renderer shows the body otherwise than its HTML; offsets
        are those of ``body_text``.
        """
        if not self.is_markdown or self.target.name == "html":
            return ()
        from newslint.generators import markdown

        return markdown.all_changes(self.body_text, self.target.name, self.target.version)

    def once(self, make: Callable[..., Made], *given: Hashable) -> Made:
        """What ``make`` gives for this post and these arguments, made once for all who ask."""
        key = (make, *given)
        try:
            made: Made = self._made[key]
        except KeyError:
            made = self._made[key] = make(self, *given)
        return made

    def is_code(self, offset: int) -> bool:
        """Whether an offset of the file lies in the code of a Markdown body."""
        number = bisect_right(self.code_spans, (offset, len(self.text))) - 1
        return number >= 0 and self.code_spans[number].start <= offset < self.code_spans[number].end

    @cached_property
    def html(self) -> Body:
        """The body as HTML: text, tokens, tree and places. Code in Markdown is blanked out."""
        text = self.body_text
        if self.code_spans:
            pieces: list[str] = []
            position = 0
            for span in self.code_spans:
                start, end = span.start - self.body_start, span.end - self.body_start
                pieces += (text[position:start], _blank(text[start:end]))
                position = end
            text = "".join((*pieces, text[position:]))
        return Body(text, self.body_start)

    @cached_property
    def excess(self) -> tuple[tuple[Span, str], ...]:
        """What is too much to be looked at whole: where it is, and how much, in words."""
        limit = self.limits.html_depth
        if len(self.text) < ATTRIBUTES_SUSPICIOUS and self.html.openings <= limit:
            return ()
        found = [self.html.trimmed, self.html.too_deep(limit)]
        return tuple((span.shift(self.body_start), words) for span, words in filter(None, found))

    @cached_property
    def structure(self) -> Structure:
        """The tags of the body and how they nest; offsets are those of ``html``."""
        return Structure(self.html, markdown=self.is_markdown)

    @cached_property
    def body(self) -> etree._Element:
        """The lxml tree of the body, ``<html>`` at its root."""
        return self.html.root_among(self.structure.names)

    def span(self, element: etree._Element, attribute: str | None = None) -> Span:
        """Where an element's start tag, or one of its attributes, stands in the file."""
        return self.html.span(element, attribute)

    def whole(self) -> Span:
        """The place of a finding about the post as a whole: its very beginning."""
        return Span(0, 0)


def _may_hold_code(text: str) -> bool:
    """A cheap test for fences, inline code and indented lines."""
    text = text.rstrip()
    if "`" in text or "\t" in text or text[:1] == " ":
        return True
    # One character is found ten times faster than three.
    return ("~" in text and "~~~" in text) or "\n    " in text


def _blank(code: str) -> str:
    """Code without what HTML would take for markup: same length, same lines."""
    return code.replace("<", "\u2039").replace("&", "+")
