"""What Hexo's template engine (Nunjucks 3.2.4) does with the body of a post.

Hexo reads every post as a template: ``{{ x }}`` is run, ``{% foo %}`` stops the whole build. What
the engine gets to see differs by version (`hexo_page`); what it does with it does not
(`nunjucks_statements`), but for the tags that Hexo adds (`hexo_tags`). Measured with
Hexo 5.4.2, 6.3.0, 7.3.0 and 8.1.2.
"""

from __future__ import annotations

from newslint.core.messages import both, say
from newslint.generators.effects import Effect, TemplateProblem

VERSIONS = (5, 6, 7, 8)
"""The major versions of Hexo that are modelled."""

_MARKS = ("{{", "{%", "{#", "#}", "\\{", "\\}", "\\#")
_FATAL = (Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT)
_ORDER = list(Effect)


def scan(text: str, *, version: int | None, markdown: bool) -> list[TemplateProblem]:
    """All of a body that Hexo does not show as it is written, in the order of the text.

    ``text`` is what follows the front matter; ``markdown`` is true for ``.md`` files.
    ``version`` is a major version; None stands for all of `VERSIONS`: then what the newest
    one does is told, and of the others what stops the build or cuts the post.
    """
    # One letter is found much faster than two, and most posts have no brace at all.
    if "{" not in text and "}" not in text:
        return []
    if not any(mark in text for mark in _MARKS):
        return []
    if version is not None:
        return sorted(_problems(text, version, markdown).values(), key=lambda found: found.start)
    found = {number: _problems(text, number, markdown) for number in VERSIONS}
    return _merged(found)


def _problems(text: str, version: int, markdown: bool) -> dict[int, TemplateProblem]:
    """The problems in one version by their start; of several at one place the worst."""
    from newslint.generators.hexo.pipeline import page
    from newslint.generators.nunjucks.statements import Statements

    shown = page(text, version, markdown=markdown)
    problems: list[TemplateProblem] = []
    if shown.template is not None:
        template = shown.template
        for problem in Statements(template.text, version).read():
            start = template.source(problem.start)
            if start and text[start - 1] == "\\" and text[start] in "{#":
                start -= 1
            end = max(template.end(problem.end), start + 2)
            problems.append(problem._replace(start=start, end=min(end, len(text))))
    for start, end in shown.comments:
        detail = say("it is taken for a comment and left out")
        problems.append(TemplateProblem(start, end, Effect.EXECUTED, detail))
    for start, end in shown.doubled:
        detail = say("in the code of a heading it would stand there twice")
        problems.append(TemplateProblem(start, end, Effect.SITE_DIES, detail))
    for start, end in shown.lost:
        detail = say("it is replaced by garbage: it stands in an address")
        problems.append(TemplateProblem(start, end, Effect.WRONG, detail))
    for start, end in shown.bared:
        detail = say("the HTML inside is no longer shown as code")
        problems.append(TemplateProblem(start, end, Effect.WRONG, detail))
    if shown.cut is not None:
        detail = say("the rest of the post is gone")
        problems.append(TemplateProblem(shown.cut, len(text), Effect.CUT, detail))
    worst: dict[int, TemplateProblem] = {}
    for problem in problems:
        known = worst.get(problem.start)
        if known is None or _rank(problem) < _rank(known):
            worst[problem.start] = problem
    return worst


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
        concerned = [
            number
            for number, problems in found.items()
            if start in problems and problems[start].effect is worst.effect
        ]
        code = any(problem.code for problem in versions.values())
        detail = worst.detail
        if len(concerned) < len(found):
            numbers = both([str(number) for number in sorted(concerned)])
            detail = detail + (
                say(" (version {numbers})", numbers=numbers)
                if len(concerned) == 1
                else say(" (versions {numbers})", numbers=numbers)
            )
        merged.append(worst._replace(detail=detail, code=code))
    return merged
