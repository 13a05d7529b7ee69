"""The model of a Hugo site: pure, and held against what the real Hugo builds of whole sites."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from renderers import hugo

from newslint.generators import Target
from newslint.generators.site import Answer, Role, merged
from newslint.generators.site.files import DiskFiles
from newslint.generators.site.parsing import front_matter
from newslint.generators.sites import read_site

from .memory_files import MemoryFiles, site_of

SITES = Path(__file__).parents[1] / "sites"
NAMES = ("hugo-blog", "hugo-docs", "hugo-flat")
LEAST = {"hugo-docs": 153}
"""The minor version of Hugo that a site needs."""
PROGRAMS = hugo.programs() or {"none": ""}
BARE = {"hugo.toml": 'baseURL = "https://example.net/"\n'}
BUILT = (Role.POST, Role.PAGE)


def site(more=None, **files):
    """A site with a bare configuration; ``more`` is added to it."""
    return site_of("hugo", {"hugo.toml": BARE["hugo.toml"] + (more or ""), **files})


def page(**data):
    lines = "".join(f"{key}: {value}\n" for key, value in data.items())
    return f"---\n{lines}---\n"


# The real Hugo


@pytest.fixture(scope="module", params=[(n, v) for n in NAMES for v in PROGRAMS], ids="-".join)
def built(request, tmp_path_factory):
    name, version = request.param
    if version == "none":
        pytest.skip("hugo not found on the PATH")
    if int(version.removeprefix("0.")) < LEAST.get(name, 0):
        pytest.skip(f"{name} needs Hugo 0.{LEAST[name]}")
    folder = tmp_path_factory.mktemp(name) / "site"
    shutil.copytree(SITES / name, folder)
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    model = read_site(Target("hugo"), str(folder), DiskFiles(str(folder)))
    exit_code, log, pages = hugo.build_site(folder, PROGRAMS[version])
    assert exit_code == 0, log
    public = folder / "public"
    written = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    return SimpleNamespace(
        written=written,
        folder=folder,
        files=files,
        model=model,
        pages=pages,
        program=PROGRAMS[version],
    )


def output_of(built, path):
    data = front_matter((built.folder / path).read_text(), "hugo")
    return built.model.output(path, merged(built.model, path, data))


def test_posts_and_pages_are_written_where_the_model_says_and_nothing_else_is(built):
    expected = {}
    for path in built.files:
        if built.model.role(path).role in BUILT and (output := output_of(built, path)):
            expected[path] = [output]
    assert expected == built.pages
    assert len(expected) > 4


def test_names_that_the_model_knows_build_and_one_that_it_does_not_know_ends_the_build(built):
    shortcodes = ["version", "hint", "card", "note", "pic", "media/film", "never", "details", "qr"]
    known = [one for one in shortcodes if built.model.lookup("shortcode", one).answer is Answer.YES]
    unknown = next(
        one for one in shortcodes if built.model.lookup("shortcode", one).answer is Answer.NO
    )
    if built.program == shutil.which("hugo"):
        known = [one for one in known if built.model.lookup("shortcode", one).source != "Hugo"]
    lines = []
    for name in known:
        end = f"{{{{< /{name} >}}}}" if built.model.lookup("shortcode", name).paired else ""
        lines.append(f"{{{{< {name} >}}}}x{end}")
    content = next(
        mount.source for mount in built.model.plan.mounts if mount.component == "content"
    )
    post = built.folder / content / "probe.md"
    post.write_text(page(title="Probe") + "\n".join(lines))
    exit_code, log, _ = hugo.build_site(built.folder, built.program)
    assert exit_code == 0, log
    post.write_text(page(title="Probe") + f"{{{{< {unknown} >}}}}")
    exit_code, log, _ = hugo.build_site(built.folder, built.program)
    post.unlink()
    assert exit_code != 0 and "shortcode" in log


def test_an_address_that_the_model_serves_is_a_file_of_the_built_site(built):
    base = "/guide/" if "docs.example" in built.model.base_url else "/"
    answers = {}
    for path in built.written:
        address = base + path.removesuffix("index.html")
        answers[path] = built.model.serves(address, "")
        assert built.model.serves(address + "-gone", "") is not Answer.YES
    answers.pop("index.htmlen/index.html", None)  # a slip of Hugo 0.168 with uglyURLs
    assert not [path for path, answer in answers.items() if answer is Answer.NO]
    pages = {output for outputs in built.pages.values() for output in outputs}
    assert all(answers[path] is Answer.YES for path in pages if path in answers), answers


PAGE, DOCUMENT = page(title="x"), "<!DOCTYPE html>\n<html><p>x</p></html>\n"
PAIRS = {
    "a/x.md": PAGE, "a/x.html": PAGE, "b/x.md": PAGE, "b/x.markdown": PAGE,
    "c/X y.md": PAGE, "c/x-y.md": PAGE,
    "e/x/index.md": PAGE, "e/x/index.html": PAGE, "f/_index.md": PAGE, "f/_index.markdown": PAGE,
    "g/x.md": PAGE, "g/x.html": DOCUMENT, "h/index.html": DOCUMENT, "h/x.md": PAGE,
    "j/x.htm": DOCUMENT,
}  # fmt: skip


@pytest.mark.parametrize("version", PROGRAMS)
def test_each_hugo_builds_the_file_of_two_and_copies_the_html_that_the_model_says(
    version, tmp_path
):
    if version == "none":
        pytest.skip("hugo not found on the PATH")
    shown = '{{ with .File }}<meta name="source" content="{{ .Filename }}">{{ end }}'
    files = {f"content/{name}": text for name, text in PAIRS.items()}
    files["hugo.toml"] = BARE["hugo.toml"] + "security.allowContent = ['.*']\n"
    files |= {f"layouts/_default/{name}.html": shown for name in ("single", "list")}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    target = Target("hugo", (0, int(version.removeprefix("0."))))
    model = read_site(target, str(tmp_path), DiskFiles(str(tmp_path)))
    exit_code, log, pages = hugo.build_site(tmp_path, PROGRAMS[version])
    assert exit_code == 0, log
    told = {f"content/{name}": model.role(f"content/{name}").role for name in PAIRS}
    # Hugo 0.111 writes both of these to one file, and either may be the last.
    either = {"content/c/X y.md", "content/c/x-y.md"} if version == "0.111" else set()
    assert {name for name, role in told.items() if role in BUILT} - either == {*pages} - either
    for name in ("g/x.html", "h/index.html", "j/x.htm"):  # no page is written over these
        is_copied = (tmp_path / "public" / name).is_file() and not pages.get(f"content/{name}")
        assert (told[f"content/{name}"] is Role.ASSET) == (
            is_copied and (tmp_path / "public" / name).read_text() == DOCUMENT
        )


def test_html_that_an_older_hugo_copies_takes_no_page_of_its_name_away():
    files = {"content/p/x.md": PAGE, "content/p/x/index.html": f"\n{DOCUMENT}"}
    pin = {"netlify.toml": '[build.environment]\nHUGO_VERSION = "0.101.0"\n'}
    old = site('security.allowContent = [".*"]\n', **files, **pin)
    assert [old.role(name).role for name in files] == [Role.POST, Role.ASSET]
    new = site('security.allowContent = [".*"]\n', **files)
    assert [new.role(name).role for name in files] == [Role.LOST, Role.POST]


# Roles


def test_templates_themes_and_readmes_are_no_posts():
    model = site(
        'theme = "t"\n',
        **{"themes/t/README.md": "", "themes/t/layouts/single.html": "", "README.md": "",
           "themes/t/exampleSite/content/a.md": "", "content/posts/a.md": ""},
    )  # fmt: skip
    roles = {
        "layouts/single.html": Role.TEMPLATE,
        "layouts/shortcodes/card.html": Role.TEMPLATE,
        "themes/t/layouts/single.html": Role.TEMPLATE,
        "themes/t/README.md": Role.IGNORED,
        "themes/t/exampleSite/content/a.md": Role.IGNORED,
        "archetypes/default.md": Role.TEMPLATE,
        "README.md": Role.IGNORED,
        "static/page.html": Role.ASSET,
        "assets/x.md": Role.ASSET,
        "data/x.md": Role.DATA,
        "public/posts/a/index.html": Role.IGNORED,
        "hugo.toml": Role.DATA,
        "content/posts/a.md": Role.POST,
        "content/posts/_index.md": Role.PAGE,
        "content/posts/a.png": Role.ASSET,
    }
    assert {path: model.role(path).role for path in roles} == roles


@pytest.mark.parametrize(
    ("more", "html", "org", "markdown"),
    [
        ("", Role.LOST, Role.LOST, Role.POST),
        ('security.allowContent = [".*"]\n', Role.POST, Role.POST, Role.POST),
        ('security.allowContent = ["^text/html$", "^text/markdown$"]\n', Role.POST, Role.LOST, Role.POST),
        ('security.allowContent = ["text/html"]\n', Role.POST, Role.LOST, Role.LOST),
        ('security.allowContent = ["! ^text/org$"]\n', Role.POST, Role.LOST, Role.POST),
        ('security.allowContent = "none"\n', Role.LOST, Role.LOST, Role.LOST),
        ("[module.hugoVersion]\nmin = '0.165.0'\n", Role.LOST, Role.LOST, Role.POST),
    ],
)  # fmt: skip
def test_content_that_hugo_refuses_is_lost(more, html, org, markdown):
    model = site(more)
    found = [model.role(f"content/posts/a.{suffix}") for suffix in ("html", "org", "md")]
    assert [one.role for one in found] == [html, org, markdown]
    assert all(one.reason for one in found if one.role is Role.LOST)


@pytest.mark.parametrize(
    ("file", "text", "role"),
    [
        ("netlify.toml", '[build.environment]\nHUGO_VERSION = "0.161.1"\n', Role.POST),
        ("netlify.toml", '[build.environment]\nHUGO_VERSION = "0.162.0"\n', Role.LOST),
        (".github/workflows/a.yml", "env:\n  HUGO_VERSION: 0.111.3\n", Role.POST),
        (".github/workflows/a.yml", "with:\n  hugo-version: latest\n", Role.LOST),
        (".tool-versions", "hugo extended_0.125.4\n", Role.POST),
    ],
)
def test_an_older_hugo_that_the_site_pins_takes_html(file, text, role):
    assert site(**{file: text}).role("content/posts/a.html").role is role


def test_resources_of_a_bundle_are_no_posts():
    model = site(
        **{"content/posts/a/index.md": "", "content/posts/a/b.md": "", "content/posts/a/c/index.md": "",
           "content/posts/a/index.fr.md": "", "content/posts/s/_index.md": "", "content/posts/s/x.md": ""}
    )  # fmt: skip
    assert model.role("content/posts/a/index.md").role is Role.POST
    assert model.role("content/posts/a/b.md").role is Role.ASSET
    assert model.role("content/posts/a/c/index.md").role is Role.ASSET
    assert model.role("content/posts/s/x.md").role is Role.POST


def test_an_index_in_the_content_folder_loses_all_posts():
    model = site(**{"content/index.md": "", "content/posts/a.md": "", "content/b.md": ""})
    lost = model.role("content/posts/a.md")
    assert lost.role is Role.LOST and "content/index.md" in lost.reason
    assert model.role("content/b.md").role is Role.LOST


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("a.md", "a.html"), "a.md"),
        (("a.md", "a.markdown"), "a.md"),
        (("B b.md", "b-b.md"), "B b.md"),
        (("q.md", "q/index.md"), "q/index.md"),
        (("s.md", "s/_index.md"), "s/_index.md"),
        (("z/_index.md", "z/index.md"), "z/index.md"),
    ],
)
def test_of_two_files_of_one_name_the_second_is_lost(names, kept):
    model = site(
        'security.allowContent = [".*"]\n', **{f"content/p/{one}": "" for one in (*names, "x.md")}
    )
    roles = {one: model.role(f"content/p/{one}").role for one in names}
    assert [one for one in names if roles[one] is not Role.LOST] == [kept]


def test_a_name_that_hugo_leaves_out_is_lost_if_it_is_a_posts():
    model = site()
    roles = {
        "content/p/#1.md": Role.LOST,
        "content/#p/a.md": Role.LOST,
        "content/p/.a.md": Role.IGNORED,
        "content/.p/a.md": Role.IGNORED,
        "content/p/a.md~": Role.IGNORED,
        "content/p/_a.md": Role.POST,
    }
    assert {path: model.role(path).role for path in roles} == roles


def test_pages_of_the_root_are_posts_only_where_there_are_no_sections():
    assert (
        site(**{"content/a.md": "", "content/posts/b.md": ""}).role("content/a.md").role
        is Role.PAGE
    )
    assert (
        site(**{"content/a.md": "", "content/b/index.md": ""}).role("content/a.md").role
        is Role.POST
    )


def test_main_sections_tell_posts_from_pages():
    model = site('mainSections = ["News"]\n', **{"content/News/a.md": "", "content/docs/b.md": ""})
    assert model.role("content/News/a.md").role is Role.POST
    assert model.role("content/docs/b.md").role is Role.PAGE
    model = site('mainSections = ["gone"]\n', **{"content/docs/b.md": ""})
    assert model.role("content/docs/b.md").role is Role.POST


def test_mounts_decide_which_folders_are_content():
    model = site(
        """[[module.mounts]]
