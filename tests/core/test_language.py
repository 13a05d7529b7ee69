"""newslint speaks English and Chinese: every text, in every place, and the same findings."""

from __future__ import annotations

import ast
import importlib.util
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CLEAN, NO_REFERRER, Command
from rich.cells import cell_len
from terminal import on_terminal

from newslint import msg
from newslint.core.errors import UsageError
from newslint.core.language import Language, language_of
from newslint.core.messages import Message, join_and, join_comma, plural
from newslint.linter import registry, rule_docs
from newslint.linter.examples import run_example, unmark
from newslint.linter.rule import Bad, Rule

Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]
CHINESE = re.compile("[\u4e00-\u9fff]")
TRANSLATED = {
    code: rule
    for code, rule in registry.rules().items()
    if CHINESE.search(rule_docs.summary(rule, Language("zh")))
}
EXAMPLES = [
    pytest.param(rule, bad, id=f"{code}-{number}")
    for code, rule in TRANSLATED.items()
    if not code.startswith("NET")  # whose examples bring the network's answers
    for number, bad in enumerate(rule.bad)
]


def test_a_message_is_its_english_text_and_knows_its_parts():
    kind = msg("a list")
    told = msg("{name} is {kind}; it must be {expected}", name="a", kind=kind, expected=kind)
    assert told == "a is a list; it must be a list"
    assert Language("zh").translate(told) == "a 是列表；应为列表"
    assert Language("en").translate(told) is told


def test_a_message_stays_one_in_errors_in_sums_and_in_pickles():
    told = msg("an item of {key} is empty", key="tags")
    for other in (str(ValueError(told)), pickle.loads(pickle.dumps(told)), told + ""):
        assert isinstance(other, Message)
        assert Language("zh").translate(other) == Language("zh").translate(told) != told
    assert CHINESE.search(Language("zh").translate(told + msg(", and {count} more", count=2)))


def test_words_of_a_post_are_never_translated():
    told = msg("an item of {key} is empty", key="a list")
    assert "a list" in Language("zh").translate(told)


def test_lists_read_well_in_both_languages():
    zh = Language("zh")
    assert join_comma(["a", "b", "c"]) == "a, b, c"
    assert join_and(["a", "b", "c"]) == "a, b and c"
    assert join_and(["a"]) == "a"
    assert zh.translate(join_and(["a", "b", "c"])) == "a、b和c"
    one = plural(1, "{number:,} post", "{number:,} posts")
    assert (one, zh.translate(one)) == ("1 post", "1 篇文章")


