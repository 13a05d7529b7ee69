"""A parsed post, as rules see it. All properties are computed on first use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from newslint.core.lazy import cached_property
from newslint.core.limits import Limits
from newslint.core.source import Source
from newslint.core.span import LineIndex, Span
from newslint.generators import Target
from newslint.html.tree import ATTRIBUTES_SUSPICIOUS
from newslint.post import front_matter as header
from newslint.post import prose
from newslint.post.boundaries import Boundaries, Bounds, find_boundaries
from newslint.post.engine import PostEngine
from newslint.post.front_matter import FrontMatter

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.generators.markdown import Change
    from newslint.generators.site import Site
    from newslint.post.schema import News, SchemaError

Made = TypeVar("Made")


@cache
def _all_changes() -> Callable[..., tuple[Change, ...]]:
    """Import a function once: the statement takes half a microsecond, also the second time."""
    from newslint.generators.markdown.changes import all_changes

    return all_changes


@cache
def _schema_check() -> Callable[..., tuple[SchemaError, ...]]:
    from newslint.post.schema.validate import check

    return check


class Post(PostEngine):
    """A post: its source, its front matter, its body, and its settings.

    ``path`` is relative to the project, with forward slashes; ``name`` is the same as text, since
    few rules need the path, and creating one takes longer than most rules. ``schema`` returns the
    pydantic model of the front matter.
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
        """The decoded file, including a byte order mark; all offsets refer to it."""
        self.name = str(path)
        self.target = target or Target()
        self._schema = schema
        self.limits = limits or Limits()
        self.site = site
        """The site that the post is in; None if it is in none that the target builds."""
        self.depends_on_site = False
        """Whether a rule used other posts or files of the site; the findings are not cached."""
        self.site_path = site_path
        """The post's path relative to the root of its site; empty if it is in none."""
        self._made: dict[object, Any] = {}

    def with_text(self, text: str) -> Post:
        """Return the post for another text, with the same name, target and settings."""
        return Post(
            Source.from_text(text), self.name, self.target, self._schema, self.limits,
            self.site, self.site_path,
        )  # fmt: skip

    @cached_property
    def path(self) -> PurePosixPath:
        """The path relative to the project's root."""
        return PurePosixPath(self.name)

    @cached_property
    def boundaries(self) -> Boundaries:
        """The place of the front matter, and why the target does not read it, if so."""
        return find_boundaries(self.text, self.target, html_file=not self.is_markdown_file)

    @cached_property
    def bounds(self) -> Bounds | None:
        """The place of the front matter as the target reads it, else the intended one."""
        return self.boundaries.bounds

    @cached_property
    def front_matter(self) -> FrontMatter | None:
        """The parsed front matter, with the values that the target reads.

        None if there is none, if its fence is not closed, and if it is a program.
        """
        bounds = self.bounds
        if bounds is None or bounds.closing is None or bounds.form not in header.FORMS:
            return None
        return header.parse(
            self.text, bounds, self.target, simple=self.boundaries.simple, limits=self.limits
        )

    @cached_property
    def schema(self) -> type[BaseModel] | News:
        """The pydantic model for the front matter."""
        if self._schema is None:
            from newslint.post.schema import NEWS

            return NEWS
        return self._schema()

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """Front matter that the site adds to the post: defaults, cascade, directory data."""
        if self.site is None or not self.site_path:
            return {}
        return self.site.defaults(self.site_path)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The front matter merged with the values that the site adds."""
        header = self.front_matter
        data: Mapping[str, Any] = header.data if header is not None else {}
        if self.site is None or not self.site_path:
            return data
        from newslint.generators.site import merged

        return merged(self.site, self.site_path, data)

    def is_given(self, key: str) -> bool:
        """Return whether the site adds a value for a key that the post does not have."""
        if not self.given:
            return False
        # Keys in Hugo are case-insensitive.
        name = key.lower() if self.target.name == "hugo" else key
        return self.given.get(name) not in (None, "")

    @cached_property
    def schema_errors(self) -> tuple[SchemaError, ...]:
        """The errors of the front matter against the schema.

        A field that the site adds is not missing.
        """
        header = self.front_matter
        if header is None or header.error is not None:
            return ()
        errors = _schema_check()(self.schema, header, self.target)
        return tuple(one for one in errors if not self._fills(one)) if errors else errors

    @cached_property
    def is_page(self) -> bool:
        """Whether the generator reads the file as a page, such as an index, and not as a post."""
        if self.site is None or not self.site_path:
            return False
        from newslint.generators.site_roles import PAGE_FOLDERS, Role

        role = self.site.role(self.site_path).role
        # Hugo takes the type from the section, or from the front matter.
        own = self.data.get("type") if role is Role.POST and self.target.name == "hugo" else None
        return role is Role.PAGE or (isinstance(own, str) and own in PAGE_FOLDERS)

    def _fills(self, error: SchemaError) -> bool:
        """Return whether the error can be ignored: the site adds the field, or a page needs none.

        Jekyll also replaces empty values.
        """
        assert self.front_matter is not None
        is_harmless = error.kind == "missing" or (error.kind == "empty" and error.path != ("date",))
        if is_harmless and self.is_page:
            return True
        if len(error.path) != 1 or not self.is_given(key := str(error.path[0])):
            return False
        if key not in self.front_matter.data:
            return error.kind == "missing"
        return self.target.name == "jekyll" and self.front_matter.data[key] is None

    @cached_property
    def body_start(self) -> int:
        """The offset of the body: after the front matter, or 0."""
        return self.bounds.body if self.bounds else 0

    @cached_property
    def body_text(self) -> str:
        """The body as in the file."""
        return self.text[self.body_start :]

    @cached_property
    def code_spans(self) -> tuple[Span, ...]:
        """The code in the body, of Markdown and of the target's tags, in offsets of the file.

        Includes comments of the target, which are not part of the article.
        """
        if not (self.signs or self.has_marked_lines or "\t" in self.body_text):
            return ()
        found = prose.spans_of_code(
            self.body_text, self.tag_blocks, self.target, markdown=self.is_markdown,
            renders_html=self.site is not None and self.site.renderer.renders_html,
        )  # fmt: skip
        return () if not found else tuple(span.shift(self.body_start) for span in found)

    @cached_property
    def markdown_text(self) -> str:
        """The body as the target's Markdown renderer reads it, with the length of ``body_text``."""
        return prose.markdown_text(self.body_text, self.tag_blocks, self.target)

    @cached_property
    def has_marked_lines(self) -> bool:
        """Whether a line begins with a sign of Markdown or is indented as code: a cheap test."""
        return prose.has_marked_lines(self.markdown_text)

    @cached_property
    def _rendered_lines(self) -> tuple[LineIndex, frozenset[int]]:
        text = self.markdown_text
        return LineIndex(text), prose.rendered_lines(text, self.target)

    def is_rendered(self, offset: int) -> bool:
        """Return whether Markdown renders the text at an offset of the file."""
        if not self.is_markdown:
            return False
        lines, rendered = self._rendered_lines
        return lines.position(offset - self.body_start).line - 1 in rendered

    @cached_property
    def markdown_changes(self) -> tuple[Change, ...]:
        """Where the target's Markdown renderer changes HTML, in offsets of ``body_text``.

        Empty if newslint does not model the site's renderer. If the renderer drops raw HTML, only
        HTML that becomes code.
        """
        if not self.is_modelled_markdown or self.is_other_format or self.target.name == "html":
            return ()
        changes = _all_changes()(self.markdown_text, *self.markdown_target)
        if self.drops_html:
            return tuple(change for change in changes if change.code)
        return changes

    def once(self, make: Callable[..., Made], *given: Hashable) -> Made:
        """Return the result of ``make`` for this post and these arguments, computed once."""
        key = (make, *given) if given else make
        # Most calls are the first one: then an exception would take most of the time.
        made: Any = self._made.get(key)
        if made is None and key not in self._made:
            made = self._made[key] = make(self, *given)
        return made  # type: ignore[no-any-return]

    def is_code(self, offset: int) -> bool:
        """Return whether an offset of the file is in code, or in text that the target hides."""
        number = bisect_right(self.code_spans, (offset, len(self.text))) - 1
        return number >= 0 and self.code_spans[number].start <= offset < self.code_spans[number].end

    @cached_property
    def limit_violations(self) -> tuple[tuple[Span, str], ...]:
        """The exceeded limits: spans and messages."""
        limit = self.limits.html_depth
        if len(self.text) < ATTRIBUTES_SUSPICIOUS and self.html.openings <= limit:
            return ()
        found = [self.html.trimmed, self.html.too_deep(limit)]
        return tuple((span.shift(self.body_start), words) for span, words in filter(None, found))

    def start_span(self) -> Span:
        """Return the span of a finding about the complete post: the empty one at its beginning."""
        return Span(0, 0)
