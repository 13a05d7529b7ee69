"""TPL003."""

from __future__ import annotations

from collections.abc import Iterable

from newslint import Bad, Finding, Good, Post, PostRule, Severity, Span, msg, templates
from newslint_rules.templates import _template_problems


class WorkingTemplate(PostRule):
    """A post contains a template that the site defines.

    A tag, include, shortcode or variable of the site works. In a post that a person wrote, it is
    intended. In a post that was scraped from a feed, it is not: the text of someone else runs a
    template of your site. The preset `news` therefore reports it; with other presets the rule is
    off.

    TPL001 reports templates that stop the build or lose text.
    """

    code, name, severity = "TPL003", "working-template", Severity.WARNING
    house = True
    targets = tuple(templates.GENERATORS)
    applies_to = _template_problems.may_have_any
    bad = [
        Bad(
            "<p>⟦{% asset_img a.png %}⟧</p>\n",
            message="Hexo runs the tag “asset_img” here",
        ),
    ]
    good = [
        Good("<p>{% unknown %}</p>\n"),
        Good("<p>&#123;% asset_img a.png %&#125;</p>\n"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        from newslint_rules.templates import _site_templates
        from newslint_rules.templates._verdict import Works

        generator = _template_problems.generator(post)
        told = list(_template_problems.problems(post, code=False))
        for problem in told:
            if _site_templates.verdict(post, problem).works is Works.YES:
                span = Span(problem.start, problem.end).shift(post.body_start)
                message = msg("{generator} runs this template of the site", generator=generator)
                yield self.finding(span, message)
        if post.target.name == "hexo":
            for span, name in _template_problems.working_tags(post, told):
                message = msg("Hexo runs the tag “{name}” here", name=name)
                yield self.finding(span, message)
