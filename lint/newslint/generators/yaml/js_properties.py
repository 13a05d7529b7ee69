"""Tags, anchors and aliases as js-yaml reads them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from yaml.nodes import Node

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.generators.yaml.js_nodes import YamlSyntaxError
from newslint.generators.yaml.js_scalars import Scalars

_TAG_HANDLE = lazy.pattern(r"(?:!|!!|![0-9A-Za-z-]+!)\Z")
_TAG_URI = lazy.pattern(
    r"(?:!|[^,\[\]{}])(?:%[0-9a-f]{2}|[0-9a-z\-#;/?:@&=+$,_.!~*'()\[\]])*+\Z", re.IGNORECASE
)
_BAD_PERCENT = lazy.pattern(r"%(?![0-9A-Fa-f]{2})")
_NAME = lazy.pattern(r"[^ \t\n\r,\[\]{}\0]*+")
_WORD = lazy.pattern(r"[^ \t\n\r\0]*+")
_PREFIX = "tag:yaml.org,2002:"


class Properties(Scalars):
    """What may stand before a value: each reader returns False where there is none."""

    def __init__(self, text: str, legacy: bool) -> None:
        super().__init__(text, legacy)
        self.tag: str | None = None
        self.anchor: str | None = None
        self.anchors: dict[str, Node | None] = {}
        self.tags: dict[str, str] = {}

    def declare_tag(self, start: int, arguments: list[str]) -> None:
        """Take note of a ``%TAG`` directive."""
        if len(arguments) != 2 or not _TAG_HANDLE.match(arguments[0]):
            raise YamlSyntaxError("directive", start, msg("a malformed %TAG directive"))
        self.tags[arguments[0]] = unquote(arguments[1])

    def read_tag(self) -> bool:
        """Read ``!tag``."""
        text, start = self.text, self.pos
        if text[start] != "!":
            return False
        if self.tag is not None:
            raise YamlSyntaxError("tag", start, msg("a value has two tags"))
        if text.startswith("!<", start):
            end = text.find(">", start + 3)
            if end < 0:
                raise YamlSyntaxError("tag", start, msg("a tag !<…> is not closed"))
            self.pos = end + 1
            name = text[start + 2 : end]
            self.tag = self._tag_name(name, start)
            return True
        word = _WORD.match(text, start)
        assert word is not None  # the pattern also matches nothing
        self.pos = word.end()
        parts = word[0][1:].split("!")
        if len(parts) > 2:
            raise YamlSyntaxError("tag", start, msg("a tag has too many exclamation marks"))
        handle = "!" if len(parts) == 1 else f"!{parts[0]}!"
        if not _TAG_HANDLE.match(handle) or set(parts[-1]) & set(",[]{}"):
            raise YamlSyntaxError("tag", start, msg("a tag contains invalid characters"))
        name = self._tag_name(parts[-1], start)
        if handle in self.tags:
            self.tag = self.tags[handle] + name
        elif handle in ("!", "!!"):
            self.tag = ("!" if handle == "!" else _PREFIX) + name
        else:
            raise YamlSyntaxError(
                "tag", start, msg("a tag has the unknown handle {handle}", handle=handle)
            )
        return True

    def _tag_name(self, name: str, start: int) -> str:
        if name and not _TAG_URI.match(name):
            raise YamlSyntaxError("tag", start, msg("a tag contains invalid characters"))
        try:
            if _BAD_PERCENT.search(name):
                raise ValueError(name)
            return unquote(name, errors="strict")
        except ValueError:
            raise YamlSyntaxError("tag", start, msg("a tag has a malformed % sequence")) from None

    def read_anchor(self) -> bool:
        """Read ``&anchor``."""
        if self.text[self.pos] != "&":
            return False
        if self.anchor is not None:
            raise YamlSyntaxError("anchor", self.pos, msg("a value has two anchors"))
        self.anchor = self._name("anchor")
        return True

    def alias(self) -> bool:
        """Read ``*alias``."""
        start = self.pos
        if self.text[start] != "*":
            return False
        name = self._name("alias")
        if name not in self.anchors:
            raise YamlSyntaxError(
                "alias", start, msg("*{name} refers to an anchor that does not exist", name=name)
            )
        self.result = self.anchors[name]
        self.skip()
        return True

    def _name(self, what: str) -> str:
        name = _NAME.match(self.text, self.pos + 1)
        assert name is not None  # the pattern also matches nothing
        if not name[0]:
            raise YamlSyntaxError(
                what, self.pos, msg("{text} is not followed by a name", text=self.text[self.pos])
            )
        self.pos = name.end()
        return name[0]
