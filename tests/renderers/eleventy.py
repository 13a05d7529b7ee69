"""Builds posts with Eleventy 2 or 3 from the npm registry, on a site of the tests' own."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

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

NAME = "eleventy"
VERSIONS = (2, 3)
_PACKAGES = {2: "2.0.1", 3: "3.1.8"}

_COMMANDS = {2: "node_modules/@11ty/eleventy/cmd.js", 3: "node_modules/@11ty/eleventy/cmd.cjs"}
_LAYOUT = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>site</title></head><body>
<div id="newslint-title">{{{{ title }}}}</div>
<div id="newslint-date">{{{{ page.date | date: "%Y-%m-%dT%H:%M:%S%z" }}}}</div>
<div id="newslint-categories">{{{{ categories | json | escape }}}}</div>
<div id="main">{ARTICLE[0]}{{{{ content }}}}{ARTICLE[1]}</div>
<div id="footer">footer</div>
</body></html>
"""
# Says which file each post was written to, whatever its permalink or layout.
_CONFIG_OF_3 = """import fs from "node:fs";
import patient from "./patient.js";
import own from "./own.js";
export default function (config) {
  patient(config);
  own(config);
  config.on("eleventy.after", ({ results }) => {
    const map = results.map((page) => [page.inputPath, page.outputPath]);
    fs.writeFileSync("map.json", JSON.stringify(map));
  });
  return ENGINES;
}
"""
# Eleventy 2 knows no modules of ECMAScript.
_IMPORT = re.compile(r"^import (\w+) from (\S+);$", re.MULTILINE)


def _script(text: str, version: int) -> str:
    if version > 2:
        return text
    return _IMPORT.sub(r"const \1 = require(\2);", text).replace(
        "export default", "module.exports ="
    )


_PATIENT_OF_3 = f"""import fs from "node:fs";
import Template from "./node_modules/@11ty/eleventy/src/Template.js";
import TemplateMap from "./node_modules/@11ty/eleventy/src/TemplateMap.js";
const failed = {{}};
function guard(owner, name, otherwise) {{
  const original = owner.prototype[name];
  owner.prototype[name] = async function (...given) {{
    try {{
      return await original.apply(this, given);
    }} catch (error) {{
      const words = [];
      for (let at = error; at; at = at.originalError || at.cause) words.push(String(at));
      failed[this.inputPath || given[0].inputPath] ??= words.join(": ");
      return otherwise;
    }}
  }};
}}
guard(TemplateMap, "add");
guard(Template, "getTemplates", []);
guard(Template, "renderPageEntryWithoutLayout", "");
guard(Template, "renderPageEntry", "");
export default function (config) {{
  config.on("eleventy.after", () => fs.writeFileSync("{PATIENT}", JSON.stringify(failed)));
}}
"""


_NOTHING = "export default function () {}"


def home(version: int = 3) -> Path:
    """Where a version is installed."""
    return generators_folder() / (NAME if version == VERSIONS[-1] else f"{NAME}{version}")


def available(version: int = 3) -> str | None:
    """None if Eleventy can run, else the reason as a message."""
    if reason := missing_program("node"):
        return reason
    if not (home(version) / _COMMANDS[version]).is_file():
        return f"Eleventy is not installed in {home(version)}"
    return None


def install(folder: Path, version: int = 3) -> None:
    """Install Eleventy into ``folder`` with npm, unless it is there already."""
    package = _PACKAGES[version]
    manifest = folder / "node_modules/@11ty/eleventy/package.json"
    if manifest.is_file() and json.loads(manifest.read_bytes())["version"] == package:
        return
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", f"@11ty/eleventy@{package}"]
    exit_code, log = run(["npm", "init", "--yes"], folder)
    if exit_code == 0:
        exit_code, log = run(command, folder)
    if exit_code != 0:
        raise RuntimeError(f"npm could not install Eleventy:\n{log}")


def files(*, version: int = 3, engine: str = "", patient: bool = False) -> dict[str, str]:
    """Return the files of the site that posts are built on, by their paths.

    ``engine`` is the one that reads Markdown and HTML as templates; empty for the default.
    """
    stated = {f"{suffix}TemplateEngine": engine for suffix in ("markdown", "html") if engine}
    config = _CONFIG_OF_3.replace("ENGINES", json.dumps(stated))
    return {
        "eleventy.config.js": _script(config, version),
        "own.js": _script(_NOTHING, version),
        "patient.js": _script(_PATIENT_OF_3 if patient else _NOTHING, version),
        "package.json": '{"type": "%s"}' % ("module" if version > 2 else "commonjs"),
        "_includes/page.liquid": _LAYOUT,
        "posts/posts.11tydata.json": '{"layout": "page.liquid"}',
    }


def write_site(site: Path, version: int, engine: str) -> None:
    """Write the site that posts are built on, without its packages."""
    for path, text in files(version=version, engine=engine).items():
        _write(site / path, text.encode())


def build(
    posts: dict[str, bytes],
    *,
    version: int = 3,
    engine: str = "",
    patient: bool = False,
    more: Mapping[str, str] = MappingProxyType({}),
) -> BuildResult:
    """Build posts, file name → bytes, placed as ``posts/NAME``; ``engine`` as in `files`.

    ``more`` are further files of the site by their paths; ``own.js`` adds to the configuration.
    """
    with tempfile.TemporaryDirectory(prefix="newslint-eleventy-") as name:
        site = Path(name)
        given = files(version=version, engine=engine, patient=patient)
        for path, text in {**given, **more}.items():
            _write(site / path, text.encode())
        (site / "node_modules").symlink_to((home(version) / "node_modules").resolve())
        for post, content in posts.items():
            _write(site / "posts" / post, content)
        exit_code, log = run(["node", _COMMANDS[version]], site)
        written = site / "map.json"
        places = dict(json.loads(written.read_bytes())) if written.exists() else {}
        pages = {
            post: _page(site / place)
            for post in posts
            if (place := places.get(f"./posts/{post}")) and (site / place).is_file()
        }
        failed = failures(site, "./posts/")
    return BuildResult(exit_code, log, pages, failed)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _page(path: Path) -> Page:
    html = path.read_bytes().decode("utf-8", "replace")
    # One category may stand alone, and a post may have none.
    categories = json.loads(cut_text(html, "categories") or "[]") or []
    if not isinstance(categories, list):
        categories = [categories]
    # A post without the layout is its article alone.
    article = cut(html) if ARTICLE[0] in html else html
    return Page(
        title=cut_text(html, "title"),
        date=cut_text(html, "date"),
        categories=tuple(str(category) for category in categories),
        article=article,
        html=html,
    )


def build_site(site: Path, *flags: str) -> tuple[int, str, dict[str, list[str]]]:
    """Build a complete site, which has its own ``node_modules``.

    Gives the exit code, the log, and by source file, relative to the site, the files that were
    written from it.
    """
    exit_code, log = run(["node", _COMMANDS[3], *flags], site)
    pages: dict[str, list[str]] = {}
    for output, source in _WRITING.findall(log):
        pages.setdefault(source, []).append(output)
    return exit_code, log, pages


_WRITING = re.compile(r"Writing \./(.+?) from \./(.+?)(?: \(\w+\))?$", re.MULTILINE)
