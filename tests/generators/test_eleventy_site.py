"""The model of an Eleventy site: pure, and held against what the real Eleventy builds."""

from __future__ import annotations

import pickle
from types import SimpleNamespace

import pytest
from renderers import eleventy
from renderers.build import generators_folder

from newslint.generators import Target
from newslint.generators.site import Answer, Role, merged
from newslint.generators.site.literals import COMPUTED, Literals
from newslint.generators.site.parsing import front_matter
from newslint.generators.sites import read_site

from .memory_files import MemoryFiles, site_of
from .site_trees import files_of, lay, model

FLAGS = {
    "eleventy-blog": (),
    "eleventy-root": (),
    "eleventy-packages": ("--input=content", "--output=dist"),
}
BUILT = (Role.POST, Role.PAGE)
JAVASCRIPT = (".11ty.js",)


def site(config="", **files):
    """A site with a configuration function of this body."""
    code = f"export default function (config) {{\n{config}\n}}\n"
    return site_of("eleventy", {"eleventy.config.js": code, **files})


def page(body="", **data):
    lines = "".join(f"{key}: {value}\n" for key, value in data.items())
    return f"---\n{lines}---\n{body}"


# The real Eleventy


@pytest.fixture(scope="module", params=FLAGS)
def built(request, tmp_path_factory):
    if reason := eleventy.available():
        pytest.skip(reason)
    modules = generators_folder() / eleventy.NAME / "node_modules"
    folder = lay(request.param, tmp_path_factory.mktemp("site"), modules)
    files = files_of(folder)
    known = model(folder, "eleventy")
    exit_code, log, pages = eleventy.build_site(folder, *FLAGS[request.param])
    assert exit_code == 0, log
    output = folder / known.options.output
    written = {one.relative_to(output).as_posix() for one in output.rglob("*") if one.is_file()}
    return SimpleNamespace(
        name=request.param, folder=folder, files=files, model=known, pages=pages, written=written
    )


def output_of(built, path):
    data = front_matter((built.folder / path).read_text(), "eleventy")
    return built.model.output(path, merged(built.model, path, data))


def test_posts_and_pages_are_written_where_the_model_says_and_nothing_else_is(built):
    expected = {}
    for path in built.files:
        if built.model.role(path).role in BUILT and (output := output_of(built, path)):
            expected[path] = [f"{built.model.options.output}/{output}"]
    pages = {path: found for path, found in built.pages.items() if not path.endswith(JAVASCRIPT)}
    assert expected == pages
    assert len(expected) > 2


USES = {
    "card": '{% card "x" %}', "box": "{% box %}x{% endbox %}", "star": "{% star %}", "moon": "{% moon %}",
    "own": "{% own %}", "css": "{% css %}p{% endcss %}", "stamp": "{% stamp %}", "never": "{% never %}",
    "quote": "{% quote %}x{% endquote %}", "renderFile": "", "highlight": "{% highlight js %}{% endhighlight %}",
}  # fmt: skip
FILTERS = (
    "shout",
    "whisper",
    "twice",
    "owned",
    "never",
    "slugify",
    "htmlBaseUrl",
    "upcase",
    "upper",
)


def test_names_that_the_model_knows_build_and_others_end_the_build(built):
    engine = built.model.options.engines["md"] or "nunjucks"
    suffix = "md" if built.model.options.engines["md"] else "njk"
    folder = built.folder / built.model.options.input
    known, unknown = [], []
    for kind, uses in (
        ("tag", USES),
        ("filter", {one: f'{{{{ "x" | {one} }}}}' for one in FILTERS}),
    ):
        for name, use in uses.items():
            answer = built.model.lookup_in(kind, name, engine).answer
            (known if answer is Answer.YES else unknown).append(use)
    assert len(known) >= 4 and len(unknown) >= 3
    probe = folder / f"probe.{suffix}"
    probe.write_text(page("\n".join(known), layout="false"))
    exit_code, log, _ = eleventy.build_site(built.folder, *FLAGS[built.name])
    assert exit_code == 0, log
    probe.write_text(page(next(use for use in unknown if use), layout="false"))
    exit_code, log, _ = eleventy.build_site(built.folder, *FLAGS[built.name])
    probe.unlink()
    assert exit_code != 0, log


def test_an_address_that_the_model_serves_is_a_file_of_the_built_site(built):
    answers = {
        path: built.model.serves(f"/{path.removesuffix('index.html')}", "")
        for path in built.written
    }
    assert not [path for path, answer in answers.items() if answer is Answer.NO]
    pages = {out.partition("/")[2] for path, outs in built.pages.items() for out in outs
             if not path.endswith(JAVASCRIPT)}  # fmt: skip
    assert all(answers[path] is Answer.YES for path in pages)
    assert built.model.serves("/not/there.png", "") is not Answer.YES


# Folders and roles


