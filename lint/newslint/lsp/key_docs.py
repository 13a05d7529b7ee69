"""Descriptions of common front matter keys that the schema does not describe."""

from __future__ import annotations

from newslint.core.messages import msg

KEYS = {
    "aliases": msg("Old URLs that redirect to this post."),
    "author": msg("The author of the article, or its news agency."),
    "categories": msg("The sections of the post, the most general first."),
    "category": msg("The section of the post."),
    "comments": msg("Whether readers can comment: `true` or `false`, without quotes."),
    "date": msg("The publication date, with the time and the offset from UTC."),
    "description": msg("A summary for search engines and shared links."),
    "disableNunjucks": msg("Whether Hexo keeps `{{ }}` and `{% %}` in the post unchanged."),
    "draft": msg("Whether the post is excluded from the site."),
    "excerpt": msg("The text that lists of posts show."),
    "expiryDate": msg("The date from which the post is no longer published."),
    "headimg": msg("The image at the top of the article."),
    "keywords": msg("Keywords for search engines."),
    "lang": msg("The language of the article, such as `zh-CN`."),
    "lastmod": msg("The date of the last change."),
    "layout": msg("The layout of the page."),
    "permalink": msg("The URL of the page."),
    "publishDate": msg("The date from which the post is published."),
    "published": msg("Whether the post is published."),
    "slug": msg("The last part of the URL."),
    "source": msg("The source of the article."),
    "summary": msg("The text that lists of posts show."),
    "tags": msg("The tags of the post."),
    "thumbnail": msg("The image that lists of posts show."),
    "title": msg("The title. Put it in quotes if it contains a colon."),
    "updated": msg("The date of the last change."),
    "url": msg("The URL of the page."),
    "weight": msg("The position of the post; lower values come first."),
}
"""Descriptions by key, in Markdown."""
