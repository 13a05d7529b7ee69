"""A real browser for the tests that hold a rule against one."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=20000",
    "--dump-dom",
]


@pytest.fixture
def browser(tmp_path: Path) -> Callable[[str, Any], Any]:
    """Run the body of an async JavaScript function, which gets ``data`` and returns a value."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")

    def run(script: str, data: Any) -> Any:
        page = tmp_path / "page.html"
        literal = json.dumps(data).replace("<", "\\u003c")
        page.write_text(
            "<!DOCTYPE html><meta charset=utf-8><pre id=out></pre><script>"
            f"(async data => {{{script}}})({literal}).then(value => "
            "document.getElementById('out').textContent = 'done:' + JSON.stringify(value),"
            "error => document.getElementById('out').textContent = String(error))</script>",
            encoding="utf-8",
        )
        command = [program, *OPTIONS, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        out = re.search(r'<pre id="out">done:(.*?)</pre>', done.stdout, re.DOTALL)
        assert out, (done.stdout[-2000:], done.stderr[-2000:])
        return json.loads(html.unescape(out[1]))

    return run
