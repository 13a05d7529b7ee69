"""The documentation site: it builds without a warning, and its image is of real output."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from inputs import measured
from rich.cells import cell_len

from newslint.config.json_schema import SCHEMA_URL, config_schema
from newslint.core.language import Language
from newslint.linter import registry, rule_docs

ROOT = Path(__file__).parents[2]


def test_the_picture_is_what_newslint_shows() -> None:
    command = [sys.executable, "docs/make_picture.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wide_characters_of_the_picture_have_two_cells_each() -> None:
    svg = (ROOT / "docs" / "output.svg").read_text(encoding="utf-8")
    texts = re.findall(r'<text [^>]*x="([^"]+)" y="([^"]+)" textLength="([^"]+)"[^>]*>(.+?)<', svg)
    assert len(texts) > 100
    cell, end, wide = 12.2, (0.0, ""), 0
    for x, y, length, shown in texts:
        shown = html.unescape(shown)
        assert float(length) == pytest.approx(cell_len(shown) * cell, abs=0.01), shown
        assert y != end[1] or float(x) >= end[0] - 0.01, f"{shown} covers what is before it"
        end = float(x) + float(length), y
        wide += cell_len(shown) > len(shown)
    assert wide > 5


def test_the_picture_asks_no_other_host_for_anything() -> None:
    svg = (ROOT / "docs" / "output.svg").read_text(encoding="utf-8")
    assert "url(http" not in svg.replace('"', "")
    assert "@font-face" not in svg


def headings(page: str) -> list[str]:
    """The headings of a built page, as readers see them."""
    found = re.findall(r"<h2[^>]*>(.*?)<a class=\"headerlink", page, re.DOTALL)
    return [html.unescape(re.sub("<.*?>", "", heading)) for heading in found]


@pytest.mark.skipif(find_spec("material") is None, reason="the extra docs is not installed")
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", tmp_path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    published = json.loads((tmp_path / SCHEMA_URL.rpartition("/")[2]).read_text(encoding="utf-8"))
    assert published == config_schema(), "what `newslint init` tells editors to read"
    for page in ("index.html", "configuration/index.html", "rules/index.html"):
        assert (tmp_path / page).is_file()
    for code, rule in registry.rules().items():
        if rule.__module__.startswith("newslint_rules"):
            page = (tmp_path / "rules" / code / "index.html").read_text(encoding="utf-8")
            assert rule.name in page
            good = [one for one in headings(page) if one.startswith("Good")]
            assert len(good) == len(set(good)), "which of them is meant?"
            chinese = (tmp_path / "zh" / "rules" / code / "index.html").read_text(encoding="utf-8")
            assert rule.name in chinese
            summary = rule_docs.summary(rule, Language("zh"))
            assert re.sub("<.*?>|`", "", html.escape(summary, quote=False)) in re.sub(
                "<.*?>", "", chinese
            )
    image = (tmp_path / "rules" / "IMG001" / "index.html").read_text(encoding="utf-8")
    assert any("write <img … referrerpolicy=" in one for one in headings(image))
    style = (tmp_path / "rules" / "STY001" / "index.html").read_text(encoding="utf-8")
    assert any("house rules require &#123;, with" in one for one in headings(style))
    for language in ("", "zh/"):
        index = (tmp_path / f"{language}rules" / "index.html").read_text(encoding="utf-8")
        assert all(f'"{code}/"' in index for code in registry.rules())
    table = (tmp_path / "generators" / "index.html").read_text(encoding="utf-8")
    for row in measured():
        assert f"<code>{row['id'].partition('.')[0]}</code>" in table
    assert "<!-- measured" not in table


def test_no_page_of_a_rule_is_kept_in_the_repository() -> None:
    """A page that is made at the build cannot be out of date, and a new rule needs none."""
    assert not (ROOT / "docs" / "rules").exists()
