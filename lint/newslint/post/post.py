"""One parsed post, as the rules see it. Lazy: nothing is parsed that no rule asks for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from newslint.core.lazy import cached_property
from newslint.core.limits import Limits
from newslint.core.source import Source
from newslint.core.span import LineIndex, Span
from newslint.generators import Target
from newslint.generators.templates import read_template
from newslint.html.tree import ATTRIBUTES_SUSPICIOUS
from newslint.post import front_matter as header
from newslint.post import prose
from newslint.post.boundaries import Boundaries, Bounds, find_boundaries
from newslint.post.front_matter import FrontMatter
from newslint.post.html import PostHtml

if TYPE_CHECKING:
    from pydantic import BaseModel

    from newslint.generators.effects import TagBlock, TemplateReading
    from newslint.generators.markdown import Change
    from newslint.generators.site import Site
    from newslint.post.schema import News, SchemaError

Made = TypeVar("Made")

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown"})


class Post(PostHtml):
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
        """The site that the post is in; None where there is none that the target builds."""
        self.asks_site = False
        """Whether a rule asked the site for other posts or files: such a verdict is not cached."""
        self.site_path = site_path
        """The post's path below the root of its site; empty where it has none."""
        self._made: dict[tuple[Any, ...], Any] = {}

    def with_text(self, text: str) -> Post:
        """Return the post of the same name, target and settings that another text would be."""
        return Post(
            Source.from_text(text), self.name, self.target, self._schema, self.limits,
            self.site, self.site_path,
        )  # fmt: skip

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

    @property
    def is_modelled_markdown(self) -> bool:
        """Whether the body is Markdown, and newslint models the renderer of its site."""
        return self.is_markdown and (self.site is None or self.site.renderer.modelled)

    @cached_property
    def boundaries(self) -> Boundaries:
        """Where the front matter represents the target, and why it does not read it, if so."""
        return find_boundaries(self.text, self.target, html_file=not self.is_markdown)

    @cached_property
    def bounds(self) -> Bounds | None:
        """Where the front matter represents the target; where it reads none, as it is meant."""
        return self.boundaries.bounds

    @cached_property
    def front_matter(self) -> FrontMatter | None:
        """The parsed front matter, its values those that the target sees.

        None where there is none, where its fence is not closed, and where it is a program.
        """
        bounds = self.bounds
        if bounds is None or bounds.closing is None or bounds.form not in header.FORMS:
            return None
        return header.parse(
            self.text, bounds, self.target, simple=self.boundaries.simple, limits=self.limits
        )

    @cached_property
    def schema(self) -> type[BaseModel] | News:
        """The pydantic model that the front matter is checked against."""
        if self._schema is None:
            from newslint.post.schema import NEWS

            return NEWS
        return self._schema()

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """The front matter that the site gives to the post: defaults, cascade, directory data."""
        if self.site is None or not self.site_path:
            return {}
        return self.site.defaults(self.site_path)

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The front matter, with what the site gives to the post below it."""
        header = self.front_matter
        data: Mapping[str, Any] = header.data if header is not None else {}
        if self.site is None or not self.site_path:
            return data
        from newslint.generators.site import merged

        return merged(self.site, self.site_path, data)

    def is_given(self, key: str) -> bool:
        """Return whether the site gives the post a value for a key that it has not itself."""
        if not self.given:
            return False
        # Hugo does not tell capital letters from small ones.
        name = key.lower() if self.target.name == "hugo" else key
        return self.given.get(name) not in (None, "")

    @cached_property
    def schema_errors(self) -> tuple[SchemaError, ...]:
        """What the schema has to say of the front matter, as a message for writers.

        A field that the site gives to the post is not missing.
        """
        header = self.front_matter
        if header is None or header.error is not None:
            return ()
        from newslint.post.schema import check

        errors = check(self.schema, header, self.target)
        return tuple(one for one in errors if not self._fills(one)) if errors else errors

    @cached_property
    def is_page(self) -> bool:
        """Whether the generator takes the file for a page and no post: an index, an about page."""
        if self.site is None or not self.site_path:
            return False
        from newslint.generators.site_roles import Role

        return self.site.role(self.site_path).role is Role.PAGE

    def _fills(self, error: SchemaError) -> bool:
        """Whether nothing is missing: the site gives it, or it is a page and need not have it.

        Jekyll also fills keys that hold nothing.
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
        """The offset at which the body begins: after the front matter, or 0."""
        return self.bounds.body if self.bounds else 0

    @cached_property
    def body_text(self) -> str:
        """The body as it is in the file."""
        return self.text[self.body_start :]

    @cached_property
    def runs_templates(self) -> bool:
        """Whether the target reads the body as a template: its front matter may say no."""
        return prose.runs_templates(self.front_matter, self.target, self.text)

    @cached_property
    def template(self) -> TemplateReading:
        """What the target's template engine makes of the body; offsets are those of ``body_text``.

        Where the front matter switches the engine off it makes nothing of it.
        """
        body = self.body_text if self.runs_templates else ""
        engine = self.template_engine
        return read_template(self.target, body, markdown=self.is_markdown, engine=engine)

    @property
    def template_engine(self) -> str | None:
        """The engine that reads the post, for Eleventy: empty for the default, None for none."""
        return prose.template_engine(self.front_matter, self.target, self.site, self.name)

    @cached_property
    def tag_blocks(self) -> Sequence[TagBlock]:
        """What is between the engine's tags and is no prose; offsets are those of
        ``body_text``.
        """
        return self.template.blocks if prose.may_have_blocks(self.body_text, self.target) else ()

    @cached_property
    def code_spans(self) -> tuple[Span, ...]:
        """The code in a body, Markdown's and that of the target's tags, in offsets of the file.

        What the target's comments hide is among it: no one reads it as text of the article.
        """
        found = prose.spans_of_code(
            self.body_text, self.tag_blocks, self.target, markdown=self.is_markdown
        )
        return tuple(span.shift(self.body_start) for span in found)

    @cached_property
    def markdown_text(self) -> str:
        """The body as the target's Markdown renderer gets it: of the same length as
        ``body_text``.
        """
        return prose.markdown_text(self.body_text, self.tag_blocks, self.target)

    @cached_property
    def _rendered_lines(self) -> tuple[LineIndex, frozenset[int]]:
        text = self.markdown_text
        return LineIndex(text), prose.rendered_lines(text)

    def is_rendered(self, offset: int) -> bool:
        """Whether Markdown renders what is at an offset of the file: no HTML block, no code."""
        if not self.is_markdown:
            return False
        lines, rendered = self._rendered_lines
        return lines.position(offset - self.body_start).line - 1 in rendered

    @cached_property
    def markdown_changes(self) -> tuple[Change, ...]:
        """Where the target's Markdown renderer shows the body otherwise than its HTML; offsets
        are those of ``body_text``.

        Nothing where the site has a renderer that newslint does not model. Where it drops raw HTML,
        only that which becomes code.
        """
        if not self.is_modelled_markdown or self.is_other_format or self.target.name == "html":
            return ()
        from newslint.generators import markdown

        changes = markdown.all_changes(self.markdown_text, self.target.name, self.target.version)
        if self.site is not None and not self.site.raw_html:
            return tuple(change for change in changes if change.code)
        return changes

    def once(self, make: Callable[..., Made], *given: Hashable) -> Made:
        """What ``make`` gives for this post and these arguments, made once for all who ask."""
        key = (make, *given)
        try:
            made: Made = self._made[key]
        except KeyError:
            made = self._made[key] = make(self, *given)
        return made

    def is_code(self, offset: int) -> bool:
        """Return whether an offset of the file is in code, or in what the target hides."""
        number = bisect_right(self.code_spans, (offset, len(self.text))) - 1
        return number >= 0 and self.code_spans[number].start <= offset < self.code_spans[number].end

    @cached_property
    def limit_violations(self) -> tuple[tuple[Span, str], ...]:
        """What is too much to be looked at whole: where it is, and how much, as a message."""
        limit = self.limits.html_depth
        if len(self.text) < ATTRIBUTES_SUSPICIOUS and self.html.openings <= limit:
            return ()
        found = [self.html.trimmed, self.html.too_deep(limit)]
        return tuple((span.shift(self.body_start), words) for span, words in filter(None, found))

    def whole(self) -> Span:
        """Return the place of a finding about the post as a whole: its very beginning."""
        return Span(0, 0)
