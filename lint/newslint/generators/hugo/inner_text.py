"""What the template of a shortcode makes of the text between its tags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newslint.core import lazy

_ACTION = lazy.pattern(
    r"\{\{-?(?P<comment>\s*/\*.*?\*/\s*)?(?P<code>(?:[^}]|\}(?!\}))*+)\}\}", re.DOTALL
)
_STRING = lazy.pattern(r'"(?:[^"\\\n]|\\.)*+"|`[^`]*+`')
_INNER = lazy.pattern(r"\.Inner(?:Deindent)?\b")
_RAW_ELEMENT = lazy.pattern(r"<(?P<end>/)?(?P<name>script|style|textarea)\b", re.IGNORECASE)
_WORD = lazy.pattern(r"-?\s*+(?P<word>[a-z]++)")
_ASSIGNED = lazy.pattern(r"(?:-?\s*+(?:with|if)?)\s*+(?P<name>\$\w++)\s*+:?=")
_DOT = lazy.pattern(r"(?<![\w$.)\]])\.(?!\w)")
_VARIABLE = lazy.pattern(r"\$\w+")
_AS_SOURCE = lazy.pattern(
    r"\b(?:highlight|htmlEscape|HTMLEscape|transform\.Highlight|safeJS|safe\.JS|jsonify"
    r"|encoding\.Jsonify|base64Encode|unmarshal|transform\.Unmarshal|Remarshal|remarshal)\b"
)
_AS_MARKDOWN = lazy.pattern(r"\b(?:markdownify|transform\.Markdownify|RenderString)\b")
_BLOCKS = frozenset({"with", "if", "range", "block", "define"})


def has_inner(text: str) -> bool:
    """Return whether a template uses ``.Inner``, which makes Hugo want an end of the shortcode."""
    return any(
        _INNER.search(_STRING.sub("", match["code"])) is not None
        for match in _ACTION.finditer(text)
        if ".Inner" in match["code"]
    )


def shows_source(text: str) -> bool:
    """Return whether a template puts the inner text nowhere as HTML or Markdown.

    It is escaped or highlighted as code, or data of a script.
    """
    if ".Inner" not in text:
        return False
    reader = _Reader()
    at = 0
    for action in _ACTION.finditer(text):
        reader.literal(text[at : action.start()])
        at = action.end()
        if action["comment"] is None:
            reader.action(_STRING.sub('""', action["code"]))
    return bool(reader.outputs) and all(reader.outputs)


@dataclass
class _Reader:
    """Follows the inner text through variables and blocks to where it is written."""

    outputs: list[bool] = field(default_factory=list)
    """Whether each place shows it as source."""
    variables: dict[str, bool] = field(default_factory=dict)
    """The variables that hold it, and whether as source."""
    blocks: list[bool] = field(default_factory=list)
    """The open blocks, and whether the dot in each is the inner text."""
    element: str = ""
    """The element whose content browsers do not read as HTML, if one is open."""

    def literal(self, text: str) -> None:
        for tag in _RAW_ELEMENT.finditer(text):
            if tag["end"]:
                self.element = ""
            else:
                self.element = self.element or tag["name"]

    def action(self, code: str) -> None:
        found = _WORD.match(code)
        word = found["word"] if found else ""
        if word == "end":
            del self.blocks[-1:]
            return
        if word == "else":
            self.blocks[-1:] = [False] if self.blocks else []
            return
        held = self._held(code)
        assigned = _ASSIGNED.match(code)
        if assigned is not None and held is not None:
            self.variables[assigned["name"]] = held
        if word in _BLOCKS:
            same = bool(self.blocks) and self.blocks[-1] and word == "if"
            self.blocks.append(same or (word == "with" and held is not None))
        elif assigned is None and held is not None:
            self.outputs.append(held or (bool(self.element) and not _AS_MARKDOWN.search(code)))

    def _held(self, code: str) -> bool | None:
        """Return whether an expression gives the inner text as source; None if not at all."""
        names = [one for one in _VARIABLE.findall(code) if one in self.variables]
        is_dot = bool(self.blocks) and self.blocks[-1] and _DOT.search(code) is not None
        if _INNER.search(code) is None and not names and not is_dot:
            return None
        if _AS_SOURCE.search(code) is not None:
            return True
        return bool(names) and all(self.variables[one] for one in names)
