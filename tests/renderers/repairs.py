"""Holds safe fixes to the built page: build, fix, build again, compare the pages.

    python tests/renderers/repairs.py --posts 200 --seed 1 --target hexo@8

Makes posts until so many of them get a safe fix, builds each before and after, and counts the pages
that changed though they were right, and those that got worse. Both must be none.
"""

from __future__ import annotations

import argparse
import difflib
import html
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from random import Random

if not __package__:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    __package__ = "renderers"

from renderers import body_mutations, fix_mutations, header_mutations
from renderers.build import ARTICLE, BuildResult, Page
from renderers.damage import HUGO_LITERAL, RAW, damage
from renderers.dom import Token, tokens, visible
from renderers.drafts import Draft, clean
from renderers.generators import BUILDS, TARGETS, available, build_all, parts
from renderers.plain import read
from renderers.verdicts import FOLDERS, project_of

from newslint import fix_text

Fix = Callable[[str, bytes], bytes]
"""Fixes a post, given its file name and its bytes."""


def fixer(target: str, codes: tuple[str, ...] = ("ALL",), but: tuple[str, ...] = ()) -> Fix:
    """The safe fixes of some rules for a target, with no configuration but the smallest schema."""
    options = (
        "schema={preset='minimal'}",
        f"select={list(codes)}",
        f"ignore={list(but)}",
    )
    project = project_of(target, *options)
    folder = FOLDERS[parts(target).name]

    def fixed(name: str, content: bytes) -> bytes:
        return fix_text(content, f"{folder}{name}", project).text.encode("utf-8", "surrogateescape")

    return fixed


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_COMMENT = re.compile(
    r"(?P<tag><[A-Za-z][^>]*>)|<!--(?!newslint-article|/newslint).*?-->", re.DOTALL
)
"""A comment; what looks like one in a tag, as in ``<sp<!-- a -->``, is a part of the tag."""
_TRACKING = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid|spm)=[^&#]*&?")
_ADDED = frozenset({"referrerpolicy", "rel", "target", "id"})
"""Attributes that a fix, or Hexo, gives to images and links; what becomes of a heading's text."""


def article(page: str) -> list[Token]:
    """What a page shows, without what safe fixes are for: policies, comments, hidden characters.

    Braces in a style are those that a browser should get.
    """
    found: list[Token] = []
    style = False
    for token in tokens(_COMMENT.sub(lambda found: found["tag"] or "", page)):
        if token[0] == "#":
            continue
        if token[0] in ("<", ">") and "@" in token[1]:
            # To its writer an address in angle brackets is text, which a safe fix shows.
            if token[0] == ">":
                continue
            token = ("", f"<{token[1]}>")
        if token[0] == "":
            text = _INVISIBLE.sub("", html.unescape(token[1]) if style else token[1])
            if found and found[-1][0] == "":
                text = found.pop()[1] + text
            token = ("", visible(text) if not style else _sheet(text))
            if not token[1]:
                continue
        elif token[0] == "<":
            kept = [
                (name, _INVISIBLE.sub("", _tidy(value)))
                for name, value in token[2]
                if name not in _ADDED
            ]
            token = ("<", token[1], tuple(kept))
        style = token[:2] == ("<", "style") or (style and token[0] == "")
        found.append(token)
    return found


def _sheet(css: str) -> str:
    """A style without white space, and without what is made of a heading that strayed into it."""
    return re.sub(r"\s+", "", re.sub(r'\b(?:id|href)="[^"]*"', "", css))


def _text(text: str) -> str:
    """A title or category as a reader sees it, without the spaces at its ends."""
    return visible(_INVISIBLE.sub("", text)).strip()


def _tidy(address: str) -> str:
    if address.startswith("#"):
        return "#"  # made of a heading's text
    return _TRACKING.sub("", address).rstrip("?&") if "?" in address else address


@dataclass(frozen=True)
class Shown:
    """What a published post shows, part by part."""

    title: str
    date: str
    categories: tuple[str, ...]
    article: tuple[Token, ...]

    @classmethod
    def of(cls, page: Page) -> Shown:
        """The parts of a page."""
        categories = tuple(dict.fromkeys(map(_text, page.categories)))
        inner = page.article if ARTICLE[0] in page.html else page.html
        # A post without a date is of the moment when it is built.
        date = "now" if page.date[:4] == str(datetime.now(UTC).year) else page.date
        return cls(_text(page.title), date, categories, tuple(article(inner)))


PARTS = ("title", "date", "categories", "article")


@dataclass(frozen=True)
class Repair:
    """One post that was fixed, and what became of its page.

    ``changed`` are the parts that were right and are others now, ``worse`` the harms that it did
    not have, ``doubtful`` the parts that were wrong, are others now, and are still not as written.
    ``revived`` says that it has a page only now, ``bent`` that braces are not shown on that.
    """

    draft: Draft
    before: bytes
    after: bytes
    changed: tuple[str, ...] = ()
    worse: frozenset[str] = frozenset()
    doubtful: tuple[str, ...] = ()
    revived: bool = False
    bent: bool = False
    shown: tuple[str, ...] = ()
    """Where the two pages first differ."""

    @property
    def is_bad(self) -> bool:
        """Whether the page changed though the fix was safe."""
        return bool(self.changed or self.worse or self.bent)


@dataclass
class Sum:
    """The counts of a run."""

    made: int = 0
    repairs: list[Repair] = field(default_factory=list)

    @property
    def bad(self) -> list[Repair]:
        """The posts whose page changed though the fix was safe."""
        return [one for one in self.repairs if one.is_bad]


def harms_of(target: str, name: str, content: bytes, result: BuildResult) -> frozenset[str]:
    """The harms of a post, title and article without what safe fixes take away or add."""
    harms = set(damage(target, name, content, result) - {"article", "layout", "bytes", "title"})
    page = result.pages.get(name)
    if page is not None and ARTICLE[0] in page.html:
        plain = read(content.decode("utf-8", "replace"))
        meant = _text(plain.title or "")
        if plain.yaml and _text(page.title) not in (meant, meant.strip("\"'")):
            harms.add("title")
        shown = article(page.article)
        if all(shown != article(body) for body in _readings(target, plain.body)):
            harms.add("article")
        if plain.categories and set(map(_text, plain.categories)) == set(
            map(_text, page.categories)
        ):
            harms.discard("categories")
    return frozenset(harms)


def _readings(target: str, body: str) -> Iterator[str]:
    """What a body may be meant to show: as it is, and without what guards templates in it."""
    yield body
    yield HUGO_LITERAL.sub(r"\1\2", body) if target.startswith("hugo") else RAW.sub(r"\2", body)


def compared(
    target: str, draft: Draft, pair: tuple[bytes, bytes], results: tuple[BuildResult, BuildResult]
) -> Repair:
    """What a fix did to a page; the post as it was tells what its author meant."""
    name, (before, after) = draft.name, pair
    first, second = (result.pages.get(name) for result in results)
    old = harms_of(target, name, before, results[0])
    new = harms_of(target, name, before, results[1])
    if first is None:
        return Repair(draft, before, after, revived=second is not None)
    if second is None:
        return Repair(draft, before, after, worse=new - old)
    pages = [Shown.of(page) for page in (first, second)]
    text = next((token[1] for token in pages[0].article if token[0] == ""), "")
    is_printed = text.startswith("---")
    unread = "header" in old or {"title", "date"} <= old or is_printed
    if unread:
        old |= {"title", "date", "categories"}
    differing = [part for part in PARTS if getattr(pages[0], part) != getattr(pages[1], part)]
    changed = [part for part in differing if part not in old and not unread]
    doubtful = [part for part in differing if part in old and part in new]
    return Repair(
        draft, before, after, tuple(changed), new - old, tuple(doubtful),
        shown=difference(*pages),
    )  # fmt: skip


def difference(one: Shown, other: Shown) -> tuple[str, ...]:
    """The first parts in which two pages differ."""
    found = [
        f"{getattr(one, part)!r} → {getattr(other, part)!r}"
        for part in PARTS[:3]
        if getattr(one, part) != getattr(other, part)
    ]
    pairs = zip_longest(one.article, other.article)
    found += [f"{left!r} → {right!r}" for left, right in pairs if left != right][:2]
    return tuple(found)


LETTERS = ("qxq", "qzq")
"""What represents braces that are surely text."""


def lettered(text: str) -> str:
    """A page in which each brace, as it is or encoded in an address, is some letters."""
    for brace, letters in zip(("{", "}"), LETTERS, strict=True):
        code = f"{ord(brace):02X}"
        for form in (brace, f"%{code}", f"%{code.lower()}", f"&#{ord(brace)};"):
            text = text.replace(form, letters)
    return text


def plain_letters(content: bytes) -> bytes:
    """A fixed post with letters where the fix has written braces as entities."""
    text = content.decode("utf-8", "surrogateescape")
    for brace, letters in zip(("{", "}"), LETTERS, strict=True):
        text = text.replace(f"&#{ord(brace)};", letters)
    return text.encode("utf-8", "surrogateescape")


def drafts(seed: int) -> Iterator[Draft]:
    """Posts changed one to three times, without end; most changes are some that fixes are for."""
    number = 0
    while True:
        random = Random(f"fix:{seed}:{number}")
        draft = clean(random, number)
        for _ in range(random.choice((1, 1, 2, 3))):
            kinds = (fix_mutations, fix_mutations, fix_mutations, body_mutations, header_mutations)
            draft.done.append(random.choice(kinds).mutate(random, draft))
        yield draft
        number += 1


def repair(target: str, seed: int, count: int, *, jobs: int = 2, most: int = 60) -> Sum:
    """Build ``count`` posts that get a safe fix before and after it, and compare the pages.

    No more than ``most`` posts are made for each of them.
    """
    fix, telling = fixer(target), fixer(target, but=("HTML010",))
    chosen: dict[str, tuple[Draft, bytes, bytes]] = {}
    result = Sum()
    for draft in drafts(seed):
        result.made += 1
        content = draft.content()
        if not _is_utf8(content) or (fixed := fix(draft.name, content)) == content:
            continue
        # Every third post has a comment, of which little is to be learned.
        if "<!--" in "".join(draft.done) or telling(draft.name, content) != content:
            chosen[draft.name] = draft, content, fixed
        if len(chosen) == count or result.made >= count * most:
            break

    def build(posts: dict[str, bytes]) -> dict[str, BuildResult]:
        return dict(build_all(target, posts, lambda name: False, jobs=jobs)) if posts else {}

    before = build({name: content for name, (_, content, _) in chosen.items()})
    after = build({name: fixed for name, (_, _, fixed) in chosen.items()})
    for name, (draft, content, fixed) in chosen.items():
        one = compared(target, draft, (content, fixed), (before[name], after[name]))
        result.repairs.append(one)
    revived = {one.draft.name: plain_letters(one.after) for one in result.repairs if one.revived}
    control = build(revived)
    result.repairs = [
        held(target, one, after[one.draft.name], control[one.draft.name])
        if one.draft.name in revived
        else one
        for one in result.repairs
    ]
    return result


def held(target: str, one: Repair, fixed: BuildResult, control: BuildResult) -> Repair:
    """A post that has a page only now, held against the same post with letters for braces.

    What its Markdown shows, and what else is wrong with it, cannot be told from its text.
    """
    name = one.draft.name
    worse = harms_of(target, name, one.before, fixed)
    # What the log says of a header may be said of another post of the build.
    worse -= harms_of(target, name, plain_letters(one.after), control) | {"article", "header"}
    pages = [result.pages.get(name) for result in (fixed, control)]
    if None in pages:
        return replace(one, worse=worse, bent=pages[0] is not pages[1])
    shown = [
        replace(Shown.of(page), article=tuple(article(lettered(page.article))))
        for page in pages
        if page
    ]
    bent = shown[0].article != shown[1].article
    return replace(one, worse=worse, bent=bent, shown=difference(*shown))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def describe(one: Repair) -> str:
    """A page that changed, so that it can be repeated and understood."""
    texts = [part.decode("utf-8", "replace").split("\n") for part in (one.before, one.after)]
    lines = [f"    {line!r}" for line in difflib.unified_diff(*texts, n=2, lineterm="")][2:]
    kinds = [kind for kind in ("revived", "bent") if getattr(one, kind)]
    return "\n".join(
        (
            f"--- {one.draft.name}: {'; '.join(one.draft.done)}",
            f"    changed: {', '.join(one.changed) or '-'}; worse: {', '.join(sorted(one.worse)) or '-'};"
            f" doubtful: {', '.join(one.doubtful) or '-'}; {', '.join(kinds)}",
            *(f"    page: {line[:300]}" for line in one.shown),
            *lines,
        )
    )


def report(target: str, result: Sum) -> str:
    """The counts in a line."""
    revived = sum(one.revived for one in result.repairs)
    doubtful = sum(bool(one.doubtful) and not one.is_bad for one in result.repairs)
    return (
        f"{target}: {result.made} posts made, {len(result.repairs)} with a safe fix and built twice,"
        f" {revived} of them have a page by it; pages that changed though the fix was safe:"
        f" {len(result.bad)}; wrong before and after, in another way: {doubtful}"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", choices=BUILDS)
    parser.add_argument("--jobs", type=int, default=2, help="sites that are built at once")
    parser.add_argument("--doubtful", action="store_true", help="show those that were wrong before")
    chosen = parser.parse_args()
    for target in chosen.target or TARGETS:
        if reason := available(target):
            print(f"{target}: left out: {reason}")
            continue
        started = time.monotonic()
        result = repair(target, chosen.seed, chosen.posts, jobs=chosen.jobs)
        for one in result.repairs:
            if one.is_bad or (chosen.doubtful and one.doubtful):
                print(describe(one))
        print(report(target, result))
        print(f"  {time.monotonic() - started:.0f} seconds", flush=True)


if __name__ == "__main__":
    main()
