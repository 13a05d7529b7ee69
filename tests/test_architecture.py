"""Imports go one way, the engine knows no rule, and only the command prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

import pytest

import newslint
from newslint.html.quick_scan import QuickScan

ENGINE = Path(__file__).parents[1] / "lint" / "newslint"
FOLDERS = (
    "core", "html", "generators", "post", "linter", "config", "files", "online", "runner",
    "reports", "lsp", "cli",
)  # fmt: skip
"""Each imports only from itself and from those before it."""
TOP = ("testing", "__init__", "__main__")
"""The files beside the folders: nothing in the folders imports them."""
ROW = {name: number for number, name in enumerate((*FOLDERS, *TOP))}
MODULES = sorted(ENGINE.rglob("*.py"))


def name_of(module: Path) -> str:
    """The dotted name of a file: `newslint.core.span`, and `newslint.core` of its __init__."""
    parts = module.relative_to(ENGINE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


NAMES = {name_of(module): module for module in MODULES}


def row_of(name: str) -> int:
    """The row of a module, by its dotted name; a name that is in no folder has no row."""
    return ROW[name.split(".")[1] if "." in name else "__init__"]


def imported_modules(module: Path, source: str | None = None) -> Iterator[tuple[str, int]]:
    """Every module of newslint that a file imports, wherever in it, with the line.

    Imports at the top, in functions and under TYPE_CHECKING count alike, relative ones too;
    ``from newslint.core import lazy`` imports `newslint.core.lazy`.
    """
    text = module.read_text(encoding="utf-8") if source is None else source
    name = name_of(module)
    package = name if module.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name in NAMES)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            parts = [*(parents if node.level else ()), *((node.module or "").split("."))]
            base = ".".join(filter(None, parts))
            for alias in node.names:
                full = f"{base}.{alias.name}"
                if full in NAMES or base in NAMES:
                    yield (full if full in NAMES else base), node.lineno


@cache
def graph() -> dict[str, dict[str, int]]:
    """The modules that each module imports, with the line of the first import."""
    found: dict[str, dict[str, int]] = {}
    for name, module in NAMES.items():
        found[name] = {}
        for other, line in imported_modules(module):
            if other != name:
                found[name].setdefault(other, line)
    return found


def wrong_arrows(module: Path, source: str | None = None) -> list[str]:
    """The imports of a file that run against the order of the folders."""
    own = name_of(module)
    return [
        f"{own}:{line} imports {other}"
        for other, line in imported_modules(module, source)
        if row_of(other) > row_of(own)
    ]


def circle(arrows: dict[str, dict[str, int]]) -> list[str]:
    """The names of a circle of imports; nothing where there is none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


def test_every_file_is_in_one_of_the_folders() -> None:
    assert {name.split(".")[1] for name in NAMES if "." in name} <= {*ROW}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_file_imports_only_from_its_own_folder_and_those_before_it(module: Path) -> None:
    assert wrong_arrows(module) == []


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle(graph()) == []


def arrows_within(package: str) -> dict[str, dict[str, int]]:
    """The imports between what is in one folder, each folder inside it taken as one."""

    def part(name: str) -> str | None:
        if name == package:
            return f"{package}.__init__"
        inside = name.startswith(f"{package}.")
        return ".".join(name.split(".")[: package.count(".") + 2]) if inside else None

    found: dict[str, dict[str, int]] = {}
    for name, others in graph().items():
        if own := part(name):
            known = found.setdefault(own, {})
            known |= {one: 1 for other in others if (one := part(other)) and one != own}
    return found


@pytest.mark.parametrize(
    "package", sorted(name for name, file in NAMES.items() if file.name == "__init__.py")
)
def test_no_folders_within_a_folder_import_each_other_in_a_circle(package: str) -> None:
    assert circle(arrows_within(package)) == []


@pytest.mark.parametrize(
    "source",
    [
        "from newslint.runner.pipeline import lint_files",
        "import newslint.runner.pipeline",
        "def inside():\n    from newslint.runner import pipeline",
        "if TYPE_CHECKING:\n    from newslint.runner.pipeline import lint_files",
        "from ..runner import pipeline",
        "from newslint import check_text",
    ],
)
def test_a_wrong_import_is_seen_in_whatever_form(source: str) -> None:
    assert wrong_arrows(ENGINE / "core" / "span.py", source)


def test_a_circle_is_seen() -> None:
    arrows = {**graph(), "newslint.core.span": {"newslint.core.finding": 1}}
    assert {"newslint.core.span", "newslint.core.finding"} <= {*circle(arrows)}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_the_engine_knows_no_rule(module: Path) -> None:
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert "newslint_rules" not in names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_only_the_command_prints_and_exits(module: Path) -> None:
    if name_of(module).split(".")[1:2] in (["cli"], ["__main__"]):
        return
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "exit", "sys.exit", "sys.stdout.write"), called


RULES = sorted((ENGINE.parents[1] / "rules" / "newslint_rules").rglob("*.py"))
SCAN = {name for name in vars(QuickScan([""])) if not name.startswith("_")} - {"names"}
"""What the quick scan of a body's tags knows: the choice between it and the tree is one place's."""


def private_imports(source: str) -> list[str]:
    """The names that a rule takes from newslint though they are not public."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names if alias.name.split(".")[0] == "newslint"]
            found += modules
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "newslint":
            names = [alias.name for alias in node.names]
            private = node.module != "newslint"
            found += [
                f"{node.module}.{name}" for name in names if private or name not in newslint.__all__
            ]
    return found


def private_attributes(source: str) -> list[str]:
    """What a rule takes from newslint's public modules though it is not public in them."""
    tree = ast.parse(source)
    modules = {
        alias.asname or alias.name: getattr(newslint, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "newslint"
        for alias in node.names
        if isinstance(getattr(newslint, alias.name, None), ModuleType)
    }
    return [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in modules and node.attr not in modules[node.value.id].__all__
    ]


@pytest.mark.parametrize("module", RULES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_built_in_rules_take_from_newslint_what_a_plug_in_may_take(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert private_imports(source) == []
    assert private_attributes(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "from newslint import linter",
        "import newslint",
        "import newslint.linter.rule as contract",
        "from newslint.linter.rule import Rule",
        "if TYPE_CHECKING:\n    from newslint.html.tree import Body",
        "def check():\n    from newslint import core",
    ],
)
def test_a_private_import_is_seen_in_whatever_form(source: str) -> None:
    assert private_imports(source)


def test_a_private_part_of_a_public_module_is_seen() -> None:
    assert private_attributes("from newslint import lazy\nlazy.re\nlazy.pattern") == ["lazy.re"]


@pytest.mark.parametrize("module", RULES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_no_rule_knows_how_the_html_of_a_post_was_read(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert used.isdisjoint({"structure", *SCAN})


def test_public_names_are_all_there() -> None:
    assert len({*newslint.__all__}) == len(newslint.__all__)
    assert {*newslint.__all__} <= {*dir(newslint)}
    for name in newslint.__all__:
        value = getattr(newslint, name)
        for public in value.__all__ if isinstance(value, ModuleType) else ():
            assert hasattr(value, public), f"{name}.{public}"


def test_a_name_that_is_not_public_is_not_found() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        newslint.nothing  # noqa: B018


LONGEST = 300
"""Lines of a module, above which it contains more than one thing."""


@pytest.mark.parametrize("module", [*MODULES, *RULES], ids=lambda path: path.stem)
def test_a_module_is_short_enough_to_be_read_at_once(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST
