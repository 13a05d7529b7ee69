"""The HTML report, opened in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import CLEAN, NO_REFERRER, Command

from newslint.core.finding import Finding, Severity
from newslint.core.report import Diagnostic, FileReport, Preview, Profile, Row
from newslint.core.span import Position, Span
from newslint.reports import Context
from newslint.reports.html import render
from newslint.reports.summary import RunSummary

Write = Callable[[str, str | bytes], Path]
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: the HTML report is not opened in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page from disk; whatever the console or the policy reports is a failure."""
    said: list[str] = []
    contexts = []

    def open_page(file: Path, fragment: str = "", **how: Any) -> Any:
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda request: (
                said.append(request.url)
                if not request.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )
        page.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation',"
            " event => window.violations.push(event.violatedDirective))"
        )
        page.goto(file.as_uri() + fragment)
        assert page.evaluate("window.violations") == []
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            said += page.evaluate("window.violations")
        context.close()
    assert said == []


@pytest.fixture
def report(newslint: Command, write: Write, tmp_path: Path) -> Path:
    for number in range(12):
        text = (NO_REFERRER, CLEAN, NO_REFERRER.replace("</div>", "<script>x()</script></div>"))[
            number % 3
        ]
        text = text.replace("A title", f"Title {number}").replace(
            "Text of the article", f"{chr(65 + number) * 9} {number}"
        )
        write(
            f"{('World', '金融')[number % 2]}/{number}.md",
            text.replace("02 Dec 2021", f"02 Dec {2019 + number % 2}"),
        )
    newslint("World", "金融", "--output-format", "html", "-o", "report.html")
    return tmp_path / "report.html"


def made(tmp_path: Path, count: int) -> Path:
    """A report of so many findings."""

    def reports() -> Iterator[FileReport]:
        for number in range(count):
            finding = Finding(
                "IMG001", "no-referrer", Severity.ERROR, f"message {number}", Span(0, 1)
            )
            preview = Preview(
                (
                    Row(
                        " ",
                        1,
                        ("before ", f"marked {number}", " 的是在不了有和人这中大为上个国" * 3),
                    ),
                ),
                (),
            )
            place = Position(number % 90 + 1, 1, 0)
            diagnostic = Diagnostic(finding, place, place, preview=preview)
            profile = Profile(("World",), f"20{10 + number % 12}-{number % 12 + 1:02}")
            yield FileReport(
                f"World/folder{number % 50}/{number}.md", (diagnostic,), profile=profile
            )

    tally = RunSummary()
    file = tmp_path / "many.html"
    file.write_text("".join(render(tally.watch(reports()), Context(tally))), encoding="utf-8")
    return file


def shown(page: Any) -> int:
    return int(re.search(r"[\d,]+", page.inner_text("#shown"))[0].replace(",", ""))


def until(page: Any, said: str) -> None:
    """Wait until an expression holds; Playwright's own way evaluates text, which the policy bars."""
    for _ in range(100):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {said}")


def test_its_counts_are_those_of_json(newslint: Command, report: Path, opened: Callable[..., Any]):
    found = json.loads(newslint("World", "金融", "--output-format", "json").stdout)
    page = opened(report)
    assert shown(page) == len(found)
    by_severity = Counter(one["severity"] for one in found)
    for name in ("error", "warning", "info"):
        assert page.inner_text(f".tile.{name} b") == str(by_severity[name])
    rows = page.locator("section[aria-labelledby=rules] tbody tr").all_inner_texts()
    counts = {row.split()[0]: int(row.split()[2]) for row in rows}
    assert counts == Counter(one["code"] for one in found)
    clean = 12 - len({one["path"] for one in found})
    assert page.inner_text("h1").startswith(f"{100 * clean / 12:.1f} %".replace(".0", ""))


