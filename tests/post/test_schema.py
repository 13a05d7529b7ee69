"""The models of front matter: what they demand, and in which words they complain."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from newslint.core.errors import ConfigError
from newslint.generators import Target
from newslint.generators.target import GENERATORS
from newslint.post import boundaries, front_matter
from newslint.post.schema import (
    HexoPost,
    HugoPost,
    JekyllPost,
    MinimalPost,
    NewsPost,
    SchemaError,
    SchemaSettings,
    build,
    check,
    fields_of,
    generator_fields,
    kinds,
)
from newslint.post.schema.presets import PRESETS

GOOD = {
    "title": "a title",
    "categories": "[World]",
    "headimg": "https://img.example.net/1.jpg",
    "author": "Wire",
    "comments": "false",
    "date": "Thu, 02 Dec 2021 14:50:58 GMT",
    "thumbnail": "https://img.example.net/1.jpg",
}


def complaints(
    model: type[BaseModel], matter: dict[str, str] | str, target: str = "hexo"
) -> list[SchemaError]:
    if not isinstance(matter, str):
        matter = "\n".join(f"{key}: {value}" for key, value in matter.items())
    text, site = f"---\n{matter}\n---\n", Target.parse(target)
    place = boundaries.find_boundaries(text, site)
    assert place.bounds is not None
    read = front_matter.parse(text, place.bounds, site, simple=place.simple)
    assert read.error is None, read.error
    return list(check(model, read, site))


def news(**changed: str | None) -> dict[str, str]:
    return {key: value for key, value in {**GOOD, **changed}.items() if value is not None}


def test_a_right_post_gets_no_complaint() -> None:
    assert complaints(NewsPost, GOOD) == []
    assert complaints(NewsPost, news(source="x", extra="[1]", date="2021-10-10")) == []


@pytest.mark.parametrize(
    ("changed", "path", "kind", "message"),
    [
        (
            {"comments": "[1, 2]"},
            ("comments",),
            "type",
            "comments is a list; it must be true or false",
        ),
        (
            {"comments": "'false'"},
            ("comments",),
            "type",
            "comments is text; it must be true or false",
        ),
        (
            {"comments": "1"},
            ("comments",),
            "type",
            "comments is a number; it must be true or false",
        ),
        ({"title": "2021"}, ("title",), "type", "title is a number; it must be text"),
        (
            {"title": "{a: b}"},
            ("title",),
            "type",
            "title is a mapping of keys to values; it must be text",
        ),
        ({"title": "2021-01-01"}, ("title",), "type", "title is a date; it must be text"),
        ({"title": "'  '"}, ("title",), "empty", "title is empty"),
        ({"title": ""}, ("title",), "empty", "title is empty"),
        ({"categories": "World"}, ("categories",), "type", "categories is text; it must be a list"),
        ({"categories": "[]"}, ("categories",), "empty", "categories is empty"),
        ({"categories": "[a, '']"}, ("categories", 1), "empty", "item 2 of categories is empty"),
        (
            {"categories": "[a, 1]"},
            ("categories", 1),
            "type",
            "item 2 of categories is a number; it must be text",
        ),
        (
            {"headimg": "img/1.jpg"},
            ("headimg",),
            "value",
            "headimg is not an http:// or https:// URL",
        ),
        (
            {"headimg": "ftp://a.cn/1"},
            ("headimg",),
            "value",
            "headimg is not an http:// or https:// URL",
        ),
        (
            {"headimg": "https://"},
            ("headimg",),
            "value",
            "headimg is not an http:// or https:// URL",
        ),
        ({"thumbnail": "''"}, ("thumbnail",), "empty", "thumbnail is empty"),
        ({"author": None}, ("author",), "missing", "author is missing"),
        ({"date": "[1]"}, ("date",), "type", "date is a list; it must be a date"),
        ({"date": "true"}, ("date",), "type", "date is true; it must be a date"),
    ],
)
def test_each_wrong_value_gets_one_complaint_in_plain_words(
    changed: dict[str, str | None], path: tuple[str | int, ...], kind: str, message: str
) -> None:
    assert complaints(NewsPost, news(**changed)) == [SchemaError(path, kind, message)]


@pytest.mark.parametrize(
    ("date", "target", "fine"),
    [
        ("Thu, 02 Dec 2021 14:50:58 GMT", "hexo", True),
        ("Thu, 02 Dec 2021 14:50:58 GMT", "eleventy", False),
        ("Thu, 29 Feb 2021 14:50:58 GMT", "hexo", False),
        ("Thu, 29 Feb 2024 14:50:58 GMT", "hexo", True),
        ("Thu, 31 Apr 2021 14:50:58 GMT", "hexo", False),
        ("2021-12-02T14:50:58+08:00", "eleventy", True),
        ("'2021-10-10 11:06:15'", "eleventy", False),
        ("2021-02-30 10:00:00", "hexo", False),
        ("2021/10/10 11:06:15", "hexo", True),
        ("2021/10/10 11:06:15", "hugo", False),
        ("1638456658", "hexo", False),
        ("1638456658", "hugo", True),
        ("not a date", "html", False),
        ("2021-13-45", "jekyll", False),
    ],
)
def test_a_date_is_what_the_target_reads(date: str, target: str, fine: bool) -> None:
    found = complaints(NewsPost, news(date=date), target)
    assert [error.kind for error in found] == ([] if fine else ["date"])


@pytest.mark.parametrize("model", [HexoPost, JekyllPost, HugoPost, MinimalPost])
def test_the_generators_presets_require_nothing(model: type[BaseModel]) -> None:
    assert complaints(model, "x: 1") == []
    assert complaints(model, "title:\ntags:\ncategories:\ndate: 2021-12-02") == []


@pytest.mark.parametrize("generator", GENERATORS)
def test_what_a_generator_reads_includes_the_fields_of_its_preset(generator: str) -> None:
    assert fields_of(PRESETS[generator]) <= generator_fields(generator)


@pytest.mark.parametrize(
    ("model", "matter", "message"),
    [
        (
            HexoPost,
            "tags: {a: b}",
            "tags is a mapping of keys to values; it must be text or a list",
        ),
        (HexoPost, "categories: [a, [b, ~]]", "item 2 of item 2 of categories is empty"),
        (HexoPost, "disableNunjucks: 1", "disableNunjucks is a number; it must be true or false"),
        (JekyllPost, "published: 'no'", "published is text; it must be true or false"),
        (HugoPost, "weight: a", "weight is text; it must be a number"),
        (HugoPost, "isCJKLanguage: 1", "isCJKLanguage is a number; it must be true or false"),
    ],
)
def test_the_generators_presets_know_the_types(
    model: type[BaseModel], matter: str, message: str
) -> None:
    assert [error.message for error in complaints(model, matter)] == [message]


def test_a_preset_allows_what_its_generator_documents() -> None:
    assert complaints(HexoPost, "categories:\n- [a, b]\n- c\nlayout: false\ntags: x") == []
    assert complaints(JekyllPost, "layout: post\ntags: a b\ncategories: [a]", "jekyll") == []
    assert complaints(HugoPost, "menu: {main: {weight: 1}}\nresources: [{src: x}]", "hugo") == []


FIELDS: dict[str, Any] = {
    "source": {"type": "url", "required": True, "description": "where the article comes from."},
    "seo": {
        "title": {"type": "text", "max-length": 5, "required": True},
        "rank": {"type": "integer", "minimum": 1, "maximum": 5},
    },
    "kind": {"choices": ["news", "blog"]},
    "author": {"required": False},
    "tags": {"type": "list", "items": {"type": "text", "pattern": "^[a-z]+$"}, "max-length": 2},
    "first.seen": "date",
}


def own() -> type[BaseModel]:
    return build(SchemaSettings.parse({"fields": FIELDS}))


RIGHT = {**GOOD, "source": "https://a.cn/", "seo": "{title: abc, rank: 5}"}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("source", "x", "source is not an http:// or https:// URL (where the article comes from)"),
        ("source", None, "source is missing (where the article comes from)"),
        ("seo", "{title: abcdef}", "seo.title is longer than 5 characters"),
        ("seo", "{title: abc, rank: 9}", "seo.rank is 9; it must be at most 5"),
        ("seo", "{rank: 1}", "seo.title is missing"),
        ("seo", None, "seo is missing"),
        ("seo", "1", "seo is a number; it must be a mapping of keys to values"),
        ("kind", "new", "kind is 'new'; it must be 'news' or 'blog'; did you mean 'news'?"),
        ("tags", "[a, b, c]", "tags has more than 2 items"),
        ("tags", "[a, B]", "item 2 of tags is 'B'; it must match the pattern ^[a-z]+$"),
        ("first", "{seen: never}", "first.seen: 'never' is not a date: the date is undefined"),
    ],
)
def test_fields_of_the_configuration_are_compiled(
    key: str, value: str | None, message: str
) -> None:
    matter = {k: v for k, v in {**RIGHT, key: value}.items() if v is not None}
    assert [error.message for error in complaints(own(), matter)] == [message]


def test_fields_of_the_configuration_change_the_preset() -> None:
    assert complaints(own(), {k: v for k, v in RIGHT.items() if k != "author"}) == []
    longer = build(SchemaSettings.parse({"fields": {"title": {"max-length": 3}}}))
    assert [e.message for e in complaints(longer, GOOD)] == ["title is longer than 3 characters"]


def test_a_schema_or_a_field_may_say_how_severe_its_violations_are() -> None:
    fields = {
        "score": {"type": "integer"},
        "section": {"choices": ["a", "b"], "severity": "error"},
        "seo.title": {"required": True},
        "seen": {"type": "date"},
    }
    table = {"preset": "hexo", "severity": "warning", "fields": fields}
    model = build(SchemaSettings.parse(table))
    matter = "score: many\nsection: c\nseo: {}\nseen: never\ndate: never\ncomments: perhaps"
    found = {error.path: error.severity for error in complaints(model, matter)}
    assert found == {
        ("score",): "warning",
        ("section",): "error",
        ("seo", "title"): "warning",
        ("seen",): "warning",
        ("comments",): "warning",
        ("date",): None,
    }
    plain = build(SchemaSettings.parse({**table, "severity": None}))
    assert complaints(plain, "score: many")[0].severity is None
    assert complaints(HexoPost, "comments: perhaps")[0].severity is None, "the preset is as it was"


def test_equal_settings_give_the_same_model() -> None:
    assert own() is own()


def test_the_fields_of_a_model_can_be_asked_for() -> None:
    found = kinds(own())
    assert found[("title",)].text
    assert found[("title",)].required
    assert found[("seo", "title")].text
    assert found[("date",)].date
    assert found[("headimg",)].url
    assert found[("categories",)].texts
    assert not found[("author",)].required


@pytest.mark.parametrize("model", [NewsPost, HexoPost, JekyllPost, HugoPost, MinimalPost])
def test_a_json_schema_can_be_made(model: type[BaseModel]) -> None:
    assert json.loads(json.dumps(model.model_json_schema()))["type"] == "object"
    made = own().model_json_schema()
    assert made["properties"]["source"]["description"] == "where the article comes from."
    assert "source" in made["required"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"prest": "x"}, "unknown key 'schema.prest'; did you mean 'preset'?"),
        ({"preset": "hugoo"}, "did you mean 'hugo'?"),
        (
            {"fields": {"a": {"typ": "x"}}},
            "unknown key 'schema.fields.a.typ'; did you mean 'type'?",
        ),
        ({"fields": {"a": {"type": "txt"}}}, "schema.fields.a.type is 'txt'; choose 'text', "),
        (
            {"fields": {"a": {"pattern": "("}}},
            "schema.fields.a.pattern is not a valid regular expression",
        ),
        ({"fields": {"a": {"type": "bool", "pattern": "x"}}}, "cannot be used with type 'bool'"),
        ({"fields": {"a": {"type": "text", "min-length": 3, "max-length": 1}}}, "is greater than"),
        ({"fields": {"a": 3}}, "schema.fields.a: "),
        ({"model": "x"}, "it must look like 'package.module:Model'"),
        ({"model": "no_such_module:Post"}, "there is no module 'no_such_module'"),
        ({"model": "json:nope"}, "json has no 'nope'"),
        ({"model": "json:dumps"}, "json:dumps is not a pydantic model"),
    ],
)
def test_a_wrong_table_is_an_error_in_words(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError) as error:
        build(SchemaSettings.parse(table))
    assert words in str(error.value)


SITE = """
from datetime import datetime
from typing import Literal
from pydantic import BaseModel, Field, field_validator

