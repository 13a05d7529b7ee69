"""What only Hexo with hexo-renderer-markdown-it does, and options of it: verdict and page agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from newslint import check_text
from newslint.config.project import Project

from . import hexo
from .generators import CONTROL, MARKDOWN_IT, build_all
from .test_samples import FATAL, cases, content_of
from .verdicts import accusations, errors, judge

FRONT = "---\ntitle: A title\ndate: 2021-12-02T08:00:00Z\n---\n\n"
ESCAPED = "markdown:\n  render:\n    html: false\n"
PLAIN = ESCAPED + "    typographer: false\n"
NOTES = "markdown:\n  plugins:\n    - markdown-it-footnote\n    - markdown-it-sub\n"


class Sample(NamedTuple):
    """A body, and what of it a right page has. ``code`` is the rule that reports a wrong one.

    ``shown`` is a pattern; None: there is a page, in contrast to a build that stops.
    """

    config: str
    body: str
    shown: str | None
    code: str = ""


SAMPLES = [
    # Entities of a text become braces: the engine reads them, where it is run.
    Sample("", "A &#123;&#123; 7 &#125;&#125; b", r"\{\{ 7 \}\}"),
    Sample("", "A &#123;&#123; 7 &#125;&#125; b {% raw %}c{% endraw %}", r"\{\{ 7 \}\}", "TPL001"),
    Sample("", "A &lbrace;% x %&rbrace; b {% raw %}c{% endraw %}", None, "TPL001"),
    Sample("", "`&#123;% x %&#125;` b {% raw %}c{% endraw %}", "% x %"),
    Sample("", "<p>&#123;% x %&#125;</p>\n\n{% raw %}c{% endraw %}", "% x %"),
    # Of the text of an image, tags are left out.
    Sample("", "![a {% raw %}b{% endraw %}](/c.png)", 'alt="a b"', "TPL001"),
    Sample("", "[![a](/c.png) {% raw %}b{% endraw %}](/d)", "> b</a>"),
    Sample("", "[a](/b/{% raw %}c{% endraw %})", 'href="/b/c"', "TPL001"),
    Sample("", '[a](/b "c {% raw %}d{% endraw %}")', 'title="c d"'),
    Sample("", '[a](/b "c {% x %}")', None, "TPL001"),
    # A heading has its text once; marked puts it into a title, too, and stops.
    Sample("", "## A `{% raw %}{{ b }}{% endraw %}`", None),
    # A comment within a text has no dashes, unless Hexo takes it out before.
    Sample("", "Text <!-- a -- b -->, more.", "Text <!--[^&]*-->, more", "MD002"),
    Sample("", "- <!-- --- --> a", "<!-- --- -->"),
    Sample("", "Text <!-- a -- b -->, {% raw %}c{% endraw %}.", "Text <!-- a -- b -->, c"),
    Sample("", "Text `<!-- a -- b -->`, more.", "&lt;!-- a -- b --&gt;"),
    # Without html, tags are printed, and typography hides what Hexo has put aside.
    Sample(ESCAPED, "Text <img src='/a.png'>", "<img", "HTML014"),
    Sample(ESCAPED, "Text <b>b</b>", "<b>", "HTML014"),
    Sample(ESCAPED, "Text `<b>` and <https://example.org/>", "<code>&lt;b"),
    Sample(ESCAPED, "Text\n\n```\ncode\n```", ">code<", "HTML014"),
    Sample(ESCAPED, "Text {% raw %}b{% endraw %}", "Text b", "TPL001"),
    Sample(ESCAPED, "Text {% x %}", r"\{% x %\}", "TPL001"),
    Sample(PLAIN, "Text <img src='/a.png'>", "<img", "HTML014"),
    Sample(PLAIN, "Text\n\n```\ncode\n```", ">code<"),
    Sample(PLAIN, "Text {% raw %}b{% endraw %}", "Text b"),
    # Plug-ins.
    Sample(NOTES, "Text.\n\n[^1]: A note to which nothing leads.", "A note", "MD006"),
    Sample(NOTES, "Text[^1].\n\n[^1]: A note.", "A note"),
    Sample(NOTES, "It costs 5~7, in all 100~200 now.", "5~7, in all 100~200"),
    Sample("", "Text.\n\n[^1]: A note to which nothing leads.", "A note"),
]  # fmt: skip


@pytest.mark.parametrize(
    "config", ["", ESCAPED, PLAIN, NOTES], ids=["", "escaped", "plain", "notes"]
)
def test_a_wrong_page_is_reported_and_a_right_one_is_not(config: str, tmp_path: Path) -> None:
    if reason := hexo.available(8, hexo.MARKDOWN_IT):
        pytest.skip(reason)
    samples = {f"s{at}.md": one for at, one in enumerate(SAMPLES) if one.config == config}
    posts = {name: f"{FRONT}{one.body}\n" for name, one in samples.items()}
    result = hexo.build(
        {**CONTROL, **{name: text.encode() for name, text in posts.items()}},
        renderer=hexo.MARKDOWN_IT,
        config=config,
        patient=True,
    )
    assert result.exit_code == 0, result.log[-2000:]
    hexo.write_site(tmp_path / "site", 8, hexo.MARKDOWN_IT, config)
    project = Project(tmp_path / "site", given=())
    for name, one in samples.items():
        found = check_text(posts[name], f"source/_posts/{name}", project)
        codes = {each.finding.code for each in found} & {"MD002", "MD006", "TPL001", "HTML014"}
        assert codes == ({one.code} if one.code else set()), (one, found)
        page = "" if name in result.failed else result.pages[name].article
        is_right = re.search(one.shown or "", page) is not None and bool(page)
        assert is_right is not bool(one.code), (one, page, result.failed.get(name))


OTHERWISE = {"28a.md": "wrong"}
"""What becomes of a measured post that Hexo builds otherwise with marked: NUL is shown as U+FFFD."""


def test_the_measured_posts_fare_as_with_marked_and_are_judged_so() -> None:
    if reason := hexo.available(8, hexo.MARKDOWN_IT):
        pytest.skip(reason)
    of_markdown = [one for one in cases() if one["file"]["name"].endswith(".md")]
    # Some are written outside of the output folder.
    inside = [one for one in of_markdown if "OUTSIDE" not in one["hexo"].get("label", "")]
    measured = {f"m{at}.md": case for at, case in enumerate(inside)}
    posts = {name: content_of(case["file"]) for name, case in measured.items()}
    verdict = judge(MARKDOWN_IT)
    for name, result in build_all(MARKDOWN_IT, posts, lambda name: False, size=len(posts)):
        case = measured[name]
        outcome = OTHERWISE.get(case["id"], case["hexo"]["outcome"])
        found = verdict(name, posts[name])
        assert (name in result.pages) is (outcome in ("ok", "wrong")), (case, result.log[-2000:])
        assert outcome == "ok" or found, case
        assert outcome not in FATAL or errors(found), case
        assert outcome != "ok" or not accusations(found), (case, found)
