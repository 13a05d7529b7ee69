"""Findings with source line, carets and fix, for terminals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from newslint.core.escaping import plain
from newslint.core.finding import Safety, Severity
from newslint.core.messages import msg
from newslint.core.report import Diagnostic, Excerpt, FileReport, Preview
from newslint.reports import Context, shows_fixes
from newslint.reports.fix_diff import CUT, TAB, fix_lines
from newslint.reports.wording import mark, summary
from newslint.reports.wrapping import wrapped

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_LEAST_WIDTH = 40
"""Minimum number of cells for a source line."""


@shows_fixes
def render(reports: Iterable[FileReport], context: Context) -> Iterator[str]:
    """Yield a block for each finding, then the summary."""
    console = make_console(context)
    for report in reports:
        for diagnostic in report.diagnostics:
            yield drawn(console, *_block(report.path, diagnostic, context))
    if not context.quiet:
        yield drawn(console, *summary_lines(context))


def summary_lines(context: Context) -> Iterator[Text]:
    """Yield the summary, wrapped between words at the width of the terminal."""
    for line in wrapped(context.language.translate(summary(context.tally)), context.width):
        yield Text(line, style="bold")


def make_console(context: Context) -> Console:
    """Return a console that renders to a text: no markup, no emoji, no terminal detection."""
    return Console(
        force_terminal=context.color,
        color_system="standard" if context.color else None,
        width=context.width,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def drawn(console: Console, *lines: Text) -> str:
    """Return lines as text, with colour codes if the console has colours."""
    with console.capture() as capture:
        for line in lines:
            console.print(line, soft_wrap=True)
    return capture.get()


def _block(path: str, diagnostic: Diagnostic, context: Context) -> Iterator[Text]:
    finding, start = diagnostic.finding, diagnostic.start
    width, translate = context.width, context.language.translate
    head = Text(plain(path), style="bold")
    head.append(f":{start.line}:{start.column}: ", style="cyan")
    head.append(f"{translate(finding.severity.value)} ", style=STYLES[finding.severity])
    head.append(finding.code, style=STYLES[finding.severity])
    change = diagnostic.preview or Preview()
    gutter = len(str(max(start.line, *(row.line for row in change.change), 0)))
    if head.cell_len + 1 + cell_len(finding.name) <= width:
        yield head.append(f" {finding.name}")
    else:
        yield head
        yield Text(" " * (gutter + 4) + finding.name, style="bold")
    for line in wrapped(plain(finding.message), width - gutter - 4):
        yield Text(" " * (gutter + 4) + line)
    yield from _source_lines(diagnostic.excerpt, start.line, gutter, width)
    yield from _hint(diagnostic, gutter, context)
    yield from fix_lines(change, gutter, max(width - gutter - 4, _LEAST_WIDTH))
    yield Text()


def _source_lines(excerpt: Excerpt, line: int, gutter: int, width: int) -> Iterator[Text]:
    """Yield the source line with its number, and a line of carets under the marked columns."""
    before, marked, after = fit(excerpt, max(width - gutter - 4, _LEAST_WIDTH))
    if not (before or marked or after):
        return
    source = Text(f" {line:>{gutter}} │ ", style="dim")
    source.append(before, style="not dim")
    source.append(marked, style="not dim bold")
    source.append(after, style="not dim")
    carets = Text(" " * (gutter + 1) + " │ ", style="dim")
    carets.append(" " * cell_len(before))
    carets.append("^" * max(cell_len(marked), 1), style="not dim red")
    yield source
    yield carets


def _hint(diagnostic: Diagnostic, gutter: int, context: Context) -> Iterator[Text]:
    """Yield the fix and the options that apply it, or the URL of the documentation."""
    finding = diagnostic.finding
    style = "dim"
    if finding.fix is not None:
        option = "--fix" if finding.fix.safety is Safety.SAFE else "--fix --unsafe-fixes"
        option = mark(context.tally.is_fixable(finding)) + option
        hint, style = f"{plain(finding.fix.message)} ({option})", "green"
    else:
        message = msg("Run `newslint rule {code}` for details", code=finding.code)
        hint = context.language.translate(message)
    before = " = "
    for line in wrapped(hint, context.width - gutter - 4):
        text = Text(" " * (gutter + 1) + before, style="dim")
        text.append(line, style=style if style == "dim" else f"not dim {style}")
        yield text
        before = "   "


def fit(excerpt: Excerpt, width: int) -> tuple[str, str, str]:
    """Return the parts of a source line, with active characters escaped, cut to a width in cells.

    The marked part has priority; the remaining width is divided between the other two.
    """
    before, marked, after = (
        plain(part, keep_tabs=True).replace("\t", TAB)
        for part in (excerpt.before, excerpt.marked, excerpt.after)
    )
    marked = _cut_end(marked, max(width * 2 // 3, 1), excerpt.cut_marked)
    room = width - cell_len(marked)
    after_room = max(room - cell_len(before), room // 2)
    after = _cut_end(after, after_room, excerpt.cut_after)
    return _cut_start(before, room - cell_len(after), excerpt.cut_before), marked, after


def _cut_end(text: str, cells: int, is_cut: bool) -> str:
    if cell_len(text) + is_cut <= cells:
        return text + CUT * is_cut
    return set_cell_size(text, max(cells - 1, 0)).rstrip(" ") + CUT if cells > 0 else ""


def _cut_start(text: str, cells: int, is_cut: bool) -> str:
    if cell_len(text) + is_cut <= cells:
        return CUT * is_cut + text
    if cells <= 0:
        return ""
    kept = text[-cells:]
    while cell_len(kept) > cells - 1:
        kept = kept[1:]
    return CUT + kept
