"""What may run code: the configuration, in the ways that docs/trust.md names; no post ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, Command

Write = Callable[..., Path]
TAGS = (
    '!!python/object/apply:os.system ["touch ran"]',
    "!!python/object/new:os.system [touch ran]",
    "!!python/name:os.system",
    "!!python/module:os",
    "!!python/object:newslint.Post {}",
    "!!js/function 'function () { }'",
    "!ruby/object:Gem::Installer {}",
    "!<tag:yaml.org,2002:python/object/apply:os.system> [touch ran]",
)


@pytest.mark.parametrize("target", ["hexo", "hexo@5", "jekyll", "hugo", "eleventy", "html"])
def test_no_tag_makes_an_object(
    newslint: Command, write: Write, tmp_path: Path, target: str
) -> None:
    for number, tag in enumerate(TAGS):
        write(f"{number}.md", CLEAN.replace("title: A title", f"title: {tag}\nx: [{tag}]"))
    done = newslint("--select", "ALL", "--target", target, "--fix", "--no-cache")
    assert done.returncode in (0, 1)
    assert "NL999" not in done.stdout
    assert not (tmp_path / "ran").exists()


def test_a_post_runs_none_of_its_templates(newslint: Command, write: Write, tmp_path: Path) -> None:
    write("a.md", CLEAN + "{{ range.constructor(\"require('fs').writeFileSync('ran','')\")() }}\n")
    newslint("--select", "ALL", "--fix", "--unsafe-fixes", "--no-cache")
    assert not (tmp_path / "ran").exists()


MODEL = "from pathlib import Path\nPath('ran').touch()\nfrom pydantic import BaseModel\n\n\nclass Post(BaseModel):\n    title: str\n"


@pytest.mark.parametrize("extend", [False, True])
def test_schema_model_runs_code_and_isolated_runs_none(
    newslint: Command, write: Write, tmp_path: Path, extend: bool
) -> None:
    write("site_models.py", MODEL)
    name = "base/base.toml" if extend else "newslint.toml"
    write(name, '[schema]\nmodel = "site_models:Post"\n')
    if extend:
        write("newslint.toml", 'extend = "base/base.toml"\n')
    write("a.md", CLEAN)
    newslint("--isolated", "--no-cache", PYTHONPATH=str(tmp_path))
    assert not (tmp_path / "ran").exists()
    newslint("--no-cache", PYTHONPATH=str(tmp_path))
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("module", ["yaml", "lxml", "evil", "click", "pydantic"])
def test_modules_of_the_linted_folder_are_not_imported(
    newslint: Command, write: Write, tmp_path: Path, module: str
) -> None:
    write(f"{module}.py", "from pathlib import Path\nPath('ran').touch()\ndef rules(): return []\n")
    write("evil-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    write("evil-1.dist-info/entry_points.txt", "[newslint.rules]\nevil = evil:rules\n")
    write("a.md", CLEAN)
    assert newslint("--isolated", "--no-cache", "--jobs", "2", ".").returncode == 0
    assert not (tmp_path / "ran").exists()


def test_the_docs_say_what_is_trusted() -> None:
    root = Path(__file__).parents[2]
    said = (root / "docs" / "trust.md").read_text(encoding="utf-8")
    assert all(word in said for word in ("schema.model", "plug-in", "extend", "--isolated"))
    assert "docs/trust.md" in (root / "README.md").read_text(encoding="utf-8")
