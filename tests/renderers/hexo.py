"""Builds posts with the real Hexo: 5, 6, 7 or 8, from the npm registry.

Hexo 8 also with hexo-renderer-markdown-it in place of hexo-renderer-marked.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from .build import (
    ARTICLE,
    PATIENT,
    BuildResult,
    Page,
    cut,
    cut_text,
    failures,
    generators_folder,
    missing_program,
    run,
)

NAME = "hexo"
VERSIONS = (5, 6, 7, 8)
MARKED = "marked"
MARKDOWN_IT = "markdown-it"
"""The Markdown renderers: what is after ``hexo-renderer-`` in the package's name."""

_PACKAGES = {
    (5, MARKED): {"hexo": "5.4.2", "hexo-renderer-marked": "4.1.0"},
    (6, MARKED): {"hexo": "6.3.0", "hexo-renderer-marked": "6.0.0"},
    (7, MARKED): {"hexo": "7.3.0", "hexo-renderer-marked": "6.3.0"},
    (8, MARKED): {"hexo": "8.1.2", "hexo-renderer-marked": "7.0.1"},
    (8, MARKDOWN_IT): {"hexo": "8.1.2", "hexo-renderer-markdown-it": "7.1.1"},
}
SITES = tuple(_PACKAGES)
"""What is installed: the versions of Hexo, each with its Markdown renderer."""
_COMMON = {
    "hexo-generator-archive": "^2.0.0",
    "hexo-generator-category": "^2.0.0",
    "hexo-generator-index": "^4.0.0",
    "hexo-generator-tag": "^2.0.0",
    "hexo-renderer-ejs": "^2.0.0",
}

EXTRA = {"hexo-abbrlink": "2.2.1", "hexo-tag-embed": "1.0.0"}
"""Plug-ins that are installed beside Hexo 8, for the sites that name them."""

_CONFIG = "title: Site\nurl: http://example.com\ntheme: plain\n"
_LAYOUT = "<!DOCTYPE html>\n<html><head></head><body><div><%- body %></div></body></html>\n"
_POST = (
    '<div id="newslint-title"><%= page.title %></div>\n'
    '<div id="newslint-date"><%= page.date ? page.date.format() : "" %></div>\n'
    '<div id="newslint-categories"><%= JSON.stringify(page.categories && page.categories.length'
    " ? page.categories.map(function (c) { return c.name }) : []) %></div>\n"
    f"<div>{ARTICLE[0]}<%- page.content %>{ARTICLE[1]}</div>\n"
)
_LIST = (
    "<% page.posts && page.posts.each(function (post) { %><div><%= post.title %></div><% }) %>\n"
)
_MAP = """
const fs = require('fs');
const path = require('path');
hexo.extend.filter.register('after_generate', () => {
  const routes = {};
  hexo.model('Post').forEach(post => { routes[post.source] = hexo.route.format(post.path); });
  fs.writeFileSync(path.join(hexo.base_dir, 'routes.json'), JSON.stringify(routes));
});
"""
"""A script of the site that returns which file each post is written to."""
_PATIENT = f"""
const fs = require('fs');
const path = require('path');
const failed = {{}};
const render = hexo.post.render;
hexo.post.render = function (source, data, callback) {{
  return render.call(this, source, data, callback).catch(error => {{
    if (!data || !data.source) throw error;
    failed[data.source] = String(error);
    data.content = '';
    return data;
  }});
}};
hexo.extend.filter.register('after_generate', () => {{
  fs.writeFileSync(path.join(hexo.base_dir, '{PATIENT}'), JSON.stringify(failed));
}});
"""


def home(version: int = 8, renderer: str = MARKED) -> Path:
    """The folder that contains the node_modules of a version and a renderer."""
    name = f"hexo{version}"
    return generators_folder() / (name if renderer == MARKED else f"{name}-{renderer}")


def available(version: int = 8, renderer: str = MARKED) -> str | None:
    """None if this version of Hexo can be run, else the reason as a message."""
    if reason := missing_program("node"):
        return reason
    folder = home(version, renderer)
    package = folder / "node_modules" / "hexo" / "package.json"
    if not package.is_file():
        return f"Hexo {version} with {renderer} is not installed in {folder}"
    found = json.loads(package.read_text(encoding="utf-8"))["version"]
    wanted = _PACKAGES[version, renderer]["hexo"]
    return None if found == wanted else f"Hexo {found} is installed, not {wanted}"


def install(folder: Path, version: int = 8, renderer: str = MARKED) -> None:
    """Install Hexo and its renderers into a folder from the npm registry; again does nothing.

    Raises RuntimeError with npm's words if that fails.
    """
    extra = EXTRA if (version, renderer) == (VERSIONS[-1], MARKED) else {}
    packages = _PACKAGES[version, renderer] | _COMMON | extra
    wanted = {"name": "site", "private": True, "dependencies": packages}
    installed = folder / "node_modules" / "hexo" / "package.json"
    complete = all((folder / "node_modules" / package).is_dir() for package in packages)
    if installed.is_file() and complete:
        found = json.loads(installed.read_text(encoding="utf-8"))["version"]
        if found == packages["hexo"]:
            return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
    code, log = run(["npm", "install", "--no-audit", "--no-fund"], folder)
    if code:
        raise RuntimeError(f"npm install failed in {folder}:\n{log}")


