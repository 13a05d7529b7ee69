"""The documentation: its links, its settings and its sample output are right."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

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
            # No one has the site of the example.
            text = re.sub(r'^model = "mysite.*$', "", block, flags=re.MULTILINE)
            (folder / "newslint.toml").write_text(text, encoding="utf-8")
            _ = Project(folder).settings(folder / "World" / "a.md").schema
    assert shown >= 5


def outline(readme: Path) -> list[dict[str, Any]]:
    """The sections of a README, without what depends on its language."""
    sections = re.split(r"^(?=##? )", readme.read_text(encoding="utf-8"), flags=re.MULTILINE)
    outlines: list[dict[str, Any]] = []
    for section in sections[1:]:
        prose = re.sub(r"^```.*?^```$", "", section, flags=re.MULTILINE | re.DOTALL)
        code = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        links = re.findall(r"\]\(([^)]+)\)", prose)
        outlines.append(
            {
                "level": section.partition(" ")[0],
                "code": [(name, lines_of_code(text)) for name, text in code if name != "text"],
                "samples": section.count("```text"),
                "rows": re.findall(r"^\| ([A-Z, ]+) \|", prose.replace("、", ", "), re.MULTILINE),
                "commands": sorted(
                    command.replace("--lang zh ", "")
                    for command in set(re.findall(r"`(newslint [^`]+)`", prose))
                ),
                "links": sorted(
                    link.replace("/zh/", "/") for link in links if "README" not in link
                ),
            }
        )
    return outlines


def lines_of_code(text: str) -> list[str]:
    """Lines of a code block, without comments, messages and the option for the language."""
    lines = [re.sub(r"\s+# .*", "", line).replace("--lang zh ", "") for line in text.splitlines()]
    return [line for line in lines if not line.startswith("message = ")]


def test_both_readmes_have_the_same_sections_commands_and_links_in_the_same_order() -> None:
    english, chinese = (outline(ROOT / name) for name in ("README.md", "README.zh-CN.md"))
    assert len(english) > 5
    assert sum(len(section["rows"]) for section in english) > 10
    assert chinese == english
