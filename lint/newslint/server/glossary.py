"""What the usual keys of front matter are for, where the schema in force does not say it."""

from __future__ import annotations

KEYS = {
    "aliases": "Old addresses that lead to this post.",
    "author": "Who wrote the article, or the agency that did.",
    "categories": "The sections that the post belongs to, the widest first.",
    "category": "The section that the post belongs to.",
    "comments": "Whether readers may comment: `true` or `false`, without quotes.",
    "date": "When the article was published. Give the time and the offset from UTC.",
    "description": "A sentence for search engines and for shared links.",
    "disableNunjucks": "Whether Hexo leaves `{{ }}` and `{% %}` in the post as they are.",
    "draft": "Whether the post is left out of the built site.",
    "excerpt": "What lists of posts show of the article.",
    "expiryDate": "When the post disappears from the site.",
    "headimg": "The picture at the head of the article.",
    "keywords": "Words for search engines.",
    "lang": "The language of the article, such as `zh-CN`.",
    "lastmod": "When the article was last changed.",
    "layout": "The layout that the page is built with.",
    "permalink": "The address of the page on the site.",
    "publishDate": "When the post appears on the site.",
    "published": "Whether the post is part of the built site.",
    "slug": "The last part of the page's address.",
    "source": "Where the article was taken from.",
    "summary": "What lists of posts show of the article.",
    "tags": "Words under which the post is listed.",
    "thumbnail": "The small picture that lists of posts show.",
    "title": "The headline. Put it in quotes if it contains a colon.",
    "updated": "When the article was last changed.",
    "url": "The address of the page on the site.",
    "weight": "The place of the post among others, the lowest first.",
}
"""Each key and what it is for, in Markdown."""
