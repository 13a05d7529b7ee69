"""The tags of Jekyll's Liquid that stand alone, and the syntax that the others want.

Every function raises DiesError where the real tag stops the build. Sources: the tags of Liquid
5.4.0 and of Jekyll 4.3.1, measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from newslint.core import lazy
from newslint.core.messages import msg

from .evaluator import Environment
from .expressions import BLANKS, parse_operand
from .syntax import FRAGMENT, QUOTED, Filtered, parse_attributes, parse_filtered
from .tokenizer import tokenize
from .values import UNKNOWN, DiesError, Exists, Liveness, Strictness, UndefinedError

_SIGNATURE = lazy.pattern(r"[\w.\[\]-]", re.ASCII)
_ASSIGN = lazy.pattern(
    r"((?<![\w.\[\]()-])[(\w.\[\])-]*[\w.\[\]-]\)?)\s*+=\s*(.*)", re.ASCII | re.S
)
_ASSIGN_SIGN = lazy.pattern(r"[\w.\[\]-]\)?\s*+=", re.ASCII)
_TABLE_ROW = lazy.pattern(rf"(?<!\w)(\w++)\s++in\s++({FRAGMENT.pattern})", re.ASCII)
_LANGUAGE = lazy.pattern(r"[a-zA-Z0-9.+#_-]++")
_OPTION = lazy.pattern(r'\s++\w++(?:=(?:\w++|"(?:[0-9]++\s)*+[0-9]++"))?+', re.ASCII)
_LINE_START = lazy.pattern(r"^", re.M)
_PARAMETERS = lazy.pattern(
    r"""\s*+(?:[\w-]++\s*+=\s*+(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|[\w.-]++)(?=\s|\Z)\s*+)*+""",
    re.ASCII,
)
_OUTPUT = lazy.pattern(r"\{\{\s*[\w.-]++\s*(?:\|.*)?\}\}[^\s{}]*", re.ASCII | re.S)
_OUTPUT_ALONE = lazy.pattern(r"\{\{.*?\}\}", re.S)
_FILE_NAME = lazy.pattern(r"^[\w/.()+~#@-]+$", re.ASCII | re.M)
_BAD_SEQUENCE = lazy.pattern(r"[./]{2}")
_POST_NAME = lazy.pattern(r"^(?:.+/)?[0-9]+-[0-9]+-[0-9]+-", re.M)


def parse_assign(markup: str, strict: Strictness) -> tuple[str, Filtered]:
    """Return the name and the value of an ``assign``."""
    sign = _ASSIGN_SIGN.search(markup)
    if sign is None:
        raise DiesError(msg("`assign` requires “name = value”"))
    name = re.split(r"[^\w.\[\]()-]", markup[: sign.start() + 1], flags=re.ASCII)[-1]
    return name, parse_filtered(markup[sign.end() :], strict)


def parse_capture(markup: str) -> str:
    """Return the name that a ``capture`` fills."""
    match = re.search(r"[\w.\[\]-]+", markup, re.ASCII)
    if match is None:
        raise DiesError(msg("`capture` requires a name"))
    return match[0]


def check_cycle(markup: str) -> None:
    """``cycle`` wants a value first."""
    if FRAGMENT.match(markup) is None:
        raise DiesError(msg("`cycle` requires values"))
    for piece in markup.split(","):
        if match := FRAGMENT.search(piece):
            parse_operand(match[0])


def check_render(markup: str) -> None:
    """``render`` wants a quoted file name."""
    if QUOTED.search(markup) is None:
        raise DiesError(msg("`render` requires a quoted file name"))


def parse_table_row(markup: str) -> str:
    """Return the collection of a ``tablerow``."""
    match = _TABLE_ROW.search(markup)
    if match is None:
        raise DiesError(msg("`tablerow` requires “name in list”"))
    parse_attributes(markup)
    return match[2]


def parse_case(markup: str) -> str:
    """Return the value that a ``case`` looks at."""
    match = FRAGMENT.search(markup)
    if match is None:
        raise DiesError(msg("`case` requires a value"))
    return match[0]


def parse_when(markup: str) -> list[str]:
    """Return the values of a ``when``, one or more."""
    values: list[str] = []
    match = FRAGMENT.search(markup)
    if match is None:
        raise DiesError(msg("`when` requires a value"))
    while match is not None:
        values.append(match[0])
        joint = re.compile(r"\s+or\s+|\s*,\s*", re.ASCII).match(markup, match.end())
        match = FRAGMENT.match(markup, joint.end()) if joint else None
    return values


def check_inline_comment(markup: str) -> None:
    """Every line of a ``#`` tag begins with ``#``."""
    if re.search(r"\n\s*+[^#\s]", markup, re.ASCII):
        raise DiesError(msg("a line in the comment tag does not begin with #"))


