"""How a generator reads the beginning of a post, and why it does not read front matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from newslint.core.messages import msg
from newslint.core.source import BOM
from newslint.generators import fences
from newslint.generators.effects import Effect


class ReadError(NamedTuple):
    """Why a target does not read a post's header as its author meant it.

    ``kind`` is ``not-first`` (something is before the fence), ``fence`` (a form or fence that
    the target does not know), ``unclosed``, ``empty``, or ``missing`` (there is none, and the
    target needs one). ``offset`` is where to look, in code points of the file's text.
    """

    kind: str
    offset: int
    outcome: Effect
    detail: str


class Reading(NamedTuple):
    """The header of a file as one target sees it, in code points of the file's text.

    ``form`` is yaml, toml, json, js or org, or None where the target sees no header. ``start`` and
    ``end`` bound what goes to the form's parser; ``body`` is where the article begins. Hexo also
    takes a file's first lines for a header where no fence opens them: ``fenced`` is then False.
    """

    form: str | None
    start: int
    end: int
    body: int
    fenced: bool = True
    error: ReadError | None = None

    @property
    def outcome(self) -> Effect | None:
        """What becomes of the post for the way its header is fenced; None where it is read."""
        return self.error.outcome if self.error else None


def unread(text: str, body: int, read: Callable[[str], Reading]) -> Reading:
    """No header: say so where the text looks as if it had one. ``read`` is the target's reader."""
    meant = fences.find(text)
    error = None if meant is None else _why(text, meant, read)
    return Reading(None, body, body, body, error=error)


def _why(text: str, meant: fences.Fenced, read: Callable[[str], Reading]) -> ReadError:
    lead = meant.lead.removeprefix(BOM)
    at = len(meant.lead)
    alone = read(text[at:]) if lead else None
    if alone is not None and alone.form is not None:
        what = msg("an empty line") if "\n" in lead or "\r" in lead else msg("white space")
        what = "a comment" if "<!--" in lead else what
        detail = msg(
            "the file begins with {what}, so the front matter is printed as text", what=what
        )
        return ReadError("not-first", 0, Effect.PRINTED, detail)
    if meant.fence and meant.closing is None:
        detail = msg("the front matter is not closed, and is printed as text")
        return ReadError("unclosed", at, Effect.PRINTED, detail)
    if meant.fence and not text[meant.start : meant.end].strip():
        return ReadError("empty", at, Effect.PRINTED, msg("empty front matter is printed as text"))
    detail = msg("{name} is not read here, and is printed as text", name=_name(meant))
    return ReadError("fence", at, Effect.PRINTED, detail)


def _name(meant: fences.Fenced) -> str:
    if meant.fence == "{":
        return msg("a JSON object")
    if not meant.fence:
        return msg("front matter without an opening fence")
    if meant.closing == "...":
        return msg("front matter that ends in ...")
    return msg("front matter between {fence} fences", fence=meant.fence)


def skip_crlf(text: str, at: int) -> int:
    """After one line end, if any, at an offset."""
    at += text.startswith("\r", at)
    return at + text.startswith("\n", at)
