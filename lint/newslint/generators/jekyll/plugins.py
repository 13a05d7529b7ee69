"""Well-known plug-ins and themes of Jekyll: what each adds to a site that names it.

Read from the gems as Debian packages them, and from their repositories. A gem that is not here is
looked up in ``vendor/bundle``.
"""

from __future__ import annotations

from dataclasses import dataclass

ANYWHERE = ("",)
"""The pages of a plug-in that may write any address."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a gem adds: ``tags`` without an end tag, ``blocks`` with one, ``filters``.

    ``pages`` are the beginnings of the addresses that it generates; ``needs`` are gems that it
    loads.
    """

    tags: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NOTHING = Plugin()
PLUGINS: dict[str, Plugin] = {
    "jekyll-feed": Plugin(tags=("feed_meta",), pages=("feed.xml", "feed/")),  # 0.17
    "jekyll-seo-tag": Plugin(tags=("seo",)),  # 2.8
    "jekyll-gist": Plugin(tags=("gist",)),  # 1.5
    "jekyll-avatar": Plugin(tags=("avatar",)),  # 0.7
    "jekyll-include-cache": Plugin(tags=("include_cached",)),  # 0.2
    "jekyll-last-modified-at": Plugin(tags=("last_modified_at",)),  # 1.3
    "jekyll-toc": Plugin(tags=("toc",), filters=("toc_only", "inject_anchors", "toc")),  # 0.18
    "jekyll-github-metadata": Plugin(tags=("github_edit_link",)),  # 2.15
    "jekyll-polyglot": Plugin(  # 1.5
        tags=("I18n_Headers", "i18n_headers"),
        blocks=("Static_Href", "static_href"),
        pages=ANYWHERE,
    ),
    "jekyll-multiple-languages-plugin": Plugin(  # 1.8
        tags=_words("t translate tf translate_file tl translate_link"), pages=ANYWHERE
    ),
    "jekyll-sitemap": Plugin(pages=("sitemap.xml", "robots.txt")),  # 1.4
    "jekyll-paginate": Plugin(pages=("page",)),
    "jekyll-paginate-v2": Plugin(pages=ANYWHERE),
    "jekyll-archives": Plugin(pages=ANYWHERE),
    "jekyll-postfiles": Plugin(pages=ANYWHERE),
    "jekyll-scholar": Plugin(  # 7
        tags=_words("bibliography bibliography_count cite cite_details nocite reference"),
        blocks=("quote", "bibtex"),
        pages=ANYWHERE,
    ),
    "jekyll_picture_tag": Plugin(tags=("picture",), pages=ANYWHERE),
    "jekyll-picture-tag": Plugin(tags=("picture",), pages=ANYWHERE),
    "jekyll-responsive-image": Plugin(
        tags=("responsive_image",), blocks=("responsive_image_block",), pages=ANYWHERE
    ),
    "jekyll-figure": Plugin(blocks=("figure",)),
    "jekyll-youtube": Plugin(tags=("youtube",)),
    "jekyll-oembed": Plugin(tags=("oembed",)),
    "jekyll-twitter-plugin": Plugin(tags=("twitter", "twitternocache")),
    "jekyll-mermaid": Plugin(blocks=("mermaid",)),
    "jekyll-tabs": Plugin(blocks=("tab", "tabs")),
    "jekyll-pdf-embed": Plugin(tags=("pdf",)),
    "jekyll-katex": Plugin(blocks=("katex", "katexmm")),
    "jekyll-maps": Plugin(tags=("google_map",)),
    "github-pages": Plugin(
        needs=_words(
            "jekyll-default-layout jekyll-gist jekyll-github-metadata jekyll-optional-front-matter"
            " jekyll-paginate jekyll-readme-index jekyll-titles-from-headings jekyll-relative-links"
        )
    ),
    "jekyll-remote-theme": _NOTHING,
    **dict.fromkeys(
        _words(
            "jekyll-redirect-from jekyll-titles-from-headings jekyll-default-layout jekyll-mentions"
            " jemoji jekyll-commonmark jekyll-commonmark-ghpages jekyll-coffeescript jekyll-swiss"
            " jekyll-readme-index jekyll-optional-front-matter jekyll-relative-links jekyll-data"
            " jekyll-sass-converter jekyll-watch jekyll-compose jekyll-admin jekyll-minifier"
            " jekyll-target-blank jekyll-external-links jekyll-tidy jekyll-spaceship premonition"
            " jekyll webrick wdm tzinfo tzinfo-data http_parser.rb html-proofer rake rouge liquid"
            " kramdown kramdown-parser-gfm faraday-retry json csv base64 bigdecimal logger"
        ),
        _NOTHING,
    ),
}

THEMES: dict[str, tuple[str, ...]] = {
    "minima": ("jekyll-feed", "jekyll-seo-tag"),
    "minimal-mistakes-jekyll": _words(
        "jekyll-paginate jekyll-sitemap jekyll-gist jekyll-feed jekyll-include-cache"
    ),
    "just-the-docs": ("jekyll-seo-tag", "jekyll-include-cache"),
    "jekyll-theme-chirpy": _words(
        "jekyll-paginate jekyll-seo-tag jekyll-archives jekyll-sitemap jekyll-include-cache"
        " jekyll-redirect-from"
    ),
    **dict.fromkeys(
        (
            f"jekyll-theme-{name}"
            for name in _words(
                "architect cayman dinky hacker leap-day merlot midnight minimal modernist primer"
                " slate tactile time-machine"
            )
        ),
        ("jekyll-seo-tag",),
    ),
}
"""The gems that a theme loads, by the name of its own gem."""
