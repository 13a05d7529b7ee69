"""The corpus, built by the real generators: every post, with every image, once newslint passes it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from inputs import ELEVENTY, HEXO, HUGO, JEKYLL, NEWS, Site, posts_below
from lxml import html

from newslint import fix_text
from newslint.config.project import Project

from . import eleventy, hexo, jekyll
from .build import generators_folder, run
from .generators import TARGETS, available, build_all

COMMANDS = {
    "hexo": ["node", "node_modules/hexo/bin/hexo", "generate"],
    "jekyll": [*jekyll.COMMAND, "build"],
    "hugo": ["hugo", "--noTimes"],
    "eleventy": ["node", "node_modules/@11ty/eleventy/cmd.cjs"],
}
OUTPUT = {"hexo": "public", "jekyll": "_site", "hugo": "public", "eleventy": "_site"}
IMAGE = re.compile(
    r"<img\b[^>]*?\ssrc=[\"']?([^\"'\s>]+)"  # HTML
    r"|!\[[^\]]*\]\(([^)\s]+)\)"  # Markdown
    r"|\{% asset_img (\S+)"
    r"|\{\{< figure src=\"([^\"]+)"
    r"|\{% include figure\.html file=\"([^\"]+)"
)


def images(text: str) -> set[str]:
    """The file names of the images that a post's source shows."""
    return {Path(next(filter(None, found))).name for found in IMAGE.findall(text)}


def shown(page: str) -> set[str]:
    """The file names of the images that a page shows."""
    found = html.document_fromstring(page).xpath("//img/@src")
    return {Path(unquote(str(src))).name for src in found}


def built(site: Site, folder: Path, version: int = 8) -> dict[str, str]:
    """Build a site of the corpus in a folder: its pages by the path of their source."""
    shutil.copytree(site.root, folder)
    modules = {"hexo": hexo.home(version), "eleventy": generators_folder() / eleventy.NAME}
    if home := modules.get(site.name):
        (folder / "node_modules").symlink_to(home / "node_modules", target_is_directory=True)
    code, log = run(COMMANDS[site.name], folder)
    assert code == 0, log
    pages = {}
    for path in posts_below(folder / OUTPUT[site.name]):
        text = path.read_text(encoding="utf-8")
        if found := re.search(r'<meta name="source" content="(?:\./)?([^"]+)"', text):
            pages[found[1]] = text
    return pages


def check(source: str, page: str) -> None:
    """Every image of the source is in the page."""
    assert images(source) <= shown(page), images(source) - shown(page)


@pytest.mark.parametrize(
    ("site", "target"),
    [*((HEXO, f"hexo@{version}") for version in hexo.VERSIONS), (JEKYLL, jekyll.TARGET),
     (HUGO, "hugo"), (ELEVENTY, "eleventy")],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_generator_builds_every_post_of_its_site_with_every_image(
    site: Site, target: str, tmp_path: Path
) -> None:
    if reason := available(target):
        pytest.skip(reason)
    version = int(target.partition("@")[2]) if target.startswith("hexo@") else 8
    pages = built(site, tmp_path / "site", version)
    for post in site.posts():
        place = post.relative_to(site.root).as_posix()
        # Hexo and Hugo name a source below their content folder.
        name = re.sub(r"^(source|content)/", "", place)
        assert name in pages, sorted(pages)
        check(post.read_text(encoding="utf-8"), pages[name])


@pytest.mark.parametrize("target", [one for one in TARGETS if one.startswith("hexo")])
def test_hexo_builds_every_post_of_the_feeds_with_every_image_after_the_safe_fixes(
    target: str, tmp_path: Path
) -> None:
    if reason := available(target):
        pytest.skip(reason)
    project = Project(tmp_path, isolated=True)
    sources = {
        path.relative_to(NEWS.root).as_posix(): path.read_text(encoding="utf-8")
        for path in NEWS.posts()
    }
    posts = {name: fix_text(text, name, project).text.encode() for name, text in sources.items()}
    results = dict(build_all(target, posts, alone=lambda name: False))
    for name, text in sources.items():
        page = results[name].pages.get(name)
        assert page is not None, results[name].log[-2000:]
        assert page.title
        # A browser that runs scripts shows nothing of a <noscript>.
        check(re.sub(r"<noscript>.*?</noscript>", "", text), page.html)
