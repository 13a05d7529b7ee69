"""The text of block scalars and of quoted lines, as js-yaml folds it."""

from __future__ import annotations


def folded_breaks(breaks: int) -> str:
    """Return what so many line breaks between two words become."""
    return " " if breaks == 1 else "\n" * (breaks - 1)


def block_value(lines: list[str], style: str, chomping: str) -> str:
    """Return the text of a block scalar."""
    while lines and not lines[-1]:
        lines.pop()
    joined = "\n".join(lines) if style == "|" else _fold_lines(lines)
    return joined if chomping == "-" or not lines else joined + "\n"


def _fold_lines(lines: list[str]) -> str:
    out: list[str] = []
    for line in lines:
        if out and line and out[-1] and line[0] not in " \t" and out[-1][0] not in " \t":
            out[-1] += " " + line
        else:
            out.append(line)
    return "\n".join(out)