def test_layouts_data_output_and_what_lies_outside_are_no_posts():
    known = site(
        'return { dir: { input: "src", includes: "_inc", layouts: "_lay", data: "_dat", output: "out" } };',
        **{"src/posts/a.md": ""},
    )
    roles = {
        "src/_inc/a.html": Role.TEMPLATE, "src/_lay/a.njk": Role.TEMPLATE, "src/_dat/a.json": Role.DATA,
        "src/_includes/a.md": Role.POST, "out/a.md": Role.IGNORED, "src/out/a.md": Role.POST,
        "README.md": Role.IGNORED, "src/posts/a.md": Role.POST, "src/posts/index.md": Role.PAGE,
        "src/posts/b/index.md": Role.POST, "src/index.njk": Role.PAGE, "src/about.md": Role.PAGE,
        "src/posts/posts.json": Role.DATA, "src/posts/a.11tydata.js": Role.DATA,
        "eleventy.config.js": Role.DATA, "package.json": Role.DATA, "src/posts/x.png": Role.IGNORED,
    }  # fmt: skip
    assert {path: known.role(path).role for path in roles} == roles
    assert known.enters("src") and known.enters("src/posts/deep")
    assert not any(map(known.enters, ("out", "src/_inc", "src/_dat/x", "docs")))


@pytest.mark.parametrize(
    "config",
    [
        'return { dir: { input: "src" } };',
        'const options = { dir: { input: "src" } };\nreturn options;',
        'const IN = "src";\nreturn { dir: { input: IN } };',
        'config.setInputDirectory("src");',
        "// return { dir: { input: 'old' } };\nreturn { 'dir': { 'input': `./src/`, }, };",
    ],
)
def test_the_input_folder_is_read_however_it_is_stated(config):
    known = site(config)
    assert known.role("src/posts/a.md").role is Role.POST
    assert known.role("posts/a.md").role is Role.IGNORED


def test_scripts_of_package_json_have_the_last_word():
    package = (
        '{"scripts": {"start": "npx @11ty/eleventy --input=web --output dist --formats=md,njk"}}'
    )
    known = site('return { dir: { input: "src" } };', **{"package.json": package})
    assert (known.options.input, known.options.output) == ("web", "dist")
    assert known.role("web/posts/a.html").role is Role.LOST


@pytest.mark.parametrize("name", [".eleventy.js", "eleventy.config.mjs", "eleventy.config.cjs"])
def test_exports_of_common_js_are_read(name):
    code = 'module.exports = function (c) { return { dir: { input: "src" } } };'
    assert site_of("eleventy", {name: code}).options.input == "src"
    code = 'module.exports = { dir: { input: "src" } };'
    assert site_of("eleventy", {name: code}).options.input == "src"


def test_folders_that_are_computed_leave_lost_posts_open():
    known = site("config.addPassthroughCopy(more);")
    assert known.role("posts/a.markdown").role is Role.IGNORED
    known = site("return { ...shared, pathPrefix: '/x/' };")
    assert known.options.gaps and known.role("posts/a.markdown").role is Role.IGNORED
    known = site("return { dir: { input: process.env.IN } };")
    assert known.options.gaps
    assert known.role("posts/a.markdown").role is Role.IGNORED


@pytest.mark.parametrize(
    ("config", "lost", "built"),
    [
        ("", "a.markdown a.htm", "a.md a.html a.njk a.liquid"),
        ('return { templateFormats: ["md", "njk"] };', "a.html", "a.md a.njk"),
        ('config.setTemplateFormats("html,liquid");', "a.md", "a.html a.liquid"),
        ('config.addTemplateFormats("markdown");\nconfig.addExtension("markdown", { key: "md" });', "a.htm", "a.markdown a.md"),
    ],
)  # fmt: skip
def test_a_post_in_a_format_that_is_not_built_is_lost(config, lost, built):
    known = site(config)
    assert {known.role(f"posts/{name}").role for name in lost.split()} == {Role.LOST}
    assert {known.role(f"posts/{name}").role for name in built.split()} == {Role.POST}
    assert known.role(f"posts/{lost.split()[0]}").reason


def test_ignore_files_and_calls_leave_files_out():
    known = site(
        'config.ignores.add("drafts/**");\nconfig.ignores.add("sub");\nconfig.ignores.add("**/skip.md");',
        **{".eleventyignore": "# no\nREADME.md\nold\n*.tmp.md\n!x/keep.md\n", "old/a.md": "",
           ".gitignore": "secret.md\ngone/\n"},
    )  # fmt: skip
    ignored = "drafts/a.md sub/b.md x/skip.md skip.md README.md old/a.md a.tmp.md secret.md gone/a.md node_modules/a/b.md"
    kept = "x/drafts/a.md x/README.md x/old/a.md x/b.tmp.md x/secret.md x/keep.md .hidden/a.md"
    assert {known.role(one).role for one in ignored.split()} == {Role.IGNORED}
    assert {known.role(one).role for one in kept.split()} == {Role.POST}
    known = site("config.setUseGitIgnore(false);", **{".gitignore": "posts\n"})
    assert known.role("posts/a.md").role is Role.POST


