"""What the tests of both Liquids share: reading the measured cases, and the worst effect."""

from __future__ import annotations

import re
from collections.abc import Callable

import inputs

from newslint.generators.effects import Effect, TemplateProblem

_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.S | re.M)
OUTCOME = {
    None: "ok",
    Effect.EXECUTED: "wrong",
    Effect.CUT: "wrong",
    Effect.SITE_DIES: "site-fails",
}

Scan = Callable[[str], list[TemplateProblem]]


def worst(problems: list[TemplateProblem]) -> Effect | None:
    """The worst effect of all, None without problems."""
    return min((problem.effect for problem in problems), key=list(Effect).index, default=None)


def measured(generator: str) -> list[tuple[str, str, str]]:
    """Id, body and outcome of the cases with template syntax in the body."""
    found = []
    for case in inputs.measured():
        text = case["file"].get("text")
        body = _FRONT_MATTER.sub("", text) if text else ""
        if ("{{" in body or "{%" in body) and case.get(generator):
            found.append((case["id"], body, case[generator]["outcome"]))
    return found


HOSTILE = (
    "{{", "{%", "{{ ' \"", "{% x", "{{ x }}", "{% if x %}", "{% raw %}{% endraw {% ", "{% endif %}",
    "{% if page.x %}{% break %}", "{% comment %}{% endcomment %}", "{% liquid\n", '{{ "\\"',
)  # fmt: skip
"""Pieces that a slow scanner would go over again and again."""
HOSTILE_INSIDE = (
    "(",
    "[",
    "a ",
    "a|",
    "'",
    '"',
    ", ",
    " ",
    "\n",
    "and ",
    "a=b ",
    "..",
    "{{x|",
    "x: ",
)
"""The same for the inside of a tag."""
OPENERS = (
    "{{ ",
    "{% if ",
    "{% assign x = ",
    "{% include x ",
    "{% highlight ",
    "{% case ",
    "{% cycle ",
)


def hostile_texts(size: int) -> list[str]:
    """Every hostile text, about ``size`` characters long."""
    texts = [piece * (size // len(piece)) for piece in HOSTILE]
    for opener in OPENERS:
        end = "}}" if opener == "{{ " else "%}"
        texts += [opener + piece * (size // len(piece)) + end for piece in HOSTILE_INSIDE]
    return texts
