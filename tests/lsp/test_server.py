"""The language server, driven by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from editor import Editor, applied, edits_of, position
from lsprotocol import types

from newslint import Severity, check_text
from newslint.config.project import Project

EDITS = int(os.environ.get("NEWSLINT_EDITS", "100"))
"""Edits of the random session; by hand a thousand of them."""

GOOD = """---
title: "Snow: 天气"
categories: [World]
headimg: https://a.example/1.jpg
author: 王小明
comments: true
date: 2021-12-02 10:00:00
thumbnail: https://a.example/1.jpg
---
<p>Snow fell.</p>
<p>责任编辑：刘万里</p>
"""
PICTURE = '<img src="https://n.sinaimg.cn/1.jpg" alt="">'
BAD = GOOD.replace("Snow fell.", f"𝔘 {PICTURE} snow fell.")
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def run(session: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(session, 300))


def codes(diagnostics: list[types.Diagnostic]) -> list[Any]:
    return [one.code for one in diagnostics]


def told(diagnostics: list[types.Diagnostic]) -> list[tuple[Any, ...]]:
    return [(one.code, one.range, one.severity, one.message) for one in diagnostics]


def expected(text: str, name: str, folder: Path) -> list[tuple[Any, ...]]:
    """What the command finds, at places counted another way than the server does."""
    return [
        (
            one.finding.code,
            types.Range(position(text, one.start.offset), position(text, one.end.offset)),
            SEVERITIES[one.finding.severity],
            one.finding.message,
        )
        for one in check_text(text, name, Project(folder))
    ]


def command(folder: Path, name: str, text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of what the command itself prints for a text."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "newslint",
            "-",
            "--stdin-filename",
            name,
            "--output-format",
            "json",
        ],
        input=text.encode(),
        cwd=folder,
        capture_output=True,
        check=False,
    )
    found = json.loads(done.stdout)
    return [(one["code"], one["start"]["line"], one["start"]["column"]) for one in found]


def test_findings_are_told_as_one_types_at_utf16_columns(tmp_path: Path) -> None:
    async def session() -> None:
        async with Editor(tmp_path) as editor:
            assert editor.initialized.capabilities.position_encoding == "utf-16"
            assert await editor.open("a.md", GOOD) == []
            at = GOOD.index("Snow fell.")
            (found,) = await editor.edit("a.md", (at, at, f"𝔘 {PICTURE} "))
            assert found.code == "IMG001"
            assert found.source == "newslint"
            assert found.code_description.href.endswith("/rules/IMG001")
            # 𝔘 is two units of UTF-16.
            assert found.range.start == types.Position(9, len("<p>") + 2 + 1)
            assert found.range.end.character - found.range.start.character == len(PICTURE)
            text = editor.texts["a.md"]
            start = text.index("<img")
            assert await editor.edit("a.md", (start, start + len(PICTURE), "")) == []

    run(session())


def test_columns_are_utf8_where_that_is_negotiated(tmp_path: Path) -> None:
    async def session() -> None:
        async with Editor(tmp_path, encodings=["utf-8", "utf-16"]) as editor:
            assert editor.initialized.capabilities.position_encoding == "utf-8"
            (found,) = await editor.open("a.md", BAD)
            assert found.range.start == types.Position(9, len("<p>𝔘 ".encode()))

    run(session())


PIECES = (
    "a", "天", "𝔘", " ", "\n", "\r\n", "\r", "\u2028", "\x0c", "\x85", "\t", "<p>", "</p>", "<img src=x>",
    PICTURE, "</div>", "<script>", "</script>", "<!--", "-->", '"', "'", "<style>p{}</style>", "{{ x }}",
    "{% raw %}", "---\n", "title: x\n", "责任编辑：刘", "<!-- newslint-disable-next-line IMG001 -->\n",
    "<!-- newslint-disable ALL -->", "# newslint-disable-line FM006", "&nbsp;", "&amp;amp;", "```\n", "\ufeff",
)  # fmt: skip


def test_after_any_edits_the_findings_are_those_of_the_command(tmp_path: Path) -> None:
    chance = random.Random(20211202)

    def an_edit(text: str) -> tuple[int, int, str]:
        while True:
            start = chance.randint(0, len(text))
            end = min(len(text), start + chance.choice((0, 0, 0, 1, 2, 20)))
            # A position between CR and LF is none in the protocol.
            if any(0 < at < len(text) and text[at - 1 : at + 1] == "\r\n" for at in (start, end)):
                continue
            content = "".join(chance.choices(PIECES, k=chance.randint(0, 2)))
            return start, end, content

    # Without a configuration the server is silent where edits have broken the front matter.
    (tmp_path / "newslint.toml").write_text("")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            await editor.open("a.md", BAD)
            for number in range(EDITS):
                if number % 25 == 0:
                    # All of it again: the text has become a ruin.
                    edits = [(0, len(editor.texts["a.md"]), BAD)]
                else:
                    edits, text = [], editor.texts["a.md"]
                    for _ in range(chance.choice((1, 1, 1, 3))):
                        one = an_edit(text)
                        edits.append(one)
                        text = text[: one[0]] + one[2] + text[one[1] :]
                found = await editor.edit("a.md", *edits)
                text = editor.texts["a.md"]
                assert told(found) == expected(text, "a.md", tmp_path), (number, text)
                if number % 50 == 49:
                    places = [
                        (code, start.line)
                        for code, (start), *_ in ((one.code, one.range.start) for one in found)
                    ]
                    said = [(code, line - 1) for code, line, _ in command(tmp_path, "a.md", text)]
                    assert places == said

    run(session())


def test_the_configuration_of_each_folder_is_in_force_and_is_watched(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('select = ["IMG001"]\n')
    inner = tmp_path / "内 部"
    inner.mkdir()
    (inner / "newslint.toml").write_text('extend = "../base.toml"\n')
    (tmp_path / "base.toml").write_text('select = ["ED001"]\n')
    text = BAD.replace("责任编辑：刘万里", "End.")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            assert codes(await editor.open("a.md", text)) == ["IMG001"]
            assert codes(await editor.open("内 部/b.md", text)) == ["ED001"]
            (registration,) = editor.registered
            assert registration.method == "workspace/didChangeWatchedFiles"
            assert "**/*" in str(registration.register_options)

            # A change that the editor tells of.
            config = tmp_path / "newslint.toml"
            config.write_text('select = ["IMG001"]\nseverity = { IMG001 = "warning" }\n')
            change = types.FileEvent(config.as_uri(), types.FileChangeType.Changed)
            editor.told.clear()
            editor.client.workspace_did_change_watched_files(
                types.DidChangeWatchedFilesParams([change])
            )
            (found,) = await editor.diagnostics("a.md")
            assert found.severity == types.DiagnosticSeverity.Warning
            await editor.diagnostics("内 部/b.md")

            # A base elsewhere, of which no editor tells.
            (tmp_path / "base.toml").write_text('select = ["IMG001", "ED001"]\n')
            assert codes(await editor.edit("内 部/b.md", (0, 0, ""))) == ["ED001", "IMG001"]

    run(session())


def test_files_of_the_site_that_come_change_and_go_count_at_once(tmp_path: Path) -> None:
    def put(name: str, text: str) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    kinds = types.FileChangeType
    post = "---\ntitle: A\ndate: 2021-01-01\n---\nText {% box %} and ![Snow](snow.png).\n"
    put("_config.yml", "source_dir: source\npost_asset_folder: true\nmarked:\n  postAsset: true\n")
    put("package.json", '{"dependencies": {"hexo": "^7.0.0"}}')

    async def session() -> None:
        async with Editor(tmp_path) as editor:

            async def after(name: str, kind: types.FileChangeType) -> list[Any]:
                """The findings after a change that the editor tells of; none where it is silent."""
                editor.told.clear()
                change = types.FileEvent(editor.uri(name), kind)
                editor.client.workspace_did_change_watched_files(
                    types.DidChangeWatchedFilesParams([change])
                )
                await editor.hover("source/_posts/a.md", 0)  # it has dealt with the change
                known = editor.told.get(editor.uri("source/_posts/a.md"))
                return ["silent"] if known is None else codes(list(known.diagnostics))

            put("source/_posts/a.md", post)
            found = codes(await editor.open("source/_posts/a.md", post))
            assert {"TPL001", "LNK004"} <= set(found)
            put("scripts/box.js", "hexo.extend.tag.register('box', () => 'box');\n")
            assert "TPL001" not in await after("scripts/box.js", kinds.Created)
            put("scripts/box.js", "hexo.extend.tag.register('bag', () => 'bag');\n")
            assert "TPL001" in await after("scripts/box.js", kinds.Changed)
            # An image that comes, and a post that is saved or a page that was built, of no account.
            put("source/_posts/a/snow.png", "png")
            found = await after("source/_posts/a/snow.png", kinds.Created)
            assert "TPL001" in found and "LNK004" not in found
            assert await after("source/_posts/a.md", kinds.Changed) == ["silent"]
            put("public/index.html", "<p>built</p>\n")
            assert await after("public/index.html", kinds.Created) == ["silent"]
            # A client that tells of no files saves the site's own in the editor.
            put("_config.yml", "source_dir: source\nskip_render: ['_posts/*']\n")
            assert await editor.edit("source/_posts/a.md", (0, 0, "")) == []

    run(session())


def test_a_wrong_configuration_is_told_at_its_line_and_once(tmp_path: Path) -> None:
    config = tmp_path / "newslint.toml"
    config.write_text('target = "hexo"\nselct = ["IMG001"]\n')

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            assert await editor.open("a.md", BAD) == []
            await editor.edit("a.md", (0, 0, ""))
            (trouble,) = editor.told[config.as_uri()].diagnostics
            assert trouble.range.start.line == 1
            assert "did you mean 'select'" in trouble.message
            assert len(editor.messages) == 1
            config.write_text('target = "hexo"\nselect = ["IMG001"]\n')
            assert codes(await editor.edit("a.md", (0, 0, ""))) == ["IMG001"]
            assert not editor.told[config.as_uri()].diagnostics

    run(session())


def test_excluded_files_and_closed_ones_have_no_findings(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text('exclude = ["drafts/"]\ninclude = ["**/*.md"]\n')

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            assert await editor.open("drafts/a.md", BAD) == []
            assert await editor.open("a.html", BAD) == []
            assert len(await editor.open("a.md", BAD)) == 1
            closed = types.DidCloseTextDocumentParams(editor.item("a.md"))
            editor.client.text_document_did_close(closed)
            await editor.until(lambda: not editor.told[editor.uri("a.md")].diagnostics)

    run(session())


def test_texts_that_are_no_posts_are_left_alone_until_the_folder_is_a_site_or_configured(
    tmp_path: Path,
) -> None:
    readme, plain = "# A program\n\n<p>It runs.\n", "<p>Text with <img src='a.png'>\n"

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            assert await editor.open("README.md", readme) == []
            assert await editor.open("notes.md", plain) == []
            assert "FM005" in codes(await editor.open("post.md", f"---\ntitle: A\n---\n{plain}"))
            (tmp_path / "newslint.toml").write_text("")
            assert "FM001" in codes(await editor.edit("README.md", (0, 0, "")))
            assert "FM001" in codes(await editor.edit("notes.md", (0, 0, "")))
            (tmp_path / "newslint.toml").unlink()
            (tmp_path / "hugo.toml").write_text("")
            assert await editor.edit("README.md", (0, 0, "")) == []
            site_post = await editor.open("content/posts/a.md", plain)
            assert "HTML001" not in codes(site_post) and await editor.edit("notes.md") == []

    run(session())


def test_each_fix_is_an_action_and_the_safe_ones_are_one(tmp_path: Path) -> None:
    text = BAD.replace("Snow", "雪").replace("</p>\n<p>责", " <script>x</script></p>\n<p>责")
    text = text.replace("\n", "\r\n")
    uri = (tmp_path / "a.md").as_uri()

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            found = await editor.open("a.md", text)
            assert codes(found) == ["IMG001", "SEC001"]
            picture, script = text.index("<img"), text.index("<script")
            fix, suppress = await editor.actions("a.md", picture + 3, picture + 3, ["quickfix"])
            assert (fix.title, fix.is_preferred) == ("Add referrerpolicy (IMG001)", True)
            assert list(fix.diagnostics) == [found[0]]
            mended = text.replace('alt="">', 'alt="" referrerpolicy="no-referrer">')
            assert applied(text, edits_of(fix, uri)) == mended
            assert fix.edit.document_changes[0].text_document.version == 1

            unsafe, _ = await editor.actions("a.md", script, script + 2, ["quickfix"])
            assert unsafe.title.endswith("(SEC001, unsafe)")
            assert not unsafe.is_preferred

            for only in (["source.fixAll"], ["source.fixAll.newslint"], ["source"]):
                (everything,) = await editor.actions("a.md", 0, 0, only)
                assert everything.kind == "source.fixAll.newslint"
                assert applied(text, edits_of(everything, uri)) == mended
            assert await editor.actions("a.md", 0, len(text), ["source.organizeImports"]) == []
            assert await editor.actions("a.md", 0, len(text), ["refactor"]) == []

            suppressed = applied(text, edits_of(suppress, uri))
            left = await editor.edit("a.md", (0, len(text), suppressed))
            assert codes(left) == ["SEC001"]

    run(session())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD.replace("true", "tru"), "FM006"),
        (GOOD.replace("true", "|\n  tru"), "FM006"),
        (GOOD.replace("<p>Snow", f"<p\n>{PICTURE} Snow"), "IMG001"),
        (GOOD.replace("<p>Snow", f"<!-- newslint-disable-next-line SEC001 -->\n{PICTURE}<script>x</script><p>Snow"), "IMG001"),
        (GOOD.replace("</p>\n<p>责任编辑：刘万里", ""), "ED001"),
        (GOOD.replace("Snow fell.", "<b>Snow").rstrip("\n"), "HTML001"),
        (f"Snow\n{PICTURE} fell\n\n责任编辑：刘\n", "IMG001"),
    ],
)  # fmt: skip
def test_suppress_here_hides_the_finding_and_no_other(tmp_path: Path, text: str, code: str) -> None:
    uri = (tmp_path / "a.md").as_uri()
    (tmp_path / "newslint.toml").write_text("")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            found = await editor.open("a.md", text)
            assert code in codes(found)
            actions = await editor.actions("a.md", 0, len(text), ["quickfix"])
            (hide,) = [one for one in actions if one.title.startswith(f"Suppress {code} ")]
            changed = applied(text, edits_of(hide, uri))
            left = codes(await editor.edit("a.md", (0, len(text), changed)))
            rest = codes(found)
            rest.remove(code)
            assert sorted(left) == sorted(rest)

    run(session())


def test_hover_tells_of_rules_and_of_keys(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text(
        '[schema.fields.desk]\ntype = "text"\nchoices = ["world", "home"]\n'
        'description = "Which desk edits it."\n[schema.fields.seo.title]\ntype = "text"\n'
    )
    head = "desk: world\nseo:\n  title: x\n"
    text = BAD.replace("comments:", f"{head}comments:")
    text = text.replace("<p>责", "<!-- newslint-disable-next-line no-referrer, SEC001 -->\n<p>责")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            await editor.open("a.md", text)
            rule = await editor.hover("a.md", text.index("SEC001") + 2)
            assert rule.startswith("**SEC001 script**")
            assert (await editor.hover("a.md", text.index("no-ref"))).startswith("**IMG001")
            image = await editor.hover("a.md", text.index("<img") + 1)
            assert "IMG001" in image
            assert "impact: `content` (text, an image or a link is lost or wrong)" in image
            title = await editor.hover("a.md", text.index("title"))
            assert title.startswith("**title**: text, required")
            assert "**categories**: list of text, required" in await editor.hover(
                "a.md", text.index("categ")
            )
            desk = await editor.hover("a.md", text.index("desk") + 4)
            assert desk == "**desk**: world or home\n\nWhich desk edits it."
            assert (await editor.hover("a.md", text.index("  title: x") + 3)).startswith(
                "**title**: text"
            )
            assert await editor.hover("a.md", text.index("World")) == ""
            assert await editor.hover("a.md", text.index("fell")) == ""

    run(session())


def test_hover_tells_the_impact_of_the_finding_and_not_the_usual_one(tmp_path: Path) -> None:
    text = GOOD.replace("Snow fell.", "Snow {% nothing %} fell {{ x }}.")
    seen = set()

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            for one in await editor.open("a.md", text):
                line = text.splitlines(keepends=True)[: one.range.start.line]
                at = sum(map(len, line)) + one.range.start.character
                assert f"impact: `{one.data['impact']}`" in await editor.hover("a.md", at)
                seen.add((one.code, one.data["impact"]))

    run(session())
    assert {("TPL001", "build"), ("TPL001", "content")} <= seen


def test_completion_offers_keys_values_and_codes(tmp_path: Path) -> None:
    (tmp_path / "newslint.toml").write_text("")
    for number in range(12):
        post = GOOD.replace("Snow", f"Snow {number}").replace(
            "World", "财经" if number % 3 else "World"
        )
        post = post.replace("王小明", '"李: 雷"' if number % 2 else "王小明")
        post = post.replace("a.example", f"cdn{number % 2}.example")
        (tmp_path / f"{number}.md").write_text(post, encoding="utf-8")
    (tmp_path / "broken.md").write_text("---\na: [\n---\n")

    async def labels(editor: Editor, text: str) -> list[str]:
        at = text.index("¦")
        text = text.replace("¦", "")
        await editor.edit("a.md", (0, len(editor.texts["a.md"]), text))
        found = await editor.complete("a.md", at)
        for item in found[:3]:
            assert applied(text, [item.text_edit]) != text
        return [item.label for item in found]

    async def chosen(editor: Editor, text: str, label: str) -> str:
        at = text.index("¦")
        text = text.replace("¦", "")
        await editor.edit("a.md", (0, len(editor.texts["a.md"]), text))
        (item,) = [one for one in await editor.complete("a.md", at) if one.label == label]
        return applied(text, [item.text_edit])

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            await editor.open("a.md", "")
            assert await labels(editor, "---\ntitle: x\n¦\n---\n") == [
                "author", "categories", "comments", "date", "headimg", "thumbnail"
            ]  # fmt: skip
            assert await chosen(editor, "---\nauth¦\n---\n", "author") == "---\nauthor: \n---\n"
            assert await chosen(editor, "---\nauth¦: x\n---\n", "author") == "---\nauthor: x\n---\n"
            assert await labels(editor, "---\ncomments: ¦\n---\n") == ["false", "true"]
            assert await labels(editor, "---\ncategories:\n  - ¦\n---\n") == ["财经", "World"]
            assert await labels(editor, "---\r\ncategories:\r\n  - World\r\n  - ¦\r\n---\r\n") == [
                "财经",
                "World",
            ]
            assert await labels(editor, "---\ncategories: [World, ¦]\n---\n") == ["财经", "World"]
            assert await labels(editor, "---\nauthor: ¦\n---\n") == ["李: 雷", "王小明"]
            assert (
                await chosen(editor, "---\nauthor: 李¦\n---\n", "李: 雷")
                == '---\nauthor: "李: 雷"\n---\n'
            )
            assert await labels(editor, "---\nheadimg: ¦\n---\n") == [
                "https://cdn0.example/",
                "https://cdn1.example/",
            ]
            # Titles are all different: no vocabulary.
            assert await labels(editor, "---\ntitle: ¦\n---\n") == []
            verbs = await labels(editor, "<p>x</p>\n<!-- newslint-¦ -->\n")
            assert "disable-next-line" in verbs
            found = await labels(editor, f"{BAD}<!-- newslint-disable-file ¦ -->\n")
            assert found[0] == "IMG001"
            assert {"SEC001", "FM001"} < set(found)
            assert await chosen(
                editor, GOOD.replace("true", "tru # newslint-disable-line FM¦"), "FM006"
            ) == (GOOD.replace("true", "tru # newslint-disable-line FM006"))
            assert await labels(editor, "<p>title¦</p>") == []

    run(session())


def test_links_open_the_pictures_of_the_front_matter(tmp_path: Path) -> None:
    picture = tmp_path / "source" / "img" / "雪 1.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"")
    text = GOOD.replace("https://a.example/1.jpg", '"https://a.example/雪.jpg?x=1"', 1)
    text = text.replace("https://a.example/1.jpg", "/img/雪 1.jpg")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            await editor.open("source/_posts/a.md", text)
            head, thumbnail = await editor.links("source/_posts/a.md")
            assert head.target == "https://a.example/雪.jpg?x=1"
            start = text.index("https:")
            assert head.range == types.Range(position(text, start), position(text, start + 27))
            assert thumbnail.target == picture.as_uri()

    run(session())


@pytest.mark.parametrize("named", [True, False])
def test_the_baseline_applies_here_too(tmp_path: Path, named: bool) -> None:
    (tmp_path / "a.md").write_text(BAD, encoding="utf-8")
    name = "old.json" if named else "newslint-baseline.json"
    subprocess.run(
        [sys.executable, "-m", "newslint", "baseline", "-o", name, "a.md"], cwd=tmp_path, check=True
    )

    async def session() -> None:
        async with Editor(tmp_path, *(("--baseline", name) if named else ())) as editor:
            assert await editor.open("a.md", BAD) == []
            at = BAD.index("<p>责")
            assert len(await editor.edit("a.md", (at, at, f"{PICTURE}\n"))) == 1

    run(session())


def test_a_wrong_baseline_is_told_once_and_left_out(tmp_path: Path) -> None:
    baseline = tmp_path / "newslint-baseline.json"
    baseline.write_text("{\n}}")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            assert codes(await editor.open("a.md", BAD)) == ["IMG001"]
            for _ in range(3):
                assert codes(await editor.edit("a.md", (0, 0, ""))) == ["IMG001"]
            assert len(editor.messages) == 1
            assert editor.told[baseline.as_uri()].diagnostics[0].range.start.line == 1
            baseline.write_text('{"version": 1, "posts": {}}')
            assert codes(await editor.edit("a.md", (0, 0, ""))) == ["IMG001"]
            assert not editor.told[baseline.as_uri()].diagnostics

    run(session())


def test_a_post_that_takes_long_is_linted_when_typing_rests(tmp_path: Path) -> None:
    text = GOOD + "<p>雪 <b>x</p>\n" * 5_000

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            await editor.open("a.md", text)
            for _ in range(20):
                await_last = editor.edit("a.md", (len(GOOD), len(GOOD), "a"))
                task = asyncio.ensure_future(await_last)
                await asyncio.sleep(0)
            found = await task
            assert told(found) == expected(editor.texts["a.md"], "a.md", tmp_path)

    run(session())


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "</p>\n" * 2_000,
        "---\n" + "".join(f"k{number}: x\n" for number in range(2_000)) + "---\n<p>one</p>\n",
    ],
    ids=["tags", "fields"],
)
def test_of_a_post_that_is_too_much_that_is_told_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "newslint.toml").write_text("[limits]\ntokens = 1000\n")

    async def session() -> None:
        async with Editor(tmp_path) as editor:
            (found,) = await editor.open("a.md", text)
            assert found.code == "IO001"
            assert "the limit of 1,000 (limits.tokens)" in found.message
            assert await editor.hover("a.md", text.index("\n") + 2) == ""

    run(session())


def test_without_pygls_the_command_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pygls'] = None\n"
        "from newslint.cli.main import run; sys.exit(run(['server']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'newslint[lsp]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_server_ends_when_its_editor_does(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "server", "--stdio"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0


def test_a_chinese_editor_is_told_in_chinese(tmp_path: Path) -> None:
    async def session() -> None:
        async with Editor(tmp_path, locale="zh-cn") as editor:
            diagnostics = await editor.open("a.md", BAD)
            assert [one.message for one in diagnostics] == [
                '图片会发送 Referer，请添加 referrerpolicy="no-referrer"'
            ]
            at = BAD.index("<img")
            titles = [one.title for one in await editor.actions("a.md", at, at + 1)]
            assert "添加 referrerpolicy（IMG001）" in titles
            assert "在此处抑制 IMG001（no-referrer）" in titles
            assert "影响：`content`" in await editor.hover("a.md", at)
            assert "必填" in await editor.hover("a.md", BAD.index("title"))

    run(session())
