"""What tests read: the corpus of posts, made archives, and what real generators did.

The corpus (``tests/corpus``) was written for these tests: a folder of a feed's posts and one site
for each generator. ``NEWSLINT_CORPUS`` may name a folder of further posts, for the tests that hold
for any post.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = HERE / "data"
CORPUS = HERE / "corpus"
MAKE_ARCHIVE = HERE.parent / "benchmarks" / "make_archive.py"
ENDINGS = (".md", ".markdown", ".html", ".htm")


@dataclass(frozen=True)
class Site:
    """A folder of the corpus, the generator that builds it, its preset, and where its posts are."""

    name: str
    target: str
    preset: str
    posts_folder: str = ""

    @property
    def root(self) -> Path:
        """The site's folder."""
        return CORPUS / self.name

    def posts(self) -> list[Path]:
        """The site's posts, sorted."""
        found = posts_below(self.root / self.posts_folder)
        assert found, f"no posts in {self.root}"
        return found


SITES = (
    Site("news", "hexo", "news"),
    Site("hexo", "hexo", "hexo", "source/_posts"),
    Site("jekyll", "jekyll", "jekyll", "_posts"),
    Site("hugo", "hugo", "hugo", "content/posts"),
    Site("eleventy", "eleventy", "eleventy", "posts"),
)
NEWS, HEXO, JEKYLL, HUGO, ELEVENTY = SITES
(FEED_POST,) = (CORPUS / "news/金融/云川财经/云川财经－国内").glob("*.md")
"""A post just as a pipeline from feeds to a site writes it, with all that comes along."""


def posts_below(folder: Path) -> list[Path]:
    """The files below a folder whose names end as posts' do, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS)


def corpus() -> list[Path]:
    """All posts of the corpus."""
    return [path for site in SITES for path in site.posts()]


def any_posts() -> list[Path]:
    """All posts of the corpus, and those in the folder that NEWSLINT_CORPUS names."""
    further = os.environ.get("NEWSLINT_CORPUS")
    return corpus() + (posts_below(Path(further)) if further else [])


@cache
def measured() -> list[dict[str, Any]]:
    """The measured table: a post a row, and by generator what became of it.

    `outcome` is ok, wrong, skipped, post-fails or site-fails; docs/generators.md has the method.
    ``eleventy_njk`` is Eleventy with Nunjucks for Markdown and HTML, which builds all but a few as
    with Liquid.
    """
    table: list[dict[str, Any]] = json.loads((DATA / "measured.json").read_bytes())
    by_nunjucks = json.loads((DATA / "eleventy_njk.json").read_bytes())
    for case in table:
        if "eleventy" in case:
            case["eleventy_njk"] = by_nunjucks.get(case["id"], case["eleventy"])
    return table


def make_archive(
    folder: Path, posts: int, defects: float, seed: int = 1
) -> dict[str, tuple[str, int]]:
    """Make an archive in a folder: code and line of each planted defect, by path below it."""
    command = [sys.executable, MAKE_ARCHIVE, folder, "--posts", str(posts)]
    command += ["--defects", str(defects), "--seed", str(seed)]
    subprocess.run(command, check=True)
    lines = folder.with_suffix(".labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    return {label["path"]: (label["code"], label["line"]) for label in labels}