def test_copied_files_are_assets_and_templates_among_them_are_built():
    known = site('config.addPassthroughCopy("img");\nconfig.addPassthroughCopy({ "static": "/" });')
    assert known.role("img/a.png").role is Role.ASSET
    assert known.role("static/x/y.css").role is Role.ASSET
    assert known.role("img/a.md").role is Role.POST


def test_posts_of_a_site_without_folders_are_posts():
    assert site(**{"a.md": "", "_includes/x.njk": ""}).role("a.md").role is Role.POST
    assert site(**{"a.md": "", "posts/b.md": ""}).role("a.md").role is Role.PAGE


def test_roles_list_no_folder_of_posts():
    files = MemoryFiles({f"posts/{n}.md": "" for n in range(99)} | {"eleventy.config.js": ""})
    known = read_site(Target("eleventy"), "/site", files)
    assert [known.role(f"posts/{n}.md").role for n in range(99)] == [Role.POST] * 99
    assert "posts" not in files.listed


# What the site defines


DEFINED = """
  config.addFilter("shout", (t) => t);
  config.addAsyncFilter('later', async (t) => t);
  config.addNunjucksFilter("njkonly", (t) => t);
  config.addLiquidFilter("liqonly", (t) => t);
  config.addShortcode(
    "card",
    function (text) { return text; }
  );
  config.addPairedAsyncShortcode("box", async (c) => c);
  config.addLiquidTag("stamp", () => {});
  config.addBundle("css");
  config.addGlobalData("motto", "x");
  config.addLayoutAlias("post", "layouts/post.njk");
  /* config.addFilter("never1", x); */
  // config.addFilter("never2", x);
  const text = "config.addFilter";
"""


@pytest.mark.parametrize(
    ("kind", "engine", "yes", "no"),
    [
        ("filter", "liquid", "shout later liqonly slugify upcase url", "njkonly upper never1 never2 card"),
        ("filter", "nunjucks", "shout later njkonly slugify upper safe", "liqonly upcase never1"),
        ("tag", "liquid", "card box endbox stamp css endcss for else when endif assign getBundle render", "set endcard endassign elif shout"),
        ("tag", "nunjucks", "card box css set endset macro for elif include", "stamp assign tablerow elsif"),
        ("shortcode", "liquid", "card box", "nope"),
        ("data", "liquid", "motto people", "nope"),
        ("layout", "liquid", "post layouts/post.njk layouts/post base.njk", "nope nope.njk layouts"),
        ("include", "liquid", "part part.liquid sub/x.html", "nope base"),
        ("include", "nunjucks", "base.njk sub/x.html", "part base"),
    ],
)  # fmt: skip
def test_names_are_known_to_the_engine_that_has_them(kind, engine, yes, no):
    known = site(
        DEFINED,
        **{"_includes/layouts/post.njk": "", "_includes/base.njk": "", "_includes/part.liquid": "",
           "_includes/sub/x.html": "", "_data/people.json": "[]"},
    )  # fmt: skip
    assert {one: known.lookup_in(kind, one, engine).answer for one in yes.split()} == dict.fromkeys(
        yes.split(), Answer.YES
    )
    assert {one: known.lookup_in(kind, one, engine).answer for one in no.split()} == dict.fromkeys(
        no.split(), Answer.NO
    )


def test_the_ends_of_tags_are_known():
    known = site(DEFINED)
    ends = {
        name: known.lookup("tag", name).paired
        for name in ("card", "box", "css", "if", "assign", "stamp")
    }
    assert ends == {
        "card": False,
        "box": True,
        "css": True,
        "if": True,
        "assign": False,
        "stamp": None,
    }


def test_lookup_takes_the_engine_that_reads_markdown():
    config = 'config.addNunjucksFilter("f", (t) => t);\nreturn { markdownTemplateEngine: "njk" };'
    assert site(config).lookup("filter", "f").answer is Answer.YES
    assert site(config.partition("return")[0]).lookup("filter", "f").answer is Answer.NO


def test_local_modules_are_followed():
    known = site_of(
        "eleventy",
        {
            "eleventy.config.js": 'import tags from "./lib/tags.js";\nimport("./lib/filters");\n'
            "export default (c) => { c.addPlugin(tags); };",
            "lib/tags.js": 'import "./deep.cjs";\nexport default (c) => c.addShortcode("one", f);',
            "lib/deep.cjs": 'module.exports = (c) => c.addShortcode("two", f);',
            "lib/filters/index.js": 'export const g = (c) => c.addFilter("three", f);',
        },
    )
    assert known.lookup("tag", "one").source == "lib/tags.js"
    assert known.lookup("tag", "two").answer is Answer.YES
    assert known.lookup("filter", "three").answer is Answer.YES
    assert known.lookup("tag", "four").answer is Answer.NO


