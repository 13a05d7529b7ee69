"""What the usual keys of front matter are for, where the schema in force does not say it."""

from __future__ import annotations

from newslint.core.messages import say

KEYS = {
    "aliases": say("Old addresses that lead to this post."),
    "author": say("Who wrote the article, or the agency that did."),
    "categories": say("The sections that the post belongs to, the widest first."),
    "category": say("The section that the post belongs to."),
    "comments": say("Whether readers may comment: `true` or `false`, without quotes."),
    "date": say("When the article was published. Give the time and the offset from UTC."),
    "description": say("A sentence for search engines and for shared links."),
    "disableNunjucks": say("Whether Hexo leaves `{{ }}` and `{% %}` in the post as they are."),
    "draft": say("Whether the post is left out of the built site."),
    "excerpt": say("What lists of posts show of the article."),
    "expiryDate": say("When the post disappears from the site."),
    "headimg": say("The picture at the head of the article."),
    "keywords": say("Words for search engines."),
    "lang": say("The language of the article, such as `zh-CN`."),
    "lastmod": say("When the article was last changed."),
    "layout": say("The layout that the page is built with."),
    "permalink": say("The address of the page on the site."),
    "publishDate": say("When the post appears on the site."),
    "published": say("Whether the post is part of the built site."),
    "slug": say("The last part of the page's address."),
    "source": say("Where the article was taken from."),
    "summary": say("What lists of posts show of the article."),
    "tags": say("Words under which the post is listed."),
    "thumbnail": say("The small picture that lists of posts show."),
    "title": say("The headline. Put it in quotes if it contains a colon."),
    "updated": say("When the article was last changed."),
    "url": say("The address of the page on the site."),
    "weight": say("The place of the post among others, the lowest first."),
}
"""Each key and what it is for, in Markdown."""
