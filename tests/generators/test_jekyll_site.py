"""The model of a Jekyll site, on small whole sites, and held against what Jekyll builds of them."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from renderers import jekyll

from newslint.generators import Target
from newslint.generators.site import Answer, Role, Site, merged
from newslint.generators.site.files import DiskFiles, Entry
from newslint.generators.site.parsing import front_matter
from newslint.generators.sites import read_site

from .memory_files import site_of as in_memory
from .site_trees import files_of, lay, model, roles_of

PLUGINS = {
    "jekyll-blog": "_plugins",
    "jekyll-collections": "docs/lib",
    "jekyll-styles": "_plugins",
}

BLOG_ROLES = {
    ".hidden.md": "page",
    "404.html": "asset",
    "README.md": "asset",
    "_config.yml": "data",
    "_data/people.yml": "data",
    "_drafts/idea.md": "draft",
    "_includes/fig.html": "template",
    "_includes/parts/head.html": "template",
    "_layouts/default.html": "template",
    "_layouts/post.html": "template",
    "_pages/team.md": "page",
    "_plugins/tags.rb": "data",
    "_posts/#2021-01-12-sign.md": "lost",
    "_posts/2021-01-02-first.md": "post",
    "_posts/2021-01-03-second-one.markdown": "post",
    "_posts/2021-01-06-moved.html": "post",
    "_posts/2021-01-07-hidden.md": "post",
    "_posts/2021-01-08-Bare Name!.md": "post",
    "_posts/_2021-01-10-under.md": "lost",
    "_posts/_later/2021-01-11-later.md": "lost",
    "_posts/sub/2021-01-09-below.md": "post",
    "_posts/undated.md": "lost",
    "about.md": "page",
    "assets/a.gif": "asset",
    "assets/main.scss": "asset",
    "contact.markdown": "page",
    "docs/guide/deep.md": "page",
    "feed.xml": "asset",
    "index.html": "page",
    "news/_posts/2021-01-05-third.md": "post",
}
COLLECTION_ROLES = {
    "_config.yml": "data",
    "docs/Page.Two.md": "page",
    "docs/_layouts/bare.html": "template",
    "docs/_layouts/note.html": "template",
    "docs/_posts/2021-02-24-elsewhere.md": "lost",
    "docs/collections/_authors/ann.md": "page",
    "docs/collections/_drafts/some-idea.md": "post",
    "docs/collections/_notes/one.md": "page",
    "docs/collections/_notes/raw.md": "asset",
    "docs/collections/_notes/sub/2021-03-01-two.md": "post",
    "docs/collections/_notes/sub/pic.gif": "asset",
    "docs/collections/_posts/2021-02-25-kept.md": "post",
    "docs/collections/_posts/2021-02-26-plain.markdown": "post",
    "docs/collections/_posts/2021-02-27-text.mkdn": "post",
    "docs/collections/_posts/2021-02-28-late.md": "post",
    "docs/collections/_recipes/1 soup.md": "page",
    "docs/collections/_recipes/dish.gif": "asset",
    "docs/collections/other/page.md": "page",
    "docs/collections/page.mkdn": "page",
    "docs/index.md": "page",
}


@pytest.fixture
def blog(tmp_path: Path) -> Site:
    return model(lay("jekyll-blog", tmp_path), "jekyll")


@pytest.fixture
def collections(tmp_path: Path) -> Site:
    return model(lay("jekyll-collections", tmp_path), "jekyll")


@pytest.fixture
def styles(tmp_path: Path) -> Site:
    return model(lay("jekyll-styles", tmp_path), "jekyll")


def site_of(tmp_path: Path, files: dict[str, str]) -> Site:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return model(tmp_path, "jekyll")


@pytest.mark.parametrize(
    ("name", "roles"), [("jekyll-blog", BLOG_ROLES), ("jekyll-collections", COLLECTION_ROLES)]
)
def test_each_file_of_a_site_has_its_role(name: str, roles: dict[str, str], tmp_path: Path) -> None:
    root = lay(name, tmp_path)
    assert roles_of(model(root, "jekyll"), root) == roles


def test_only_folders_with_posts_and_pages_are_entered(blog: Site, collections: Site) -> None:
    entered = ["", "_posts", "_posts/sub", "news", "news/_posts", "_drafts", "_pages", "docs/guide"]
    assert all(blog.enters(folder) for folder in entered)
    left = ["_layouts", "_includes/parts", "_data", "_site", "node_modules", "vendor/bundle", "old",
            "_other", ".git"]  # fmt: skip
    assert [folder for folder in left if blog.enters(folder)] == []
    assert all(collections.enters(folder) for folder in ("docs", "docs/collections/_notes/sub"))
    assert not collections.enters("elsewhere")


@pytest.mark.parametrize("plugin", ["jekyll-optional-front-matter", "github-pages"])
def test_a_plugin_makes_pages_of_files_without_front_matter(plugin: str, tmp_path: Path) -> None:
    gemfile = f'group :jekyll_plugins do\n  gem "{plugin}"\nend\n'
    files = {"_config.yml": "title: x\n", "a.md": "Text.\n", "README.md": "Text.\n"}
    assert site_of(tmp_path / "no", files).role("a.md").role is Role.ASSET
    site = site_of(tmp_path / "yes", {**files, "Gemfile": gemfile})
    assert site.role("a.md").role is Role.PAGE
    assert site.role("README.md").role is Role.ASSET


@pytest.mark.parametrize(
    ("name", "answer", "source", "paired"),
    [
        ("shout", Answer.YES, "_plugins/tags.rb", False),
        ("loud", Answer.YES, "_plugins/tags.rb", False),
        ("box", Answer.YES, "_plugins/tags.rb", True),
        ("if", Answer.YES, "jekyll", True),
        ("post_url", Answer.YES, "jekyll", False),
        ("commented", Answer.NO, "", None),
        ("gone", Answer.NO, "", None),
        ("seo", Answer.NO, "", None),
    ],
)
def test_a_tag_is_found_where_it_is_registered(
    name: str, answer: Answer, source: str, paired: bool | None, blog: Site
) -> None:
    found = blog.lookup("tag", name)
    assert (found.answer, found.source, found.paired) == (answer, source, paired)


def test_filters_are_the_methods_of_registered_modules(blog: Site) -> None:
    assert blog.lookup("filter", "quoted").source == "_plugins/tags.rb"
    assert blog.lookup("filter", "slugify").answer is Answer.YES


@pytest.mark.parametrize(("strict", "answer"), [("false", Answer.YES), ("true", Answer.NO)])
def test_an_unknown_filter_works_unless_filters_are_strict(strict: str, answer: Answer) -> None:
    files = {"_config.yml": f"liquid:\n  strict_filters: {strict}\n", "_plugins/none.rb": ""}
    assert in_memory("jekyll", files).lookup("filter", "nosuch").answer is answer


def test_includes_layouts_and_data_are_looked_up(blog: Site, styles: Site) -> None:
    assert blog.lookup("include", "fig.html").source == "_includes/fig.html"
    assert blog.lookup("include", "parts/head.html").answer is Answer.YES
    assert blog.lookup("include", "../_config.yml").answer is Answer.NO
    assert blog.lookup("include", "none.html").answer is Answer.NO
    assert blog.lookup("layout", "post").answer is Answer.YES
    assert blog.lookup("layout", "gallery").answer is Answer.NO
    assert blog.lookup("data", "people").answer is Answer.YES
    assert styles.lookup("include", "part.html").source == "_parts/part.html"
    assert styles.lookup("layout", "default").source == "_templates/default.html"


def test_tags_of_known_gems_are_known(styles: Site, tmp_path: Path) -> None:
    assert styles.lookup("tag", "seo").source == "jekyll-seo-tag"
    site = site_of(
        tmp_path,
        {
            "_config.yml": "theme: minima\n",
            "Gemfile": '# gem "jekyll-figure", group: :jekyll_plugins\n'
            'gem "jekyll-gist", group: :jekyll_plugins\n'
            'gem "jekyll-avatar"\n'
            'group :jekyll_plugins do\n  gem "jekyll-toc"\nend\n',
        },
    )
    found = {name: site.lookup("tag", name).answer for name in ("seo", "gist", "toc")}
    assert set(found.values()) == {Answer.YES}
    for name in ("figure", "avatar"):
        assert site.lookup("tag", name).answer is Answer.NO
    assert site.lookup("layout", "home").answer is Answer.UNKNOWN
    assert "minima" in site.lookup("include", "head.html").reason


def test_what_cannot_be_told_is_unknown_with_a_reason(tmp_path: Path) -> None:
    for files, word in [
        ({"_config.yml": "plugins: [jekyll-rare]\n"}, "jekyll-rare"),
        ({"_config.yml": "theme: rare\n"}, "rare"),
        ({"_plugins/a.rb": "%w[a b].each { |n| Liquid::Template.register_tag(n, X) }"}, "a.rb"),
    ]:
        site = site_of(tmp_path / word, files)
        found = site.lookup("tag", "nosuch")
        assert found.answer is Answer.UNKNOWN
        assert word in found.reason


def test_tags_of_a_gem_in_the_folder_of_the_site_are_found(tmp_path: Path) -> None:
    gem = "vendor/bundle/ruby/3.1.0/gems/jekyll-rare-1.2.0/lib"
    code = {
        f"{gem}/rare/base.rb": "class Base < ::Liquid::Block\nend\n",
        f"{gem}/rare.rb": "class Rare < Base\nend\nLiquid::Template.register_tag('rare', Rare)\n",
    }
    site = site_of(tmp_path, {"_config.yml": "plugins: [jekyll-rare]\n", **code})
    found = site.lookup("tag", "rare")
    assert (found.answer, found.source, found.paired) == (Answer.YES, "jekyll-rare", True)
    assert site.lookup("tag", "nosuch").answer is Answer.NO


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("2021-01-03-second-one", Answer.YES),
        ("/news/2021-01-05-third", Answer.YES),
        ("2021-01-05-third", Answer.YES),
        ("2021-1-5-third", Answer.YES),
        ("sub/2021-01-09-below", Answer.YES),
        ("2021-01-06-Other Place", Answer.YES),
        ("2021-01-07-hidden", Answer.NO),
        ("2021-01-02-second-one", Answer.NO),
        ("undated", Answer.NO),
        ("idea", Answer.NO),
    ],
)
def test_post_url_finds_what_is_published(name: str, answer: Answer, blog: Site) -> None:
    assert blog.has_post(name) is answer


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("_posts/2021-01-03-second-one.markdown", Answer.YES),
        ("/_posts/2021-01-03-second-one.markdown", Answer.NO),
        ("about.md", Answer.YES),
        ("/about.md", Answer.NO),
        ("assets/a.gif", Answer.YES),
        ("/assets/a.gif", Answer.YES),
        ("_posts/2021-01-07-hidden.md", Answer.NO),
        ("_posts/undated.md", Answer.NO),
        ("old/page.md", Answer.NO),
        ("_layouts/post.html", Answer.NO),
    ],
)
def test_link_finds_what_is_written(name: str, answer: Answer, blog: Site) -> None:
    assert blog.has_linked(name) is answer


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/assets/a.gif", Answer.YES),
        ("/assets/main.css", Answer.YES),
        ("/about/", Answer.YES),
        ("/about", Answer.YES),
        ("/2021/01/02/first/", Answer.YES),
        ("../first/#part", Answer.YES),
        ("/special/other-place.html", Answer.YES),
        ("/world/far%20east/last/2021/01/03/second-one/", Answer.YES),
        ("/README.md", Answer.YES),
        ("/feed.xml", Answer.YES),
        ("/contact-us", Answer.YES),
        ("#x", Answer.YES),
        ("/", Answer.YES),
        ("../../../../../assets/a.gif", Answer.YES),
        ("Http://other.example/", Answer.UNKNOWN),
        ("/contact/", Answer.NO),
        ("/assets/b.gif", Answer.NO),
        ("assets/a.gif", Answer.NO),
        ("/2021/01/07/hidden/", Answer.NO),
        ("/old/page/", Answer.NO),
        ("/_includes/fig.html", Answer.NO),
    ],
)
def test_an_address_finds_what_the_site_serves(address: str, answer: Answer, blog: Site) -> None:
    assert blog.serves(address, "_posts/2021-01-02-first.md") is answer


def test_addresses_of_another_base_are_not_judged(collections: Site) -> None:
    post = "docs/collections/_posts/2021-02-28-late.md"
    assert collections.serves("/base/notes/one", post) is Answer.YES
    assert collections.serves("/base/notes/none", post) is Answer.NO
    assert collections.serves("/notes/one", post) is Answer.UNKNOWN


def test_redirects_and_links_to_sources_are_served_by_their_plugins(tmp_path: Path) -> None:
    files = {
        "_config.yml": "plugins: [jekyll-redirect-from, jekyll-relative-links]\n",
        "_posts/2021-01-01-a.md": "---\nredirect_from:\n  - /was/here/\n  - /older\n---\n",
    }
    site = site_of(tmp_path, files)
    post = "_posts/2021-01-01-a.md"
    assert site.serves("/was/here/", post) is Answer.YES
    assert site.serves("/older", post) is Answer.YES
    assert site.serves("2021-01-01-a.md", post) is Answer.YES
    assert site.serves("/never/", post) is Answer.NO


def test_settings_of_the_build_are_known(blog: Site, collections: Site, styles: Site) -> None:
    assert (blog.base_url, collections.base_url) == ("https://paper.example.org", None)
    assert (blog.future, styles.future) == (None, True)
    assert (blog.timezone, collections.timezone) == (None, "Asia/Shanghai")
    assert (blog.drafts, collections.drafts) == (False, True)
    assert (blog.referrer_policy, collections.referrer_policy) == ("same-origin", None)
    assert blog.template_engines[".md"] == "liquid"
    assert (blog.renderer.name, blog.renderer.modelled) == ("kramdown", True)
    assert {one.file for one in blog.evidence} >= {"_config.yml", "_plugins/tags.rb"}


def test_another_markdown_engine_is_not_modelled(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "markdown: CommonMark\n"})
    assert (site.renderer.name, site.renderer.modelled) == ("CommonMark", False)


def test_defaults_follow_scope_and_precedence(blog: Site, collections: Site) -> None:
    assert blog.defaults("_posts/2021-01-02-first.md") == {"layout": "post", "author": "The desk"}
    below = blog.defaults("_posts/sub/2021-01-09-below.md")
    assert below == {"layout": "post", "author": "Sub", "categories": ["below"]}
    assert blog.defaults("docs/guide/deep.md") == {"layout": "default"}
    assert blog.defaults("about.md") == {}
    notes = collections.defaults("docs/collections/_notes/sub/2021-03-01-two.md")
    assert notes["tone"] == "glob"
    assert notes["depth"] == {"a": 1, "b": 1, "c": 2}
    assert collections.defaults("docs/collections/_recipes/1 soup.md") == {}


@pytest.mark.parametrize(
    ("config", "path", "matter", "where"),
    [
        ("", "_posts/2021-02-03-a.md", "", "2021/02/03/a.html"),
        ("permalink: /:title/", "_posts/2021-02-03-a.md", "", "a/index.html"),
        ("permalink: weekdate", "_posts/2021-02-03-a.md", "", "2021/W05/Wed/a.html"),
        ("permalink: none", "x/_posts/2021-02-03-a.md", "category: Y Z", "x/y z/a.html"),
        ("permalink: /:name", "_posts/2021-02-03-A.md", "", "2021-02-03-a.html"),
        ("permalink: /:nosuch/", "_posts/2021-02-03-a.md", "", None),
        ("permalink: /:title", "_posts/2021-02-03-a.md", "slug: [x]", None),
        ("permalink: /x/:output_ext", "a.md", "", "a.html"),
        ("permalink: /x/", "a.md", "", "a/index.html"),
        ("", "a/b.md", "permalink: /c", "c.html"),
        ("timezone: America/New_York", "_posts/2021-02-03-a.md", "date: 2021-02-03 02:00:00 Z",
         "2021/02/02/a.html"),
    ],
)  # fmt: skip
def test_a_permalink_is_filled_as_jekyll_fills_it(
    config: str, path: str, matter: str, where: str | None, tmp_path: Path
) -> None:
    text = f"---\n{matter}\n---\n"
    site = site_of(tmp_path, {"_config.yml": f"title: x\n{config}\n", path: text})
    assert site.output(path, front_matter(text, "jekyll")) == where


def test_a_site_travels_to_other_processes(blog: Site) -> None:
    blog.has_post("2021-01-03-second-one")
    copy = pickle.loads(pickle.dumps(blog))
    assert vars(copy).keys() < vars(blog).keys()
    assert (copy.options, copy.extensions) == (blog.options, blog.extensions)
    assert copy.lookup("tag", "box") == blog.lookup("tag", "box")


def test_the_fingerprint_changes_with_what_the_site_defines(tmp_path: Path) -> None:
    root = lay("jekyll-blog", tmp_path)
    seen = {model(root, "jekyll").fingerprint}
    (root / "_posts/2021-05-05-another.md").write_text("---\n---\n")
    assert model(root, "jekyll").fingerprint in seen
    for path in ("_config.yml", "_plugins/tags.rb", "_includes/parts/new.html", "_layouts/b.html"):
        with (root / path).open("a") as file:
            file.write("\n")
        fingerprint = model(root, "jekyll").fingerprint
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
    root = lay("jekyll-blog", tmp_path)
    files = CountingFiles(str(root))
    site = read_site(Target("jekyll", (4,)), str(root), files)
    read = files.looks
    assert read < 20
    for number in range(1_000):
        assert site.role(f"_posts/2021-01-01-{number}.md").role is Role.POST
        assert site.output(f"_posts/2021-01-01-{number}.md", {}) is not None
    assert files.looks == read


HOSTILE = [
    "a: &a [x]\nb: &b [*a, *a]\nexclude: *b\ncollections: *b\ndefaults: *b\n",
    "permalink: 5\nexclude: {a: 1}\nurl: 7\ntheme: [a]\ncollections: [1, {a: 2}]\ndefaults: x\n",
    "source: ../../etc\n",
    "source: /etc\ndestination: ''\ncollections_dir: ../x\nlayouts_dir: /etc\n",
    "exclude: ['" + "*a" * 400 + "', '[z', '']\ninclude: [5, null]\n",
    "defaults:\n  - scope: {path: '" + "**/*a" * 100 + "'}\n    values: {a: 1}\n  - 5\n",
    "defaults: [{scope: {path: [x], type: {}}, values: {a: 1}}, {scope: x, values: {}}]\n",
    "- a\n- b\n",
    "a: [\n",
    "\x00\x01",
    "timezone: Mars/Base\npermalink: '/:year/:title/'\n",
    "[" * 5_000,
]


@pytest.mark.parametrize("config", HOSTILE, ids=range(len(HOSTILE)))
def test_no_configuration_breaks_the_model(config: str, tmp_path: Path) -> None:
    post = "_posts/2021-01-01-x.md"
    site = site_of(
        tmp_path,
        {
            "_config.yml": config,
            "Gemfile": config,
            post: "---\na: [\n---\n",
            "_plugins/a.rb": config,
        },
    )
    for path in (post, "_posts/" + "a/" * 90 + "2021-01-01-" + "a" * 50 + ".md", "a.md"):
        assert isinstance(site.role(path).role, Role)
        site.output(path, {"date": "2021-01-01", "slug": ["x"], "categories": {"a": 1}})
        site.defaults(path)
    site.lookup("tag", "x")
    site.lookup("layout", "x")
    site.has_post("2021-99-99-" + "a" * 300)
    site.serves("/a/b", post)


def test_a_configuration_that_cannot_be_read_leaves_all_unknown(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "a: [\n"})
    assert site.lookup("tag", "nosuch").answer is Answer.UNKNOWN
    assert site.has_post("2021-01-01-x") is Answer.UNKNOWN
    assert site.output("_posts/2021-01-01-x.md", {}) is None


# Held against Jekyll itself.


@pytest.fixture(scope="module", params=PLUGINS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A site, what its model said of each file, and what Jekyll wrote."""
    if reason := jekyll.available():
        pytest.skip(reason)
    root = lay(request.param, tmp_path_factory.mktemp("built"))
    site = model(root, "jekyll")
    said = {}
    for path in files_of(root):
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        data = merged(site, path, front_matter(text, "jekyll"))
        said[path] = (site.role(path).role, site.output(path, data))
    code, log, written = jekyll.build_site(root, PLUGINS[request.param])
    if "Dependency Error" in log:
        pytest.skip(log)
    assert code == 0, log
    return root, site, said, {path: written[path] for path in written if path in said}