def test_filters_filter_and_the_address_tells_them(
    newslint: Command, report: Path, opened: Callable[..., Any]
):
    found = json.loads(newslint("World", "金融", "--output-format", "json").stdout)
    page = opened(report)
    page.select_option("[name=rule]", "SEC001")
    assert shown(page) == sum(one["code"] == "SEC001" for one in found)
    page.select_option("[name=folder]", "金融/")
    both = [one for one in found if one["code"] == "SEC001" and one["path"].startswith("金融/")]
    assert shown(page) == len(both)
    again = opened(report, page.evaluate("location.hash"))
    assert shown(again) == len(both)
    page.get_by_role("button", name="Clear the filters").click()
    assert shown(page) == len(found)
    page.fill("[name=text]", "no-such-word")
    until(page, "document.getElementById('shown').textContent.startsWith('No finding')")
    page.fill("[name=text]", "REFERER world/")
    until(page, "!document.getElementById('shown').textContent.startsWith('No finding')")
    assert shown(page) == sum(
        "Referer" in one["message"] and "World/" in one["path"] for one in found
    )
    page.fill("[name=text]", "")
    until(page, f"document.getElementById('shown').textContent.startsWith('{len(found)} ')")
    page.locator(".chip.error input").uncheck()
    assert shown(page) in (
        sum(one["severity"] != "error" for one in found),
        len(found),
    ) or page.inner_text("#shown").startswith("No")


def test_a_click_in_the_figures_filters(report: Path, opened: Callable[..., Any]):
    page = opened(report)
    page.click("section[aria-labelledby=rules] a:has-text('SEC001')")
    until(page, "document.querySelector('[name=rule]').value === 'SEC001'")
    assert set(page.locator(".finding .code").all_inner_texts()) == {"SEC001"}
    page.click("section[aria-labelledby=sections] a >> nth=0")
    until(page, "document.querySelector('[name=rule]').value === ''")
    assert page.locator("#active button").count() >= 1


def test_the_top_says_when_how_and_on_what_the_report_was_made(
    newslint: Command, report: Path, opened: Callable[..., Any], tmp_path: Path
):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for args in (["init", "-q"], ["add", "World"], ["commit", "-qm", "Add posts"]):
        subprocess.run([*git, *args], cwd=tmp_path, check=True)
    head = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=tmp_path, capture_output=True, text=True
    ).stdout.strip()
    line = ["World", "--target", "hexo@8", "--output-format", "html", "-o", "report.html"]
    newslint(*line, SOURCE_DATE_EPOCH="1795780000")
    page = opened(report)
    facts = page.eval_on_selector_all(
        ".about div",
        "all => Object.fromEntries(all.map(one => [...one.children].map(it => it.textContent)))",
    )
    assert facts.pop("Command").endswith(" ".join(line))
    assert facts == {
        "Date": "2026-11-27 11:46 UTC", "Target": "hexo@8", "Preset": "news", "Revision": head,
    }  # fmt: skip


def test_tiles_of_impacts_come_first_and_a_click_filters(
    newslint: Command, report: Path, opened: Callable[..., Any]
):
    page = opened(report)
    found = json.loads(newslint("World", "金融", "--output-format", "json").stdout)
    by_impact = Counter(one["impact"] for one in found)
    posts = Counter(impact for _, impact in {(one["path"], one["impact"]) for one in found})
    assert page.locator(".impacts > *").all_text_contents() == [
        "0 postsStop the build",
        "0 postsAre not published",
        f"{posts['content']} postsLose text or images",
        f"{posts['security']} postsRun scripts of other sites",
        f"{by_impact['house']} findingsHouse rules",
    ]
    assert page.locator(".impacts ~ .summary").count() == 1
    page.click(".impacts .security")
    assert f"{by_impact['security']} of {len(found)} findings" in page.text_content("#shown")
    assert page.url.endswith("#impact=security")
    assert page.text_content("#active button").startswith("Impact: Run scripts of other sites")
    page.select_option("[name=impact]", "content")
    assert f"{by_impact['content']} of" in page.text_content("#shown")


