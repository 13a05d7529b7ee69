"""What the usual keys of front matter are for, where the schema in force does not say it."""

from __future__ import annotations

from newslint.core.messages import msg

KEYS = {
    "aliases": msg("Old addresses that lead to this post."),
    "author": msg("Who wrote the article, or the agency that did."),
    "categories": msg("The sections that the post belongs to, the widest first."),
    "category": msg("The section that the post belongs to."),
    "comments": msg("Whether readers may comment: `true` or `false`, without quotes."),
    "date": msg("When the article was published. Give the time and the offset from UTC."),
    "description": msg("A sentence for search engines and for shared links."),
    "disableNunjucks": msg("Whether Hexo leaves `{{ }}` and `{% %}` in the post as they are."),
    "draft": msg("Whether the post is left out of the built site."),
    "excerpt": msg("What lists of posts show of the article."),
    "expiryDate": msg("When the post disappears from the site."),
    "headimg": msg("The picture at the head of the article."),
    "keywords": msg("Words for search engines."),
    "lang": msg("The language of the article, such as `zh-CN`."),
    "lastmod": msg("When the article was last changed."),
    "layout": msg("The layout that the page is built with."),
    "permalink": msg("The address of the page on the site."),
    "publishDate": msg("When the post appears on the site."),
    "published": msg("Whether the post is part of the built site."),
    "slug": msg("The last part of the page's address."),
    "source": msg("Where the article was taken from."),
    "summary": msg("What lists of posts show of the article."),
    "tags": msg("Words under which the post is listed."),
    "thumbnail": msg("The small picture that lists of posts show."),
    "title": msg("The headline. Put it in quotes if it contains a colon."),
    "updated": msg("When the article was last changed."),
    "url": msg("The address of the page on the site."),
    "weight": msg("The place of the post among others, the lowest first."),
}
"""Each key and what it is for, in Markdown."""