class Seo(BaseModel):
    title: str = Field(description="for search engines")

class Post(BaseModel, extra="forbid"):
    title: str
    date: datetime
    seo: Seo | None = None
    x: int | list[int] | None = None
    kind: Literal["a", "b"] = "a"
    n: int = Field(1, ge=1, lt=5, description="how often")

    @field_validator("title")
    @classmethod
    def in_capitals(cls, value):
        if value != value.upper():
            raise ValueError("Write it in capitals")
        return value

class Broken(BaseModel):
    title: str

    @field_validator("title")
    @classmethod
    def breaks(cls, value):
        return value.nope
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module of the site's own in the current folder."""
    (tmp_path / "site_of_mine.py").write_text(SITE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield
    sys.modules.pop("site_of_mine", None)


@pytest.mark.usefixtures("site")
def test_a_model_of_the_sites_own_complains_in_plain_words() -> None:
    model = build(SchemaSettings(model="site_of_mine:Post"))
    assert complaints(model, "title: ABC\ndate: 2021-12-02T10:00:00Z\nx: [1]") == []
    found = complaints(
        model, "title: abc\ndate: x\nseo: {titel: x}\nx: [1, a]\nkind: c\nn: 9\nkin: 2"
    )
    assert {".".join(map(str, e.path)): (e.kind, e.message) for e in found} == {
        "title": ("value", "title: write it in capitals"),
        "date": ("date", "date is 'x', which the model does not accept as a date"),
        "seo.title": ("missing", "seo.title is missing (for search engines)"),
        "x.1": ("type", "item 2 of x is text; it must be an integer"),
        "kind": ("value", "kind is 'c'; it must be 'a' or 'b'"),
        "n": ("value", "n is 9; it must be less than 5 (how often)"),
        "kin": ("unknown", "kin is not a field of the schema; did you mean 'kind'?"),
    }
    both = complaints(model, "title: ABC\ndate: 2021-12-02\nx: q")
    assert [e.message for e in both] == ["x is text; it must be an integer or a list"]


@pytest.mark.usefixtures("site")
def test_a_model_that_breaks_is_a_complaint_and_no_traceback() -> None:
    model = build(SchemaSettings(model="site_of_mine:Broken"))
    (error,) = complaints(model, "title: x")
    assert error.kind == "value"
    assert "the model of the site failed: AttributeError" in error.message


@pytest.mark.usefixtures("site")
def test_no_code_is_run_where_none_may_be() -> None:
    with pytest.raises(ConfigError, match="isolated"):
        build(SchemaSettings(model="site_of_mine:Post"), run_code=False)
    assert "site_of_mine" not in sys.modules
