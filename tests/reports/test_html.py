"""The HTML report, opened in a real browser."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
    """Opens a page from disk; whatever the console or the policy complains of is a failure."""
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
                said.append(request.url) if not request.url.startswith(("file:", "data:")) else None
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
    assert "No posts" in opened(tmp_path / "report.html").inner_text("h1")


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


def test_the_same_input_gives_the_same_bytes(newslint: Command, report: Path, tmp_path: Path):
    newslint("World", "金融", "--output-format", "html", "-o", "again.html", "--jobs", "2")
    assert (tmp_path / "again.html").read_bytes() == report.read_bytes()
