"""What is searched in the scripts and templates of a site, and that the search is never slow."""

from __future__ import annotations

import re

import growth
import pytest

from newslint.generators.hexo import registrations, slugs
from newslint.generators.jekyll import extensions as ruby
from newslint.generators.jekyll import gemfile
from newslint.generators.site import javascript, referrer, rewriting


def names(code: str) -> list[tuple[str | None, str, int]]:
    return list(javascript.calls(javascript.without_comments(code), r"\btag\s*\.\s*register"))


def test_calls_are_found_with_their_last_argument() -> None:
    code = """
    // tag.register('a', f);
    const address = 'http://x.example'; tag.register('b', function (args) { return '},'; }, true);
    hexo.extend.tag.register(`c`, g, {ends: true, async: true},);
    tag.register(name, g); tag.register('d' + e, g); tag.register("f", (a, b) => /[/,(]/.test(a));
    /* tag.register('h', f); */ tag.register(`i${j}`, f)
    """
    assert names(code) == [
        ("b", "true", 3),
        ("c", "{ends: true, async: true}", 3),
        (None, "g", 2),
        (None, "g", 2),
        ("f", "(a, b) => /[/,(]/.test(a)", 2),
        (None, "f", 2),
    ]


def test_a_call_without_an_end_is_found_all_the_same() -> None:
    assert names("tag.register('a', function () {") == [("a", "", 0)]


def ruby_scan(text: str) -> object:
    return ruby._scan([("a.rb", text)], ruby.Extensions())


def registered(text: str) -> object:
    code = registrations.plain(f"extend register content= before_post_render {text}")
    registrations.registrations(code, "tag")
    return rewriting.rewritten(code, re.compile("before_post_render"))


def gems(text: str) -> object:
    return gemfile.read(text)


def layout(text: str) -> object:
    return referrer.of_layouts(["a"], {"a": f"referrer {text}"}.get, lambda name, path: None)


@pytest.mark.parametrize(
    ("search", "piece"),
    [
        *((names, one) for one in ("tag.register(", "(/[", "(/a", "`", "'", "/*", "tag.register('a',{")),
        *((ruby_scan, one) for one in ("=begin\n", "register_tag 'x', self\n", "class A < B\n", "#{")),
        *((registered, one) for one in ("a", "a = hexo.", "{a", "{a,", "} = extend.", "['tag']", "a.",
                                        "extend.tag", "{% ", "{%\\s", "content ", "a.register(")),
        *((gems, one) for one in ("gem ", "gem 'a',", "group do\n", "end\n", "path: 'a", "do |a", " #")),
        *((layout, one) for one in ("<!--", "<%", "{% if a %}", "<meta name=referrer ", "{#",
                                    "{% include a %}", "{% comment %}",
                                    '<meta name="referrer" content="origin">')),
    ],
)  # fmt: skip
def test_the_time_grows_with_the_size_and_no_faster(search, piece: str) -> None:
    growth.check(
        lambda size: piece * (size // len(piece)), lambda text: list(search(text) or ()), 160_000
    )


def test_a_pattern_for_names_with_many_free_parts_is_not_tried() -> None:
    with pytest.raises(slugs.UnknownNameError):
        slugs.parse_name(":a-:b-:c-:d-:title", "a-" * 120)
    assert slugs.parse_name(":year-:month-:day-:title", "2021-01-02-a-b")["title"] == "a-b"
