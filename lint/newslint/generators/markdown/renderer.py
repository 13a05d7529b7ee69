"""A body as the Markdown renderer of a target writes it."""

from __future__ import annotations

from newslint.generators.markdown import kramdown
from newslint.generators.markdown.blocks import full_parser, is_too_long
from newslint.generators.markdown.dialects import dialect
from newslint.generators.markdown.raw_html import first_change, output
from newslint.generators.target import Version


def render(text: str, target: str, version: Version | None = None) -> str:
    """Render a Markdown body: exact for raw HTML, close for prose (raw with kramdown).

    A target without Markdown, and a text over the limits of `blocks`, come back as they are.
    """
    if target == "html" or is_too_long(text):
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rules = dialect(target, version)
    if rules is None:
        return kramdown.render(plain).html
    if first_change(plain, rules) is None:
        written = output(plain, rules, version)
        return written.replace("\0", "\ufffd") if rules.nul_shown else written
    return str(full_parser(rules).render(plain))
