"""Parse front matter in TOML and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newslint.core import lazy
from newslint.core.messages import msg
from newslint.core.span import LineIndex
from newslint.post.boundaries import Bounds

if TYPE_CHECKING:
    pass


_TOML_PLACE = r"\(at line (\d+), column (\d+)\)|\(at end of document\)"


class UnparsedError(Exception):
    """Front matter that its parser rejects."""

    def __init__(
        self,
        message: str,
        offset: int,
        limit: bool = False,
        value: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.offset, self.limit, self.value = message, offset, limit, value


TOML_PARTS = 1_000
"""Maximum number of parts of a dotted key: `tomllib` takes quadratic memory (measured)."""

_DOTTED = lazy.pattern(r"(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+)++")


def load_toml(text: str) -> object:
    """Return the values of TOML. Raises UnparsedError."""
    import re
    import tomllib

    for chain in _DOTTED.finditer(text):
        if chain[0].count(".") > TOML_PARTS:
            raise UnparsedError(
                msg("a key has more than {limit:,} parts", limit=TOML_PARTS),
                chain.start(),
                limit=True,
            )
    try:
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except RecursionError:
        raise UnparsedError(msg("nested too deep"), 0, limit=True) from None
    except ValueError as error:
        place = re.search(_TOML_PLACE, str(error))
        offset = 0
        if place:
            at_end = place[1] is None
            lines = LineIndex(text)
            offset = len(text) if at_end else lines.offset(int(place[1]), int(place[2]))
        message = re.sub(_TOML_PLACE, "", str(error)).strip()
        words = msg("not valid TOML: {words}", words=message[:1].lower() + message[1:])
        raise UnparsedError(words, offset) from None


def is_members(bounds: Bounds) -> bool:
    """Return whether JSON has no outer braces, which Hexo adds if it ends in ``;;;``."""
    return bounds.fence == "" or bounds.fence.startswith(";")


def load_json(text: str, bounds: Bounds) -> object:
    """Return the values of JSON. Raises UnparsedError."""
    import json

    members = is_members(bounds)
    try:
        return json.loads("{" + text + "}" if members else text, parse_constant=_no_constant)
    except RecursionError:
        raise UnparsedError(msg("nested too deep"), 0, limit=True) from None
    except json.JSONDecodeError as error:
        offset = max(error.pos - members, 0)
        if members and text.lstrip().startswith("{"):
            message = msg("remove the braces; keys and values between ;;; have none")
            raise UnparsedError(message, text.index("{")) from None
        raise UnparsedError(_json_words(error.msg), offset) from None
    except ValueError as error:
        raise UnparsedError(str(error), 0) from None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no value of JSON")


def _json_words(message: str) -> str:
    return msg("not valid JSON: {message}", message=message[:1].lower() + message[1:])
