"""Some hundred inputs of the fuzzer, the same on every machine, and every one that broke once.

The long run is ``python tests/fuzz/fuzz.py --count 200000``; see CONTRIBUTING.md.
"""

from __future__ import annotations

import importlib.util
import random
from itertools import islice
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("newslint_fuzz", HERE / "fuzz.py")
assert _spec and _spec.loader
fuzz = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz)

FIXTURES = sorted((HERE / "fixtures").glob("*.txt"))


@pytest.fixture(autouse=True)
def own_inputs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(fuzz.suites.FOLDER, raising=False)


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_what_once_broke_breaks_no_more(fixture: Path, path: str) -> None:
    kind = "configuration" if fixture.stem.startswith("configuration") else "html"
    for target in fuzz.TARGETS:
        fuzz.check(kind, fixture.read_bytes(), target, path)


@pytest.mark.parametrize("seed", range(8))
def test_hostile_input_breaks_no_promise(seed: int) -> None:
    assert fuzz.fuzz(100, seed) == []


def test_the_same_seed_is_the_same_inputs() -> None:
    one, other = (list(islice(fuzz.Inputs(random.Random(1), {}), 50)) for _ in range(2))
    assert one == other
    assert one != list(islice(fuzz.Inputs(random.Random(2), {}), 50))


def test_the_inputs_reach_the_rules_and_their_fixes() -> None:
    found, mended = set(), set()
    for kind, raw in islice(fuzz.Inputs(random.Random(3), {}), 300):
        if kind != "configuration":
            text = fuzz.Source(raw).text
            post = fuzz.promises.post_of(text, "hexo", "a.html")
            found |= {one.code for one in fuzz.promises.findings_of(post)}
            mended |= {one.code for one in fuzz.promises.findings_of(post) if one.fix}
    assert len(found) > 50
    assert len(mended) > 20


def test_suites_are_read_by_the_names_of_their_files(tmp_path: Path) -> None:
    files = {
        "tree/tests1.dat": "#data\n<p>one\n#errors\n(1,1)\n#document\n| <p>\n",
        "tokenizer/a.test": '{"tests": [{"input": "<b", "output": []}, '
        '{"input": "\\\\u0000x", "doubleEscaped": true}]}',
        "spec.txt": "````````````````` example\n→code\n.\n<pre>\n`````````````````\n",
        "src/AAAA.yaml": "- yaml: |\n    a:␣b\n    ———»c\n",
        "data/AAAA.js": 'export default {\n  "yaml": "a: [b]\\n",\n}\n',
        "tests/lexer.js": "lex('{% raw %}'); other('no template');\n",
        "tests/whole.njk": "{{ x }}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert fuzz.suites.read(tmp_path) == {
        "html": ["\0x", "<b", "<p>one"],
        "markdown": ["\tcode"],
        "yaml": ["a: [b]\n", "a: b\n\tc\n"],
        "template": ["{% raw %}", "{{ x }}\n"],
    }


def test_a_broken_promise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer can fail: a rule that raises is reported."""
    monkeypatch.setattr(fuzz, "keep", lambda raw: "kept")
    raising = fuzz.registry.rules()["TXT003"]()
    monkeypatch.setattr(raising, "check", lambda post: 1 / 0)
    monkeypatch.setattr(fuzz.promises, "RULES", fuzz.promises.RuleSet([raising]))
    assert any("ZeroDivisionError" in words for words in fuzz.fuzz(20, 1, lambda words: None))


def test_a_changed_tag_is_found() -> None:
    tags = fuzz.promises.tags
    assert tags("<p a=1>x</p><style><b></style>") == [
        ("p", "a", ""),
        ("/p",),
        ("style",),
        ("/style",),
    ]
    assert tags("<a href=' java&#115;cript:x'>") != tags("<a href='x'>")
    assert tags("<img src=a>") == tags('<img src=a referrerpolicy="no-referrer">')
