"""Well-known plug-ins and themes of Hexo: what each adds to a site that names it.

Read from the packages of the npm registry, in the versions that the comments name. A package that
is not here is looked up in ``node_modules``.
"""

from __future__ import annotations

from typing import NamedTuple

ANYWHERE = ("",)
"""The pages of a plug-in that may write any address."""
ANY_FIELD = "*"
"""A plug-in may change all of what addresses of posts are made of."""


class Plugin(NamedTuple):
    """What a package adds: ``tags`` without an end tag and ``blocks`` with one.

    ``pages`` are the beginnings of the addresses that it generates. ``images`` says that it
    rewrites the addresses of images, ``markdown`` that it replaces the Markdown renderer.
    ``fields`` are the names in permalinks that it gives values to, `ANY_FIELD` for all;
    ``suffixes`` are files that it renders, with the suffix of what becomes of them.
    """

    tags: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    images: bool = False
    markdown: bool = False
    fields: tuple[str, ...] = ()
    suffixes: tuple[tuple[str, str], ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NOTHING = Plugin()
_MARKDOWN = Plugin(markdown=True)
_IMAGES = Plugin(images=True)
_PAGES = Plugin(pages=ANYWHERE)

PLUGINS: dict[str, Plugin] = {
    # Tags.
    "hexo-tag-embed": Plugin(tags=_words("gist jsfiddle vimeo youtube")),  # 1.0.0
    "hexo-tag-aplayer": Plugin(  # 3.0.4
        tags=("aplayer", "meting"), blocks=("aplayerlrc", "aplayerlist"), pages=("assets/",)
    ),
    "hexo-tag-map": Plugin(  # 1.2.1
        tags=_words(
            "map Map gaodeMap GaodeMap Amap amap openstreetMap OpenStreetMap baiduMap BaiduMap"
            " geoqMap GeoqMap GeoQ googleMap GoogleMap"
        )
    ),
    "hexo-pdf": Plugin(tags=("pdf",)),  # 1.1.1
    "hexo-codepen": Plugin(tags=("codepen",)),  # 0.1.1
    "hexo-tag-youku": Plugin(blocks=("youku",)),  # 1.0.2
    "hexo-math": Plugin(blocks=("katex", "mathjax")),  # 5.0.0
    "hexo-filter-github-emojis": Plugin(tags=("github_emoji",)),  # 3.0.5
    "hexo-butterfly-tag-plugins-plus": Plugin(  # 1.0.18
        tags=_words(
            "cell checkbox radio bdage ghcard icon image inlineimage u emp wavy del kbd psw issues"
            " link audio video nota bubble referto referfrom progress site p span"
        ),
        blocks=_words("btns folding ghcardgroup linkgroup videos poem sitegroup tip carousel"),
    ),
    "hexo-solitude-tag": Plugin(  # 2.0.0
        tags=_words(
            "youtube p span bvideo audio video link img inline_img inlineImg checkbox radio button"
            " btn hideInline label series github gitlab gitee gitea bubble keyboard spoiler card"
        ),
        blocks=_words(
            "fold videos note subnote timeline timenode hideBlock hideToggle flink score chartjs"
        ),
        pages=ANYWHERE,
    ),
    "hexo-component-inferno": Plugin(blocks=("message", "tabs"), pages=ANYWHERE),  # 3.1.2
    # Images.
    "hexo-asset-image": _IMAGES,
    "hexo-asset-img": _IMAGES,
    "hexo-asset-link": _IMAGES,
    "hexo-image-link": _IMAGES,
    "hexo-lazyload-image": _IMAGES,
    "hexo-filter-responsive-images": Plugin(images=True, pages=ANYWHERE),
    "hexo-obsidian-link-converter": _IMAGES,
    "hexo-blog-encrypt": Plugin(images=True, pages=("lib/", "css/")),
    # Addresses of posts.
    "hexo-abbrlink": _NOTHING,
    "hexo-permalink-pinyin": Plugin(fields=(ANY_FIELD,)),
    "hexo-enhancer": Plugin(fields=(ANY_FIELD,)),
    "hexo-hide-posts": Plugin(fields=(ANY_FIELD,), pages=ANYWHERE),
    "hexo-auto-category": Plugin(fields=("category",)),
    "hexo-directory-category": Plugin(fields=("category",)),
    # Markdown renderers.
    "hexo-renderer-marked": _MARKDOWN,
    "hexo-renderer-kramed": _MARKDOWN,
    "hexo-renderer-markdown-it": _MARKDOWN,
    "hexo-renderer-markdown-it-plus": _MARKDOWN,
    "hexo-renderer-multi-markdown-it": _MARKDOWN,
    "hexo-renderer-pandoc": _MARKDOWN,
    # Other renderers.
    "hexo-renderer-ejs": Plugin(suffixes=((".ejs", ".html"),)),
    "hexo-renderer-pug": Plugin(suffixes=((".pug", ".html"),)),
    "hexo-render-pug": Plugin(suffixes=((".pug", ".html"),)),
    "hexo-renderer-jade": Plugin(suffixes=((".jade", ".html"), (".pug", ".html"))),
    "hexo-renderer-swig": Plugin(suffixes=((".swig", ".html"),)),
    "hexo-renderer-nunjucks": Plugin(suffixes=((".swig", ".html"),)),
    "hexo-renderer-inferno": Plugin(suffixes=((".jsx", ".html"),)),
    "hexo-renderer-stylus": Plugin(suffixes=((".styl", ".css"), (".stylus", ".css"))),
    "hexo-renderer-less": Plugin(suffixes=((".less", ".css"),)),
    "hexo-renderer-sass": Plugin(suffixes=((".sass", ".css"), (".scss", ".css"))),
    "hexo-renderer-sass-next": Plugin(suffixes=((".sass", ".css"), (".scss", ".css"))),
    "hexo-renderer-dartsass": Plugin(suffixes=((".sass", ".css"), (".scss", ".css"))),
    # Generators. Hexo's own for lists write below the folders of the configuration.
    "hexo-generator-archive": _NOTHING,
    "hexo-generator-category": _NOTHING,
    "hexo-generator-tag": _NOTHING,
    "hexo-generator-index": Plugin(pages=("page/",)),
    "hexo-generator-index-pin-top": Plugin(pages=("page/",)),
    "hexo-generator-feed": Plugin(pages=("atom.xml", "rss2.xml")),
    "hexo-generator-sitemap": Plugin(pages=("sitemap.xml", "sitemap.txt")),
    "hexo-generator-baidu-sitemap": Plugin(pages=("baidusitemap.xml",)),
    "hexo-generator-search": Plugin(pages=("search.xml", "search.json")),
    "hexo-generator-searchdb": Plugin(pages=("search.xml", "search.json")),
    "hexo-generator-json-content": Plugin(pages=("content.json",)),
    "hexo-generator-robotstxt": Plugin(pages=("robots.txt",)),
    "hexo-generator-alias": _PAGES,
    "hexo-bangumis": Plugin(pages=("bangumis/",)),
    "hexo-bilibili-bangumi": _PAGES,
    "hexo-douban": _PAGES,
    "hexo-excerpt": _NOTHING,  # 1.3.1: it writes the posts themselves
    "hexo-prism-plugin": Plugin(pages=("css/", "js/")),
    "hexo-offline": Plugin(pages=("sw.js", "service-worker.js")),
    # Filters that change neither addresses nor tags.
    **dict.fromkeys(
        _words(
            "hexo-admonition hexo-filter-mathjax"
            " hexo-filter-mermaid-diagrams hexo-filter-nofollow hexo-footnote hexo-reference"
            " hexo-include-markdown hexo-neat hexo-all-minifier hexo-html-minifier hexo-clean-css"
            " hexo-uglify hexo-autoprefixer hexo-autonofollow hexo-related-popular-posts"
            " hexo-symbols-count-time hexo-toc hexo-word-counter hexo-wordcount hexo-server"
            " hexo-browsersync hexo-admin hexo-cli hexo-util hexo-fs hexo-log hexo-i18n"
            " hexo-front-matter hexo-pagination hexo-excerpt-block hexo-filter-probe-image-size"
            " hexo-helper-live2d hexo-helper-qrcode hexo-helper-inline-svg hexo-baidu-url-submit"
            " hexo-algolia hexo-algoliasearch hexo-pangu hexo-yam hexo-external-link"
            " hexo-butterfly-extjs hexo-renderer-postcss hexo-readmore hexo-next-darkmode"
        ),
        _NOTHING,
    ),
}

_HARMLESS = ("hexo-deployer-", "hexo-migrator-", "hexo-helper-", "hexo-console-")
"""Beginnings of names that tell what a package is: none of these adds tags or pages."""
_ONLY_TAGS = "hexo-tag-"
_ONLY_PAGES = "hexo-generator-"
_NO_TAGS = (_ONLY_PAGES, "hexo-filter-")
"""Beginnings of names that tell what a package adds, whatever its tags and pages are."""


class MayAdd(NamedTuple):
    """What an unknown package may add: tags, pages, and changes of addresses."""

    tags: bool
    pages: bool
    addresses: bool


def may_add(package: str) -> MayAdd:
    """Return what an unknown package may add, by its name."""
    name = package.rpartition("/")[2]
    only_tags = name.startswith(_ONLY_TAGS)
    return MayAdd(
        tags=not name.startswith(_NO_TAGS),
        pages=not only_tags,
        addresses=not (only_tags or name.startswith(_ONLY_PAGES)),
    )


def known_plugin(package: str) -> Plugin | None:
    """Return what a package is known to add; None where that is not known."""
    name = package.rpartition("/")[2]
    found = PLUGINS.get(package) or PLUGINS.get(name)
    return _NOTHING if found is None and name.startswith(_HARMLESS) else found


_TABS = "tabs subtabs subsubtabs"
_BUTTERFLY = Plugin(  # 5.7.0
    tags=_words("btn galleryGroup hideInline inlineImg label series"),
    blocks=_words(
        f"chartjs flink gallery hideBlock hideToggle mermaid note subnote score timeline {_TABS}"
    ),
    pages=ANYWHERE,
)
THEMES: dict[str, Plugin] = {
    "landscape": Plugin(tags=("fancybox",)),  # 1.1.0
    "next": Plugin(  # 8.29.0
        tags=_words("button btn caniuse can label pdf video"),
        blocks=_words(
            "centerquote cq grouppicture gp linkgrid lg mermaid wavedrom note subnote " + _TABS
        ),
    ),
    "butterfly": _BUTTERFLY,
    "anzhiyu": Plugin(  # 1.7.0
        tags=_words(
            "intCard bilibili cell btn checkbox radio dogeplayer galleryGroup hideInline icon image"
            " inlineimage u emp wavy del kbd psw inlineImg label link audio video site p span"
        ),
        blocks=_words(
            "btns flink folding gallery hideBlock hideToggle videos mermaid note subnote sitegroup"
            f" timeline tip {_TABS}"
        ),
        pages=ANYWHERE,
    ),
    "fluid": Plugin(  # 1.9.9
        tags=_words("button btn checkbox cb label"),
        blocks=_words("fold groupimage gi mermaid note"),
        pages=ANYWHERE,
    ),
    "keep": Plugin(  # 4.3.0
        blocks=_words("note button btn tabs timeline timenode"), pages=ANYWHERE
    ),
    "redefine": Plugin(  # 2.9.0
        tags=_words("button btn cell"),
        blocks=_words(
            "callout folding grid btns buttons note notes subnote noteL notel notelarge"
            f" notel-large notes-large subwarning {_TABS}"
        ),
        pages=ANYWHERE,
    ),
    "solitude": Plugin(  # 4.0.0
        tags=("galleryGroup",),
        blocks=_words(f"chart gallery mermaid typeit {_TABS}"),
        pages=ANYWHERE,
    ),
    "stellar": Plugin(  # 1.44.0
        tags=_words(
            "users friends albums posters sites ghcard toc md checkbox radio copy emoji icon frame"
            " image link button mark navbar note quot hashtag mbti audio video rating vote u emp"
            " wavy del kbd psw blur sup sub"
        ),
        blocks=_words(
            "tabs box about folding folders grid swiper gallery banner dropdown timeline chat"
            " poetry blockquote okr table tip reel paper"
        ),
        pages=ANYWHERE,
    ),
    "volantis": Plugin(  # 6.8.3
        tags=_words(
            "albums Audio audio btn cell button Checkbox Radio checkbox radio contributors copy"
            " menuitem emoji Frame frame friends ghcard hashtag icon Image image inlineimage u emp"
            " wavy del kbd psw blur sup sub xlink Link link mark md navbar Note note pandown"
            " posters quot sites p span Video video"
        ),
        blocks=_words(
            "banner blockquote box btns chat menu submenu folders Folding folding Gallery gallery"
            " ghcardgroup grid linkgroup blocknote noteblock okr paper poetry reel swiper table"
            " Tabs subTabs subsubTabs Timeline timeline timenode videos " + _TABS
        ),
        pages=ANYWHERE,
    ),
    "icarus": Plugin(blocks=("message", "tabs"), pages=ANYWHERE),  # 6.1.1
    "aurora": _NOTHING,
}
"""Well-known themes by the name of the configuration, for sites whose theme does not exist."""