def test_computed_names_are_those_that_local_modules_export():
    known = site_of(
        "eleventy",
        {
            "eleventy.config.js": 'import * as f from "./f.js";\nimport g from "./g.js";\n'
            "export default (c) => { for (const n in f) c.addFilter(n, f[n]);\n"
            "Object.entries(g).forEach(([name, value]) => c.addShortcode(name, value)); };",
            "f.js": "export function shout(t) { return t; }\nexport const low = (t) => t;",
            "g.js": "export default {\n  card: (t) => t,\n  box(t) { return inner(t); },\n};",
        },
    )
    for name in ("shout", "low", "card", "box"):
        assert known.lookup("filter", name).answer is Answer.YES, name
    found = known.lookup("filter", "inner")
    assert found.answer is Answer.UNKNOWN and "eleventy.config.js" in found.reason


@pytest.mark.parametrize(
    ("code", "name", "answer"),
    [
        ('import rss from "@11ty/eleventy-plugin-rss";\nexport default (c) => c.addPlugin(rss);', "dateToRfc3339", Answer.YES),
        ('const rss = require("@11ty/eleventy-plugin-rss");\nmodule.exports = (c) => { c.addPlugin(rss); };', "nope", Answer.NO),
        ('import x from "eleventy-plugin-unheard-of";\nexport default (c) => c.addPlugin(x);', "nope", Answer.UNKNOWN),
        ('module.exports = (c) => { c.addPlugin(require("eleventy-plugin-unheard-of"), {}); };', "nope", Answer.UNKNOWN),
        ('import { I18nPlugin } from "@11ty/eleventy";\nexport default (c) => c.addPlugin(I18nPlugin);', "locale_url", Answer.YES),
        ('import { I18nPlugin } from "@11ty/eleventy";\nexport default (c) => c.addPlugin(I18nPlugin);', "nope", Answer.NO),
        ('import slug from "slugify-it";\nexport default (c) => c.addFilter("f", slug);', "nope", Answer.NO),
        ("export default (c) => c.addPlugin((d) => d.addFilter('inline', f));", "inline", Answer.YES),
        ("export default (c) => c.addPlugin((d) => d.addFilter('inline', f));", "nope", Answer.NO),
        ("export default (c) => c.addPlugin(unheard);", "nope", Answer.UNKNOWN),
        ('import "./gone.js";\nexport default (c) => c;', "nope", Answer.UNKNOWN),
        ('export default (c) => c.setLibrary("njk", environment);', "nope", Answer.UNKNOWN),
    ],
)  # fmt: skip
def test_plug_ins_are_known_by_table_or_leave_names_open(code, name, answer):
    known = site_of("eleventy", {"eleventy.config.js": code})
    found = known.lookup_in("filter", name, "nunjucks")
    assert found.answer is answer
    assert found.reason or answer is not Answer.UNKNOWN


@pytest.mark.parametrize(
    "code",
    [
        "module.exports = (c) => { for (const f of files) require(`./${f}`)(c); };",
        "export default async (c) => { for (const f of files) (await import(f)).default(c); };",
        "module.exports = (c) => { for (const f of files) require('./' + f)(c); };",
        'module.exports = (c) => { fs.readdirSync("lib").map((f) => require(path.join("lib", f))); };',
    ],
)
def test_modules_that_are_computed_leave_names_open(code):
    found = site_of("eleventy", {".eleventy.js": code}).lookup("tag", "nope")
    assert found.answer is Answer.UNKNOWN and found.reason


def test_options_of_a_plug_in_choose_names():
    code = (
        'import fa from "@11ty/font-awesome";\n'
        'export default (c) => c.addPlugin(fa, { shortcode: "icon", filterName: "fa" });'
    )
    known = site_of("eleventy", {"eleventy.config.js": code})
    assert known.lookup("tag", "icon").answer is Answer.YES
    assert known.lookup("filter", "fa").answer is Answer.YES
    assert known.lookup("tag", "other").answer is Answer.NO


def test_values_of_local_modules_are_read():
    known = site_of(
        "eleventy",
        {
            ".eleventy.js": 'const site = require("./site.config");\n'
            "module.exports = () => ({ dir: { input: site.folders.source } });",
            "site.config.js": 'module.exports = { folders: { source: "pages" } };',
        },
    )
    assert known.options.input == "pages"


def test_a_plug_in_that_is_installed_is_read():
    known = site_of(
        "eleventy",
        {
            "eleventy.config.js": 'import x from "eleventy-plugin-x";\nexport default (c) => c.addPlugin(x);',
            "node_modules/eleventy-plugin-x/package.json": "{}",
            "node_modules/eleventy-plugin-x/lib/index.js": 'module.exports = c => c.addPairedShortcode("wrap", f);',
            "node_modules/eleventy-plugin-x/test/t.js": 'c.addShortcode("testonly", f);',
        },
    )
    assert known.lookup("tag", "wrap").paired is True
    assert known.lookup("tag", "testonly").answer is Answer.NO


# Data, addresses, engines


