"""What CI systems read: SARIF, GitHub annotations, GitLab Code Quality, JUnit."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from hypothesis import given
from hypothesis import strategies as st

from newslint.core.finding import Finding, Severity
from newslint.core.fingerprint import digest
from newslint.core.report import Diagnostic, FileReport
from newslint.core.span import Position, Span
from newslint.reports import Context, reporter, sarif
from newslint.reports.summary import RunSummary

Write = Callable[..., Path]
HOSTILE = "::error::x%0A]]><b>&'\"##[add-mask]\r\n::set-output name=a::b\u202e\x1b[2J\ufffe\ud800,"
IMAGE = '<img src="https://img.example.net/a.jpg" alt="">'


def one(message: str, severity: Severity = Severity.ERROR, at: int = 0) -> Diagnostic:
    finding = Finding("IMG001", "no-referrer", severity, message, Span(at, at + 1))
    place = Position(1, at + 1, at)
    return Diagnostic(finding, place, place, digest=digest(finding, "x" * (at + 1)))


def rendered(name: str, reports: list[FileReport]) -> str:
    tally = RunSummary()
    return "".join(reporter(name)(tally.watch(reports), Context(tally)))


def results(log: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(log)["runs"][0]["results"]
    return found


@pytest.fixture
def messy(write: Write) -> str:
    """A post with errors, warnings, suppressed findings, a byte order mark, and a hard name."""
    body = f"""<p>{IMAGE}</p>
