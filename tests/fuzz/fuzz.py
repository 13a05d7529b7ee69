"""Throws bytes, YAML, HTML, configuration, suppressions and fixes at newslint.

``python tests/fuzz/fuzz.py --count 10000 --seed 1`` runs by hand; `test_fuzz` tries some hundred.
The same count and seed are the same inputs on every machine. Where the environment variable
``NEWSLINT_FUZZ_SUITES`` names a folder (see `suites`), posts are spliced from what is in it too.
What breaks is written to ``tests/fuzz/found`` and belongs, made small, into ``fixtures``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import pieces  # noqa: E402
import promises  # noqa: E402
import suites  # noqa: E402
from inputs import any_posts  # noqa: E402

from newslint import Post  # noqa: E402
from newslint.config.project import Project  # noqa: E402
from newslint.core.errors import NewslintError  # noqa: E402
from newslint.core.source import Source  # noqa: E402
from newslint.linter import registry  # noqa: E402
from newslint.linter.engine import lint  # noqa: E402
from newslint.linter.examples import unmark  # noqa: E402

TARGETS = ("hexo", "hexo@7", "hexo@5", "jekyll", "hugo", "eleventy", "html")
PATHS = ("a.md", "a.html")
CONFIG = (
    "target = 'hexo'\n", "select = ['ALL']\n", "ignore = ['IMG', 'no-referrer']\n", "[limits]\n",
    "findings = 1\n", "[rules.IMG001]\n", "policy = 'same-origin'\n", "[severity]\n",
    "IMG = 'info'\n", "[schema]\n", "preset = 'hexo'\n", "[schema.fields.x]\n", "type = 'url'\n",
    "required = true\n", "pattern = '('\n", "[[overrides]]\n", "files = ['**']\n", "[[rule]]\n",
    "code = 'SITE001'\n", "name = 'x'\n", "xpath = '//p['\n", "css = 'p >'\n", "pattern = '(a+)+$'\n",
    "message = '{text}{'\n", "[online]\n", "allow = ['10.0.0.0/8']\n", "timeout = 1e999\n",
    "user-agent = 'x'\n", "site-url = '//[::'\n", "extend = 'newslint.toml'\n", "include = ['[']\n", "= [", "\x00", "\udcff",
    "'", '"""', "[", "]", "a.b.c = 1979-05-27\n", "1e9999\n", "\ufeff",
)  # fmt: skip
VERBS = ("disable", "enable", "disable-file", "disable-next-line", "disable-line", "x")
WORDS = ("IMG001", "IMG", "ALL", "no-referrer", "NL001", "NOPE", ",", "--", "\n", "-->")
LINE_ENDS = ("\n", "\n", "\n", "\n", "\r\n", "\r")


def examples() -> list[str]:
    """The examples of all rules: each has something that a rule is about."""
    return [
        unmark(one.text)[0]
        for rule in registry.rules().values()
        for one in (*rule.bad, *rule.good)
        if len(one.text) < 2_000
    ]