def test_jekyll_writes_each_file_where_the_model_says(built) -> None:
    _, _, said, written = built
    assert {path: where for path, (_, where) in said.items() if where is not None} == written


def test_jekyll_writes_nothing_of_files_that_are_no_content(built) -> None:
    _, _, said, written = built
    none = (Role.IGNORED, Role.LOST, Role.TEMPLATE, Role.DATA, Role.DRAFT)
    assert [path for path, (role, _) in said.items() if role in none and path in written] == []


def test_each_tag_that_the_site_defines_works(built) -> None:
    root, site, said, written = built
    texts = [(root / path).read_text() for path, (role, _) in said.items()
             if role in (Role.POST, Role.TEMPLATE)]  # fmt: skip
    used = set(re.findall(r"\{% (\w+)", "\n".join(texts)))
    assert site.extensions.tags.keys() <= used
    for path in written.values():
        if path.endswith(".html"):
            assert "{%" not in (root / (site.options.destination) / path).read_text()


def test_each_page_that_jekyll_writes_is_served(built) -> None:
    _, site, said, written = built
    post = next(path for path, (role, where) in said.items() if role is Role.POST and where)
    for path in written.values():
        for address in {path, path.removesuffix("index.html")}:
            assert site.serves(f"{site.options.baseurl}/{address}", post) is Answer.YES, address
        assert site.serves(f"{site.options.baseurl}/{path}x", post) is not Answer.YES
