"""How kramdown (Jekyll's Markdown renderer) processes a post that is HTML.

Unlike the others it parses the HTML and writes it again: an element left open is closed at once,
an end tag that does not fit and a tag that it cannot read are printed as text. Read off
kramdown 2.4.0 with kramdown-parser-gfm 1.1.0, options as in Jekyll 4.3. Text outside of all
elements is Markdown; it is only marked off here, not rendered: its paragraph is a change as such.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newslint.core import lazy
from newslint.generators.markdown.entities import bare_entities
from newslint.generators.markdown.kramdown_grammar import (
    ATTRIBUTE,
    BLANK,
    BLOCK_TAG,
    CLOSE,
    CODE,
    CODE_ELEMENTS,
    DEPTH_LIMIT,
    ESCAPED,
    ESCAPED_ATTRIBUTE,
    ESCAPES,
    FENCE,
    KNOWN,
    RAW_START,
    SPAN,
    SWITCH,
    TAG,
    TEXT_END,
    TRAILING,
    VOID,
    Event,
    Rendered,
    S,
)
from newslint.generators.markdown.recent import kept
from newslint.html.content_model import CLOSES_P


class _Open(NamedTuple):
    """An element whose end tag is still to come."""

    name: str
    start: int
    end: int
    ended: bool = False
    """A paragraph with a block inside: to a browser it ended there."""
    hidden: bool = False
    """What is in it is code, or Markdown by the writer's will."""


@kept(Rendered.size)
def render(text: str) -> Rendered:
    r"""Render a body as kramdown does. ``text`` has ``\n`` for line ends. Linear in its length."""
    return _Renderer(text.removesuffix("\n") + "\n").run()


