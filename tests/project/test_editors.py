"""The VS Code extension: it builds to a .vsix, and what it starts tells what the command finds."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[2] / "editors" / "vscode"
OFFLINE = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ENETUNREACH", "ECONNRESET")
POST = """---
title: "雪 𝔘"
categories: [World]
headimg: https://a.example/1.jpg
author: Li
comments: true
date: 2021-12-02 10:00:00
thumbnail: https://a.example/1.jpg
---
<p>𝔘 <img src="https://n.sinaimg.cn/1.jpg" alt=""></p>
<p>责任编辑：刘万里</p>
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension, built in a folder of its own."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("the VS Code extension is not built: npm is missing")
    folder = tmp_path_factory.mktemp("vscode") / "newslint"
    leave_out = shutil.ignore_patterns("node_modules", "out", "*.vsix", "package-lock.json")
    shutil.copytree(EXTENSION, folder, ignore=leave_out)
    install = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and any(word in done.stderr for word in OFFLINE):
        pytest.skip("the VS Code extension is not built: npm reaches no registry")
    assert done.returncode == 0, done.stderr
    package = ["npm", "run", "package"]
    done = subprocess.run(package, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_extension_builds_to_a_vsix_that_holds_all_it_needs(built: Path) -> None:
    with zipfile.ZipFile(built / "newslint.vsix") as vsix:
        names = set(vsix.namelist())
        manifest = json.loads(vsix.read("extension/package.json"))
        program = vsix.read("extension/" + manifest["main"].removeprefix("./"))
    assert {"extension/LICENSE.txt", "extension/readme.md"} <= names
    assert "extension/" + manifest["icon"] in names
    assert manifest["keywords"] and manifest["categories"] and manifest["homepage"]
    steps = [step for one in manifest["contributes"]["walkthroughs"] for step in one["steps"]]
    assert len(steps) == 4
    assert {"extension/" + step["media"]["markdown"] for step in steps} <= names
    known = {command["command"] for command in manifest["contributes"]["commands"]}
    asked = re.findall(r"command:(newslint\.\w+)", json.dumps(steps))
    assert asked and set(asked) <= known
    # Each command and the status are in the program, not in the manifest alone.
    assert all(f'registerCommand("{one}"'.encode() in program for one in known)
    assert b"createLanguageStatusItem" in program
    assert not [name for name in names if "node_modules" in name or "/src/" in name]
    # The client library is inside: only VS Code itself and Node are asked for.
    assert b'require("vscode")' in program
    assert b'require("vscode-languageclient' not in program


def test_what_the_extension_starts_tells_what_the_command_finds(
    built: Path, tmp_path: Path
) -> None:
    site = tmp_path / "网站 site"
    newslint = site / ".venv" / "bin" / "newslint"
    newslint.parent.mkdir(parents=True)
    newslint.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n')
    newslint.chmod(0o755)
    (site / "a b.md").write_text(POST, encoding="utf-8")
    done = subprocess.run(
        ["node", built / "test" / "drive.cjs", site, "a b.md"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (found,) = told["diagnostics"]
    assert found["code"] == "IMG001"
    assert found["range"]["start"] == {"line": 9, "character": 6}


def test_the_license_that_the_extension_carries_is_the_project_s() -> None:
    root = Path(__file__).parents[2]
    assert (EXTENSION / "LICENSE").read_bytes() == (root / "LICENSE").read_bytes()
