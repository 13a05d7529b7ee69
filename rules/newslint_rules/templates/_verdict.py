"""Whether a template works, and what a site answers to the names in it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Literal, NamedTuple

from newslint import Definition, Effect, SiteAnswer, lazy

if TYPE_CHECKING:
    from newslint import Post, Site

Kind = Literal["tag", "filter", "include", "shortcode", "layout", "data"]

FILTER = lazy.pattern(r"(?<!\|)\|(?!\|)\s*+(?P<name>[A-Za-z_]\w*+)")
_WORD = lazy.pattern(r"\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s,\"'=%}|]++)")


class Works(Enum):
    """What a site makes of a template."""

    YES = auto()
    NO = auto()
    """It does what the engine's model says: the build stops, or the text is replaced."""
    UNKNOWN = auto()


class Verdict(NamedTuple):
    """Whether a template works, and why that is not known.

    ``may_be_defined`` says that all it lacks is a name that newslint did not find defined: the site
    may know better (`TemplateTag.Options.allow`).
    """

    works: Works
    reason: str = ""
    may_be_defined: bool = False


YES, NO = Verdict(Works.YES), Verdict(Works.NO)
UNNAMED = Verdict(Works.NO, may_be_defined=True)
FATAL = (Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT)
ENGINES = frozenset({"", "liquid", "jekyll", "nunjucks", "hexo", "Eleventy", "Hugo"})
"""What a definition names as its source where it is the engine's or the generator's own."""


def lookup(post: Post, site: Site, kind: Kind, name: str) -> Definition:
    """Return whether the engine that reads a post finds a name."""
    engine = post.template_engine
    return site.lookup_in(kind, name, engine) if engine else site.lookup(kind, name)


def of(definition: Definition) -> Verdict:
    if definition.answer is SiteAnswer.YES:
        return YES
    if definition.answer is SiteAnswer.NO:
        return UNNAMED
    return Verdict(Works.UNKNOWN, definition.reason)


def answered(answer: SiteAnswer, reason: str) -> Verdict:
    if answer is SiteAnswer.UNKNOWN:
        return Verdict(Works.UNKNOWN, reason)
    return YES if answer is SiteAnswer.YES else NO


def first_word(text: str) -> str | None:
    match = _WORD.search(text)
    if match is None:
        return None
    return next(one for one in match.groups() if one is not None)
