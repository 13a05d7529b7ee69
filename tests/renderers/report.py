"""Prints the tables of docs/truth.md, measured with the generators that are installed.

    python tests/renderers/report.py --posts 1000 --seed 1
    python tests/renderers/report.py --posts 1000 --seed 1 --target eleventy@2

A generator that is not installed is named on standard error and left out. ``proof.py`` shows the posts
after the figures.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    __package__ = "renderers"

from renderers.generators import BUILDS, available
from renderers.proof import Tally, prove

HEAD = (
    "| target | lost or build stopped | missed | reported | false | wrongly built | detected |",
    "| --- | --- | --- | --- | --- | --- | --- |",
)
RULE_HEAD = ("| rule | missed | false |", "| --- | --- | --- |")


def row(target: str, tally: Tally) -> str:
    """The row of a target: the columns of `HEAD`."""
    cells = (
        f"`{target}`", tally.fatal, tally.fatal_missed, tally.accused_posts,
        f"{tally.false_posts} ({tally.false_share:.2%})", tally.spoilt_without_error,
        f"{tally.heard:.1%}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def rule_rows(tallies: Sequence[Tally]) -> Iterator[str]:
    """The rows of the rules that missed a post or reported one falsely, over all targets."""
    missed, spoke, accused, false = (
        sum((getattr(one, name) for one in tallies), Counter[str]())
        for name in ("missed", "spoke", "accused", "false")
    )
    for code in sorted(missed.keys() | false.keys()):
        share = _share(false[code], accused[code]) if accused[code] else "—"
        yield f"| {code} | {_share(missed[code], missed[code] + spoke[code])} | {share} |"


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / (whole or 1):.1%})"


def main() -> int:
    """The exit code: 1 where no generator is installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", choices=BUILDS)
    parser.add_argument("--jobs", type=int, default=2, help="sites that are built at once")
    chosen = parser.parse_args()
    tallies = []
    print("\n".join(HEAD), flush=True)
    for target in chosen.target or BUILDS:
        if reason := available(target):
            print(f"{target}: left out: {reason}", file=sys.stderr)
            continue
        tallies.append(prove(target, chosen.seed, chosen.posts, jobs=chosen.jobs))
        print(row(target, tallies[-1]), flush=True)
    print("\n".join(("", *RULE_HEAD, *rule_rows(tallies))))
    return int(not tallies)


if __name__ == "__main__":
    raise SystemExit(main())
