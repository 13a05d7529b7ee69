"""What the generators' Markdown renderers make of a post's body.

`code_spans` finds the code of a Markdown text. `html_blocks_as_code` (MD001) and `changed`
(MD002) find where a post that is HTML is shown otherwise than it was written. `render` is
a model of the renderers, for tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newslint.generators.markdown.change import Change
from newslint.generators.markdown.changes import all_changes
from newslint.generators.markdown.indented_html import CodeBlock, html_blocks_as_code
from newslint.generators.target import Version

if TYPE_CHECKING:
    from newslint.core.span import Span
    from newslint.generators.markdown.accident import Accident
    from newslint.generators.markdown.definitions import Dropped
    from newslint.generators.markdown.raw_html_loss import HtmlLoss
    from newslint.generators.markdown.repairs import Repair
    from newslint.generators.markdown.unrendered import Unrendered

__all__ = [
    "Change",
    "CodeBlock",
    "all_changes",
    "changed",
    "code_spans",
    "find_accidents",
    "find_dropped",
    "find_losses",
    "find_lost_cells",
    "find_repairs",
    "find_unrendered",
    "html_blocks_as_code",
    "is_too_long",
    "normal_label",
    "render",
    "tags_as_text",
    "tags_closed",
]


def code_spans(text: str, target: str = "") -> Sequence[Span]:
    """Return where the code of a Markdown body is; see `newslint.generators.markdown.find_code`."""
    from newslint.generators.markdown import find_code

    return find_code.code_spans(text, target)


def is_too_long(text: str) -> bool:
    """Return whether a text is not looked at; see `newslint.generators.markdown.blocks`."""
    from newslint.generators.markdown import blocks

    return blocks.is_too_long(text)


def normal_label(label: str) -> str:
    """Return a label as Markdown compares it with that of a definition (``[Label]: /url``)."""
    from newslint.generators.markdown import definitions

    return definitions.normal_label(label)


def tags_as_text(text: str, code: Sequence[tuple[int, int]], target: str) -> frozenset[int]:
    """Return where the start tags are that a target shows as text, as their source is.

    ``code`` are the spans of the text that are code. kramdown prints block elements within a line
    of text.
    """
    if target != "jekyll":
        return frozenset()
    from newslint.generators.markdown import kramdown_span_tags

    return kramdown_span_tags.printed_starts(text, code)


def tags_closed(
    text: str, code: Sequence[tuple[int, int]], target: str, version: Version | None = None
) -> frozenset[int]:
    """Return where start tags are whose elements end with their paragraph without an end tag."""
    from newslint.generators.markdown.closed_tags import closed_starts
    from newslint.generators.markdown.dialects import dialect

    return closed_starts(text, code, dialect(target, version))


def find_repairs(
    text: str, changes: Sequence[Change], target: str, version: Version | None = None
) -> Sequence[Repair]:
    """Return the edits that repair changes; see `newslint.generators.markdown.repairs`."""
    from newslint.generators.markdown.repairs import repairs

    return repairs(text, changes, target, version)


def find_accidents(text: str, target: str, version: Version | None = None) -> list[Accident]:
    """Text that becomes markup (MD003); see `newslint.generators.markdown.accidents`."""
    from newslint.generators.markdown.accidents import accidents

    return accidents(text, target, version)


def find_lost_cells(
    text: str, target: str, version: Version | None = None
) -> Iterator[tuple[int, int, int]]:
    """Cells that no page shows (MD004); see `newslint.generators.markdown.lost_cells`."""
    from newslint.generators.markdown.lost_cells import lost_cells

    return lost_cells(text, target, version)


def find_unrendered(
    text: str,
    target: str,
    version: Version | None = None,
    inner: Sequence[tuple[int, int]] = (),
) -> list[Unrendered]:
    """Markdown shown as source (MD005); see `newslint.generators.markdown.unrendered`."""
    from newslint.generators.markdown.unrendered import unrendered

    return unrendered(text, target, version, inner)


def find_dropped(text: str, target: str) -> list[Dropped]:
    """Lines taken for definitions (MD006); see `newslint.generators.markdown.definitions`."""
    from newslint.generators.markdown.definitions import dropped

    return dropped(text, target)


def render(text: str, target: str, version: Version | None = None) -> str:
    """Return a Markdown body as a target writes it; see `newslint.generators.markdown.renderer`."""
    from newslint.generators.markdown import renderer

    return renderer.render(text, target, version)


def changed(html_body: str, target: str, version: Version | None = None) -> list[Change]:
    """Where the Markdown renderer of a target gives another page than the HTML itself (MD002).

    ``html_body`` is the text after the front matter; ``target`` and ``version`` as in
    `newslint.generators.Target` (no version: the newest). Text that is Markdown by intention
    gives nothing. What becomes code is MD001's (`html_blocks_as_code`).
    """
    return [c for c in all_changes(html_body, target, version) if not c.code]


def find_losses(
    text: str, target: str = "hugo", version: Version | None = None
) -> Iterator[HtmlLoss]:
    """The HTML that goldmark leaves out, or that markdown-it prints (HTML014).

    See `newslint.generators.markdown.raw_html_loss`.
    """
    from newslint.generators.markdown import raw_html_loss

    if target == "hugo":
        return raw_html_loss.find_losses(text, version)
    return raw_html_loss.find_printed(text, target)