def test_the_csv_has_the_findings_that_are_shown_and_no_formula(
    newslint: Command, write: Write, opened: Callable[..., Any], tmp_path: Path
):
    write("=1+1.md", NO_REFERRER)
    write('a, "b".md', NO_REFERRER.replace("A title", "Another").replace("Text", "Words"))
    newslint("--select", "IMG", "--output-format", "html", "-o", "report.html")
    page = opened(tmp_path / "report.html")

    def rows() -> list[list[str]]:
        with page.expect_download() as download:
            page.click("#download")
        assert download.value.suggested_filename == "newslint.csv"
        text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))

    head, *both = rows()
    assert head[:4] == ["path", "line", "column", "severity"]
    assert [(row[0], row[5], row[8]) for row in both] == [
        ("'=1+1.md", "IMG001", "safe"),
        ('a, "b".md', "IMG001", "safe"),
    ]
    page.fill("[name=text]", '"b"')
    page.locator("#shown", has_text="1 of 2").wait_for()
    assert [row[0] for row in rows()[1:]] == ['a, "b".md']


def test_a_finding_leads_to_its_place_in_the_editor_that_was_named(
    newslint: Command, write: Write, opened: Callable[..., Any], tmp_path: Path
):
    write("my posts/天 #1?.md", NO_REFERRER)
    line = ["--select", "IMG", "--output-format", "html", "-o", "report.html", "--editor"]

    def link(editor: str) -> str:
        newslint(*line, editor)
        page = opened(tmp_path / "report.html", "#findings")
        page.click(".toggle")
        return page.get_attribute(".open a", "href")

    path = f"{quote(tmp_path.as_posix())}/my%20posts/%E5%A4%A9%20%231%3F.md"
    assert link("vscode") == f"vscode://file{path}:13:24"
    assert link("idea") == f"idea://open?file={path}&line=13&column=24"
    assert link("x-edit://open/{path}?at={line}") == f"x-edit://open/{path}?at=13"
    for wrong in ("javascript:alert('{path}')", "https://x.example/", "vi", "data:{path}"):
        done = newslint(*line, wrong)
        assert done.returncode == 2 and "Traceback" not in done.stderr
    assert newslint("--editor", "vscode").returncode == 2


def test_a_single_month_is_no_bar_as_wide_as_the_page(
    newslint: Command, write: Write, opened: Callable[..., Any], tmp_path: Path
):
    write("a.md", NO_REFERRER)
    newslint("--output-format", "html", "-o", "report.html")
    page = opened(tmp_path / "report.html", viewport={"width": 1400, "height": 900})
    chart = page.locator("svg.columns").first
    bar = chart.locator("rect.error").first.bounding_box()["width"]
    assert 0 < bar < chart.bounding_box()["width"] / 20
    assert page.text_content("#shown") == "1 finding"
    assert "1 postLoses text or images" in page.text_content(".impacts")


@pytest.mark.parametrize("width", [390, 1400])
def test_no_focus_ring_is_cut_off(report: Path, opened: Callable[..., Any], width: int):
    page = opened(report, "#findings", viewport={"width": width, "height": 900})
    page.click(".toggle")
    cut = page.evaluate(
        """() => {
          const cut = [];
          for (const one of document.querySelectorAll("a, button, summary, select, input, [tabindex='0']")) {
            if (!one.checkVisibility() || one.closest(".skip, .chip")) continue;
            one.focus({ focusVisible: true });
            const style = getComputedStyle(one);
            const space = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
            if (style.outlineStyle === "none" || space <= 0) continue;
            const box = one.getBoundingClientRect();
            for (let up = one.parentElement; up; up = up.parentElement) {
              if (getComputedStyle(up).overflowX === "visible") continue;
              const frame = up.getBoundingClientRect();
              if (box.left - space < frame.left || box.right + space > frame.right)
                cut.push(one.outerHTML.slice(0, 80));
              break;
            }
          }
          return cut;
        }"""
    )
    assert cut == []


def test_a_finding_shows_its_lines_its_fix_and_why(report: Path, opened: Callable[..., Any]):
    page = opened(report, "#rule=IMG001")
    page.locator(".toggle").first.click()
    detail = page.locator(".detail").first
    assert detail.locator(".lines mark").first.inner_text().startswith("<img")
    assert "referrerpolicy" in detail.locator(".added mark").first.inner_text()
    assert "Referer" in detail.locator(".why").inner_text()


