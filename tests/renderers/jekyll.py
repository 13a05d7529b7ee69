"""Builds posts with Jekyll on a site of the tests' own.

Which Jekyll: the command that NEWSLINT_JEKYLL names, such as one of the gems, else ``jekyll``. Gems
read front matter with SafeYAML and run Liquid 4; Debian's package reads with Psych and runs Liquid 5.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
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
    missing_program,
    run,
)

NAME = "jekyll"
COMMAND = shlex.split(os.environ.get("NEWSLINT_JEKYLL", "jekyll"))
# A post is only a post with a date in its name.
DATE_PREFIX = "2021-12-02-"

_CONFIG = "defaults: [{scope: {path: '', type: posts}, values: {layout: page}}]\n"
_LAYOUT = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>site</title></head><body>
<div id="newslint-title">{{{{ page.title | escape }}}}</div>
<div id="newslint-date">{{{{ page.date | date_to_xmlschema }}}}</div>
<div id="newslint-categories">{{{{ page.categories | jsonify | escape }}}}</div>
<div id="main">{ARTICLE[0]}{{{{ content }}}}{ARTICLE[1]}</div>
<div id="footer">footer</div>
</body></html>
"""
# Says which file each post was written to, whatever its permalink or layout.
_PLUGIN = """require "json"
Jekyll::Hooks.register :site, :post_write do |site|
  map = site.posts.docs.select(&:write?).to_h { |post| [post.relative_path, post.destination(site.dest)] }
  File.write(File.join(site.source, ".map.json"), JSON.generate(map))
end
"""
_PATIENT = f"""require "json"
module Patient
  FAILED = {{}}
  module Document
    def read(opts = {{}})
      super
    rescue StandardError => error
      FAILED[relative_path] = error.message
      @data = {{ "date" => site.time, "published" => false }}
    end
  end
  module Site
    private
    def render_regenerated(document, payload)
      super
    rescue StandardError, SystemStackError => error
      FAILED[document.relative_path] = error.message
      document.output = ""
    end
  end
end
Jekyll::Document.prepend(Patient::Document)
Jekyll::Site.prepend(Patient::Site)
Jekyll::Hooks.register :site, :post_render do |site|
  File.write(File.join(site.source, "{PATIENT}"), JSON.generate(Patient::FAILED))
end
"""


def available() -> str | None:
    """None if Jekyll can run, else the reason as a message."""
    return missing_program(COMMAND[0])


_PACKAGED = Path("/usr/share/rubygems-integration/all/gems")
"""Where Debian's packages of Ruby programs are."""


def _target() -> str:
    """The target that the installed Jekyll is: ``jekyll`` for the gems, or ``jekyll@debian``."""
    if "NEWSLINT_JEKYLL" in os.environ:
        return "jekyll"
    is_packaged = shutil.which("jekyll") == "/usr/bin/jekyll" and any(_PACKAGED.glob("jekyll-*"))
    return "jekyll@debian" if is_packaged or shutil.which("jekyll") is None else "jekyll"


TARGET = _target()


def install(folder: Path) -> None:
    """Nothing to do: Jekyll comes from the system's package (``apt-get install jekyll``)."""


def build(posts: dict[str, bytes], *, patient: bool = False) -> BuildResult:
    """Build posts, file name → bytes, placed as ``_posts/2021-12-02-NAME``."""
    with tempfile.TemporaryDirectory(prefix="newslint-jekyll-") as name:
        site = Path(name)
        for path, text in (
            ("_config.yml", _CONFIG),
            ("_layouts/page.html", _LAYOUT),
            ("_plugins/map.rb", _PLUGIN),
            *([("_plugins/patient.rb", _PATIENT)] if patient else []),
        ):
            _write(site / path, text.encode())
        for post, content in posts.items():
            _write(site / "_posts" / f"{DATE_PREFIX}{post}", content)
        exit_code, log = run([*COMMAND, "build"], site)
        written = site / ".map.json"
        places = json.loads(written.read_bytes()) if written.exists() else {}
        pages = {
            post: _page(Path(place))
            for post in posts
            if (place := places.get(f"_posts/{DATE_PREFIX}{post}")) and Path(place).is_file()
        }
        failed = failures(site, f"_posts/{DATE_PREFIX}")
    return BuildResult(exit_code, log, pages, failed)


_FILES = """require "json"
Jekyll::Hooks.register :site, :post_write do |site|
  files = {}
  put = lambda do |path, item|
    written = item.destination(site.dest)
    files[path.delete_prefix(Dir.pwd + "/")] = written.delete_prefix(site.dest + "/") if File.file?(written)
  end
  site.static_files.each { |file| put.(file.path, file) if file.write? }
  site.pages.each { |page| put.(site.in_source_dir(page.relative_path), page) unless page.relative_path.empty? }
  site.collections.each_value do |collection|
    collection.docs.each { |doc| put.(doc.path, doc) if doc.write? }
  end
  File.write(File.join(Dir.pwd, ".files.json"), JSON.generate(files))
end
"""
"""A plug-in of a site that tells where each of its source files is written to."""


def build_site(root: Path, plugins: str = "_plugins") -> tuple[int, str, dict[str, str]]:
    """Build a complete site in its folder: exit code, log, and where each source file was written.

    ``plugins`` is the folder from which the site loads plug-ins.
    """
    plugin = root / plugins / "zz_files.rb"
    _write(plugin, _FILES.encode())
    code, log = run([*COMMAND, "build", "--disable-disk-cache"], root)
    plugin.unlink()
    written = root / ".files.json"
    files = json.loads(written.read_bytes()) if written.is_file() else {}
    written.unlink(missing_ok=True)
    return code, log, files


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _page(path: Path) -> Page:
    html = path.read_bytes().decode("utf-8", "replace")
    categories = json.loads(cut_text(html, "categories") or "[]")
    # A post without the layout is its article alone.
    article = cut(html) if ARTICLE[0] in html else html
    return Page(
        title=cut_text(html, "title"),
        date=cut_text(html, "date"),
        categories=tuple(str(category) for category in categories),
        article=article,
        html=html,
    )
