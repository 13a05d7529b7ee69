"""Makes docs/output.svg, the README's image: what newslint shows of the sample posts.

python docs/make_picture.py            write it
python docs/make_picture.py --check    say whether it differs, and exit 1
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

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
    return console.export_svg(title="newslint", unique_id="newslint") + "\n"


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
