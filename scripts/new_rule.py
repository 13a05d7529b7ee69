"""Creates the file of a new rule, ready to run: edit what it checks, its text and its examples.

    python scripts/new_rule.py HTML099 no-blink [--family markup]

The family is the folder below rules/newslint_rules. By default it is that of the rules whose code
begins with the same letters.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from newslint import Rule
from newslint.linter import registry

RULES = Path(__file__).parents[1] / "rules" / "newslint_rules"
TEMPLATE = '''\
"""{code}."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint import Bad, ElementRule, Finding, Good, Post, Severity

if TYPE_CHECKING:
    from lxml import etree


class {class_name}(ElementRule):
    """A `<blink>` element hides its text half of the time.

    Browsers no longer support the element, and readers may miss the text. Use a paragraph.
    """

    code, name, severity = "{code}", "{name}", Severity.WARNING
    tags = ("blink",)
    bad = [Bad("⟦<blink>⟧text</blink>")]
    good = [Good("<p>text</p>")]

    def check(self, element: etree._Element, post: Post) -> Iterator[Finding]:
        yield self.finding(post.span(element), "<blink> hides its text; use a paragraph")
'''


class UsageError(Exception):
    """Invalid arguments."""


def source(code: str, name: str) -> str:
    """Return the text of a new rule's file."""
    class_name = "".join(word.capitalize() for word in name.split("-"))
    return TEMPLATE.format(code=code, name=name, class_name=class_name)


def file_of(code: str, name: str, family: str | None, folder: Path = RULES) -> Path:
    """The path of a new rule's file.

    Raises UsageError where the code or name is malformed or taken, or the family is not known.
    """
    if not re.fullmatch(r"[A-Z]{2,8}[0-9]{3}", code):
        raise UsageError(f"{code!r} is no code: write 2 to 8 capital letters and 3 digits")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise UsageError(f"{name!r} is no name: write lower-case words joined by hyphens")
    rules = registry.rules().values()
    for rule in rules:
        if code == rule.code or name == rule.name:
            raise UsageError(f"{rule.code} {rule.name} exists: choose another code and name")
    families = sorted(path.parent.name for path in folder.glob("*/__init__.py"))
    family = family or _family(code, rules)
    if family not in families:
        raise UsageError(f"name the folder with --family: one of {', '.join(families)}")
    path = folder / family / f"{name.replace('-', '_')}.py"
    if path.exists():
        raise UsageError(f"{path} exists: choose another name")
    return path


def _family(code: str, rules: Iterable[type[Rule]]) -> str | None:
    """The folder of the built-in rules whose codes begin with the same letters."""
    letters = registry.family(code)
    for rule in rules:
        package, _, rest = rule.__module__.partition(".")
        if package == RULES.name and registry.family(rule.code) == letters:
            return rest.partition(".")[0]
    return None


def main() -> int:
    """Write the file, print its path and what to do next; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("code", help="such as HTML099")
    parser.add_argument("name", help="such as no-blink")
    parser.add_argument("--family", help="the folder of the rule")
    args = parser.parse_args()
    try:
        path = file_of(args.code, args.name, args.family)
    except UsageError as error:
        print(f"new_rule: {error}", file=sys.stderr)
        return 2
    path.write_text(source(args.code, args.name), encoding="utf-8")
    print(f"{path}\nnext: edit it, then run: pytest tests/rules/test_rules.py -k {args.code}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
