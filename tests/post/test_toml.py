"""TOML front matter by version of Hugo, each sample built with 0.111, 0.131, 0.162 to 0.168."""

from __future__ import annotations

import datetime

import pytest

from newslint.generators import Target
from newslint.post import boundaries, front_matter
from newslint.post.front_matter import FrontMatter


def read(content: str, target: str = "hugo") -> FrontMatter:
    text = f"+++\n{content}+++\n"
    bounds = boundaries.find_boundaries(text, Target.parse(target)).bounds
    assert bounds is not None
    return front_matter.parse(text, bounds, Target.parse(target))


NEWER = [
    ("x = {a = 1,\n b = 2}\n", {"a": 1, "b": 2}),
    ("x = {a = 1, b = 2,}\n", {"a": 1, "b": 2}),
    ("x = { # one\r\n a = 1 # two\r\n, b = 2\r\n}\r\n", {"a": 1, "b": 2}),
    ("x = {\n}\n", {}),
    ("x = [{a = [1,\n2], b = {c = 'é{',\n}}]\n", [{"a": [1, 2], "b": {"c": "é{"}}]),
    ('x = "\\x41\\\\x41"\n', "A\\x41"),
    ('x = """\\xe9\\e"""\n', "é\x1b"),
    ("x = [10:00, 11:30:05]\n", [datetime.time(10), datetime.time(11, 30, 5)]),
    ("x = {a = 2021-01-02 10:00}\n", {"a": datetime.datetime(2021, 1, 2, 10)}),
    ("x = 2021-01-02T10:00Z\n", datetime.datetime(2021, 1, 2, 10, tzinfo=datetime.UTC)),
]


@pytest.mark.parametrize(("content", "value"), NEWER)
def test_toml_1_1_is_read_where_hugo_has_it(content: str, value: object) -> None:
    assert read(content, "hugo@0.164").data == {"x": value}
    older, unknown = (read(content, target).error for target in ("hugo@0.163", "hugo"))
    assert older is not None
    assert unknown is not None
    assert unknown.message == f"{older.message} (Hugo before 0.164)"


@pytest.mark.parametrize("target", ["hugo", "hugo@0.111", "hugo@0.168"])
def test_every_hugo_reads_the_escape_for_escape(target: str) -> None:
    assert read('"\\e" = "\\\\e\\e"\n', target).data == {"\x1b": "\\e\x1b"}


REFUSED = [
    ("x = {a = 1,, b = 2}\n", ", b"),
    ("x = {, a = 1}\n", ", a"),
    ("x = {,}\n", ",}"),
    ("x = {a = 1\n b = 2}\n", "b = 2}"),
    ("x = {a\n = 1}\n", "\n = 1}"),
    ("x = {a =\n 1}\n", "\n 1}"),
    ("x = {a.\nb = 1}\n", "\nb = 1}"),
    ('x = "\\xzz"\n', 'zz"'),
    ("x = 10:00.5\n", ":00.5"),
    ("x = 24:00\n", ":00\n"),
    ("a = {b = 10:00, c = '\\x', d = \"\\e\",}\nx = 08\n", "8\n"),
    ("x = 1\ry = 2\n", "\ry"),
    ("x = [1,\r2]\n", "\r2"),
    ("# a\rb\n", "\rb"),
    ('x = """\na\rb"""\n', "\rb"),
    ("x = 9223372036854775808\n", "9223372036854775808\n"),
    ("x = [1, {y = -9223372036854775809}]\n", "-9223372036854775809"),
    ("x = 0xFFFFFFFFFFFFFFFF\n", "0xFFFFFFFFFFFFFFFF\n"),
    ("y = inf\nx = 1e999\n", "1e999"),
]


@pytest.mark.parametrize(("content", "place"), REFUSED)
def test_what_no_hugo_reads_is_refused_at_its_place(content: str, place: str) -> None:
    for target in ("hugo@0.111", "hugo"):
        assert read(content, target).error is not None
    error = read(content, "hugo@0.168").error
    assert error is not None
    assert "(Hugo" not in error.message
    assert f"+++\n{content}+++\n"[error.offset :].startswith(place)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("-inf", float("-inf")),
        ("1e308", 1e308),
    ],
)
def test_numbers_that_fit_are_read(number: str, value: float) -> None:
    assert read(f"x = {number}\n").data == {"x": value}


def test_the_places_of_toml_1_1_are_those_of_the_file() -> None:
    matter = read('x = {\n  a = 10:00, # note\n  "\\x41" = "\\x42",\n}\n', "hugo@0.168")
    text = f"+++\n{matter.text}+++\n"
    found = {e.path: text[slice(*e.value)] for e in matter.entries.values()}
    assert found[("x", "a")] == "10:00"
    assert found[("x", "A")] == '"\\x42"'
