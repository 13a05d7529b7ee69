"""What the authors of a blog of Hexo or Jekyll mean is not reported; what is wrong is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import newslint
from newslint import Finding

HEXO = {"_config.yml": "title: x\nurl: https://blog.example.org\nsource_dir: source\n"}
JEKYLL = {"_config.yml": "title: x\nplugins: []\n", "_layouts/post.html": "{{ content }}\n"}
HEAD = "---\ntitle: A title\ndate: 2021-12-02 10:00:00\n---\n"
TEXT = "The text of the article.\n"

Found = Callable[[Mapping[str, str], str], list[Finding]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The findings in one file of a site."""

    def run(files: Mapping[str, str], path: str) -> list[Finding]:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        diagnostics = newslint.check_text(files[path], str(tmp_path / path))
        return [one.finding for one in diagnostics]

    return run


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(one.code, one.severity.value) for one in findings]


# Front matter


@pytest.mark.parametrize(
    ("path", "expected"),
    [("source/about/index.md", []), ("source/_posts/a.md", [("FM008", "warning")])],
)
def test_a_false_date_of_hexo_is_no_date(path: str, expected: list, found: Found) -> None:
    post = f"---\ntitle: A title\ndate: false\n---\n{TEXT}"
    assert codes(found({**HEXO, path: post}, path)) == expected


def test_a_true_date_is_a_mistake(found: Found) -> None:
    path = "source/about/index.md"
    post = f"---\ntitle: A title\ndate: true\n---\n{TEXT}"
    assert codes(found({**HEXO, path: post}, path)) == [("FM006", "error")]


@pytest.mark.parametrize(
    ("words", "count"), [("css html", 0), ("Spring Boot", 1), ("css 设计", 1), ("css", 0)]
)
def test_categories_in_lower_case_are_a_list_of_jekyll(
    words: str, count: int, found: Found
) -> None:
    path = "_posts/2021-12-02-a.md"
    post = HEAD.replace("date", f"categories: {words}\ndate") + TEXT
    assert codes(found({**JEKYLL, path: post}, path)) == [("FM007", "warning")] * count


@pytest.mark.parametrize(
    ("site", "path", "expected"),
    [
        (HEXO, "source/_drafts/a.md", []),
        (HEXO, "source/_posts/a.md", [("FM005", "warning")]),
        (JEKYLL, "_people/ann.md", []),
        (JEKYLL, "_posts/2021-12-02-a.md", [("FM005", "warning")]),
    ],
)
def test_drafts_of_hexo_need_no_date_and_entries_of_a_collection_no_title(
    site: Mapping[str, str], path: str, expected: list, found: Found
) -> None:
    collections = f"{site['_config.yml']}collections: {{people: {{output: true}}}}\n"
    key = "title: A title" if site is HEXO else "date: 2021-12-02 10:00:00"
    files = {**site, "_config.yml": collections, path: f"---\n{key}\n---\n{TEXT}"}
    assert codes(found(files, path)) == expected


# Templates


def test_a_filter_that_liquid_does_not_know_passes_its_value(found: Found) -> None:
    path = "_posts/2021-12-02-a.md"
    post = f"{HEAD}{TEXT}\n{{{{ page.date | date_to_utc }}}}\n"
    assert found({**JEKYLL, path: post}, path) == []
    strict = {"_config.yml": f"{JEKYLL['_config.yml']}liquid: {{strict_filters: true}}\n"}
    assert codes(found({**JEKYLL, **strict, path: post}, path)) == [("TPL001", "error")]


# Markup


def test_an_end_tag_that_browsers_ignore_costs_no_text(found: Found) -> None:
    path = "source/_posts/a.md"
    findings = found({**HEXO, path: f"{HEAD}one</br>two</span> three\n"}, path)
    assert [(one.code, str(one.impact)) for one in findings] == [("HTML002", "house")] * 2
    findings = found({**HEXO, path: f"{HEAD}one\n\n</div>\n"}, path)
    assert [(one.code, str(one.impact)) for one in findings] == [("HTML002", "content")]


