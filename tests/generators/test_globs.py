"""Patterns for paths, held against the libraries that generators match them with."""

from __future__ import annotations

import json
import shutil

import pytest
from renderers import hexo
from renderers.build import run

from newslint.generators.site import globs

PATTERNS = (
    "demo/**", "*.html", "_posts/**", "**/*.md", "**/README.md", "a/*/c.md", "a/**/c.md",
    "{a,b}/*.md", "!a/*.md", "a?.md", "[ab]c.md", "**", "*", "**/a/**", "test.md", "./a/b.md",
    "a/**/b/**/c.md", "*.{md,html}", "@(a|b).md", "x/?(a|b)c.md", "a*b*c.md", "**.md", "a/**b.md",
    "demo/*", "**/_drafts/**", "a/{1..3}.md", "*a*", "a\\*b.md", "[!a]b.md", "[^a]b.md",
    "**/x{,/**}", "**/*", "_posts/{x,y}/*", "**/.x", ".*", "*/**", "a*/**", "?/*/**", "!!a", "x\\*/**",
    "!!!a/*.md", "{a,x}*/**", "*.md/**",
)  # fmt: skip
PATHS = (
    "a/b.md", "b/c.md", "demo/x/y.md", "demo", "demo/.x", "x.html", "d/x.html", "_posts/a.md",
    "_posts/.a.md", "README.md", "x/README.md", "a/b/c.md", "a/c.md", "a/x/y/c.md", "ab.md",
    "ac.md", "bc.md", "cc.md", "a", "x/a/y", "a/y", "x/a", "test.md", "a/q/b/r/c.md", "x.md",
    "x/ac.md", "x/c.md", "x/bc.md", "axbyc.md", "abc.md", "a/xb.md", "_drafts/a.md", "a/2.md",
    "x/_drafts/a.md", "a/4.md", "bab", "a*b.md", "axb.md", "bb.md", "x", "x/y", "y/x", "y/x/z",
    ".x", "d/.x", "d/.x/y.md", "_posts/x/1.md", "_posts/z/1.md", "/a/b.md", "/a/b/_drafts/c",
)  # fmt: skip
_MICROMATCH = """
const micromatch = require(process.argv[1]);
const [patterns, paths] = JSON.parse(process.argv[2]);
console.log(JSON.stringify(patterns.map(one => paths.map(path => micromatch.isMatch(path, one)))));
"""
_FNMATCH = """
require "json"
patterns, paths = JSON.parse(ARGV[0])
puts JSON.generate(patterns.map { |one| paths.map { |path| File.fnmatch?(one, path) } })
"""


def test_micromatch_agrees(tmp_path) -> None:
    if reason := hexo.available(8):
        pytest.skip(reason)
    library = str(hexo.home(8) / "node_modules" / "micromatch")
    code, out = run(["node", "-e", _MICROMATCH, library, json.dumps([PATTERNS, PATHS])], tmp_path)
    assert code == 0, out
    for pattern, row in zip(PATTERNS, json.loads(out), strict=True):
        mine = globs.micromatch([pattern])
        assert [mine.match(path) for path in PATHS] == row, pattern


def test_fnmatch_agrees(tmp_path) -> None:
    if shutil.which("ruby") is None:
        pytest.skip("ruby not found on the PATH")
    patterns = ["*.md", "_posts/*", "a*b", "[!a]x", "[^a]b.md", "?x", "a\\*b.md", "**/x.md", "*/.x",
                "a/b*", "[a-c]c.md", ".*", "*", "{a,b}.md", "/a*"]  # fmt: skip
    code, out = run(["ruby", "-e", _FNMATCH, json.dumps([patterns, PATHS])], tmp_path)
    assert code == 0, out
    for pattern, row in zip(patterns, json.loads(out), strict=True):
        mine = globs.fnmatch(pattern)
        assert [mine.match(path) is not None for path in PATHS] == row, pattern


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_of_a_folder_are_all_that_match_in_it(pattern: str) -> None:
    whole = globs.micromatch([pattern])
    for path in PATHS:
        if whole.match(path) and not pattern.startswith("!"):
            assert whole.within(path.rpartition("/")[0]).match(path), path


@pytest.mark.parametrize("pattern", ["*a" * 400, "**/a/" * 150 + "b", "{a,b}" * 100, "[" * 900])
def test_a_pattern_that_is_made_to_be_slow_is_not(pattern: str) -> None:
    found = globs.micromatch([pattern])
    assert not found.match("a" * 5_000 + "b")
    assert not found.match("a/" * 1_000 + "c")
