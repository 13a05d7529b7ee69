"""The shortcodes that Hugo sees in a post, and what it does with them.

Hugo's lexer reads ``{{< name … >}}`` and ``{{% name … %}}`` anywhere in the article, in
code, comments and HTML files too. A name that the site has no template for stops the build, and
so does anything that is no proper shortcode. ``{{</* … */>}}`` is shown as a shortcode and not run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from newslint.core.messages import msg
from newslint.generators.effects import (
    BlockKind,
    Effect,
    TagBlock,
    TemplateProblem,
    TemplateReading,
)
from newslint.generators.hugo.built_in import BUILT_IN
from newslint.generators.hugo.shortcode_lexer import Shortcode, lex
from newslint.generators.hugo_changes import PAGES
from newslint.generators.target import Version

_CODE = "highlight"
_LIKELY_FATAL = {
    "param": msg("a parameter that the post does not set"),
    "ref": msg("a page that does not exist"),
    "relref": msg("a page that does not exist"),
}
_FETCHED = {
    "instagram": msg("an image that cannot be loaded"),
    "instagram_simple": msg("an image that cannot be loaded"),
    "tweet": msg("a post that cannot be loaded"),
    "twitter": msg("a post that cannot be loaded"),
    "twitter_simple": msg("a post that cannot be loaded"),
    "vimeo_simple": msg("a video that cannot be loaded"),
}
"""What Hugo 0.111 stops at where it cannot be fetched; newer ones warn."""
_NEEDS_ARGUMENT = {"highlight": 0, "youtube": 131, "vimeo": 147, "x": 0, "x_simple": 0}
"""The shortcodes that stop the build without one, and the version since which."""
_FETCHES_QUIETLY = 150
_ERAS = (111, 155, 168)
"""Versions that represent all that know other shortcodes."""
STAND_IN = "HAHAHUGOSHORTCODE"
"""What Hugo puts in the place of a shortcode while it renders, and what leaks into feeds."""

Judgement = tuple[Effect, str]


def scan(
    text: str,
    *,
    markdown: bool = True,
    known: frozenset[str] = frozenset(),
    version: Version | None = None,
) -> list[TemplateProblem]:
    """Return the problems of `read` alone."""
    return read(text, markdown=markdown, known=known, version=version).problems


def read(
    text: str,
    *,
    markdown: bool = True,
    known: frozenset[str] = frozenset(),
    version: Version | None = None,
    shows_source: Callable[[str], bool] | None = None,
) -> TemplateReading:
    """Return what Hugo executes or chokes on in the article ``text``, in its order, and the blocks.

    Hugo looks for shortcodes before it renders, in ``markdown`` and in HTML alike; in an HTML file
    it also leaves out what is before a summary's end, ``<!--more-->``. ``known`` names the
    site's own shortcodes, which are taken to do what their authors mean; ``shows_source`` says
    which of them show the text between their tags as it is written.
    """
    problems = [] if markdown else _summary(text)
    problems += _tokens(text, version)
    if "{{<" not in text and "{{%" not in text:
        return TemplateReading(problems, [])
    every = lex(text)
    shortcodes = [one for one in every if not one.literal]
    opened: dict[str, int] = {}
    closed: dict[str, int] = {}
    for one in shortcodes:
        if one.closing:
            closed[one.name] = one.start
        else:
            opened.setdefault(one.name, one.start)
    for one in shortcodes:
        if one.name not in known or one.error:
            effect, detail, is_everywhere = _worst(one, opened, closed, version)
            malformed = bool(one.error)
            problems.append(
                TemplateProblem(
                    one.start,
                    one.end,
                    effect,
                    detail,
                    malformed=malformed,
                    undefined=not malformed and _may_be_defined(one, is_everywhere),
                )
            )
    problems.sort(key=lambda problem: problem.start)
    return TemplateReading(
        problems, sorted(_blocks(every, shows_source), key=lambda one: one.outer_start)
    )


def _blocks(
    shortcodes: list[Shortcode], shows_source: Callable[[str], bool] | None
) -> Iterator[TagBlock]:
    """Yield the code between shortcodes, and the shortcodes, which are no HTML."""
    opened: dict[str, list[Shortcode]] = {}
    code = {_CODE}
    if shows_source is not None:
        code |= {name for name in {one.name for one in shortcodes} if shows_source(name)}
    for one in shortcodes:
        if not one.error:
            yield TagBlock(BlockKind.MARKUP, one.start, one.start, one.end, one.end)
        if not (one.name in code or one.inline) or one.error or one.self_closing:
            continue
        if not one.closing:
            opened.setdefault(one.name, []).append(one)
        elif opened.get(one.name):
            first = opened[one.name].pop()
            yield TagBlock(BlockKind.CODE, first.start, first.end, one.start, one.end)


SUMMARY_END = "<!--more-->"
"""What divides the summary from the rest, as Hugo's lexer wants it, to the letter."""


