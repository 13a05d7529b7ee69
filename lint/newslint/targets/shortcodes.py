"""The shortcodes that Hugo sees in a post, and what it does with them.

Hugo's lexer reads ``{{< name … >}}`` and ``{{% name … %}}`` anywhere in the article, in
code, comments and HTML files too. A name that the site has no template for stops the build, and
so does anything that is no proper shortcode. ``{{</* … */>}}`` is shown as a shortcode and not run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newslint.targets.template import Effect, TemplateProblem

BUILT_IN = frozenset(
    {
        "figure",
        "gist",
        "highlight",
        "instagram",
        "instagram_simple",
        "param",
        "ref",
        "relref",
        "tweet",
        "twitter",
        "twitter_simple",
        "vimeo",
        "vimeo_simple",
        "youtube",
    }
)
"""The shortcodes that Hugo 0.111 brings along."""

_PAIRED = frozenset({"highlight"})
_LIKELY_FATAL = {
    "param": "a parameter that the post does not have",
    "ref": "a page that is not there",
    "relref": "a page that is not there",
    "instagram": "a picture that is not to be had",
    "instagram_simple": "a picture that is not to be had",
    "tweet": "a post that is not to be had",
    "twitter": "a post that is not to be had",
    "twitter_simple": "a post that is not to be had",
    "vimeo_simple": "a film that is not to be had",
}
_NEEDS_ARGUMENT = frozenset({"highlight"})

_OPENING = re.compile(r"\{\{(?P<mark>[<%])")
_SPACE = re.compile(r"[ \t\r\n]*+")
_NAME = re.compile(r"[\w/-]++")
_PARAMETER = re.compile(r"[\w.:/*\[\]()\\&=?%+,;@~!$'|^#-]++")


@dataclass(slots=True)
class _Shortcode:
    """One shortcode as the lexer reads it: its name, or why it is none."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    self_closing: bool = False
    arguments: list[str] = field(default_factory=list)
    error: str = ""


def scan(
    text: str, *, markdown: bool = True, known: frozenset[str] = frozenset()
) -> list[TemplateProblem]:
    """What Hugo executes or chokes on in the article ``text``, in its order.

    ``markdown`` makes no difference: Hugo looks for shortcodes before it renders. ``known`` names
    the site's own shortcodes, which are taken to do what their authors mean.
    """
    del markdown
    if "{{<" not in text and "{{%" not in text:
        return []
    shortcodes = _lex(text)
    return [
        TemplateProblem(one.start, one.end, effect, detail)
        for one in shortcodes
        if one.name not in known or one.error
        for effect, detail in (_judge(one, shortcodes),)
    ]


def _lex(text: str) -> list[_Shortcode]:
    found: list[_Shortcode] = []
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        close = (">" if opening["mark"] == "<" else "%") + "}}"
        inside = opening.end()
        if text.startswith("/*", inside):
            end = text.find("*/" + close, inside + 1)
            if end <= inside + 1:
                error = f"a comment that is never closed with */{close}"
                found.append(_Shortcode(opening.start(), inside, error=error))
                break
            at = end + 2 + len(close)
            continue
        one = _Inside(text, inside, close).read(opening.start())
        found.append(one)
        at = max(one.end, inside)
    return found


class _Inside:
    """The lexer between the delimiters of one shortcode."""

    def __init__(self, text: str, at: int, close: str) -> None:
        self.text, self.at, self.close = text, at, close

    def read(self, start: int) -> _Shortcode:
        one = _Shortcode(start, self.at)
        while not one.error:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.text.startswith(self.close, self.at):
                self.at += len(self.close)
                break
            if self.at >= len(self.text):
                one.error = f"a shortcode that is never closed with {self.close}"
                break
            self._step(one)
        one.end = self.at
        if not one.error and not one.name:
            one.error = "a shortcode without a name"
        return one

    def _step(self, one: _Shortcode) -> None:
        char = self.text[self.at]
        if char == "/" and not one.name:
            one.closing = True
            self.at += 1
        elif char == "/" and self.text.startswith(self.close, self.at + 1):
            one.self_closing = True
            self.at += 1
        elif not one.name:
            self._name(one)
        elif char in '"`':
            self._quoted(one, char)
        elif char == "=":
            self.at += 1
        else:
            self._parameter(one, char)

    def _name(self, one: _Shortcode) -> None:
        name = _NAME.match(self.text, self.at)
        if name is None:
            one.error = f"{self.text[self.at]!r} where the name of a shortcode should stand"
            return
        one.name = name[0]
        self.at = name.end()
        if self.text.startswith(".", self.at) and not self.text.startswith(".inline ", self.at):
            one.error = "a full stop in the name of a shortcode"
        elif one.closing:
            space = _SPACE.match(self.text, self.at)
            assert space is not None  # the pattern also matches nothing
            if not self.text.startswith(self.close, space.end()):
                one.error = f"a closing shortcode that is not closed with {self.close}"

    def _quoted(self, one: _Shortcode, quote: str) -> None:
        end = self.at + 1
        while (
            (end := self.text.find(quote, end)) >= 0 and quote == '"' and self.text[end - 1] == "\\"
        ):
            end += 1
        if end < 0:
            one.error = "a quote that is never closed in a shortcode"
            return
        one.arguments.append(self.text[self.at + 1 : end])
        self.at = end + 1

    def _parameter(self, one: _Shortcode, char: str) -> None:
        end = self.text.find(self.close, self.at)
        word = _PARAMETER.match(self.text, self.at, end if end >= 0 else len(self.text))
        if word is None:
            one.error = f"{char!r} in a shortcode, outside of quotes"
            return
        one.arguments.append(word[0])
        self.at = word.end()


def _judge(one: _Shortcode, all_of_them: list[_Shortcode]) -> tuple[Effect, str]:
    if one.error:
        return Effect.SITE_DIES, one.error
    if one.name not in BUILT_IN:
        return Effect.SITE_DIES, f"the site has no shortcode {one.name!r}"
    if (one.closing or one.self_closing) and one.name not in _PAIRED:
        return Effect.SITE_DIES, f"the shortcode {one.name!r} is closed, and takes no text"
    if one.closing:
        opened = any(
            other.name == one.name and not other.closing and other.start < one.start
            for other in all_of_them
        )
        if not opened:
            return Effect.SITE_DIES, f"the shortcode {one.name!r} is closed and was never opened"
        return Effect.EXECUTED, f"the end of the shortcode {one.name!r}"
    if one.name in _PAIRED and not one.self_closing:
        closed = any(
            other.name == one.name and other.closing and other.start > one.start
            for other in all_of_them
        )
        if not closed:
            return Effect.SITE_DIES, f"the shortcode {one.name!r} is never closed"
    if one.name in _LIKELY_FATAL:
        return Effect.SITE_DIES, f"the shortcode {one.name!r} asks for {_LIKELY_FATAL[one.name]}"
    if one.name in _NEEDS_ARGUMENT and not one.arguments:
        return Effect.SITE_DIES, f"the shortcode {one.name!r} without what it is to show"
    return Effect.EXECUTED, f"the shortcode {one.name!r} is run"
