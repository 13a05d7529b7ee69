"""TPL002."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newslint import Bad, Finding, Good, Impact, PostRule, Safety, Severity, Span, msg
from newslint_rules.templates import _template_problems

if TYPE_CHECKING:
    from newslint import Post


class TemplateCode(PostRule):
    """A post must not reach for the machine that builds the site.

    Hexo runs what stands in `{{ … }}` as an expression, and from any function an expression gets to
    JavaScript's own `constructor`. `{{ range.constructor("return process.version")() }}` prints the
    version of Node (measured with Hexo 8.1.2): whoever writes into the feed that you scrape
    can read your files and your keys, and run programs. Jekyll's Liquid and Hugo's shortcodes
    do not let text do that.

    The fix writes the braces as `&#123;` and `&#125;`, and the text is shown as it is written.
    A post that comes to this on purpose is an attack: look where it came from.

    **Shut the door on the generator's side**, so that no post is read as a template:

    - for all Markdown posts: in `_config.yml`, `marked:` with `disableNunjucks: true` below it
      (hexo-renderer-marked reads it when it starts);
    - for one post of any kind: `disableNunjucks: true` in its front matter, which wins over the
      renderer's own setting. It must be a boolean: `"true"` in quotes is ignored. Let the scraper
      write it into every post; `.html` posts have no other switch;
    - build without secrets in the environment, and in a container.

    Tag plug-ins such as `{% asset_img %}` do not work in those posts any more. For Eleventy and
    Jekyll, whose templates run no code but break builds, `templateEngineOverride: md` (or `html`)
    and `render_with_liquid: false` do the same.
    """

    code, name, severity = "TPL002", "template-code", Severity.ERROR
    impact = Impact.SECURITY
    fix = Safety.SAFE
    targets = ("hexo",)

    applies_to = _template_problems.may_have_any
    bad = [
        Bad(
            '<p>⟦{{ range.constructor("return process.version")() }}⟧</p>',
            fixed='<p>&#123;&#123; range.constructor("return process.version")() &#125;&#125;</p>',
        ),
    ]
    good = [
        Good("<p>A constructor of process engineering (a company)</p>"),
        Good("<p>{{ hello }}</p>"),
        Good("<p>{{ range.constructor('x')() }}</p>", target="jekyll"),
        Good("---\ndisableNunjucks: true\n---\n<p>{{ range.constructor('x')() }}</p>\n"),
    ]

    def check(self, post: Post) -> Iterable[Finding]:
        for problem in _template_problems.problems(post, code=True):
            edits, safety = _template_problems.encoded(post, problem)
            mend = self.make_fix("Write the braces as entities", *edits, safety=safety)
            span = Span(problem.start, problem.end).shift(post.body_start)
            message = msg(
                "{generator} runs this as code on the build machine",
                generator=_template_problems.generator(post),
            )
            yield self.finding(span, message, mend if edits else None)
