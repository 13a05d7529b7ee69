"""The engines of a post: what reads its body before Markdown, and whether Markdown does."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newslint.core.lazy import cached_property
from newslint.generators.templates import read_template
from newslint.post import prose
from newslint.post.html import PostHtml

if TYPE_CHECKING:
    from newslint.generators import Target
    from newslint.generators.effects import TagBlock, TemplateReading
    from newslint.generators.eleventy.overrides import Override
    from newslint.generators.site import Site
    from newslint.post.front_matter import FrontMatter

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown"})


class PostEngine(PostHtml):
    """What a generator puts the body of a `Post` through."""

    name: str
    site: Site | None

    @property
    @abstractmethod
    def front_matter(self) -> FrontMatter | None:
        """The parsed front matter."""

    @property
    @abstractmethod
    def given(self) -> Mapping[str, Any]:
        """The front matter that the site gives to the post."""

    @property
    @abstractmethod
    def data(self) -> Mapping[str, Any]:
        """The front matter, with what the site gives to the post below it."""

    @cached_property
    def is_markdown(self) -> bool:
        """Whether a generator puts the body through a Markdown renderer."""
        if self.target.name == "eleventy" and (override := self._override) is not None:
            return override.is_markdown
        return self.is_markdown_file

    @cached_property
    def is_markdown_file(self) -> bool:
        """Whether the name of the file is one of Markdown."""
        stem, dot, suffix = self.name.rpartition(".")
        # The dot of a hidden file begins no suffix.
        if stem[-1:] in ("", "/"):
            return False
        suffix = dot + suffix.lower()
        known = suffix in MARKDOWN_SUFFIXES
        return known or (self.site is not None and suffix in self.site.markdown_suffixes)

    @property
    def is_modelled_markdown(self) -> bool:
        """Whether the body is Markdown, and newslint models the renderer of its site."""
        if not self.is_markdown or self.site is None:
            return self.is_markdown
        renderer = self.site.renderer
        return renderer.modelled and not any(sign in self.body_text for sign in renderer.signs)

    @cached_property
    def drops_html(self) -> bool:
        """Whether the site's Markdown renderer keeps no HTML of the body: it drops or prints it."""
        return self.is_markdown and self.site is not None and not self.site.raw_html

    @property
    def markdown_target(self) -> Target:
        """The target as `newslint.markdown` names it: with the site's own Markdown renderer."""
        return prose.markdown_target(self.target, self.site)

    @cached_property
    def runs_templates(self) -> bool:
        """Whether the target reads the body as a template: its front matter may say no."""
        if self.template_engine is None:
            return False
        return _runs_templates(self.front_matter, self.target, self.text, self.given)

    @cached_property
    def template_engine(self) -> str | None:
        """The engine that reads the body, None for none; empty for the target's own."""
        override = self._override if self.target.name == "eleventy" else None
        return prose.template_engine(override, self.target, self.site, self.name)

    @cached_property
    def _override(self) -> Override | None:
        """What the data of a post of Eleventy says of its engine; None where it says nothing."""
        key = "templateEngineOverride"
        if (key not in self.text and key not in self.given) or key not in self.data:
            return None
        from newslint.generators.eleventy import overrides

        return overrides.read(self.data[key])

    @cached_property
    def template(self) -> TemplateReading:
        """What the target's template engine makes of the body; offsets are those of ``body_text``.

        Where the front matter switches the engine off it makes nothing of it.
        """
        body = self.body_text if self.runs_templates else ""
        return read_template(
            self.target,
            body,
            markdown=self.is_markdown,
            engine=self.template_engine,
            renderer=self.markdown_target.name,
            site=self.site,
            data=lambda: self.data,
        )

    @cached_property
    def signs(self) -> frozenset[str]:
        """Which of the signs `]*~`{|` of Markdown and templates are in the body: a cheap test.

        Most bodies have none, and many rules begin with this question.
        """
        body = self.body_text
        return frozenset([sign for sign in prose.SIGNS if sign in body])

    @cached_property
    def tag_blocks(self) -> Sequence[TagBlock]:
        """What is between the engine's tags and is no prose; offsets are those of
        ``body_text``.
        """
        if "{" not in self.signs or not prose.may_have_blocks(self.body_text, self.target):
            return ()
        return self.template.blocks


def _runs_templates(
    header: FrontMatter | None, target: Target, text: str, given: Mapping[str, Any]
) -> bool:
    """Return whether the generator reads a body as a template; its front matter may disable that.

    ``given`` is the front matter that the site adds.

    ``text`` is the complete file. From the sources: Hexo's post.js expects a boolean, Jekyll's
    document.rb false.
    """
    if target.name == "jekyll":
        own = header.data.get(_LIQUID_SWITCH) if header is not None else None
        return (given.get(_LIQUID_SWITCH) if own is None else own) is not False
    if header is None or not header.data:
        return True
    if target.name == "hexo" and "disableNunjucks" in header.data:
        start, end = header.value_span(("disableNunjucks",))
        return text[start:end] not in ("true", "True", "TRUE")
    return True


_LIQUID_SWITCH = "render_with_liquid"
