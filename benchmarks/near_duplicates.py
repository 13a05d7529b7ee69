"""Recall, precision and cost of ARC003 on made posts with known near-copies.

    python benchmarks/near_duplicates.py [--posts 2000] [--copies 600] [--threshold 0.6] [--seed 7]

The posts come from the maker of archives, Chinese and English. Of some a near-copy is made, in one
of three ways: a sentence changed, a head added, a site's boilerplate put round it. Every third post
of the others gets the same boilerplate too, so that sharing it is no proof of a copy. A finding is
right where it joins a copy and its original.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path, PurePosixPath

from newslint.core.source import Source
from newslint.generators import Target
from newslint.linter.examples import Files
from newslint.post.post import Post
from newslint_rules.archive.near_duplicate import NearDuplicate

MAKER = Path(__file__).with_name("make_archive.py")
HEAD = {
    "zh": "<p>本报记者从有关部门获悉，以下消息已经得到证实，详情请看正文。</p>",
    "en": "<p>Our correspondent has learned the following from sources close to the matter.</p>",
}
BOILERPLATE = {
    "zh": (
        "<div>欢迎订阅本站，扫描二维码下载客户端，获取更多资讯。</div>",
        "<div>免责声明：本文仅代表作者观点，不构成投资建议，转载请注明出处。</div>",
    ),
    "en": (
        "<div>Subscribe to our newsletter and never miss a story again.</div>",
        "<div>All rights reserved. Nothing on this page is advice to buy or sell anything.</div>",
    ),
}
_SENTENCE = re.compile(r"(?<=<p>)[^<>]*?[。.，](?=[^<>]*</p>)|(?<=<p>)[^<>]+(?=</p>)")
_WAYS = ("sentence", "head", "boilerplate")


def language(text: str) -> str:
    """The language of a made post."""
    return "en" if "Reporting by" in text else "zh"


def copy(text: str, way: str, rng: random.Random) -> str:
    """A near-copy of a post."""
    opening, body = re.match(r"(?s)(.*?<div>)(.*)", text).groups()  # type: ignore[union-attr]
    tongue = language(text)
    if way == "head":
        return opening + HEAD[tongue] + body
    if way == "boilerplate":
        return opening + BOILERPLATE[tongue][0] + body + BOILERPLATE[tongue][1]
    sentence = rng.choice(list(_SENTENCE.finditer(body)))
    words = "Officials later denied this." if tongue == "en" else "有关部门随后否认了这一说法，"
    # A clause of the usual length: what editors fix.
    end = min(sentence.end(), sentence.start() + (200 if tongue == "en" else 40))
    return opening + body[: sentence.start()] + words + body[end:]


def made(args: argparse.Namespace) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The posts, and the copies among them: path of the copy → original and way."""
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        command = [sys.executable, MAKER, folder / "posts", "--posts", str(args.posts)]
        command += ["--defects", "0", "--seed", str(args.seed)]
        subprocess.run(command, check=True)
        files = sorted((folder / "posts").rglob("*.md"))
        posts = {f"{n:06d}.md": f.read_text(encoding="utf-8") for n, f in enumerate(files)}
    for number, path in enumerate(posts):
        if number % 3 == 0:
            posts[path] = copy(posts[path], "boilerplate", rng)
    copies: dict[str, tuple[str, str]] = {}
    plain = [path for number, path in enumerate(posts) if number % 3]
    for number, path in enumerate(rng.sample(plain, args.copies)):
        way = _WAYS[number % len(_WAYS)]
        copies[f"copy-{path}"] = path, way
        posts[f"copy-{path}"] = copy(posts[path], way, rng)
    return posts, copies


def main() -> int:
    """Print recall, by way of copying, precision and times; 1 where either is below 0.95."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--copies", type=int, default=600)
    parser.add_argument("--threshold", type=float, default=0.6)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    posts, copies = made(args)
    rule = NearDuplicate(NearDuplicate.Options(threshold=args.threshold))
    parsed = {
        path: Post(Source.from_text(text), PurePosixPath(path)) for path, text in posts.items()
    }
    for post in parsed.values():
        _ = post.body
    started = time.perf_counter()
    facts = [(path, fact) for path, post in parsed.items() if (fact := rule.facts(post))]
    mapped = time.perf_counter() - started
    started = time.perf_counter()
    told = {path: one.message for path, one in rule.check_archive(facts, Files({}, Target()))}
    reduced = time.perf_counter() - started
    right = {path for path, (first, _) in copies.items() if f"'{first}'" in told.get(path, "")}
    for way in _WAYS:
        group = [path for path, (_, how) in copies.items() if how == way]
        print(f"recall, {way:12} {sum(path in right for path in group) / len(group):.3f}")
    recall, precision = len(right) / len(copies), len(right) / max(1, len(told))
    print(f"recall              {recall:.3f} ({len(right)} of {len(copies)})")
    print(f"precision           {precision:.3f} ({len(right)} of {len(told)})")
    each = [f"{seconds / len(posts) * 1e3:.2f} ms" for seconds in (mapped, reduced)]
    print(f"a post              facts {each[0]}, comparing {each[1]}")
    return int(min(recall, precision) < 0.95)


if __name__ == "__main__":
    sys.exit(main())