def test_the_keyboard_walks_through_the_findings(tmp_path: Path, opened: Callable[..., Any]):
    page = opened(made(tmp_path, 2000))
    page.locator(".toggle").first.focus()
    page.keyboard.press("ArrowDown")
    at = "Number(document.activeElement.closest('.finding').getAttribute('aria-posinset'))"
    assert page.evaluate(at) == 2
    page.keyboard.press("End")
    assert page.evaluate(at) == 2000
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("Home")
    assert page.evaluate(at) == 1


HOSTILE = "</script><script>window.hacked=1</script><!-- <img src=x onerror=window.hacked=1> \u2028\u2029\u202e [red] \x1b[31m ]]> '\"&amp;"


def test_what_a_post_says_stays_text(
    newslint: Command, write: Write, tmp_path: Path, opened: Callable[..., Any]
):
    text = NO_REFERRER.replace("A title", json.dumps(HOSTILE)).replace(
        " - One", f" - {json.dumps(HOSTILE)}"
    )
    text = text.replace("Text", HOSTILE).replace("Wire", json.dumps(HOSTILE))
    write("posts/<img src=x onerror=window.hacked=1>&lt;.md", text)
    newslint("posts", "--select", "ALL", "--output-format", "html", "-o", "report.html")
    page = opened(tmp_path / "report.html")
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 0
    assert "<script>window.hacked=1</script>" in page.inner_text("main")
    assert not re.search(
        "[\u2028-\u202e\x1b]", (tmp_path / "report.html").read_text(encoding="utf-8")
    )


def test_nothing_found_is_good_news(
    newslint: Command, write: Write, tmp_path: Path, opened: Callable[..., Any]
):
    write("a.md", CLEAN)
    newslint("a.md", "--output-format", "html", "-o", "report.html")
    page = opened(tmp_path / "report.html")
    assert "100 % of 1 post" in page.inner_text("h1")
    assert "No issues found." in page.inner_text("main")
    assert page.locator("#findings").count() == 0


def test_no_posts_make_a_report_too(newslint: Command, tmp_path: Path, opened: Callable[..., Any]):
    newslint("--output-format", "html", "-o", "report.html")
    page = opened(tmp_path / "report.html")
    assert "No posts" in page.inner_text("h1")
    assert "newslint config PATH" in page.inner_text("header")
    assert page.locator(".impacts, #download").count() == 0


def test_of_fifty_thousand_findings_only_what_is_seen_is_drawn(
    tmp_path: Path, opened: Callable[..., Any]
):
    file = made(tmp_path, 50_000)
    page = opened(file)
    page.wait_for_selector(".finding")
    assert shown(page) == 50_000
    for share in (0.3, 0.9, 1):
        page.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {share})")
        page.wait_for_timeout(200)
        assert 0 < page.locator(".finding").count() < 60
    numbers = [
        int(one)
        for one in page.evaluate(
            "[...document.querySelectorAll('.finding')].map(one => one.getAttribute('aria-posinset'))"
        )
    ]
    assert max(numbers) == 50_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 375])
def test_axe_finds_no_serious_violation(
    report: Path, opened: Callable[..., Any], scheme: str, width: int
):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(
        report, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_the_findings(report: Path, opened: Callable[..., Any]):
    page = opened(report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".finding").count() == shown(page)
    assert page.locator(".detail").count() == shown(page)
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_the_policy_lets_nothing_run_but_the_page_itself(report: Path):
    text = report.read_text(encoding="utf-8")
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\s(?:style|on\w+)=", re.sub(r"(?s)<(script|style).*?</\1>", "", text))
    assert "http://" not in re.sub(r'(?s)<script type="application/json".*?</script>', "", text)


def test_the_same_input_gives_the_same_bytes_but_for_the_run_s_date_and_command(
    newslint: Command, report: Path, tmp_path: Path
):
    newslint("World", "金融", "--output-format", "html", "-o", "again.html", "--jobs", "2")
    first, again = (
        re.sub(rb"<dl.*?</dl>", b"", path.read_bytes(), count=1)
        for path in (report, tmp_path / "again.html")
    )
    assert first == again
