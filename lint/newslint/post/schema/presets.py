"""The models that come with newslint: one for news archives, one for each generator.

Those of the generators hold the fields and types that their documentation lists (hexo.io/docs/
front-matter, jekyllrb.com/docs/front-matter and /docs/posts, gohugo.io/content-management/
front-matter, 11ty.dev/docs/data-configuration); all of them are optional there. Every model allows
other fields.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from newslint.post.schema.types import (
    Date,
    FilledText,
    Mapping,
    Number,
    Switch,
    Terms,
    Text,
    TextList,
    TextOrList,
    Url,
)


class PostModel(BaseModel):
    """What all presets have in common: other fields are allowed."""

    model_config = ConfigDict(extra="allow", frozen=True, protected_namespaces=(), defer_build=True)


class NewsPost(PostModel):
    """A post of a news archive, as a scraper writes it."""

    title: FilledText
    categories: Annotated[TextList, Field(min_length=1)]
    headimg: Url
    author: FilledText
    comments: Switch
    date: Date
    thumbnail: Url


class MinimalPost(PostModel):
    """Requires nothing, and rejects only a date that the target cannot read."""

    date: Date | None = None


class HexoPost(PostModel):
    """The fields that Hexo documents."""

    layout: Text | Literal[False] | None = None
    title: Text | None = None
    date: Date | None = None
    updated: Date | None = None
    comments: Switch | None = None
    tags: TextOrList | None = None
    categories: Text | list[FilledText | TextList] | None = None
    permalink: Text | None = None
    excerpt: Text | None = None
    disable_nunjucks: Annotated[Switch | None, Field(alias="disableNunjucks")] = None
    lang: Text | None = None
    published: Switch | None = None


class JekyllPost(PostModel):
    """The fields that Jekyll documents."""

    layout: Text | Literal[False] | None = None
    permalink: Text | None = None
    published: Switch | None = None
    date: Date | None = None
    category: Text | None = None
    categories: TextOrList | None = None
    tags: TextOrList | None = None
    title: Text | None = None
    slug: Text | None = None
    excerpt: Text | None = None
    excerpt_separator: Text | None = None


class HugoPost(PostModel):
    """The fields that Hugo documents. It skips empty terms, and rounds a weight down."""

    aliases: TextList | None = None
    audio: TextList | None = None
    cascade: Mapping | list[Any] | None = None
    categories: Terms | None = None
    date: Date | None = None
    description: Text | None = None
    draft: Switch | None = None
    expiry_date: Annotated[Date | None, Field(alias="expiryDate")] = None
    headless: Switch | None = None
    images: TextList | None = None
    is_cjk_language: Annotated[Switch | None, Field(alias="isCJKLanguage")] = None
    keywords: Terms | None = None
    lastmod: Date | None = None
    layout: Text | None = None
    link_title: Annotated[Text | None, Field(alias="linkTitle")] = None
    markup: Text | None = None
    menu: TextOrList | Mapping | None = None
    menus: TextOrList | Mapping | None = None
    outputs: TextList | None = None
    params: Mapping | None = None
    publish_date: Annotated[Date | None, Field(alias="publishDate")] = None
    resources: list[Mapping] | None = None
    series: Terms | None = None
    sitemap: Mapping | None = None
    slug: Text | None = None
    summary: Text | None = None
    tags: Terms | None = None
    title: Text | None = None
    translation_key: Annotated[Text | None, Field(alias="translationKey")] = None
    type: Text | None = None
    url: Text | None = None
    videos: TextList | None = None
    weight: Number | None = None


class EleventyPost(PostModel):
    """The fields that Eleventy documents."""

    title: Text | None = None
    date: Date | None = None
    tags: TextOrList | None = None
    layout: Text | Literal[False] | None = None
    permalink: Text | Literal[False] | Mapping | None = None
    pagination: Mapping | None = None
    template_engine_override: Annotated[
        Text | Literal[False] | None, Field(alias="templateEngineOverride")
    ] = None
    eleventy_computed: Annotated[Mapping | None, Field(alias="eleventyComputed")] = None
    eleventy_navigation: Annotated[Mapping | None, Field(alias="eleventyNavigation")] = None
    eleventy_exclude_from_collections: Annotated[
        Switch | TextList | None, Field(alias="eleventyExcludeFromCollections")
    ] = None


PRESETS: dict[str, type[PostModel]] = {
    "news": NewsPost,
    "hexo": HexoPost,
    "jekyll": JekyllPost,
    "hugo": HugoPost,
    "eleventy": EleventyPost,
    "minimal": MinimalPost,
}
"""The presets by their names in ``[schema] preset``."""
