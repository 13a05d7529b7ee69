"""Throws bytes, YAML, HTML, configuration, suppressions and fixes at newslint until time is over.

``python tests/fuzz/fuzz.py --minutes 10 --seed 1`` runs by hand; `test_fuzz` runs for seconds.
What breaks is written to ``tests/fuzz/found`` and belongs, made small, into ``fixtures``.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import pieces  # noqa: E402
from inputs import any_posts  # noqa: E402

from newslint import Post  # noqa: E402
from newslint.config.project import Project  # noqa: E402
from newslint.core.errors import NewslintError  # noqa: E402
from newslint.core.source import Source  # noqa: E402
from newslint.generators import Target  # noqa: E402
from newslint.linter import registry  # noqa: E402
from newslint.linter.archive import facts  # noqa: E402
from newslint.linter.engine import RuleSet, lint, order, report  # noqa: E402
from newslint.linter.fixer import fix  # noqa: E402

TARGETS = ("hexo", "hexo@7", "hexo@5", "jekyll", "hugo", "eleventy", "html")
RULES = RuleSet([rule() for rule in registry.rules().values()])
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


def seeds() -> list[bytes]:
    """Fixtures and whole posts: what mutations start from."""
    found = sorted((HERE / "fixtures").glob("*.txt"))
    return [path.read_bytes() for path in (*found, *any_posts())]


def mixed(rng: random.Random) -> str:
    """A post of pieces."""
    front = ""
    if rng.random() < 0.8:
        fence = rng.choice(pieces.FENCES[:1] * 8 + pieces.FENCES)
        keys = rng.sample(pieces.KEYS, rng.randrange(7))
        front = fence[0] + "".join(f"{key}\n" for key in keys) + fence[1]
    kinds = (pieces.HTML, pieces.HTML, pieces.TEMPLATES, pieces.ODDITIES)
    body = "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randrange(16)))
    return (front + body).replace("\n", rng.choice(("\n", "\n", "\n", "\r\n", "\r")))


def mutated(raw: bytes, rng: random.Random) -> bytes:
    """A seed with some bytes changed, cut, doubled, or pieces put in."""
    data = bytearray(raw[: rng.choice((400, 4_000, 40_000))])
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
            parts = rng.choice((pieces.HTML, pieces.TEMPLATES, pieces.ODDITIES, pieces.KEYS))
            data[at:at] = rng.choice(parts).encode("utf-8", "surrogateescape")
    return bytes(data)


def inputs(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Kind and bytes, without end."""
    known = seeds()
    while True:
        roll = rng.random()
        if roll < 0.05:
            yield "bytes", rng.randbytes(rng.randrange(200))
        elif roll < 0.45 and known:
            yield "mutation", mutated(rng.choice(known), rng)
        elif roll < 0.55:
            keys = "".join(f"{rng.choice(pieces.KEYS)}\n" for _ in range(rng.randrange(9)))
            header = mutated(keys.encode("utf-8", "surrogateescape"), rng)
            yield "yaml", b"---\n" + header + b"\n---\n<p>x</p>"
        elif roll < 0.65:
            verbs = ("disable", "enable", "disable-file", "disable-next-line", "disable-line", "x")
            words = ("IMG001", "IMG", "ALL", "no-referrer", "NL001", "NOPE", ",", "--", "\n", "-->")
            comments = "".join(
                f"<!-- newslint-{rng.choice(verbs)} {' '.join(rng.sample(words, 3))} -->"
                + rng.choice(pieces.HTML)
                for _ in range(rng.randrange(1, 8))
            )
            yield "suppressions", comments.encode("utf-8", "surrogateescape")
        elif roll < 0.72:
            lines = "".join(rng.choice(CONFIG) for _ in range(rng.randrange(1, 8)))
            yield "configuration", lines.encode("utf-8", "surrogateescape")
        else:
            yield "html", mixed(rng).encode("utf-8", "surrogateescape")


def check(kind: str, raw: bytes, target: str, path: str) -> None:
    """Raise AssertionError, or whatever broke, where the promise does not hold."""
    if kind == "configuration":
        check_configuration(raw)
        return

    def parse(text: str) -> Post:
        return Post(Source.from_text(text), PurePosixPath(path), Target.parse(target))

    def findings(post: Post) -> list:
        found = lint(post, RULES)
        broken = [one.message for one in found if one.code == "NL999"]
        assert not broken, broken
        length = len(post.text)
        assert all(0 <= one.span.start <= one.span.end <= length for one in found), found
        assert found == sorted(found, key=order)
        return found

    source = Source(raw)
    first = findings(parse(source.text))
    assert first == findings(parse(source.text)), "not deterministic"
    assert facts(parse(source.text), RULES) == facts(parse(source.text), RULES), "facts differ"
    report(path, source, first)
    for unsafe in (False, True):
        fixed = fix(source.text, parse, findings, unsafe=unsafe)
        bugs = [one.message for one in fixed.remaining if one.code == "NL999"]
        # The engine's own guard; TXT001 (unsafe) reads the whole file in another encoding.
        assert all("not parse" in one or "TXT001" in one for one in bugs), bugs


def check_configuration(raw: bytes) -> None:
    """A configuration is in force, or an error in words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "newslint.toml").write_bytes(raw)
        try:
            settings = Project(folder).settings(folder / "a.md")
            lint(Post(Source(b"---\ntitle: x\n---\n<p>x"), PurePosixPath("a.md")), settings.rules)
        except NewslintError as error:
            assert str(error), "an error without words"


def fuzz(seconds: float, seed: int, say: Callable[[str], None] = print) -> tuple[int, list[str]]:
    """Fuzz for some seconds; give the number of inputs, and what was found."""
    rng = random.Random(seed)
    end = time.monotonic() + seconds
    count: Counter[str] = Counter()
    found: dict[str, bytes] = {}
    for kind, raw in inputs(rng):
        if time.monotonic() > end:
            break
        count[kind] += 1
        target, path = rng.choice(TARGETS), rng.choice(("a.md", "a.html"))
        started = time.process_time()
        try:
            check(kind, raw, target, path)
            assert time.process_time() - started < 20, "takes more than 20 seconds"
        except Exception as error:
            words = f"{kind}: {type(error).__name__}: {str(error)[:300]} [{target}, {path}]"
            if words not in found:
                found[words] = raw
                say(words)
                keep(raw)
    say(f"{sum(count.values()):,} inputs ({dict(count)}), {len(found)} failures")
    return sum(count.values()), list(found)


def keep(raw: bytes) -> None:
    folder = HERE / "found"
    folder.mkdir(exist_ok=True)
    (folder / f"{hashlib.sha256(raw).hexdigest()[:12]}.txt").write_bytes(raw)


def main() -> int:
    """The long run, by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    _, found = fuzz(given.minutes * 60, given.seed)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
