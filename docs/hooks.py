"""Hooks of MkDocs (``hooks`` in mkdocs.yml): pages that are made from code and data at the build.

The rules' pages come from the rules themselves, and the tables of generators.md from the measured
posts in tests/data. None of them is a file of the repository.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from newslint.config.json_schema import SCHEMA_URL, config_schema
from newslint.core.language import Language
from newslint.linter import registry, rule_docs
from newslint.linter.families import family_name

RULE_PAGES = (
    ("rules/", Language("en"), ("简体中文", "zh/rules/")),
    ("zh/rules/", Language("zh"), ("English", "rules/")),
)
"""The folders of the rules' pages: language, and name and folder of the other language."""
MEASURED = Path(__file__).parents[1] / "tests" / "data" / "measured.json"
GENERATORS = {"hexo": "Hexo 8", "jekyll": "Jekyll (Debian)", "hugo": "Hugo", "eleventy": "Eleventy"}
OLDER = {"hexo_7.3.0": "Hexo 7", "hexo_6.3.0": "Hexo 6", "hexo_5.4.2": "Hexo 5"}
OUTCOMES = {
    "skipped": "skipped",
    "post-fails": "post lost",
    "site-fails": "**build fails**",
    "wrong": "wrong",
}
ZONES = {
    "UTC": "`TZ=UTC`",
    "Asia/Shanghai": "`TZ=Asia/Shanghai`",
    "cfg:Asia/Shanghai": "site's own",
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the rules' pages in the navigation, by family, below the entry of their index."""
    nav = config.nav or []
    for folder, language, _ in RULE_PAGES:
        for place, entry in enumerate(nav):
            ((title, page),) = entry.items()
            if page == f"{folder}index.md":
                nav[place] = {title: [page, *_families(folder, language)]}
    config.nav = nav
    return config


def _families(folder: str, language: Language) -> Iterator[dict[str, Any]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for code, rule in registry.rules().items():
        if rule.__module__.startswith("newslint_rules"):
            entry = {f"{code} {rule.name}": f"{folder}{code}.md"}
            groups.setdefault(registry.family(code), []).append(entry)
    for code, pages in groups.items():
        yield {f"{family_name(code, language)} ({code})": pages}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and index of the built-in rules in each language, and the JSON Schema."""
    rules = registry.rules().values()
    built_in = [rule for rule in rules if rule.__module__.startswith("newslint_rules")]
    for folder, language, other in RULE_PAGES:
        pages = {rule.code: rule_docs.page(rule, language) for rule in built_in}
        pages["index"] = rule_docs.index(built_in, language)
        for name, text in pages.items():
            up = "../" * folder.count("/")
            link = f"[{other[0]}]({up}{other[1]}{name}.md)"
            # Rules link to the guides as seen from rules/.
            text = re.sub(r"\]\(\.\./(?=[a-z])", f"]({up}", text)
            files.append(File.generated(config, f"{folder}{name}.md", content=f"{text}\n{link}\n"))
    schema = json.dumps(config_schema(), indent=2)
    files.append(File.generated(config, SCHEMA_URL.rpartition("/")[2], content=schema))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the measured tables into generators.md."""
    if page.file.src_uri != "generators.md":
        return markdown
    rows = json.loads(MEASURED.read_bytes())
    for mark, table in (("measured-table", constructs(rows)), ("measured-dates", dates(rows))):
        assert f"<!-- {mark} -->" in markdown
        markdown = markdown.replace(f"<!-- {mark} -->", "\n".join(table))
    return markdown


def constructs(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table of constructs: .md and .html in one row."""
    yield from _head("id", "construct", *GENERATORS.values())
    groups: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        name, _, ending = row["id"].partition(".")
        groups.setdefault(name, {})[ending] = row
    for name, files in groups.items():
        construct = next(iter(files.values()))["construct"].rpartition(" [.")
        cells = [_by_file(files, key) for key in GENERATORS]
        if older := _older(files):
            cells[0] += f"<br>{older}"
        yield _row(f"`{name}`", _text(construct[0] or construct[2]), *cells)


def dates(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table of dates."""
    yield from _head("id", "date", "zone", *GENERATORS.values())
    for row in rows:
        for zone, shown in row.get("shown_date", {}).items():
            first = zone == next(iter(ZONES))
            construct = _text(row["construct"].removeprefix("date: ")) if first else ""
            cells = [OUTCOMES.get(shown.get(key, ""), shown.get(key, "")) for key in GENERATORS]
            yield _row(f"`{row['id']}`" if first else "", construct, ZONES[zone], *cells)


def _by_file(files: dict[str, dict[str, Any]], key: str) -> str:
    """What a generator makes of a construct: once where .md and .html come out alike."""
    said = {ending: _outcome(row[key]) for ending, row in files.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "<br>".join(f"`.{ending}`: {words}" for ending, words in said.items())


def _older(files: dict[str, dict[str, Any]]) -> str:
    """The older versions of Hexo that differ from the newest one in a construct's outcome.

    Some dates were not measured with them.
    """
    return "<br>".join(
        f"{name}: {_by_file(files, key)}"
        for key, name in OLDER.items()
        if any(
            key in row and row[key]["outcome"] != row["hexo"]["outcome"] for row in files.values()
        )
    )


def _outcome(entry: dict[str, str]) -> str:
    """An outcome as a message, with its label where that says more."""
    if entry["outcome"] in ("post-fails", "site-fails"):
        return OUTCOMES[entry["outcome"]]
    label = "" if entry["label"] in ("ok", entry["outcome"]) else _text(entry["label"])
    words = OUTCOMES.get(entry["outcome"], "ok")
    return f"{words}: {label}" if label else words


def _text(text: str) -> str:
    """A text as it is, in a cell of a Markdown table."""
    escaped = html.escape(text, quote=False)
    return "".join(f"&#{ord(sign)};" if sign in r"|*_`[]{}\~" else sign for sign in escaped)


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" for _ in names))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
