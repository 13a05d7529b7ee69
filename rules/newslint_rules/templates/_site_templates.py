"""Whether a template of a post works in its site: tags, includes, shortcodes and variables."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from newslint import Definition, Effect, Role, SiteAnswer, TemplateProblem, lazy, msg
from newslint_rules.templates._own_names import ENGINES, has_parameter, is_highlighted, is_redefined
from newslint_rules.templates._variables import (
    OPERATORS,
    ROOT,
    STRING,
    known_names,
    layout_names,
    roots,
)

if TYPE_CHECKING:
    from newslint import Post, Site

_TAG = lazy.pattern(r"\{%[-~]?\s*+(?P<name>[^\s%}|]++)(?P<rest>.*?)[-~]?%\}", re.DOTALL)
_SHORTCODE = lazy.pattern(
    r"\{\{[<%]\s*+(?P<end>/)?\s*+(?P<name>[\w./-]++)(?P<rest>.*?)(?P<whole>/)?\s*+[>%]\}\}",
    re.DOTALL,
)
_FILTER = lazy.pattern(r"(?<!\|)\|(?!\|)\s*+(?P<name>[A-Za-z_]\w*+)")
_WORD = lazy.pattern(r"\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s,\"'=%}|]++)")
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
_ELSEWHERE = frozenset(
    [
        "param",
        "instagram",
        "instagram_simple",
        "tweet",
        "twitter",
        "twitter_simple",
        "vimeo_simple",
        "x",
        "x_simple",
    ]
)
"""Shortcodes that depend on a parameter or on another site."""


class Works(Enum):
    """What a site makes of a template."""

    YES = auto()
    NO = auto()
    """It does what the engine's model says: the build stops, or the text is replaced."""
    UNKNOWN = auto()


class Verdict(NamedTuple):
    """Whether a template works, and why that is not known.

    ``may_be_defined`` says that all it lacks is a name that newslint did not find defined: the site
    may know better (`TemplateTag.Options.allow`).
    """

    works: Works
    reason: str = ""
    may_be_defined: bool = False


_ORDER = (Works.YES, Works.UNKNOWN, Works.NO)
_YES, _NO = Verdict(Works.YES), Verdict(Works.NO)
_UNNAMED = Verdict(Works.NO, may_be_defined=True)
_FATAL = (Effect.SITE_DIES, Effect.POST_LOST, Effect.CUT)


def verdict(post: Post, problem: TemplateProblem) -> Verdict:
    """Return whether a template of a post works in its site; NO without a site."""
    if problem.malformed or problem.code:
        return _NO
    if post.site is None:
        found = _TAG.match(post.body_text, problem.start)
        is_link = found is not None and found["name"] == "post_link"
        if problem.undefined and is_link and post.target.name == "hexo":
            return Verdict(Works.UNKNOWN, msg("the posts of the site are unknown"))
        is_known = problem.effect in _FATAL and not problem.undefined
        return _NO if is_known else _UNNAMED
    return post.once(_verdict, problem)


def _verdict(post: Post, problem: TemplateProblem) -> Verdict:
    site = post.site
    assert site is not None
    body, at = post.body_text, problem.start
    if body.startswith("{#", at):
        return _YES if _stands_alone(body, problem) else _NO
    if post.target.name == "eleventy" and is_highlighted(post, site, at):
        return _YES
    if problem.effect in _FATAL and not problem.undefined:
        return _refused(site, body, at)
    if post.target.name == "hugo":
        shortcode = _SHORTCODE.match(body, at)
        return _NO if shortcode is None else _shortcode(post, site, shortcode)
    if (tag := _TAG.match(body, at)) is not None:
        told = _tag(post, site, tag, problem)
        return _with_filters(post, site, tag["rest"], told, problem)
    if body.startswith("{{", at):
        end = body.find("}}", at)
        if end < 0:
            return _NO
        text = body[at + 2 : end].strip("-~ \t\r\n")
        return _with_filters(post, site, text, _output(post, site, text), problem)
    return _NO


def _stands_alone(body: str, problem: TemplateProblem) -> bool:
    """Return whether a comment fills its lines: an author leaves out what it holds."""
    before = body[body.rfind("\n", 0, problem.start) + 1 : problem.start]
    after = body[problem.end :].partition("\n")[0]
    is_whole = body.endswith("#}", problem.start, problem.end)
    return is_whole and not before.strip() and not after.strip()


def _refused(site: Site, body: str, at: int) -> Verdict:
    """What the engine cannot read, whatever the site has: unless the site reads the tag itself."""
    found = _TAG.match(body, at) or _SHORTCODE.match(body, at)
    if found is not None:
        is_tag, name = found[0][1] == "%", found["name"]
        definition = site.lookup("tag", name) if is_tag else site.lookup("shortcode", name)
        if definition.answer is SiteAnswer.YES and definition.source not in ENGINES:
            return Verdict(Works.UNKNOWN, msg("{file} reads it", file=definition.source))
    return _NO


def _of(definition: Definition) -> Verdict:
    if definition.answer is SiteAnswer.YES:
        return _YES
    if definition.answer is SiteAnswer.NO:
        return _UNNAMED
    return Verdict(Works.UNKNOWN, definition.reason)


def _answered(answer: SiteAnswer, reason: str) -> Verdict:
    if answer is SiteAnswer.UNKNOWN:
        return Verdict(Works.UNKNOWN, reason)
    return _YES if answer is SiteAnswer.YES else _NO