source = "README.md"
target = "content/_index.md"
[[module.mounts]]
source = "blog"
target = "content/posts"
excludeFiles = ["drafts/*"]
[[module.mounts]]
source = "../docs"
target = "content/docs"
"""
    )
    roles = {
        "README.md": Role.PAGE,
        "blog/a.md": Role.POST,
        "blog/drafts/b.md": Role.IGNORED,
        "../docs/c.md": Role.POST,
        "content/d.md": Role.IGNORED,
        "CHANGES.md": Role.IGNORED,
    }
    assert {path: model.role(path).role for path in roles} == roles
    assert model.output("blog/a.md", {}) == "posts/a/index.html"
    assert model.output("README.md", {}) == "index.html"
    assert model.enters("blog/x") and model.enters("") and not model.enters("content")


def test_only_folders_that_may_hold_content_are_entered():
    model = site('theme = "t"\n', **{"themes/t/content/p/a.md": "", "content/posts/a.md": ""})
    entered = ["", "content", "content/posts/2024", "themes", "themes/t/content"]
    others = ["layouts", "static", "public", "node_modules", "themes/t/layouts", "content/.git"]
    assert [one for one in entered + others if model.enters(one)] == entered


def test_languages_with_folders_of_their_own_leave_the_common_one_out():
    own = '[languages.en]\ncontentDir = "content/en"\n'
    known = site(own + '[languages.fr]\ncontentDir = "content/fr"\n')
    assert known.role("content/en/p/a.md").role is Role.POST
    assert known.output("content/fr/p/a.md", {}) == "fr/p/a/index.html"
    assert known.role("content/draft/p/a.md").role is Role.IGNORED
    assert site(own + "[languages.fr]\n").role("content/draft/p/a.md").role is Role.POST


def test_a_language_that_is_not_built_is_left_out():
    model = site('[languages.en]\n[languages.fr]\ndisabled = true\n[languages."zh-CN"]\n')
    assert model.role("content/p/a.fr.md").role is Role.IGNORED
    assert model.role("content/p/a.zh-CN.md").role is Role.POST
    assert model.output("content/p/a.zh-CN.md", {}) == "zh-cn/p/a/index.html"
    assert model.output("content/p/a.de.md", {}) == "p/a.de/index.html"


def test_roles_list_a_folder_once_and_no_other():
    files = MemoryFiles(
        {**BARE, **{f"content/p{n}/{m}.md": "" for n in range(9) for m in range(9)}}
    )
    model = read_site(Target("hugo"), "/site", files)
    assert not [one for one in files.listed if one.startswith("content")]
    for number in range(9):
        model.role(f"content/p3/{number}.md")
    assert files.listed.count("content/p3") == 1
    assert not [one for one in files.listed if one.startswith("content/p4")]


# What the site defines


def test_shortcodes_of_site_theme_and_module_are_known():
    model = site(
        'theme = "t"\n[[module.imports]]\npath = "example.org/m"\n',
        **{
            "layouts/shortcodes/card.html": "<b>{{ .Inner }}</b>",
            "layouts/shortcodes/media/pic.en.html": "{{/* .Inner */}}<img>",
            "layouts/_shortcodes/new.html": '{{ .Get "x.Inner" }}',
            "themes/t/layouts/shortcodes/pic.html": "{{- $.InnerDeindent -}}",
            "_vendor/modules.txt": "# example.org/m v1.0.0\n",
            "_vendor/example.org/m/layouts/shortcodes/hint.html": "hint .Inner",
            "themes/unused/layouts/shortcodes/never.html": "",
        },
    )
    paired = {"card": True, "media/pic": False, "new": False, "pic": True, "hint": False}
    for name, expected in paired.items():
        found = model.lookup("shortcode", name)
        assert (found.answer, found.paired) == (Answer.YES, expected), name
    assert model.lookup("shortcode", "card").source == "layouts/shortcodes/card.html"
    assert model.lookup("shortcode", "never").answer is Answer.NO


def test_a_file_that_is_mounted_as_a_shortcode_is_one():
    mount = '[[module.mounts]]\nsource = "lib/x.html"\ntarget = "layouts/shortcodes/y.html"\n'
    known = site(mount, **{"lib/x.html": "{{ .Inner }}", "layouts/shortcodes/z.html": ""})
    assert known.lookup("shortcode", "y").source == "lib/x.html"
    assert known.lookup("shortcode", "z").answer is Answer.NO  # the site mounts no other layouts
    assert site(mount).lookup("shortcode", "y").answer is Answer.NO


def test_what_a_theme_states_counts_where_hugo_merges_it():
    theme = {"themes/t/hugo.toml": 'uglyURLs = true\nbuildDrafts = true\n[languages.fr]\n[params]\nmainSections = ["posts"]\n'
             "[markup.goldmark.renderer]\nunsafe = true\n", "content/docs/a.md": "", "content/posts/a.md": ""}  # fmt: skip
    known = site('theme = "t"\n', **theme)
    assert not known.drafts and not known.raw_html
    assert known.output("content/posts/a.fr.md", {}) == "fr/posts/a/index.html"
    assert known.role("content/docs/a.md").role is Role.PAGE
    assert site('theme = "t"\n[markup]\n_merge = "deep"\n', **theme).raw_html
    assert site('theme = "t"\n_merge = "deep"\n', **theme).drafts
    own = site('theme = "t"\n[languages.en]\n[params]\nmainSections = ["docs"]\n', **theme)
    assert own.output("content/posts/a.fr.md", {}) == "posts/a.fr/index.html"
    assert own.role("content/docs/a.md").role is Role.POST


@pytest.mark.parametrize(
    ("name", "version", "answer"),
    [
        ("details", None, Answer.UNKNOWN), ("qr", None, Answer.UNKNOWN), ("x", None, Answer.UNKNOWN),
        ("details", "0.111.3", Answer.NO), ("figure", "0.111.3", Answer.YES),
        ("gist", None, Answer.UNKNOWN), ("gist", "0.111.3", Answer.YES), ("gist", "0.168.0", Answer.NO),
        ("tweet", "0.168.0", Answer.NO), ("instagram_simple", "0.125.0", Answer.NO), ("nope", None, Answer.NO),
    ],
)  # fmt: skip
def test_built_in_shortcodes_depend_on_the_version(name, version, answer):
    files = {} if version is None else {".hvm": f"v{version}\n"}
    found = site(**files).lookup("shortcode", name)
    assert found.answer is answer
    assert found.reason or answer is not Answer.UNKNOWN


@pytest.mark.parametrize(
    "files",
    [
        {"hugo.toml": 'theme = "gone"\n'},
        {"hugo.toml": '[[module.imports]]\npath = "github.com/x/y"\n'},
        {"hugo.toml": "theme = [broken\n"},
        {"hugo.toml": BARE["hugo.toml"], "config/_default/params.yaml": "a: [\n"},
    ],
)
def test_a_theme_that_is_not_there_leaves_names_open(files):
    found = site_of("hugo", files).lookup("shortcode", "card")
    assert found.answer is Answer.UNKNOWN
    assert found.reason
    assert site_of("hugo", files).lookup("shortcode", "figure").answer is Answer.YES


def test_the_case_of_a_shortcodes_name_counts_before_hugo_0_146():
    files = {"layouts/shortcodes/Card.html": ""}
    assert site(**files).lookup("shortcode", "Card").answer is Answer.YES
    assert site(**files).lookup("shortcode", "card").answer is Answer.UNKNOWN
    newer = site("[module.hugoVersion]\nmin = '0.146.0'\n", **files)
    assert newer.lookup("shortcode", "card").answer is Answer.YES


def test_layouts_that_no_template_bears_fall_back():
    model = site(**{"layouts/posts/wide.html": "", "layouts/partials/head.html": ""})
    assert model.lookup("layout", "wide").answer is Answer.YES
    assert model.lookup("layout", "nope").answer is Answer.NO
    assert model.lookup("include", "head.html").answer is Answer.YES


# Names and addresses

REFERENCES = {
    "content/posts/b.md": page(title="B"),
    "content/posts/bundle/index.md": page(title="Bundle"),
    "content/posts/bundle/pic.png": "",
    "content/docs/c d.md": page(title="C"),
    "content/docs/deep/x.md": page(title="X"),
    "content/docs/sec/_index.md": page(title="Section"),
    "content/docs/twice.md": page(title="1"),
    "content/other/twice.md": page(title="2"),
    "content/posts/Upper.md": page(title="U"),
    "content/posts/draft.md": page(title="D", draft="true"),
    "content/posts/future.md": page(title="F", date="2093-01-01"),
    "content/posts/moved.md": page(title="S", slug="other-name"),
    "content/posts/expired.md": page(title="E", expiryDate="2001-01-01"),
    "content/posts/hidden.md": "---\nbuild: {render: never}\n---\n",
    "content/docs/v1.2.md": page(title="V"),
    "content/about.md": page(title="A"),
    "static/img/a b.png": "",
    "static/files/index.html": "",
}


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (Answer.YES, "b|b.md|/posts/b|/posts/b.md|posts/b|./b.md|../posts/b.md|../docs/c d.md|c d|c d.md|x|docs/sec"
         "|sec|/docs|docs/|/|#here|b#here|Upper|upper.md|moved|bundle|bundle/index.md|about|/about|/POSTS/B|b.html"
         "|hidden|b.en.md|b?x=1|/docs/v1.2|https://blog.example.org/about|c%20d|mailto:a@example.org|b.pdf"),
        (Answer.NO, "nope|nope.md|deep|/docs/deep|deep/x.md|twice|draft|draft.md|posts/other-name|bundle/pic.png"
         "|expired|v1.2|https://blog.example.org/nope"),
        (Answer.UNKNOWN, "future|/tags/x|categories/y"),
    ],
)  # fmt: skip
def test_ref_finds_what_hugo_finds(answer, names):
    model = site(**REFERENCES)
    for name in names.split("|"):
        assert model.has_post(name, "content/posts/a.md") is answer, name


def test_a_name_that_is_not_found_is_open_where_a_module_is_missing():
    assert site('theme = "gone"\n', **REFERENCES).has_post("nope") is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("post", "answer", "addresses"),
    [
        ("content/posts/b.md", Answer.YES, "/img/a%20b.png|/posts/b/|/posts/b|../moved/|../other-name/|/about/|/|/docs/"
         "|/posts/bundle/pic.png|../bundle/pic.png|/files/|#here|?x=1|/docs/c-d/|/posts/upper/"),
        ("content/posts/b.md", Answer.NO, "/img/none.png|pic.png|/posts/nope/|a.md|bundle/pic.png"),
        ("content/posts/b.md", Answer.UNKNOWN, "/tags/x/|/index.xml|/posts/page/2/"),
        ("content/posts/bundle/index.md", Answer.YES, "pic.png|./pic.png|../b/"),
        ("content/posts/bundle/index.md", Answer.NO, "none.png|../b/pic.png"),
    ],
)  # fmt: skip
def test_addresses_find_pages_resources_and_static_files(post, answer, addresses):
    model = site(**REFERENCES)
    found = {one: model.serves(one, post) for one in addresses.split("|")}
    expected = dict.fromkeys(found, answer)
    if answer is Answer.YES:
        expected.pop("../moved/", None), found.pop("../moved/", None)
    assert found == expected


def test_addresses_of_another_site_on_the_host_are_open():
    model = site_of(
        "hugo", {"hugo.toml": 'baseURL = "https://example.net/blog/"\n', "static/a.png": ""}
    )
    assert model.serves("/blog/a.png", "") is Answer.YES
    assert model.serves("/blog/b.png", "") is Answer.NO
    assert model.serves("/a.png", "") is Answer.UNKNOWN


def test_a_render_hook_may_find_what_the_files_do_not_have():
    model = site(**REFERENCES, **{"layouts/_default/_markup/render-image.html": "<img>"})
    assert model.serves("pic.png", "content/posts/b.md") is Answer.UNKNOWN
    assert model.serves("/img/none.png", "content/posts/b.md") is Answer.NO


def test_resources_are_found_beside_a_bundle_alone():
    model = site(**REFERENCES)
    assert model.has_asset("pic.png", "content/posts/bundle/index.md") is Answer.YES
    assert model.has_asset("none.png", "content/posts/bundle/index.md") is Answer.NO
    assert model.has_asset("../b.md", "content/posts/bundle/index.md") is Answer.NO
    assert model.has_asset("b.md", "content/posts/b.md") is Answer.NO


# Where posts are written


@pytest.mark.parametrize(
    ("more", "path", "data", "output"),
    [
        ("", "posts/A b.md", {}, "posts/a-b/index.html"),
        ("", "posts/a.md", {"slug": "x y"}, "posts/x-y/index.html"),
        ("", "posts/a.md", {"url": "/v/"}, "v/index.html"),
        ("", "posts/a.md", {"URL": "/v/w.html"}, "v/w.html"),
        ("", "posts/a.md", {"draft": True}, None),
        ("", "posts/a.md", {"headless": True}, None),
        ("", "posts/a.md", {"build": {"render": "never"}}, None),
        ("", "about/index.md", {"slug": "us"}, "us/index.html"),
        ("", "_index.md", {}, "index.html"),
        ("", "posts/_index.md", {}, "posts/index.html"),
        ("", "posts/_index.md", {"slug": "x"}, None),
        ("", "posts/a.png", {}, None),
        ("uglyURLs = true\n", "posts/a.md", {}, "posts/a.html"),
        ("[uglyURLs]\nposts = true\n", "notes/a.md", {}, "notes/a/index.html"),
        ("disablePathToLower = true\n", "posts/A.md", {}, "posts/A/index.html"),
        ('permalinks.posts = "/:year/:month/:slug/"\n', "posts/a.md",
         {"date": "2021-12-31T23:00:00-05:00", "title": "One two"}, "2021/12/one-two/index.html"),
        ('permalinks.posts = "/:title/"\n', "notes/a.md", {"title": "T"}, "notes/a/index.html"),
        ('permalinks.posts = "/:title/"\n', "posts/a.md", {"title": "A/B"}, None),
        ('permalinks.posts = "/:sections/:contentbasename/"\n', "posts/x/a.md", {}, "posts/a/index.html"),
        ('permalinks.posts = "/:sections[last]/:slug/"\n', "posts/x/y/a.md", {"title": "T"}, "y/t/index.html"),
        ('permalinks.posts = "/:sections[1:]/:slug/"\n', "posts/x/y/a.md", {"title": "T"}, "x/y/t/index.html"),
        ('permalinks.posts = "/:sections[:last]/:slug/"\n', "posts/x/y/a.md", {"title": "T"}, "posts/x/t/index.html"),
        ('permalinks.posts = "/:sections[0]/:slug/"\n', "posts/x/y/a.md", {"title": "T"}, "posts/t/index.html"),
        ('permalinks.section.posts = "/s/:section/"\n', "posts/_index.md", {}, "s/posts/index.html"),
        ('permalinks.section.posts = "/s/:section/"\n', "posts/x/_index.md", {}, "s/posts/index.html"),
        ("disablePathToLower = true\n", "posts/A (B).md", {}, "posts/A-B/index.html"),
        ("", "posts/A (B).md", {}, "posts/a-b/index.html"),
        ('permalinks.page.posts = "/p/:slugorcontentbasename"\n', "posts/a.md", {}, "p/a/index.html"),
        ('permalinks.posts = "/:year/"\nfrontmatter.date = [":git"]\n', "posts/a.md", {}, None),
        ('permalinks.posts = "/:nonsense/"\n', "posts/a.md", {}, None),
        ('outputs.page = ["json"]\n', "posts/a.md", {}, None),
    ],
)  # fmt: skip
def test_output_follows_the_settings(more, path, data, output):
    lists = {f"content/posts/{one}_index.md": "" for one in ("x/", "x/y/")}
    lists = lists if "/x/y/" in path else {}
    assert site(more, **lists).output(f"content/{path}", data) == output


def test_two_posts_that_default_addresses_bring_together_are_apart_by_permalinks():
    model = site('[permalinks]\nposts = "/:year/:month/:slug/"\n')
    outputs = {
        model.output(f"content/posts/{name}.md", {"title": "Weekly", "date": day})
        for name, day in (("a", "2021-01-05"), ("b", "2022-02-05"))
    }
    assert outputs == {"2021/01/weekly/index.html", "2022/02/weekly/index.html"}


def test_a_list_page_with_a_slug_moves_its_section_where_it_is_not_known():
    model = site(**{"content/posts/_index.md": page(slug="s"), "content/posts/a.md": ""})
    assert model.output("content/posts/a.md", {}) is None


# What else decides


def test_cascade_of_configuration_and_list_pages():
    model = site(
        """[[cascade]]
