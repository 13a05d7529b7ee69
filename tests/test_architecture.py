"""Imports go one way, the engine knows no rule, and only the command prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1] / "lint" / "newslint"
LAYERS = (
    (
        "span",
        "errors",
        "plugins",
        "escape",
        "options",
        "lazy",
        "executors",
        "limits",
        "deadline",
        "database",
        "message",
        "patterns",
        "lesson",
        "versions",
        "cluster",
    ),
    (
        "finding",
        "tally",
        "language",
        "source",
        "markup",
        "reading",
        "writing",
        "fingerprint",
        "changes",
        "online",
        "preview",
    ),
    ("stores", "remote", "content_model"),
    ("targets",),
    ("entries", "fence", "toml_entries", "yaml_loader", "body", "problem"),
    ("header", "open_elements", "nesting", "prose_tags", "structure", "schema"),
    ("post", "written", "rule"),
    ("archive", "suppress", "registry"),
    ("engine", "overflow", "profile"),
    ("fix", "diff", "testing", "silencing", "suppression_comments"),
    ("docs", "custom", "xpath_check"),
    ("config",),
    ("exclusion", "discovery", "listing"),
    ("stored", "stamps", "judges", "cache", "parts"),
    ("baseline", "sieve", "asking"),
    ("linting",),
    ("fixing", "together"),
    ("runner", "timing"),
    ("learning",),
    ("watching", "glance"),
    ("output",),
    ("api",),
    ("server",),
    ("cli",),
    ("__init__", "__main__"),
)
"""The parts of the engine; one may import those of its own row and of the rows above it."""
ROW = {name: number for number, names in enumerate(LAYERS) for name in names}
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
    known = {part_of(other) for other in MODULES}
    assert part in ROW, f"{part} has no place among the layers"
    for name, only_types in imports(module):
        pieces = name.split(".")
        if pieces[0] == "newslint" and len(pieces) > 1 and pieces[1] in known and not only_types:
            assert ROW.get(pieces[1], 0) <= ROW[part], f"{part} imports {name}"


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