def _shortcode(post: Post, site: Site, found: re.Match[str]) -> Verdict:
    name = found["name"]
    if name in ("ref", "relref"):
        word = _first_word(found["rest"])
        if word is None:
            return _NO
        post.asks_site = True
        return _answered(
            site.has_post(word, post.site_path), msg("the page may exist: {name}", name=word)
        )
    if name == "param" and has_parameter(post, site, _first_word(found["rest"]) or ""):
        return _YES
    if name in _ELSEWHERE:
        return Verdict(Works.UNKNOWN, msg("it depends on something that newslint cannot see"))
    definition = site.lookup("shortcode", name)
    told = _of(definition)
    if told.works is not Works.YES or definition.paired is None:
        return told
    opened = len(re.findall(rf"\{{\{{[<%]\s*{re.escape(name)}[\s>%/]", post.body_text))
    closed = len(re.findall(rf"\{{\{{[<%]\s*/\s*{re.escape(name)}\s*[>%]", post.body_text))
    if definition.paired and not found["whole"]:
        return _YES if closed >= opened > 0 else _NO
    return _YES if definition.paired or not closed else _NO


def _tag(post: Post, site: Site, tag: re.Match[str], problem: TemplateProblem) -> Verdict:
    name = tag["name"]
    if name in _FILE_TAGS.get(post.target.name, ()) and not is_redefined(post, site, name):
        return _file_tag(post, site, name, tag["rest"])
    if problem.effect is Effect.EXECUTED:
        return _control(post, site, tag)
    base = name.removeprefix("end")
    for one in dict.fromkeys((name, base)):
        definition = site.lookup("tag", one)
        if definition.answer is SiteAnswer.NO:
            continue
        told = _of(definition)
        if told.works is not Works.YES or definition.paired is None:
            return told
        ends = f"end{one}"
        has_end = re.search(rf"\{{%[-~]?\s*{re.escape(ends)}\b", post.body_text) is not None
        if definition.paired:
            return _YES if has_end else _NO
        return _YES if name == one and not has_end else _NO
    return _UNNAMED


def _control(post: Post, site: Site, tag: re.Match[str]) -> Verdict:
    """A tag of the engine itself: it is meant where it is about what the site or post has."""
    if site.role(post.site_path).role is Role.PAGE:
        return _YES
    if tag["name"] in ("assign", "capture", "set", "cycle", "increment", "decrement"):
        return _YES
    text = STRING.sub(" ", tag["rest"])
    if tag["name"] in ("for", "tablerow"):
        # The name before `in` is new.
        text = text.partition(" in ")[2]
    names = [one for one in roots(text) if one not in OPERATORS]
    if not names:
        # An end or a branch: it goes with its opening tag, which is judged by itself.
        return _YES if tag["name"].startswith(("end", "else")) else _NO
    return _known(post, site, names)


def _output(post: Post, site: Site, text: str) -> Verdict:
    """``{{ … }}``: a variable, or a shortcode of Eleventy."""
    if site.role(post.site_path).role is Role.PAGE:
        return _YES
    literal = STRING.match(text)
    if literal is not None and text[literal.end() :].lstrip()[:1] in ("", "|"):
        return _YES
    head = text.partition("|")[0].strip()
    root = ROOT.match(head)
    if root is None:
        return _NO
    return _known(post, site, [root[0]])


def _known(post: Post, site: Site, names: list[str]) -> Verdict:
    """Return whether the post or the site has a variable of one of some names."""
    known = known_names(post, site)
    if any(one in known for one in names) or layout_names(post, site).intersection(names):
        return _YES
    if post.front_matter is None and post.bounds is not None:
        return Verdict(Works.UNKNOWN, msg("its front matter is code"))
    answers = [_of(site.lookup("data", name)) for name in dict.fromkeys(names)]
    if post.target.name != "eleventy":
        return _YES if any(one.works is Works.YES for one in answers) else _NO
    return min(answers, key=lambda one: _ORDER.index(one.works))


def _file_tag(post: Post, site: Site, name: str, rest: str) -> Verdict:
    word = _first_word(rest)
    if word is None:
        return _NO
    if "{" in word:
        return Verdict(Works.UNKNOWN, msg("its name is computed"))
    reason = msg("{name} may exist", name=word)
    if name in _INCLUDES:
        return _of(site.lookup("include", word))._replace(may_be_defined=False)
    post.asks_site = True
    if name == "include_relative":
        folder = post.site_path.rpartition("/")[0]
        return _answered(site.has_file(f"{folder}/{word}".lstrip("/")), reason)
    if name == "link":
        return _answered(site.has_linked(word), reason)
    if name in ("asset_img", "asset_link", "asset_path"):
        return _YES
    return _answered(site.has_post(word, post.site_path), reason)


def _first_word(text: str) -> str | None:
    match = _WORD.search(text)
    if match is None:
        return None
    return next(one for one in match.groups() if one is not None)


def _with_filters(
    post: Post, site: Site, text: str, told: Verdict, problem: TemplateProblem
) -> Verdict:
    """Return a verdict, worse where a filter is one that neither the engine nor the site has."""
    if told.works is Works.YES or problem.effect is Effect.SITE_DIES:
        names = [match["name"] for match in _FILTER.finditer(STRING.sub('""', text))]
        answers = [_of(site.lookup("filter", name)) for name in names]
        if "inputPathToUrl" in names and (literal := STRING.match(text.lstrip())):
            post.asks_site = True
            found = site.has_post(literal[0][1:-1], post.site_path)
            answers.append(_answered(found, msg("the page may exist")))
        for one in answers:
            if one.works is not Works.YES:
                return one
        if names and told.works is Works.NO and text.lstrip()[:1] not in ("%",):
            # The filters were what the engine did not know.
            return _YES if answers else told
    return told