def test_directory_data_is_merged_nearest_first():
    files = {
        "src/src.json": '{"d": "root", "tags": ["r"]}',
        "src/posts/posts.json": '{"a": "dir", "layout": "x", "tags": ["p"]}',
        "src/posts/posts.11tydata.json": '{"a": "tydata", "b": 1}',
        "src/posts/posts.11tydata.js": 'export default { b: "js", more: { x: 1 } };',
        "src/posts/a.json": '{"b": "own", "more": {"y": 2}}',
        "src/posts/deep/deep.json": '{"a": "deep"}',
    }
    known = site('return { dir: { input: "src" } };', **files)
    assert known.defaults("src/posts/a.md") == {
        "a": "tydata", "b": "own", "layout": "x", "d": "root", "tags": ["r", "p"], "more": {"x": 1, "y": 2},
    }  # fmt: skip
    assert known.defaults("src/posts/deep/z.md")["a"] == "deep"
    assert known.open_defaults("src/posts/a.md") == ""
    shallow = site('config.setDataDeepMerge(false);\nreturn { dir: { input: "src" } };', **files)
    assert shallow.defaults("src/posts/a.md")["tags"] == ["p"]
    assert shallow.defaults("src/posts/a.md")["more"] == {"y": 2}


def test_other_names_of_data_files():
    config = 'config.setDataFileBaseName("index");\nconfig.setDataFileSuffixes([".data"]);'
    files = {
        "posts/index.data.json": '{"a": 1}',
        "posts/posts.json": '{"a": 2}',
        "posts/x.json": '{"b": 1}',
    }
    assert site(config, **files).defaults("posts/x.md") == {"a": 1}


def test_data_that_javascript_computes_is_open():
    files = {"posts/posts.11tydata.js": "export default () => ({ layout: pick() });"}
    known = site(**files)
    assert known.defaults("posts/a.md") == {}
    assert "posts.11tydata.js" in known.open_defaults("posts/a.md")
    assert known.output("posts/a.md", {}) == "posts/a/index.html"
    files = {"posts/posts.11tydata.js": 'export default { layout: "x", permalink: (d) => d.x };'}
    known = site(**files)
    assert known.defaults("posts/a.md") == {"layout": "x"}
    assert known.output("posts/a.md", known.defaults("posts/a.md")) is None
    assert known.output("posts/a.md", {"permalink": "/b/"}) == "b/index.html"


@pytest.mark.parametrize(
    ("path", "data", "output"),
    [
        ("posts/a.md", {}, "posts/a/index.html"),
        ("posts/2021-02-03-a.md", {}, "posts/2021-02-03-a/index.html"),
        ("posts/posts.md", {}, "posts/index.html"),
        ("posts/index.md", {}, "posts/index.html"),
        ("index.njk", {}, "index.html"),
        ("posts/A.MD", {}, "posts/A.MD/index.html"),
        ("posts/a.md", {"permalink": "/x/"}, "x/index.html"),
        ("posts/a.md", {"permalink": "x.html"}, "x.html"),
        ("posts/a.md", {"permalink": "/a/../b/"}, "b/index.html"),
        ("posts/a.md", {"permalink": "/../b/"}, None),
        ("posts/a.md", {"permalink": False}, None),
        ("posts/a.md", {"permalink": ""}, "posts/a/index.html"),
        ("posts/a.md", {"permalink": {"build": "/x/"}}, "x/index.html"),
        ("posts/a.md", {"permalink": {"serverless": "/x/"}}, None),
        ("posts/a.md", {"eleventyComputed": {"permalink": "/y/{{ page.fileSlug }}/"}}, "y/a/index.html"),
        ("posts/a.md", {"eleventyComputed": {"permalink": COMPUTED}}, None),
        ("posts/a.md", {"permalink": {}}, "posts/a/index.html"),
        ("posts/a.md", {"permalink": 5}, None),
        ("posts/2021-02-03-a.md", {"permalink": "/{{ page.fileSlug }}/"}, "a/index.html"),
        ("posts/2021-02-03-a/index.md", {"permalink": "/{{page.fileSlug}}/"}, "a/index.html"),
        ("posts/2021-02-03-a.md", {"permalink": "{{ page.filePathStem }}.html"}, "posts/a.html"),
        ("posts/a.md", {"permalink": "/{{ title | slugify }}/"}, None),
        ("posts/a.md", {"permalink": "/{{ x }}/", "dynamicPermalink": False}, "{{ x }}/index.html"),
        ("posts/a.md", {"pagination": {"size": 1}}, None),
        ("posts/a.md", {"permalinkBypassOutputDir": True, "permalink": "/x.html"}, None),
        ("posts/a.png", {}, None),
    ],
)  # fmt: skip
def test_output_follows_the_permalink(path, data, output):
    assert site().output(path, data) == output


def test_drafts_that_a_preprocessor_drops_are_not_written():
    config = 'config.addPreprocessor("drafts", "*", (data) => data.draft ? false : undefined);'
    assert site(config).output("posts/a.md", {"draft": True}) is None
    assert site().output("posts/a.md", {"draft": True}) == "posts/a/index.html"
    assert (site().drafts, site(config).drafts) == (True, False)


