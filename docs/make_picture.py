"""Makes docs/output.svg, the README's image: what newslint shows of the sample posts.

python docs/make_picture.py            write it
python docs/make_picture.py --check    say whether it differs, and exit 1
"""

from __future__ import annotations

import argparse
import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "output.svg"
WIDTH = 84
"""Cells: the widest line of the samples and a little more."""


def output() -> str:
    """What ``newslint examples/posts`` shows on a terminal with colours."""
    command = [sys.executable, "-m", "newslint", "examples/posts", "--output-format", "full"]
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONUTF8": "1"}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        [*command, "--isolated", "--color", "always"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode != 1:
        raise SystemExit(done.stderr.decode() or "the samples have no findings")
    return done.stdout.decode()


def picture() -> str:
    """The output as an SVG; the same bytes for the same output."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ newslint examples/posts", style="bold"))
    console.print(Text.from_ansi(output()), soft_wrap=True)
    return _by_cells(console.export_svg(title="newslint", unique_id="newslint")) + "\n"


TEXT = re.compile(r'<text class="(.+?)" x="(.+?)" y="(.+?)" textLength="(.+?)" (.+?)>(.+?)</text>')
CELL = 12.2
"""The width of a cell that Rich's SVG has, in pixels."""
FONTS = re.compile(r"\s*@font-face \{[^}]*\}|\s*font-variant-east-asian: full-width;")
"""Fonts of another host, and a style that doubles the width of Latin letters in fonts for CJK."""


def _by_cells(svg: str) -> str:
    """Place narrow and wide characters each by their cells: Rich counts one cell for each."""
    return TEXT.sub(_runs, FONTS.sub("", svg))


def _runs(found: re.Match[str]) -> str:
    style, x, y, _, clip, text = found.groups()
    start, shown = float(x), []
    # A font may have wide characters of less than two cells: each has a place of its own.
    for part in _parts(html.unescape(text)):
        width = cell_len(part) * CELL
        escaped = html.escape(part, quote=False)
        shown.append(
            f'<text class="{style}" x="{start:g}" y="{y}" textLength="{width:g}" {clip}>'
            f"{escaped}</text>"
        )
        start += width
    return "".join(shown)


def _parts(text: str) -> Iterator[str]:
    """Split a text into its wide characters and the runs of narrow ones between them."""
    for is_wide, run in groupby(text, key=lambda sign: cell_len(sign) > 1):
        if is_wide:
            yield from run
        else:
            yield "".join(run)


def main() -> int:
    """Write or compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    wanted = picture()
    if parser.parse_args().check:
        same = PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == wanted
        if not same:
            sys.stdout.write("docs/output.svg is not what newslint shows: make it anew\n")
        return int(not same)
    PICTURE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
