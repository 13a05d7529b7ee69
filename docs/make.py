"""Makes what is made from the rules: the pages under docs/rules, and the README's sample output.

python docs/make.py            write them
python docs/make.py --check    say what differs, and exit 1
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

from newslint.linter import registry, rule_docs

ROOT = Path(__file__).parents[1]
SAMPLE = re.compile(r"(<!-- sample-output -->\n```text\n).*?(```\n)", re.DOTALL)
NOTE = "<!-- Made by docs/make.py from the rule itself: change the rule, not this page. -->\n\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Each made file and what it should hold."""
    rules = registry.rules().values()
    built_in = [rule for rule in rules if rule.__module__.startswith("newslint_rules")]
    for rule in built_in:
        yield ROOT / "docs" / "rules" / f"{rule.code}.md", NOTE + rule_docs.page(rule)
    yield ROOT / "docs" / "rules" / "index.md", NOTE + rule_docs.index(built_in)
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
    wanted = dict(pages())
    different = 0
    for path, text in wanted.items():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == text:
            continue
        different += 1
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            continue
        name = str(path.relative_to(ROOT))
        diff = difflib.unified_diff(old.splitlines(), text.splitlines(), name, "made", lineterm="")
        sys.stdout.write("\n".join(diff) + "\n")
    for orphan in set((ROOT / "docs" / "rules").glob("*.md")) - set(wanted):
        different += 1
        sys.stdout.write(f"{orphan.relative_to(ROOT)} is no rule's page\n")
        if not check:
            orphan.unlink()
    return int(check and different > 0)


if __name__ == "__main__":
    raise SystemExit(main())
