"""The model of a Hexo site, on small whole sites, and held against what Hexo builds of them."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from renderers import hexo

from newslint.generators import Target
from newslint.generators.site import Answer, Role, Site
from newslint.generators.site.files import DiskFiles, Entry
from newslint.generators.site.parsing import front_matter
from newslint.generators.sites import read_site

from .site_trees import files_of, lay, model, roles_of

SITES = ("hexo-blog", "hexo-assets", "hexo-packages")

BLOG_ROLES = {
    "source/.well-known/page.md": "page",
    "source/404.html": "page",
    "source/about/index.md": "page",
    "source/moved.md": "page",
    "source/tags/index.md": "page",
    "source/_drafts/idea.md": "draft",
    "source/_data/links.yml": "data",
    "source/_posts/first.md": "post",
    "source/_posts/fourth.markdown": "post",
    "source/_posts/half.tmp.md": "post",
    "source/_posts/news/third.html": "post",
    "source/_posts/second.md": "post",
    "source/_posts/unpublished.md": "post",
    "source/_posts/.md": "lost",
    "source/_posts/_later/fifth.md": "lost",
    "source/_posts/_sixth.md": "lost",
    "source/_posts/shout.MD": "lost",
    "source/demo/index.html": "asset",
    "source/img/a.gif": "asset",
    "source/proof.raw.html": "asset",
    "source/robots.txt": "asset",
    "source/site.css": "asset",
    "themes/plain/source/css/site.css": "asset",
    "scaffolds/post.md": "template",
    **{
        f"themes/plain/layout/{name}.ejs": "template"
        for name in [
            "layout",
            "post",
            "page",
            "index",
            "archive",
            "category",
            "tag",
            "_partial/head",
        ]
    },
    "_config.yml": "data",
    "package.json": "data",
    "scripts/tags.js": "data",
    "scripts/lib/box.js": "data",
    "themes/plain/scripts/theme-tags.js": "data",
}


@pytest.fixture
def blog(tmp_path: Path) -> Site:
    return model(lay("hexo-blog", tmp_path), "hexo@8")


@pytest.fixture
def assets(tmp_path: Path) -> Site:
    return model(lay("hexo-assets", tmp_path), "hexo@8")


@pytest.fixture
def packages(tmp_path: Path) -> Site:
    return model(lay("hexo-packages", tmp_path), "hexo@8")


def site_of(tmp_path: Path, files: dict[str, str], target: str = "hexo@8") -> Site:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return model(tmp_path, target)


def test_each_file_of_a_site_has_its_role(tmp_path: Path) -> None:
    root = lay("hexo-blog", tmp_path)
    assert roles_of(model(root, "hexo@8"), root) == BLOG_ROLES


def test_only_folders_with_posts_and_pages_are_entered(blog: Site) -> None:
    entered = ["", "source", "source/_posts", "source/_posts/news", "source/_drafts", "source/demo"]
    assert all(blog.enters(folder) for folder in entered)
    left = ["themes", "themes/plain/source", "scaffolds", "node_modules", "public", "sources",
            "source/_posts/.trash", "source/_posts/attic"]  # fmt: skip
    assert [folder for folder in left if blog.enters(folder)] == []


@pytest.mark.parametrize(("version", "role"), [(5, Role.POST), (6, Role.LOST), (8, Role.LOST)])
def test_with_asset_folders_a_post_of_another_suffix_is_lost_since_hexo_6(
    version: int, role: Role, tmp_path: Path
) -> None:
    site = model(lay("hexo-assets", tmp_path), f"hexo@{version}")
    assert site.role("content/_posts/2021-03-03-lost.html").role is role
    assert site.role("content/_posts/2021-03-01-tour.md").role is Role.POST


def test_a_page_in_an_asset_folder_is_an_asset(assets: Site) -> None:
    assert assets.role("content/_posts/2021-03-01-tour/demo.html").role is Role.ASSET


@pytest.mark.parametrize(
    ("name", "answer", "source", "paired"),
    [
        ("shout", Answer.YES, "scripts/tags.js", False),
        ("box", Answer.YES, "scripts/tags.js", True),
        ("late", Answer.YES, "scripts/tags.js", False),
        ("aside", Answer.YES, "themes/plain/scripts/theme-tags.js", True),
        ("post_link", Answer.YES, "hexo", False),
        ("if", Answer.YES, "nunjucks", True),
        ("commented", Answer.NO, "", None),
        ("gone", Answer.NO, "", None),
        ("youtube", Answer.NO, "", None),
        ("nosuch", Answer.NO, "", None),
    ],
)
def test_a_tag_is_found_where_it_is_registered(
    name: str, answer: Answer, source: str, paired: bool | None, blog: Site
) -> None:
    found = blog.lookup("tag", name)
    assert (found.answer, found.source, found.paired) == (answer, source, paired)


def test_tags_of_packages_and_themes_in_node_modules_are_found(packages: Site) -> None:
    for name, source in [
        ("own", "hexo-tag-own"),
        ("frame", "hexo-tag-own"),
        ("youtube", "hexo-tag-embed"),
        ("plain", "node_modules/hexo-theme-tiny/include/register.js"),
    ]:
        found = packages.lookup("tag", name)
        assert (found.answer, found.source) == (Answer.YES, source)


def test_a_computed_name_leaves_other_tags_unknown(packages: Site) -> None:
    for name in ("hint", "nosuch"):
        found = packages.lookup("tag", name)
        assert found.answer is Answer.UNKNOWN
        assert "register.js" in found.reason


def test_a_plugin_that_is_not_installed_leaves_other_tags_unknown(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {"_config.yml": "theme: next\n", "package.json": '{"dependencies": {"hexo-odd": "1"}}'},
    )
    assert site.lookup("tag", "note").answer is Answer.YES
    found = site.lookup("tag", "nosuch")
    assert found.answer is Answer.UNKNOWN
    assert "hexo-odd" in found.reason


def test_a_theme_that_is_not_there_leaves_other_tags_unknown(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "theme: rare\n"})
    assert site.lookup("tag", "nosuch").answer is Answer.UNKNOWN
    assert "rare" in site.lookup("tag", "nosuch").reason


def test_a_post_goes_by_its_slug_and_since_hexo_7_by_its_title(tmp_path: Path) -> None:
    root = lay("hexo-blog", tmp_path)
    eight, six = model(root, "hexo@8"), model(root, "hexo@6")
    for name in ("first", "news/third", "first#part", "idea"):
        assert eight.has_post(name) is Answer.YES
    assert eight.has_post("third") is Answer.NO
    assert eight.has_post("Second one") is Answer.YES
    assert six.has_post("Second one") is Answer.NO
    assert six.has_post("second") is Answer.YES


def test_new_post_name_decides_the_slug(assets: Site) -> None:
    assert assets.has_post("tour") is Answer.YES
    assert assets.has_post("2021-03-01-tour") is Answer.NO
    assert assets.has_post("Undated-Name") is Answer.YES


def test_asset_names_are_looked_up_in_the_folder_of_the_post(assets: Site, blog: Site) -> None:
    post = "content/_posts/2021-03-01-tour.md"
    assert assets.has_asset("a.gif", post) is Answer.YES
    assert assets.has_asset("sub/b.gif", post) is Answer.YES
    assert assets.has_asset("none.gif", post) is Answer.NO
    assert assets.has_asset("../2021-03-02-plain/sub/table.csv", post) is Answer.NO
    assert blog.has_asset("a.gif", "source/_posts/first.md") is Answer.NO


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/img/a.gif", Answer.YES),
        ("/2021/01/03/second/", Answer.YES),
        ("/2021/01/03/second", Answer.YES),
        ("../../03/second/#part", Answer.YES),
        ("/special/place", Answer.YES),
        ("/moved/here/", Answer.YES),
        ("/moved.html", Answer.NO),
        ("/about/", Answer.YES),
        ("/404.html", Answer.YES),
        ("/demo/", Answer.YES),
        ("/css/site.css", Answer.YES),
        ("/site.css", Answer.YES),
        ("#here", Answer.YES),
        ("?page=2", Answer.YES),
        ("/", Answer.YES),
        ("/archives/2021/", Answer.UNKNOWN),
        ("/page/2/", Answer.UNKNOWN),
        ("/2021/01/09/nothing/", Answer.NO),
        ("/img/b.gif", Answer.NO),
        ("img/a.gif", Answer.NO),
        ("second.md", Answer.NO),
        ("/_posts/lost.gif", Answer.NO),
        ("/2021/01/07/unpublished/", Answer.NO),
        ("/robots%2etxt", Answer.YES),
        ("../../../../../../img/a.gif", Answer.YES),
        ("//other.example/x.png", Answer.UNKNOWN),
        ("Https://other.example/x.png", Answer.UNKNOWN),
    ],
)
def test_an_address_finds_what_the_site_serves(address: str, answer: Answer, blog: Site) -> None:
    assert blog.serves(address, "source/_posts/first.md") is answer


def test_images_of_markdown_stand_below_the_root(blog: Site, assets: Site, tmp_path: Path) -> None:
    first = "source/_posts/first.md"
    assert blog.serves("img/a.gif", first, markdown_image=True) is Answer.YES
    assert blog.serves("../../img/a.gif", first, markdown_image=True) is Answer.YES
    assert blog.serves("img/a.gif", first) is Answer.NO
    tour = "content/_posts/2021-03-01-tour.md"
    assert assets.serves("sub/b.gif", tour, markdown_image=True) is Answer.YES
    assert assets.serves("none.gif", tour, markdown_image=True) is Answer.NO
    plain = site_of(tmp_path / "plain", {
        "_config.yml": "post_asset_folder: true\n",
        "source/_posts/a.md": "---\ndate: 2021-01-01\n---\n",
        "source/_posts/a/p.png": "",
    })  # fmt: skip
    assert plain.serves("p.png", "source/_posts/a.md", markdown_image=True) is Answer.NO
    assert plain.serves("p.png", "source/_posts/a.md") is Answer.YES
    rewritten = site_of(tmp_path / "plain", {
        "package.json": '{"dependencies": {"hexo-asset-image": "1"}}',
    })  # fmt: skip
    assert rewritten.serves("p.png", "source/_posts/a.md", markdown_image=True) is Answer.UNKNOWN


def test_addresses_of_another_root_are_not_judged(assets: Site) -> None:
    post = "content/_posts/2021-03-01-tour.md"
    assert assets.serves("/blog/gallery/", post) is Answer.YES
    assert assets.serves("/gallery/", post) is Answer.UNKNOWN


def test_settings_of_the_build_are_known(blog: Site, assets: Site, packages: Site) -> None:
    assert (blog.base_url, assets.base_url) == ("https://paper.example.org", None)
    assert (blog.future, assets.future) == (None, False)
    assert (blog.timezone, assets.timezone) == (None, "Asia/Shanghai")
    assert (blog.drafts, assets.drafts) == (False, True)
    assert (blog.referrer_policy, packages.referrer_policy) == ("no-referrer", "origin")
    assert assets.referrer_policy is None
    assert assets.renderer.options["postAsset"] is True
    assert blog.template_engines[".md"] == "nunjucks"
    assert {one.file for one in blog.evidence} >= {"_config.yml", "package.json", "scripts/tags.js"}


def test_a_policy_within_a_condition_is_not_that_of_all_pages(tmp_path: Path) -> None:
    for template in (
        '<% if (theme.x) { %><meta name="referrer" content="no-referrer"><% } %>',
        '<!-- <meta name="referrer" content="no-referrer"> -->',
        '<meta name="referrer" content="<%= theme.x %>">',
    ):
        files = {"_config.yml": "theme: a\n", "themes/a/layout/layout.ejs": template}
        assert site_of(tmp_path, files).referrer_policy is None, template


def with_renderer(tmp_path: Path, package: str, config: str = "", **scripts: str) -> Site:
    """A site with a Markdown renderer and the options of hexo-renderer-markdown-it."""
    files = {f"scripts/{name}.js": code for name, code in scripts.items()}
    files["package.json"] = f'{{"dependencies": {{"{package}": "1"}}}}'
    files["_config.yml"] = f"title: x\nmarkdown: {config}\n"
    return site_of(tmp_path, files)


@pytest.mark.parametrize(
    ("package", "reason"),
    [
        ("hexo-renderer-marked", ""),
        ("hexo-renderer-markdown-it", ""),
        ("hexo-renderer-kramed", "newslint does not support hexo-renderer-kramed"),
        ("hexo-renderer-pandoc", "newslint does not support hexo-renderer-pandoc"),
        (
            "hexo-renderer-markdown-it-plus",
            "newslint does not support hexo-renderer-markdown-it-plus",
        ),
    ],
)
def test_the_renderer_is_the_one_that_is_installed(
    package: str, reason: str, tmp_path: Path
) -> None:
    site = with_renderer(tmp_path, package)
    assert (site.renderer.name, site.renderer.reason) == (package, reason)
    assert site.renderer.modelled is not bool(reason)
    assert site.raw_html


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ("{render: {breaks: false, linkify: false, typographer: false}}", ""),
        ("{plugins: [markdown-it-abbr, {name: markdown-it-footnote}, markdown-it-sub]}", ""),
        ("{plugins: [markdown-it-abbr, {name: markdown-it-deflist}, x]}", "markdown-it-deflist, x"),
        ("{preset: commonmark}", "preset: commonmark"),
        ("{preset: default, enable_rules: [table]}", ""),
        ("{disable_rules: [smartquotes]}", ""),
        ("{disable_rules: [smartquotes, code]}", "disable_rules: [smartquotes, code]"),
        ("{render: {html: false}}", "html: false"),
        ("{plugins: [{name: markdown-it-attrs}]}", ""),
        ("zero", ""),  # text in place of options is without effect
    ],
)
def test_options_of_markdown_it_that_are_not_modelled_are_named(
    config: str, reason: str, tmp_path: Path
) -> None:
    site = with_renderer(tmp_path, "hexo-renderer-markdown-it", config)
    assert reason in site.renderer.reason
    assert site.renderer.modelled is not bool(reason)
    assert site.raw_html is ("html: false" not in config)


def test_a_script_that_changes_markdown_it_is_named(tmp_path: Path) -> None:
    code = "hexo.extend.filter.register('markdown-it:renderer', md => md.use(x));"
    site = with_renderer(tmp_path, "hexo-renderer-markdown-it", own=code)
    assert not site.renderer.modelled
    assert site.renderer.reason == "scripts/own.js changes the Markdown renderer"


@pytest.mark.parametrize(
    ("config", "of_root", "of_post"),
    [
        ("{}", Answer.NO, Answer.YES),
        ("{images: {prepend_root: true}}", Answer.YES, Answer.NO),
        ("{images: {post_asset: true}}", Answer.YES, Answer.YES),
    ],
)
def test_markdown_it_finds_images_where_its_options_say(
    config: str, of_root: Answer, of_post: Answer, tmp_path: Path
) -> None:
    files = {
        "package.json": '{"dependencies": {"hexo-renderer-markdown-it": "1"}}',
        "_config.yml": f"post_asset_folder: true\npermalink: a/:title/\nmarkdown: {config}\n",
        "source/root.png": "x",
        "source/_posts/p.md": "---\ntitle: p\n---\n",
        "source/_posts/p/post.png": "x",
    }
    site = site_of(tmp_path, files)
    for name, answer in (("root.png", of_root), ("post.png", of_post)):
        assert site.serves(name, "source/_posts/p.md", markdown_image=True) is answer


@pytest.mark.parametrize(
    ("config", "matter", "path"),
    [
        ("permalink: :name.html\n", "", "x.html"),
        ("permalink: p/:post_title/\n", "title: Ä b, c\n", "p/a-b-c/index.html"),
        ("permalink: :lang/:title/\npermalink_defaults: {lang: en}\n", "", "en/a/x/index.html"),
        ("permalink: :lang/:title/\n", "lang: de\n", "de/a/x/index.html"),
        ("permalink: :i_month-:i_day/:number/\n", "number: 1.50\n", "2-3/1.5/index.html"),
        ("permalink: :category/\n", "categories: [[A, B C]]\n", "A/B-C/index.html"),
        ("permalink: :category/\n", "categories: [[A], [B]]\n", None),
        ("permalink: :id/\n", "", None),
        ("permalink: :abbrlink/\n", "abbrlink: 4a17b156\n", "4a17b156/index.html"),
        ("permalink: :abbrlink/\n", "", "undefined/index.html"),
        ("permalink: :title_:day/\n", "", "a/x_03/index.html"),
    ],
)
def test_a_permalink_is_filled_as_hexo_fills_it(
    config: str, matter: str, path: str | None, tmp_path: Path
) -> None:
    site = site_of(tmp_path, {"_config.yml": f"theme: landscape\n{config}"})
    data = front_matter(f"---\ndate: 2021-02-03 04:05:06\n{matter}---\n", "hexo")
    assert site.output("source/_posts/a/x.md", data) == path


def test_sums_that_hexo_abbrlink_will_write_collide(packages: Site) -> None:
    one, two = (f"source/_posts/report-{number}.md" for number in (405, 800))
    assert packages.output(one, {"title": "Report 405"}) == "en/p/3b89.html"
    assert packages.output(two, {"title": "Report 800"}) == "en/p/3b89.html"


def test_a_decimal_sum_is_not_foretold_since_hexo_abbrlink_avoids_taken_ones(
    tmp_path: Path,
) -> None:
    site = site_of(
        tmp_path,
        {
            "_config.yml": "permalink: :abbrlink/\nabbrlink: {rep: dec}\n",
            "package.json": '{"dependencies": {"hexo-abbrlink": "2"}}',
        },
    )
    assert site.output("source/_posts/a.md", {"title": "A"}) is None


def test_a_site_travels_to_other_processes(packages: Site) -> None:
    packages.has_post("one")
    copy = pickle.loads(pickle.dumps(packages))
    assert vars(copy).keys() < vars(packages).keys()
    assert (copy.options, copy.extensions) == (packages.options, packages.extensions)
    assert copy.lookup("tag", "own") == packages.lookup("tag", "own")


def test_the_fingerprint_changes_with_what_the_site_defines(tmp_path: Path) -> None:
    root = lay("hexo-blog", tmp_path)
    seen = {model(root, "hexo@8").fingerprint}
    (root / "source/_posts/another.md").write_text("---\ntitle: x\n---\n")
    assert model(root, "hexo@8").fingerprint in seen
    for path in ("_config.yml", "scripts/tags.js", "themes/plain/scripts/theme-tags.js"):
        with (root / path).open("a") as file:
            file.write("\n")
        fingerprint = model(root, "hexo@8").fingerprint
        assert fingerprint not in seen, path
        seen.add(fingerprint)


class CountingFiles(DiskFiles):
    """Counts what is read."""

    looks = 0

    def text(self, path: str) -> str | None:
        self.looks += 1
        return super().text(path)

    def entries(self, folder: str) -> tuple[Entry, ...]:
        self.looks += 1
        return super().entries(folder)


def test_reading_a_site_and_asking_for_roles_lists_no_posts(tmp_path: Path) -> None:
    root = lay("hexo-blog", tmp_path)
    files = CountingFiles(str(root))
    site = read_site(Target("hexo", (8,)), str(root), files)
    read = files.looks
    assert read < 40
    for number in range(1_000):
        assert site.role(f"source/_posts/{number}.md").role is Role.POST
    assert files.looks == read
    assert site.has_post("first") is Answer.YES
    assert files.looks - read <= 1


HOSTILE = [
    "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nskip_render: *c\n",
    "permalink: 5\nskip_render: {a: 1}\nroot: []\nurl: 7\ntheme: [a]\nnew_post_name: true\n",
    "source_dir: ../../etc\n",
    "source_dir: /etc\npublic_dir: ''\n",
    "skip_render: ['" + "*a" * 400 + "', '" + "{a,b}" * 150 + "', '[z', '!(x)']\n",
    "new_post_name: '" + ":a-" * 60 + ":title.md'\n",
    "- a\n- b\n",
    "a: [\n",
    "\x00\x01",
    "timezone: Mars/Base\npermalink: ':year/:title/'\n",
    "[" * 5_000,
]


@pytest.mark.parametrize("config", HOSTILE, ids=range(len(HOSTILE)))
def test_no_configuration_breaks_the_model(config: str, tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {"_config.yml": config, "package.json": config, "source/_posts/x.md": "---\na: [\n---\n"},
    )
    post = "source/_posts/" + "a" * 200 + ".md"
    assert isinstance(site.role(post).role, Role)
    site.output(post, {"date": "2021-01-01", "title": ["x"]})
    site.lookup("tag", "x")
    site.has_post("a" * 300)
    site.serves("/a/b", "source/_posts/x.md")


def test_a_configuration_that_cannot_be_read_leaves_all_unknown(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "a: [\n"})
    assert site.lookup("tag", "nosuch").answer is Answer.UNKNOWN
    assert site.has_post("x") is Answer.UNKNOWN
    assert site.output("source/_posts/x.md", {"date": "2021-01-01"}) is None


# Held against Hexo itself.


@pytest.fixture(scope="module", params=SITES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A site as the model saw it before Hexo built it, and what Hexo wrote."""
    if reason := hexo.available(8):
        pytest.skip(reason)
    modules = hexo.home(8) / "node_modules"
    if missing := [name for name in hexo.EXTRA if not (modules / name).is_dir()]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    root = lay(request.param, tmp_path_factory.mktemp("built"), modules)
    site = model(root, "hexo@8")
    said = {}
    for path in files_of(root):
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        said[path] = (site.role(path).role, site.output(path, front_matter(text, "hexo")))
    code, log, written = hexo.build_site(root)
    assert code == 0, log
    return root, site, said, written


