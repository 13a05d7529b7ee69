"""TPL001."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from newslint import (
    Bad,
    Field,
    Finding,
    Good,
    Impact,
    PostRule,
    RuleOptions,
    Safety,
    Severity,
    Span,
    msg,
    templates,
)
from newslint_rules.templates import _template_problems

if TYPE_CHECKING:
    from newslint import InferredOptions, Observation, Observations, Post, TemplateProblem


class TemplateTag(PostRule):
    """A post must not contain text that the generator reads as a template.

    Hexo, Jekyll and Eleventy read every post as a template, including code samples; Hugo looks for
    shortcodes. `{% foo %}` in one scraped post stops the build of the site: no page is written. A
    price list with `{{ x }}` silently loses it. The rule reports what the template engine of the
    target does at the given place: Hexo skips code blocks, Liquid does not; Hugo only reads `{{<`
    and `{{%`; versions of Hexo differ.

    The fix writes the braces as `&#123;` and `&#125;`: readers see the same text, and the template
    engine sees no template. In a style, it adds a space between two braces. The fix is safe if the
    text stops the build and is not a template of any site, such as `{{ a b }}`. It is unsafe for
    tags, includes, shortcodes, filters and variables, which a site may define; a tag and its end
    tag are fixed together.

    There is no fix in scripts, in tags for code such as `{% highlight %}`, and in Markdown code for
    a Liquid target; with hexo-renderer-markdown-it, which makes braces of these references, also in
    Markdown text while the post has another template. Put `{% raw %}` … `{% endraw %}` around the
    text, or disable the template engine for the post in its front matter: `disableNunjucks: true`
    for Hexo, `render_with_liquid: false` for Jekyll, `templateEngineOverride: md` (or `html`) for
    Eleventy.

    In a site that newslint can read, tags, includes, shortcodes, filters and variables that the
    site, its theme or its plug-ins define are not reported (TPL003 lists them). Text that newslint
    cannot decide is a warning with its reason, and has no fix. The patterns in `allow` name other
    intended templates; templates that stop the build nevertheless (an invalid argument, a missing
    end tag, an include or a post that does not exist) are still reported.
    """

    code, name, severity = "TPL001", "template-tag", Severity.ERROR
    impact = Impact.BUILD
    fix = Safety.SAFE
    targets = tuple(templates.GENERATORS)

    class Options(RuleOptions):
        """What a site that is written by hand uses on purpose."""

        allow: tuple[str, ...] = Field(
            (),
            description="The text to allow between the delimiters, such as `page.*` or `include "
            "*`; `*`"
            " matches any text.",
        )

    applies_to = _template_problems.may_have_any
    bad = [
        Bad(
            "<p>a ⟦{{ hello }}⟧ b</p>",
            fixed="<p>a &#123;&#123; hello &#125;&#125; b</p>",
            target="jekyll",
        ),
        Bad(
            '<img alt="⟦{% foo %}⟧" src="1.png">',
            fixed='<img alt="&#123;% foo %&#125;" src="1.png">',
            target="eleventy",
        ),
        Bad("<script>var a = '⟦{{ x }}⟧';</script>", target="jekyll"),
        Bad(
            "<p>⟦{% if page.x %}⟧ x</p>",
            fixed="<p>&#123;% if page.x %&#125; x</p>",
            target="jekyll",
            options={"allow": ["if *", "endif"]},
        ),
        Bad(
            "<p>⟦{% raw %}⟧{{ x }}⟦{% endraw %}⟧</p>",
            target="hugo",
            message="Hugo prints this tag, with which other generators protect templates",
        ),
    ]
    good = [
        Good("<p>&#123;&#123; hello &#125;&#125;</p>"),
        Good("---\ntitle: '{{ x }}'\n---\n<p>{ a }</p>\n"),
        Good("---\ndisableNunjucks: true\n---\n<p>{% foo %}</p>\n"),
        Good("---\nrender_with_liquid: false\n---\n<p>{% foo %}</p>\n", target="jekyll"),
        Good("```\n{{ x }}\n```\n", path="post.md"),
        Good("<p>{{ x }}</p>", target="html"),
        Good("<em>{{ page.description }}</em>", target="jekyll", options={"allow": ["page.*"]}),
        Good("{% note %} x {% endnote %}", target="jekyll", options={"allow": ["*note"]}),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        from newslint_rules.templates import _site_templates
        from newslint_rules.templates._verdict import Works

        reported: set[Span] = set()
        told: set[str] = set()
        for problem in _template_problems.problems(post, code=False):
            told_of = _site_templates.verdict(post, problem)
            if told_of.works is Works.YES:
                continue
            is_broken = told_of.works is Works.NO and not told_of.may_be_defined
            is_meant = self.is_allowed(_template_problems.content(post, problem))
            if is_meant and not (is_broken and _template_problems.is_fatal(problem)):
                continue
            if told_of.works is Works.NO and told_of.reason:
                problem = problem._replace(detail=told_of.reason)
            unsure = told_of.reason if told_of.works is Works.UNKNOWN else None
            finding = self._of(post, problem, unsure)
            reported.add(finding.span)
            # A theme that is not installed may define a tag of which a post has dozens.
            if unsure is None or finding.message not in told:
                yield finding
            told.add(finding.message)
        if post.target.name == "hugo":
            for span in _template_problems.guards(post):
                if span in reported:
                    continue
                message = msg("Hugo prints this tag, with which other generators protect templates")
                yield self.finding(span, message, severity=Severity.WARNING, impact=Impact.CONTENT)

    def _of(self, post: Post, problem: TemplateProblem, unsure: str | None) -> Finding:
        """Return the finding of a problem; ``unsure`` says why the template may work all the same.

        That finding is a warning without a fix.
        """
        span = Span(problem.start, problem.end).shift(post.body_start)
        words = _template_problems.words(post, problem)
        impact = _template_problems.impact(problem)
        if unsure is not None:
            message = msg("{words}; newslint cannot tell: {reason}", words=words, reason=unsure)
            return self.finding(span, message, severity=Severity.WARNING, impact=impact)
        edits, safety = _template_problems.encoded(post, problem)
        if edits and not _template_problems.is_surely_repaired(post, problem):
            safety = Safety.UNSAFE
        fix = self.make_fix("Write the braces as entities", *edits, safety=safety)
        is_usual = self.severity_in_force is self.severity
        unseen = not _template_problems.is_fatal(problem) and _is_in_comment(post, problem)
        severity = Severity.WARNING if unseen and is_usual else None
        return self.finding(span, words, fix if edits else None, severity, impact)

    def is_allowed(self, content: str) -> bool:
        """Return whether a site says that it uses this on purpose."""
        return any(fnmatchcase(content, pattern) for pattern in self.options.allow)

    @classmethod
    def observe(cls, post: Post) -> Iterable[Observation]:
        from newslint_rules.templates import _inference

        return _inference.observe(post)

    @classmethod
    def infer_options(cls, seen: Observations) -> InferredOptions | None:
        from newslint_rules.templates import _inference

        return _inference.infer_options(seen)


def _is_in_comment(post: Post, problem: TemplateProblem) -> bool:
    """Return whether a template is in a comment of HTML, of which readers see nothing."""
    if "<!--" not in post.body_text:
        return False
    return any(one.span.start <= problem.start < one.span.end for one in post.comments)
