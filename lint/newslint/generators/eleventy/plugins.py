"""Well-known plug-ins of Eleventy: what each adds that a post may use.

Read from the packages' own code, in the versions of November 2026. One that is installed is read
again from its folder, which then counts as well.
"""

from __future__ import annotations

from typing import NamedTuple

NUNJUCKS = "nunjucks"
LIQUID = "liquid"


class Plugin(NamedTuple):
    """Names by kind. ``engine`` is the only one that gets them, empty for all.

    ``images`` says that the package changes the addresses of images, ``links`` those of links;
    ``pages`` that it writes pages of its own; ``suffixes`` which files it makes templates.
    """

    tags: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    engine: str = ""
    images: bool = False
    links: bool = False
    pages: bool = False
    suffixes: tuple[str, ...] = ()


NOTHING = Plugin()
_BUNDLES = ("css", "js", "html")
"""The bundles that the plug-in for them always makes."""

OWN: dict[str, Plugin] = {
    "EleventyRenderPlugin": Plugin(("renderFile",), ("renderTemplate",), ("renderContent",)),
    "RenderPlugin": Plugin(("renderFile",), ("renderTemplate",), ("renderContent",)),
    "EleventyI18nPlugin": Plugin(filters=("locale_url", "locale_links", "locale_page")),
    "I18nPlugin": Plugin(filters=("locale_url", "locale_links", "locale_page")),
    "EleventyHtmlBasePlugin": Plugin(
        filters=("htmlBaseUrl", "addPathPrefixToFullUrl", "transformWithHtmlBase")
    ),
    "HtmlBasePlugin": Plugin(
        filters=("htmlBaseUrl", "addPathPrefixToFullUrl", "transformWithHtmlBase")
    ),
    "IdAttributePlugin": NOTHING,
    "InputPathToUrlTransformPlugin": Plugin(links=True),
    "BundlePlugin": Plugin(blocks=_BUNDLES),
}
"""The plug-ins that ``@11ty/eleventy`` itself exports, by name."""

PLUGINS: dict[str, Plugin] = {
    "@11ty/eleventy-img": Plugin(images=True),
    "@11ty/eleventy-navigation": Plugin(
        filters=(
            "eleventyNavigation", "eleventyNavigationBreadcrumb", "eleventyNavigationToHtml",
            "eleventyNavigationToMarkdown",
        )
    ),
    "@11ty/eleventy-plugin-bundle": Plugin(blocks=_BUNDLES, pages=True),
    "@11ty/eleventy-plugin-directory-output": NOTHING,
    "@11ty/eleventy-plugin-inclusive-language": NOTHING,
    "@11ty/eleventy-plugin-rss": Plugin(
        filters=(
            "absoluteUrl", "dateToRfc3339", "dateToRfc822", "getNewestCollectionItemDate",
            "htmlToAbsoluteUrls", "rssDate", "rssLastUpdatedDate",
        ),
        engine=NUNJUCKS,
        pages=True,
    ),
    "@11ty/eleventy-plugin-syntaxhighlight": Plugin(blocks=("highlight",)),
    "@11ty/eleventy-plugin-vite": Plugin(pages=True),
    "@11ty/eleventy-plugin-webc": Plugin(
        blocks=_BUNDLES, filters=("webcGetCss", "webcGetJs"), suffixes=("webc",)
    ),
    "@11ty/eleventy-upgrade-help": NOTHING,
    "@11ty/font-awesome": Plugin(blocks=("fontawesome",)),
    "@11tyrocks/eleventy-plugin-emoji-readtime": Plugin(filters=("emojiReadTime",)),
    "@kevingimbel/eleventy-plugin-mermaid": Plugin(("mermaid_js",)),
    "@quasibit/eleventy-plugin-schema": Plugin(("jsonLd", "jsonLdScript")),
    "@quasibit/eleventy-plugin-sitemap": Plugin(("sitemap",)),
    "@sardine/eleventy-plugin-inline-svg": Plugin(("svg",)),
    "@sardine/eleventy-plugin-tinyhtml": NOTHING,
    "@uncenter/eleventy-plugin-toc": Plugin(filters=("toc",)),
    "eleventy-critical-css": NOTHING,
    "eleventy-plugin-automatic-noopener": NOTHING,
    "eleventy-plugin-broken-links": NOTHING,
    "eleventy-plugin-edit-on-github": Plugin(("gh_edit",)),
    "eleventy-plugin-embed-bluesky": NOTHING,
    "eleventy-plugin-embed-everything": NOTHING,
    "eleventy-plugin-embed-instagram": NOTHING,
    "eleventy-plugin-embed-mastodon": NOTHING,
    "eleventy-plugin-embed-openstreetmap": NOTHING,
    "eleventy-plugin-embed-soundcloud": NOTHING,
    "eleventy-plugin-embed-spotify": NOTHING,
    "eleventy-plugin-embed-ted": NOTHING,
    "eleventy-plugin-embed-tiktok": NOTHING,
    "eleventy-plugin-embed-tweet": Plugin(("tweet", "tweetStyles"), engine=NUNJUCKS),
    "eleventy-plugin-embed-twitch": NOTHING,
    "eleventy-plugin-embed-twitter": NOTHING,
    "eleventy-plugin-excerpt": Plugin(("excerpt",)),
    "eleventy-plugin-footnotes": Plugin(("footnotes",), ("footnoteref",)),
    "eleventy-plugin-gen-favicons": Plugin(("favicons",), pages=True),
    "eleventy-plugin-git-commit-date": Plugin(
        filters=("getCollectionNewestGitCommitDate", "getGitCommitDateFromPath")
    ),
    "eleventy-plugin-github-repos": NOTHING,
    "eleventy-plugin-helmet": NOTHING,
    "eleventy-plugin-highlightjs": Plugin(blocks=("highlight",)),
    "eleventy-plugin-i18n": Plugin(filters=("i18n",)),
    "eleventy-plugin-icons": Plugin(("icon", "spriteSheet")),
    "eleventy-plugin-images-responsiver": NOTHING,
    "eleventy-plugin-lazyimages": NOTHING,
    "eleventy-plugin-link_to": Plugin(("link_to",), engine=NUNJUCKS),
    "eleventy-plugin-local-images": Plugin(images=True),
    "eleventy-plugin-markdown-shortcode": Plugin(("markdown",)),
    "eleventy-plugin-metagen": Plugin(("metagen",)),
    "eleventy-plugin-nesting-toc": Plugin(filters=("toc",)),
    "eleventy-plugin-og-image": Plugin(("ogImage",), pages=True),
    "eleventy-plugin-page-assets": Plugin(images=True, links=True),
    "eleventy-plugin-reading-time": Plugin(filters=("readingTime",), engine=NUNJUCKS),
    "eleventy-plugin-seo": Plugin(
        (
            "canonicalURL", "metaAuthor", "metaRobots", "openGraph", "pageDescription",
            "pageTitle", "seo", "twitterCard",
        )
    ),
    "eleventy-plugin-speculation-rules": NOTHING,
    "eleventy-plugin-svg-contents": Plugin(filters=("svgContents",)),
    "eleventy-plugin-svg-sprite": Plugin(("svg", "svgsprite")),
    "eleventy-plugin-time-to-read": Plugin(filters=("timeToRead",)),
    "eleventy-plugin-toc": Plugin(filters=("toc",)),
    "eleventy-plugin-unfurl": Plugin(("unfurl",)),
    "eleventy-plugin-vimeo-embed": NOTHING,
    "eleventy-plugin-youtube-embed": NOTHING,
}  # fmt: skip
"""Packages of the npm registry, by name."""
