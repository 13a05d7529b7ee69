"""TPL002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span, msg
from newslint_rules.templates import _template_problems

if TYPE_CHECKING:
    from newslint import Post


class TemplateCode(PostRule):
    """A post must not run code on the build machine.

    Hexo, and Eleventy where it reads posts with Nunjucks, run the text in `{{ … }}` as an
    expression, and any function gives an expression access to JavaScript's `constructor`.
    `{{ range.constructor("return process.version")() }}` prints the version of Node (measured with
    Hexo 8.1.2 and Eleventy 3.1.8): anyone who can write to the feed that you scrape can read your
    files and keys, and run programs. Liquid and Hugo's shortcodes do not allow that.

    The fix writes the braces as `&#123;` and `&#125;`, so that the text is shown as written. A post
    with such text is an attack: find out where it came from.

    **Disable templates in the generator**, so that no post is read as a template:

    - for all Markdown posts: in `_config.yml`, set `disableNunjucks: true` below `marked:`
      (hexo-renderer-marked reads it when it starts);
    - for a single post: set `disableNunjucks: true` in its front matter, which overrides the
      setting of the renderer. It must be a boolean: `"true"` in quotes is ignored. Let the scraper
      write it into every post; `.html` posts have no other setting;
    - build without secrets in the environment, and in a container.

    Tag plug-ins such as `{% asset_img %}` no longer work in these posts. For Eleventy, use
    `templateEngineOverride: md` (or `html`), or `markdownTemplateEngine: false` in the
    configuration; for Jekyll, whose templates run no code but can stop the build,
    `render_with_liquid: false`.
    """

    code, name, severity = "TPL002", "template-code", Severity.ERROR
    impact = Impact.SECURITY
    fix = Safety.SAFE
    targets = ("hexo", "eleventy")

    applies_to = _template_problems.may_have_any
    bad = [
        Bad(
            '<p>⟦{{ range.constructor("return process.version")() }}⟧</p>',
            fixed='<p>&#123;&#123; range.constructor("return process.version")() &#125;&#125;</p>',
        ),
        Bad(
            "---\ntemplateEngineOverride: njk\n---\n<p>⟦{{ range.constructor('return 1')() }}⟧</p>",
            fixed="---\ntemplateEngineOverride: njk\n---\n"
            "<p>&#123;&#123; range.constructor('return 1')() &#125;&#125;</p>",
            target="eleventy",
        ),
    ]
    good = [
        Good("<p>A constructor of process engineering (a company)</p>"),
        Good("<p>{{ hello }}</p>"),
        Good("<p>{{ range.constructor('x')() }}</p>", target="jekyll"),
        Good("<p>{{ range.constructor('x')() }}</p>", target="eleventy"),
        Good("---\ndisableNunjucks: true\n---\n<p>{{ range.constructor('x')() }}</p>\n"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        for problem in _template_problems.problems(post, code=True):
            edits, safety = _template_problems.encoded(post, problem)
            fix = self.make_fix("Write the braces as entities", *edits, safety=safety)
            span = Span(problem.start, problem.end).shift(post.body_start)
            message = msg(
                "{generator} runs this as code on the build machine",
                generator=_template_problems.generator(post),
            )
            yield self.finding(span, message, fix if edits else None)