<!-- newslint-disable-next-line IMG001 -->
<p>{IMAGE}</p>
<p>{IMAGE.replace(' alt=""', "")}</p>
<p>责任编辑：刘万里</p>
"""
    name = "天 气#100%?.md"
    write(name, "\ufeff" + CLEAN.partition("<div>")[0] + body)
    return name


def test_sarif_is_valid_by_the_published_schema(newslint: Command, messy: str) -> None:
    model = pytest.importorskip("pydantic_sarif.model")
    done = newslint("--output-format", "sarif")
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(done.stdout)
    (run,) = json.loads(done.stdout)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert "\n" not in done.stdout.rstrip("\n")
    assert ": " not in re.sub(r'"(?:[^"\\]|\\.)*"', '""', done.stdout)


def test_sarif_validates_hostile_findings_too() -> None:
    model = pytest.importorskip("pydantic_sarif.model")
    reports = [FileReport(f"{HOSTILE}.md", (one(HOSTILE),), (one(HOSTILE),))]
    text = rendered("sarif", reports)
    model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(text)
    assert len(results(text)) == 2


def test_sarif_names_rules_places_and_fixes(newslint: Command, messy: str, tmp_path: Path) -> None:
    log = newslint("--output-format", "sarif").stdout
    driver = json.loads(log)["runs"][0]["tool"]["driver"]
    for result in results(log):
        rule = driver["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["helpUri"].endswith(rule["id"])
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}")
        assert len(rule["properties"]["tags"]) <= 20
    first = next(r for r in results(log) if r["ruleId"] == "IMG001")
    place = first["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == messy
    text = (tmp_path / messy).read_text(encoding="utf-8-sig")
    region = place["region"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == IMAGE
    (change,) = first["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    at = replacement["deletedRegion"]["charOffset"]
    assert text[:at].endswith('alt=""')
    assert text[at] == ">"
    assert "referrerpolicy" in replacement["insertedContent"]["text"]


def test_sarif_lists_what_is_suppressed_as_suppressed(newslint: Command, messy: str) -> None:
    found = results(newslint("--output-format", "sarif").stdout)
    hidden = [r for r in found if "suppressions" in r]
    assert [r["ruleId"] for r in hidden] == ["IMG001"]
    assert hidden[0]["suppressions"] == [{"kind": "inSource"}]
    assert sum(r["ruleId"] == "IMG001" for r in found) == 3
    marks = [r["partialFingerprints"]["newslint/v1"] for r in found]
    assert len(set(marks)) == len(marks)


def test_sarif_cuts_the_least_severe_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULT_LIMIT", 4)
    kinds = [Severity.WARNING, Severity.INFO, Severity.ERROR] * 3
    found = tuple(one(f"{kind} {at}", kind, at) for at, kind in enumerate(kinds))
    reports = [FileReport(f"{at}.md", (finding,)) for at, finding in enumerate(found)]
    reports.append(FileReport("z.md", suppressed=(one("hidden"),)))
    log = rendered("sarif", reports)
    assert [r["level"] for r in results(log)] == ["error", "error", "error", "warning"]
    assert results(log)[-1]["message"]["text"] == "warning 0"
    (invocation,) = json.loads(log)["runs"][0]["invocations"]
    (note,) = invocation["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("6 findings more")


def test_gitlab_fingerprints_survive_a_line_inserted_above(newslint: Command, write: Write) -> None:
    post = NO_REFERRER.replace("</div>", f"<p>{IMAGE}</p><p>{IMAGE}</p>\n</div>")
    write("a.md", post)
    write("b.md", post)
    write("newslint.toml", 'ignore = ["ARC"]\n')
    before = json.loads(newslint("--output-format", "gitlab").stdout)
    write("a.md", post.replace("<div>", "<div>\n<p>One more line.</p>"))
    after = json.loads(newslint("--output-format", "gitlab").stdout)
    marks = [issue["fingerprint"] for issue in before]
    assert len(set(marks)) == len(marks) == 6
    assert [issue["fingerprint"] for issue in after] == marks
    assert before[0]["location"]["lines"]["begin"] + 1 == after[0]["location"]["lines"]["begin"]
    assert {issue["severity"] for issue in before} == {"major"}
    assert before[0]["location"]["path"] == "a.md"
    assert set(before[0]) == {"description", "check_name", "fingerprint", "severity", "location"}


def test_gitlab_without_findings_is_an_empty_array(newslint: Command, write: Write) -> None:
    write("a.md")
    assert json.loads(newslint("--output-format", "gitlab").stdout) == []


def annotations(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("::")]


def test_github_annotates_ten_of_a_kind_errors_first_and_lists_all(
    newslint: Command, write: Write
) -> None:
    for number in range(13):
        write(f"{number:02}.md", NO_REFERRER.replace(' alt=""', ""))
    done = newslint("--output-format", "github", "--ignore", "ARC")
    found = annotations(done.stdout)
    assert [line.split(" ")[0] for line in found] == ["::error"] * 10 + ["::warning"] * 10
    assert "3 errors, 3 warnings more" in done.stdout.splitlines()[-1]
    listed = [line for line in done.stdout.splitlines() if re.match(r"\d\d\.md:", line)]
    assert len(listed) == 26
    assert found[0].startswith(
        "::error file=00.md,line=13,endLine=13,title=IMG001 no-referrer,col=24"
    )


def test_github_is_the_default_in_its_actions_only(newslint: Command, write: Write) -> None:
    write("a.md", NO_REFERRER)
    actions = {"GITHUB_ACTIONS": "true"}
    assert annotations(newslint(**actions).stdout)
    assert not annotations(newslint().stdout)
    assert not annotations(newslint("--output-format", "concise", **actions).stdout)
    newslint("-o", "report.txt", **actions)
    assert not annotations((write("x", "").parent / "report.txt").read_text())


def test_paths_count_from_the_root_of_the_checkout(
    newslint: Command, write: Write, tmp_path: Path
) -> None:
    write("a.md", NO_REFERRER)
    root = str(tmp_path.parent)
    expected = f"{tmp_path.name}/a.md"
    found = newslint("--output-format", "github", GITHUB_WORKSPACE=root).stdout
    assert f"file={expected}," in annotations(found)[0]
    issues = json.loads(newslint("--output-format", "gitlab", CI_PROJECT_DIR=root).stdout)
    assert issues[0]["location"]["path"] == expected


def commands(log: str) -> Iterator[str]:
    """What GitHub's runner obeys: a line that begins with :: after spaces, or ##[ anywhere."""
    for line in re.split(r"\r\n|\r|\n", log):
        if line.lstrip().startswith("::") or "##[" in line:
            yield line


