"""Addresses of posts, held against what the real generators write over one another."""

from __future__ import annotations

import pytest
from renderers import generators

from newslint.generators import permalinks

D = "date: 2021-12-02T14:50:58Z"
PAIRS: dict[str, list[tuple[tuple[str, str], tuple[str, str], bool]]] = {
    "hexo": [
        (("a.md", D), ("a.html", D), True),
        (("a.md", D), ("a.html", "date: 2021-12-03"), False),
        (("a.md", D), ("A.md", D), False),
        (("a.md", D), ("b.md", "permalink: /2021/12/02/%s/a/"), True),
        (("a.md", f"permalink: x%s/\n{D}"), ("b.md", f"permalink: /x%s/index.html\n{D}"), True),
        (("a.md", f"permalink: x%s.html\n{D}"), ("b.md", f"permalink: /x%s\n{D}"), False),
        (("a b.md", D), ("a-b.md", D), False),
        (("a.md", f"permalink: x%s.html\npublished: false\n{D}"),
         ("b.md", f"permalink: x%s.html\n{D}"), False),
    ],
    "jekyll": [
        (("a-b.md", D), ("a b.md", D), True),
        (("a!b.md", D), ("a-b.md", D), False),
        (("a.md", D), ("A.md", D), False),
        (("a.md", D), ("a.html", D), True),
        (("a.md", f"slug: q\n{D}"), ("b.md", f"slug: q\n{D}"), True),
        (("a.md", f"slug: q\ncategories: x y\n{D}"), ("b.md", f"slug: q\ncategories: [X, y]\n{D}"), True),
        (("a.md", f"slug: q\ncategories: x\n{D}"), ("b.md", f"slug: q\n{D}"), False),
        (("a.md", f"permalink: /x%s/\n{D}"), ("b.md", f"permalink: x%s/index.html\n{D}"), True),
        (("a.md", f"permalink: /x%s/:title/\n{D}"), ("b.md", f"permalink: /x%s/:title/\n{D}"), False),
        (("a.md", f"permalink: /x%s/:year/\n{D}"), ("b.md", f"permalink: /x%s/:year/\n{D}"), True),
        (("x……中 文！.md", D), ("x-中-文.md", D), True),
        (("a.md", ""), ("b.md", "slug: nothing"), False),
    ],
    "hugo": [
        (("a.md", ""), ("A.md", ""), True),
        (("a？b.md", ""), ("ab.md", ""), True),
        (("a b.md", ""), ("a-b.md", ""), True),
        (("a.md", "slug: b"), ("b.md", ""), True),
        (("a.md", "url: /u%s/"), ("b.md", "url: /u%s"), True),
        (("a.md", "url: /u%s/"), ("b.md", "url: /U%s/"), False),
        (("a.md", "url: /u%s/\ndraft: true"), ("b.md", "url: /u%s"), False),
        (("a.md", "slug: 5"), ("5.md", ""), True),
        (("a_b.md", ""), ("a-b.md", ""), False),
        (("a%%20b.md", ""), ("a20b.md", ""), False),
        (("100%%.md", ""), ("100.md", ""), True),
        (("Ünï.md", ""), ("ünï.md", ""), True),
    ],
    "eleventy": [
        (("2021-12-02-a.md", ""), ("a.md", ""), False),
        (("2021-12-02-a.md", ""), ("2021-12-02-a.html", ""), True),
        (("a.md", ""), ("A.md", ""), False),
        (("a.md", "permalink: /x%s/"), ("b.md", "permalink: x%s/index.html"), True),
        (("a.md", "permalink: /x%s/"), ("b.md", "permalink: false"), False),
        (("a.md", ""), ("a.html", ""), True),
        (("a b.md", ""), ("a-b.md", ""), False),
        (("d%s.md", ""), ("index.md", ""), True),
    ],
}  # fmt: skip
"""Two posts of one folder (name and front matter), and whether they come to one address."""


def prefixed(target, number, name):
    """Where a post of a pair lies: a folder for each pair; a word in the name where it is flat."""
    return f"p{number}{name}" if target == "jekyll" else f"d{number}/{name}"


def posts_of(target):
    """Each pair as two posts ``(path, front matter)``, with what is expected of them."""
    for number, (*pair, collide) in enumerate(PAIRS[target]):
        posts = []
        for name, header in pair:
            name = name % number if "%s" in name else name.replace("%%", "%")
            header = header % number if "%s" in header else header
            if target == "hexo":
                header = header.replace(f"/{number}/a/", f"/d{number}/a/")
            posts.append((prefixed(target, number, name), header))
        yield posts, collide


def data_of(header):
    import yaml

    return yaml.safe_load(header) or {}


def where(target, path, header):
    if target == "jekyll":
        path = f"_posts/2021-12-02-{path}"
    elif target == "eleventy":
        path = f"posts/{path}"
    return permalinks.address(path, data_of(header), target)


@pytest.mark.parametrize("target", PAIRS)
def test_the_address_says_which_posts_collide(target: str) -> None:
    for ((first, one), (second, two)), collide in posts_of(target):
        address_one, address_two = where(target, first, one), where(target, second, two)
        same = address_one is not None and address_one == address_two
        assert same is collide, (first, one, address_one, second, two, address_two)


@pytest.mark.parametrize("target", ["hexo@8", "hexo@5", "jekyll", "hugo", "eleventy"])
def test_the_generator_agrees(target: str) -> None:
    if reason := generators.available(target):
        pytest.skip(reason)
    name = target.partition("@")[0]
    expected, posts = {}, {}
    for number, (pair, collide) in enumerate(posts_of(name)):
        expected[number] = (pair, collide)
        for place, (path, header) in enumerate(pair):
            text = f"---\ntitle: t{number}-{place}\n{header}\n---\n\nText {number}-{place}.\n"
            posts[path] = text.encode()
    if name == "eleventy":  # one collision ends its build
        groups = [[number] for number in expected if expected[number][1]]
        groups.append([number for number in expected if not expected[number][1]])
    else:
        groups = [list(expected)]
    for group in groups:
        mine = {path: posts[path] for number in group for path, _ in expected[number][0]}
        result = generators.builder(target)(mine)
        for number in group:
            pair, collide = expected[number]
            hidden = [p for p, header in pair if "published: false" in header or "draft: true" in header
                      or "permalink: false" in header]  # fmt: skip
            titles = [
                result.pages[p].title if p in result.pages else ""
                for p, _ in pair
                if p not in hidden
            ]
            wanted = [f"t{number}-{place}" for place, (p, _) in enumerate(pair) if p not in hidden]
            assert (titles != wanted or result.exit_code != 0) is collide, (
                pair,
                titles,
                result.log[-300:],
            )
