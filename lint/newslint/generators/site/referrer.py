"""The referrer policy that the layouts of a site give to all pages: ``<meta name="referrer">``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from newslint.core import lazy

POLICIES = frozenset(
    (
        "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
        "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url",
    )
)  # fmt: skip
"""The policies of the Referrer Policy standard."""
_OLD_POLICIES = {
    "never": "no-referrer", "default": "strict-origin-when-cross-origin", "always": "unsafe-url",
    "origin-when-crossorigin": "origin-when-cross-origin",
}  # fmt: skip
"""Words that browsers still read in the element."""

_META = lazy.pattern(
    r"<meta\s(?P<html>[^<>]{0,500})>|^[ \t]*+meta\((?P<pug>[^()\n]{0,500})\)", re.I | re.M
)
_NAME = lazy.pattern(r"""\bname\s*=\s*(?:\\?["'])?referrer\b(?!-)""", re.I)
_CONTENT = lazy.pattern(
    r"""\bcontent\s*=\s*(?:\\?["'])?\s*([a-z-]+)\s*(?:\\?["']|\Z|[\s/,])""", re.I
)
_COMMENT = lazy.pattern(
    r"<!--.*?(?:-->|\Z)|<%\#.*?(?:%>|\Z)|\{\#.*?(?:\#\}|\Z)"
    r"|\{%-?\s*comment\s*-?%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)"
    r"|^[ \t]*+//[^\n]*+",
    re.S | re.M,
)
_INCLUDE = lazy.pattern(
    r"""\bpartial\(\s*(['"])(?P<partial>[^'"\n]{1,200})\1"""
    r"""|\{%-?\s*(?:include|extends|layout)\s+['"]?(?P<tag>[^'"\s%{}]{1,200})"""
    r"""|<%-?\s*include\(\s*(['"])(?P<ejs>[^'"\n]{1,200})\3"""
    r"""|^[ \t]*+(?:include|extends)\s+(?P<pug>[^\s:]{1,200})""",
    re.M,
)
_BRANCH = lazy.pattern(
    r"\{%-?\s*(?P<end>end)?(?:if|unless|for|case|switch|macro|capture|raw)\b|<%(?P<code>[^%]*+(?:%(?!>)[^%]*+)*+)(?:%>|\Z)"
)
_PUG_BRANCH = lazy.pattern(r"(?:if|else|unless|each|while|case|when|default|mixin|for)\b")
_TEXT_LIMIT, _META_LIMIT = 200_000, 100
"""Characters of one layout, and elements of it, that are looked at."""
_FILE_LIMIT = 60
"""Layouts and includes of one site that are looked through."""


def policy(content: str) -> str | None:
    """The policy that the text of ``<meta name="referrer">`` sets; None for none that is known."""
    word = content.strip().lower()
    return word if word in POLICIES else _OLD_POLICIES.get(word)


def in_text(text: str) -> str | None:
    """Return the policy of the last such element in a text, wherever it is."""
    found = None
    for match in _META.finditer(text):
        attributes = match["html"] or match["pug"] or ""
        content = _CONTENT.search(attributes) if _NAME.search(attributes) else None
        found = (policy(content[1]) if content else None) or found
    return found


def of_layouts(
    layouts: Iterable[str],
    read: Callable[[str], str | None],
    resolve: Callable[[str, str], str | None],
) -> tuple[str, str] | None:
    """The policy and the file that sets it, in layouts and what they include without condition.

    ``read`` gives the text of a file, ``resolve`` the file that an include names in a file.
    """
    texts = dict(_reached(layouts, read, resolve, conditions=False))
    if not any("referrer" in text for text in texts.values()):
        return None
    found = None
    for path, text in _reached(layouts, texts.get, resolve, conditions=True):
        for match in islice(_META.finditer(text), _META_LIMIT) if "referrer" in text else ():
            said = in_text(match[0])
            if said and not _is_conditional(text, match.start()):
                found = said, path
    return found


def _reached(
    layouts: Iterable[str],
    read: Callable[[str], str | None],
    resolve: Callable[[str, str], str | None],
    *,
    conditions: bool,
) -> Iterator[tuple[str, str]]:
    """Yield the layouts and what they include, each with its text without comments.

    ``conditions`` says that what is included under a condition is left out.
    """
    waiting = list(layouts)
    seen: set[str] = set()
    while waiting and len(seen) < _FILE_LIMIT:
        path = waiting.pop(0)
        text = read(path) if path not in seen else None
        seen.add(path)
        if text is None:
            continue
        text = _COMMENT.sub("", text[:_TEXT_LIMIT]) if conditions else text
        yield path, text
        for name, start in islice(_includes(text), _FILE_LIMIT):
            other = resolve(name, path)
            if other is not None and not (conditions and _is_conditional(text, start)):
                waiting.append(other)


def _includes(text: str) -> Iterator[tuple[str, int]]:
    for match in _INCLUDE.finditer(text):
        name = match["partial"] or match["tag"] or match["ejs"] or match["pug"]
        yield name, match.start()


def _is_conditional(text: str, at: int) -> bool:
    """Return whether a place is inside of a branch or loop of a template."""
    depth = braces = 0
    for match in _BRANCH.finditer(text, 0, at):
        if match["code"] is not None:
            braces += match["code"].count("{") - match["code"].count("}")
        else:
            depth += -1 if match["end"] else 1
    if depth > 0 or braces > 0:
        return True
    line_start = text.rfind("\n", 0, at) + 1
    indent = _indent(text, line_start)
    if text[line_start + indent : line_start + indent + 1] in ("<", "{", ""):
        return False  # no Pug
    for line in reversed(text[:line_start].splitlines()[-200:]):
        here = _indent(line, 0)
        if here < indent and line.strip():
            indent = here
            if _PUG_BRANCH.match(line.lstrip()):
                return True
    return False


def _indent(text: str, start: int) -> int:
    at = start
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at - start