def _summary(text: str) -> list[TemplateProblem]:
    start = text.find(SUMMARY_END)
    if start < 0 or not text[:start].strip():
        return []
    detail = msg("in an HTML file, all text before it is lost")
    return [TemplateProblem(start, start + len(SUMMARY_END), Effect.EXECUTED, detail)]


def _may_be_defined(one: Shortcode, is_everywhere: bool) -> bool:
    """Return whether what a site has decides: a shortcode of its own, or a page that is named.

    Which Hugo builds it decides too, where some of those that are meant lack the shortcode;
    ``is_everywhere`` says that all of them do the same with it.
    """
    if one.inline:
        return False
    if one.name not in BUILT_IN or (one.name in _LIKELY_FATAL | _FETCHED and not one.closing):
        return True
    since, until, _ = BUILT_IN[one.name]
    return not is_everywhere and (since > _ERAS[0] or until is not None)


def _tokens(text: str, version: Version | None) -> Iterator[TemplateProblem]:
    """Hugo takes its own placeholder for a shortcode that it does not know."""
    may_hold = PAGES.may_hold(version) or "{{<" in text or "{{%" in text
    at = text.find(STAND_IN) if may_hold else -1
    while at >= 0:
        detail = msg("Hugo's own placeholder for a shortcode, which leaked from another site")
        yield TemplateProblem(
            at, at + len(STAND_IN), Effect.SITE_DIES, PAGES.named(detail, version), malformed=True
        )
        at = text.find(STAND_IN, at + 1)


def _worst(
    one: Shortcode,
    opened: Mapping[str, int],
    closed: Mapping[str, int],
    version: Version | None,
) -> tuple[Effect, str, bool]:
    """Return what the worst of the versions that are meant does with a shortcode.

    The last value says whether they agree.
    """
    minors = _ERAS if version is None else ((*version, 0)[1],)
    judged = [(_judge(one, opened, closed, minor), minor) for minor in minors]
    fatal = [found for found in judged if found[0][0] is Effect.SITE_DIES]
    if not fatal or len(fatal) == len(judged):
        return *judged[-1][0], True
    (effect, detail), minor = fatal[-1]
    return effect, msg("{detail} (Hugo 0.{minor})", detail=detail, minor=minor), False


def _inline(one: Shortcode, opened: Mapping[str, int], closed: Mapping[str, int]) -> Judgement:
    """Return what becomes of a shortcode that the post defines: only sites that say so run it."""
    name = one.name
    if one.closing:
        return Effect.EXECUTED, msg("the end tag of the shortcode {name!r}", name=name)
    if one.self_closing and opened.get(name, one.start) >= one.start:
        return Effect.SITE_DIES, msg("nothing defines the shortcode {name!r} before", name=name)
    if not one.self_closing and closed.get(name, -1) < one.start:
        return Effect.CUT, msg("the shortcode {name!r} is not closed", name=name)
    return Effect.EXECUTED, msg(
        "the shortcode {name!r} is left out unless security.enableInlineShortcodes is true",
        name=name,
    )


def _judge(
    one: Shortcode, opened: Mapping[str, int], closed: Mapping[str, int], minor: int
) -> Judgement:
    """``opened`` tells where a name is first opened, ``closed`` where it is last closed."""
    name = one.name
    if one.error:
        return Effect.SITE_DIES, one.error
    if one.inline:
        return _inline(one, opened, closed)
    since, until, paired = BUILT_IN.get(name, (minor + 1, None, False))
    if minor < since:
        return Effect.SITE_DIES, msg("the site has no shortcode {name!r}", name=name)
    if until is not None and minor >= until:
        message = msg(
            "the shortcode {name!r} was removed in Hugo 0.{minor}", name=name, minor=until
        )
        return Effect.SITE_DIES, message
    if (one.closing or one.self_closing) and not paired:
        return Effect.SITE_DIES, msg(
            "the shortcode {name!r} has an end tag, but accepts no content", name=name
        )
    if one.closing:
        if opened.get(name, one.start) >= one.start:
            return Effect.SITE_DIES, msg(
                "the shortcode {name!r} has an end tag, but no start tag", name=name
            )
        return Effect.EXECUTED, msg("the end tag of the shortcode {name!r}", name=name)
    if paired and not one.self_closing and closed.get(name, -1) < one.start:
        return Effect.SITE_DIES, msg("the shortcode {name!r} is not closed", name=name)
    what = _LIKELY_FATAL.get(name) or (_FETCHED.get(name) if minor < _FETCHES_QUIETLY else None)
    if what is not None:
        return Effect.SITE_DIES, msg("the shortcode {name!r} uses {what}", name=name, what=what)
    if minor >= _NEEDS_ARGUMENT.get(name, minor + 1) and not one.arguments:
        return Effect.SITE_DIES, msg("the shortcode {name!r} requires a parameter", name=name)
    return Effect.EXECUTED, msg("the shortcode {name!r} runs", name=name)
