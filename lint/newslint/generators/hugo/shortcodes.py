"""The shortcodes that Hugo sees in a post, and what it does with them.

Hugo's lexer reads ``{{< name … >}}`` and ``{{% name … %}}`` anywhere in the article, in
code, comments and HTML files too. A name that the site has no template for stops the build, and
so does anything that is no proper shortcode. ``{{</* … */>}}`` is shown as a shortcode and not run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newslint.core.messages import msg
from newslint.generators.effects import (
    BlockKind,
    Effect,
    TagBlock,
    TemplateProblem,
    TemplateReading,
)
from newslint.generators.hugo import shortcode_pairs as pairs
from newslint.generators.hugo.built_in import BUILT_IN
from newslint.generators.hugo.shortcode_lexer import Shortcode, lex
from newslint.generators.hugo.templates import INLINE
from newslint.generators.hugo_changes import PAGES
from newslint.generators.site_roles import Answer, Definition
from newslint.generators.target import Version

if TYPE_CHECKING:
    from newslint.generators.site import Site

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
_LINE_BREAKS_SINCE = 166
"""The version since which an end tag may have line breaks before its end."""
_ERAS = (111, 155, 168)
"""Versions that represent all that know other shortcodes."""
STAND_IN = "HAHAHUGOSHORTCODE"
"""What Hugo puts in the place of a shortcode while it renders, and what leaks into feeds."""

Judgement = tuple[Effect, str]


def scan(
    text: str, *, markdown: bool = True, version: Version | None = None
) -> list[TemplateProblem]:
    """Return the problems of `read` alone."""
    return read(text, markdown=markdown, version=version).problems


def read(
    text: str,
    *,
    markdown: bool = True,
    version: Version | None = None,
    site: Site | None = None,
) -> TemplateReading:
    """Return what Hugo executes or chokes on in the article ``text``, in its order, and the blocks.

    Hugo looks for shortcodes before it renders, in ``markdown`` and in HTML alike; in an HTML file
    it also leaves out what is before a summary's end, ``<!--more-->``. ``site`` knows the
    shortcodes of its own, which are taken to do what their authors mean.
    """
    problems = [] if markdown else _summary(text)
    problems += _tokens(text, version)
    if "{{<" not in text and "{{%" not in text:
        return TemplateReading(problems, [])
    every = lex(text)
    shortcodes = [one for one in every if not one.literal]
    own = _Own(site)
    minors = _ERAS if version is None else ((*version, 0)[1],)
    faults = [(pairs.faults(shortcodes, own.paired_in(minor)), minor) for minor in minors]
    inline = dict(_inline(shortcodes, own))
    for one in shortcodes:
        reasons = [(_fault(one, found, minor), minor) for found, minor in faults]
        judged = [
            (inline.get(one.start) or _judge(one, reason, own, minor), minor)
            for reason, minor in reasons
        ]
        has_fault = any(reason for reason, _ in reasons)
        problems.append(_problem(one, judged, own, has_fault=has_fault))
    problems.sort(key=lambda problem: problem.start)
    return TemplateReading(problems, sorted(_blocks(every, site), key=lambda one: one.outer_start))


def _problem(
    one: Shortcode, judged: Sequence[tuple[Judgement, int]], own: _Own, *, has_fault: bool
) -> TemplateProblem:
    """Return the problem of a shortcode: the worst of what each version does with it."""
    effect, detail, is_everywhere = _worst(judged)
    is_open = _may_be_defined(one, is_everywhere) or own.definition(one.name) is not None
    malformed = bool(one.error) and not own.is_known(one.name)
    undefined = is_open and not has_fault
    return TemplateProblem(
        one.start, one.end, effect, detail, malformed=malformed, undefined=undefined
    )


class _Own:
    """The shortcodes of a site, and those that Hugo brings along."""

    def __init__(self, site: Site | None) -> None:
        self._site = site
        self._found: dict[str, Definition | None] = {}

    @property
    def runs_inline(self) -> bool:
        """Whether posts may define shortcodes."""
        found = self.definition(INLINE)
        return found is not None and found.answer is Answer.YES

    @property
    def missing_refs_pass(self) -> bool:
        """Whether the site wants a ``ref`` that finds nothing to be a warning."""
        from newslint.generators.hugo.site import HugoSite

        return isinstance(self._site, HugoSite) and self._site.settings.missing_refs_pass

    def definition(self, name: str) -> Definition | None:
        """Return what defines a shortcode in the site; None where nothing does."""
        if name not in self._found:
            found = None if self._site is None else self._site.lookup("shortcode", name)
            is_own = found is not None and found.source != "Hugo"
            is_there = found is not None and found.answer is not Answer.NO
            self._found[name] = found if is_own and is_there else None
        return self._found[name]

    def is_known(self, name: str) -> bool:
        """Return whether a name is surely that of a shortcode."""
        found = self.definition(name)
        return name in BUILT_IN or (found is not None and found.answer is Answer.YES)

    def paired_in(self, minor: int) -> pairs.Paired:
        """Return what tells whether a shortcode has inner text in a version."""

        def paired(name: str) -> bool | None:
            found = self.definition(name)
            if found is not None:
                return found.paired
            since, until, inner = BUILT_IN.get(name, (minor + 1, None, False))
            is_there = since <= minor and (until is None or minor < until)
            return inner if is_there else None

        return paired


def _blocks(shortcodes: list[Shortcode], site: Site | None) -> Iterator[TagBlock]:
    """Yield the code between shortcodes, and the shortcodes, which are no HTML."""
    opened: dict[str, list[Shortcode]] = {}
    code = {_CODE}
    if site is not None:
        code |= {name for name in {one.name for one in shortcodes} if site.shows_source(name)}
    for one in shortcodes:
        if not one.error:
            yield TagBlock(BlockKind.MARKUP, one.start, one.start, one.end, one.end)
        if not (one.name in code or one.is_inline) or one.error or one.self_closing:
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
    if one.is_inline:
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


def _fault(one: Shortcode, faults: Mapping[int, str], minor: int) -> str:
    """Return why a version stops at a shortcode, whatever its name means; empty if it does not."""
    if one.error:
        return one.error
    if one.breaks_line and minor < _LINE_BREAKS_SINCE:
        return msg("the end tag of a shortcode must be on one line")
    return faults.get(one.start, "")


def _worst(judged: Sequence[tuple[Judgement, int]]) -> tuple[Effect, str, bool]:
    """Return what the worst of the versions that are meant does with a shortcode.

    The last value says whether they agree.
    """
    fatal = [found for found in judged if found[0][0] is Effect.SITE_DIES]
    if not fatal or len(fatal) == len(judged):
        return *judged[-1][0], True
    (effect, detail), minor = fatal[-1]
    return effect, msg("{detail} (Hugo 0.{minor})", detail=detail, minor=minor), False


def _inline(shortcodes: Sequence[Shortcode], own: _Own) -> Iterator[tuple[int, Judgement]]:
    """Yield what becomes of the shortcodes that the post defines: only some sites run them."""
    ends = {one.name: one.start for one in shortcodes if one.closing}
    defined: set[str] = set()
    for one in shortcodes:
        name, start = one.name, one.start
        if not one.is_inline or one.error:
            continue
        if one.closing:
            yield start, (Effect.EXECUTED, msg("the end tag of the shortcode {name!r}", name=name))
        elif one.self_closing and name not in defined and own.runs_inline:
            detail = msg("nothing defines the shortcode {name!r} before", name=name)
            yield start, (Effect.SITE_DIES, detail)
        elif not one.self_closing and ends.get(name, -1) < start:
            yield start, (Effect.CUT, msg("the shortcode {name!r} is not closed", name=name))
        else:
            defined.add(name)
            detail = msg(
                "the shortcode {name!r} is left out unless security.enableInlineShortcodes is true",
                name=name,
            )
            yield start, (Effect.EXECUTED, detail)


def _judge(one: Shortcode, fault: str, own: _Own, minor: int) -> Judgement:
    """Return what a version does; ``fault`` is why it stops at it, if it does."""
    name = one.name
    if one.error:
        return Effect.SITE_DIES, fault
    if own.definition(name) is None:
        since, until, _ = BUILT_IN.get(name, (minor + 1, None, False))
        if minor < since:
            return Effect.SITE_DIES, msg("the site has no shortcode {name!r}", name=name)
        if until is not None and minor >= until:
            message = msg(
                "the shortcode {name!r} was removed in Hugo 0.{minor}", name=name, minor=until
            )
            return Effect.SITE_DIES, message
    if fault:
        return Effect.SITE_DIES, fault
    if one.closing:
        return Effect.EXECUTED, msg("the end tag of the shortcode {name!r}", name=name)
    if own.definition(name) is None:
        reason = _missing(one, minor)
        if reason:
            is_link = name in ("ref", "relref") and own.missing_refs_pass
            return Effect.WRONG if is_link else Effect.SITE_DIES, reason
    return Effect.EXECUTED, msg("the shortcode {name!r} runs", name=name)


def _missing(one: Shortcode, minor: int) -> str:
    """Return what a shortcode of Hugo's own lacks, or may lack, so that the build stops."""
    name = one.name
    what = _LIKELY_FATAL.get(name) or (_FETCHED.get(name) if minor < _FETCHES_QUIETLY else None)
    if what is not None:
        return msg("the shortcode {name!r} uses {what}", name=name, what=what)
    if minor >= _NEEDS_ARGUMENT.get(name, minor + 1) and not (one.positional or one.named):
        return msg("the shortcode {name!r} requires a parameter", name=name)
    return ""