ADDRESSES = {
    "posts/a.md": page(),
    "posts/b.md": page(permalink="/named/b.html"),
    "posts/posts.json": '{"permalink": "/blog/{{ page.fileSlug }}/"}',
    "img/x.png": "",
    "static/icon.svg": "",
    "src/p/q.jpg": "",
}
COPIES = 'config.addPassthroughCopy("img");\nconfig.addPassthroughCopy({ "static": "/" });\n'


@pytest.mark.parametrize(
    ("answer", "addresses"),
    [
        (Answer.YES, "/blog/a/|/blog/a|/blog/a/index.html|/named/b.html|/img/x.png|/icon.svg|../../img/x.png|#x|../a/"),
        (Answer.NO, "/posts/a/|/img/y.png|x.png|../../../x|/static/icon.svg|a.md"),
    ],
)  # fmt: skip
def test_addresses_find_pages_and_copies(answer, addresses):
    known = site(COPIES, **ADDRESSES)
    for address in addresses.split("|"):
        assert known.serves(address, "posts/a.md") is answer, address


def test_front_matter_in_javascript_counts_where_it_is_literal():
    files = {
        "posts/a.md": '---js\nconst permalink = "/js/a/";\n---\n',
        "posts/b.md": '---js\n{ permalink: "/js/b/" }\n---\n',
        "posts/c.md": "---js\nconst draft = true;\n---\n",
    }
    known = site('config.addPreprocessor("drafts", "*", (d) => d.draft ? false : 1);', **files)
    assert [known.serves(one, "") for one in ("/js/a/", "/js/b/")] == [Answer.YES, Answer.YES]
    assert known.serves("/nope/", "") is Answer.UNKNOWN  # the draft may be written elsewhere
    files["posts/d.md"] = "---js\nfunction permalink() {}\n---\n"
    assert site(**files).serves("/nope/", "") is Answer.UNKNOWN


INPUT_PATHS = {
    Answer.YES: "posts/b.md /posts/b.md b.md ./b.md ../index.njk src/posts/b.md ./src/posts/b.md posts/b.md#x",
    Answer.NO: "posts/nope.md _includes/x.njk posts/pic.png /src/nope.md posts/b",
    Answer.UNKNOWN: "posts/hidden.md",
}


def test_input_paths_find_templates():
    files = {
        f"src/{one}": ""
        for one in ("posts/a.md", "posts/b.md", "index.njk", "_includes/x.njk", "posts/pic.png")
    }
    files["src/posts/hidden.md"] = page(permalink="false")
    known = site('return { dir: { input: "src" } };', **files)
    for answer, names in INPUT_PATHS.items():
        assert {
            one: known.has_post(one, "src/posts/a.md") for one in names.split()
        } == dict.fromkeys(names.split(), answer)


def test_the_filter_for_input_paths_agrees(tmp_path):
    if reason := eleventy.available():
        pytest.skip(reason)
    root = lay("eleventy-blog", tmp_path, generators_folder() / eleventy.NAME / "node_modules")
    known = model(root, "eleventy")
    names = {
        "posts/second.md": True,
        "/posts/page.html": True,
        "second.md": True,
        "posts/nope.md": False,
    }
    assert {one: known.has_post(one, "src/posts/x.md") is Answer.YES for one in names} == names
    use = "".join(f'{{{{ "{one}" | inputPathToUrl }}}}' for one, found in names.items() if found)
    (root / "src/posts/x.md").write_text(page(use))
    assert eleventy.build_site(root)[0] == 0
    (root / "src/posts/x.md").write_text(page('{{ "posts/nope.md" | inputPathToUrl }}'))
    assert eleventy.build_site(root)[0] != 0


def test_addresses_are_open_where_something_is_computed():
    assert (
        site(COPIES + "config.addPassthroughCopy(more);", **ADDRESSES).serves("/img/y.png", "")
        is Answer.UNKNOWN
    )
    paged = {"list.njk": page(pagination="{size: 1}")}
    assert site(COPIES, **ADDRESSES, **paged).serves("/img/y/", "") is Answer.UNKNOWN
    assert site(COPIES, **ADDRESSES, **paged).serves("/img/y.png", "") is Answer.NO
    named = COPIES + "config.addFilter(name, x);"
    assert site(named, **ADDRESSES).serves("/img/y.png", "") is Answer.NO
    changing = COPIES + "config.addTransform('images', change);"
    assert site(changing, **ADDRESSES).serves("/img/y.png", "") is Answer.UNKNOWN
    known = site(COPIES + 'config.addTemplate("feed.njk", "");', **ADDRESSES)
    assert known.serves("/feed/feed.xml", "") is Answer.UNKNOWN
    assert known.serves("/img/y.png", "") is Answer.NO
    plugin = 'import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";\n'
    code = (
        plugin + "export default (config) => { config.addPlugin(eleventyImageTransformPlugin); };"
    )
    known = site_of("eleventy", {"eleventy.config.js": code, **ADDRESSES})
    assert known.serves("./sea.png", "posts/a.md") is Answer.UNKNOWN
    assert known.serves("/nope/", "posts/a.md") is Answer.NO