def check_highlight(markup: str) -> None:
    """``highlight`` wants a language on some line of its markup, and well-formed options."""
    markup = markup.strip(BLANKS)
    skip = 0
    for start in _LINE_START.finditer(markup):
        match = _LANGUAGE.match(markup, start.start())
        # A line within what an earlier one has read would read no further than that one.
        if start.start() < skip or match is None:
            continue
        while match is not None:
            skip = match.end()
            if markup[skip : skip + 1] in ("", "\n"):
                return
            match = _OPTION.match(markup, skip)
    raise DiesError(msg("`highlight` has no language, or invalid options"))


class FileTag:
    """A tag that needs a file of the site; parsing it fails on bad syntax."""

    def __init__(self, name: str, markup: str) -> None:
        self.name = name
        markup = markup.strip(BLANKS)
        self.dynamic = False
        if name.startswith("include"):
            self.file = self._parse_include(markup)
        else:
            self.file = markup
            self.dynamic = name == "link" and ("{{" in markup or "{%" in markup)
        if name == "post_url" and not _POST_NAME.search(markup.removeprefix("/")):
            raise DiesError(msg("`post_url` requires the name of a post"))

    def _parse_include(self, markup: str) -> str:
        output = _OUTPUT.search(markup) if "{{" in markup and "}}" in markup else None
        if output is not None:
            self.dynamic = True
            end = output.end()
            while follower := _OUTPUT.match(markup, end):
                end = follower.end()
            file, parameters = markup[:end], markup[end:]
        else:
            file, _, parameters = re.sub(r"\s+", " ", markup, count=1, flags=re.ASCII).partition(
                " "
            )
        if parameters and not _PARAMETERS.fullmatch(parameters.strip(BLANKS)):
            raise DiesError(msg("`include` has invalid parameters"))
        return file

    def run(self, exists: Exists | None, environment: Environment) -> None:
        """Raises DiesError if the site has no such file, or if no one can tell."""
        file = fill_in(self.file, environment) if self.dynamic else self.file
        # What is written between the variables has to be valid, whatever their values are.
        known = _OUTPUT_ALONE.sub("x", self.file) if file is None else file
        if self.name.startswith("include") and (
            _BAD_SEQUENCE.search(known) or not _FILE_NAME.search(known)
        ):
            raise DiesError(msg("“{file}” is not a valid file name for an include", file=self.file))
        if file is None or exists is None:
            raise UndefinedError(
                msg("if the site has no file “{file}”, the build stops", file=self.file)
            )
        if not exists(_KINDS[self.name], file):
            raise UndefinedError(msg("the site has no file “{file}”", file=file))


def fill_in(name: str, environment: Environment) -> str | None:
    """Return a file name with the values of its ``{{ … }}``; None if only the site knows them."""
    parts: list[str] = []
    place = 0
    for token in tokenize(name):
        if token.is_tag or not token.closed:
            raise DiesError(msg("a file name contains a tag, or braces that are not closed"))
        parts.append(name[place : token.start])
        inner = name[token.start + 2 : token.end - 2].removeprefix("-").removesuffix("-")
        value = environment.filtered(parse_filtered(inner))
        if value is not None and not isinstance(value, str | int | float):
            return None
        parts.append(
            "" if value is None else str(value).lower() if value in (True, False) else str(value)
        )
        place = token.end
    return "".join(parts) + name[place:]


_KINDS = {
    "include": "include",
    "include_relative": "include_relative",
    "link": "link",
    "post_url": "post",
}


def run_echo(environment: Environment, filtered: Filtered, live: Liveness) -> None:
    """Run ``{{ … }}`` or ``echo``."""
    if live:
        environment.filtered(filtered)


def run_assign(environment: Environment, name: str, filtered: Filtered, live: Liveness) -> None:
    """Run an ``assign``; one that may not be reached leaves the variable unknown."""
    if live:
        value = environment.filtered(filtered)
        environment.variables[name] = value if live is Liveness.LIVE else UNKNOWN


SINGLE_CHECKS: dict[str, Callable[[str], None]] = {
    "cycle": check_cycle,
    "#": check_inline_comment,
    "increment": lambda markup: None,
    "decrement": lambda markup: None,
    "render": check_render,
}
"""Tags without a body that print something, and what they want of their markup."""
