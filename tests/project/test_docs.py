"""The documentation: its links, its settings and its sample output are right."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_sample_output_is_what_newslint_prints() -> None:
    done = subprocess.run(
        [sys.executable, "docs/make.py", "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[:3000] + done.stderr


def test_every_link_inside_the_documentation_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(pages) > 5
    for page in pages:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        text = re.sub(r"`[^`\n]*`", "", text)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.fullmatch(r"rules/\w+\.md", target):
                continue  # docs/hooks.py makes it; `mkdocs build --strict` checks it
            if not re.match(r"[a-z]+:|#", target):
                assert (page.parent / target.partition("#")[0]).exists(), (page.name, target)


def test_every_configuration_that_the_documentation_shows_is_right(tmp_path: Path) -> None:
    from newslint.config.project import Project

    shown = 0
    for page in (ROOT / "README.md", ROOT / "docs" / "configuration.md"):
        for block in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            shown += 1
            folder = tmp_path / str(shown)
            folder.mkdir()
            # Nobody has the site of the example.
            text = re.sub(r'^model = "mysite.*$', "", block, flags=re.MULTILINE)
            (folder / "newslint.toml").write_text(text, encoding="utf-8")
            _ = Project(folder).settings(folder / "World" / "a.md").schema
    assert shown >= 5
