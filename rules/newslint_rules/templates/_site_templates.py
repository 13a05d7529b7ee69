"""Whether a template of a post works in its site: tags, includes, shortcodes and variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newslint import BUNDLE_TAGS, Effect, SiteAnswer, TemplateProblem, lazy, msg, templates
from newslint_rules.templates import _liquid_templates as liquid
from newslint_rules.templates import _nunjucks_templates as nunjucks
from newslint_rules.templates._hugo_references import reference
from newslint_rules.templates._own_names import has_parameter, is_highlighted, stands_alone
from newslint_rules.templates._site_pairs import unpaired
from newslint_rules.templates._variables import (
    OPERATORS,
    ROOT,
    STRING,
    USUAL_FIELDS,
    known_names,
    layout_names,
    roots,
)
from newslint_rules.templates._verdict import (
    ENGINES,
    FATAL,
    FILTER,
    NO,
    UNNAMED,
    YES,
    Verdict,
    Works,
    answered,
    first_word,
    lookup,
    of,
)

if TYPE_CHECKING:
    from newslint import Post, Site

_TAG = lazy.pattern(r"\{%[-~]?\s*+(?P<name>[^\s%}|]++)(?P<rest>.*?)[-~]?%\}", re.DOTALL)
_SHORTCODE = lazy.pattern(
    r"\{\{[<%]\s*+/?\s*+(?P<name>[\w./-]++)(?P<rest>.*?)/?\s*+[>%]\}\}",
    re.DOTALL,
)
_INCLUDES = frozenset(
    {"include", "include_cached", "render", "layout", "import", "extends", "from"}
)
_FILE_TAGS = {
    "jekyll": frozenset({"include", "include_relative", "include_cached", "link", "post_url"}),
    "eleventy": frozenset({"include", "render", "layout", "import", "extends", "from"}),
    "hexo": frozenset(
        {
            "post_link",
            "post_path",
            "asset_img",
            "asset_link",
            "asset_path",
            "include",
            "import",
            "extends",
            "from",
        }
    ),
}
_DEFINING = frozenset(
    (  # noqa: SIM905
        "assign capture set cycle increment decrement macro call filter block"
    ).split()
)
"""The tags that only an author of templates writes, about names that are new."""
_ELSEWHERE = frozenset(
    [
        "param",
        "instagram",
        "instagram_simple",
        "tweet",
        "twitter",
        "twitter_simple",
        "vimeo_simple",
    ]
)
"""Shortcodes that may stop the build, by a parameter or by another site."""


_REACH = 100
"""Characters of a template that tell its name."""
_ORDER = (Works.YES, Works.UNKNOWN, Works.NO)


def verdict(post: Post, problem: TemplateProblem) -> Verdict:
    """Return whether a template of a post works in its site; NO without a site."""
    if post.template_engine == templates.UNKNOWN_ENGINE:
        reason = msg("the site configures the template engine in code")
        return Verdict(Works.UNKNOWN, reason)
    if post.site is not None and (
        reason := post.site.rewriter(post.body_text[problem.start : problem.end + _REACH])
    ):
        return Verdict(Works.UNKNOWN, reason)
    if problem.malformed or problem.code:
        return NO
    if post.site is None:
        found = _TAG.match(post.body_text, problem.start)
        is_link = found is not None and found["name"] == "post_link"
        if problem.undefined and is_link and post.target.name == "hexo":
            return Verdict(Works.UNKNOWN, msg("the posts of the site are unknown"))
        is_known = problem.effect in FATAL and not problem.undefined
        return NO if is_known else UNNAMED
    return post.once(_verdict, problem)


def _verdict(post: Post, problem: TemplateProblem) -> Verdict:
    site = post.site
    assert site is not None
    body, at = post.body_text, problem.start
    if body.startswith("{#", at) and problem.effect not in FATAL:
        return YES if stands_alone(body, problem) else NO
    if post.target.name == "eleventy" and is_highlighted(post, site, at):
        return YES
    if problem.effect in FATAL and not problem.undefined:
        return _refused(post, site, at)
    if nunjucks.reads(post) and problem.effect in FATAL:
        return nunjucks.missing(post, site, problem, _TAG.match(body, at))
    if post.target.name == "hexo" and problem.effect is Effect.WRONG:
        # The engine does not see it, whatever the site defines.
        is_known = site.renderer.modelled or site.renderer.dialect
        return NO if is_known else Verdict(Works.UNKNOWN, site.renderer.reason)
    if post.target.name == "hugo":
        shortcode = _SHORTCODE.match(body, at)
        return NO if shortcode is None else _shortcode(post, site, shortcode, problem)
    if (tag := _TAG.match(body, at)) is not None:
        told = _tag(post, site, tag, problem)
        return _with_filters(post, site, tag["rest"], told, problem)
    if body.startswith("{{", at):
        end = body.find("}}", at)
        if nunjucks.reads(post) and body.endswith("}}", at, problem.end):
            end = problem.end - 2  # its lexer reads text in quotes
        if end < 0:
            return NO
        text = body[at + 2 : end].strip("-~ \t\r\n")
        return _with_filters(post, site, text, _output(post, site, text), problem)
    return NO


def _refused(post: Post, site: Site, at: int) -> Verdict:
    """What the engine cannot read, whatever the site has: unless the site reads the tag itself."""
    found = _TAG.match(post.body_text, at)
    if found is not None and post.target.name != "hugo":
        definition = lookup(post, site, "tag", found["name"])
        if nunjucks.reads(post) and definition.paired is not None:
            return NO  # its arguments were read
        if definition.answer is SiteAnswer.YES and definition.source not in ENGINES:
            return Verdict(Works.UNKNOWN, msg("{file} reads it", file=definition.source))
    return NO


def _shortcode(post: Post, site: Site, found: re.Match[str], problem: TemplateProblem) -> Verdict:
    name = found["name"]
    if name in ("ref", "relref"):
        return reference(post, site, found.start())
    if name == "param" and has_parameter(post, site, first_word(found["rest"]) or ""):
        return YES
    if name in _ELSEWHERE and problem.effect in FATAL:
        return Verdict(Works.UNKNOWN, msg("it depends on something that newslint cannot see"))
    return of(site.lookup("shortcode", name))


def _tag(post: Post, site: Site, tag: re.Match[str], problem: TemplateProblem) -> Verdict:
    name = tag["name"]
    is_own = nunjucks.reads(post) and nunjucks.is_shortcode(post, site, name)
    if name in _FILE_TAGS.get(post.target.name, ()) and not is_own:
        if nunjucks.reads(post):
            return nunjucks.file(post, site, tag["rest"], problem)
        return _file_tag(post, site, name, tag["rest"])
    if name in BUNDLE_TAGS and problem.effect is not Effect.EXECUTED:
        return of(lookup(post, site, "tag", first_word(tag["rest"]) or ""))
    if problem.effect is Effect.EXECUTED:
        return YES if is_own else _control(post, site, tag)
    base = name.removeprefix("end")
    known = [(one, lookup(post, site, "tag", one)) for one in dict.fromkeys((name, base))]
    # An end tag is no tag of its own: what nobody knows of it, its tag tells.
    known.sort(key=lambda one: one[1].answer is not SiteAnswer.YES)
    for one, definition in known:
        if definition.answer is SiteAnswer.NO:
            continue
        told = of(definition)
        if told.works is not Works.YES or definition.paired is None:
            return told
        if name == one and liquid.is_refused(post, site, definition, tag["rest"]):
            return NO._replace(reason=msg("“{name}” does not read these arguments", name=one))
        if definition.paired and post.target.name in ("hexo", "jekyll"):
            return NO if problem.start in post.once(unpaired) else YES
        has_end = liquid.has_end(post, one)
        if definition.paired:
            return YES if has_end else NO._replace(reason=msg("“{name}” is not closed", name=one))
        if name == one and not has_end:
            return YES
        return NO._replace(reason=msg("“{name}” has no end tag", name=one))
    return UNNAMED


def _control(post: Post, site: Site, tag: re.Match[str]) -> Verdict:
    """A tag of the engine itself: it is meant where it is about what the site or post has."""
    if post.is_page:
        return YES
    if tag["name"] in _DEFINING:
        return YES
    text = STRING.sub(" ", tag["rest"])
    if tag["name"] in ("for", "tablerow"):
        # The name before `in` is new.
        text = text.partition(" in ")[2]
    names = [one for one in roots(text) if one not in OPERATORS]
    if not names:
        # An end or a branch: it goes with its opening tag, which is judged by itself.
        return YES if tag["name"].startswith(("end", "else", "when")) else NO
    return _known(post, site, names)


def _output(post: Post, site: Site, text: str) -> Verdict:
    """``{{ … }}``: a variable, or a shortcode of Eleventy."""
    if post.is_page:
        return YES
    literal = STRING.match(text)
    if literal is not None and text[literal.end() :].lstrip()[:1] in ("", "|"):
        return YES
    head = text.partition("|")[0].strip()
    root = ROOT.match(head)
    if root is None:
        return NO
    return _known(post, site, [root[0]])


def _known(post: Post, site: Site, names: list[str]) -> Verdict:
    """Return whether the post or the site has a variable of one of some names."""
    known = known_names(post, site)
    if any(one in known for one in names) or layout_names(post, site).intersection(names):
        return YES
    if post.front_matter is None and post.bounds is not None:
        return Verdict(Works.UNKNOWN, msg("its front matter is code"))
    if post.target.name == "hexo" and (own := next(filter(post.data.__contains__, names), None)):
        reason = msg("the front matter has the field {name!r}", name=own)
        return Verdict(Works.UNKNOWN, reason) if own in USUAL_FIELDS else YES
    answers = [of(lookup(post, site, "data", name)) for name in dict.fromkeys(names)]
    if post.target.name != "eleventy":
        return YES if any(one.works is Works.YES for one in answers) else NO
    told = min(answers, key=lambda one: _ORDER.index(one.works))
    reason = site.open_defaults(post.site_path) if told.works is Works.NO else ""
    return Verdict(Works.UNKNOWN, reason) if reason else told


def _file_tag(post: Post, site: Site, name: str, rest: str) -> Verdict:
    # Jekyll takes all that follows these tags for the name.
    word = rest.strip() if name in ("link", "post_url") else first_word(rest)
    if not word:
        return NO
    if "{" in word:
        return Verdict(Works.UNKNOWN, msg("its name is computed"))
    reason = msg("{name} may exist", name=word)
    if name in _INCLUDES and liquid.is_beside(post, word):
        return liquid.beside(post, site, word)
    if name in _INCLUDES:
        return of(site.lookup("include", word))._replace(may_be_defined=False)
    post.depends_on_site = True
    if name == "include_relative":
        folder = post.site_path.rpartition("/")[0]
        return answered(site.has_file(f"{folder}/{word}".lstrip("/")), reason)
    if name == "link":
        return answered(site.has_linked(word), reason)
    if name in ("asset_img", "asset_link", "asset_path"):
        return YES
    return answered(site.has_post(word, post.site_path), reason)


def _with_filters(
    post: Post, site: Site, text: str, told: Verdict, problem: TemplateProblem
) -> Verdict:
    """Return a verdict, worse where a filter is one that neither the engine nor the site has."""
    if told.works is Works.YES or problem.effect is Effect.SITE_DIES:
        names = [match["name"] for match in FILTER.finditer(STRING.sub('""', text))]
        answers = [of(lookup(post, site, "filter", name)) for name in names]
        if "inputPathToUrl" in names and (literal := STRING.match(text.lstrip())):
            post.depends_on_site = True
            found = site.has_post(literal[0][1:-1], post.site_path)
            answers.append(answered(found, msg("the page may exist")))
        for one in answers:
            if one.works is not Works.YES:
                return one
        if names and told.works is Works.NO and text.lstrip()[:1] not in ("%",):
            # The filters were what the engine did not know.
            return YES if answers else told
    return told
