"""Imports go one way, the engine knows no rule, and only the command prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1] / "lint" / "newslint"
FOLDERS = (
    "core", "html", "generators", "post", "linter", "config", "files", "online", "runner",
    "reports", "lsp", "cli", "testing", "__init__", "__main__",
)  # fmt: skip
"""The parts of the engine; each may import from those before it, and from itself."""
WRONG = {
    ("config", "files"), ("config", "online"), ("html", "generators"), ("linter", "files"),
    ("linter", "testing"), ("online", "runner"),
}  # fmt: skip
"""Arrows that still run the wrong way: to be cut, none to be added."""
ROW = {name: number for number, name in enumerate(FOLDERS)}
MODULES = sorted(ENGINE.rglob("*.py"))


def part_of(module: Path) -> str:
    first = module.relative_to(ENGINE).parts[0]
    return first.removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[str, bool]]:
    """The imported modules, and whether only for types."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            yield name, node in for_types


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_imports_go_one_way(module: Path) -> None:
    part = part_of(module)
    assert part in ROW, f"{part} has no place among the folders"
    for name, only_types in imports(module):
        pieces = name.split(".")
        if pieces[0] == "newslint" and len(pieces) > 1 and pieces[1] in ROW and not only_types:
            arrow = (part, pieces[1])
            assert ROW[pieces[1]] <= ROW[part] or arrow in WRONG, f"{part} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_the_engine_knows_no_rule(module: Path) -> None:
    assert not [name for name, _ in imports(module) if name.split(".")[0] == "newslint_rules"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_only_the_command_prints_and_exits(module: Path) -> None:
    if part_of(module) in ("cli", "__main__"):
        return
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "exit", "sys.exit", "sys.stdout.write"), called
