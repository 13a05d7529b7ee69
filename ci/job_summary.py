"""Writes the summary of a GitHub Actions job from the findings of a run.

    python ci/job_summary.py FINDINGS.json >> "$GITHUB_STEP_SUMMARY"

FINDINGS.json is written by ``newslint check --output-format json``. The summary is Markdown: what
the findings cost readers, then the first findings of each impact, the most severe impacts first.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

COSTS = {
    "build": "stop the build",
    "post": "are not published",
    "content": "lose text or images",
    "security": "run foreign script or track readers",
    "house": "have findings of house rules",
}
SHOWN = 20
"""Findings that are listed for each impact. GitHub drops a summary of more than 1 MiB."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


def summary(findings: Sequence[Mapping[str, Any]]) -> str:
    """The Markdown of some findings, as the format ``json`` has them."""
    lines = ["### newslint", ""]
    if not findings:
        return "\n".join([*lines, "No issues found.", ""])
    lines += ["| posts | | findings |", "| ---: | --- | ---: |"]
    groups = {impact: [one for one in findings if one["impact"] == impact] for impact in COSTS}
    for impact, ours in groups.items():
        if ours:
            posts = len({one["path"] for one in ours})
            lines.append(f"| {posts:,} | {COSTS[impact]} | {len(ours):,} |")
    for impact, ours in groups.items():
        if ours and impact != "house":
            lines += ["", f"#### Posts that {COSTS[impact]}", "", *_listed(ours)]
    return "\n".join([*lines, ""])


def _listed(findings: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for one in findings[:SHOWN]:
        place = _plain(f"{one['path']}:{one['start']['line']}")
        yield f"- {place}: [{one['code']}]({one['url']}) {_plain(one['message'])}"
    if len(findings) > SHOWN:
        yield f"- and {len(findings) - SHOWN:,} more"


def _plain(text: str) -> str:
    """Text of a post as it is: nothing in it is Markdown, HTML or a line of its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(summary(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
