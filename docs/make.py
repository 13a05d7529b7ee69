"""Writes the sample output in README.md and README.zh-CN.md: what newslint prints today.

python docs/make.py            write it
python docs/make.py --check    print the differences; exit code 1 if there are any
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = re.compile(r"(<!-- sample-output -->\n```text\n).*?(```\n)", re.DOTALL)


def pages() -> Iterator[tuple[Path, str]]:
    """Each README and what it should hold."""
    for name, language in (("README.md", "en"), ("README.zh-CN.md", "zh")):
        readme, sample = ROOT / name, sample_output(language)
        text = readme.read_text(encoding="utf-8")
        yield readme, SAMPLE.sub(lambda found, sample=sample: found[1] + sample + found[2], text)


def sample_output(language: str) -> str:
    """What ``newslint examples/posts`` shows on a terminal of 80 cells, without colour."""
    command = [sys.executable, "-m", "newslint", "examples/posts", "--output-format", "full"]
    command += ["--lang", language]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        [*command, "--isolated"], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    return done.stdout.decode()


def main() -> int:
    """Write or compare; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    different = False
    for path, text in pages():
        old = path.read_text(encoding="utf-8")
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif old != text:
            different = True
            lines = old.splitlines(), text.splitlines()
            diff = difflib.unified_diff(*lines, path.name, "newslint's output", lineterm="")
            sys.stdout.write("\n".join(diff) + "\n")
    return int(different)


if __name__ == "__main__":
    raise SystemExit(main())