def test_every_translation_has_the_fields_of_its_text():
    done = subprocess.run(
        [sys.executable, "docs/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


def catalogues(known: dict[str, str], said: list[str]) -> list[tuple[str, str]]:
    """The problems that docs/messages.py finds in a catalogue, for texts of the code."""
    from babel.messages.catalog import Catalog

    spec = importlib.util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert spec and spec.loader
    messages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(messages)
    old, new = Catalog("zh"), Catalog("zh")
    for text, told in known.items():
        old.add(text, told)
    for text in said:
        new.add(text, known.get(text, ""), [("a.py", None)])
    return list(messages.problems(old, new))


def test_a_missing_translation_is_a_warning_and_a_wrong_one_an_error():
    assert catalogues({"a {x}": "甲 {x}"}, ["a {x}"]) == []
    assert catalogues({}, ["b"]) == [("warning", "not translated: 'b' (a.py)")]
    assert catalogues({"c": "丙"}, []) == [("warning", "needed no longer: 'c'")]
    ((kind, _),) = catalogues({"d {x}": "丁 {y}"}, ["d {x}"])
    assert kind == "error"


def test_a_text_without_a_translation_is_told_in_english():
    told = Language("zh").translate(msg("{count} texts that nobody has translated", count=2))
    assert told == "2 texts that nobody has translated"


@pytest.mark.parametrize(("rule", "bad"), EXAMPLES)
def test_every_finding_of_a_translated_rule_is_told_in_chinese(rule: type[Rule], bad: Bad):
    """Beside its own words a message contains only what it quotes: names, tags, values."""
    zh = Language("zh")
    text, _ = unmark(bad.text)
    for finding in run_example(rule, bad, text):
        for said in (finding.message, finding.fix.message if finding.fix else None):
            if said is not None:
                told = zh.translate(said)
                assert told != said
                assert CHINESE.search(told), told


@pytest.mark.parametrize("folder", ["rules/newslint_rules", "lint/newslint/cli"])
def test_no_message_is_an_f_string(folder: str):
    """An f-string has lost its template: no one could translate it."""
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            place = {"finding": 1, "make_fix": 0, "msg": 0, "UsageError": 0}.get(called)
            if place is not None and place < len(node.args):
                argument = node.args[place]
                assert not isinstance(argument, ast.JoinedStr), f"{file}:{node.lineno}"


@pytest.mark.parametrize(
    ("said", "environment", "code"),
    [
        (None, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, {"NEWSLINT_LANG": "en", "LANG": "zh_CN"}, "en"),
        ("zh", {"NEWSLINT_LANG": "en", "LANG": "fr_FR"}, "zh"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_option_comes_first_then_the_variable_then_the_locale(
    said: str | None, environment: dict[str, str], code: str
):
    assert language_of(said, environment).code == code


def test_an_unknown_language_is_refused(newslint: Command, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(UsageError, match="choose en or zh"):
        language_of(None, {"NEWSLINT_LANG": "fr"})
    assert newslint("--lang", "fr").returncode == 2
    monkeypatch.setenv("NEWSLINT_LANG", "fr")
    done = newslint(".")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_codes_names_and_json_keys_stay_and_the_words_change(newslint: Command, write: Write):
    write("a.md", NO_REFERRER)
    english, chinese = (
        json.loads(newslint("--output-format", "json", "--lang", lang).stdout)
        for lang in ("en", "zh")
    )
    assert len(english) == len(chinese) > 0
    for one, other in zip(english, chinese, strict=True):
        assert one.keys() == other.keys()
        assert (one["code"], one["name"], one["start"]) == (
            other["code"],
            other["name"],
            other["start"],
        )
        assert not CHINESE.search(one["message"])
        assert CHINESE.search(other["message"])


@pytest.mark.parametrize("name", ["full", "concise", "grouped", "github", "junit", "sarif"])
def test_every_format_speaks_chinese(newslint: Command, write: Write, name: str):
    write("a.md", NO_REFERRER)
    assert CHINESE.search(newslint("--output-format", name, "--lang=zh").stdout)


def test_a_cache_that_was_written_in_one_language_is_read_in_the_other(
    newslint: Command, write: Write, tmp_path: Path
):
    for number in range(120):
        write(f"{number}.md", NO_REFERRER if number == 7 else CLEAN)
    options = ("--cache-dir", str(tmp_path / "cache"), "--ignore", "ARC", "--output-format", "json")
    first = newslint(*options, "--lang", "en").stdout
    again = newslint(*options, "--lang", "zh").stdout
    assert CHINESE.search(again)
    assert newslint(*options, "--lang", "en").stdout == first
    fresh = newslint(*options, "--lang", "zh", "--no-cache").stdout
    assert again == fresh


def test_the_list_of_rules_shows_each_summary_completely(newslint: Command, tmp_path: Path):
    zh = Language("zh")
    summaries = {code: rule_docs.summary(rule, zh) for code, rule in registry.rules().items()}
    piped = newslint("rules", "--lang", "zh").stdout.splitlines()[1:]
    assert {line.split()[0]: line.rpartition("  ")[2] for line in piped} == summaries
    shown = on_terminal(tmp_path, "rules", "--lang", "zh", columns=80).lines
    assert max(map(cell_len, shown)) <= 80
    text = "".join("".join(line.split()) for line in shown)
    for summary in summaries.values():
        assert "".join(summary.split()) in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--fial", "a.md"), "没有选项 '--fial'"),
        (("--jobs", "x", "a.md"), "'x' 不是有效的 整数"),
        (("--engine", "foo", "a.md"), "'foo' 不是 'local', 'dask' 之一"),
        (("--select", "FOO", "a.md"), "命令行：未知规则 'FOO'"),
        (("--target", "foo", "a.md"), "命令行：target：未知的目标 'foo'"),
        (("--config", "schema.preset=x", "a.md"), "'eleventy'或'minimal'"),
    ],
)
def test_errors_of_options_are_chinese(
    newslint: Command, write: Write, arguments: tuple[str, ...], told: str
):
    write("a.md", CLEAN)
    done = newslint("--lang", "zh", *arguments)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert not re.search(r"\b(no|not|is|unknown|choose|did|one|or)\b", done.stderr), done.stderr


def test_help_rules_and_errors_speak_chinese(newslint: Command):
    shown = newslint("check", "--help", "--lang", "zh").stdout
    assert "写入安全的修复" in shown
    assert "用法" in shown
    assert "图片不能向图床发送" in newslint("rule", "IMG001", "--lang", "zh").stdout
    table = json.loads(newslint("rules", "--output-format", "json", "--lang", "zh").stdout)
    assert {row["code"] for row in table if CHINESE.search(row["summary"])} == set(TRANSLATED)
    assert len(TRANSLATED) > 80
    missing = newslint("--lang", "zh", "nowhere.md")
    assert (missing.returncode, "没有这个文件" in missing.stderr) == (2, True)