@pytest.mark.parametrize(
    ("tag", "count"),
    [
        ("<img src=”/a.png” alt=''>", 1),
        ("<a href=“https://a.cn/”>a</a>", 1),
        ("<a href=”a.html”>a</a>", 1),
        ("<a href='” . $url . ”'>a</a>", 0),
        ("<a href=””>a</a>", 0),
    ],
)
def test_curly_quotation_marks_are_a_part_of_the_url(tag: str, count: int, found: Found) -> None:
    path = "source/_posts/a.md"
    files = {**HEXO, "source/a.png": "", path: f"{HEAD}Text {tag}\n"}
    told = [one for one in codes(found(files, path)) if one[0] == "LNK002"]
    assert told == [("LNK002", "error")] * count


def test_kramdown_prints_a_tag_with_curly_quotation_marks(found: Found) -> None:
    path = "_posts/2021-12-02-a.md"
    files = {**JEKYLL, "a.png": "", path: f"{HEAD}Text <img src=”/a.png” alt=''>\n"}
    assert codes(found(files, path)) == [("MD002", "error")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text <figure>\n\n![a](/a.png)\n", [("HTML001", "warning")]),
        ("A <b>bold text.\n\nMore.\n", [("HTML001", "warning")]),
        ("A <span id='x' /> text.\n", []),
        ("Text <video src='/a.png'> more.\n", [("HTML001", "error")]),
        ("<section>\n\nText\n", [("HTML001", "error")]),
    ],
)
def test_kramdown_ends_what_is_open_within_a_text(body: str, expected: list, found: Found) -> None:
    path = "_posts/2021-12-02-a.md"
    files = {**JEKYLL, "a.png": "", path: f"{HEAD}First.\n\n{body}"}
    assert codes(found(files, path)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A <span id='x' /> text.\n", [("HTML001", "warning")]),
        ("A <b>bold text.\n\nMore.\n", [("HTML001", "error")]),
        ("<p><span>A</p>\n", [("HTML001", "error")]),
    ],
)
def test_browsers_end_a_span_with_its_paragraph(body: str, expected: list, found: Found) -> None:
    path = "source/_posts/a.md"
    assert codes(found({**HEXO, path: f"{HEAD}First.\n\n{body}"}, path)) == expected


# Markdown


@pytest.mark.parametrize(
    ("plugin", "body", "count"),
    [
        ("'@traptitech/markdown-it-katex'", "![a](my pic.png)\n", 1),
        ("'@traptitech/markdown-it-katex'", "![a](my pic.png) costs $5\n", 0),
        ("markdown-it-container", "![a](my pic.png)\n", 1),
        ("markdown-it-container", "::: note\n![a](my pic.png)\n:::\n", 0),
        ("markdown-it-pangu", "![a](my pic.png)\n", 1),
        ("markdown-it-imsize", "![a](my pic.png)\n", 0),
    ],
)
def test_a_plugin_of_markdown_it_hides_only_the_texts_that_it_reads(
    plugin: str, body: str, count: int, found: Found
) -> None:
    path = "source/_posts/a.md"
    files = {
        "_config.yml": f"{HEXO['_config.yml']}markdown: {{plugins: [{plugin}]}}\n",
        "package.json": '{"dependencies": {"hexo": "^8.0.0", "hexo-renderer-markdown-it": "^7"}}',
        path: HEAD + body,
    }
    assert codes(found(files, path)) == [("MD005", "error")] * count


# The configuration


@pytest.mark.parametrize(
    ("scripts", "is_copied"),
    [
        ('"build": "hexo generate --config main.yml"', True),
        ('"build": "hexo clean && hexo g --config=\'_config.yml,main.yml\'"', True),
        ('"dev": "hexo g", "build": "hexo g --config main.yml"', True),
        ('"build": "hexo g", "dev": "hexo g --config main.yml"', False),
        ('"server": "hexo server --config main.yml"', False),
        ('"build": "hexo g --config nowhere.yml"', False),
        ('"build": "hexo g --config ../main.yml"', False),
    ],
)
def test_hexo_is_configured_by_the_file_that_the_build_names(
    scripts: str, is_copied: bool, found: Found, tmp_path: Path
) -> None:
    files = {
        **HEXO,
        "main.yml": "skip_render: ['demo/**']\n",
        "package.json": f'{{"dependencies": {{"hexo": "^8.0.0"}}, "scripts": {{{scripts}}}}}',
        "source/demo/index.html": "<!DOCTYPE html>\n<html><body>one</body></html>\n",
    }
    found(files, "source/demo/index.html")
    assert bool([*newslint.check_paths([tmp_path])]) is not is_copied


