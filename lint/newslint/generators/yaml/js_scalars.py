"""The scalars of js-yaml: plain, quoted and block, read from a text at a place."""

from __future__ import annotations

import re

from yaml.nodes import ScalarNode

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.js_block_text import block_value, folded_breaks
from newslint.generators.yaml.js_nodes import Nodes, YamlSyntaxError, mark

_ENDS = "\n\r"
_SPACE_OR_END = " \t\n\r"
_FLOW = ",[]{}"
_SPACES = lazy.pattern(r"[ \t]*+")
_INDENT = lazy.pattern(r" *+")
_LINE_REST = lazy.pattern(r"[^\n\r\0]*+")
_ORDINARY = lazy.pattern(r"[^:#\n\r,\[\]{}\0]++")
_SINGLE_RUN = lazy.pattern(r"[^'\n\r\0]++")
_DOUBLE_RUN = lazy.pattern(r"[^\"\\\n\r\0]++")
_UNPRINTABLE = lazy.pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONTROL = lazy.pattern(r"[\x00-\x08\x0a-\x1f]")
_NOT_FIRST = frozenset(" \t\n\r,[]{}#&*!|>'\"%@`")
_ESCAPES = {
    **dict(zip("0abtnvfre", "\0\a\b\t\n\v\f\r\x1b", strict=True)),
    **{char: char for char in ' "/\\'},
    "\t": "\t",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_HEX_LENGTH = {"x": 2, "u": 4, "U": 8}


class Scalars(Nodes):
    """Each reader of a scalar returns False where its scalar does not begin here."""

    # Moving on.

    def line_end(self, pos: int) -> int:
        """Return where the line that ``pos`` is in ends."""
        rest = _LINE_REST.match(self.text, pos)
        assert rest is not None  # the pattern also matches nothing
        return rest.end()

    def line_break(self) -> None:
        """Go over one line break."""
        if self.text[self.pos] not in _ENDS:
            raise YamlSyntaxError(
                "line-break", self.pos, msg("unexpected text at the end of a line")
            )
        self.pos += 2 if self.text.startswith("\r\n", self.pos) else 1
        self.line += 1
        self.line_start = self.pos
        self.first_tab = -1

    def skip(self, comments: bool = True) -> int:
        """Go over white space, line breaks and comments; the number of line breaks."""
        text = self.text
        breaks = 0
        while True:
            start = self.pos
            self.pos = _SPACES.match(text, start).end()  # type: ignore[union-attr]
            if self.first_tab == -1 and self.pos > start:
                self.first_tab = text.find("\t", start, self.pos)
            if comments and text[self.pos] == "#":
                self.pos = self.line_end(self.pos)
            if text[self.pos] not in _ENDS:
                return breaks
            self.line_break()
            breaks += 1
            self.pos = _INDENT.match(text, self.pos).end()  # type: ignore[union-attr]
            self.line_indent = self.pos - self.line_start

    def at_document_end(self) -> bool:
        """Return whether a line ``---`` or ``...`` begins here."""
        return (
            self.text.startswith(("---", "..."), self.pos)
            and self.text[self.pos + 3] in _SPACE_OR_END + "\0"
        )

    # Scalars.

    def plain(self, indent: int, in_flow: bool) -> bool:
        """Read an unquoted scalar that may go on in lines indented by ``indent``."""
        text, start = self.text, self.pos
        first, second = text[start], text[start + 1]
        if first in _NOT_FIRST or (
            first in "?-" and (second in _SPACE_OR_END or (in_flow and second in _FLOW))
        ):
            return False
        parts: list[str] = []
        begin = end = start
        pending: int | None = None
        while (char := text[self.pos]) != "\0":
            if char == ":":
                after = text[self.pos + 1]
                if after in _SPACE_OR_END or (in_flow and after in _FLOW):
                    break
            elif char == "#":
                if text[self.pos - 1] in _SPACE_OR_END:
                    break
            elif (self.pos == self.line_start and self.at_document_end()) or (
                in_flow and char in _FLOW
            ):
                break
            elif char in _ENDS:
                pending = self._continuation(indent, end)
                if pending is None:
                    break
                continue
            if pending is not None:
                self._take(parts, begin, end, _UNPRINTABLE)
                parts.append(folded_breaks(self.line - pending))
                begin = end = self.pos
                pending = None
            end = self._advance(char, end)
        self._take(parts, begin, end, _UNPRINTABLE)
        value = "".join(parts)
        if not value:
            return False
        self.result = ScalarNode("?", value, mark(start), mark(end))
        return True

    def _continuation(self, indent: int, end: int) -> int | None:
        """Go to the line in which a plain scalar goes on, and return the line that it leaves.

        Returns None, and goes back to the scalar's ``end``, if it does not go on.
        """
        before = (end, self.line, self.line_start, self.line_indent)
        line = self.line
        self.skip(comments=False)
        if self.line_indent >= indent:
            return line
        self.pos, self.line, self.line_start, self.line_indent = before
        return None

    def _advance(self, char: str, end: int) -> int:
        """Go over a run of plain text; where its last character that is no space ends."""
        run = _ORDINARY.match(self.text, self.pos)
        if run is None:
            self.pos += 1
            return self.pos if char not in " \t" else end
        self.pos = run.end()
        kept = run[0].rstrip(" \t")
        return run.start() + len(kept) if kept else end

    def _take(self, parts: list[str], begin: int, end: int, refused: re.Pattern[str]) -> None:
        if begin >= end:
            return
        piece = self.text[begin:end]
        wrong = refused.search(piece)
        if wrong is not None:
            char = ord(wrong[0])
            raise YamlSyntaxError(
                "control",
                begin + wrong.start(),
                msg("the control character U+{char:04X}", char=char),
            )
        parts.append(piece)

    def single_quoted(self) -> bool:
        """Read a scalar in single quotes."""
        return self.text[self.pos] == "'" and self._quoted("'", _SINGLE_RUN)

    def double_quoted(self) -> bool:
        """Read a scalar in double quotes."""
        return self.text[self.pos] == '"' and self._quoted('"', _DOUBLE_RUN)

    def _quoted(self, quote: str, run_pattern: re.Pattern[str]) -> bool:
        text, start = self.text, self.pos
        parts: list[str] = []
        self.pos += 1
        begin = end = self.pos
        while (char := text[self.pos]) != "\0":
            if char == quote:
                self._take(parts, begin, self.pos, _CONTROL)
                self.pos += 1
                if quote == "'" and text[self.pos] == "'":
                    begin = self.pos
                    self.pos += 1
                    end = self.pos
                    continue
                self.result = self.scalar("!", "".join(parts), start, quote)
                return True
            if char == "\\" and quote == '"':
                self._take(parts, begin, self.pos, _CONTROL)
                self.pos += 1
                parts.append(self._escape())
                begin = end = self.pos
            elif char in _ENDS:
                self._take(parts, begin, end, _CONTROL)
                parts.append(folded_breaks(self.skip(comments=False)))
                begin = end = self.pos
            elif self.pos == self.line_start and self.at_document_end():
                raise YamlSyntaxError(
                    "quote", start, msg("a {quotes} is not closed", quotes=_QUOTES[quote])
                )
            else:
                run = run_pattern.match(text, self.pos)
                assert run is not None  # the character is none of those that stop it
                self.pos = run.end()
                kept = run[0].rstrip(" \t")
                end = run.start() + len(kept) if kept else end
        raise YamlSyntaxError(
            "quote", start, msg("a {quotes} is not closed", quotes=_QUOTES[quote])
        )

    def _escape(self) -> str:
        text, char = self.text, self.text[self.pos]
        if char in _ENDS:
            self.skip(comments=False)
            return ""
        if char in _ESCAPES:
            self.pos += 1
            return _ESCAPES[char]
        length = _HEX_LENGTH.get(char)
        if length is None:
            raise YamlSyntaxError(
                "escape",
                self.pos - 1,
                msg("\\{char} is not a valid escape sequence in double quotes", char=char),
            )
        digits = text[self.pos + 1 : self.pos + 1 + length]
        if len(digits) < length or not re.fullmatch(r"[0-9A-Fa-f]+", digits):
            raise YamlSyntaxError(
                "escape",
                self.pos - 1,
                msg("\\{char} requires {length} digits", char=char, length=length),
            )
        self.pos += 1 + length
        return chr(min(int(digits, 16), 0x10FFFF))

    def block_scalar(self, indent: int) -> bool:
        """Read a ``|`` or ``>`` scalar."""
        start, style = self.pos, self.text[self.pos]
        if style not in "|>":
            return False
        detected, width, chomping = self._block_header(indent)
        lines: list[str] = []
        while self.text[self.pos] != "\0":
            self.line_break()
            spaces = self._block_indent(detected, width)
            if not detected and spaces > width:
                width = spaces
            char = self.text[self.pos]
            self.line_indent = spaces
            if char in _ENDS:
                lines.append("")
                continue
            if not detected and width == 0 and not self.legacy:
                raise YamlSyntaxError("block", self.pos, msg("the text of a block is not indented"))
            if spaces < width:
                break
            detected = True
            stop = self.line_end(self.pos)
            self._take(lines, self.pos, stop, _UNPRINTABLE) if stop > self.pos else lines.append("")
            self.pos = stop
        self.result = self.scalar("!", block_value(lines, style, chomping), start, style)
        return True

    def _block_header(self, indent: int) -> tuple[bool, int, str]:
        detected, width, chomping = False, indent, ""
        while True:
            self.pos += 1
            char = self.text[self.pos]
            if char in "+-":
                if chomping:
                    raise YamlSyntaxError("block", self.pos, msg("a second + or - after | or >"))
                chomping = char
            elif char in "0123456789":
                if char == "0" or detected:
                    raise YamlSyntaxError(
                        "block", self.pos, msg("an invalid indentation width after | or >")
                    )
                width, detected = indent + int(char) - 1, True
            else:
                break
        if self.text[self.pos] in " \t":
            self.pos = _SPACES.match(self.text, self.pos).end()  # type: ignore[union-attr]
            if self.text[self.pos] == "#":
                self.pos = self.line_end(self.pos)
        return detected, width, chomping

    def _block_indent(self, detected: bool, width: int) -> int:
        spaces = _INDENT.match(self.text, self.pos)
        assert spaces is not None  # the pattern also matches nothing
        count = len(spaces[0])
        count = min(count, width) if detected else count
        self.pos += count
        return count


_QUOTES = {"'": msg("single quote"), '"': msg("double quote")}
