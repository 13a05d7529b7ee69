"""``newslint schema``: an editor with it says what newslint says, of posts and of newslint.toml."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import FRONT_MATTER, Command

jsonschema = pytest.importorskip("jsonschema")
Write = Callable[..., Path]
GOOD = FRONT_MATTER.strip().strip("-")
ROOT = Path(__file__).parents[2]


def validator(newslint: Command, *args: str) -> Any:
    done = newslint("schema", *args)
    assert done.returncode == 0, done.stderr
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def header(text: str) -> Any:
    """Front matter as a YAML language server has it: dates are text."""
    return yaml.load(text, Loader=yaml.BaseLoader if "2021-12" in text else yaml.SafeLoader)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (("", ""), None),
        (("Thu, 02 Dec 2021 14:50:58 GMT", "'02.12.21'"), None),
        (("author: Wire", "author: Wire\nextra: [1, 2]"), None),
        (("title: A title\n", ""), ""),
        (("A title", "\n - a"), "title"),
        (("A title", "' '"), "title"),
        (("comments: false", "comments: 'no'"), "comments"),
        (("categories:\n - One", "categories: []"), "categories"),
        (("'https://img.example.net/a.jpg'\nauthor", "img/a.jpg\nauthor"), "headimg"),
    ],
)
def test_front_matter_is_judged_as_newslint_judges_it(
    newslint: Command, write: Write, change: tuple[str, str], path: str | None
) -> None:
    text = GOOD.replace(*change)
    errors = list(validator(newslint).iter_errors(header(text)))
    assert ["/".join(map(str, error.path)) for error in errors] == ([] if path is None else [path])
    write("a.md", f"---{text}\n---\n<p>Text.</p>\n<p>责任编辑：刘万里</p>\n")
    told = newslint("--select", "FM005,FM006,FM007,FM008", "a.md").stdout
    assert bool(told) == (path is not None)


def test_the_schema_in_force_is_that_of_the_folder(newslint: Command, write: Write) -> None:
    write(
        "site/newslint.toml",
        '[schema]\npreset = "hexo"\n[schema.fields.source]\ntype = "url"\nrequired = true\n'
        '[schema.fields."seo.score"]\ntype = "integer"\nminimum = 1\n',
    )
    check = validator(newslint, "site")
    assert check.is_valid({"source": "https://example.net/a"})
    assert check.is_valid({"source": "https://example.net/a", "seo": {"score": 3}, "title": None})
    assert not check.is_valid({})
    assert not check.is_valid({"source": "no address"})
    assert not check.is_valid({"source": "https://example.net/a", "seo": {"score": 0}})
    assert validator(newslint).is_valid(yaml.safe_load(GOOD))
    assert not validator(newslint).is_valid({"source": "https://example.net/a"})


def test_a_path_that_is_not_there_is_bad_usage(newslint: Command) -> None:
    assert newslint("schema", "nowhere").returncode == 2


GOOD_CONFIGS = [
    "",
    'target = "hexo@7"\nselect = ["ALL"]\nignore = ["IMG", "IMG0", "no-referrer", "SITE001"]\n',
    'fail-on = "warning"\nextend = "../base.toml"\nbaseline = "newslint-baseline.json"\n',
    '[severity]\nIMG004 = "error"\n[rules.IMG001]\n[rules.missing-editor-line]\n[limits]\nfile-size = 50000\n',
    '[schema]\npreset = "hexo"\n[schema.fields]\na = "url"\n[schema.fields.seo.title]\n'
    'type = "text"\nmax-length = 70\n[schema.fields.tags]\ntype = "list"\nitems = "text"\n',
    '[[overrides]]\nfiles = ["World/**"]\nignore = ["ED001"]\n[overrides.rules.IMG008]\n',
    '[[rule]]\ncode = "SITE001"\nname = "no-marquee"\ncss = "marquee"\nmessage = "x"\n',
]
BAD_CONFIGS = [
    'targett = "hexo"\n',
    'target = "wordpress"\n',
    'select = ["no-referer"]\n',
    'select = "IMG"\n',
    'fail-on = "sometimes"\n',
    '[severity]\nIMG004 = "bad"\n',
    "[rules.IMG001]\npolicee = 1\n",
    "[rules.IMG999]\n",
    '[schema]\npreset = "blog"\n',
    "[schema.fields.a]\nrequird = true\n",
    '[schema.fields]\na = "txt"\n',
    "[limits]\nfile-size = 0\n",
    '[[overrides]]\nignore = ["ED001"]\n',
    '[[rule]]\ncode = "site1"\nname = "x"\ncss = "a"\nmessage = "x"\n',
]


@pytest.mark.parametrize("text", GOOD_CONFIGS + BAD_CONFIGS)
def test_a_configuration_is_judged_as_newslint_judges_it(
    newslint: Command, write: Write, text: str
) -> None:
    is_good = text in GOOD_CONFIGS
    errors = list(validator(newslint, "--config").iter_errors(tomllib.loads(text)))
    assert (not errors) == is_good, errors
    write("base.toml", "")
    write("newslint-baseline.json", '{"version": 1, "posts": {}}')
    write("site/newslint.toml", text)
    write("site/World/a.md")
    if "SITE001" not in text or "[[rule]]" in text:
        assert (newslint("site").returncode != 2) == is_good


def test_every_rule_has_its_options_with_words(newslint: Command) -> None:
    schema = json.loads(newslint("schema", "--config").stdout)
    known = json.loads(newslint("rules", "--output-format", "json").stdout)
    for rule in known:
        table = schema["$defs"][f"options.{rule['code']}"]
        assert rule["url"] in table["description"]
        assert table["additionalProperties"] is False
        assert schema["properties"]["rules"]["properties"][rule["name"]]
        for option in table.get("properties", {}).values():
            assert option.get("description"), (rule["code"], option)


def test_the_documented_configuration_is_right(newslint: Command) -> None:
    readme = (ROOT / "README.md").read_text()
    example = readme.partition("```toml\n")[2].partition("```")[0]
    assert "[schema]" in example
    validator(newslint, "--config").validate(tomllib.loads(example))
