"""Where a Markdown renderer changes a post that is HTML (rules MD001 and MD002)."""

from __future__ import annotations

from typing import NamedTuple

from newslint.generators.markdown import code_fences
from newslint.generators.markdown.dialects import Dialect, dialect
from newslint.generators.markdown.raw_html import first_change, plain_lines


class Change(NamedTuple):
    """A piece of a post's HTML that the page shows otherwise.

    ``start`` and ``end`` are offsets in code points of the text that was given; ``detail`` says in
    a writer's words what becomes of it, without naming the generator. ``code`` is true
    where tags are shown as code (MD001), false for everything else (MD002). ``checked`` is false
    where the text was too long to be looked at.
    """

    start: int
    end: int
    detail: str
    code: bool = False
    checked: bool = True


def all_changes(text: str, target: str, version: int | None) -> tuple[Change, ...]:
    """Every change of a body, those of MD001 and of MD002, in order.

    Nothing for a target that renders no Markdown (``html``), nor for Markdown written by hand.
    """
    if target == "html":
        return ()
    if target == "jekyll":
        from newslint.generators.markdown.kramdown_grammar import is_clean

        if is_clean(text):
            return ()
    elif _is_verbatim(text, dialect(target, version), version):
        return ()
    from newslint.generators.markdown import compare

    return compare.compared(text, target, version)


def passes(text: str, target: str, version: int | None) -> bool:
    """Whether the page shows a body as its own HTML, be it HTML by intention or not."""
    rules = dialect(target, version)
    if rules is None:
        from newslint.generators.markdown import dom_equal, kramdown

        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        return target == "html" or dom_equal.same(plain, kramdown.render(plain).html)
    verbatim = first_change(plain_lines(text, rules), rules) is None
    return verbatim and not all_changes(text, target, version)


def _is_verbatim(text: str, rules: Dialect | None, version: int | None) -> bool:
    """The quick and cautious test: raw HTML from the first line to the last."""
    if rules is None:
        return True
    plain = plain_lines(text, rules)
    if first_change(plain, rules) is not None:
        return False
    if rules.marked:
        return not code_fences.may_have_fence(plain) and ("\t" not in plain or version in (None, 8))
    return "\0" not in plain and "<pre" not in plain and "<textarea" not in plain
