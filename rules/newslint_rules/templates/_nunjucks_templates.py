"""Whether a template of Nunjucks works in its Eleventy site.

The engine's model has asked the site for the names that it met
(`newslint.generators.eleventy.nunjucks`): what it refuses is missing, or not known.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from newslint import BUNDLE_TAGS, SiteAnswer, msg
from newslint_rules.templates._variables import STRING
from newslint_rules.templates._verdict import (
    ENGINES,
    FATAL,
    FILTER,
    NO,
    UNNAMED,
    YES,
    Verdict,
    Works,
    first_word,
    lookup,
    of,
)

if TYPE_CHECKING:
    from newslint import Definition, Post, Site, TemplateProblem


def reads(post: Post) -> bool:
    """Return whether Nunjucks reads a post in an Eleventy site."""
    return post.target.name == "eleventy" and post.template_engine == "nunjucks"


def is_shortcode(post: Post, site: Site, name: str) -> bool:
    """Return whether a tag that ran is a shortcode of the site, or its end."""
    definition = lookup(post, site, "tag", name)
    is_own = definition.source in ENGINES and name not in BUNDLE_TAGS
    return definition.answer is SiteAnswer.YES and not is_own


def missing(post: Post, site: Site, problem: TemplateProblem, tag: re.Match[str] | None) -> Verdict:
    """Return whether what the engine does not find may be in the site all the same."""
    text = post.body_text[problem.start : problem.end]
    if tag is not None:
        name = tag["name"]
        if name in ("include", "import", "extends", "from"):
            return file(post, site, tag["rest"], problem)
        if name in BUNDLE_TAGS:
            return of(lookup(post, site, "tag", first_word(tag["rest"]) or ""))
        names = dict.fromkeys((name, name.removeprefix("end")))
        found = [lookup(post, site, "tag", one) for one in names]
        if any(_reads_itself(one) for one in found):
            return YES
        text = tag["rest"]
    else:
        found = []
    filters = {match["name"] for match in FILTER.finditer(STRING.sub('""', text))}
    found += [lookup(post, site, "filter", one) for one in sorted(filters)]
    unknown = (one for one in found if one.answer is SiteAnswer.UNKNOWN)
    first = next(unknown, None)
    return UNNAMED if first is None else Verdict(Works.UNKNOWN, first.reason)


def _reads_itself(tag: Definition) -> bool:
    """Return whether a tag of the site has a parser of its own (``addNunjucksTag``)."""
    return tag.answer is SiteAnswer.YES and tag.paired is None and tag.source not in ENGINES


def file(post: Post, site: Site, rest: str, problem: TemplateProblem) -> Verdict:
    """A file that Nunjucks is given: by a path from the post, a name, or what a name stands for."""
    if (quoted := STRING.match(rest.strip())) is None:
        computed = Verdict(Works.UNKNOWN, msg("its name is computed"))
        return NO if problem.effect in FATAL else computed
    if re.search(r"\bignore\s+missing\b", rest):
        return YES
    word = quoted[0][1:-1]
    if not word.startswith(("./", "../")):
        return of(lookup(post, site, "include", word))._replace(may_be_defined=False)
    post.depends_on_site = True
    path = posixpath.normpath(posixpath.join(posixpath.dirname(post.site_path), word))
    return YES if site.has_file(path) is SiteAnswer.YES else NO