def test_several_configurations_of_hexo_are_merged(found: Found, tmp_path: Path) -> None:
    files = {
        "_config.yml": "source_dir: source\nskip_render: ['a/**']\nmarked: {gfm: true}\n",
        "main.yml": "skip_render: ['b/**']\nmarked: {breaks: false}\n",
        "package.json": '{"scripts": {"build": "hexo g --config _config.yml,main.yml"}}',
        "source/a/index.html": "<html><body>one</body></html>\n",
        "source/b/index.html": "<html><body>one</body></html>\n",
        "source/c/index.html": "<html><body>one</body></html>\n",
    }
    found(files, "source/c/index.html")
    checked = [report.path for report in newslint.check_paths([tmp_path])]
    assert [Path(path).parent.name for path in checked] == ["c"]


# Plug-ins that are not installed


@pytest.mark.parametrize(
    ("package", "expected"),
    [
        ("hexo-tag-nosuch", [("LNK004", "error"), ("TPL001", "warning")]),
        ("hexo-generator-nosuch", [("TPL001", "error")]),
        ("hexo-filter-nosuch", [("TPL001", "error")]),
        ("hexo-nosuch", [("TPL001", "warning")]),
        ("hexo-readmore", [("LNK004", "error"), ("TPL001", "error")]),
    ],
)
def test_an_unknown_plugin_hides_what_its_name_says(
    package: str, expected: list, found: Found
) -> None:
    path = "source/_posts/a.md"
    files = {
        **HEXO,
        "package.json": f'{{"dependencies": {{"hexo": "^8.0.0", "{package}": "^1"}}}}',
        "source/img/one.png": "",
        "themes/landscape/layout/post.ejs": "<%- page.content %>",
        path: f"{HEAD}![a](/img/none.png)\n\n{{% nosuch x %}}\n",
    }
    told = [(one.code, one.severity.value) for one in found(files, path)]
    assert sorted(told) == expected


@pytest.mark.parametrize(("end", "count"), [("endbox", 0), ("endbos", 1)])
def test_the_end_of_a_known_tag_is_known_whatever_else_is_unknown(
    end: str, count: int, found: Found
) -> None:
    path = "source/_posts/a.md"
    files = {
        **HEXO,
        "package.json": '{"dependencies": {"hexo": "^8.0.0", "hexo-nosuch": "^1"}}',
        "scripts/box.js": "hexo.extend.tag.register('box', box, {ends: true})",
        path: f"{HEAD}{{% box %}}\nText.\n{{% {end} %}}\n",
    }
    assert bool(found(files, path)) is bool(count)


@pytest.mark.parametrize("package", ["hexo-nosuch", "hexo-readmore"])
@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("[a](www.a.cn/b)", 1),
        ("[a](<x@a.cn>)", 1),
        ('<a href="www.a.cn">a</a>', 1),
        ("[a](https://www.a.cn) <x@a.cn> www.a.cn", 0),
        ("[a](/about/www.a.cn)", 0),
    ],
)
def test_a_host_or_mail_address_without_a_scheme_is_no_link_to_it(
    package: str, body: str, count: int, found: Found
) -> None:
    path = "source/_posts/a.md"
    files = {
        **HEXO,
        "package.json": f'{{"dependencies": {{"hexo": "^8.0.0", "{package}": "^1"}}}}',
        "source/about/www.a.cn": "",
        path: f"{HEAD}Text {body}\n",
    }
    assert codes(found(files, path)) == [("LNK004", "error")] * count


@pytest.mark.parametrize(("end", "count"), [("\r", 0), ("\n", 0), (" b\n", 1)])
def test_a_lone_cr_ends_the_line_of_a_fence_of_jekyll(end: str, count: int, found: Found) -> None:
    path = "_posts/2021-12-02-a.md"
    post = f"{HEAD}Text\n\n```a{end}code();{end}\n```\n\nMore\n"
    told = [one for one in codes(found({**JEKYLL, path: post}, path)) if one[0] == "MD003"]
    assert told == [("MD003", "warning")] * count