a = "site"
c = "site"
[cascade.target]
path = "/posts/**"
[[cascade]]
a = "all"
d = "all"
""",
        **{
            "content/posts/_index.md": "---\ncascade:\n  a: list\n  B: list\n  params:\n    e: below\n---\n",
            "content/posts/s/_index.md": "---\ncascade:\n- a: page\n  target:\n    kind: page\n- b: deep\n---\n",
        },
    )
    assert model.defaults("content/posts/x.md") == {
        "a": "list",
        "b": "list",
        "c": "site",
        "d": "all",
        "e": "below",
    }
    assert model.defaults("content/posts/s/y.md")["a"] == "page"
    assert model.defaults("content/posts/s/_index.md")["a"] == "list"
    assert model.defaults("content/q.md") == {"a": "all", "d": "all"}
    assert model.defaults("static/q.md") == {}


@pytest.mark.parametrize(
    ("name", "text", "address"),
    [
        ("hugo.yaml", 'menu:\n  main:\n    - url: "https://book.example.net/"\nbaseURL: "https://example.org/"\n', "https://example.org/"),
        ("config.toml", 'baseurl = "https://a.example/x/"\n[menus]\n', "https://a.example/x/"),
        ("config/_default/hugo.toml", 'baseURL = "https://b.example/"\n', "https://b.example/"),
        ("config/_default/config.yml", "BASEURL: https://c.example/\n", "https://c.example/"),
        ("hugo.json", '{"baseURL": "http://localhost:1313/"}', None),
        ("hugo.toml", 'baseURL = "/"\n', None),
        ("hugo.toml", 'baseURL = "https://[broken"\n', None),
        ("hugo.toml", "baseURL = 5\n", None),
    ],
)  # fmt: skip
def test_the_address_is_the_sites_own(name, text, address):
    files = {name: text, "themes/t/config.toml": 'baseURL = "https://theme.example/"\n'}
    assert site_of("hugo", files).base_url == address


def test_settings_that_decide_the_build():
    model = site(
        'timeZone = "Asia/Shanghai"\nbuildFuture = true\nbuildDrafts = true\n'
        "[markup.goldmark.renderer]\nunsafe = true\n"
    )
    assert (model.timezone, model.future, model.drafts) == ("Asia/Shanghai", True, True)
    assert model.raw_html and model.renderer.modelled
    assert not site().raw_html
    other = site('markup.defaultMarkdownHandler = "pandoc"\n')
    assert not other.renderer.modelled and other.renderer.reason


META = '<meta name="referrer" content="no-referrer">'


def test_a_folder_of_posts_whose_files_are_copied_too_is_content():
    static = 'staticDir = ["content/posts", "static"]\n'
    mounted = (
        '[[module.mounts]]\nsource = "content"\ntarget = "static"\n'
        '[[module.mounts]]\nsource = "content"\ntarget = "content"\n'
    )
    for more in (static, mounted):
        found = site(more, **{"content/posts/a.md": page(title="a"), "static/b.md": "b"})
        assert found.role("content/posts/a.md").role is Role.POST
        assert found.role("static/b.md").role is not Role.POST
        assert found.enters("content/posts") and found.enters("content")


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"../netlify.toml": 'HUGO_VERSION = "0.158.0"', "../.git/HEAD": "x"}, (0, 158)),
        ({"../../netlify.toml": 'HUGO_VERSION = "0.158.0"', "../../.git/HEAD": "x"}, (0, 158)),
        ({"../netlify.toml": 'HUGO_VERSION = "0.158.0"'}, None),
        (
            {
                ".hvm": "v0.120.0",
                "../netlify.toml": 'HUGO_VERSION = "0.158.0"',
                "../.git/HEAD": "x",
            },
            (0, 120),
        ),
        ({"../netlify.toml": 'HUGO_VERSION = "0.158.0"', ".git/HEAD": "x"}, None),
    ],
)
def test_the_repository_of_a_site_in_a_folder_names_the_version(files, version):
    assert site(**files).target.version == version


def test_folders_of_layouts_that_older_versions_do_not_read_tell_the_least_version():
    for name in ("_shortcodes/a.html", "_partials/a.html"):
        assert site(**{f"layouts/{name}": "x"}).versions.since(146) is True
    assert site(**{"layouts/shortcodes/a.html": "x"}).versions.since(146) is None
    pinned = site(**{"layouts/_shortcodes/a.html": "x", ".hvm": "v0.120.0"})
    assert pinned.versions.since(146) is False


@pytest.mark.parametrize(
    ("files", "policy"),
    [
        (
            {
                "_default/baseof.html": META,
                "_default/single.html": '{{ define "main" }}<p>{{ end }}',
            },
            "no-referrer",
        ),
        (
            {"_default/baseof.html": '<head>{{ partial "head" . }}', "partials/head.html": META},
            "no-referrer",
        ),
        ({"_default/baseof.html": f"{{{{ if .X }}}}{META}{{{{ end }}}}"}, None),
        ({"_default/baseof.html": f"<!-- {META} --><p>"}, None),
        ({"_default/baseof.html": f"{{{{/* {META} */}}}}<p>"}, None),
        ({"_default/baseof.html": META, "posts/baseof.html": "<p>"}, None),
        ({"_default/baseof.html": META, "_default/single.html": "<p>whole</p>"}, None),
        ({"_default/baseof.html": '<meta name="referrer" content="{{ .X }}">'}, None),
    ],
)
def test_a_referrer_policy_counts_where_all_templates_state_it(files, policy):
    assert (
        site(**{f"layouts/{name}": text for name, text in files.items()}).referrer_policy == policy
    )


def test_evidence_names_what_was_read():
    files = {"themes/t/layouts/shortcodes/a.html": "", "netlify.toml": 'HUGO_VERSION = "0.150.0"'}
    shown = {one.file: one.what for one in site('theme = "t"\n', **files).evidence}
    assert {"hugo.toml", "themes/t", "content", "netlify.toml"} <= set(shown)


def test_a_change_of_configuration_theme_or_shortcode_changes_the_fingerprint():
    files = {**BARE, "hugo.toml": 'theme = "t"\n', "themes/t/layouts/shortcodes/a.html": "x"}
    first = site_of("hugo", files).fingerprint
    for name, text in (
        ("hugo.toml", 'theme = "t"\ntitle = "x"\n'),
        ("themes/t/layouts/shortcodes/a.html", "{{ .Inner }}"),
        ("themes/t/layouts/shortcodes/b.html", ""),
        ("themes/t/hugo.toml", "[params]\n"),
    ):
        assert site_of("hugo", {**files, name: text}).fingerprint != first, name
    assert site_of("hugo", files).fingerprint == first


def test_a_model_travels(tmp_path):
    shutil.copytree(SITES / "hugo-blog", tmp_path / "site")
    model = read_site(Target("hugo"), str(tmp_path / "site"), DiskFiles(str(tmp_path / "site")))
    model.role("content/posts/first.md")
    again = pickle.loads(pickle.dumps(model))
    assert again.role("content/posts/first.md").role is Role.POST
    assert again.lookup("shortcode", "note").paired is True
    assert again.has_post("first") is Answer.YES


HOSTILE = [
    "theme = 5\n", "theme = [[1]]\n", "module = 1\n", "[module]\nmounts = 5\nimports = [1, {}]\n",
    "languages = [1]\n", "[languages]\nen = 5\n", "permalinks = 5\n", "[permalinks]\nposts = 5\n",
    "[[permalinks]]\npattern = 1\n", "cascade = 1\n", "cascade = [1, [2]]\n", "[cascade]\n_target = 5\n",
    "ignoreFiles = 5\n", 'ignoreFiles = ["(a+)+$", "[", 5]\n', "security = 1\n", "[security]\nallowContent = 5\n",
    "markup = 1\n", "[markup]\ngoldmark = 5\n", "uglyURLs = []\n", "frontmatter = 1\n", "[frontmatter]\ndate = 5\n",
    "taxonomies = 5\n", "[taxonomies]\na = 5\n", "outputs = 5\n", "[outputs]\npage = 5\n", "disableKinds = 5\n",
    "contentDir = 5\n", "contentDir = '/etc'\n", "themesDir = 5\n", "defaultContentLanguage = 5\n",
    "timeZone = 5\n", "staticDir = [5]\n", "mainSections = {}\n", "mediaTypes = 5\n", "outputFormats = 5\n",
    "a" + ".a" * 100_000 + " = 1\n", "x = " + "[" * 10_000, "\0", "[params]\n_merge = 'deep'\n",
    "[module]\nreplacements = 'a->b->c, ->, x'\n[[module.mounts]]\nsource = '\\\\..\\\\..'\ntarget = 'content'\n",
]  # fmt: skip


@pytest.mark.parametrize("more", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_configuration_never_raises(more):
    files = {
        "hugo.toml": more,
        "content/posts/_index.md": "---\ncascade: 5\n---\n",
        "content/a.md": "---\n:\n",
    }
    model = site_of("hugo", files)
    for path in (
        "content/posts/a.md",
        "content/a.md",
        "x",
        "",
        "../x.md",
        "content/posts/a.fr.html",
    ):
        model.role(path)
        model.output(path, {"title": [1], "date": {}, "slug": True, "url": 5})
        model.output(path, {})
        model.defaults(path)
        model.serves("/x/y.png", path)
        model.has_post("x", path)
        model.has_asset("x", path)
    model.enters("content")
    for kind in ("shortcode", "layout", "include", "data", "tag", "filter"):
        model.lookup(kind, "x/../y")


def test_a_module_that_imports_itself_ends():
    loop = "[[module.imports]]\npath = 'a'\n[[module.imports]]\npath = 'b'\n"
    model = site_of(
        "hugo", {"hugo.toml": loop, "themes/a/hugo.toml": loop, "themes/b/hugo.toml": loop}
    )
    assert model.lookup("shortcode", "nope").answer is Answer.NO


FILES = (
    "a.md", "secret.md", "posts/b.md", "posts/secret.md", "posts/deep/c.md", "priv/d.md", "priv/e/d.md",
    "Upper/d.md",
)  # fmt: skip
OLD_MOUNTS = [
    ("includeFiles = ['**.md', 'posts/**']\nexcludeFiles = ['secret.md', '/priv/**']",
     "a.md secret.md posts/b.md posts/secret.md posts/deep/c.md"),
    ("excludeFiles = ['/secret.md', 'posts/*']", "a.md priv/d.md priv/e/d.md Upper/d.md"),
    ("includeFiles = ['posts/*.md', 'upper/**']", "posts/b.md posts/secret.md Upper/d.md"),
]  # fmt: skip
NEW_MOUNTS = [
    ("files = ['! secret.md', '**/*.md']",
     "posts/b.md posts/secret.md posts/deep/c.md priv/d.md priv/e/d.md Upper/d.md"),
    ("files = ['**.md', '! secret.md']", "a.md secret.md"),
    ("files = ['! priv/**', '! **/secret.md']", "a.md secret.md posts/b.md posts/deep/c.md Upper/d.md"),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "taken"), [*OLD_MOUNTS, *NEW_MOUNTS])
def test_a_mount_takes_the_files_that_hugo_takes(stated, taken, tmp_path):
    mount = f"[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n{stated}\n"
    texts = {f"content/{name}": page(title="a") for name in FILES}
    model = site(mount, **texts)
    built = {name for name in FILES if model.role(f"content/{name}").role in BUILT}
    assert built == set(taken.split())
    program = PROGRAMS.get("0.152" if stated.startswith(("inc", "exc")) else "0.168")
    if program is None:
        pytest.skip("the version of Hugo is not installed")
    source = '<meta name="source" content="{{ with .File }}{{ .Filename }}{{ end }}">'
    layouts = {f"layouts/_default/{name}.html": source for name in ("single", "list")}
    for path, text in {"hugo.toml": BARE["hugo.toml"] + mount, **layouts, **texts}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    exit_code, log, pages = hugo.build_site(tmp_path, program)
    assert exit_code == 0, log
    assert {path.removeprefix("content/") for path in pages} == built


def test_a_bundle_of_a_language_that_is_not_built_makes_no_resources():
    languages = "[languages.en]\nweight = 1\n[languages.fr]\ndisabled = true\n"
    files = {"content/posts/leaf/index.fr.md": "", "content/posts/leaf/other.md": "",
             "content/posts/b.fr.md": "", "content/posts/b.markdown": ""}  # fmt: skip
    roles = {path: site(languages, **files).role(path).role for path in files}
    assert list(roles.values()) == [Role.IGNORED, Role.POST, Role.IGNORED, Role.POST]


def test_the_address_of_a_term_with_a_pattern_of_its_own_is_not_known():
    term = "content/tags/x/_index.md"
    assert site().output(term, {}) == "tags/x/index.html"
    assert site("[permalinks.page]\ntags = '/t/:slug/'\n").output(term, {}) == "tags/x/index.html"
    assert site("[permalinks.term]\ntags = '/t/:slug/'\n").output(term, {}) is None
    named = "[taxonomies]\nauthor = 'authors'\n[permalinks.term]\nauthors = '/a/:slug/'\n"
    assert site(named).output(term, {}) == "tags/x/index.html"
    assert site(named).output("content/authors/x/_index.md", {}) is None
