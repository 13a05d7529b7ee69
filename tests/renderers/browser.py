"""What readers see of a page in Chromium: the text, and the images that it chooses."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--virtual-time-budget=20000",
    "--dump-dom",
]
_NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"
_LOOK = """
const seen = [];
for (const page of data) {
  const frame = document.createElement('iframe');
  const loaded = new Promise(done => frame.addEventListener('load', done));
  frame.srcdoc = page;
  document.body.append(frame);
  await loaded;
  const inner = frame.contentDocument;
  const images = [...inner.images].map(one => one.currentSrc || one.src);
  seen.push([inner.body.innerText, images]);
  frame.remove();
}
return seen;
"""


class Seen(NamedTuple):
    """The text of a page, white space as one space, and the URLs of its images."""

    text: str
    images: tuple[str, ...]


def look_at(pages: Sequence[str]) -> list[Seen]:
    """Open complete pages, one after the other, without a network."""
    assert PROGRAM is not None
    literal = json.dumps(list(pages)).replace("<", "\\u003c")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(
            "<!DOCTYPE html><meta charset=utf-8><body><pre id=out></pre><script>"
            f"(async data => {{{_LOOK}}})({literal}).then(value => "
            "document.getElementById('out').textContent = 'done:' + JSON.stringify(value),"
            "error => document.getElementById('out').textContent = String(error))</script>",
            encoding="utf-8",
        )
        profile = f"--user-data-dir={Path(folder, 'profile')}"
        command = [PROGRAM, *_OPTIONS, _NO_NETWORK, profile, page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    out = re.search(r'<pre id="out">done:(.*?)</pre>', done.stdout, re.DOTALL)
    assert out, (done.stdout[-2000:], done.stderr[-2000:])
    found = json.loads(html.unescape(out[1]))
    return [Seen(" ".join(text.split()), tuple(images)) for text, images in found]
