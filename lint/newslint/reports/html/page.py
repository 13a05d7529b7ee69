"""The page around the findings: head, policy, figures."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from newslint.core.language import Language
from newslint.core.version import __version__
from newslint.linter import registry, rule_docs
from newslint.reports import Context
from newslint.reports.html.data import Findings
from newslint.reports.html.escaping import escaped, number
from newslint.reports.html.overview import Figures
from newslint.reports.statistics import ArchiveStatistics
from newslint.reports.wording import Words, percent, posts


def page(
    statistics: ArchiveStatistics, findings: Findings, context: Context, words: Words
) -> Iterator[str]:
    """Yield the page, piece by piece."""
    style, script = _asset("report.css"), _asset("report.js")
    about = context.about()
    context = context._replace(about=lambda: about)
    yield _head(statistics, style, script, context, words)
    yield from Figures(words).all(statistics, context.tally, about)
    if findings.total:
        yield _list(findings, words)
    yield "</main>\n"
    yield f"<footer>{escaped(words('made by', version=__version__))}</footer>\n"
    for code in findings.codes:
        yield _why(code, context.language, words)
    yield '<script type="application/json" id="data">'
    yield from findings.json(statistics, context, words)
    yield f"</script>\n<script>{script}</script>\n</body>\n</html>\n"


def _asset(name: str) -> str:
    return files("newslint.reports.html").joinpath(name).read_text(encoding="utf-8")


def _head(
    statistics: ArchiveStatistics, style: str, script: str, context: Context, words: Words
) -> str:
    all_posts = statistics.all
    share = percent(all_posts.clean, all_posts.posts)
    title = words("title empty")
    if all_posts.posts:
        title = words("title", posts=posts(all_posts.posts), share=share)
    return (
        f'<!DOCTYPE html>\n<html lang="{context.language.code}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#findings">{escaped(words("skip"))}</a>\n<main>\n'
    )


def _policy(style: str, script: str) -> str:
    """Return the policy: loads nothing, and allows only this style sheet and script, by hash.

    Trusted types prevent the script from creating markup from text.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _list(findings: Findings, texts: Words) -> str:
    """Return the filters and the container of the list, which the script fills."""
    words = {name: escaped(texts(name)) for name in texts.templates}
    left_out = ""
    if findings.kept < findings.total:
        text = texts("left out", kept=number(findings.kept), total=number(findings.total))
        left_out = f'<p class="note">{escaped(text)}</p>'
    severities = "".join(
        f'<label class="chip {name}"><input type="checkbox" name="severity" value="{name}" checked>'
        f'<span>{words[word]} <span class="count" data-count="{name}"></span></span></label>'
        for name, word in (("error", "errors"), ("warning", "warnings"), ("info", "hints"))
    )
    orders = "".join(
        f'<option value="{name}">{words[f"sort {name}"]}</option>'
        for name in ("severity", "path", "rule", "newest", "oldest")
    )
    return f"""<section id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">{words["findings"]}</h2>
<noscript><p class="note">{words["no script"]}</p></noscript>{left_out}
<form id="filters" role="search" aria-label="{words["filters"]}" hidden>
<label class="field grow"><span>{words["search"]}</span>
<input type="search" name="text" placeholder="{words["search hint"]}" autocomplete="off"></label>
<label class="field"><span>{words["rule"]}</span>
<select name="rule"><option value="">{words["any rule"]}</option></select></label>
<label class="field"><span>{words["impact"]}</span>
<select name="impact"><option value="">{words["any impact"]}</option></select></label>
<label class="field"><span>{words["folder"]}</span>
<select name="folder"><option value="">{words["any folder"]}</option></select></label>
<label class="field"><span>{words["sort"]}</span><select name="sort">{orders}</select></label>
<fieldset><legend>{words["severity"]}</legend>{severities}</fieldset>
</form>
<div id="state" hidden><p id="shown" role="status"></p><div id="active"></div>
<button type="button" id="download">{words["download"]}</button></div>
<div id="list" role="list" aria-labelledby="findings-title"></div>
</section>
"""


def _why(code: str, language: Language, words: Words) -> str:
    """Return a rule's explanation, as a template that the script copies.

    Empty for a rule of a ``[[rule]]`` table, and for the finding about a rule that failed.
    """
    rule = registry.rules().get(code)
    if rule is None:
        return ""
    from markdown_it import MarkdownIt

    # HTML in the documentation of a plug-in is not rendered, nor are URLs that load anything.
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])
    text = f"**{rule_docs.summary(rule, language)}**\n\n{rule_docs.explanation(rule, language)}"
    url = rule_docs.rule_url(rule)
    page = url and (
        f'<p><a href="{escaped(url)}" rel="noopener noreferrer">{escaped(words("page"))}</a></p>'
    )
    why = _quiet(markdown.render(text))
    return f'<template id="why-{escaped(code)}">{why}{page or ""}</template>\n'


def _quiet(html: str) -> str:
    """Return the markup without active characters."""
    from newslint.core.escaping import plain

    return "\n".join(plain(line, True) for line in html.split("\n")).replace("##", "#&#35;")