def test_no_text_is_a_command_in_a_log() -> None:
    report = FileReport(f"::warning::{HOSTILE}", (one(HOSTILE),))
    found = list(commands(rendered("github", [report])))
    assert len(found) == 1
    assert re.fullmatch(
        r"::error file=[^,:]*,line=1,endLine=1,title=[^,:]*,col=1,endColumn=1::.*", found[0]
    )
    assert "%0A" not in found[0]
    assert "%250A" in found[0]


def test_the_formats_for_people_are_no_commands_in_a_log_either(
    newslint: Command, write: Write
) -> None:
    write("::error::x.md", NO_REFERRER.replace("<p>Text", "<p onclick=1>##[add-mask]Text"))
    for name in ("concise", "full", "grouped"):
        done = newslint("--output-format", name, GITHUB_ACTIONS="true")
        assert done.stdout
        assert not list(commands(done.stdout)), done.stdout


@given(st.text(), st.text(min_size=1))
def test_any_text_makes_one_annotation_and_well_formed_xml(message: str, path: str) -> None:
    report = FileReport(path, (one(message), one(message)))
    assert len(list(commands(rendered("github", [report])))) == 2
    root = ET.fromstring(rendered("junit", [report]).encode())
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names) == 2
    assert len(results(rendered("sarif", [report]))) == 2
    assert len(json.loads(rendered("gitlab", [report]))) == 2


def test_junit_counts_tests_and_failures_and_names_survive_a_line_above(
    newslint: Command, write: Write
) -> None:
    write("a.md", NO_REFERRER)
    write("b.md")
    write("newslint.toml", 'ignore = ["ARC"]\n')
    root = ET.fromstring(newslint("--output-format", "junit").stdout)
    counts = [(s.get("name"), s.get("tests"), s.get("failures")) for s in root]
    assert counts == [("a.md", "1", "1"), ("b.md", "1", "0")]
    (failure,) = root.iter("failure")
    assert failure.get("type") == "error"
    assert (failure.text or "").startswith("a.md:13:24: IMG001 ")
    names = [case.get("name") for case in root.iter("testcase")]
    write("a.md", NO_REFERRER.replace("<div>", "<div>\n"))
    root = ET.fromstring(newslint("--output-format", "junit").stdout)
    assert [case.get("name") for case in root.iter("testcase")] == names


def test_junit_stays_below_its_limit_and_says_what_it_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from newslint.reports import junit

    monkeypatch.setattr(junit, "SIZE_LIMIT", 5_000)
    monkeypatch.setattr(junit, "PASSED_LIMIT", 1_000)
    reports = [FileReport(f"{at}.md") for at in range(50)]
    reports += [FileReport(f"x{at}.md", (one("bad"), one("worse"))) for at in range(50)]
    text = rendered("junit", reports)
    assert len(text) < 6_000
    failures = [case for case in ET.fromstring(text).iter("testcase") if len(case)]
    left = re.search(r"(\d+) findings more", failures[-1][0].get("message") or "")
    assert left
    assert len(failures) - 1 + int(left[1]) == 100


def test_a_digest_knows_rule_words_and_text_but_not_the_place() -> None:
    def made(text: str, start: int, message: str = "as on line 3", code: str = "IMG001") -> str:
        finding = Finding(code, "x", Severity.ERROR, message, Span(start, start + 3))
        return digest(finding, text)

    known = made("abc def", 4)
    assert made("\ndef", 1) == known
    assert made("def", 0, "as on line 12") == known
    assert made("abc", 0) != known
    assert made("def", 0, "other") != known
    assert made("def", 0, code="IMG002") != known