class Inputs:
    """Posts and configurations, without end: the same ones for the same seed and suites."""

    def __init__(self, rng: random.Random, foreign: Mapping[str, Sequence[str]]) -> None:
        self.rng = rng
        found = sorted((HERE / "fixtures").glob("*.txt"))
        self.seeds = [path.read_bytes() for path in (*found, *any_posts())]
        self.examples = examples()
        self.html = [*pieces.HTML, *foreign.get("html", ())]
        self.yaml = [*pieces.KEYS, *foreign.get("yaml", ())]
        self.template = [*pieces.TEMPLATES, *foreign.get("template", ())]
        self.markdown = [*pieces.HTML[-12:], *foreign.get("markdown", ())]
        self.is_foreign = any(foreign.values())

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        kinds: dict[str, tuple[int, Callable[[], str | bytes]]] = {
            "bytes": (2, lambda: self.rng.randbytes(self.rng.randrange(200))),
            "mutation": (15, self.mutation),
            "pieces": (25, lambda: self.post(pieces.HTML, pieces.TEMPLATES, pieces.KEYS)),
            "suppressions": (6, self.suppressions),
            "configuration": (3, lambda: "".join(self.several(CONFIG, 1, 8))),
            "splice": (50 if self.is_foreign else 15, self.splice),
        }
        names, weights = list(kinds), [weight for weight, _ in kinds.values()]
        while True:
            kind = self.rng.choices(names, weights)[0]
            made = kinds[kind][1]()
            yield kind, made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made

    def several(self, parts: Sequence[str], least: int, most: int) -> list[str]:
        return [self.rng.choice(parts) for _ in range(self.rng.randrange(least, most))]

    def post(self, html: Sequence[str], template: Sequence[str], keys: Sequence[str]) -> bytes:
        """A post of pieces: front matter, good or bad, a body, and one kind of line end."""
        rng = self.rng
        front = ""
        if rng.random() < 0.8:
            fence = rng.choice(pieces.FENCES[:1] * 8 + pieces.FENCES)
            front = fence[0] + "".join(f"{key}\n" for key in self.several(keys, 0, 7)) + fence[1]
        kinds = (html, html, template, pieces.ODDITIES)
        body = "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randrange(16)))
        text = (front + body).replace("\n", rng.choice(LINE_ENDS))
        return _encoded(text)

    def splice(self) -> bytes:
        """Inputs of different suites cut into each other, invisible characters in between."""
        rng = self.rng
        if rng.random() < 0.4:
            kinds = (self.html, self.html, self.markdown, self.template)
            html = [rng.choice(rng.choice(kinds)) for _ in range(8)]
            return self.post(html, self.template, self.yaml)
        kinds = (self.html, self.markdown, self.template, self.examples)
        text = rng.choice(self.examples) if rng.random() < 0.7 else rng.choice(rng.choice(kinds))
        for _ in range(rng.randrange(1, 5)):
            part = rng.choice(rng.choice((*kinds, pieces.ODDITIES, pieces.ODDITIES, self.yaml)))
            at = rng.randrange(len(text) + 1)
            to = min(len(text), at + rng.choice((0, 0, 1, 4, 30)))
            text = text[:at] + part + text[to:]
        return _encoded(text)

    def suppressions(self) -> bytes:
        rng = self.rng
        comments = (
            f"<!-- newslint-{rng.choice(VERBS)} {' '.join(rng.sample(WORDS, 3))} -->"
            + rng.choice(self.html)
            for _ in range(rng.randrange(1, 8))
        )
        return _encoded("".join(comments))

    def mutation(self) -> bytes:
        """A fixture or an example with some bytes changed, cut, doubled, or pieces put in."""
        rng = self.rng
        if rng.random() < 0.3:
            data = bytearray(rng.choice(self.seeds)[: rng.choice((400, 4_000))])
        else:
            data = bytearray(_encoded(rng.choice(self.examples)))
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(data) + 1)
            to = min(at + rng.choice((1, 3, 50)), len(data))
            kind = rng.randrange(4)
            if kind == 0:
                data[at:to] = rng.randbytes(rng.randrange(4))
            elif kind == 1:
                del data[at:to]
            elif kind == 2:
                data[at:at] = data[at:to] * rng.randrange(1, 4)
            else:
                parts = rng.choice((self.html, self.template, pieces.ODDITIES, pieces.KEYS))
                data[at:at] = _encoded(rng.choice(parts))
        return bytes(data)


def _encoded(text: str) -> bytes:
    """As bytes; surrogates that represent bytes are those bytes again."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def check(kind: str, raw: bytes, target: str, path: str) -> None:
    """Raise AssertionError, or whatever broke, where the promise does not hold."""
    if kind == "configuration":
        check_configuration(raw)
    else:
        promises.check(raw, target, path)


def check_configuration(raw: bytes) -> None:
    """A configuration is in force, or an error as a message."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "newslint.toml").write_bytes(raw)
        try:
            settings = Project(folder).settings(folder / "a.md")
            lint(Post(Source(b"---\ntitle: x\n---\n<p>x"), "a.md"), settings.rules)
        except NewslintError as error:
            assert str(error), "an error without words"


def fuzz(count: int, seed: int, say: Callable[[str], None] = print) -> list[str]:
    """Try some inputs; give what was found, and say how many were tried, and how long it took.

    Ctrl+C ends the run, and its figures are reported nevertheless.
    """
    rng = random.Random(seed)
    folder = os.environ.get(suites.FOLDER)
    foreign = suites.read(Path(folder)) if folder else {}
    tried: Counter[str] = Counter()
    found: dict[str, bytes] = {}
    slowest, started = 0.0, time.process_time()
    for number, (kind, raw) in enumerate(Inputs(rng, foreign)):
        if number == count:
            break
        tried[kind] += 1
        target, path = rng.choice(TARGETS), rng.choice(PATHS)
        before = time.process_time()
        try:
            check(kind, raw, target, path)
        except KeyboardInterrupt:
            break
        except Exception as error:
            words = f"{type(error).__name__}: {str(error)[:300]}"
            if words not in found:
                found[words] = raw
                say(f"{number}: {kind}: {words} [{target}, {path}] {keep(raw)}")
        slowest = max(slowest, time.process_time() - before)
    took = time.process_time() - started
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(tried.items()))
    say(f"{sum(tried.values()):,} inputs ({kinds}) in {took:,.0f} s of processor time, the slowest")
    say(f"in {slowest:.1f} s: {len(found)} failures")
    return list(found)


def keep(raw: bytes) -> str:
    """Write an input that broke something; give the file's name."""
    folder = HERE / "found"
    folder.mkdir(exist_ok=True)
    name = f"{hashlib.sha256(raw).hexdigest()[:12]}.txt"
    (folder / name).write_bytes(raw)
    return name


def main() -> int:
    """The long run, by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    return int(bool(fuzz(given.count, given.seed, lambda words: print(words, flush=True))))


if __name__ == "__main__":
    sys.exit(main())