@pytest.mark.parametrize(
    ("config", "markdown", "html"),
    [
        ("", "liquid", "liquid"),
        (
            'return { markdownTemplateEngine: "njk", htmlTemplateEngine: "njk" };',
            "nunjucks",
            "nunjucks",
        ),
        ("return { markdownTemplateEngine: false };", None, "liquid"),
        ('return { htmlTemplateEngine: "webc" };', "liquid", "webc"),
    ],
)
def test_engines(config, markdown, html):
    engines = site(config).template_engines
    assert (engines[".md"], engines[".html"]) == (markdown, html)
    assert (engines[".njk"], engines[".liquid"]) == ("nunjucks", "liquid")


@pytest.mark.parametrize(
    ("config", "raw", "modelled"),
    [
        ("", True, True),
        ('config.setLibrary("md", markdownIt());', False, True),
        ('config.setLibrary("md", markdownIt({ html: true, linkify: true }).use(anchor));', True, True),
        ('config.setLibrary("md", require("markdown-it")({ html: true }));', True, True),
        ('const options = { html: true };\nconst md = markdownIt(options);\nconfig.setLibrary("md", md);', True, True),
        ('config.setLibrary("md", { render: marked });', True, False),
        ('config.amendLibrary("md", (md) => md.use(anchor));', True, True),
    ],
)  # fmt: skip
def test_the_renderer_keeps_html_unless_the_sites_own_does_not(config, raw, modelled):
    known = site(config)
    if "markdownIt()" in config:
        assert known.raw_html is False
    assert (known.raw_html, known.renderer.modelled) == (raw, modelled)


@pytest.mark.parametrize(
    ("name", "text", "address"),
    [
        ("_data/site.json", '{"url": "https://a.example.net/"}', "https://a.example.net/"),
        ("_data/metadata.js", 'export default { title: "x", url: "https://b.example.net" };', "https://b.example.net"),
        ("_data/site.json", '{"url": "https://example.com/"}', None),
        ("_data/site.json", '{"menu": [{"url": "https://shop.example.net/"}]}', None),
        ("_data/site.js", "export default { url: process.env.URL };", None),
        ("_data/people.json", '{"url": "https://c.example.net/"}', None),
    ],
)  # fmt: skip
def test_the_address_is_that_of_the_sites_own_data(name, text, address):
    assert site(**{name: text}).base_url == address


META = '<html><head><meta name="referrer" content="no-referrer"></head>'


@pytest.mark.parametrize(
    ("files", "policy"),
    [
        ({"base.njk": META}, "no-referrer"),
        ({"base.njk": '<html>{% include "head.njk" %}', "head.njk": META.replace("<html><head>", "")}, "no-referrer"),
        ({"base.njk": META, "other.njk": "<html><head></head>"}, None),
        ({"base.njk": f"{{% if x %}}{META}{{% endif %}}"}, None),
        ({"base.njk": "<p>"}, None),
    ],
)  # fmt: skip
def test_a_referrer_policy_counts_where_all_layouts_state_it(files, policy):
    assert (
        site(**{f"_includes/{name}": text for name, text in files.items()}).referrer_policy
        == policy
    )


def test_a_change_of_configuration_or_module_changes_the_fingerprint():
    files = {
        "eleventy.config.js": 'import "./a.js";\nexport default (c) => c;',
        "a.js": "export const x = 1;",
    }
    first = site_of("eleventy", files).fingerprint
    assert site_of("eleventy", files).fingerprint == first
    for name in (
        "eleventy.config.js",
        "a.js",
        ".eleventyignore",
        "package.json",
        "_data/site.json",
    ):
        assert (
            site_of("eleventy", {**files, name: files.get(name, "") + "\n"}).fingerprint != first
        ), name


def test_a_model_travels(tmp_path):
    known = model(lay("eleventy-blog", tmp_path), "eleventy")
    known.role("src/posts/second.md")
    again = pickle.loads(pickle.dumps(known))
    assert again.role("src/posts/second.md").role is Role.POST
    assert again.lookup("tag", "box").paired is True
    assert again.defaults("src/posts/second.md")["layout"] == "post"
    assert {one.file for one in again.evidence} >= {"eleventy.config.js", "src"}