def build(
    posts: dict[str, bytes],
    *,
    version: int = 8,
    renderer: str = MARKED,
    config: str = "",
    patient: bool = False,
) -> BuildResult:
    """Build a site of these posts (file name in source/_posts → bytes) with ``hexo generate``.

    ``config`` is added to the site's configuration.
    """
    with tempfile.TemporaryDirectory(prefix="newslint-hexo-") as name:
        site = Path(name)
        write_site(site, version, renderer, config)
        modules = home(version, renderer) / "node_modules"
        (site / "node_modules").symlink_to(modules, target_is_directory=True)
        if patient:
            (site / "scripts" / "patient.js").write_text(_PATIENT, encoding="utf-8")
        for post, content in posts.items():
            path = site / "source" / "_posts" / post
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        code, log = run(["node", "node_modules/hexo/bin/hexo", "generate"], site)
        return BuildResult(code, log, _pages(site), failures(site, "_posts/"))


_FILES = """
const fs = require('fs');
const path = require('path');
hexo.extend.filter.register('after_generate', () => {
  const routes = new Set(hexo.route.list());
  const source = path.basename(hexo.source_dir);
  const files = {};
  const put = (name, address) => {
    const route = hexo.route.format(address);
    if (routes.has(route)) files[name] = route;
  };
  hexo.locals.get('posts').forEach(post => put(`${source}/${post.source}`, post.path));
  hexo.locals.get('pages').forEach(page => put(`${source}/${page.source}`, page.path));
  for (const kind of ['PostAsset', 'Asset']) {
    hexo.model(kind).forEach(asset => {
      if (!(asset._id in files)) put(asset._id, asset.path);
    });
  }
  fs.writeFileSync(path.join(hexo.base_dir, 'routes.json'), JSON.stringify(files));
});
"""
"""A script of a site that tells where each of its source files is written to."""


def build_site(root: Path) -> tuple[int, str, dict[str, str]]:
    """Build a whole site in its folder: exit code, log, and where each source file was written."""
    script = root / "scripts" / "zz-routes.js"
    script.parent.mkdir(exist_ok=True)
    script.write_text(_FILES, encoding="utf-8")
    code, log = run(["node", "node_modules/hexo/bin/hexo", "generate"], root)
    script.unlink()
    routes = root / "routes.json"
    files = json.loads(routes.read_text(encoding="utf-8")) if routes.is_file() else {}
    routes.unlink(missing_ok=True)
    return code, log, files


def write_site(site: Path, version: int, renderer: str = MARKED, config: str = "") -> None:
    """Write a site without posts and without ``node_modules``."""
    layouts = site / "themes" / "plain" / "layout"
    for folder in (layouts, site / "scripts", site / "source" / "_posts"):
        folder.mkdir(parents=True)
    # Hexo loads the plug-ins that the site's package.json names.
    package = {"name": "site", "private": True, "hexo": {"version": ""}}
    package["dependencies"] = _PACKAGES[version, renderer] | _COMMON
    (site / "package.json").write_text(json.dumps(package), encoding="utf-8")
    (site / "_config.yml").write_text(_CONFIG + config, encoding="utf-8")
    (site / "scripts" / "routes.js").write_text(_MAP, encoding="utf-8")
    (layouts / "layout.ejs").write_text(_LAYOUT, encoding="utf-8")
    (layouts / "post.ejs").write_text(_POST, encoding="utf-8")
    for layout in ("index", "archive", "category", "tag"):
        (layouts / f"{layout}.ejs").write_text(_LIST, encoding="utf-8")


def _pages(site: Path) -> dict[str, Page]:
    routes = site / "routes.json"
    if not routes.is_file():
        return {}
    pages: dict[str, Page] = {}
    for source, route in json.loads(routes.read_text(encoding="utf-8")).items():
        written = site / "public" / route
        if written.is_file() and source.startswith("_posts/"):
            html = written.read_bytes().decode("utf-8", "replace")
            pages[source.removeprefix("_posts/")] = _page(html)
    return pages


def _page(html: str) -> Page:
    """Read what the layout printed; a post without a layout is nothing but its article."""
    if ARTICLE[0] not in html:
        return Page("", "", (), html, html)
    categories = json.loads(cut_text(html, "categories") or "[]")
    return Page(
        title=cut_text(html, "title"),
        date=cut_text(html, "date"),
        categories=tuple(str(name) for name in categories),
        article=cut(html),
        html=html,
    )