def test_hexo_writes_each_file_where_the_model_says(built) -> None:
    _, _, said, written = built
    assert {path: where for path, (_, where) in said.items() if where is not None} == written
    assert written.keys() <= said.keys()


def test_hexo_writes_nothing_of_files_that_are_no_content(built) -> None:
    _, _, said, written = built
    none = (Role.IGNORED, Role.LOST, Role.TEMPLATE, Role.DATA, Role.DRAFT)
    assert [path for path, (role, _) in said.items() if role in none and path in written] == []


def test_each_tag_that_the_site_defines_works(built) -> None:
    root, site, said, written = built
    texts = [(root / path).read_text() for path, (role, _) in said.items() if role is Role.POST]
    used = set(re.findall(r"\{% (\w+)", "\n".join(texts)))
    own = {
        name
        for name, tag in site.extensions.tags.items()
        if not tag.source.startswith("hexo-tag-e")
    }
    assert own <= used
    for path in written.values():
        if path.endswith(".html"):
            page = (root / site.options.public / path).read_text()
            assert "{%" not in page


def test_each_page_that_hexo_writes_is_served(built) -> None:
    root, site, said, written = built
    post = next(path for path, (role, where) in said.items() if role is Role.POST and where)
    public = root / site.options.public
    for path in (one.relative_to(public).as_posix() for one in public.rglob("*") if one.is_file()):
        for address in {path, path.removesuffix("index.html")}:
            answer = site.serves(f"{site.options.root}{address}", post)
            expected = Answer.YES if path in written.values() else Answer.UNKNOWN
            assert answer is expected or (path == "index.html"), address
        assert site.serves(f"{site.options.root}{path}x", post) is not Answer.YES