class _Renderer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.events: list[tuple[int, int, Event]] = []
        self.elements: list[tuple[int, int]] = []
        self.texts: list[tuple[int, int]] = []
        # Where no closing was found once, none is found further on.
        self.none_after: set[str] = set()

    def run(self) -> Rendered:
        position = 0
        while position < len(self.text):
            position = self._block(position)
        return Rendered("".join(self.out), self.events, self.elements, self.texts)

    def _block(self, position: int) -> int:
        """Handle the block at a position outside of all elements; give where the next begins."""
        text = self.text
        blank = BLANK.match(text, position)
        if blank:
            self.out.append("\n")
            return blank.end()
        if CODE.match(text, position):
            return self._prose(position, Event.CODE)
        fence = FENCE.match(text, position)
        if fence:
            end = self._fence_end(fence)
            if end is not None:
                self._mark(position, end, Event.TEXT, "pre")
                return end
        if text.startswith("<!--", position):
            end = self._past("-->", position + 4)
            if end is not None:
                self.out.append(text[position:end] + "\n")
                return self._trailing(end)
        indent = BLOCK_TAG.match(text, position)
        tag = TAG.match(text, indent.end()) if indent else None
        if tag and tag["name"].lower() not in SPAN:
            end = self._element(tag)
            self.elements.append((tag.start(), end))
            self.out.append("\n")
            return self._trailing(end)
        return self._prose(position, Event.TEXT)

    def _prose(self, position: int, event: Event) -> int:
        """Lines that are no HTML, up to an empty line or one that begins with a block's tag."""
        text = self.text
        end = text.index("\n", position) + 1
        while end < len(text) and (event is Event.CODE or not TEXT_END.match(text, end)):
            if event is Event.CODE and not self._code_goes_on(end):
                break
            end = text.index("\n", end) + 1
        self._mark(position, end, event, "pre" if event is Event.CODE else "p")
        return end

    def _code_goes_on(self, position: int) -> bool:
        blank = BLANK.match(self.text, position)
        if blank:
            return bool(CODE.match(self.text, blank.end()))
        return bool(CODE.match(self.text, position)) or not TEXT_END.match(self.text, position)

    def _mark(self, start: int, end: int, event: Event, tag: str) -> None:
        content = self.text[start:end].strip()
        if event is Event.CODE:
            content = _escape(content, ESCAPED)
        self.out.append(f"<{tag}>{content}</{tag}>\n")
        self.events.append((start, end, event))

    def _fence_end(self, fence: re.Match[str]) -> int | None:
        mark = fence["mark"]
        if mark in self.none_after:
            return None
        closing = re.compile(rf"^ {{0,3}}{mark}{mark[0]}*+[ \t]*+\n", re.MULTILINE)
        found = closing.search(self.text, fence.end())
        if found is None:
            self.none_after.add(mark)
            return None
        return found.end()

    def _past(self, closing: str, position: int) -> int | None:
        """Return the end of the next ``closing``, if there is one."""
        if closing in self.none_after:
            return None
        found = self.text.find(closing, position)
        if found < 0:
            self.none_after.add(closing)
            return None
        return found + len(closing)

    def _trailing(self, position: int) -> int:
        found = TRAILING.match(self.text, position)
        return found.end() if found else position

    def _element(self, tag: re.Match[str]) -> int:
        """Handle an element and all that is in it; give where it ends."""
        stack: list[_Open] = []
        position = self._start(tag, stack)
        while stack:
            position = self._step(position, stack)
        return position

    def _step(self, position: int, stack: list[_Open]) -> int:
        """Handle the text up to the next tag or comment inside of an element, and that too."""
        text = self.text
        found = RAW_START.search(text, position)
        if not stack[-1].hidden:
            self.texts.append((position, found.start() if found else len(text)))
        if found is None:
            self._add_text(position, len(text))
            while stack:
                element = stack[-1]
                event = Event.PARAGRAPH if element.ended else Event.UNCLOSED
                self.events.append((element.start, element.end, event))
                self._finish(stack)
            return len(text)
        at = found.start()
        self._add_text(position, at)
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opening, at):
                end = self._past(closing, at + len(opening))
                if end is not None:
                    self.out.append(text[at:end])
                    return end
        tag = TAG.match(text, at)
        if tag:
            return self._start(tag, stack)
        closing_tag = CLOSE.match(text, at)
        if closing_tag:
            if _name(closing_tag["name"]) == stack[-1].name:
                self._finish(stack)
            else:
                self.out.append(_escape(closing_tag[0], ESCAPED))
                self.events.append((at, closing_tag.end(), Event.STRAY))
            return closing_tag.end()
        self.out.append("&lt;")
        self.events.append((at, at + 1, Event.UNREAD))
        return at + 1

    def _start(self, tag: re.Match[str], stack: list[_Open]) -> int:
        name = _name(tag["name"])
        if name in CLOSES_P:
            self._end_paragraph(stack)
        head = f"<{name}{self._attributes(tag, name in KNOWN)}"
        if name in ("script", "style"):
            return self._raw_text(tag, name, head)
        if tag["closed"] or name in VOID:
            self.out.append(head + " />")
            return tag.end()
        hidden = (
            name in CODE_ELEMENTS
            or bool(stack and stack[-1].hidden)
            or SWITCH.search(tag["attributes"]) is not None
        )
        stack.append(_Open(name, tag.start(), tag.end(), hidden=hidden))
        if len(stack) == DEPTH_LIMIT:
            self.events.append((*tag.span(), Event.DEPTH))
        self.out.append(head + ">")
        return tag.end()

    def _end_paragraph(self, stack: list[_Open]) -> None:
        for at in range(len(stack) - 1, -1, -1):
            if stack[at].name == "p":
                stack[at] = stack[at]._replace(ended=True)
            if stack[at].name not in SPAN:
                return

    def _raw_text(self, tag: re.Match[str], name: str, head: str) -> int:
        key = f"</{name}"
        closing = None
        if key not in self.none_after:
            pattern = re.compile(rf"</{name}{S}*+>", re.IGNORECASE)
            closing = pattern.search(self.text, tag.end())
        if closing is None:
            self.none_after.add(key)
            self.events.append((*tag.span(), Event.UNCLOSED))
        end = closing.start() if closing else len(self.text)
        self.out.append(f"{head}>{self.text[tag.end() : end]}</{name}>")
        return closing.end() if closing else end

    def _finish(self, stack: list[_Open]) -> None:
        self.out.append(f"</{stack.pop().name}>")

    def _attributes(self, tag: re.Match[str], known: bool) -> str:
        values: dict[str, str] = {}
        for found in ATTRIBUTE.finditer(self.text, *tag.span("attributes")):
            name = found["name"].lower() if known else found["name"]
            if name in values:
                self.events.append((*tag.span(), Event.ATTRIBUTE))
            value = found["bare"] or found["double"] or found["single"] or ""
            values[name] = value
        if values.pop("markdown", None) is not None:
            self.events.append((*tag.span(), Event.MARKDOWN))
        return "".join(
            f' {name}="{_escape(value, ESCAPED_ATTRIBUTE)}"'
            for name, value in values.items()
            if name != "id" or value.strip()
        )

    def _add_text(self, start: int, end: int) -> None:
        if start == end:
            return
        text = self.text[start:end]
        if "&" in text:
            self.events += [(start + a, start + b, Event.ENTITY) for a, b in bare_entities(text)]
        if "<!" in text:
            found = _DECLARATION.finditer(text)
            self.events += [(start + f.start(), start + f.end(), Event.UNREAD) for f in found]
        self.out.append(_escape(text, ESCAPED))


def _name(name: str) -> str:
    lower = name.lower()
    return lower if lower in KNOWN else name


def _escape(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: ESCAPES.get(found[0], found[0]), text)


_DECLARATION = lazy.pattern(r"<![^>]*+>?+")