HOSTILE = [
    "", "return {", "return { dir: [", "return { dir: 5, templateFormats: {}, markdownTemplateEngine: [] };",
    "return { dir: { input: 5, includes: null } };", 'return { dir: { input: "../../etc" } };',
    'return { dir: { input: "/" } };', 'return { templateFormats: [[["md"]]] };', "config.addFilter(",
    "config.addFilter('", "config.addPassthroughCopy({", "config.addPassthroughCopy({ a: {} });",
    "config.ignores.add('" + "{a,b}" * 40 + "');", "config.ignores.add('" + "**/" * 300 + "x');",
    "config.addLayoutAlias('a', 'a');", "const a = b; const b = a; return { dir: a };", "{" * 20_000,
    "const a = [" * 20_000, "import x from './eleventy.config.js'", "config.addPlugin(require('..'))",
    "config.addPlugin(a.b.c.d)", "return { dir: { input: `${x}` } };", "/" * 50_000, "`" * 9_999, "\0",
]  # fmt: skip


@pytest.mark.parametrize("config", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_configuration_never_raises(config):
    files = {"package.json": '{"scripts": [1], "dependencies": 5}', "posts/posts.json": "[", "posts/a.json": "5",
             "posts/posts.11tydata.js": "export default {" * 500, "posts/a.md": "---\n: :\n---\n"}  # fmt: skip
    known = site(config, **files)
    for path in ("posts/a.md", "a.md", "", "../x.md", "posts/", "x/y/z.njk", "posts/a.11ty.js"):
        known.role(path)
        known.output(path, {"permalink": ["x"]})
        known.output(path, {})
        known.defaults(path)
        known.open_defaults(path)
        known.serves("/x/y.png", path)
        known.serves("x.png", path)
        known.has_asset("x", path)
    known.enters("posts")
    for kind in ("shortcode", "layout", "include", "data", "tag", "filter"):
        known.lookup(kind, "x/../y")


def test_a_folder_without_configuration_has_eleventys_defaults():
    known = site_of("eleventy", {"package.json": '{"dependencies": {"@11ty/eleventy": "^3"}}'})
    assert known.role("posts/a.md").role is Role.POST
    assert known.lookup("filter", "slugify").answer is Answer.YES
    assert known.lookup("filter", "nope").answer is Answer.NO


# Literals of JavaScript


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("{ a: 1, 'b-c': \"x\\u0041\", d: [true, null, -2.5], }", {"a": 1, "b-c": "xA", "d": [True, None, -2.5]}),
        ("{ a: f(1, 2), b: x ? 1 : 2, c: `t`, d: `${t}`, e: 'a' + 'b' }",
         {"a": COMPUTED, "b": COMPUTED, "c": "t", "d": COMPUTED, "e": COMPUTED}),
        ("{ ...rest, m() { return { z: 1 }; }, async n() {}, get o() { return 1; }, s }",
         {"...": COMPUTED, "m": COMPUTED, "n": COMPUTED, "o": COMPUTED, "s": COMPUTED}),
        ("{ a: (x) => ({ b: 1 }), c: 2 }", {"a": COMPUTED, "c": 2}),
        ("[", COMPUTED),
    ],
)  # fmt: skip
def test_literals_are_read_and_the_rest_is_computed(code, value):
    assert Literals().value(code, 0)[0] == value


def test_constants_stand_for_their_literals():
    code = 'const A = "x"\nconst b = { c: A };\nconst loop = loop;\n'
    assert Literals(code).value("[A, b.c, b.d, loop, undefined]", 0)[0] == [
        "x",
        "x",
        COMPUTED,
        COMPUTED,
        None,
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"_data/eleventyComputed.json": '{"permalink": "/c/{{ page.fileSlug }}/"}'},
        {"_data/eleventyComputed.js": "export default { permalink: (data) => data.draft };"},
        {"_data/permalink.js": "export default '/p/';"},
        {"eleventy.config.js": "export default (c) => { c.addGlobalData('permalink', '/p/'); };"},
        {"_includes/base.njk": "---\npermalink: /p/\n---\n"},
        {
            "posts/posts.11tydata.js": "export default { eleventyComputed: { permalink: (d) => d.x } };"
        },
    ],
)
def test_an_address_that_other_data_sets_is_not_known(files):
    site = site_of("eleventy", {"eleventy.config.js": "export default () => {};", **files})
    own = {"layout": "base"}
    assert site.output("posts/a.md", merged(site, "posts/a.md", own)) is None
    bare = site_of("eleventy", {"eleventy.config.js": "export default () => {};"})
    assert bare.output("posts/a.md", own) == "posts/a/index.html"


def test_only_computed_data_is_stronger_than_the_permalink_of_a_post():
    own = {"permalink": "/own/", "layout": "base"}
    config = "export default (c) => { c.addGlobalData('permalink', '/p/'); };"
    files = {"eleventy.config.js": config, "_includes/base.njk": "---\npermalink: /p/\n---\n"}
    assert site_of("eleventy", files).output("posts/a.md", own) == "own/index.html"
    computed = {**own, "eleventyComputed": {"permalink": "/computed/"}}
    assert site_of("eleventy", files).output("posts/a.md", computed) == "computed/index.html"
    files["_data/eleventyComputed.json"] = '{"permalink": "/all/"}'
    assert site_of("eleventy", files).output("posts/a.md", own) is None
