"""What Hexo's template engine (Nunjucks 3.2.4) does with the body of a post.

Hexo reads every post as a template: ``{{ x }}`` is run, ``{% foo %}`` stops the whole build. What
the engine gets to see differs by version (`newslint.generators.hexo.pipeline`); what it does with
it does not (`newslint.generators.nunjucks.statements`), but for the tags that Hexo adds
(`newslint.generators.hexo.tags`). Measured with Hexo 5.4.2, 6.3.0, 7.3.0 and 8.1.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.core.messages import join_and, msg
from newslint.generators.effects import (
    Effect,
    TagBlock,
    TemplateProblem,
    TemplateReading,
    is_named_tag,
)

if TYPE_CHECKING:
    from newslint.generators.hexo.mapped_text import TracedText
    from newslint.generators.hexo.pipeline import Page

VERSIONS = (5, 6, 7, 8)
"""The major versions of Hexo that are modelled."""

_MARKS = ("{{", "{%", "{#", "#}", "\\{", "\\}", "\\#")
_FATAL = (Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT)
_ORDER = list(Effect)


def scan(text: str, *, version: int | None, markdown: bool) -> list[TemplateProblem]:
    """Return the problems of `read` alone."""
    return read(text, version=version, markdown=markdown).problems


def read(text: str, *, version: int | None, markdown: bool, renderer: str = "") -> TemplateReading:
    """Return all of a body that Hexo does not show as it is written, in the order of the text.

    ``text`` is what follows the front matter; ``markdown`` is true for ``.md`` files.
    ``version`` is a major version; None represents all of `VERSIONS`: then the result has what
    the newest one does, and what stops the build or cuts the post in the others. The blocks are
    those of the newest. ``renderer`` is the name of `Post.markdown_target`: marked by default.
    """
    # One letter is found much faster than two, and most posts have no brace at all.
    if "{" not in text and "}" not in text:
        return TemplateReading([], [])
    if not any(mark in text for mark in _MARKS):
        return TemplateReading([], [])
    blocks: list[TagBlock] = []
    if version is not None:
        problems = _problems(text, version, markdown, renderer, blocks)
        return TemplateReading(sorted(problems.values(), key=lambda found: found.start), blocks)
    found = {
        number: _problems(
            text, number, markdown, renderer, blocks if number == VERSIONS[-1] else []
        )
        for number in VERSIONS
    }
    return TemplateReading(_merged(found), blocks)


def _problems(
    text: str, version: int, markdown: bool, renderer: str, blocks: list[TagBlock]
) -> dict[int, TemplateProblem]:
    """The problems in one version by their start, of several at one place the worst; the blocks
    are added to a list.
    """
    from newslint.generators.hexo.pipeline import page
    from newslint.generators.hexo.statements import ENVIRONMENT, HexoStatements
    from newslint.generators.nunjucks.block_tags import OPENERS

    shown = page(text, version, markdown=markdown, renderer=renderer)
    problems: list[TemplateProblem] = []
    if shown.template is not None:
        template = shown.template
        statements = HexoStatements(template.text, OPENERS, ENVIRONMENT, version=version)
        for problem in statements.read():
            start = template.source(problem.start)
            if start and text[start - 1] == "\\" and text[start] in "{#":
                start -= 1
            end = max(template.end(problem.end), start + 2)
            problems.append(problem._replace(start=start, end=min(end, len(text))))
        blocks += (_in_post(block, template) for block in statements.blocks)
    problems += _of_page(shown, text)
    blocks.sort(key=lambda block: block.outer_start)
    worst: dict[int, TemplateProblem] = {}
    for problem in problems:
        known = worst.get(problem.start)
        if known is None or _rank(problem) < _rank(known):
            worst[problem.start] = problem
    return worst


def _of_page(shown: Page, text: str) -> Iterator[TemplateProblem]:
    """Yield what becomes of braces before any template is run, and after."""
    for spans, effect, detail in (
        (shown.comments, Effect.EXECUTED, msg("it is read as a comment and removed")),
        (shown.doubled, Effect.SITE_DIES, msg("in code in a heading, it is shown twice")),
        (shown.lost, Effect.WRONG, msg("Markdown replaces or removes it")),
        (shown.bared, Effect.WRONG, msg("the HTML inside is no longer shown as code")),
    ):
        for start, end in spans:
            yield TemplateProblem(start, end, effect, detail)
    if shown.cut is not None:
        detail = msg("the rest of the post is lost")
        malformed = not is_named_tag(text, shown.cut)
        yield TemplateProblem(shown.cut, len(text), Effect.CUT, detail, malformed=malformed)


def _in_post(block: TagBlock, template: TracedText) -> TagBlock:
    """Return a block of the template at its place in the post."""
    return TagBlock(
        block.kind,
        template.source(block.outer_start),
        template.end(block.start),
        template.source(block.end),
        template.end(block.outer_end),
    )


def _rank(problem: TemplateProblem) -> tuple[int, bool]:
    return _ORDER.index(problem.effect), not problem.code


def _merged(found: dict[int, dict[int, TemplateProblem]]) -> list[TemplateProblem]:
    """One list of what several versions do, each told with the versions that it is true for."""
    newest = max(found)
    by_start: dict[int, dict[int, TemplateProblem]] = {}
    for version, problems in found.items():
        for start, problem in problems.items():
            if version == newest or problem.effect in _FATAL:
                by_start.setdefault(start, {})[version] = problem
    merged = []
    for start, versions in sorted(by_start.items()):
        worst = min(versions.values(), key=_rank)
        code = any(problem.code for problem in versions.values())
        # Where a version runs it without an error, it may be a template.
        malformed = all(
            problems[start].malformed for problems in found.values() if start in problems
        )
        undefined = all(
            problem.undefined for problem in versions.values() if problem.effect in _FATAL
        )
        merged.append(
            worst._replace(
                detail=_with_versions(worst.detail, start, worst.effect, found),
                code=code,
                malformed=malformed,
                undefined=worst.undefined and undefined,
            )
        )
    return merged


def _with_versions(
    detail: str, start: int, effect: Effect, found: dict[int, dict[int, TemplateProblem]]
) -> str:
    """Add the versions that have an effect at an offset, if not all have it."""
    concerned = [
        number
        for number, problems in found.items()
        if start in problems and problems[start].effect is effect
    ]
    if len(concerned) == len(found):
        return detail
    numbers = join_and([str(number) for number in sorted(concerned)])
    if len(concerned) == 1:
        return detail + msg(" (version {numbers})", numbers=numbers)
    return detail + msg(" (versions {numbers})", numbers=numbers)
