"""Where a Markdown renderer changes a post that is HTML (rules MD001 and MD002)."""

from __future__ import annotations

from newslint.generators.markdown import code_fences
from newslint.generators.markdown.change import Change
from newslint.generators.markdown.dialects import Dialect, dialect
from newslint.generators.markdown.raw_html import first_change, plain_lines
from newslint.generators.target import Version, major


def all_changes(text: str, target: str, version: Version | None) -> tuple[Change, ...]:
    """Return every change of a body, those of MD001 and of MD002, in order.

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


def passes(text: str, target: str, version: Version | None) -> bool:
    """Return whether the page shows a body as its own HTML, be it HTML by intention or not."""
    rules = dialect(target, version)
    if rules is None:
        from newslint.generators.markdown import dom_equal, kramdown

        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        return target == "html" or dom_equal.same(plain, kramdown.render(plain).html)
    verbatim = first_change(plain_lines(text, rules), rules) is None
    return verbatim and not all_changes(text, target, version)


def _is_verbatim(text: str, rules: Dialect | None, version: Version | None) -> bool:
    """Return the quick and cautious test: raw HTML from the first line to the last."""
    if rules is None:
        return True
    plain = plain_lines(text, rules)
    if first_change(plain, rules) is not None:
        return False
    if rules.hexo and code_fences.may_have_fence(plain):
        return False
    if rules.marked:
        return "\t" not in plain or major(version) in (None, 8)
    return "\0" not in plain and "<pre" not in plain and "<textarea" not in plain
